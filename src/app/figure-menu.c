/* figure-menu.c: what can be done with a figure where it stands.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/figure-menu.h"

#include "app/figure-content.h"
#include "app/figure-theme.h"
#include "app/figure-view-private.h"
#include "app/window-private.h"

#include <glib/gi18n.h>

#define ID_KEY "scope-figure-id"

/* The longer side of what is dragged, in pixels. */
#define ICON_SIDE 200.0

const char *
scope_figure_menu_get_id (GtkWidget *view)
{
  return g_object_get_data (G_OBJECT (view), ID_KEY);
}

/* ---- Menu ---- */

static void
append_command (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, g_variant_new_string (id));
  g_menu_append_item (menu, item);
}

static GMenuModel *
new_menu (const char *id)
{
  GMenu *menu = g_menu_new ();

  append_command (menu, _("_Copy Figure"), "win.copy-figure", id);
  append_command (menu, _("Copy _Numbers (CSV)"), "win.copy-numbers", id);
  append_command (menu, _("_Export…"), "win.export-figure-dialog", id);
  return G_MENU_MODEL (menu);
}

/* The popover closes while its item's action is still to come. */
static gboolean
unparent_later (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_later, g_object_ref (popover), g_object_unref);
}

static void
show_menu (GtkWidget *view, double x, double y)
{
  g_autoptr (GMenuModel) menu = new_menu (scope_figure_menu_get_id (view));
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  gtk_widget_set_parent (popover, view);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_secondary_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer view)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (view, x, y);
}

static gboolean
on_menu_key (GtkWidget *view, GVariant *arguments, gpointer data)
{
  show_menu (view, gtk_widget_get_width (view) / 2.0, gtk_widget_get_height (view) / 2.0);
  return TRUE;
}

/* ---- Drag ---- */

/* Whether a drag from there means something in the figure itself, such as a part to look at. */
static gboolean
is_the_figures (ScopeFigureView *view, double x, double y)
{
  ScopeFigureTarget target;
  FigRect band;

  return scope_figure_view_get_target (view, &target) && target.funcs->drag != NULL
         && target.funcs->drag (x, y, x, y, FALSE, &band, target.width, target.height, &target.theme, target.data);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, gpointer view)
{
  GtkRoot *root = gtk_widget_get_root (view);
  g_autoptr (ScopeExportFigure) figure = NULL;
  ScopeExportSettings settings;

  if (!SCOPE_IS_WINDOW (root) || is_the_figures (view, x, y))
    return NULL;
  figure = scope_window_take_figure (SCOPE_WINDOW (root), scope_figure_menu_get_id (view), &settings, NULL);
  return figure != NULL ? scope_figure_content_new (figure, settings.format) : NULL;
}

/* What is seen under the pointer: the figure, small. */
static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, gpointer view)
{
  double width = gtk_widget_get_width (view), height = gtk_widget_get_height (view);
  float scale = (float) (MIN (1, ICON_SIDE / MAX (MAX (width, height), 1)));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GdkPaintable) icon = NULL;
  FigTheme theme;

  scope_figure_theme_init (&theme, view);
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_append_color (
      snapshot,
      &(GdkRGBA){ (float) theme.background.red, (float) theme.background.green, (float) theme.background.blue, 1 },
      &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  GTK_WIDGET_GET_CLASS (view)->snapshot (view, snapshot);
  icon = gtk_snapshot_free_to_paintable (snapshot, &GRAPHENE_SIZE_INIT (scale * (float) width, scale * (float) height));
  if (icon != NULL)
    gtk_drag_source_set_icon (source, icon, 0, 0);
}

void
scope_figure_menu_set_id (ScopeFigureView *view, const char *id)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view) && id != NULL);
  g_object_set_data_full (G_OBJECT (view), ID_KEY, g_strdup (id), g_free);
}

void
scope_figure_menu_attach (ScopeFigureView *view, const char *id)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view) && id != NULL && scope_figure_menu_get_id (widget) == NULL);
  scope_figure_menu_set_id (view, id);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary_pressed), view);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (on_menu_key, NULL, NULL)));
  gtk_widget_add_controller (widget, keys);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), view);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), view);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}
