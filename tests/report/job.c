/* job.c: a report in the making, with real runs of a few iterations.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "engine/weights.h"
#include "report/report-job.h"
#include "support/small-data.h"
#include "support/wait.h"

#include <math.h>
#include <string.h>

#define LIMIT 120.0

typedef struct
{
  gboolean over;
  gboolean done;
  GError *error;
  ReportJob *job;
  GCancellable *cancellable; /* to cancel once it trains, or NULL */
  double least;              /* what was done at the last look */
} Making;

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Making *making = data;

  making->done = report_job_finish (result, &making->error);
  making->over = TRUE;
}

/* What is done never grows less, and goes from 0 to 1. */
static gboolean
is_over (gpointer data)
{
  Making *making = data;
  ReportView view;

  report_job_look (making->job, &view);
  g_assert_cmpfloat (view.done, >=, making->least);
  g_assert_cmpfloat (view.done, <=, 1);
  g_assert_false (view.seconds_left < 0);
  making->least = view.done;
  if (making->cancellable != NULL && view.done > 0)
    g_cancellable_cancel (making->cancellable);
  return making->over;
}

static void
make (Making *making, ReportJob *job, GCancellable *cancellable)
{
  making->job = job;
  making->cancellable = cancellable;
  report_job_start (job, cancellable, on_done, making);
  wait_until (is_over, making, LIMIT);
}

static ReportJob *
new_job (const char *folder, guint64 iterations)
{
  g_autoptr (NnDataset) dataset = small_data_new ();
  ReportOrder order = sample_order (folder);

  order.iterations = iterations;
  order.seed = 3;
  return report_job_new (&order, dataset);
}

static NnRunRecord *
load_record (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, "runs", name, NULL);
  g_autoptr (GError) error = NULL;
  NnRunRecord *record = nn_run_record_load (path, &error);

  g_assert_no_error (error);
  return record;
}

/* All runs are there, each trained as the order says; the report's numbers are theirs. */
static void
test_trains (void)
{
  char *folder = sample_folder_new ();
  g_autoptr (ReportJob) job = new_job (folder, 60);
  Making making = { 0 };

  make (&making, job, NULL);
  g_assert_no_error (making.error);
  g_assert_true (making.done);
  g_assert_cmpfloat (making.least, >, 0.9);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    for (guint held_out = 0; held_out < 2; held_out++)
      {
        g_autofree char *stem = g_strconcat (nn_kind_id ((NnKind) kind), held_out ? "-held-out" : "", NULL);
        g_autofree char *name = g_strconcat (stem, ".run.json", NULL), *path = NULL, *text = NULL, *tex = NULL;
        g_autofree char *tex_path = g_build_filename (folder, "report.tex", NULL);
        g_autoptr (NnRunRecord) record = load_record (folder, name);
        g_autoptr (NnModel) model = NULL;
        g_autoptr (GError) error = NULL;

        g_assert_cmpuint (record->settings.kind, ==, kind);
        g_assert_cmpuint (record->settings.seed, ==, 3);
        g_assert_cmpuint (record->iterations, ==, 60);
        g_assert_cmpfloat (record->settings.hold_out, ==, held_out ? 0.1 : 0.0);
        g_assert_cmpfloat (record->settings.learning_rate, ==, kind == NN_RNN ? 0.005 : 0.1);
        g_assert_true ((record->held_out_confusion != NULL) == (held_out != 0));
        path = g_build_filename (folder, "runs", record->weights, NULL);
        model = nn_weights_load (path, NULL, NULL, NULL, &error);
        g_assert_no_error (error);
        g_assert_true (g_file_get_contents (tex_path, &tex, NULL, NULL));
        text = g_strdup_printf ("& %.1f \\%% &", 100 * (held_out ? record->held_out_macro : record->train_accuracy));
        if (strstr (tex, text) == NULL)
          g_error ("\"%s\" of %s is not in\n%s", text, name, tex);
      }
  sample_folder_remove (folder);
}

/* The same seed gives the same report, whatever trained beside what, how long it took, and wherever it goes. */
static void
test_same_bytes (void)
{
  static const char *const names[] = {
    "report.pdf", "report.tex", "figures/2.4-loss-lstm.svg", "runs/lstm.safetensors", "runs/lstm.run.json",
    "runs/gate-lstm-held-out.run.json", "runs/rnn-rate-0.02.run.json",
  };
  char *folders = sample_folder_new ();
  g_autofree char *first = g_build_filename (folders, "a", "out", NULL);
  g_autofree char *second = g_build_filename (folders, "b", "elsewhere", NULL);
  const char *const of[2] = { first, second };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ReportJob) job = new_job (of[i], 40);
      Making making = { 0 };

      make (&making, job, NULL);
      g_assert_no_error (making.error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *a_path = g_build_filename (of[0], names[i], NULL), *a = NULL;
      g_autofree char *b_path = g_build_filename (of[1], names[i], NULL), *b = NULL;
      gsize a_length, b_length;

      g_assert_true (g_file_get_contents (a_path, &a, &a_length, NULL));
      g_assert_true (g_file_get_contents (b_path, &b, &b_length, NULL));
      g_assert_cmpmem (a, a_length, b, b_length);
    }
  sample_folder_remove (folders);
}

/* So many iterations that it must be broken off while it trains. */
static void
test_cancel (void)
{
  char *folder = sample_folder_new ();
  g_autofree char *deep = g_build_filename (folder, "new", "report", NULL);
  g_autofree char *made = g_build_filename (folder, "new", NULL);
  g_autoptr (ReportJob) job = new_job (deep, 500000000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Making making = { 0 };

  make (&making, job, cancellable);
  g_assert_error (making.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (making.done);
  g_clear_error (&making.error);
  report_job_wait (job);
  g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
  sample_folder_remove (folder);
}

/* Runs at hand are taken as they are: with all of them nothing else than the rates is trained. */
static void
test_takes_runs (void)
{
  char *folder = sample_folder_new ();
  g_autoptr (ReportRuns) runs = sample_runs_new (&sample_as_reported);
  g_autoptr (NnDataset) dataset = sample_dataset_new ();
  ReportOrder order = sample_order (folder);
  g_autoptr (ReportJob) job = NULL;
  g_autofree char *tex_path = g_build_filename (folder, "report.tex", NULL), *tex = NULL;
  Making making = { 0 };

  order.iterations = 30;
  job = report_job_new (&order, dataset);
  for (guint split = 0; split < REPORT_N_SPLITS; split++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      {
        NnRunRecord *record = g_steal_pointer (&runs->runs[split][kind].record);
        g_autoptr (GError) error = NULL;

        report_job_take (job, record, NULL, "run", &error);
        g_assert_no_error (error);
      }
  make (&making, job, NULL);
  g_assert_no_error (making.error);
  g_assert_true (g_file_get_contents (tex_path, &tex, NULL, NULL));
  g_assert_nonnull (strstr (tex, "RNN & 60 \\% & 60.0 \\% & ± 0.7 & 1.25 \\\\\n"));
  g_assert_nonnull (strstr (tex, "LSTM & 85 \\% & 85.0 \\% & ± 0.5 & 1.25 \\\\\n"));
  sample_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/job/trains", test_trains);
  g_test_add_func ("/report/job/same-bytes", test_same_bytes);
  g_test_add_func ("/report/job/cancel", test_cancel);
  g_test_add_func ("/report/job/takes-runs", test_takes_runs);
  return g_test_run ();
}
