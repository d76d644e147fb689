/* curves.c: loss and accuracy against iterations, any number of runs on shared axes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/curves.h"

#include "figure/curves-layout.h"
#include "figure/curves-marks.h"
#include "figure/i18n.h"

#include <math.h>

#define RAW_ALPHA 0.3 /* of what stands behind its smoothed line */

static gboolean
is_empty (const FigCurves *curves)
{
  for (guint i = 0; i < curves->n_series; i++)
    if (curves->series[i].history != NULL && nn_history_length (curves->series[i].history) > 0)
      return FALSE;
  return TRUE;
}

/* Whether the figure shows the point, which lies where its axes say. */
static gboolean
is_in_plot (const FigAxes *axes, double x, double y)
{
  return isfinite (y) && y >= axes->plot.y && y <= fig_rect_bottom (&axes->plot) + 1e-6 && x >= axes->plot.x - 1e-6
         && x <= fig_rect_right (&axes->plot) + 1e-6;
}

/* The last point that the figure shows, or -1. */
static int
last_shown (const FigAxes *axes, const FigPoint *points, guint n_points)
{
  for (guint i = fig_points_from (points, n_points, axes->x.high * (1 + 1e-12) + 1e-12); i > 0; i--)
    if (is_in_plot (axes, fig_axes_x (axes, points[i - 1].x), fig_axes_y (axes, points[i - 1].y)))
      return (int) i - 1;
    else if (points[i - 1].x < axes->x.low)
      return -1;
  return -1;
}

/* Markers stand at about so many places along a line; which, differs a little by line, so that they don't cover each
 * other where lines run together. The last one is always at the line's end. */
static void
draw_sparse_markers (cairo_t *cr,
                     const FigTheme *theme,
                     const FigAxes *axes,
                     const FigStyle *style,
                     const FigPoint *points,
                     guint n_points,
                     double phase)
{
  double spacing = MAX (axes->plot.width / 6, 40), next = axes->plot.x + spacing * (0.35 + 0.6 * phase), end;
  int last = last_shown (axes, points, n_points);

  if (last < 0)
    return;
  end = fig_axes_x (axes, points[last].x);
  while (next < end - spacing / 3)
    {
      double value = fig_scale_unmap (&axes->x, (next - axes->plot.x) / axes->plot.width), x, y;
      guint at = fig_points_from (points, n_points, value);

      if (at >= (guint) last)
        break;
      x = fig_axes_x (axes, points[at].x);
      y = fig_axes_y (axes, points[at].y);
      if (is_in_plot (axes, x, y) && x < end - spacing / 3)
        fig_series_draw_marker (cr, theme, style, FALSE, x, y);
      do
        next += spacing;
      while (next <= x);
    }
  fig_series_draw_marker (cr, theme, style, FALSE, end, fig_axes_y (axes, points[last].y));
}

static void
draw_band (cairo_t *cr, const FigTheme *theme, const FigAxes *axes, const FigLine *line, const FigLineData *data,
           double alpha)
{
  cairo_save (cr);
  fig_set_color (cr, fig_color_fade (line->style.color, alpha));
  fig_series_draw_band (cr, theme, axes, (const FigPoint *) (gpointer) data->drawn->data,
                        (const double *) (gpointer) data->deviation->data, data->drawn->len);
  cairo_restore (cr);
}

static void
draw_training (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes, const FigLine *line,
               double phase)
{
  g_auto (FigLineData) data = { 0 };
  const FigPoint *drawn;

  fig_line_get (curves, line, curves->measure, FALSE, &data);
  drawn = (const FigPoint *) (gpointer) data.drawn->data;
  if (data.deviation != NULL)
    draw_band (cr, theme, axes, line, &data, FIG_BAND_ALPHA);
  cairo_save (cr);
  fig_series_set_line (cr, theme, &line->style, FALSE);
  if (curves->smoothing > 0)
    {
      fig_set_color (cr, fig_color_fade (line->style.color, RAW_ALPHA));
      fig_series_draw_line (cr, theme, axes, (const FigPoint *) (gpointer) data.raw->data, data.raw->len);
      fig_set_color (cr, line->style.color);
    }
  fig_series_draw_line (cr, theme, axes, drawn, data.drawn->len);
  draw_sparse_markers (cr, theme, axes, &line->style, drawn, data.drawn->len, phase);
  cairo_restore (cr);
}

