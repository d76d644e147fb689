/* curves.c: loss and accuracy against iterations, any number of runs on shared axes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/curves.h"

#include "figure/i18n.h"
#include "figure/legend.h"
#include "figure/names.h"
#include "figure/number.h"
#include "figure/series.h"

#include <math.h>

/* Where everything stands. The legend has a row of its own above the plot, so it never covers a line. */
typedef struct
{
  FigRect title;
  FigRect legend;
  FigAxes axes;
  FigLegendItem *items;
  guint n_items;
} Layout;

static void
layout_clear (Layout *layout)
{
  g_free (layout->items);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

const char *
fig_series_label (const FigSeries *series)
{
  return series->label != NULL ? series->label : fig_kind_name (series->kind);
}

double
fig_point_value (const NnPoint *point, FigMeasure measure, gboolean held_out)
{
  double value = measure == FIG_MEASURE_LOSS ? point->loss : held_out ? point->held_out_accuracy : point->accuracy;

  return isfinite (value) && !(held_out && measure == FIG_MEASURE_LOSS) ? value : NAN;
}

static guint
series_length (const FigSeries *series)
{
  return series->history != NULL ? nn_history_length (series->history) : 0;
}

static gboolean
is_empty (const FigCurves *curves)
{
  for (guint i = 0; i < curves->n_series; i++)
    if (series_length (&curves->series[i]) > 0)
      return FALSE;
  return TRUE;
}

static gboolean
shows_held_out (const FigCurves *curves)
{
  return curves->held_out && curves->measure == FIG_MEASURE_ACCURACY;
}

/* (transfer full): of FigPoint, iteration against value; NaN where there's none. */
static GArray *
series_points (const FigCurves *curves, const FigSeries *series, gboolean held_out)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (FigPoint));

  for (guint i = 0; i < series_length (series); i++)
    {
      const NnPoint *from = nn_history_point (series->history, i);
      FigPoint point = { (double) from->iteration, fig_point_value (from, curves->measure, held_out) };

      /* Held-out accuracy is measured at some points only; its line runs from one to the next. */
      if (!held_out || !isnan (point.y))
        g_array_append_val (points, point);
    }
  return points;
}

/* The axis goes to the planned end from the start on, so that nothing jumps while a run grows. */
static double
last_iteration (const FigCurves *curves)
{
  guint64 last = curves->iterations;

  for (guint i = 0; i < curves->n_series; i++)
    if (series_length (&curves->series[i]) > 0)
      last = MAX (last, nn_history_last (curves->series[i].history)->iteration);
  return last > 0 ? (double) last : 1.0;
}

/* From 0 to a fifth more than what guessing costs, which is where networks begin; higher where the data need it, but
 * not beyond twice the cost of guessing: a run that diverges would press the others flat; its line leaves the plot
 * instead. */
static double
highest_loss (const FigCurves *curves)
{
  double chance = curves->n_classes > 1 ? log (curves->n_classes) : 0, highest = 1.2 * chance;

  for (guint i = 0; i < curves->n_series; i++)
    for (guint j = 0; j < series_length (&curves->series[i]); j++)
      {
        double loss = fig_point_value (nn_history_point (curves->series[i].history, j), FIG_MEASURE_LOSS, FALSE);

        if (!isnan (loss))
          highest = MAX (highest, loss);
      }
  return fig_nice_ceiling (chance > 0 ? MIN (highest, 2 * chance) : highest);
}

static void
fill_items (const FigCurves *curves, const FigTheme *theme, Layout *layout)
{
  FigLegendItem *items = g_new0 (FigLegendItem, curves->n_series + 2);
  FigStyle note = { theme->faint_ink, FIG_MARKER_CIRCLE, { 4, 2.5 }, 2 };
  guint n = 0;

  for (; n < curves->n_series; n++)
    items[n] = (FigLegendItem){
      .label = fig_series_label (&curves->series[n]),
      .style = fig_style_of_kind (theme, curves->series[n].kind),
      .has_line = TRUE,
      .has_marker = TRUE,
    };
  items[n++] = (FigLegendItem){
    .label = _ ("training: mean of each 1,000 iterations"), .style = note, .has_line = TRUE, .faint = TRUE,
    .new_row = TRUE
  };
  if (shows_held_out (curves))
    items[n++] = (FigLegendItem){
      .label = _ ("names held out"), .style = note, .has_line = TRUE, .dashed = TRUE, .has_marker = TRUE,
      .hollow = TRUE, .faint = TRUE
    };
  layout->items = items;
  layout->n_items = n;
}

