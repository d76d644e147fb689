/* window-actions.c: every command of the window, so that keys, menus and D-Bus reach the same ones.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/report-dialog.h"
#include "app/window-private.h"

#include <glib/gi18n.h>

static void
on_train (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_session_train (SCOPE_WINDOW (data)->session);
}

static void
on_pause (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_session_pause (SCOPE_WINDOW (data)->session);
}

static void
on_toggle_training (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeWindow *window = data;

  if (scope_session_is_running (window->session))
    scope_session_pause (window->session);
  else
    scope_session_train (window->session);
}

static void
on_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_session_step (SCOPE_WINDOW (data)->session);
}

static void
on_reset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeWindow *window = data;

  scope_session_reset (window->session);
  scope_window_tell (window,
                     _("The networks were reset to fresh weights. What they had learned is in the list of runs."),
                     C_("command", "Undo"), "win.undo-reset");
}

static void
on_undo_reset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeWindow *window = data;

  scope_session_undo_reset (window->session);
  gtk_revealer_set_reveal_child (window->notice, FALSE);
}

static void
on_focus_name (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (SCOPE_WINDOW (data)->name_bar));
}

/* ---- With a path, and asking for one ---- */

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_export (data, g_variant_get_string (parameter, NULL));
}

static void
on_export_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_export_all (data, g_variant_get_string (parameter, NULL));
}

static void
on_report (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeReportDialog *dialog = scope_report_dialog_present (data, SCOPE_WINDOW (data)->session);

  scope_report_dialog_make (dialog, g_variant_get_string (parameter, NULL));
}

static void
on_report_dialog (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_report_dialog_present (data, SCOPE_WINDOW (data)->session);
}

static void
on_open_data (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_open_data (data, g_variant_get_string (parameter, NULL));
}

static void
on_open_weights (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_open_weights (data, g_variant_get_string (parameter, NULL));
}

static void
on_save_weights (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_save_weights (data, g_variant_get_string (parameter, NULL));
}

static void
on_export_dialog (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_export_figure_dialog (data, "");
}

static void
on_export_figure_dialog (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_export_figure_dialog (data, g_variant_get_string (parameter, NULL));
}

static void
on_export_figure (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *id, *path;

  g_variant_get (parameter, "(&s&s)", &id, &path);
  scope_window_export_figure (data, id, path);
}

static void
on_copy_figure (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_copy_figure (data, g_variant_get_string (parameter, NULL));
}

static void
on_copy_shown (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_copy_figure (data, "");
}

static void
on_copy_shown_numbers (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_copy_numbers (data, "");
}

static void
on_copy_numbers (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_copy_numbers (data, g_variant_get_string (parameter, NULL));
}

static void
on_export_all_dialog (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_export_all_dialog (data);
}

static void
on_open_data_dialog (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_open_data_dialog (data);
}

static void
on_open_weights_dialog (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_open_weights_dialog (data);
}

static void
on_save_weights_dialog (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_window_save_weights_dialog (data);
}

/* ---- With a state ---- */

static void
on_page (GSimpleAction *action, GVariant *value, gpointer data)
{
  ScopeWindow *window = data;
  const char *page = g_variant_get_string (value, NULL);

  if (gtk_stack_get_child_by_name (window->stack, page) != NULL)
    gtk_stack_set_visible_child_name (window->stack, page);
}

static void
on_name (GSimpleAction *action, GVariant *value, gpointer data)
{
  scope_window_set_name (data, g_variant_get_string (value, NULL));
}

static void
on_preset (GSimpleAction *action, GVariant *value, gpointer data)
{
  ScopeWindow *window = data;
  g_autoptr (GError) error = NULL;
  ScopeSettings settings = *scope_session_get_settings (window->session);
  const char *preset = g_variant_get_string (value, NULL);

  if (!scope_settings_apply_preset (&settings, preset))
    {
      g_autofree char *message
          = g_strdup_printf (_("There is no preset “%s”; there are “default”, “report” and “careful”."), preset);
      scope_window_tell (window, message, NULL, NULL);
    }
  else if (!scope_session_set_settings (window->session, &settings, &error))
    scope_window_tell (window, error->message, NULL, NULL);
}

