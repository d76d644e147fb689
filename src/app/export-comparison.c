/* export-comparison.c: curves and matrices of the session with numbers of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-figure-private.h"

#include "app/curves-figure.h"

#include <math.h>
#include <string.h>

/* ---- Where they come from ---- */

/* Says what the results are, and which files they are saved as. @weights: they are read from those, not from runs */
static void
describe_results (ScopeExportFigure *figure, ScopeSession *session, GPtrArray *results, gboolean weights)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_run_record_free);
  g_autofree FigOrigin *origins = g_new0 (FigOrigin, results->len + 1);
  const char *settings = scope_session_get_settings (session)->preset;
  /* As it is in the files that are saved. */
  const char *preset_now = *settings != '\0' ? settings : NULL;
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (results, i);
      ScopeRun *run = scope_result_get_run (result);
      ScopeNetwork *network = scope_result_get_network (result);
      const NnSnapshot *snapshot = scope_result_get_snapshot (result);
      g_autofree char *saved = run != NULL ? scope_session_get_saved_name (session, run) : NULL;
      const char *preset = saved != NULL ? preset_now : scope_result_get_preset (result);

      scope_export_add_source (figure, session, run, network != NULL ? scope_network_get_path (network) : NULL,
                               weights);
      if (run != NULL && !weights)
        {
          NnRunRecord *record = scope_run_make_record (run);

          g_free (record->preset);
          record->preset = g_strdup (preset);
          fig_origin_init (&origins[n++], record);
          g_ptr_array_add (records, record);
        }
      else if (snapshot != NULL)
        scope_export_init_origin (&origins[n++], scope_result_get_kind (result), run, snapshot, preset);
    }
  figure->description = fig_origins_describe (origins, n);
}

/* How the lines are shown, as it stands behind the description. */
static void
describe_curves (ScopeExportFigure *figure)
{
  const FigCurves *curves
      = scope_export_is (figure, "accuracy") ? &figure->compare.accuracy : &figure->compare.loss;
  g_autofree char *state = fig_curves_state (curves), *origins = NULL;

  if (state == NULL || scope_export_is (figure, "compare"))
    return;
  origins = g_steal_pointer (&figure->description);
  figure->description = g_strdup_printf ("%s; %s", origins, state);
}

/* ---- Curves ---- */

/* Keeps what can be told exactly in the line that makes the figure again. */
static void
copy_curves (ScopeExportFigure *figure, FigCurves *to, const FigCurves *from, guint n_series)
{
  *to = *from;
  to->series = figure->series;
  to->n_series = n_series;
  to->title = NULL;
  to->crosshair = 0;
  to->for_paper = TRUE;
  to->smoothing = round (from->smoothing * 1000) / 1000;
  /* What there is only for one of the two is that one's alone. */
  to->logarithmic = from->logarithmic && from->measure == FIG_MEASURE_LOSS;
  to->report_values = from->report_values && from->measure == FIG_MEASURE_ACCURACY;
  if (fig_limits_are_set (&from->x))
    to->x = (FigLimits){ round (MAX (from->x.low, 0)), round (from->x.high) };
}

/* A line that was switched off is not on paper, as if its run had not been there.
 * Returns: (transfer container): of ScopeResult, those of figure->series. */
static GPtrArray *
take_series (ScopeExportFigure *figure, const ScopeCurvesFigures *shown, guint64 *iterations)
{
  GPtrArray *results = g_ptr_array_new ();

  *iterations = 0;
  figure->series = g_new0 (FigSeries, shown->results->len + 1);
  for (guint i = 0; i < shown->results->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (shown->results, i);
      FigSeries *series = &figure->series[results->len];

      if (shown->series[i].hidden)
        continue;
      *series = shown->series[i];
      series->label = scope_export_keep_label (figure, series->label, series->kind);
      if (series->history != NULL)
        {
          series->history = nn_history_copy (series->history);
          g_ptr_array_add (figure->histories, (gpointer) series->history);
        }
      *iterations = MAX (*iterations, scope_run_get_total (scope_result_get_run (result)));
      g_ptr_array_add (results, result);
    }
  return results;
}

static GPtrArray *
take_curves (ScopeExportFigure *figure, ScopeSession *session)
{
  g_auto (ScopeCurvesFigures) shown = { 0 };
  FigCurves *loss = &figure->compare.loss, *accuracy = &figure->compare.accuracy;
  GPtrArray *results;
  guint64 iterations;

  scope_curves_figures_init (&shown, session);
  results = take_series (figure, &shown, &iterations);
  copy_curves (figure, loss, &shown.curves[FIG_MEASURE_LOSS], results->len);
  copy_curves (figure, accuracy, &shown.curves[FIG_MEASURE_ACCURACY], results->len);
  if (results->len > 0)
    loss->iterations = accuracy->iterations = iterations;
  return results;
}

