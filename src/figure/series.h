/* series.h: a row of numbers as a line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/axes.h"

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y; /* NaN: no number here; the line has a gap */
} FigPoint;

/* The opacity of a band around a line. */
#define FIG_BAND_ALPHA 0.2

/* fig_series_set_line: sets line width, dash and colour as lines of @style are drawn. */
void fig_series_set_line (cairo_t *cr, const FigTheme *theme, const FigStyle *style, gboolean dashed);

/* fig_series_draw_marker: a marker of @style centred on (x, y); a hollow one shows the background inside. */
void fig_series_draw_marker (cairo_t *cr,
                             const FigTheme *theme,
                             const FigStyle *style,
                             gboolean hollow,
                             double x,
                             double y);

/* fig_series_decimate:
 * Makes of @points (in values of @axes, x rising) at most four points a column of one @column points' width: the first,
 * the lowest, the highest and the last, so that the line looks the same. Points that aren't finite stay as gaps.
 * Returns: (transfer full): of FigPoint, in points of the figure. */
GArray *fig_series_decimate (const FigAxes *axes, const FigPoint *points, guint n_points, double column);

/* fig_series_draw_line: the line through @points (values of @axes) in the current line style; clipped to the plot. */
void fig_series_draw_line (cairo_t *cr,
                           const FigTheme *theme,
                           const FigAxes *axes,
                           const FigPoint *points,
                           guint n_points);

/* fig_series_draw_band:
 * Fills what lies within @spread of @points; clipped to the plot. A value that a logarithmic axis has no place for lies
 * at its lower end.
 * @spread: [n_points] */
void fig_series_draw_band (cairo_t *cr,
                           const FigTheme *theme,
                           const FigAxes *axes,
                           const FigPoint *points,
                           const double *spread,
                           guint n_points);

/* fig_points_from: the index of the first point whose x is not below @x, or @n_points. */
guint fig_points_from (const FigPoint *points, guint n_points, double x);

/* fig_series_smooth:
 * An exponential moving average of @points, in place, free of the bias to its start:
 * s_n = sum (a^(n-k) y_k) / sum (a^(n-k)), k = 0..n, over the finite y_k.
 * @smoothing: a, from 0 (nothing) to below 1 */
void fig_series_smooth (FigPoint *points, guint n_points, double smoothing);

G_END_DECLS
