/* figure-view.h: the widget that shows a figure: the only one that draws.
 *
 * What it shows, it is given as functions, which draw, describe and read the figure at the moment they are called; so
 * the view holds no numbers that could grow old. It has the accessible role of an image, with a name and a description.
 * The pointer, or a cursor moved by the arrow keys, reads the figure: the text is shown beside it and, for the cursor,
 * goes in front of the description.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/geometry.h"
#include "figure/theme.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_FIGURE_VIEW (scope_figure_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopeFigureView, scope_figure_view, SCOPE, FIGURE_VIEW, GtkWidget)

/* Where the cursor goes. */
typedef enum
{
  SCOPE_MOVE_LEFT,
  SCOPE_MOVE_RIGHT,
  SCOPE_MOVE_UP,
  SCOPE_MOVE_DOWN,
  SCOPE_MOVE_FIRST,
  SCOPE_MOVE_LAST,
} ScopeFigureMove;

/* Draws the figure into (0, 0, width, height). */
typedef void (*ScopeFigureDraw) (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data);

/* The figure's numbers in sentences. (transfer full) */
typedef char *(*ScopeFigureDescribe) (gpointer data);

/* What the figure says at (x, y), as Pango markup, or NULL.
 * @mark: (out): what it is said of, to be marked: a frame, or a line where it has no width. (transfer full) */
typedef char *(*ScopeFigureRead) (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark,
                                  gpointer data);

/* The point that is next to (x, y); both are NaN where there is no cursor yet.
 * Returns: FALSE where there is none in that direction. */
typedef gboolean (*ScopeFigureStep) (ScopeFigureMove move, double *x, double *y, double width, double height,
                                     const FigTheme *theme, gpointer data);

/* The height that the figure needs at this width. */
typedef double (*ScopeFigureHeight) (double width, const FigTheme *theme, gpointer data);

/* Told where the point that is read is now; both are NaN where there's none any more. */
typedef void (*ScopeFigurePoint) (double x, double y, double width, double height, const FigTheme *theme,
                                  gpointer data);

/* Where what was at the point that was told last is now, after the figure has changed its size or its parts.
 * Returns: FALSE where it may stay where it is. */
typedef gboolean (*ScopeFigureKeep) (double *x, double *y, double width, double height, const FigTheme *theme,
                                     gpointer data);

/* Something is done at (x, y): a click, or Enter or the blank at the cursor; for @fit a double click, or 0 with NaN.
 * Returns: whether the figure has something there. */
typedef gboolean (*ScopeFigureActivate) (double x, double y, double width, double height, const FigTheme *theme,
                                         gpointer data);

/* The wheel, or + and - (vertical: the wheel with Shift or Ctrl, or the page keys), at (x, y), which are NaN where
 * nothing is pointed at. @factor: the share of what is shown that is to fill the figure.
 * Returns: FALSE where that is no use here; the page scrolls then. */
typedef gboolean (*ScopeFigureZoom) (double x, double y, double factor, gboolean vertical, double width, double height,
                                     const FigTheme *theme, gpointer data);

/* A drag from one point to another, at each movement and at the end, when it is @done.
 * @band: (out): what is to be seen of it
 * Returns: FALSE where there's nothing to drag. */
typedef gboolean (*ScopeFigureDrag) (double from_x, double from_y, double to_x, double to_y, gboolean done,
                                     FigRect *band, double width, double height, const FigTheme *theme,
                                     gpointer data);

/* Any other key. (x, y) is what is read, or NaN. Returns: whether it is used. */
typedef gboolean (*ScopeFigureKey) (guint keyval, GdkModifierType state, double x, double y, double width,
                                    double height, const FigTheme *theme, gpointer data);

/* What a view shows. All but @draw may be NULL. */
typedef struct
{
  ScopeFigureDraw draw;
  ScopeFigureDescribe describe;
  ScopeFigureRead read;
  ScopeFigureStep step;
  ScopeFigureHeight height;
  ScopeFigureDraw overlay; /* what comes and goes, drawn over the figure in every frame that needs one */
  ScopeFigurePoint point;
  ScopeFigureKeep keep; /* for a point that keys have chosen; the pointer's stays under the pointer */
  ScopeFigureActivate activate;
  ScopeFigureActivate fit;
  ScopeFigureZoom zoom;
  ScopeFigureDrag drag;
  ScopeFigureKey key;
} ScopeFigureFuncs;

GtkWidget *scope_figure_view_new (void);

/* scope_figure_view_set_figure:
 * From now on shows what @funcs draw; the view forgets them when it is disposed of.
 * @funcs: (nullable): static; NULL shows nothing
 * @data: (nullable): given to them; borrowed */
void scope_figure_view_set_figure (ScopeFigureView *view, const ScopeFigureFuncs *funcs, gpointer data);

/* scope_figure_view_set_title: the accessible name. */
void scope_figure_view_set_title (ScopeFigureView *view, const char *title);

/* scope_figure_view_set_least_size: no smaller than this, and this is also what it would like. */
void scope_figure_view_set_least_size (ScopeFigureView *view, int width, int height);

/* scope_figure_view_set_shrinks:
 * Whether it may be lower than its figure would like, down to its least size (FALSE at first). */
void scope_figure_view_set_shrinks (ScopeFigureView *view, gboolean shrinks);

/* scope_figure_view_queue:
 * Says that the figure's numbers have changed, as they do all the time while training runs. It is drawn again at the
 * next beat, and only while it can be seen; a figure that takes long to draw is drawn less often, so that drawing never
 * takes more than a part of the time. The description follows about twice a second. */
void scope_figure_view_queue (ScopeFigureView *view);

/* scope_figure_view_reveal:
 * Scrolls what the figure stands in, once everything has its place, so that what was told of last can be seen, wherever
 * the figure's keep says that it is. */
void scope_figure_view_reveal (ScopeFigureView *view);

/* scope_figure_view_redraw_overlay: draws the overlay alone before the next frame. */
void scope_figure_view_redraw_overlay (ScopeFigureView *view);

/* scope_figure_view_redraw: the same, but it is drawn before the next frame: for what a person does. */
void scope_figure_view_redraw (ScopeFigureView *view);

G_END_DECLS
