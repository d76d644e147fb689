/* figure-runs.c: curves, matrices, and the sheet of both.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-sources.h"

#include "cli/error.h"
#include "cli/options.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Millimetres: the width of a page's text. */
#define WIDTH 160.0
#define CURVES_HEIGHT 100.0
#define SHEET_WIDTH 300.0

/* ---- Curves ---- */

/* A run that was not over when it was saved has no place in a mean of others that were. */
static gboolean
is_over (const NnRunRecord *record)
{
  return record->diverged || record->iterations >= record->settings.iterations;
}

static guint
group_of (const CliSources *sources, GArray *runs, guint index)
{
  const NnRunRecord *record = cli_source_at (sources, g_array_index (runs, guint, index))->record;

  for (guint i = 0; i < index && is_over (record); i++)
    {
      const NnRunRecord *other = cli_source_at (sources, g_array_index (runs, guint, i))->record;
      NnSettings settings = other->settings;

      settings.seed = record->settings.seed;
      if (is_over (other) && nn_settings_equal (&settings, &record->settings)
          && g_strcmp0 (other->data_hash, record->data_hash) == 0)
        return i + 1;
    }
  return index + 1;
}

/* The numbers of the sources whose lines are drawn: all runs but those of --hide. (transfer full) (nullable) */
static GArray *
list_runs (const CliSources *sources, GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (guint));
  char **hidden = sources->options->hidden;
  g_autofree gboolean *is_hidden = g_new0 (gboolean, sources->items->len);

  for (guint i = 0; hidden != NULL && hidden[i] != NULL; i++)
    {
      guint64 number;

      if (!cli_option_whole ("--hide", hidden[i], 1, sources->items->len, &number, error))
        return NULL;
      is_hidden[number - 1] = TRUE;
    }
  for (guint i = 0; i < sources->items->len; i++)
    if (cli_source_at (sources, i)->record != NULL && !is_hidden[i])
      g_array_append_val (runs, i);
  if (runs->len > 0)
    return g_steal_pointer (&runs);
  cli_misuse (error, _("no line is left to draw: give --run FILE, and no --hide for it"));
  return NULL;
}

/* @series: room for one a source. Errors: CLI_ERROR_USAGE. */
static gboolean
init_curves (FigCurves *curves, FigSeries *series, const CliSources *sources, const CliFigureOptions *options,
             FigMeasure measure, GError **error)
{
  g_autoptr (GArray) runs = list_runs (sources, error);

  if (runs == NULL)
    return FALSE;
  *curves = (FigCurves){ .measure = measure, .series = series, .n_series = runs->len };
  for (guint i = 0; i < runs->len; i++)
    {
      const CliSource *source = cli_source_at (sources, g_array_index (runs, guint, i));
      const NnRunRecord *record = source->record;
      guint n_classes = g_strv_length (record->classes);

      series[i] = (FigSeries){
        .label = source->label,
        .kind = source->kind,
        .history = record->history,
        .diverged_at = record->diverged ? record->iterations + 1 : 0,
        .group = group_of (sources, runs, i),
      };
      curves->iterations = MAX (curves->iterations, MAX (record->iterations, record->settings.iterations));
      curves->held_out = curves->held_out || nn_history_has_held_out (record->history);
      /* Chance is no line where the runs differ in it. */
      curves->n_classes = i == 0 || n_classes == curves->n_classes ? n_classes : 0;
    }
  curves->title = options->titled ? fig_title_of_curves (measure) : NULL;
  return cli_curves_options_apply (&options->curves, curves, error);
}

gboolean
cli_figure_curves (const CliFigureOptions *options, FigMeasure measure, GError **error)
{
  g_auto (CliSources) sources = { 0 };
  g_autofree FigSeries *series = NULL;
  g_autofree char *state = NULL, *description = NULL;
  FigCurves curves;

  if (options->runs == NULL)
    return cli_misuse (error, _("--run FILE is missing"));
  if (!cli_sources_load (&sources, options, FALSE, error))
    return FALSE;
  series = g_new0 (FigSeries, sources.items->len);
  if (!init_curves (&curves, series, &sources, options, measure, error))
    return FALSE;
  state = fig_curves_state (&curves);
  if (state != NULL)
    description = g_strdup_printf ("%s; %s", sources.description, state);
  return cli_figure_save (options, FIG_DRAW (fig_curves_draw), FIG_CSV (fig_curves_csv), FIG_TEX (fig_curves_tex),
                          &curves, cli_points (WIDTH), cli_points (CURVES_HEIGHT), fig_title_of_curves (measure),
                          description != NULL ? description : sources.description, error);
}

