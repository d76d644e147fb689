/* curves-layout.c: where everything stands in a figure of curves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/curves-layout.h"

#include "figure/i18n.h"
#include "figure/number.h"

#include <math.h>

/* The part of the figure's height that the legend takes without becoming smaller. */
#define MOST_LEGEND 0.28

/* The lower end of a logarithmic axis while no loss is below it. */
#define LOG_FLOOR 1.0

/* ---- What the axes show ---- */

gboolean
fig_limits_are_set (const FigLimits *limits)
{
  return isfinite (limits->low) && isfinite (limits->high) && limits->low < limits->high;
}

static guint
series_length (const FigSeries *series)
{
  return series->history != NULL ? nn_history_length (series->history) : 0;
}

/* The axis goes to the planned end from the start on, so that nothing jumps while a run grows. */
FigScale
fig_curves_fit_x (const FigCurves *curves)
{
  guint64 last = curves->iterations;

  for (guint i = 0; i < curves->n_series; i++)
    if (series_length (&curves->series[i]) > 0)
      last = MAX (last, nn_history_last (curves->series[i].history)->iteration);
  return (FigScale){ FIG_SCALE_LINEAR, 0, last > 0 ? (double) last : 1.0 };
}

/* The least loss above 0 and the highest of what is drawn; both NaN where nothing is. */
static void
find_losses (const FigCurves *curves, double *least, double *highest)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < curves->n_series; i++)
    {
      guint n = curves->series[i].hidden ? 0 : series_length (&curves->series[i]);
      const NnPoint *points = n > 0 ? nn_history_point (curves->series[i].history, 0) : NULL;

      for (guint j = 0; j < n; j++)
        if (isfinite (points[j].loss))
          {
            high = MAX (high, points[j].loss);
            low = points[j].loss > 0 ? MIN (low, points[j].loss) : low;
          }
    }
  *least = isfinite (low) ? low : NAN;
  *highest = isfinite (high) ? high : NAN;
}

/* The largest of 1, 2 and 5 times a power of ten that is not above @value. */
static double
round_down (double value)
{
  double power = pow (10, floor (log10 (value) + 1e-9)), share = value / power * (1 + 1e-9);

  return power * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
}

/* From 0 to a fifth more than what guessing costs, which is where networks begin; higher where the data need it, but
 * not beyond twice the cost of guessing: a run that diverges would press the others flat; its line leaves the plot
 * instead. A logarithmic axis begins at the round value below the least loss. */
FigScale
fig_curves_fit_y (const FigCurves *curves)
{
  double chance = curves->n_classes > 1 ? log (curves->n_classes) : 0, least, highest;

  if (curves->measure == FIG_MEASURE_ACCURACY)
    return (FigScale){ FIG_SCALE_LINEAR, 0, 1 };
  find_losses (curves, &least, &highest);
  highest = isnan (highest) ? 1.2 * chance : MAX (1.2 * chance, highest);
  highest = fig_nice_ceiling (chance > 0 ? MIN (highest, 2 * chance) : highest);
  if (!curves->logarithmic)
    return (FigScale){ FIG_SCALE_LINEAR, 0, highest };
  least = isnan (least) ? LOG_FLOOR : MIN (round_down (least), LOG_FLOOR);
  return (FigScale){ FIG_SCALE_LOG10, MIN (least, highest / 2), highest };
}

static FigScale
within (FigScale scale, const FigLimits *limits)
{
  if (!fig_limits_are_set (limits) || (scale.kind == FIG_SCALE_LOG10 && limits->low <= 0))
    return scale;
  return (FigScale){ scale.kind, limits->low, limits->high };
}

FigScale
fig_curves_shown_x (const FigCurves *curves)
{
  return within (fig_curves_fit_x (curves), &curves->x);
}

FigScale
fig_curves_shown_y (const FigCurves *curves)
{
  return within (fig_curves_fit_y (curves), &curves->y);
}

/* ---- The legend ---- */

/* How many iterations a point covers; those of a very long run cover more. */
static guint64
iterations_of_point (const FigCurves *curves)
{
  guint64 most = NN_POINT_ITERATIONS;

  for (guint i = 0; i < curves->n_series; i++)
    if (series_length (&curves->series[i]) > 1)
      most = MAX (most, nn_history_point (curves->series[i].history, 0)->iteration);
  return most;
}

/* (transfer full) */
static char *
training_note (const FigCurves *curves, const FigTheme *theme)
{
  g_autofree char *count = fig_number ((double) iterations_of_point (curves), 0, theme->plain_numbers);
  g_autofree char *factor = NULL;

  if (!(curves->smoothing > 0))
    /* Translators: %s is a number of iterations. */
    return g_strdup_printf (_ ("training: mean of each %s iterations"), count);
  factor = fig_number (curves->smoothing, 2, theme->plain_numbers);
  /* Translators: the first %s is a number of iterations, the second a smoothing factor, 0 to 1. */
  return g_strdup_printf (_ ("training: each %s iterations, smoothed (a = %s)"), count, factor);
}