static void
compute_layout (const FigCurves *curves, const FigTheme *theme, double width, double height, Layout *layout)
{
  double margin = theme->font_size * 0.6, y = margin;
  FigText title = fig_text (theme, 1.15);
  FigAxes *axes = &layout->axes;
  FigRect area;

  fill_items (curves, theme, layout);
  layout->title = (FigRect){ margin, y, MAX (width - 2 * margin, 1), 0 };
  if (curves->title != NULL)
    layout->title.height = fig_text_line_height (theme, &title) + theme->font_size * 0.3;
  y += layout->title.height;
  layout->legend = (FigRect){ margin, y, layout->title.width, 0 };
  layout->legend.height = fig_legend_height (theme, layout->items, layout->n_items, layout->legend.width);
  y += layout->legend.height;
  area = (FigRect){ margin, y, layout->title.width, MAX (height - y - margin, 1) };

  *axes = (FigAxes){
    .x = { FIG_SCALE_LINEAR, 0, last_iteration (curves) },
    .y = { FIG_SCALE_LINEAR, 0, curves->measure == FIG_MEASURE_LOSS ? highest_loss (curves) : 1.0 },
    .x_format = FIG_TICKS_COUNT,
    .y_format = curves->measure == FIG_MEASURE_LOSS ? FIG_TICKS_NUMBER : FIG_TICKS_PERCENT,
    .x_title = C_ ("axis", "iteration"),
    .y_title = curves->measure == FIG_MEASURE_LOSS ? C_ ("axis", "loss") : C_ ("axis", "accuracy"),
  };
  fig_axes_layout (axes, theme, &area);
}

/* A faint line at what guessing blindly gives, with its name where the curves have left it. */
static void
draw_chance (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes)
{
  gboolean is_loss = curves->measure == FIG_MEASURE_LOSS;
  double chance = is_loss ? log (curves->n_classes) : 1.0 / curves->n_classes;
  double y = fig_axes_y (axes, chance), dash[] = { 1, 3 };
  FigText text = fig_text_faint (theme, 0.9);
  g_autofree char *number = NULL, *label = NULL;

  if (curves->n_classes < 2)
    return;
  number = is_loss ? fig_number (chance, 2, theme->plain_numbers) : fig_percent (chance, 1, theme->plain_numbers);
  /* Translators: %s is the loss or the accuracy of guessing blindly. */
  label = g_strdup_printf (_ ("chance: %s"), number);
  cairo_save (cr);
  fig_set_color (cr, theme->faint_ink);
  cairo_set_line_width (cr, MAX (1.0, fig_hairline (theme)));
  cairo_set_dash (cr, dash, 2, 0);
  cairo_move_to (cr, axes->plot.x, y);
  cairo_line_to (cr, fig_rect_right (&axes->plot), y);
  cairo_stroke (cr);
  cairo_restore (cr);
  /* Above the line, unless the frame is too near. */
  fig_text_draw_on (cr, theme, &text, fig_rect_right (&axes->plot) - theme->font_size * 0.3, y, 1,
                    y - axes->plot.y > fig_text_line_height (theme, &text) ? 1 : 0, label);
}

/* Markers stand at about so many places along a line; which, differs a little by series, so that they don't cover each
 * other where lines run together. The last one is always at the line's end. */
