/* report-numbers.c: the runs that a report is made from, and what was measured of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-numbers.h"

#include "engine/error.h"
#include "figure/i18n.h"

#include <math.h>

const double report_rates[REPORT_N_RATES] = { 0.01, 0.02, 0.05, 0.1 };

ReportRuns *
report_runs_new (NnDataset *dataset)
{
  ReportRuns *runs = g_new0 (ReportRuns, 1);

  runs->dataset = nn_dataset_ref (dataset);
  return runs;
}

static void
run_clear (ReportRun *run)
{
  g_clear_pointer (&run->record, nn_run_record_free);
  g_clear_pointer (&run->snapshot, nn_snapshot_unref);
}

void
report_runs_free (ReportRuns *runs)
{
  if (runs == NULL)
    return;
  for (guint split = 0; split < REPORT_N_SPLITS; split++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      run_clear (&runs->runs[split][kind]);
  for (guint i = 0; i < REPORT_N_RATES; i++)
    g_clear_pointer (&runs->probes[i], nn_run_record_free);
  nn_dataset_unref (runs->dataset);
  g_free (runs);
}

/* @format: takes the run's name */
static gboolean
refuse (GError **error, const char *format, const char *name)
{
  g_autofree char *message = g_strdup_printf (format, name);

  g_set_error_literal (error, NN_ERROR, NN_ERROR_DATA, message);
  return FALSE;
}

gboolean
report_runs_take (ReportRuns *runs, NnRunRecord *record, NnSnapshot *snapshot, const char *name, GError **error)
{
  const gboolean held_out = record->settings.hold_out > 0;
  ReportRun *run = &runs->runs[held_out ? REPORT_HELD_OUT : REPORT_ALL_ROWS][record->settings.kind];

  if (g_strcmp0 (record->data_hash, nn_dataset_hash (runs->dataset)) != 0)
    return refuse (error, _ ("%s: it was trained on other names than the report's; give those, or leave it out"), name);
  if (record->confusion == NULL || (held_out && record->held_out_confusion == NULL)
      || record->history == NULL || nn_history_length (record->history) == 0)
    return refuse (error, _ ("%s: its final numbers were not measured; train it to its end, or leave it out"), name);
  if (run->record != NULL)
    return refuse (error, _ ("%s: there is another run of this network; the report has room for one, leave one out"),
                   name);
  run->record = record;
  run->snapshot = snapshot != NULL ? nn_snapshot_ref (snapshot) : NULL;
  return TRUE;
}

double
report_accuracy_in_report (NnKind kind)
{
  static const double accuracies[NN_N_KINDS] = {
    [NN_RNN] = 0.60, [NN_LSTM] = 0.85, [NN_GATE_LSTM] = 0.70, [NN_GATE_LSTM_HIDDEN] = NAN,
  };

  g_return_val_if_fail ((guint) kind < NN_N_KINDS, NAN);
  return accuracies[kind];
}

static const NnConfusion *
confusion_of (const ReportRuns *runs, ReportSplit split, NnKind kind)
{
  const NnRunRecord *record = runs->runs[split][kind].record;

  if (record == NULL)
    return NULL;
  return split == REPORT_ALL_ROWS ? record->confusion : record->held_out_confusion;
}

double
report_accuracy (const ReportRuns *runs, ReportSplit split, NnKind kind)
{
  const NnConfusion *confusion = confusion_of (runs, split, kind);

  if (confusion == NULL)
    return NAN;
  return split == REPORT_ALL_ROWS ? nn_confusion_accuracy (confusion) : nn_confusion_macro_accuracy (confusion);
}

double
report_error (const ReportRuns *runs, ReportSplit split, NnKind kind)
{
  const NnConfusion *confusion = confusion_of (runs, split, kind);
  double accuracy = report_accuracy (runs, split, kind), sum = 0;
  guint classes = 0;

  if (confusion == NULL)
    return NAN;
  if (split == REPORT_ALL_ROWS)
    return sqrt (accuracy * (1 - accuracy) / (double) confusion->total);
  for (guint i = 0; i < confusion->n_classes; i++)
    {
      double recall = nn_confusion_recall (confusion, i);

      if (isnan (recall))
        continue;
      sum += recall * (1 - recall) / (double) nn_confusion_row_total (confusion, i);
      classes++;
    }
  return classes > 0 ? sqrt (sum) / classes : NAN;
}

gboolean
report_differ (const ReportRuns *runs, ReportSplit split, NnKind a, NnKind b)
{
  double difference = report_accuracy (runs, split, a) - report_accuracy (runs, split, b);

  return fabs (difference) > 1.96 * hypot (report_error (runs, split, a), report_error (runs, split, b));
}

/* ---- By length ---- */

/* One network, on a thread of its own: it reads all names, for which no other work is left. */
typedef struct
{
  const ReportRuns *runs;
  NnKind kind;
  GArray *const *rows; /* [REPORT_N_LENGTHS] of guint */
  double accuracy[REPORT_N_LENGTHS];
} Measuring;

static gpointer
measure_network (gpointer data)
{
  Measuring *measuring = data;
  NnSnapshot *snapshot = measuring->runs->runs[REPORT_ALL_ROWS][measuring->kind].snapshot;

  for (guint i = 0; i < REPORT_N_LENGTHS; i++)
    {
      const GArray *rows = measuring->rows[i];
      g_autoptr (NnConfusion) confusion = NULL;

      measuring->accuracy[i] = NAN;
      if (snapshot == NULL || rows->len == 0)
        continue;
      confusion = nn_evaluate_rows (snapshot->model, measuring->runs->dataset,
                                    (const guint *) (gconstpointer) rows->data, rows->len, NULL, NULL);
      measuring->accuracy[i] = nn_confusion_macro_accuracy (confusion);
    }
  return NULL;
}

void
report_lengths_measure (const ReportRuns *runs, ReportLengths *lengths)
{
  static const guint edges[REPORT_N_LENGTHS][2] = { { 1, 4 }, { 5, 6 }, { 7, 8 }, { 9, NN_MAX_LETTERS } };
  GArray *rows[REPORT_N_LENGTHS];
  Measuring measurings[REPORT_N_OF_REPORT];
  GThread *threads[REPORT_N_OF_REPORT];

  for (guint i = 0; i < REPORT_N_LENGTHS; i++)
    {
      rows[i] = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint row = 0; row < nn_dataset_n_rows (runs->dataset); row++)
        {
          guint length = nn_dataset_row_length (runs->dataset, row);

          if (length >= edges[i][0] && length <= edges[i][1])
            g_array_append_val (rows[i], row);
        }
      lengths[i] = (ReportLengths){ .least = edges[i][0], .most = edges[i][1], .n_rows = rows[i]->len };
    }
  for (guint kind = 0; kind < REPORT_N_OF_REPORT; kind++)
    {
      measurings[kind] = (Measuring){ runs, (NnKind) kind, rows, { 0 } };
      threads[kind] = g_thread_new ("lengths", measure_network, &measurings[kind]);
    }
  for (guint kind = 0; kind < REPORT_N_OF_REPORT; kind++)
    {
      g_thread_join (threads[kind]);
      for (guint i = 0; i < REPORT_N_LENGTHS; i++)
        lengths[i].accuracy[kind] = measurings[kind].accuracy[i];
    }
  for (guint i = 0; i < REPORT_N_LENGTHS; i++)
    g_array_unref (rows[i]);
}
