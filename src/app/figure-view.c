/* figure-view.c: the widget that shows a figure.
 *
 * The drawing is kept as a render node, so that moving the pointer over it, or a frame for another widget's sake, draws
 * nothing again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/figure-view-private.h"

#include "app/beat.h"
#include "app/figure-theme.h"

#include <math.h>

#define SHARE_OF_TIME 4          /* a drawing is followed by at least so many times what it took */
#define AROUND 48.0              /* pixels above and below the cursor that are scrolled to with it */
#define AROUND_MARK 90.0         /* the same of a mark, for the words beside it */
#define DESCRIBE_INTERVAL 500000 /* microseconds between two descriptions */

/* Who put the point where it is. */
typedef enum
{
  POINT_NONE,
  POINT_POINTER,
  POINT_CURSOR,
} PointSource;

struct _ScopeFigureView
{
  GtkWidget parent_instance;

  const ScopeFigureFuncs *funcs;
  gpointer data;
  int least_width;
  int least_height;
  gboolean shrinks;

  GskRenderNode *node;   /* the figure as it was drawn last; NULL where it must be drawn */
  gboolean is_outdated;  /* its numbers have changed since */
  gint64 drawn_at;
  gint64 drawing_took;
  gint64 beat;
  guint tick;
  guint reveal_tick; /* that scrolls to the cursor once everything has its place, or 0 */

  gint64 described_at;
  guint describe_timeout;

  PointSource source;
  double x;
  double y;
  double pointer_x; /* where the pointer was last, in the surface */
  double pointer_y;

  ScopeFigureGestures *gestures;
};

G_DEFINE_FINAL_TYPE (ScopeFigureView, scope_figure_view, GTK_TYPE_WIDGET)

/* ---- The point that is read ---- */

static void
init_theme (ScopeFigureView *view, FigTheme *theme)
{
  scope_figure_theme_init (theme, GTK_WIDGET (view));
}

gboolean
scope_figure_view_get_target (ScopeFigureView *view, ScopeFigureTarget *target)
{
  if (view->funcs == NULL)
    return FALSE;
  *target = (ScopeFigureTarget){ .funcs = view->funcs, .data = view->data,
                                 .width = gtk_widget_get_width (GTK_WIDGET (view)),
                                 .height = gtk_widget_get_height (GTK_WIDGET (view)) };
  init_theme (view, &target->theme);
  return TRUE;
}

void
scope_figure_view_get_point (ScopeFigureView *view, double *x, double *y)
{
  *x = view->source != POINT_NONE ? view->x : NAN;
  *y = view->source != POINT_NONE ? view->y : NAN;
}

static void
tell_point (ScopeFigureView *view)
{
  ScopeFigureTarget target;
  double x, y;

  scope_figure_view_get_point (view, &x, &y);
  if (scope_figure_view_get_target (view, &target) && target.funcs->point != NULL)
    target.funcs->point (x, y, target.width, target.height, &target.theme, target.data);
}

/* (transfer full) (nullable): markup */
static char *
read_point (ScopeFigureView *view, const FigTheme *theme, FigRect *mark)
{
  *mark = (FigRect){ 0 };
  if (view->source == POINT_NONE || view->funcs == NULL || view->funcs->read == NULL)
    return NULL;
  return view->funcs->read (view->x, view->y, gtk_widget_get_width (GTK_WIDGET (view)),
                            gtk_widget_get_height (GTK_WIDGET (view)), theme, mark, view->data);
}

static void
describe (ScopeFigureView *view)
{
  g_autofree char *description = NULL, *whole = NULL;

  g_clear_handle_id (&view->describe_timeout, g_source_remove);
  view->described_at = g_get_monotonic_time ();
  if (view->funcs == NULL || view->funcs->describe == NULL)
    return;
  description = view->funcs->describe (view->data);
  if (view->source == POINT_CURSOR)
    {
      FigTheme theme;
      FigRect mark;
      g_autofree char *markup = NULL, *text = NULL;

      init_theme (view, &theme);
      markup = read_point (view, &theme, &mark);
      if (markup != NULL && pango_parse_markup (markup, -1, 0, NULL, &text, NULL, NULL))
        whole = g_strdup_printf ("%s. %s", g_strdelimit (text, "\n", ';'), description);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  whole != NULL ? whole : description, -1);
}

static void
on_describe_timeout (gpointer data)
{
  ScopeFigureView *view = data;

  view->describe_timeout = 0;
  describe (view);
}