static void
draw_sparse_markers (cairo_t *cr,
                     const FigTheme *theme,
                     const FigAxes *axes,
                     const FigStyle *style,
                     GArray *points,
                     double phase)
{
  double spacing = MAX (axes->plot.width / 6, 40), next = axes->plot.x + spacing * (0.35 + 0.6 * phase);
  double last_x = NAN, last_y = NAN;

  for (guint i = points->len; i > 0 && isnan (last_x); i--)
    {
      FigPoint point = g_array_index (points, FigPoint, i - 1);

      last_y = fig_axes_y (axes, point.y);
      if (isfinite (last_y) && last_y >= axes->plot.y)
        last_x = fig_axes_x (axes, point.x);
    }
  if (isnan (last_x))
    return;
  for (guint i = 0; i < points->len; i++)
    {
      FigPoint point = g_array_index (points, FigPoint, i);
      double x = fig_axes_x (axes, point.x), y = fig_axes_y (axes, point.y);

      if (x < next || last_x - x < spacing / 3 || !isfinite (y) || y < axes->plot.y)
        continue;
      fig_series_draw_marker (cr, theme, style, FALSE, x, y);
      while (next <= x)
        next += spacing;
    }
  fig_series_draw_marker (cr, theme, style, FALSE, last_x, last_y);
}

static void
draw_training (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes, guint index)
{
  const FigSeries *series = &curves->series[index];
  FigStyle style = fig_style_of_kind (theme, series->kind);
  g_autoptr (GArray) points = series_points (curves, series, FALSE);
  FigPoint *data = (FigPoint *) points->data;

  cairo_save (cr);
  fig_series_set_line (cr, theme, &style, FALSE);
  if (curves->smoothing > 0)
    {
      fig_set_color (cr, fig_color_fade (style.color, 0.3));
      fig_series_draw_line (cr, theme, axes, data, points->len);
      fig_series_smooth (data, points->len, curves->smoothing);
      fig_set_color (cr, style.color);
    }
  fig_series_draw_line (cr, theme, axes, data, points->len);
  draw_sparse_markers (cr, theme, axes, &style, points, index / (double) curves->n_series);
  cairo_restore (cr);
}

static void
draw_held_out (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes, guint index)
{
  FigStyle style = fig_style_of_kind (theme, curves->series[index].kind);
  g_autoptr (GArray) points = series_points (curves, &curves->series[index], TRUE);
  double last_x = -INFINITY, room = theme->font_size * 1.6;

  cairo_save (cr);
  fig_series_set_line (cr, theme, &style, TRUE);
  fig_series_draw_line (cr, theme, axes, (FigPoint *) points->data, points->len);
  for (guint i = 0; i < points->len; i++)
    {
      FigPoint point = g_array_index (points, FigPoint, i);
      double x = fig_axes_x (axes, point.x), y = fig_axes_y (axes, point.y);

      if (!isfinite (y) || x - last_x < room)
        continue;
      fig_series_draw_marker (cr, theme, &style, TRUE, x, y);
      last_x = x;
    }
  cairo_restore (cr);
}

/* A cross where the line ends, and the words beside it. @row: how many such words stand already. */
static void
draw_divergence (cairo_t *cr,
                 const FigCurves *curves,
                 const FigTheme *theme,
                 const FigAxes *axes,
                 const FigSeries *series,
                 guint row)
{
  FigStyle style = fig_style_of_kind (theme, series->kind);
  FigText text = fig_text (theme, 1.0);
  double r = theme->font_size * 0.4, line = fig_text_line_height (theme, &text);
  double left = axes->plot.x + r, right = fig_rect_right (&axes->plot) - r;
  double x = CLAMP (fig_axes_x (axes, (double) series->diverged_at), left, right), beside;
  double y = curves->measure == FIG_MEASURE_LOSS ? axes->plot.y + r : fig_rect_bottom (&axes->plot) - r;
  g_autofree char *number = fig_number ((double) series->diverged_at, 0, theme->plain_numbers);
  /* Translators: the first %s is a network's name, the second an iteration's number. */
  g_autofree char *label = g_strdup_printf (_ ("%s diverged at iteration %s"), fig_series_label (series), number);

  for (guint i = 0; i < series_length (series); i++)
    {
      const NnPoint *point = nn_history_point (series->history, i);
      double value = fig_point_value (point, curves->measure, FALSE);

      if (point->iteration <= series->diverged_at && !isnan (value))
        y = CLAMP (fig_axes_y (axes, value), axes->plot.y + r, fig_rect_bottom (&axes->plot) - r);
    }
  cairo_save (cr);
  fig_set_color (cr, style.color);
  cairo_set_line_width (cr, theme->font_size * 0.2);
  cairo_move_to (cr, x - r, y - r);
  cairo_line_to (cr, x + r, y + r);
  cairo_move_to (cr, x - r, y + r);
  cairo_line_to (cr, x + r, y - r);
  cairo_stroke (cr);
  cairo_restore (cr);
  text.color = style.color;
  beside = x + 2 * r;
  y += (curves->measure == FIG_MEASURE_LOSS ? 1.0 : -1.0) * row * line;
  y = CLAMP (y, axes->plot.y + line / 2, fig_rect_bottom (&axes->plot) - line / 2);
  if (beside + fig_text_width (theme, &text, label) > fig_rect_right (&axes->plot))
    fig_text_draw_on (cr, theme, &text, x - 2 * r, y, 1, 0.5, label);
  else
    fig_text_draw_on (cr, theme, &text, beside, y, 0, 0.5, label);
}