static void
draw_held_out (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes, const FigLine *line)
{
  g_auto (FigLineData) data = { 0 };
  double last_x = -INFINITY, room = theme->font_size * (1.6 + 0.6 * line->style.n_twins);

  fig_line_get (curves, line, curves->measure, TRUE, &data);
  if (data.deviation != NULL)
    draw_band (cr, theme, axes, line, &data, FIG_BAND_ALPHA / 2);
  cairo_save (cr);
  fig_series_set_line (cr, theme, &line->style, TRUE);
  fig_series_draw_line (cr, theme, axes, (const FigPoint *) (gpointer) data.drawn->data, data.drawn->len);
  for (guint i = 0; i < data.drawn->len; i++)
    {
      FigPoint point = g_array_index (data.drawn, FigPoint, i);
      double x = fig_axes_x (axes, point.x), y = fig_axes_y (axes, point.y);

      if (!is_in_plot (axes, x, y) || x - last_x < room)
        continue;
      fig_series_draw_marker (cr, theme, &line->style, TRUE, x, y);
      last_x = x;
    }
  cairo_restore (cr);
}

static void
draw_data (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigCurvesLayout *layout)
{
  GPtrArray *lines = layout->lines;

  for (guint i = 0; i < lines->len && fig_curves_shows_held_out (curves); i++)
    if (!((FigLine *) g_ptr_array_index (lines, i))->hidden)
      draw_held_out (cr, curves, theme, &layout->axes, g_ptr_array_index (lines, i));
  for (guint i = 0; i < lines->len; i++)
    if (!((FigLine *) g_ptr_array_index (lines, i))->hidden)
      draw_training (cr, curves, theme, &layout->axes, g_ptr_array_index (lines, i), i / (double) lines->len);
  fig_curves_draw_divergences (cr, curves, theme, layout);
}

/* Whether a part of the line can lie in the plot. */
static gboolean
line_is_shown (const FigCurves *curves, const FigAxes *axes, const FigLine *line, gboolean held_out)
{
  g_auto (FigLineData) data = { 0 };
  double lowest = INFINITY, highest = -INFINITY;
  const FigPoint *points;
  guint from, to;

  fig_line_get (curves, line, curves->measure, held_out, &data);
  points = (const FigPoint *) (gpointer) data.drawn->data;
  from = fig_points_from (points, data.drawn->len, axes->x.low);
  to = MIN (fig_points_from (points, data.drawn->len, axes->x.high) + 1, data.drawn->len);
  for (guint i = from - (from > 0); i < to; i++)
    {
      lowest = fmin (lowest, points[i].y);
      highest = fmax (highest, points[i].y);
    }
  return lowest <= axes->y.high && highest >= axes->y.low;
}

/* What stands where no line is. NULL where one is. */
static const char *
empty_message (const FigCurves *curves, const FigCurvesLayout *layout)
{
  if (is_empty (curves))
    return _ ("not trained yet");
  if (!fig_limits_are_set (&curves->x) && !fig_limits_are_set (&curves->y))
    return NULL;
  for (guint i = 0; i < layout->lines->len; i++)
    {
      const FigLine *line = g_ptr_array_index (layout->lines, i);

      if (!line->hidden
          && (line_is_shown (curves, &layout->axes, line, FALSE)
              || (fig_curves_shows_held_out (curves) && line_is_shown (curves, &layout->axes, line, TRUE))))
        return NULL;
    }
  return _ ("no line passes here");
}

void
fig_curves_draw (cairo_t *cr, double width, double height, const FigCurves *curves, const FigTheme *theme)
{
  g_auto (FigCurvesLayout) layout = { 0 };
  FigText title = fig_text (theme, 1.15);
  const char *message;

  g_return_if_fail (cr != NULL && curves != NULL && theme != NULL);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  fig_curves_layout_init (&layout, curves, theme, width, height);
  title.bold = TRUE;
  title.max_width = layout.title.width;
  if (curves->title != NULL)
    fig_text_draw (cr, theme, &title, layout.title.x, layout.title.y, 0, 0, curves->title);
  fig_legend_draw (cr, &layout.legend_theme, layout.items, layout.n_items, &layout.legend);
  fig_axes_draw_grid (cr, theme, &layout.axes);
  fig_curves_draw_chance (cr, curves, theme, &layout.axes);
  fig_axes_draw (cr, theme, &layout.axes);
  fig_curves_draw_report (cr, curves, theme, &layout);
  draw_data (cr, curves, theme, &layout);
  message = empty_message (curves, &layout);
  if (message != NULL)
    fig_text_draw_message (cr, theme, &layout.axes.plot, message);
  if (curves->crosshair > 0)
    fig_curves_draw_crosshair (cr, width, height, curves, theme);
  cairo_restore (cr);
}
