/* series.c: a row of numbers as a line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/series.h"

#include "figure/series-dense.h"

#include <math.h>

#define LINE_WIDTH 0.14  /* in times of the font's size */
#define MARKER_SIZE 0.55
#define TWIN_DISTANCE 0.5

void
fig_series_set_line (cairo_t *cr, const FigTheme *theme, const FigStyle *style, gboolean dashed)
{
  double width = LINE_WIDTH * theme->font_size, dash[G_N_ELEMENTS (style->dash)];

  for (guint i = 0; i < style->n_dash; i++)
    dash[i] = style->dash[i] * width;
  cairo_set_dash (cr, dash, dashed ? (int) style->n_dash : 0, 0);
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  fig_set_color (cr, style->color);
}

static void
draw_one_marker (cairo_t *cr, const FigTheme *theme, const FigStyle *style, gboolean hollow, double x, double y)
{
  fig_marker_path (cr, style->marker, x, y, MARKER_SIZE * theme->font_size);
  fig_set_color (cr, hollow ? theme->background : style->color);
  cairo_fill_preserve (cr);
  /* A filled marker has a rim of the background, so that it stands out of lines that cross it. */
  fig_set_color (cr, hollow ? style->color : theme->background);
  cairo_set_line_width (cr, theme->font_size * (hollow ? 0.12 : 0.08));
  cairo_stroke (cr);
}

void
fig_series_draw_marker (cairo_t *cr,
                        const FigTheme *theme,
                        const FigStyle *style,
                        gboolean hollow,
                        double x,
                        double y)
{
  double distance = TWIN_DISTANCE * theme->font_size;

  cairo_save (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  for (guint i = 0; i <= style->n_twins; i++)
    draw_one_marker (cr, theme, style, hollow, x + distance * (i - style->n_twins / 2.0), y);
  cairo_restore (cr);
}

typedef struct
{
  FigPoint first, low, high, last;
  guint low_index, high_index;
  guint n;
} Column;

static void
append (GArray *out, FigPoint point)
{
  FigPoint *last = out->len > 0 ? &g_array_index (out, FigPoint, out->len - 1) : NULL;

  if (last == NULL || last->x != point.x || last->y != point.y)
    g_array_append_val (out, point);
}

static void
flush_column (GArray *out, Column *column)
{
  if (column->n == 0)
    return;
  append (out, column->first);
  append (out, column->low_index < column->high_index ? column->low : column->high);
  append (out, column->low_index < column->high_index ? column->high : column->low);
  append (out, column->last);
  column->n = 0;
}

static void
add_to_column (Column *column, FigPoint point)
{
  if (column->n == 0)
    *column = (Column){ point, point, point, point, 0, 0, 0 };
  if (point.y < column->low.y)
    {
      column->low = point;
      column->low_index = column->n;
    }
  if (point.y > column->high.y)
    {
      column->high = point;
      column->high_index = column->n;
    }
  column->last = point;
  column->n++;
}

/* Where each column lies depends on the horizontal position alone, and which value is its lowest on no scale at all; so
 * only the points that stay are mapped. */
static void
map_points (const FigAxes *axes, GArray *points)
{
  for (guint i = 0; i < points->len; i++)
    {
      FigPoint *point = &g_array_index (points, FigPoint, i);

      if (!isnan (point->x))
        *point = (FigPoint){ fig_axes_x (axes, point->x), fig_axes_y (axes, point->y) };
    }
}

/* The column of a value: its position in columns of the plot. */
typedef struct
{
  const FigAxes *axes;
  double factor; /* of a linear axis, else NaN */
  double column;
} Columns;

static double
column_of (const Columns *columns, double value)
{
  if (isnan (columns->factor))
    return floor (fig_axes_x (columns->axes, value) / columns->column);
  return floor ((columns->axes->plot.x + (value - columns->axes->x.low) * columns->factor) / columns->column);
}

GArray *
fig_series_decimate (const FigAxes *axes, const FigPoint *points, guint n_points, double column_width)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (FigPoint));
  gboolean linear = axes->x.kind == FIG_SCALE_LINEAR && !fig_scale_is_degenerate (&axes->x);
  const Columns columns = { axes, linear ? axes->plot.width / (axes->x.high - axes->x.low) : NAN, column_width };
  gboolean positive = axes->y.kind == FIG_SCALE_LOG10;
  Column column = { .n = 0 };
  double current = NAN;

  for (guint i = 0; i < n_points; i++)
    {
      double number = column_of (&columns, points[i].x);

      if (!isfinite (number) || !isfinite (points[i].y) || (positive && points[i].y <= 0))
        {
          FigPoint gap = { NAN, NAN };

          flush_column (out, &column);
          if (out->len > 0 && !isnan (g_array_index (out, FigPoint, out->len - 1).x))
            g_array_append_val (out, gap);
          continue;
        }
      if (number != current)
        flush_column (out, &column);
      current = number;
      add_to_column (&column, points[i]);
    }
  flush_column (out, &column);
  map_points (axes, out);
  return out;
}

