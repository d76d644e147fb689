/* file-dialog.h: asks for a file or a folder.
 *
 * The one place that uses GTK's chooser, behind one function.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called once with the path, unless the person cancels. */
typedef void (*ScopeFileChosen) (const char *path, gpointer data);

typedef struct
{
  const char *title;
  const char *accept;           /* the label of the button that accepts */
  GtkFileChooserAction action;
  const char *suggested_name;   /* (nullable): for saving */
  const char *filter_name;      /* (nullable) */
  const char *const *patterns;  /* (nullable): of the filter, NULL-terminated */
} ScopeFileDialog;

/* scope_file_dialog_ask:
 * @chosen is called with @data, an object that is held until then. */
void scope_file_dialog_ask (GtkWindow *parent, const ScopeFileDialog *dialog, ScopeFileChosen chosen, GObject *data);

G_END_DECLS