/* ---- Matrices ---- */

/* Returns: (transfer container): of ScopeResult, those of figure->matrices. */
static GPtrArray *
take_matrices (ScopeExportFigure *figure, ScopeConfusionSource *source)
{
  g_auto (ScopeConfusionFigure) shown = { 0 };
  FigConfusion *confusion = &figure->compare.confusion;
  GPtrArray *results = g_ptr_array_new ();

  scope_confusion_figure_init (&shown, source);
  *confusion = shown.figure;
  figure->matrices = g_memdup2 (confusion->matrices, sizeof (FigMatrix) * (confusion->n_matrices + 1));
  figure->classes = g_strdupv ((char **) confusion->classes);
  figure->order = g_memdup2 (confusion->order, sizeof (guint) * confusion->n_classes);
  figure->ordering = source->order;
  for (guint i = 0; i < confusion->n_matrices; i++)
    {
      FigMatrix *matrix = &figure->matrices[i];

      g_ptr_array_add (results, shown.results[i]);
      matrix->label = scope_export_keep_label (figure, matrix->label, matrix->kind);
      if (matrix->confusion == NULL)
        continue;
      matrix->confusion = nn_confusion_copy (matrix->confusion);
      g_ptr_array_add (figure->counts, (gpointer) matrix->confusion);
    }
  confusion->matrices = figure->matrices;
  confusion->classes = (const char *const *) figure->classes;
  confusion->order = figure->order;
  confusion->title = NULL;
  return results;
}

/* Where in @all the two of a difference stand. */
static void
find_pair (ScopeExportFigure *figure, GPtrArray *all, GPtrArray *pair)
{
  if (!figure->compare.confusion.difference)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (figure->pair); i++)
    {
      gboolean found = g_ptr_array_find (all, g_ptr_array_index (pair, i), &figure->pair[i]);

      figure->pair[i]++;
      if (!found)
        scope_export_forget_sources (figure);
    }
}

/* A run's file counts draws and held-out rows; all rows are counted with the weights. */
static gboolean
counts_rows (const ScopeExportFigure *figure)
{
  const FigConfusion *confusion = &figure->compare.confusion;

  return confusion->n_matrices > 0 && confusion->matrices[0].counted == FIG_COUNTED_ROWS;
}

/* Matrices of an earlier moment say so behind the description, and no line makes them again. */
static void
describe_moment (ScopeExportFigure *figure)
{
  const FigConfusion *confusion = &figure->compare.confusion;
  GString *text = g_string_new (figure->description);
  gboolean is_earlier = FALSE;

  for (guint i = 0; i < confusion->n_matrices; i++)
    if (confusion->matrices[i].is_earlier)
      {
        g_string_append_printf (text, "%s %s at iteration %" G_GUINT64_FORMAT, is_earlier ? "," : "; matrices of",
                                nn_kind_id (confusion->matrices[i].kind), confusion->matrices[i].iteration);
        is_earlier = TRUE;
      }
  if (is_earlier)
    scope_export_forget_sources (figure);
  g_free (figure->description);
  figure->description = g_string_free (text, FALSE);
}

/* ---- Both ---- */

void
scope_export_take_comparison (ScopeExportFigure *figure, ScopeSession *session, ScopeConfusionSource *source)
{
  g_autoptr (GPtrArray) with_curves = NULL, with_matrices = NULL;

  if (!scope_export_is (figure, "confusion"))
    with_curves = take_curves (figure, session);
  if (scope_export_is (figure, "confusion") || scope_export_is (figure, "compare"))
    with_matrices = take_matrices (figure, source);
  if (with_curves == NULL)
    {
      describe_results (figure, session, with_matrices, counts_rows (figure));
      find_pair (figure, with_matrices, with_matrices);
      describe_moment (figure);
      return;
    }
  describe_results (figure, session, with_curves, FALSE);
  describe_curves (figure);
  /* There is no option for a part of the axis upwards. */
  if ((!scope_export_is (figure, "accuracy") && fig_limits_are_set (&figure->compare.loss.y))
      || (!scope_export_is (figure, "loss") && fig_limits_are_set (&figure->compare.accuracy.y)))
    scope_export_forget_sources (figure);
  if (with_matrices == NULL)
    return;
  find_pair (figure, with_curves, with_matrices);
  describe_moment (figure);
  if (counts_rows (figure)
      || (!figure->compare.confusion.difference && with_curves->len != with_matrices->len))
    scope_export_forget_sources (figure);
}
