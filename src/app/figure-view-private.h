/* figure-view-private.h: what the figure view's files share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/figure-view.h"

G_BEGIN_DECLS

/* What a figure's functions are called with. */
typedef struct
{
  const ScopeFigureFuncs *funcs;
  gpointer data;
  double width;
  double height;
  FigTheme theme;
} ScopeFigureTarget;

/* scope_figure_view_get_target: FALSE where the view shows nothing. */
gboolean scope_figure_view_get_target (ScopeFigureView *view, ScopeFigureTarget *target);

/* scope_figure_view_get_point: the point that is read; both NaN where there is none. */
void scope_figure_view_get_point (ScopeFigureView *view, double *x, double *y);

/* What a person does with a figure but for pointing at it. Owned by the view, of which it borrows. */
typedef struct _ScopeFigureGestures ScopeFigureGestures;

/* scope_figure_gestures_new: adds its controllers to @view. */
ScopeFigureGestures *scope_figure_gestures_new (ScopeFigureView *view);
void scope_figure_gestures_free (ScopeFigureGestures *gestures);

/* scope_figure_move_of_key: where a key moves the cursor. FALSE for any other key. */
gboolean scope_figure_move_of_key (guint keyval, ScopeFigureMove *move);

/* scope_figure_gestures_key: a key that doesn't move the cursor. Returns: whether the figure has used it. */
gboolean scope_figure_gestures_key (ScopeFigureGestures *gestures, guint keyval, GdkModifierType state);

/* scope_figure_gestures_draw: the band that is being dragged. */
void scope_figure_gestures_draw (ScopeFigureGestures *gestures, GtkSnapshot *snapshot, const FigTheme *theme);

/* scope_figure_grab_focus: for a click into @widget: what it is in does not scroll, as it would to the end of a widget that
 * is taller. */
void scope_figure_grab_focus (GtkWidget *widget);


/* scope_figure_draw_bubble: @markup beside the point of @widget, at its other side where there's no room. */
void scope_figure_draw_bubble (GtkWidget *widget, GtkSnapshot *snapshot, const FigTheme *theme, const char *markup,
                               double point_x, double point_y);

/* scope_figure_draw_mark: a frame around what is read, or a line where @mark has no width. scope_figure_draw_focus: a
 * frame around all of @view where it has the focus and shows it. */
void scope_figure_draw_mark (GtkSnapshot *snapshot, const FigTheme *theme, const FigRect *mark, double width,
                             double height);
void scope_figure_draw_focus (GtkWidget *view, GtkSnapshot *snapshot, const FigTheme *theme, double width,
                              double height);

/* scope_figure_scroll_to: scrolls what @view stands in until what is between @top and @bottom can be seen with @around
 * pixels above and below it. */
void scope_figure_scroll_to (GtkWidget *view, double top, double bottom, double around);

G_END_DECLS
