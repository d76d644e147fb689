/* gates-actions.c: the window's commands for the Gates page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/window-private.h"

#include <glib/gi18n.h>

static ScopeGatesPage *
page_of (gpointer window)
{
  return SCOPE_WINDOW (window)->gates_page;
}

/* An id that there isn't. */
static void
tell_unknown (gpointer window, const char *id, const char *words)
{
  g_autofree char *message = g_strdup_printf (words, id);

  scope_window_tell (window, message, NULL, NULL);
}

static void
on_detail (GSimpleAction *action, GVariant *value, gpointer window)
{
  const char *id = g_variant_get_string (value, NULL);

  if (!scope_gates_page_set_detail (page_of (window), id))
    tell_unknown (window, id, _ ("There is no detail “%s”; there are “summary” and “units”."));
}

static void
on_order (GSimpleAction *action, GVariant *value, gpointer window)
{
  const char *id = g_variant_get_string (value, NULL);

  if (!scope_gates_page_set_order (page_of (window), id))
    tell_unknown (window, id, _ ("There is no order “%s”; there are “index”, “last” and “clustered”."));
}

static void
on_pane (GSimpleAction *action, GVariant *value, gpointer window)
{
  const char *id = g_variant_get_string (value, NULL);

  if (!scope_gates_page_set_pane (page_of (window), id))
    tell_unknown (window, id,
                  _ ("Nothing below the strips is called “%s”; there are “none”, “units”, “letters”, “substitution”, "
                     "“damage”, “drivers” and “table”."));
}

/* The button of what is shown already hides it. */
static void
on_toggle_pane (GSimpleAction *action, GVariant *value, gpointer window)
{
  gboolean is_shown = g_str_equal (scope_gates_page_get_pane (page_of (window)), g_variant_get_string (value, NULL));

  g_action_change_state (G_ACTION (action), is_shown ? g_variant_new_string ("none") : value);
}

static void
on_pin_unit (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GError) error = NULL;

  if (!scope_gates_page_pin_text (page_of (window), g_variant_get_string (parameter, NULL), &error))
    scope_window_tell (window, error->message, NULL, NULL);
}

static void
on_clamp (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GError) error = NULL;

  if (!scope_gates_page_hold (page_of (window), g_variant_get_string (parameter, NULL), &error))
    scope_window_tell (window, error->message, NULL, NULL);
}

static void
on_unclamp (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  scope_gates_page_unclamp (page_of (window), FALSE);
}

static void
on_unclamp_all (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  scope_gates_page_unclamp (page_of (window), TRUE);
}

static void
on_never_forget (GSimpleAction *action, GVariant *value, gpointer window)
{
  if (scope_gates_page_never_forgets (page_of (window)) != g_variant_get_boolean (value))
    scope_gates_page_toggle_never_forget (page_of (window));
}

static gboolean
get_flag (gpointer window, const char *name)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (window), name);

  return g_variant_get_boolean (state);
}

static void
on_clamp_scope (GSimpleAction *action, GVariant *value, gpointer window)
{
  g_simple_action_set_state (action, value);
  scope_gates_page_set_holds (page_of (window), get_flag (window, "clamp-pinned"), get_flag (window, "clamp-letter"));
}

static void
on_second_name (GSimpleAction *action, GVariant *value, gpointer window)
{
  scope_gates_page_set_second (page_of (window), g_variant_get_string (value, NULL));
}

static void
on_play (GSimpleAction *action, GVariant *value, gpointer window)
{
  scope_gates_page_set_plays (page_of (window), g_variant_get_boolean (value));
}

static void
on_play_speed (GSimpleAction *action, GVariant *value, gpointer window)
{
  scope_gates_page_set_play_seconds (page_of (window), g_variant_get_double (value));
}

static void
on_next_letter (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  scope_gates_page_next_letter (page_of (window));
}

/* Nothing but the page, as large as the screen. */
static void
on_present (GSimpleAction *action, GVariant *value, gpointer data)
{
  ScopeWindow *window = data;
  gboolean presents = g_variant_get_boolean (value);

  if (presents == scope_gates_page_get_presents (window->gates_page))
    return;
  if (presents)
    {
      window->runs_shown = gtk_widget_get_visible (GTK_WIDGET (window->runs_pane));
      gtk_stack_set_visible_child_name (window->stack, "gates");
      gtk_window_fullscreen (GTK_WINDOW (window));
      scope_window_confirm (window,
                            _ ("Space reads the next letter, Escape ends the reading and then the presentation."));
    }
  else
    gtk_window_unfullscreen (GTK_WINDOW (window));
  gtk_widget_set_visible (GTK_WIDGET (window->runs_pane), !presents && window->runs_shown);
  gtk_widget_set_visible (GTK_WIDGET (window->sidebar_revealer), !presents);
  gtk_widget_set_visible (GTK_WIDGET (window->name_bar), !presents);
  scope_gates_page_set_presents (window->gates_page, presents);
}

