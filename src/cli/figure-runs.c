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
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->records->len; i++)
    {
      const NnRunRecord *record = record_at (runs, i);
      const NnSettings *settings = &record->settings;

      g_string_append_printf (text, "%s%s: %" G_GUINT64_FORMAT " iterations, learning rate %g, hidden %u",
                              i > 0 ? "; " : "", nn_kind_id (settings->kind), record->iterations,
                              settings->learning_rate, settings->hidden);
      g_string_append_printf (text, ", seed %u, hold-out %g", settings->seed, settings->hold_out);
      if (!nn_settings_are_plain (settings))
        g_string_append_printf (text, ", batch %u, %s", settings->batch, nn_optimizer_type (settings->optimizer)->id);
      if (record->preset != NULL)
        g_string_append_printf (text, ", preset %s", record->preset);
      if (record->data_hash != NULL)
        g_string_append_printf (text, ", data %.12s", record->data_hash);
    }
  return g_string_free (text, FALSE);
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

gboolean
cli_figure_curves (const CliFigureOptions *options, FigMeasure measure, GError **error)
{
  g_auto (Runs) runs = { 0 };
  g_autofree FigSeries *series = NULL;
  g_autofree char *csv = NULL, *state = NULL, *description = NULL;
  FigCurves curves = { .measure = measure };

  if (!load_runs (&runs, options, error))
    return FALSE;
  series = g_new0 (FigSeries, runs.records->len);
  curves.n_classes = g_strv_length (record_at (&runs, 0)->classes);
  for (guint i = 0; i < runs.records->len; i++)
    {
      const NnRunRecord *record = record_at (&runs, i);

      series[i] = (FigSeries){
        .label = g_ptr_array_index (runs.labels, i),
        .kind = record->settings.kind,
        .history = record->history,
        .diverged_at = record->diverged ? record->iterations + 1 : 0,
        .group = group_of (&runs, i),
      };
      curves.iterations = MAX (curves.iterations, MAX (record->iterations, record->settings.iterations));
      curves.held_out = curves.held_out || has_held_out (record);
      /* Chance is no line where the runs differ in it. */
      if (g_strv_length (record->classes) != curves.n_classes)
        curves.n_classes = 0;
    }
  curves.series = series;
  curves.n_series = runs.records->len;
  if (!cli_curves_options_apply (&options->curves, &curves, error))
    return FALSE;
  csv = fig_curves_csv (&curves, NULL);
  state = fig_curves_state (&curves);
  if (state != NULL)
    description = g_strdup_printf ("%s; %s", runs.description, state);
  return cli_figure_save (options, FIG_DRAW (fig_curves_draw), &curves, csv, cli_points (WIDTH),
                          cli_points (CURVES_HEIGHT), measure == FIG_MEASURE_LOSS ? "Loss" : "Accuracy",
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

gboolean
cli_figure_confusion_of_runs (const CliFigureOptions *options, GError **error)
{
  g_auto (Runs) runs = { 0 };
  g_autofree FigMatrix *matrices = NULL;
  CliConfusionChoice choice;
  gboolean held_out;

  if (!cli_confusion_choice_init (&choice, options, error) || !load_runs (&runs, options, error))
    return FALSE;
  held_out = choice.counted == NN_COUNTED_HELD_OUT;
  matrices = g_new0 (FigMatrix, runs.records->len);
  for (guint i = 0; i < runs.records->len; i++)
    {
      const NnRunRecord *record = record_at (&runs, i);

      if (!check_matrix (options, held_out, &runs, i, error))
        return FALSE;
      matrices[i] = (FigMatrix){
        .label = g_ptr_array_index (runs.labels, i),
        .kind = record->settings.kind,
        .confusion = held_out ? record->held_out_confusion : record->confusion,
        .counted = (FigCounted) choice.counted,
      };
    }
  return cli_figure_confusion_save (options, &choice, matrices, runs.records->len,
                                    (const char *const *) record_at (&runs, 0)->classes, runs.description, error);
}
