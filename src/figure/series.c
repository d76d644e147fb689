/* series.c: a row of numbers as a line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/series.h"

#include <math.h>

#define LINE_WIDTH 0.14  /* in times of the font's size */
#define MARKER_SIZE 0.55

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

void
fig_series_draw_marker (cairo_t *cr,
                        const FigTheme *theme,
                        const FigStyle *style,
                        gboolean hollow,
                        double x,
                        double y)
{
  cairo_save (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  fig_marker_path (cr, style->marker, x, y, MARKER_SIZE * theme->font_size);
  fig_set_color (cr, hollow ? theme->background : style->color);
  cairo_fill_preserve (cr);
  /* A filled marker has a rim of the background, so that it stands out of lines that cross it. */
  fig_set_color (cr, hollow ? style->color : theme->background);
  cairo_set_line_width (cr, theme->font_size * (hollow ? 0.12 : 0.08));
  cairo_stroke (cr);
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

GArray *
fig_series_decimate (const FigAxes *axes, const FigPoint *points, guint n_points, double column_width)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (FigPoint));
  Column column = { .n = 0 };
  double current = NAN;

  for (guint i = 0; i < n_points; i++)
    {
      FigPoint point = { fig_axes_x (axes, points[i].x), fig_axes_y (axes, points[i].y) };
      double number = floor (point.x / column_width);

      if (!isfinite (point.x) || !isfinite (point.y))
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
      add_to_column (&column, point);
    }
  flush_column (out, &column);
  return out;
}

void
fig_series_draw_line (cairo_t *cr,
                      const FigTheme *theme,
                      const FigAxes *axes,
                      const FigPoint *points,
                      guint n_points)
{
  double margin = LINE_WIDTH * theme->font_size, column = 0.5 / MAX (theme->device_scale, 1.0);
  g_autoptr (GArray) line = fig_series_decimate (axes, points, n_points, column);
  gboolean pen_down = FALSE;

  cairo_save (cr);
  cairo_rectangle (cr, axes->plot.x - margin, axes->plot.y - margin, axes->plot.width + 2 * margin,
                   axes->plot.height + 2 * margin);
  cairo_clip (cr);
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

void
fig_series_smooth (FigPoint *points, guint n_points, double smoothing)
{
  double sum = 0, weight = 0;

  if (!(smoothing > 0 && smoothing < 1))
    return;
  for (guint i = 0; i < n_points; i++)
    {
      if (!isfinite (points[i].y))
        continue;
      sum = smoothing * sum + points[i].y;
      weight = smoothing * weight + 1;
      points[i].y = sum / weight;
    }
}