static void
queue_describe (ScopeFigureView *view)
{
  gint64 wait = view->described_at + DESCRIBE_INTERVAL - g_get_monotonic_time ();

  if (view->describe_timeout != 0 || !gtk_widget_get_mapped (GTK_WIDGET (view)))
    return;
  if (view->described_at == 0 || wait <= 0)
    describe (view);
  else
    view->describe_timeout = g_timeout_add_once ((guint) (wait / 1000) + 1, on_describe_timeout, view);
}

static void
set_point (ScopeFigureView *view, PointSource source, double x, double y)
{
  gboolean described = view->source == POINT_CURSOR || source == POINT_CURSOR;

  if (view->source == POINT_NONE && source == POINT_NONE)
    return;
  view->source = source;
  view->x = x;
  view->y = y;
  tell_point (view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
  /* Whoever moves the cursor without seeing it waits for the words. */
  if (described)
    describe (view);
}

/* ---- Seeing the cursor ---- */

static gboolean
on_reveal_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ScopeFigureView *view = SCOPE_FIGURE_VIEW (widget);
  double x = view->x, y = view->y;
  ScopeFigureTarget target;

  view->reveal_tick = 0;
  if (view->source == POINT_NONE || !scope_figure_view_get_target (view, &target))
    return G_SOURCE_REMOVE;
  if (target.funcs->keep != NULL)
    target.funcs->keep (&x, &y, target.width, target.height, &target.theme, target.data);
  /* What is seen already must not move away under the pointer. */
  scope_figure_scroll_to (GTK_WIDGET (view), y, y, view->source == POINT_CURSOR ? AROUND : 2);
  return G_SOURCE_REMOVE;
}

void
scope_figure_view_reveal (ScopeFigureView *view)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view));
  if (view->reveal_tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (view)))
    view->reveal_tick = gtk_widget_add_tick_callback (GTK_WIDGET (view), on_reveal_tick, NULL, NULL);
}

/* The cursor stays at what it was at. */
static void
keep_cursor (ScopeFigureView *view, double width, double height)
{
  FigTheme theme;

  if (view->source != POINT_CURSOR || view->funcs == NULL || view->funcs->keep == NULL || width <= 0 || height <= 0)
    return;
  init_theme (view, &theme);
  if (view->funcs->keep (&view->x, &view->y, width, height, &theme, view->data))
    scope_figure_view_reveal (view);
}

/* Whether the pointer has moved, and not what lies under it. */
static gboolean
has_moved (ScopeFigureView *view, GtkEventController *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  double x, y;

  if (event == NULL || !gdk_event_get_position (event, &x, &y))
    return TRUE;
  if (x == view->pointer_x && y == view->pointer_y)
    return FALSE;
  view->pointer_x = x;
  view->pointer_y = y;
  return TRUE;
}

static void
on_motion (ScopeFigureView *view, double x, double y, GtkEventController *controller)
{
  /* A layout that changes by a key moves the figure below a pointer that rests. */
  if (!has_moved (view, controller) && view->source == POINT_CURSOR)
    return;
  set_point (view, POINT_POINTER, x, y);
}

static void
on_pointer_left (ScopeFigureView *view)
{
  if (view->source == POINT_POINTER)
    set_point (view, POINT_NONE, 0, 0);
}

static void
on_focus_left (ScopeFigureView *view)
{
  if (view->source == POINT_CURSOR)
    set_point (view, POINT_NONE, 0, 0);
}

static void
on_pressed (ScopeFigureView *view)
{
  scope_figure_grab_focus (GTK_WIDGET (view));
}

static gboolean
on_key_pressed (ScopeFigureView *view, guint keyval, guint keycode, GdkModifierType state)
{
  ScopeFigureMove move;
  FigTheme theme;
  double x, y;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape && view->source == POINT_CURSOR)
    {
      set_point (view, POINT_NONE, 0, 0);
      return GDK_EVENT_STOP;
    }
  if (view->funcs == NULL || view->funcs->step == NULL || !scope_figure_move_of_key (keyval, &move)
      || (state & GDK_SHIFT_MASK) != 0)
    return scope_figure_gestures_key (view->gestures, keyval, state);
  scope_figure_view_get_point (view, &x, &y);
  init_theme (view, &theme);
  if (view->funcs->step (move, &x, &y, gtk_widget_get_width (GTK_WIDGET (view)),
                         gtk_widget_get_height (GTK_WIDGET (view)), &theme, view->data))
    {
      FigRect mark;
      g_autofree char *markup = NULL;

      set_point (view, POINT_CURSOR, x, y);
      markup = read_point (view, &theme, &mark);
      if (mark.height > 0)
        scope_figure_scroll_to (GTK_WIDGET (view), mark.y, mark.y + mark.height, AROUND_MARK);
      else
        scope_figure_scroll_to (GTK_WIDGET (view), y, y, AROUND);
    }
  /* At the end of the figure a key must not go on to the next widget. */
  return GDK_EVENT_STOP;
}

