/* export-comparison.c: curves and matrices of the session with numbers of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-figure-private.h"

#include "app/curves-figure.h"

#include <math.h>
#include <string.h>

/* ---- Where they come from ---- */

/* Says what the results are, as the files that they are saved as will. @results: of ScopeResult */
static void
describe_results (ScopeExportFigure *figure, ScopeSession *session, GPtrArray *results)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_run_record_free);
  g_autofree FigOrigin *origins = g_new0 (FigOrigin, results->len + 1);
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (results, i);
      ScopeRun *run = scope_result_get_run (result);
      ScopeNetwork *network = scope_result_get_network (result);
      NnKind kind = scope_result_get_kind (result);
      const char *label = scope_export_keep_label (figure, scope_result_get_title (result), kind);

      /* Before there are names, there are no weights. */
      if (scope_result_get_snapshot (result) == NULL)
        {
          scope_export_refuse_line (figure, SCOPE_EXPORT_UNTRAINED);
          continue;
        }
      scope_export_add_source (figure, session, run, network, kind, label, FALSE);
      if (run != NULL)
        {
          NnRunRecord *record = scope_run_make_record (run);
          const char *preset;
          g_autofree char *saved = scope_session_get_saved_name (session, run, &preset);

          g_free (record->preset);
          record->preset = g_strdup (saved != NULL ? preset : scope_result_get_preset (result));
          fig_origin_init (&origins[n++], record);
          g_ptr_array_add (records, record);
        }
      else
        fig_origin_init_of_weights (&origins[n++], scope_result_get_snapshot (result)->model,
                                    scope_network_get_facts (network), scope_network_get_opened_preset (network));
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

/* Four digits of the axis upwards: more than anybody sees. */
static FigLimits
tellable (const FigLimits *limits, FigMeasure measure)
{
  double values[] = { MAX (limits->low, 0), limits->high };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      values[i] = g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, "%.4g", values[i]), NULL);
    }
  return (FigLimits){ values[0], measure == FIG_MEASURE_ACCURACY ? MIN (values[1], 1) : values[1] };
}

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
  if (fig_limits_are_set (&from->y))
    to->y = tellable (&from->y, from->measure);
}

/* Beside others that were, a network that was not trained yet is not on paper: there is nothing of it to see. */
static gboolean
is_left_out (ScopeResult *result, gboolean any_begun)
{
  ScopeRun *run = scope_result_get_run (result);

  return any_begun && run != NULL && scope_run_get_state (run) == SCOPE_RUN_READY;
}

/* A line that was switched off is not on paper, as if its run had not been there.
 * Returns: (transfer container): of ScopeResult, those of figure->series. */
static GPtrArray *
take_series (ScopeExportFigure *figure, const ScopeCurvesFigures *shown, guint64 *iterations)
{
  GPtrArray *results = g_ptr_array_new ();
  gboolean any_begun = FALSE;

  *iterations = 0;
  for (guint i = 0; i < shown->results->len; i++)
    any_begun = any_begun || !is_left_out (g_ptr_array_index (shown->results, i), TRUE);
  figure->series = g_new0 (FigSeries, shown->results->len + 1);
  for (guint i = 0; i < shown->results->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (shown->results, i);
      FigSeries *series = &figure->series[results->len];

      if (shown->series[i].hidden || is_left_out (result, any_begun))
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

/* Before anything was measured, what is planned counts. */
static gboolean
any_held_out (const ScopeExportFigure *figure, guint n_series, gboolean planned)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < n_series; i++)
    {
      const NnHistory *history = figure->series[i].history;

      if (history != NULL && nn_history_has_held_out (history))
        return TRUE;
      begun = begun || (history != NULL && nn_history_length (history) > 0);
    }
  return planned && !begun;
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
  loss->held_out = accuracy->held_out = any_held_out (figure, results->len, loss->held_out);
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
  gboolean any_begun = FALSE;
  guint n = 0;

  scope_confusion_figure_init (&shown, source);
  *confusion = shown.figure;
  figure->matrices = g_memdup2 (confusion->matrices, sizeof (FigMatrix) * (confusion->n_matrices + 1));
  figure->classes = g_strdupv ((char **) confusion->classes);
  figure->order = g_memdup2 (confusion->order, sizeof (guint) * confusion->n_classes);
  figure->ordering = source->order;
  for (guint i = 0; i < confusion->n_matrices; i++)
    any_begun = any_begun || !is_left_out (shown.results[i], TRUE);
  for (guint i = 0; i < confusion->n_matrices; i++)
    {
      FigMatrix *matrix = &figure->matrices[n];

      if (!confusion->difference && is_left_out (shown.results[i], any_begun))
        continue;
      *matrix = confusion->matrices[i];
      n++;
      g_ptr_array_add (results, shown.results[i]);
      matrix->label = scope_export_keep_label (figure, matrix->label, matrix->kind);
      if (matrix->confusion == NULL)
        continue;
      matrix->confusion = nn_confusion_copy (matrix->confusion);
      g_ptr_array_add (figure->counts, (gpointer) matrix->confusion);
    }
  confusion->matrices = figure->matrices;
  confusion->n_matrices = n;
  confusion->classes = (const char *const *) figure->classes;
  confusion->order = figure->order;
  confusion->title = NULL;
  return results;
}