static void
draw_data (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes)
{
  guint n_diverged = 0;

  if (shows_held_out (curves))
    for (guint i = 0; i < curves->n_series; i++)
      draw_held_out (cr, curves, theme, axes, i);
  for (guint i = 0; i < curves->n_series; i++)
    draw_training (cr, curves, theme, axes, i);
  for (guint i = 0; i < curves->n_series; i++)
    if (curves->series[i].diverged_at > 0)
      draw_divergence (cr, curves, theme, axes, &curves->series[i], n_diverged++);
}

void
fig_curves_draw (cairo_t *cr, double width, double height, const FigCurves *curves, const FigTheme *theme)
{
  g_auto (Layout) layout = { 0 };
  FigText title = fig_text (theme, 1.15);

  g_return_if_fail (cr != NULL && curves != NULL && theme != NULL);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  compute_layout (curves, theme, width, height, &layout);
  title.bold = TRUE;
  title.max_width = layout.title.width;
  if (curves->title != NULL)
    fig_text_draw (cr, theme, &title, layout.title.x, layout.title.y, 0, 0, curves->title);
  fig_legend_draw (cr, theme, layout.items, layout.n_items, &layout.legend);
  fig_axes_draw_grid (cr, theme, &layout.axes);
  draw_chance (cr, curves, theme, &layout.axes);
  fig_axes_draw (cr, theme, &layout.axes);
  draw_data (cr, curves, theme, &layout.axes);
  if (is_empty (curves))
    fig_text_draw_message (cr, theme, &layout.axes.plot, _ ("not trained yet"));
  cairo_restore (cr);
}

void
fig_curves_layout (const FigCurves *curves, const FigTheme *theme, double width, double height, FigAxes *axes)
{
  g_auto (Layout) layout = { 0 };

  compute_layout (curves, theme, width, height, &layout);
  *axes = layout.axes;
}

gboolean
fig_curves_hit (const FigCurves *curves,
                const FigTheme *theme,
                double width,
                double height,
                double x,
                double y,
                FigCurvesHit *hit)
{
  g_auto (Layout) layout = { 0 };
  int item;

  g_return_val_if_fail (curves != NULL && theme != NULL && hit != NULL, FALSE);
  compute_layout (curves, theme, width, height, &layout);
  *hit = (FigCurvesHit){ .series = -1 };
  item = fig_legend_hit (theme, layout.items, layout.n_items, &layout.legend, x, y);
  if (item >= 0 && (guint) item < curves->n_series)
    hit->series = item;
  if (fig_rect_contains (&layout.axes.plot, x, y))
    {
      hit->in_plot = TRUE;
      hit->iteration = fig_scale_unmap (&layout.axes.x, (x - layout.axes.plot.x) / layout.axes.plot.width);
      hit->value = fig_scale_unmap (&layout.axes.y, 1 - (y - layout.axes.plot.y) / layout.axes.plot.height);
    }
  return hit->in_plot || hit->series >= 0;
}
