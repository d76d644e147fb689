/* curves-figure.c: the curves of a session's results, and what a person does with them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/curves-figure.h"

#include <glib/gi18n.h>
#include <math.h>

/* A band that is dragged less far than this in a direction is not meant in it. */
#define LEAST_BAND 12.0

/* How far Shift and an arrow key move what is shown, as a share of it. */
#define PAN_STEP 0.1

/* ---- The figures ---- */

/* A run that goes on has no place in the mean of others that are over. */
static gboolean
are_seeds (ScopeRun *a, ScopeRun *b)
{
  NnSettings settings = *scope_run_get_settings (a);

  settings.seed = scope_run_get_settings (b)->seed;
  return scope_run_is_over (a) && scope_run_is_over (b) && nn_settings_equal (&settings, scope_run_get_settings (b))
         && g_str_equal (scope_run_get_data_hash (a), scope_run_get_data_hash (b));
}

static guint
group_of (GPtrArray *results, guint index)
{
  ScopeRun *run = scope_result_get_run (g_ptr_array_index (results, index));

  for (guint i = 0; i < index; i++)
    if (are_seeds (scope_result_get_run (g_ptr_array_index (results, i)), run))
      return i + 1;
  return index + 1;
}

static FigSeries
series_of (ScopeResult *result, guint group)
{
  ScopeRun *run = scope_result_get_run (result);
  gboolean diverged = scope_run_get_state (run) == SCOPE_RUN_DIVERGED;

  return (FigSeries){
    .label = scope_result_get_title (result), .kind = scope_result_get_kind (result),
    .history = scope_run_get_history (run), .diverged_at = diverged ? scope_run_get_iteration (run) + 1 : 0,
    .hidden = scope_curves_get_hidden (result), .group = group,
  };
}

void
scope_curves_figures_init (ScopeCurvesFigures *figures, ScopeSession *session)
{
  const ScopeSettings *settings = scope_session_get_settings (session);
  const ScopeCurvesState *state = scope_curves_state (session);
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (session);
  NnDataset *dataset = scope_session_get_dataset (session);
  gboolean held_out = FALSE;
  guint64 total = 0;

  *figures = (ScopeCurvesFigures){ g_ptr_array_new (), g_new0 (FigSeries, shown->len + 1) };
  for (guint i = 0; i < shown->len; i++)
    if (scope_result_get_run (g_ptr_array_index (shown, i)) != NULL)
      g_ptr_array_add (figures->results, g_ptr_array_index (shown, i));
  for (guint i = 0; i < figures->results->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (figures->results, i);

      figures->series[i] = series_of (result, group_of (figures->results, i));
      total = MAX (total, scope_run_get_total (scope_result_get_run (result)));
      held_out = held_out || scope_run_get_settings (scope_result_get_run (result))->hold_out > 0;
    }
  for (guint measure = 0; measure < G_N_ELEMENTS (figures->curves); measure++)
    figures->curves[measure] = (FigCurves){
      .measure = (FigMeasure) measure, .series = figures->series, .n_series = figures->results->len,
      .n_classes = dataset != NULL ? nn_dataset_n_classes (dataset) : 0,
      .iterations = total > 0 ? total : settings->iterations,
      .held_out = held_out || (figures->results->len == 0 && settings->hold_out > 0),
      .smoothing = state->smoothing, .x = state->iterations, .y = state->values[measure],
      .logarithmic = state->log_loss, .bands = state->seed_bands, .report_values = state->report_values,
    };
}

void
scope_curves_figures_clear (ScopeCurvesFigures *figures)
{
  g_clear_pointer (&figures->series, g_free);
  g_clear_pointer (&figures->results, g_ptr_array_unref);
}

void
scope_curves_figures_toggle (ScopeCurvesFigures *figures, guint index)
{
  const FigSeries *chosen = &figures->series[index];

  for (guint i = 0; i < figures->results->len; i++)
    {
      const FigSeries *series = &figures->series[i];
      gboolean joined = figures->curves[0].bands && series->group == chosen->group && series->diverged_at == 0
                        && chosen->diverged_at == 0;

      if (i == index || joined)
        scope_curves_set_hidden (g_ptr_array_index (figures->results, i), !chosen->hidden);
    }
}