/* ---- Drawing ---- */

static void
draw_figure (ScopeFigureView *view, const FigTheme *theme, double width, double height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  view->is_outdated = FALSE;
  view->drawn_at = g_get_monotonic_time ();
  view->funcs->draw (cr, width, height, theme, view->data);
  cairo_destroy (cr);
  view->node = gtk_snapshot_free_to_node (snapshot);
  view->drawing_took = g_get_monotonic_time () - view->drawn_at;
}

static void
draw_overlay (ScopeFigureView *view, GtkSnapshot *snapshot, const FigTheme *theme, double width, double height)
{
  cairo_t *cr;

  if (view->funcs->overlay == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  view->funcs->overlay (cr, width, height, theme, view->data);
  cairo_destroy (cr);
}

static void
scope_figure_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopeFigureView *view = SCOPE_FIGURE_VIEW (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autofree char *markup = NULL;
  FigTheme theme;
  FigRect mark;

  if (width <= 0 || height <= 0 || view->funcs == NULL)
    return;
  init_theme (view, &theme);
  if (view->node == NULL)
    draw_figure (view, &theme, width, height);
  if (view->node != NULL)
    gtk_snapshot_append_node (snapshot, view->node);
  draw_overlay (view, snapshot, &theme, width, height);
  scope_figure_gestures_draw (view->gestures, snapshot, &theme);
  markup = read_point (view, &theme, &mark);
  if (markup != NULL)
    {
      scope_figure_draw_mark (snapshot, &theme, &mark, width, height);
      scope_figure_draw_bubble (GTK_WIDGET (view), snapshot, &theme, markup, view->x, view->y);
    }
  scope_figure_draw_focus (GTK_WIDGET (view), snapshot, &theme, width, height);
}

static void
forget_drawing (ScopeFigureView *view)
{
  g_clear_pointer (&view->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

/* Other numbers may lie under a point that has not moved. */
static void
forget_numbers (ScopeFigureView *view)
{
  forget_drawing (view);
  keep_cursor (view, gtk_widget_get_width (GTK_WIDGET (view)), gtk_widget_get_height (GTK_WIDGET (view)));
  if (view->source != POINT_NONE)
    tell_point (view);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ScopeFigureView *view = SCOPE_FIGURE_VIEW (widget);

  if (!scope_beat_has_passed (clock, &view->beat)
      || g_get_monotonic_time () < view->drawn_at + SHARE_OF_TIME * view->drawing_took)
    return G_SOURCE_CONTINUE;
  view->tick = 0;
  forget_numbers (view);
  return G_SOURCE_REMOVE;
}

void
scope_figure_view_queue (ScopeFigureView *view)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view));
  view->is_outdated = TRUE;
  if (!gtk_widget_get_mapped (GTK_WIDGET (view)))
    return;
  if (view->tick == 0)
    view->tick = gtk_widget_add_tick_callback (GTK_WIDGET (view), on_tick, NULL, NULL);
  queue_describe (view);
}

void
scope_figure_view_redraw_overlay (ScopeFigureView *view)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view));
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

void
scope_figure_view_redraw (ScopeFigureView *view)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view));
  scope_figure_view_queue (view);
  forget_numbers (view);
}

/* ---- Widget ---- */

static GtkSizeRequestMode
scope_figure_view_get_request_mode (GtkWidget *widget)
{
  ScopeFigureView *view = SCOPE_FIGURE_VIEW (widget);
  gboolean by_width = view->funcs != NULL && view->funcs->height != NULL;

  return by_width ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
scope_figure_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  ScopeFigureView *view = SCOPE_FIGURE_VIEW (widget);
  int wanted = 0;

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? view->least_width : view->least_height;
  if (orientation == GTK_ORIENTATION_VERTICAL && view->funcs != NULL && view->funcs->height != NULL)
    {
      FigTheme theme;
      int width = for_size > 0 ? for_size : view->least_width;

      init_theme (view, &theme);
      wanted = (int) ceil (view->funcs->height (width, &theme, view->data));
      *minimum = view->shrinks ? *minimum : MAX (*minimum, wanted);
    }
  *natural = MAX (*minimum, wanted);
}

