/* figure-runs.c: figures of what training runs left behind.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-confusion.h"

#include "cli/error.h"
#include "engine/run-record.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Millimetres: the width of a page's text. */
#define WIDTH 160.0
#define CURVES_HEIGHT 100.0
#define SHEET_WIDTH 300.0

typedef struct
{
  GPtrArray *records; /* of NnRunRecord */
  GArray *kinds;      /* of NnKind */
  GPtrArray *labels;  /* of char * */
  char *description;
} Runs;

static void
runs_clear (Runs *runs)
{
  g_clear_pointer (&runs->records, g_ptr_array_unref);
  g_clear_pointer (&runs->kinds, g_array_unref);
  g_clear_pointer (&runs->labels, g_ptr_array_unref);
  g_free (runs->description);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Runs, runs_clear)

static const NnRunRecord *
record_at (const Runs *runs, guint i)
{
  return g_ptr_array_index (runs->records, i);
}

/* Says of each run what it was, whatever the language. */
static char *
describe (const Runs *runs)
{
  g_autofree FigOrigin *origins = g_new0 (FigOrigin, runs->records->len);

  for (guint i = 0; i < runs->records->len; i++)
    fig_origin_init (&origins[i], record_at (runs, i));
  return fig_origins_describe (origins, runs->records->len);
}

/* Files of one name in several folders: their runs are told apart by their seeds. */
static void
add_seeds (Runs *runs)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < runs->labels->len; i++)
    {
      const char *label = g_ptr_array_index (runs->labels, i);
      guint alike = 0;

      for (guint j = 0; j < runs->labels->len; j++)
        alike += strcmp (label, g_ptr_array_index (runs->labels, j)) == 0;
      /* Translators: a network, and the seed of its run. */
      g_ptr_array_add (labels, alike > 1 ? g_strdup_printf (_("%s, seed %u"), label, record_at (runs, i)->settings.seed)
                                         : g_strdup (label));
    }
  g_ptr_array_unref (runs->labels);
  runs->labels = g_steal_pointer (&labels);
}

static gboolean
load_runs (Runs *runs, const CliFigureOptions *options, GError **error)
{
  guint n;

  if (options->runs == NULL)
    return cli_misuse (error, _("--run FILE is missing"));
  runs->records = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_run_record_free);
  runs->kinds = g_array_new (FALSE, FALSE, sizeof (NnKind));
  runs->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; options->runs[i] != NULL; i++)
    {
      NnRunRecord *record = nn_run_record_load (options->runs[i], error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (runs->records, record);
      g_array_append_val (runs->kinds, record->settings.kind);
    }
  n = runs->records->len;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (runs->labels,
                     cli_figure_label ((const NnKind *) (gpointer) runs->kinds->data, n, i, options->runs[i]));
  add_seeds (runs);
  runs->description = describe (runs);
  return TRUE;
}

/* ---- Curves ---- */

static gboolean
has_held_out (const NnRunRecord *record)
{
  for (guint i = 0; i < nn_history_length (record->history); i++)
    if (isfinite (nn_history_point (record->history, i)->held_out_accuracy))
      return TRUE;
  return FALSE;
}

static guint
group_of (const Runs *runs, guint index)
{
  g_autofree const NnSettings **settings = g_new (const NnSettings *, index + 1);
  g_autofree const char **hashes = g_new (const char *, index + 1);

  for (guint i = 0; i <= index; i++)
    {
      settings[i] = &record_at (runs, i)->settings;
      hashes[i] = record_at (runs, i)->data_hash;
    }
  return cli_curves_group (settings, hashes, index);
}

/* @series: room for one a run. Errors: CLI_ERROR_USAGE. */
static gboolean
init_curves (FigCurves *curves, FigSeries *series, const Runs *runs, const CliFigureOptions *options,
             FigMeasure measure, GError **error)
{
  *curves = (FigCurves){ .measure = measure, .series = series, .n_series = runs->records->len };
  curves->n_classes = g_strv_length (record_at (runs, 0)->classes);
  for (guint i = 0; i < runs->records->len; i++)
    {
      const NnRunRecord *record = record_at (runs, i);

      series[i] = (FigSeries){
        .label = g_ptr_array_index (runs->labels, i),
        .kind = record->settings.kind,
        .history = record->history,
        .diverged_at = record->diverged ? record->iterations + 1 : 0,
        .group = group_of (runs, i),
      };
      curves->iterations = MAX (curves->iterations, MAX (record->iterations, record->settings.iterations));
      curves->held_out = curves->held_out || has_held_out (record);
      /* Chance is no line where the runs differ in it. */
      if (g_strv_length (record->classes) != curves->n_classes)
        curves->n_classes = 0;
    }
  curves->title = options->titled ? fig_title_of_curves (measure) : NULL;
  return cli_curves_options_apply (&options->curves, curves, error);
}