/* ---- Drawing and reading ---- */

static FigCurves *
init_curves (ScopeCurvesFigures *figures, const ScopeCurvesView *view)
{
  scope_curves_figures_init (figures, view->session);
  return &figures->curves[view->measure];
}

static void
tell (const ScopeCurvesView *view, ScopeCurvesChange change)
{
  if (view->changed != NULL)
    view->changed (change, view->data);
}

static void
draw (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };

  fig_curves_draw (cr, width, height, init_curves (&figures, data), theme);
}

static void
draw_overlay (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  const ScopeCurvesView *view = data;
  FigCurves *curves;

  if (!(scope_curves_state (view->session)->crosshair > 0))
    return;
  curves = init_curves (&figures, view);
  curves->crosshair = scope_curves_state (view->session)->crosshair;
  fig_curves_draw_crosshair (cr, width, height, curves, theme);
}

static char *
describe (gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };

  return fig_curves_describe (init_curves (&figures, data));
}

/* (transfer full): markup */
static char *
read_legend (const FigCurves *curves, guint index)
{
  const FigSeries *series = &curves->series[index];

  /* Translators: an entry of a figure's legend; %s is a network. */
  return g_markup_printf_escaped (series->hidden ? _("%s: a click or Enter shows its line")
                                                 : _("%s: a click or Enter hides its line"),
                                  fig_series_label (series));
}

static char *
read_point (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark, gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  FigCurves *curves = init_curves (&figures, data);
  FigCurvesHit hit;

  if (!fig_curves_hit (curves, theme, width, height, x, y, &hit))
    return NULL;
  if (hit.series >= 0)
    {
      fig_curves_legend_box (curves, theme, width, height, (guint) hit.series, mark);
      return read_legend (curves, (guint) hit.series);
    }
  curves->crosshair = fig_curves_nearest (curves, hit.iteration, 0);
  return fig_curves_read (curves, theme);
}

/* Both figures are read at the iteration that one of them is pointed at. */
static void
point (double x, double y, double width, double height, const FigTheme *theme, gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  const ScopeCurvesView *view = data;
  FigCurves *curves = init_curves (&figures, view);
  FigCurvesHit hit;
  double iteration = 0;

  if (!isnan (x) && fig_curves_hit (curves, theme, width, height, x, y, &hit) && hit.in_plot)
    iteration = fig_curves_nearest (curves, hit.iteration, 0);
  scope_curves_state (view->session)->crosshair = iteration > 0 ? iteration : 0;
  tell (view, SCOPE_CURVES_OVERLAY);
}

/* ---- The cursor ---- */

/* The next series from @index on in direction @by that has an entry of its own in the legend. */
static gboolean
find_entry (const FigCurves *curves, const FigTheme *theme, double width, double height, int index, int by,
            FigRect *box)
{
  for (; index >= 0 && index < (int) curves->n_series; index += by)
    if (fig_curves_legend_box (curves, theme, width, height, (guint) index, box))
      return TRUE;
  return FALSE;
}

/* @index: of the series whose entry the cursor is at, or -1 on the way to the first */
static gboolean
step_legend (const FigCurves *curves, ScopeFigureMove move, int index, double *x, double *y, double width,
             double height, const FigTheme *theme)
{
  int by = move == SCOPE_MOVE_LEFT || move == SCOPE_MOVE_LAST ? -1 : 1;
  int from = move == SCOPE_MOVE_LAST ? (int) curves->n_series - 1 : index + by;
  FigRect box;

  if (index < 0 || move == SCOPE_MOVE_FIRST)
    from = 0;
  if ((index >= 0 && move == SCOPE_MOVE_UP) || !find_entry (curves, theme, width, height, from, by, &box))
    return FALSE;
  *x = box.x + theme->font_size;
  *y = box.y + box.height / 2;
  return TRUE;
}

