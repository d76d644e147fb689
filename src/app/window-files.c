/* window-files.c: what the window opens and saves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/file-dialog.h"
#include "app/window-private.h"
#include "run/paths.h"

#include <glib/gi18n.h>

/* ---- Data ---- */

static void
open_weights_now (ScopeWindow *window, const char *path)
{
  g_autoptr (GError) error = NULL;
  ScopeNetwork *network = scope_session_open_weights (window->session, path, &error);
  g_autofree char *message = NULL;

  if (network == NULL)
    scope_window_tell (window, error->message, NULL, NULL);
  else
    {
      message = g_strdup_printf (_("Opened %s; the Gates page reads it now."), scope_network_get_title (network));
      scope_window_confirm (window, message);
    }
}

static void
on_data_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ScopeWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *own = scope_paths_names_folder ();

  if (window->session == NULL)
    return;
  if (scope_session_load_finish (window->session, result, &error))
    {
      const char *folder = nn_dataset_folder (scope_session_get_dataset (window->session));

      g_settings_set_string (window->settings, "data-folder", g_strcmp0 (folder, own) == 0 ? "" : folder);
      for (guint i = 0; i < window->waiting_weights->len; i++)
        open_weights_now (window, g_ptr_array_index (window->waiting_weights, i));
      g_ptr_array_set_size (window->waiting_weights, 0);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  else
    scope_window_tell (window, error->message, NULL, NULL);
  g_clear_object (&window->loading);
  /* The first folder of all was a bad one: there must be some names to train on. */
  if (scope_session_get_dataset (window->session) == NULL && !window->fell_back)
    {
      window->fell_back = TRUE;
      scope_window_open_data (window, own);
    }
}

void
scope_window_open_data (ScopeWindow *window, const char *folder)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);

  if (window->loading != NULL)
    g_cancellable_cancel (window->loading);
  g_clear_object (&window->loading);
  window->loading = g_cancellable_new ();
  scope_session_load_async (window->session, absolute, window->loading, on_data_loaded, g_object_ref (window));
}

/* ---- Weights ---- */

void
scope_window_open_weights (ScopeWindow *window, const char *path)
{
  if (scope_session_get_dataset (window->session) == NULL)
    g_ptr_array_add (window->waiting_weights, g_strdup (path));
  else
    open_weights_now (window, path);
}

void
scope_window_save_weights (ScopeWindow *window, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!scope_session_save (window->session, folder, &error))
    {
      scope_window_tell (window, error->message, NULL, NULL);
      return;
    }
  message = g_strdup_printf (_("Saved the weights and the runs into %s."), folder);
  scope_window_confirm (window, message);
}

/* ---- Asking for a path ---- */

static void
on_data_chosen (const char *path, gpointer window)
{
  scope_window_open_data (window, path);
}

void
scope_window_open_data_dialog (ScopeWindow *window)
{
  ScopeFileDialog dialog = { .title = _("Open a folder of names"),
                             .accept = _("_Open"),
                             .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER };

  scope_file_dialog_ask (GTK_WINDOW (window), &dialog, on_data_chosen, G_OBJECT (window));
}

static void
on_weights_chosen (const char *path, gpointer window)
{
  scope_window_open_weights (window, path);
}

void
scope_window_open_weights_dialog (ScopeWindow *window)
{
  static const char *const patterns[] = { "*.safetensors", NULL };
  ScopeFileDialog dialog = { .title = _("Open the weights of a network"),
                             .accept = _("_Open"),
                             .action = GTK_FILE_CHOOSER_ACTION_OPEN,
                             .filter_name = _("Weights (safetensors)"),
                             .patterns = patterns };

  scope_file_dialog_ask (GTK_WINDOW (window), &dialog, on_weights_chosen, G_OBJECT (window));
}

static void
on_save_folder_chosen (const char *path, gpointer window)
{
  scope_window_save_weights (window, path);
}

void
scope_window_save_weights_dialog (ScopeWindow *window)
{
  ScopeFileDialog dialog = { .title = _("Save weights and runs into a folder"),
                             .accept = _("_Save"),
                             .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER };

  scope_file_dialog_ask (GTK_WINDOW (window), &dialog, on_save_folder_chosen, G_OBJECT (window));
}
