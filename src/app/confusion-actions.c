/* confusion-actions.c: the commands of the matrices, and what they remember.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/confusion-actions.h"

#include "app/window.h"

/* The keys of the settings are the actions' names. */
static const char *const keys[] = {
  "matrix-counted", "matrix-cells", "matrix-order", "matrix-difference", "matrix-scores", "matrix-large",
};

static void
show_settings (ScopeConfusionPanel *panel, const char *key, GSettings *settings)
{
  g_autofree char *counted = g_settings_get_string (settings, "matrix-counted");
  g_autofree char *cells = g_settings_get_string (settings, "matrix-cells");
  g_autofree char *order = g_settings_get_string (settings, "matrix-order");
  g_autofree char *difference = g_settings_get_string (settings, "matrix-difference");
  ScopeConfusionChoice choice = { .difference = difference };

  choice.scores = g_settings_get_boolean (settings, "matrix-scores");
  choice.large = g_settings_get_boolean (settings, "matrix-large");
  /* What the settings allow are these ids, so what is wrong keeps its default. */
  nn_counted_from_id (counted, &choice.counted);
  fig_cells_from_id (cells, &choice.cells);
  nn_order_from_id (order, &choice.order);
  scope_confusion_panel_set_choice (panel, &choice);
}

static void
on_names (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeConfusionPanel *panel = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (panel));

  if (!scope_confusion_panel_open_names (panel, g_variant_get_string (parameter, NULL), &error)
      && SCOPE_IS_WINDOW (root))
    scope_window_tell (SCOPE_WINDOW (root), error->message, NULL, NULL);
}

void
scope_confusion_actions_add (GActionMap *map, GSettings *settings, ScopeConfusionPanel *panel)
{
  static const GActionEntry entries[] = {
    { .name = "matrix-names", .activate = on_names, .parameter_type = "s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (settings, keys[i]);
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_action_map_add_action (map, action);
      g_signal_connect_object (settings, signal, G_CALLBACK (show_settings), panel, G_CONNECT_SWAPPED);
    }
  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), panel);
  show_settings (panel, NULL, settings);
}
