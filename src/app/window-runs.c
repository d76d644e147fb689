/* window-runs.c: the window's commands on runs, earlier ones among them, and on seeds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/window-private.h"

#include <glib/gi18n.h>

/* The result whose id is the parameter; a person is told where there is none. (transfer none) */
static ScopeResult *
find (ScopeWindow *window, guint id)
{
  ScopeResult *result = scope_session_find_result (window->session, id);

  if (result == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("There is no run number %u in the list."), id);
      scope_window_tell (window, message, NULL, NULL);
    }
  return result;
}

/* The same where a network's present run will not do. */
static ScopeResult *
find_earlier (ScopeWindow *window, guint id)
{
  ScopeResult *result = find (window, id);

  if (result != NULL && !scope_result_is_earlier (result))
    {
      g_autofree char *message
          = g_strdup_printf (_("“%s” is a network as it is now; only earlier runs can be renamed or deleted."),
                             scope_result_get_title (result));
      scope_window_tell (window, message, NULL, NULL);
      return NULL;
    }
  return result;
}

static void
on_show_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeResult *result = find (data, g_variant_get_uint32 (parameter));

  if (result != NULL)
    scope_result_set_shown (result, !scope_result_get_shown (result));
}

static void
on_hide_runs (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_session_hide_earlier (SCOPE_WINDOW (data)->session);
}

static void
on_edit_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeWindow *window = data;
  ScopeResult *result = find_earlier (window, g_variant_get_uint32 (parameter));

  if (result == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (window->runs_pane), TRUE);
  scope_runs_pane_edit (window->runs_pane, result);
}

static void
on_rename_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeResult *result;
  const char *text;
  guint id;

  g_variant_get (parameter, "(u&s)", &id, &text);
  result = find_earlier (data, id);
  if (result == NULL)
    return;
  if (*text == '\0')
    scope_window_tell (data, _("A run needs a title of at least one letter."), NULL, NULL);
  else
    scope_result_set_title (result, text);
}

static void
delete_runs (ScopeWindow *window, GPtrArray *results)
{
  g_autofree char *message = NULL;

  if (results->len == 0)
    return;
  message = results->len == 1
                ? g_strdup_printf (_("“%s” was deleted."), scope_result_get_title (g_ptr_array_index (results, 0)))
                : g_strdup_printf (ngettext ("%u run was deleted.", "%u runs were deleted.", results->len),
                                   results->len);
  if (scope_session_delete_results (window->session, results))
    scope_window_tell (window, message, C_("command", "Undo"), "win.undo-delete");
}

static void
on_delete_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  ScopeResult *result = find_earlier (data, g_variant_get_uint32 (parameter));

  if (result != NULL)
    g_ptr_array_add (results, result);
  delete_runs (data, results);
}

static void
on_delete_runs (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  gsize n;
  const guint32 *ids = g_variant_get_fixed_array (parameter, &n, sizeof (guint32));

  for (gsize i = 0; i < n; i++)
    {
      ScopeResult *result = find_earlier (data, ids[i]);

      if (result != NULL && !g_ptr_array_find (results, result, NULL))
        g_ptr_array_add (results, result);
    }
  delete_runs (data, results);
}

static void
on_undo_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeWindow *window = data;

  scope_session_undo_delete (window->session);
  gtk_revealer_set_reveal_child (window->notice, FALSE);
}

static void
on_seeds (GSimpleAction *action, GVariant *value, gpointer data)
{
  ScopeWindow *window = data;
  ScopeSettings settings = *scope_session_get_settings (window->session);
  g_autoptr (GError) error = NULL;

  settings.n_seeds = (guint) MAX (g_variant_get_int32 (value), 0);
  if (!scope_session_set_settings (window->session, &settings, &error))
    scope_window_tell (window, error->message, NULL, NULL);
}

static const GActionEntry entries[] = {
  { .name = "show-run", .activate = on_show_run, .parameter_type = "u" },
  { .name = "hide-runs", .activate = on_hide_runs },
  { .name = "edit-run", .activate = on_edit_run, .parameter_type = "u" },
  { .name = "rename-run", .activate = on_rename_run, .parameter_type = "(us)" },
  { .name = "delete-run", .activate = on_delete_run, .parameter_type = "u" },
  { .name = "delete-runs", .activate = on_delete_runs, .parameter_type = "au" },
  { .name = "undo-delete", .activate = on_undo_delete },
  { .name = "seeds", .parameter_type = "i", .state = "1", .change_state = on_seeds },
};

void
scope_window_add_run_actions (ScopeWindow *window)
{
  g_autoptr (GPropertyAction) runs = g_property_action_new ("runs", window->runs_pane, "visible");

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (runs));
}

void
scope_window_update_run_actions (ScopeWindow *window)
{
  GActionMap *map = G_ACTION_MAP (window);
  GListModel *results = scope_session_get_results (window->session);
  guint n_networks = scope_session_get_n_networks (window->session);
  gboolean any_earlier = g_list_model_get_n_items (results) > n_networks;
  static const char *const need_earlier[] = { "hide-runs", "edit-run", "rename-run", "delete-run", "delete-runs" };
  GAction *seeds = g_action_map_lookup_action (map, "seeds");

  for (gsize i = 0; i < G_N_ELEMENTS (need_earlier); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, need_earlier[i])), any_earlier);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "undo-delete")),
                               scope_session_can_undo_delete (window->session));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (seeds), !scope_session_is_active (window->session));
  g_simple_action_set_state (G_SIMPLE_ACTION (seeds),
                             g_variant_new_int32 ((gint32) scope_session_get_settings (window->session)->n_seeds));
}
