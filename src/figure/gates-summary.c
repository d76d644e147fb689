/* gates-summary.c: what the units of a state have in common, letter by letter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates-layout.h"

#include "figure/names.h"

#include <math.h>
#include <stdlib.h>

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float left = *(const float *) a, right = *(const float *) b;

  return (left > right) - (left < right);
}

/* The value at @share of the way through @sorted, between neighbours in a straight line: R's type 7. */
static double
quantile (const float *sorted, guint n, double share)
{
  double position = share * (n - 1), low = floor (position);
  guint at = MIN ((guint) low, n - 1), next = MIN (at + 1, n - 1);

  return sorted[at] + (position - low) * (sorted[next] - sorted[at]);
}

void
fig_unit_summary (const NnTrace *trace, NnState state, guint letter, FigUnitSummary *summary)
{
  g_autofree float *sorted = NULL;
  guint n = trace->hidden;
  double sum = 0;

  g_return_if_fail (trace->states[state] != NULL && letter < trace->length && summary != NULL);
  sorted = g_memdup2 (nn_trace_state (trace, state, letter), n * sizeof (float));
  for (guint i = 0; i < n; i++)
    sum += sorted[i];
  qsort (sorted, n, sizeof (float), compare_floats);
  *summary = (FigUnitSummary){
    sum / n, quantile (sorted, n, 0.25), quantile (sorted, n, 0.5), quantile (sorted, n, 0.75),
  };
}

/* Where a value lies in the plot; what is beyond its range lies at its end. */
static double
height_of (const FigRect *area, FigRange range, double value)
{
  return fig_rect_bottom (area) - CLAMP ((value - range.low) / (range.high - range.low), 0, 1) * area->height;
}

/* From the first letter's middle to the last one's, and to the columns' outer edges, so that one letter shows, too. */
static void
draw_band (cairo_t *cr, const FigGatesPlace *place, const FigRect *area, FigRange range, const FigUnitSummary *all,
           guint n)
{
  double left = place->left, right = place->left + n * place->column;

  cairo_move_to (cr, left, height_of (area, range, all[0].upper_quartile));
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, fig_gates_column (place, i), height_of (area, range, all[i].upper_quartile));
  cairo_line_to (cr, right, height_of (area, range, all[n - 1].upper_quartile));
  cairo_line_to (cr, right, height_of (area, range, all[n - 1].lower_quartile));
  for (guint i = n; i-- > 0;)
    cairo_line_to (cr, fig_gates_column (place, i), height_of (area, range, all[i].lower_quartile));
  cairo_line_to (cr, left, height_of (area, range, all[0].lower_quartile));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_mean (cairo_t *cr, const FigGatesPlace *place, const FigRect *area, FigRange range, const FigUnitSummary *all,
           guint n)
{
  cairo_move_to (cr, place->left, height_of (area, range, all[0].mean));
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, fig_gates_column (place, i), height_of (area, range, all[i].mean));
  cairo_line_to (cr, place->left + n * place->column, height_of (area, range, all[n - 1].mean));
  cairo_stroke (cr);
}

static void
draw_ground (cairo_t *cr, const FigTheme *theme, const FigGatesPlace *place, const FigRect *area, FigRange range,
             guint n)
{
  double middle = fig_snap (theme, height_of (area, range, (range.low + range.high) / 2));

  fig_set_color (cr, theme->grid);
  for (guint i = 1; i < n && place->column >= 6; i++)
    cairo_rectangle (cr, fig_snap (theme, place->left + i * place->column), area->y, fig_hairline (theme),
                     area->height);
  cairo_rectangle (cr, area->x, middle, area->width, fig_hairline (theme));
  cairo_fill (cr);
}

void
fig_gates_draw_summary (cairo_t *cr,
                        const FigTheme *theme,
                        const FigGatesPlace *place,
                        const NnTrace *trace,
                        const NnTrace *unclamped,
                        NnState state,
                        const FigRect *area)
{
  FigRange range = fig_state_range (trace->kind, state);
  FigColor color = fig_style_of_kind (theme, trace->kind).color;
  FigUnitSummary all[NN_MAX_LETTERS];
  guint n = MIN (trace->length, NN_MAX_LETTERS);

  cairo_save (cr);
  draw_ground (cr, theme, place, area, range, n);
  for (guint i = 0; i < n; i++)
    fig_unit_summary (trace, state, i, &all[i]);
  fig_set_color (cr, fig_color_mix (theme->background, color, 0.35));
  draw_band (cr, place, area, range, all, n);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (unclamped != NULL)
    {
      FigUnitSummary before[NN_MAX_LETTERS];

      for (guint i = 0; i < unclamped->length; i++)
        fig_unit_summary (unclamped, state, i, &before[i]);
      fig_set_color (cr, theme->faint_ink);
      cairo_set_line_width (cr, MAX (fig_hairline (theme), 0.09 * theme->font_size));
      draw_mean (cr, place, area, range, before, unclamped->length);
    }
  fig_set_color (cr, color);
  cairo_set_line_width (cr, 0.16 * theme->font_size);
  draw_mean (cr, place, area, range, all, n);
  cairo_restore (cr);
}