/* (transfer full) */
static char *
formula_note (const FigCurves *curves, const FigTheme *theme)
{
  g_autofree char *factor = fig_number (curves->smoothing, 2, theme->plain_numbers);

  /* Translators: a formula; %s is a smoothing factor, 0 to 1. */
  return g_strdup_printf (_ ("smoothed: s_n = Σ a^(n−k) y_k / Σ a^(n−k), k = 0…n, a = %s, over all points"), factor);
}

static void
fill_items (const FigCurves *curves, const FigTheme *theme, FigCurvesLayout *layout)
{
  FigStyle note = { theme->faint_ink, FIG_MARKER_CIRCLE, { 4, 2.5 }, 2 };
  gboolean has_bands = FALSE;
  guint n = 0;

  layout->lines = fig_curves_lines (curves, theme);
  for (guint i = layout->lines->len; curves->for_paper && i > 0; i--)
    if (((FigLine *) g_ptr_array_index (layout->lines, i - 1))->hidden)
      g_ptr_array_remove_index (layout->lines, i - 1);
  layout->items = g_new0 (FigLegendItem, layout->lines->len + FIG_CURVES_MOST_NOTES);
  for (; n < layout->lines->len; n++)
    {
      const FigLine *line = g_ptr_array_index (layout->lines, n);

      layout->items[n] = (FigLegendItem){
        .label = line->label, .style = line->style, .has_line = TRUE, .has_marker = TRUE, .has_band = line->has_band,
        .hidden = line->hidden,
      };
      has_bands = has_bands || line->has_band;
    }
  layout->notes[0] = training_note (curves, theme);
  layout->items[n++] = (FigLegendItem){
    .label = layout->notes[0], .style = note, .has_line = TRUE, .faint = TRUE, .new_row = TRUE
  };
  if (fig_curves_shows_held_out (curves))
    layout->items[n++] = (FigLegendItem){
      .label = _ ("names held out"), .style = note, .has_line = TRUE, .dashed = TRUE, .has_marker = TRUE,
      .hollow = TRUE, .faint = TRUE
    };
  if (has_bands)
    layout->items[n++] = (FigLegendItem){
      .label = _ ("band: ± 1 standard deviation"), .style = note, .has_band = TRUE, .faint = TRUE
    };
  if (curves->for_paper && curves->smoothing > 0)
    {
      layout->notes[1] = formula_note (curves, theme);
      layout->items[n++] = (FigLegendItem){ .label = layout->notes[1], .faint = TRUE, .new_row = TRUE };
    }
  layout->n_items = n;
}

/* Smaller type where the legend would take too much from the plot. Returns: its height. */
static double
fit_legend (FigCurvesLayout *layout, const FigTheme *theme, double width, double height)
{
  static const double factors[] = { 1, 0.9, 0.8, 0.7 };
  double taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      layout->legend_theme = *theme;
      layout->legend_theme.font_size *= factors[i];
      taken = fig_legend_height (&layout->legend_theme, layout->items, layout->n_items, width);
      if (taken < MOST_LEGEND * height || layout->legend_theme.font_size < FIG_SMALLEST_TYPE)
        break;
    }
  return taken;
}

/* ---- All of it ---- */

/* Says which line is which: in the most words that have room, broken where their sense is. */
static const char *
y_title (const FigCurves *curves, const FigTheme *theme, double room)
{
  const char *const titles[] = {
    C_ ("axis", "accuracy: training solid, held-out dashed"),
    /* Translators: the same in two lines. */
    C_ ("axis", "accuracy: training solid,\nheld-out dashed"),
    C_ ("axis", "accuracy (held-out dashed)"),
    /* Translators: the same in two lines. */
    C_ ("axis", "accuracy\n(held-out dashed)"),
  };
  FigText text = fig_text (theme, 1.0);
  guint i = 0;

  if (curves->measure == FIG_MEASURE_LOSS)
    /* Translators: of the training draws; in nats, as everywhere with the natural logarithm. */
    return C_ ("axis", "training loss (nats)");
  if (!fig_curves_shows_held_out (curves))
    return C_ ("axis", "training accuracy");
  while (i + 1 < G_N_ELEMENTS (titles) && fig_text_width (theme, &text, titles[i]) >= room)
    i++;
  return titles[i];
}

/* What the labels of the report's values take beside the plot. */
static double
report_margin (const FigCurves *curves, const FigTheme *theme)
{
  FigText text = fig_text_faint (theme, 0.85);

  if (!curves->report_values || curves->measure != FIG_MEASURE_ACCURACY)
    return 0;
  return fig_text_width (theme, &text, C_ ("values", "report")) + theme->font_size * 0.5;
}