static void
on_toggle_network (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeWindow *window = data;
  NnKind kind;

  if (nn_kind_from_id (g_variant_get_string (parameter, NULL), &kind))
    {
      ScopeNetwork *network = scope_session_get_network (window->session, kind);
      scope_network_set_enabled (network, !scope_network_get_enabled (network));
    }
}

static const GActionEntry entries[] = {
  { .name = "train", .activate = on_train },
  { .name = "pause", .activate = on_pause },
  { .name = "toggle-training", .activate = on_toggle_training },
  { .name = "step", .activate = on_step },
  { .name = "reset", .activate = on_reset },
  { .name = "undo-reset", .activate = on_undo_reset },
  { .name = "focus-name", .activate = on_focus_name },
  { .name = "toggle-network", .activate = on_toggle_network, .parameter_type = "s" },
  { .name = "export", .activate = on_export, .parameter_type = "s" },
  { .name = "export-all", .activate = on_export_all, .parameter_type = "s" },
  { .name = "report", .activate = on_report, .parameter_type = "s" },
  { .name = "report-dialog", .activate = on_report_dialog },
  { .name = "open-data", .activate = on_open_data, .parameter_type = "s" },
  { .name = "open-weights", .activate = on_open_weights, .parameter_type = "s" },
  { .name = "save-weights", .activate = on_save_weights, .parameter_type = "s" },
  { .name = "export-figure", .activate = on_export_figure, .parameter_type = "(ss)" },
  { .name = "copy-figure", .activate = on_copy_figure, .parameter_type = "s" },
  { .name = "copy-shown", .activate = on_copy_shown },
  { .name = "copy-shown-numbers", .activate = on_copy_shown_numbers },
  { .name = "copy-numbers", .activate = on_copy_numbers, .parameter_type = "s" },
  { .name = "export-dialog", .activate = on_export_dialog },
  { .name = "export-figure-dialog", .activate = on_export_figure_dialog, .parameter_type = "s" },
  { .name = "export-all-dialog", .activate = on_export_all_dialog },
  { .name = "open-data-dialog", .activate = on_open_data_dialog },
  { .name = "open-weights-dialog", .activate = on_open_weights_dialog },
  { .name = "save-weights-dialog", .activate = on_save_weights_dialog },
  { .name = "page", .parameter_type = "s", .state = "'compare'", .change_state = on_page },
  { .name = "name", .parameter_type = "s", .state = "'Satoshi'", .change_state = on_name },
  { .name = "preset", .parameter_type = "s", .state = "'default'", .change_state = on_preset },
};

void
scope_window_add_actions (ScopeWindow *window)
{
  g_autoptr (GPropertyAction) sidebar = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  scope_window_add_run_actions (window);
  scope_window_add_number_actions (window);
  scope_window_add_gates_actions (window);
  sidebar = g_property_action_new ("sidebar", window->sidebar_revealer, "reveal-child");
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (sidebar));
  scope_window_add_curves_actions (window);
}

static void
set_enabled (ScopeWindow *window, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
has_trained (ScopeSession *session)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    if (scope_network_is_trained (scope_session_get_network (session, i)))
      return TRUE;
  return FALSE;
}

void
scope_window_update_actions (ScopeWindow *window)
{
  ScopeSession *session = window->session;
  gboolean running = scope_session_is_running (session);
  GAction *preset = g_action_map_lookup_action (G_ACTION_MAP (window), "preset");

  set_enabled (window, "train", scope_session_can_train (session));
  set_enabled (window, "pause", running);
  set_enabled (window, "toggle-training", running || scope_session_can_train (session));
  set_enabled (window, "step", !running && scope_session_can_train (session));
  set_enabled (window, "reset", scope_session_is_started (session));
  set_enabled (window, "undo-reset", scope_session_can_undo_reset (session));
  set_enabled (window, "preset", !scope_session_is_active (session));
  set_enabled (window, "report", scope_session_get_dataset (session) != NULL);
  set_enabled (window, "report-dialog", scope_session_get_dataset (session) != NULL);
  set_enabled (window, "save-weights", has_trained (session));
  set_enabled (window, "save-weights-dialog", has_trained (session));
  scope_window_update_run_actions (window);
  g_simple_action_set_state (G_SIMPLE_ACTION (preset),
                             g_variant_new_string (scope_session_get_settings (session)->preset));
}