/* ---- Matrices ---- */

typedef struct
{
  FigMatrix *matrices; /* one a source */
  GPtrArray *counts;   /* of NnConfusion */
} Matrices;

static void
matrices_clear (Matrices *matrices)
{
  g_clear_pointer (&matrices->matrices, g_free);
  g_clear_pointer (&matrices->counts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matrices, matrices_clear)

static gboolean
init_matrices (Matrices *matrices, CliSources *sources, const CliConfusionChoice *choice, GError **error)
{
  matrices->matrices = g_new0 (FigMatrix, sources->items->len);
  matrices->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_confusion_free);
  for (guint i = 0; i < sources->items->len; i++)
    {
      const CliSource *source = cli_source_at (sources, i);
      NnConfusion *counted = cli_sources_count (sources, i, choice, error);

      if (counted == NULL)
        return FALSE;
      g_ptr_array_add (matrices->counts, counted);
      matrices->matrices[i] = (FigMatrix){ source->label, source->kind, counted, (FigCounted) choice->counted };
    }
  return TRUE;
}

gboolean
cli_figure_confusion (const CliFigureOptions *options, GError **error)
{
  g_auto (CliSources) sources = { 0 };
  g_auto (Matrices) matrices = { 0 };
  CliConfusionChoice choice;

  if (!cli_confusion_choice_init (&choice, options, error) || !cli_sources_load (&sources, options, TRUE, error)
      || !init_matrices (&matrices, &sources, &choice, error))
    return FALSE;
  return cli_figure_confusion_save (options, &choice, matrices.matrices, sources.items->len,
                                    (const char *const *) cli_source_classes (cli_source_at (&sources, 0)),
                                    sources.description, error);
}

/* ---- All of them on one sheet ---- */

/* The title is the sheet's; what goes with one kind of curves is that one's alone. Errors: CLI_ERROR_USAGE. */
static gboolean
init_both_curves (FigCompare *compare, FigSeries *series, const CliSources *sources, const CliFigureOptions *options,
                  GError **error)
{
  CliFigureOptions of_loss = *options, of_accuracy = *options;

  of_loss.titled = of_accuracy.titled = FALSE;
  of_loss.curves.report_values = FALSE;
  of_loss.curves.accuracy_range = NULL;
  of_accuracy.curves.logarithmic = FALSE;
  of_accuracy.curves.loss_range = NULL;
  return init_curves (&compare->loss, series, sources, &of_loss, FIG_MEASURE_LOSS, error)
         && init_curves (&compare->accuracy, series, sources, &of_accuracy, FIG_MEASURE_ACCURACY, error);
}

gboolean
cli_figure_compare (const CliFigureOptions *options, GError **error)
{
  g_auto (CliSources) sources = { 0 };
  g_auto (CliConfusion) confusion = { 0 };
  g_auto (Matrices) matrices = { 0 };
  g_autofree FigSeries *series = NULL;
  CliConfusionChoice choice;
  FigCompare compare = { 0 };
  double width = options->width > 0 ? options->width : cli_points (SHEET_WIDTH);

  if (options->runs == NULL)
    return cli_misuse (error, _("--run FILE is missing"));
  if (!cli_confusion_choice_init (&choice, options, error) || !cli_sources_load (&sources, options, TRUE, error))
    return FALSE;
  series = g_new0 (FigSeries, sources.items->len);
  if (!init_both_curves (&compare, series, &sources, options, error)
      || !init_matrices (&matrices, &sources, &choice, error)
      || !cli_confusion_init (&confusion, &choice, matrices.matrices, sources.items->len,
                              (const char *const *) cli_source_classes (cli_source_at (&sources, 0)), error))
    return FALSE;
  compare.confusion = confusion.figure;
  compare.title = options->titled ? fig_title_of_compare () : NULL;
  return cli_figure_save (options, FIG_DRAW (fig_compare_draw), FIG_CSV (fig_compare_csv), FIG_TEX (fig_compare_tex),
                          &compare, width, fig_compare_height (&compare, &options->theme, width),
                          fig_title_of_compare (), sources.description, error);
}
