/* figure-gestures.c: clicks, drags, the wheel and keys in a figure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/figure-view-private.h"

#include <math.h>

/* A press that moves no further is a click. */
#define DRAG_THRESHOLD 5.0

/* How much a step of the wheel shows of what was shown, and how much a key. */
#define WHEEL_FACTOR 0.8
#define KEY_FACTOR (2.0 / 3.0)

struct _ScopeFigureGestures
{
  ScopeFigureView *view;
  gboolean is_dragging;
  double start_x;
  double start_y;
  FigRect band; /* to be drawn while it is dragged; none without width */
};

/* ---- Clicks ---- */

static gboolean
activate (ScopeFigureView *view, double x, double y)
{
  ScopeFigureTarget target;

  return scope_figure_view_get_target (view, &target) && target.funcs->activate != NULL
         && target.funcs->activate (x, y, target.width, target.height, &target.theme, target.data);
}

static gboolean
fit (ScopeFigureView *view, double x, double y)
{
  ScopeFigureTarget target;

  return scope_figure_view_get_target (view, &target) && target.funcs->fit != NULL
         && target.funcs->fit (x, y, target.width, target.height, &target.theme, target.data);
}

static void
on_released (ScopeFigureGestures *gestures, int n_press, double x, double y)
{
  if (n_press % 2 == 0 && fit (gestures->view, x, y))
    return;
  activate (gestures->view, x, y);
}

/* ---- Drags ---- */

static gboolean
drag (ScopeFigureGestures *gestures, double dx, double dy, gboolean done)
{
  ScopeFigureTarget target;

  gestures->band = (FigRect){ 0 };
  gtk_widget_queue_draw (GTK_WIDGET (gestures->view));
  return scope_figure_view_get_target (gestures->view, &target) && target.funcs->drag != NULL
         && target.funcs->drag (gestures->start_x, gestures->start_y, gestures->start_x + dx, gestures->start_y + dy,
                                done, &gestures->band, target.width, target.height, &target.theme, target.data);
}

static void
on_drag_begin (ScopeFigureGestures *gestures, double x, double y)
{
  gestures->is_dragging = FALSE;
  gestures->start_x = x;
  gestures->start_y = y;
}

static void
on_drag_update (ScopeFigureGestures *gestures, double dx, double dy, GtkGesture *gesture)
{
  if (!gestures->is_dragging && hypot (dx, dy) < DRAG_THRESHOLD)
    return;
  if (!drag (gestures, dx, dy, FALSE) && !gestures->is_dragging)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (!gestures->is_dragging)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gestures->is_dragging = TRUE;
}

static void
on_drag_end (ScopeFigureGestures *gestures, double dx, double dy)
{
  if (gestures->is_dragging)
    drag (gestures, dx, dy, TRUE);
  gestures->is_dragging = FALSE;
  gestures->band = (FigRect){ 0 };
}

static void
on_drag_cancel (ScopeFigureGestures *gestures)
{
  gestures->is_dragging = FALSE;
  gestures->band = (FigRect){ 0 };
  gtk_widget_queue_draw (GTK_WIDGET (gestures->view));
}

void
scope_figure_gestures_draw (ScopeFigureGestures *gestures, GtkSnapshot *snapshot, const FigTheme *theme)
{
  const FigRect *band = &gestures->band;
  GdkRGBA color = { (float) theme->accent.red, (float) theme->accent.green, (float) theme->accent.blue, 0.15f };
  graphene_rect_t area
      = GRAPHENE_RECT_INIT ((float) band->x, (float) band->y, (float) band->width, (float) band->height);
  GskRoundedRect outline;

  if (!(band->width > 0 && band->height > 0))
    return;
  gtk_snapshot_append_color (snapshot, &color, &area);
  color.alpha = 1;
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ color, color, color, color });
}

/* ---- Zoom ---- */

static gboolean
zoom (ScopeFigureView *view, double factor, gboolean vertical)
{
  ScopeFigureTarget target;
  double x, y;

  scope_figure_view_get_point (view, &x, &y);
  return scope_figure_view_get_target (view, &target) && target.funcs->zoom != NULL
         && target.funcs->zoom (x, y, factor, vertical, target.width, target.height, &target.theme, target.data);
}

static gboolean
on_scroll (ScopeFigureGestures *gestures, double dx, double dy, GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);
  double by = dy != 0 ? dy : dx;

  return by != 0
         && zoom (gestures->view, pow (WHEEL_FACTOR, -by), (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0);
}

/* ---- Keys ---- */

gboolean
scope_figure_move_of_key (guint keyval, ScopeFigureMove *move)
{
  static const guint keys[][2] = {
    [SCOPE_MOVE_LEFT] = { GDK_KEY_Left, GDK_KEY_KP_Left },   [SCOPE_MOVE_RIGHT] = { GDK_KEY_Right, GDK_KEY_KP_Right },
    [SCOPE_MOVE_UP] = { GDK_KEY_Up, GDK_KEY_KP_Up },         [SCOPE_MOVE_DOWN] = { GDK_KEY_Down, GDK_KEY_KP_Down },
    [SCOPE_MOVE_FIRST] = { GDK_KEY_Home, GDK_KEY_KP_Home },  [SCOPE_MOVE_LAST] = { GDK_KEY_End, GDK_KEY_KP_End },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keyval == keys[i][0] || keyval == keys[i][1])
      {
        *move = (ScopeFigureMove) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
on_own_key (ScopeFigureView *view, guint keyval, GdkModifierType state)
{
  ScopeFigureTarget target;
  double x, y;

  scope_figure_view_get_point (view, &x, &y);
  return scope_figure_view_get_target (view, &target) && target.funcs->key != NULL
         && target.funcs->key (keyval, state, x, y, target.width, target.height, &target.theme, target.data);
}

gboolean
scope_figure_gestures_key (ScopeFigureGestures *gestures, guint keyval, GdkModifierType state)
{
  ScopeFigureView *view = gestures->view;
  double x, y;

  scope_figure_view_get_point (view, &x, &y);
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      return !isnan (x) && activate (view, x, y);
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      return zoom (view, KEY_FACTOR, FALSE);
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      return zoom (view, 1 / KEY_FACTOR, FALSE);
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return zoom (view, KEY_FACTOR, TRUE);
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return zoom (view, 1 / KEY_FACTOR, TRUE);
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      return fit (view, NAN, NAN);
    default:
      return on_own_key (view, keyval, state);
    }
}

/* ---- Making ---- */

ScopeFigureGestures *
scope_figure_gestures_new (ScopeFigureView *view)
{
  ScopeFigureGestures *gestures = g_new0 (ScopeFigureGestures, 1);
  GtkGesture *click = gtk_gesture_click_new (), *dragging = gtk_gesture_drag_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  gestures->view = view;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (dragging), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), gestures);
  g_signal_connect_swapped (dragging, "drag-begin", G_CALLBACK (on_drag_begin), gestures);
  g_signal_connect_swapped (dragging, "drag-update", G_CALLBACK (on_drag_update), gestures);
  g_signal_connect_swapped (dragging, "drag-end", G_CALLBACK (on_drag_end), gestures);
  g_signal_connect_swapped (dragging, "cancel", G_CALLBACK (on_drag_cancel), gestures);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), gestures);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (dragging));
  gtk_widget_add_controller (GTK_WIDGET (view), scroll);
  return gestures;
}

void
scope_figure_gestures_free (ScopeFigureGestures *gestures)
{
  g_free (gestures);
}