static void
on_time (GSimpleAction *action, GVariant *value, gpointer window)
{
  scope_gates_page_set_time (page_of (window), g_variant_get_double (value));
}

static void
on_damage (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  scope_gates_page_measure_damage (page_of (window));
}

static void
on_cancel_damage (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  scope_gates_page_cancel_damage (page_of (window));
}

static void
on_export_pane (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  scope_window_export_pane (window, g_variant_get_string (parameter, NULL));
}

/* ---- States ---- */

/* Takes over @state. */
static void
set_state (ScopeWindow *window, const char *name, GVariant *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (window), name)), state);
}

static void
set_enabled (ScopeWindow *window, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (window), name)), enabled);
}

static void
on_state_changed (ScopeWindow *window)
{
  ScopeGatesPage *page = window->gates_page;
  g_autofree char *clamps = scope_gates_page_get_clamps (page);

  set_state (window, "gates-detail", g_variant_new_string (scope_gates_page_get_detail (page)));
  set_state (window, "gates-order", g_variant_new_string (scope_gates_page_get_order (page)));
  set_state (window, "gates-pane", g_variant_new_string (scope_gates_page_get_pane (page)));
  set_state (window, "pinned", g_variant_new_take_string (scope_gates_page_get_pins (page)));
  set_enabled (window, "unclamp", *clamps != '\0');
  set_enabled (window, "unclamp-all", *clamps != '\0');
  set_state (window, "clamps", g_variant_new_take_string (g_steal_pointer (&clamps)));
  set_state (window, "never-forget", g_variant_new_boolean (scope_gates_page_never_forgets (page)));
  set_state (window, "second-name", g_variant_new_string (scope_gates_page_get_second (page)));
  set_state (window, "play", g_variant_new_boolean (scope_gates_page_get_plays (page)));
  set_state (window, "play-speed", g_variant_new_double (scope_gates_page_get_play_seconds (page)));
  set_state (window, "present", g_variant_new_boolean (scope_gates_page_get_presents (page)));
  set_state (window, "time", g_variant_new_double (scope_gates_page_get_time (page)));
  scope_confusion_panel_set_time (scope_compare_page_get_confusion_panel (window->compare_page),
                                  scope_gates_page_get_time (page));
}

/* What only tells. */
static void
on_read_only (GSimpleAction *action, GVariant *value, gpointer window)
{
}

void
scope_window_add_gates_actions (ScopeWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "gates-detail", .parameter_type = "s", .state = "'summary'", .change_state = on_detail },
    { .name = "gates-order", .parameter_type = "s", .state = "'index'", .change_state = on_order },
    { .name = "gates-pane", .activate = on_toggle_pane, .parameter_type = "s", .state = "'none'",
      .change_state = on_pane },
    { .name = "pin-unit", .activate = on_pin_unit, .parameter_type = "s" },
    { .name = "pinned", .state = "''", .change_state = on_read_only },
    { .name = "clamp", .activate = on_clamp, .parameter_type = "s" },
    { .name = "clamps", .state = "''", .change_state = on_read_only },
    { .name = "clamp-pinned", .state = "false", .change_state = on_clamp_scope },
    { .name = "clamp-letter", .state = "false", .change_state = on_clamp_scope },
    { .name = "unclamp", .activate = on_unclamp },
    { .name = "unclamp-all", .activate = on_unclamp_all },
    { .name = "never-forget", .state = "false", .change_state = on_never_forget },
    { .name = "second-name", .parameter_type = "s", .state = "''", .change_state = on_second_name },
    { .name = "play", .state = "false", .change_state = on_play },
    { .name = "play-speed", .parameter_type = "d", .state = "1.0", .change_state = on_play_speed },
    { .name = "next-letter", .activate = on_next_letter },
    { .name = "present", .state = "false", .change_state = on_present },
    { .name = "time", .parameter_type = "d", .state = "1.0", .change_state = on_time },
    { .name = "damage", .activate = on_damage },
    { .name = "cancel-damage", .activate = on_cancel_damage },
    { .name = "export-pane", .activate = on_export_pane, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_signal_connect_object (window->gates_page, "state-changed", G_CALLBACK (on_state_changed), window,
                           G_CONNECT_SWAPPED);
  on_state_changed (window);
}