/* Where in @all the two of a difference stand, counted from 1. */
static void
find_pair (ScopeExportFigure *figure, GPtrArray *all, GPtrArray *pair)
{
  if (!figure->compare.confusion.difference)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (figure->pair); i++)
    {
      g_ptr_array_find (all, g_ptr_array_index (pair, i), &figure->pair[i]);
      figure->pair[i]++;
    }
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
    scope_export_refuse_line (figure, SCOPE_EXPORT_EARLIER);
  g_free (figure->description);
  figure->description = g_string_free (text, FALSE);
}

/* ---- Both ---- */

/* Those of the results shown that are in one of the two. (transfer container) */
static GPtrArray *
list_results (ScopeSession *session, GPtrArray *with_curves, GPtrArray *with_matrices)
{
  GPtrArray *results = scope_session_get_shown_results (session);

  for (guint i = results->len; i > 0; i--)
    {
      ScopeResult *result = g_ptr_array_index (results, i - 1);

      if (!(with_curves != NULL && g_ptr_array_find (with_curves, result, NULL))
          && !(with_matrices != NULL && g_ptr_array_find (with_matrices, result, NULL)))
        g_ptr_array_remove_index (results, i - 1);
    }
  return results;
}

/* All networks of matrices must tell the same classes apart. */
static void
check_classes (ScopeExportFigure *figure, GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      const NnSnapshot *snapshot = scope_result_get_snapshot (g_ptr_array_index (results, i));

      if (snapshot == NULL
          || !g_strv_equal ((const char *const *) figure->classes, (const char *const *) snapshot->model->classes))
        scope_export_refuse_line (figure, SCOPE_EXPORT_MIXED);
    }
}

/* What the line must say of the networks of @results so that the matrices are those again. */
static void
take_counting (ScopeExportFigure *figure, ScopeConfusionSource *source, GPtrArray *results, GPtrArray *with_curves,
               GPtrArray *with_matrices)
{
  check_classes (figure, results);
  if (figure->obstacle != SCOPE_EXPORT_HAS_LINE)
    return;
  for (guint i = 0; i < with_matrices->len; i++)
    scope_export_count_matrix (figure, source, g_ptr_array_index (with_matrices, i), figure->matrices[i].confusion);
  for (guint i = 0; with_curves != NULL && i < results->len; i++)
    {
      ScopeExportSource *of_file = g_ptr_array_index (figure->sources, i);

      of_file->hidden = !of_file->weights && !g_ptr_array_find (with_curves, g_ptr_array_index (results, i), NULL);
    }
  find_pair (figure, results, with_matrices);
}

void
scope_export_take_comparison (ScopeExportFigure *figure, ScopeSession *session, ScopeConfusionSource *source)
{
  g_autoptr (GPtrArray) with_curves = NULL, with_matrices = NULL, results = NULL;

  if (!scope_export_is (figure, "confusion"))
    with_curves = take_curves (figure, session);
  if (scope_export_is (figure, "confusion") || scope_export_is (figure, "compare"))
    with_matrices = take_matrices (figure, source);
  results = list_results (session, with_curves, with_matrices);
  describe_results (figure, session, results);
  if (with_curves != NULL)
    describe_curves (figure);
  if (with_curves != NULL && with_curves->len == 0)
    scope_export_refuse_line (figure, SCOPE_EXPORT_EMPTY);
  if (with_matrices != NULL)
    {
      describe_moment (figure);
      take_counting (figure, source, results, with_curves, with_matrices);
    }
}