/* Along the points of the longest curve that can be seen. */
static gboolean
step_plot (const FigCurves *curves, const FigAxes *axes, ScopeFigureMove move, gboolean inside, double *x, double *y)
{
  double at = fig_scale_unmap (&axes->x, (*x - axes->plot.x) / axes->plot.width), low, high;
  int by = inside ? (move == SCOPE_MOVE_RIGHT) - (move == SCOPE_MOVE_LEFT) : 0;

  if (isnan (fig_curves_nearest (curves, 0, 0)))
    return FALSE;
  if (!inside || move == SCOPE_MOVE_LAST)
    at = axes->x.high;
  if (move == SCOPE_MOVE_FIRST)
    at = axes->x.low;
  low = fig_curves_nearest (curves, axes->x.low, 0);
  high = fig_curves_nearest (curves, axes->x.high, 0);
  if (low < axes->x.low)
    low = fig_curves_nearest (curves, axes->x.low, 1);
  if (high > axes->x.high)
    high = fig_curves_nearest (curves, axes->x.high, -1);
  at = CLAMP (fig_curves_nearest (curves, at, by), MIN (low, high), high);
  /* The last point may lie on the plot's edge, which no longer belongs to it. */
  *x = CLAMP (fig_axes_x (axes, at), axes->plot.x, fig_rect_right (&axes->plot) - 0.01);
  *y = axes->plot.y + axes->plot.height / 3;
  return TRUE;
}

static gboolean
step (ScopeFigureMove move, double *x, double *y, double width, double height, const FigTheme *theme, gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  const FigCurves *curves = init_curves (&figures, data);
  FigCurvesHit hit = { .series = -1 };
  gboolean anything = !isnan (*x) && fig_curves_hit (curves, theme, width, height, *x, *y, &hit);
  FigAxes axes;

  if (move == SCOPE_MOVE_UP || (anything && hit.series >= 0 && move != SCOPE_MOVE_DOWN))
    return step_legend (curves, move, hit.series, x, y, width, height, theme);
  if (move == SCOPE_MOVE_DOWN && anything && hit.in_plot)
    return FALSE;
  fig_curves_layout (curves, theme, width, height, &axes);
  return step_plot (curves, &axes, move, anything && hit.in_plot, x, y);
}

/* ---- Doing ---- */

static gboolean
activate (double x, double y, double width, double height, const FigTheme *theme, gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  const FigCurves *curves = init_curves (&figures, data);
  FigCurvesHit hit;

  if (!fig_curves_hit (curves, theme, width, height, x, y, &hit) || hit.series < 0)
    return FALSE;
  scope_curves_figures_toggle (&figures, (guint) hit.series);
  tell (data, SCOPE_CURVES_ALL);
  return TRUE;
}

void
scope_curves_fit (const ScopeCurvesView *view)
{
  ScopeCurvesState *state = scope_curves_state (view->session);
  const FigLimits all = { NAN, NAN };

  state->iterations = state->values[FIG_MEASURE_LOSS] = state->values[FIG_MEASURE_ACCURACY] = all;
  tell (view, SCOPE_CURVES_ALL);
}

static gboolean
fit (double x, double y, double width, double height, const FigTheme *theme, gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  FigCurvesHit hit = { 0 };

  if (!isnan (x) && !(fig_curves_hit (init_curves (&figures, data), theme, width, height, x, y, &hit) && hit.in_plot))
    return FALSE;
  scope_curves_fit (data);
  return TRUE;
}

static gboolean
are_equal (const FigLimits *a, const FigLimits *b)
{
  return fig_limits_are_set (a) == fig_limits_are_set (b)
         && (!fig_limits_are_set (a) || (a->low == b->low && a->high == b->high));
}

gboolean
scope_curves_zoom (const ScopeCurvesView *view, gboolean vertical, double from, double to)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  ScopeCurvesState *state = scope_curves_state (view->session);
  const FigCurves *curves = init_curves (&figures, view);
  FigLimits *limits = vertical ? &state->values[view->measure] : &state->iterations, before = *limits;
  FigAxes axes = { .x = fig_curves_shown_x (curves), .y = fig_curves_shown_y (curves) };

  *limits = vertical ? fig_curves_zoom_y (curves, &axes, from, to) : fig_curves_zoom_x (curves, &axes, from, to);
  if (are_equal (&before, limits))
    return FALSE;
  tell (view, SCOPE_CURVES_ALL);
  return TRUE;
}

