/* curves-actions.c: the window's commands for the curves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/window-private.h"

#include <glib/gi18n.h>

/* Each is an action, a property of the panel and a key of the settings. */
static const char *const remembered[] = { "smoothing", "log-loss", "report-values", "seed-bands" };

static ScopeCurvesPanel *
panel_of (gpointer window)
{
  return scope_compare_page_get_curves (SCOPE_WINDOW (window)->compare_page);
}

static void
on_smoothing (GSimpleAction *action, GVariant *value, gpointer data)
{
  double smoothing = g_variant_get_double (value);

  if (smoothing >= 0 && smoothing < 1)
    g_object_set (panel_of (data), "smoothing", MIN (smoothing, 0.99), NULL);
  else
    scope_window_tell (data, _("The smoothing must be a number from 0 to 0.99."), NULL, NULL);
}

static void
on_flag (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_object_set (panel_of (data), g_action_get_name (G_ACTION (action)), g_variant_get_boolean (value), NULL);
}

static void
on_fit_curves (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_curves_panel_fit (panel_of (data));
}

static void
on_zoom_curves (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  scope_curves_panel_zoom (panel_of (data), g_variant_get_double (parameter));
}

static void
on_toggle_series (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  if (!scope_curves_panel_toggle (panel_of (data), name))
    {
      g_autofree char *message = g_strdup_printf (_("There is no curve of “%s”."), name);

      scope_window_tell (data, message, NULL, NULL);
    }
}

static void
on_panel_notify (ScopeWindow *window, GParamSpec *pspec, ScopeCurvesPanel *panel)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), pspec->name);
  g_auto (GValue) value = G_VALUE_INIT;

  if (action == NULL)
    return;
  g_object_get_property (G_OBJECT (panel), pspec->name, &value);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), G_VALUE_HOLDS_DOUBLE (&value)
                                                           ? g_variant_new_double (g_value_get_double (&value))
                                                           : g_variant_new_boolean (g_value_get_boolean (&value)));
}

static const GActionEntry entries[] = {
  { .name = "smoothing", .parameter_type = "d", .state = "0.0", .change_state = on_smoothing },
  { .name = "log-loss", .state = "false", .change_state = on_flag },
  { .name = "report-values", .state = "true", .change_state = on_flag },
  { .name = "seed-bands", .state = "true", .change_state = on_flag },
  { .name = "fit-curves", .activate = on_fit_curves },
  { .name = "zoom-curves", .activate = on_zoom_curves, .parameter_type = "d" },
  { .name = "toggle-series", .activate = on_toggle_series, .parameter_type = "s" },
};

void
scope_window_add_curves_actions (ScopeWindow *window)
{
  ScopeCurvesPanel *panel = panel_of (window);

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", remembered[i], NULL);

      g_signal_connect_object (panel, signal, G_CALLBACK (on_panel_notify), window, G_CONNECT_SWAPPED);
      g_settings_bind (window->settings, remembered[i], panel, remembered[i], G_SETTINGS_BIND_DEFAULT);
    }
}
