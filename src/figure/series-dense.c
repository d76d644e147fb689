/* series-dense.c: a line of many more points than pixels, as the area that its stroke would cover.
 *
 * Stroking such a zigzag takes Cairo tens of milliseconds; filling its outline takes one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/series-dense.h"

#include <math.h>

/* What the line covers in a column of the plot, as values; @n is 0 where it has no point. */
typedef struct
{
  double low, high, first, last;
  guint n;
  gboolean joined; /* it goes on from the column before that has points: no gap lies between */
} Column;

/* The same in points of the figure; NaN where there is nothing. */
typedef struct
{
  double top, bottom;
} Span;

static Column *
fill_columns (const FigAxes *axes, const FigPoint *points, guint n_points, double width, guint n_columns)
{
  Column *columns = g_new0 (Column, n_columns);
  double factor = axes->plot.width / (axes->x.high - axes->x.low) / width;
  gboolean positive = axes->y.kind == FIG_SCALE_LOG10, joined = FALSE;

  for (guint i = 0; i < n_points; i++)
    {
      double position = (points[i].x - axes->x.low) * factor, y = points[i].y;
      Column *column;

      if (!isfinite (y) || (positive && y <= 0))
        joined = FALSE;
      if (!isfinite (y) || (positive && y <= 0) || !(position >= 0 && position < n_columns))
        continue;
      column = &columns[(guint) position];
      if (column->n++ == 0)
        *column = (Column){ y, y, y, y, 1, joined };
      column->low = MIN (column->low, y);
      column->high = MAX (column->high, y);
      column->last = y;
      joined = TRUE;
    }
  return columns;
}

static void
cover (Span *span, double a, double b)
{
  span->top = fmin (span->top, MIN (a, b));
  span->bottom = fmax (span->bottom, MAX (a, b));
}

/* The line between the last point of one column and the first of a later one: half of the way is each one's, and
 * columns between them have their part. */
static void
connect_columns (Span *spans, guint from, guint to, double y_from, double y_to)
{
  double steps = to - from;

  for (guint i = from; i <= to; i++)
    cover (&spans[i], y_from + (y_to - y_from) * CLAMP ((i - from - 0.5) / steps, 0, 1),
           y_from + (y_to - y_from) * CLAMP ((i - from + 0.5) / steps, 0, 1));
}

static Span *
find_spans (const FigAxes *axes, const Column *columns, guint n_columns)
{
  Span *spans = g_new (Span, n_columns);
  int before = -1;

  for (guint i = 0; i < n_columns; i++)
    spans[i] = (Span){ NAN, NAN };
  for (guint i = 0; i < n_columns; i++)
    if (columns[i].n > 0)
      {
        cover (&spans[i], fig_axes_y (axes, columns[i].low), fig_axes_y (axes, columns[i].high));
        if (before >= 0 && columns[i].joined)
          connect_columns (spans, (guint) before, i, fig_axes_y (axes, columns[before].last),
                           fig_axes_y (axes, columns[i].first));
        before = (int) i;
      }
  return spans;
}

/* What a round pen of that radius covers that goes along the spans. */
static Span
widen (const Span *spans, guint n_columns, guint index, double width, double radius)
{
  int reach = (int) floor (radius / width);
  Span wide = { NAN, NAN };

  for (int k = -reach; k <= reach; k++)
    if ((int) index + k >= 0 && (int) index + k < (int) n_columns && !isnan (spans[(int) index + k].top))
      {
        double more = sqrt (radius * radius - k * width * k * width);

        cover (&wide, spans[(int) index + k].top - more, spans[(int) index + k].bottom + more);
      }
  return wide;
}

void
fig_series_fill_dense (cairo_t *cr,
                       const FigAxes *axes,
                       const FigPoint *points,
                       guint n_points,
                       double column,
                       double line_width)
{
  guint n = (guint) ceil (axes->plot.width / column) + 1;
  g_autofree Column *columns = fill_columns (axes, points, n_points, column, n);
  g_autofree Span *spans = find_spans (axes, columns, n), *wide = g_new (Span, n);

  for (guint i = 0; i < n; i++)
    wide[i] = widen (spans, n, i, column, line_width / 2);
  cairo_new_path (cr);
  for (guint from = 0, to; from < n; from = to + 1)
    {
      for (to = from; to < n && !isnan (wide[to].top); to++)
        ;
      if (to == from)
        continue;
      cairo_new_sub_path (cr);
      /* Columns are as narrow as pixels, so that these steps are none on the screen. */
      for (guint i = from; i < to; i++)
        {
          cairo_line_to (cr, axes->plot.x + i * column, wide[i].top);
          cairo_line_to (cr, axes->plot.x + (i + 1) * column, wide[i].top);
        }
      for (guint i = to; i > from; i--)
        {
          cairo_line_to (cr, axes->plot.x + i * column, wide[i - 1].bottom);
          cairo_line_to (cr, axes->plot.x + (i - 1) * column, wide[i - 1].bottom);
        }
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}