void
fig_curves_layout_init (FigCurvesLayout *layout, const FigCurves *curves, const FigTheme *theme, double width,
                        double height)
{
  double margin = theme->font_size * 0.6, y = margin;
  FigText title = fig_text (theme, 1.15);
  FigAxes *axes = &layout->axes;
  FigRect area;

  *layout = (FigCurvesLayout){ 0 };
  fill_items (curves, theme, layout);
  layout->title = (FigRect){ margin, y, MAX (width - 2 * margin, 1), 0 };
  if (curves->title != NULL)
    layout->title.height = fig_text_line_height (theme, &title) + theme->font_size * 0.3;
  y += layout->title.height;
  layout->legend = (FigRect){ margin, y, layout->title.width, 0 };
  layout->legend.height = fit_legend (layout, theme, layout->legend.width, height);
  y += layout->legend.height;
  area = (FigRect){ margin, y, layout->title.width - report_margin (curves, theme), height - y - margin };
  area.width = MAX (area.width, 1);
  area.height = MAX (area.height, 1);

  *axes = (FigAxes){
    .x = fig_curves_shown_x (curves),
    .y = fig_curves_shown_y (curves),
    .x_format = FIG_TICKS_COUNT,
    .y_format = curves->measure == FIG_MEASURE_LOSS ? FIG_TICKS_NUMBER : FIG_TICKS_PERCENT,
    /* Translators: a class is drawn, each as often, then one of its names, as the report counts. */
    .x_title = C_ ("axis", "iteration (class-uniform draws)"),
    .y_title = y_title (curves, theme, area.height - 4 * theme->font_size),
  };
  fig_axes_layout (axes, theme, &area);
}

void
fig_curves_layout_clear (FigCurvesLayout *layout)
{
  g_clear_pointer (&layout->items, g_free);
  g_clear_pointer (&layout->lines, g_ptr_array_unref);
  for (guint i = 0; i < FIG_CURVES_MOST_NOTES; i++)
    g_clear_pointer (&layout->notes[i], g_free);
}

void
fig_curves_layout (const FigCurves *curves, const FigTheme *theme, double width, double height, FigAxes *axes)
{
  g_auto (FigCurvesLayout) layout = { 0 };

  fig_curves_layout_init (&layout, curves, theme, width, height);
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
  g_auto (FigCurvesLayout) layout = { 0 };
  int item;

  g_return_val_if_fail (curves != NULL && theme != NULL && hit != NULL, FALSE);
  fig_curves_layout_init (&layout, curves, theme, width, height);
  *hit = (FigCurvesHit){ .series = -1 };
  item = fig_legend_hit (&layout.legend_theme, layout.items, layout.n_items, &layout.legend, x, y);
  if (item >= 0 && (guint) item < layout.lines->len)
    hit->series = (int) ((FigLine *) g_ptr_array_index (layout.lines, item))->series[0];
  if (fig_rect_contains (&layout.axes.plot, x, y))
    {
      hit->in_plot = TRUE;
      hit->iteration = fig_scale_unmap (&layout.axes.x, (x - layout.axes.plot.x) / layout.axes.plot.width);
      hit->value = fig_scale_unmap (&layout.axes.y, 1 - (y - layout.axes.plot.y) / layout.axes.plot.height);
    }
  return hit->in_plot || hit->series >= 0;
}

gboolean
fig_curves_legend_box (const FigCurves *curves,
                       const FigTheme *theme,
                       double width,
                       double height,
                       guint index,
                       FigRect *box)
{
  g_auto (FigCurvesLayout) layout = { 0 };

  fig_curves_layout_init (&layout, curves, theme, width, height);
  for (guint i = 0; i < layout.lines->len; i++)
    if (((FigLine *) g_ptr_array_index (layout.lines, i))->series[0] == index)
      {
        *box = fig_legend_box (&layout.legend_theme, layout.items, layout.n_items, &layout.legend, i);
        return TRUE;
      }
  return FALSE;
}

/* ---- Zoom ---- */

/* The least part of all there is that can be shown. */
#define LEAST_PART 1e-5

/* The same width, moved to where it ends at what there is. */
static FigLimits
limits_within (const FigScale *all, const FigScale *part)
{
  double low = fig_scale_map (all, part->low), high = fig_scale_map (all, part->high), width = high - low;

  if (!isfinite (width) || width >= 1 - 1e-9)
    return (FigLimits){ NAN, NAN };
  if (width < LEAST_PART)
    {
      low -= (LEAST_PART - width) / 2;
      width = LEAST_PART;
    }
  low = CLAMP (low, 0, 1 - width);
  return (FigLimits){ fig_scale_unmap (all, low), fig_scale_unmap (all, low + width) };
}

FigLimits
fig_curves_zoom_x (const FigCurves *curves, const FigAxes *axes, double from, double to)
{
  FigScale all = fig_curves_fit_x (curves), part = fig_scale_part (&axes->x, from, to);

  return limits_within (&all, &part);
}

FigLimits
fig_curves_zoom_y (const FigCurves *curves, const FigAxes *axes, double from, double to)
{
  FigScale all = fig_curves_fit_y (curves), part = fig_scale_part (&axes->y, from, to);

  return limits_within (&all, &part);
}
