/* file-dialog.c: asks for a file or a folder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/file-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkFileChooserNative *native; /* nobody else holds it */
  ScopeFileChosen chosen;
  GObject *data;
} Asking;

static void
on_response (GtkNativeDialog *native, int response, gpointer data)
{
  Asking *asking = data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        asking->chosen (path, asking->data);
    }
  gtk_native_dialog_destroy (native);
  g_object_unref (asking->native);
  g_object_unref (asking->data);
  g_free (asking);
}

void
scope_file_dialog_ask (GtkWindow *parent, const ScopeFileDialog *dialog, ScopeFileChosen chosen, GObject *data)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->native
      = gtk_file_chooser_native_new (dialog->title, parent, dialog->action, dialog->accept, _("_Cancel"));
  asking->chosen = chosen;
  asking->data = g_object_ref (data);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (asking->native), TRUE);
  if (dialog->suggested_name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (asking->native), dialog->suggested_name);
  if (dialog->patterns != NULL)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, dialog->filter_name);
      for (guint i = 0; dialog->patterns[i] != NULL; i++)
        gtk_file_filter_add_pattern (filter, dialog->patterns[i]);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (asking->native), filter);
    }
  g_signal_connect (asking->native, "response", G_CALLBACK (on_response), asking);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (asking->native));
}