static void
scope_figure_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  keep_cursor (SCOPE_FIGURE_VIEW (widget), width, height);
  forget_drawing (SCOPE_FIGURE_VIEW (widget));
}

static void
scope_figure_view_map (GtkWidget *widget)
{
  ScopeFigureView *view = SCOPE_FIGURE_VIEW (widget);

  GTK_WIDGET_CLASS (scope_figure_view_parent_class)->map (widget);
  if (view->is_outdated)
    forget_drawing (view);
  describe (view);
}

static void
scope_figure_view_unmap (GtkWidget *widget)
{
  ScopeFigureView *view = SCOPE_FIGURE_VIEW (widget);

  g_clear_handle_id (&view->describe_timeout, g_source_remove);
  if (view->tick != 0)
    gtk_widget_remove_tick_callback (widget, view->tick);
  view->tick = 0;
  if (view->reveal_tick != 0)
    gtk_widget_remove_tick_callback (widget, view->reveal_tick);
  view->reveal_tick = 0;
  view->source = POINT_NONE;
  tell_point (view);
  GTK_WIDGET_CLASS (scope_figure_view_parent_class)->unmap (widget);
}

static void
scope_figure_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (scope_figure_view_parent_class)->css_changed (widget, change);
  forget_drawing (SCOPE_FIGURE_VIEW (widget));
}

static void
scope_figure_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (scope_figure_view_parent_class)->system_setting_changed (widget, setting);
  gtk_widget_queue_resize (widget);
  forget_drawing (SCOPE_FIGURE_VIEW (widget));
}

static void
scope_figure_view_dispose (GObject *object)
{
  ScopeFigureView *view = SCOPE_FIGURE_VIEW (object);

  view->funcs = NULL;
  view->data = NULL;
  g_clear_handle_id (&view->describe_timeout, g_source_remove);
  g_clear_pointer (&view->node, gsk_render_node_unref);
  G_OBJECT_CLASS (scope_figure_view_parent_class)->dispose (object);
}

static void
scope_figure_view_finalize (GObject *object)
{
  scope_figure_gestures_free (SCOPE_FIGURE_VIEW (object)->gestures);
  G_OBJECT_CLASS (scope_figure_view_parent_class)->finalize (object);
}

static void
scope_figure_view_class_init (ScopeFigureViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_figure_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_figure_view_finalize;
  widget_class->get_request_mode = scope_figure_view_get_request_mode;
  widget_class->measure = scope_figure_view_measure;
  widget_class->size_allocate = scope_figure_view_size_allocate;
  widget_class->snapshot = scope_figure_view_snapshot;
  widget_class->map = scope_figure_view_map;
  widget_class->unmap = scope_figure_view_unmap;
  widget_class->css_changed = scope_figure_view_css_changed;
  widget_class->system_setting_changed = scope_figure_view_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "figure");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (ScopeFigureView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), view);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), view);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_pointer_left), view);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), view);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), view);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), view);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
scope_figure_view_init (ScopeFigureView *view)
{
  view->least_width = 200;
  view->least_height = 150;
  gtk_widget_set_focusable (GTK_WIDGET (view), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (view), GTK_OVERFLOW_HIDDEN);
  add_controllers (view);
  view->gestures = scope_figure_gestures_new (view);
  g_signal_connect (view, "notify::scale-factor", G_CALLBACK (forget_drawing), NULL);
}

GtkWidget *
scope_figure_view_new (void)
{
  return g_object_new (SCOPE_TYPE_FIGURE_VIEW, NULL);
}

void
scope_figure_view_set_figure (ScopeFigureView *view, const ScopeFigureFuncs *funcs, gpointer data)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view) && (funcs == NULL || funcs->draw != NULL));
  view->funcs = funcs;
  view->data = data;
  gtk_widget_queue_resize (GTK_WIDGET (view));
  scope_figure_view_redraw (view);
}

void
scope_figure_view_set_title (ScopeFigureView *view, const char *title)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view) && title != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
scope_figure_view_set_least_size (ScopeFigureView *view, int width, int height)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view) && width > 0 && height > 0);
  if (view->least_width == width && view->least_height == height)
    return;
  view->least_width = width;
  view->least_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (view));
}

void
scope_figure_view_set_shrinks (ScopeFigureView *view, gboolean shrinks)
{
  g_return_if_fail (SCOPE_IS_FIGURE_VIEW (view));
  view->shrinks = shrinks;
  gtk_widget_queue_resize (GTK_WIDGET (view));
}