gboolean
cli_figure_curves (const CliFigureOptions *options, FigMeasure measure, GError **error)
{
  g_auto (Runs) runs = { 0 };
  g_autofree FigSeries *series = NULL;
  g_autofree char *state = NULL, *description = NULL;
  FigCurves curves;

  if (!load_runs (&runs, options, error))
    return FALSE;
  series = g_new0 (FigSeries, runs.records->len);
  if (!init_curves (&curves, series, &runs, options, measure, error))
    return FALSE;
  state = fig_curves_state (&curves);
  if (state != NULL)
    description = g_strdup_printf ("%s; %s", runs.description, state);
  return cli_figure_save (options, FIG_DRAW (fig_curves_draw), FIG_CSV (fig_curves_csv), FIG_TEX (fig_curves_tex),
                          &curves, cli_points (WIDTH), cli_points (CURVES_HEIGHT), fig_title_of_curves (measure),
                          description != NULL ? description : runs.description, error);
}

/* ---- Matrices ---- */

static gboolean
check_matrix (const CliFigureOptions *options, gboolean held_out, const Runs *runs, guint i, GError **error)
{
  const NnRunRecord *first = record_at (runs, 0);
  const NnRunRecord *record = record_at (runs, i);
  g_autofree char *shown = g_filename_display_name (options->runs[i]);

  if (!cli_figure_classes_equal (first->classes, options->runs[0], record->classes, options->runs[i], error))
    return FALSE;
  if (held_out && record->held_out_confusion == NULL)
    return cli_fail (error, _("%s: nothing was held out in this run; leave --held-out out"), shown);
  if (!held_out && record->confusion == NULL)
    return cli_fail (error, _("%s: its matrix was not measured; give its weights with --weights"), shown);
  return TRUE;
}

/* @matrices: room for one a run. */
static gboolean
init_matrices (FigMatrix *matrices, const Runs *runs, const CliFigureOptions *options,
               const CliConfusionChoice *choice, GError **error)
{
  gboolean held_out = choice->counted == NN_COUNTED_HELD_OUT;

  for (guint i = 0; i < runs->records->len; i++)
    {
      const NnRunRecord *record = record_at (runs, i);

      if (!check_matrix (options, held_out, runs, i, error))
        return FALSE;
      matrices[i] = (FigMatrix){
        .label = g_ptr_array_index (runs->labels, i),
        .kind = record->settings.kind,
        .confusion = held_out ? record->held_out_confusion : record->confusion,
        .counted = (FigCounted) choice->counted,
      };
    }
  return TRUE;
}

gboolean
cli_figure_confusion_of_runs (const CliFigureOptions *options, GError **error)
{
  g_auto (Runs) runs = { 0 };
  g_autofree FigMatrix *matrices = NULL;
  CliConfusionChoice choice;

  if (!cli_confusion_choice_init (&choice, options, error) || !load_runs (&runs, options, error))
    return FALSE;
  matrices = g_new0 (FigMatrix, runs.records->len);
  if (!init_matrices (matrices, &runs, options, &choice, error))
    return FALSE;
  return cli_figure_confusion_save (options, &choice, matrices, runs.records->len,
                                    (const char *const *) record_at (&runs, 0)->classes, runs.description, error);
}

/* ---- All of them on one sheet ---- */

/* The title is the sheet's; what goes with one kind of curves is that one's alone. Errors: CLI_ERROR_USAGE. */
static gboolean
init_both_curves (FigCompare *compare, FigSeries *series, const Runs *runs, const CliFigureOptions *options,
                  GError **error)
{
  CliFigureOptions of_loss = *options, of_accuracy = *options;

  of_loss.titled = of_accuracy.titled = FALSE;
  of_loss.curves.report_values = FALSE;
  of_accuracy.curves.logarithmic = FALSE;
  return init_curves (&compare->loss, series, runs, &of_loss, FIG_MEASURE_LOSS, error)
         && init_curves (&compare->accuracy, series, runs, &of_accuracy, FIG_MEASURE_ACCURACY, error);
}

gboolean
cli_figure_compare (const CliFigureOptions *options, GError **error)
{
  g_auto (Runs) runs = { 0 };
  g_auto (CliConfusion) confusion = { 0 };
  g_autofree FigSeries *series = NULL;
  g_autofree FigMatrix *matrices = NULL;
  CliConfusionChoice choice;
  FigCompare compare = { 0 };
  double width = options->width > 0 ? options->width : cli_points (SHEET_WIDTH);

  if (!cli_confusion_choice_init (&choice, options, error) || !load_runs (&runs, options, error))
    return FALSE;
  series = g_new0 (FigSeries, runs.records->len);
  matrices = g_new0 (FigMatrix, runs.records->len);
  if (!init_both_curves (&compare, series, &runs, options, error)
      || !init_matrices (matrices, &runs, options, &choice, error)
      || !cli_confusion_init (&confusion, &choice, matrices, runs.records->len,
                              (const char *const *) record_at (&runs, 0)->classes, error))
    return FALSE;
  compare.confusion = confusion.figure;
  compare.title = options->titled ? fig_title_of_compare () : NULL;
  return cli_figure_save (options, FIG_DRAW (fig_compare_draw), NULL, NULL, &compare, width,
                          fig_compare_height (&compare, &options->theme, width), fig_title_of_compare (),
                          runs.description, error);
}