static gboolean
zoom (double x, double y, double factor, gboolean vertical, double width, double height, const FigTheme *theme,
      gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  double about = 0.5;
  FigAxes axes;

  fig_curves_layout (init_curves (&figures, data), theme, width, height, &axes);
  if (!isnan (x) && fig_rect_contains (&axes.plot, x, y))
    about = vertical ? 1 - (y - axes.plot.y) / axes.plot.height : (x - axes.plot.x) / axes.plot.width;
  return scope_curves_zoom (data, vertical, about - about * factor, about + (1 - about) * factor);
}

/* The part of a length that lies between two points of it, or all of it where they are too near to each other. */
static void
find_band (double a, double b, double start, double length, double *from, double *to)
{
  a = CLAMP (a, start, start + length);
  b = CLAMP (b, start, start + length);
  *from = MIN (a, b);
  *to = MAX (a, b);
  if (*to - *from >= LEAST_BAND)
    return;
  *from = start;
  *to = start + length;
}

static gboolean
drag (double from_x, double from_y, double to_x, double to_y, gboolean done, FigRect *band, double width, double height,
      const FigTheme *theme, gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  double left, right, top, bottom;
  const FigRect *plot;
  FigAxes axes;

  fig_curves_layout (init_curves (&figures, data), theme, width, height, &axes);
  plot = &axes.plot;
  if (!fig_rect_contains (plot, from_x, from_y))
    return FALSE;
  find_band (from_x, to_x, plot->x, plot->width, &left, &right);
  find_band (from_y, to_y, plot->y, plot->height, &top, &bottom);
  /* A drag so short that it means neither direction. */
  if (right - left >= plot->width && bottom - top >= plot->height)
    return TRUE;
  *band = (FigRect){ left, top, right - left, bottom - top };
  if (done)
    {
      scope_curves_zoom (data, FALSE, (left - plot->x) / plot->width, (right - plot->x) / plot->width);
      scope_curves_zoom (data, TRUE, 1 - (bottom - plot->y) / plot->height, 1 - (top - plot->y) / plot->height);
    }
  return TRUE;
}

/* ---- Keys ---- */

static gboolean
pan (guint keyval, gpointer data)
{
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      scope_curves_zoom (data, FALSE, -PAN_STEP, 1 - PAN_STEP);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      scope_curves_zoom (data, FALSE, PAN_STEP, 1 + PAN_STEP);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      scope_curves_zoom (data, TRUE, PAN_STEP, 1 + PAN_STEP);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      scope_curves_zoom (data, TRUE, -PAN_STEP, 1 - PAN_STEP);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_key (guint keyval, GdkModifierType state, double x, double y, double width, double height, const FigTheme *theme,
     gpointer data)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  const ScopeCurvesView *view = data;
  int entry = keyval >= GDK_KEY_1 && keyval <= GDK_KEY_9 ? (int) (keyval - GDK_KEY_1) : -1;
  FigRect box;

  if ((state & GDK_SHIFT_MASK) != 0 && pan (keyval, data))
    return TRUE;
  if (keyval == GDK_KEY_l || keyval == GDK_KEY_L)
    {
      scope_curves_set_log_loss (view->session, !scope_curves_state (view->session)->log_loss);
      tell (view, SCOPE_CURVES_ALL);
      return TRUE;
    }
  init_curves (&figures, view);
  for (guint i = 0; entry >= 0 && i < figures.results->len; i++)
    if (fig_curves_legend_box (&figures.curves[view->measure], theme, width, height, i, &box) && entry-- == 0)
      {
        scope_curves_figures_toggle (&figures, i);
        tell (view, SCOPE_CURVES_ALL);
        return TRUE;
      }
  return FALSE;
}

const ScopeFigureFuncs scope_curves_funcs = {
  .draw = draw, .describe = describe, .read = read_point, .step = step, .overlay = draw_overlay, .point = point,
  .activate = activate, .fit = fit, .zoom = zoom, .drag = drag, .key = on_key,
};