guint
fig_points_from (const FigPoint *points, guint n_points, double x)
{
  guint low = 0, high = n_points;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (points[middle].x < x)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Leaves the points that the plot shows, and one more on each side, to which the line goes. */
static void
cut_to_plot (const FigAxes *axes, const FigPoint **points, guint *n_points)
{
  guint from, to;

  if (fig_scale_is_degenerate (&axes->x) || axes->x.low > axes->x.high)
    return;
  from = fig_points_from (*points, *n_points, axes->x.low);
  to = fig_points_from (*points, *n_points, axes->x.high);
  from -= from > 0;
  to = MIN (to + 1, *n_points);
  *points += from;
  *n_points = to - MIN (from, to);
}

void
fig_series_draw_line (cairo_t *cr,
                      const FigTheme *theme,
                      const FigAxes *axes,
                      const FigPoint *points,
                      guint n_points)
{
  double margin = LINE_WIDTH * theme->font_size, column = 0.5 / MAX (theme->device_scale, 1.0);
  g_autoptr (GArray) line = NULL;
  gboolean pen_down = FALSE;

  cut_to_plot (axes, &points, &n_points);
  cairo_save (cr);
  cairo_rectangle (cr, axes->plot.x - margin, axes->plot.y - margin, axes->plot.width + 2 * margin,
                   axes->plot.height + 2 * margin);
  cairo_clip (cr);
  if (n_points > axes->plot.width && axes->x.kind == FIG_SCALE_LINEAR && !fig_scale_is_degenerate (&axes->x)
      && cairo_get_dash_count (cr) == 0)
    {
      fig_series_fill_dense (cr, axes, points, n_points, theme->target == FIG_TARGET_VECTOR ? 0.25 : 2 * column,
                             cairo_get_line_width (cr));
      cairo_restore (cr);
      return;
    }
  line = fig_series_decimate (axes, points, n_points, column);
  cairo_new_path (cr);
  for (guint i = 0; i < line->len; i++)
    {
      FigPoint point = g_array_index (line, FigPoint, i);

      if (isnan (point.x))
        pen_down = FALSE;
      else if (pen_down)
        cairo_line_to (cr, point.x, point.y);
      else
        {
          cairo_move_to (cr, point.x, point.y);
          pen_down = TRUE;
        }
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* A column of a band, as values. */
typedef struct
{
  double x, low, high;
} BandColumn;

/* In columns of half a point, of which each has its outermost values; a point without a number makes one of NaN, at
 * which the band ends and another begins. (transfer full): of BandColumn */
static GArray *
band_columns (const FigAxes *axes, const FigPoint *points, const double *spread, guint n_points)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (BandColumn));
  double width = 0.5 * (axes->x.high - axes->x.low) / MAX (axes->plot.width, 1);
  BandColumn *last = NULL;

  for (guint i = 0; i < n_points; i++)
    {
      BandColumn column = { points[i].x, points[i].y - spread[i], points[i].y + spread[i] };

      if (last != NULL && column.x - last->x < width && isnan (column.low) == isnan (last->low))
        {
          last->low = MIN (last->low, column.low);
          last->high = MAX (last->high, column.high);
          continue;
        }
      g_array_append_val (columns, column);
      last = &g_array_index (columns, BandColumn, columns->len - 1);
    }
  return columns;
}

static void
add_band_point (cairo_t *cr, const FigAxes *axes, double x, double value)
{
  double y = fig_axes_y (axes, value);

  cairo_line_to (cr, fig_axes_x (axes, x), isnan (y) ? fig_rect_bottom (&axes->plot) : y);
}

void
fig_series_draw_band (cairo_t *cr,
                      const FigTheme *theme,
                      const FigAxes *axes,
                      const FigPoint *points,
                      const double *spread,
                      guint n_points)
{
  const FigPoint *shown = points;
  g_autoptr (GArray) columns = NULL;
  const BandColumn *band;

  cut_to_plot (axes, &shown, &n_points);
  columns = band_columns (axes, shown, spread + (shown - points), n_points);
  band = (const BandColumn *) (gconstpointer) columns->data;
  cairo_save (cr);
  cairo_rectangle (cr, axes->plot.x, axes->plot.y, axes->plot.width, axes->plot.height);
  cairo_clip (cr);
  cairo_new_path (cr);
  for (guint from = 0, to; from < columns->len; from = to + 1)
    {
      for (to = from; to < columns->len && !isnan (band[to].low); to++)
        ;
      cairo_new_sub_path (cr);
      for (guint i = from; i < to; i++)
        add_band_point (cr, axes, band[i].x, band[i].high);
      for (guint i = to; i > from; i--)
        add_band_point (cr, axes, band[i - 1].x, band[i - 1].low);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
  cairo_restore (cr);
}

void
fig_series_smooth (FigPoint *points, guint n_points, double smoothing)
{
  double sum = 0, weight = 0, inverse = 0;

  if (!(smoothing > 0 && smoothing < 1))
    return;
  for (guint i = 0; i < n_points; i++)
    {
      const double next = smoothing * weight + 1;

      if (!isfinite (points[i].y))
        continue;
      /* The sum of the weights soon stays as it is, and a division takes long. */
      if (next != weight)
        inverse = 1 / next;
      weight = next;
      sum = smoothing * sum + points[i].y;
      points[i].y = sum * inverse;
    }
}
