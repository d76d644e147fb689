/* report-job.c: a report in the making.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-job.h"

#include "report/report-files.h"
#include "report/report-train.h"
#include "run/lock.h"

#include <math.h>

/* The share of training; the rest is drawing and writing. */
#define TRAINING 0.96
/* What is left is told once so much is done and so many seconds are past: before that it would jump. */
#define ENOUGH_DONE 0.02
#define ENOUGH_SECONDS 1.0

struct _ReportJob
{
  gatomicrefcount references;
  ReportOrder *order;
  ReportRuns *runs; /* the thread's, once it is started */
  gint64 start;     /* monotonic time, microseconds; 0 before */

  GMutex mutex;
  GCond cond;
  gboolean running;
  ReportStage stage;
  double done;
};

ReportJob *
report_job_new (const ReportOrder *order, NnDataset *dataset)
{
  ReportJob *job;

  g_return_val_if_fail (order != NULL && dataset != NULL, NULL);
  job = g_new0 (ReportJob, 1);
  g_atomic_ref_count_init (&job->references);
  g_mutex_init (&job->mutex);
  g_cond_init (&job->cond);
  job->order = report_order_copy (order);
  job->runs = report_runs_new (dataset);
  return job;
}

static ReportJob *
job_ref (ReportJob *job)
{
  g_atomic_ref_count_inc (&job->references);
  return job;
}

void
report_job_unref (ReportJob *job)
{
  if (job == NULL || !g_atomic_ref_count_dec (&job->references))
    return;
  /* What the other thread did to it comes before, as a sanitizer sees it. */
  scope_lock (&job->mutex);
  scope_unlock (&job->mutex);
  report_order_free (job->order);
  report_runs_free (job->runs);
  g_mutex_clear (&job->mutex);
  g_cond_clear (&job->cond);
  g_free (job);
}

gboolean
report_job_take (ReportJob *job, NnRunRecord *record, NnSnapshot *snapshot, const char *name, GError **error)
{
  g_return_val_if_fail (job != NULL && record != NULL && job->start == 0, FALSE);
  return report_runs_take (job->runs, record, snapshot, name, error);
}

static void
set_progress (ReportJob *job, ReportStage stage, double done)
{
  scope_lock (&job->mutex);
  job->stage = stage;
  job->done = done;
  scope_unlock (&job->mutex);
}

static void
set_running (ReportJob *job, gboolean running)
{
  scope_lock (&job->mutex);
  job->running = running;
  g_cond_broadcast (&job->cond);
  scope_unlock (&job->mutex);
}

static void
on_trained (double done, gpointer data)
{
  set_progress (data, REPORT_TRAINING, TRAINING * done);
}

/* The records say where their weights lie beside them, and which preset they follow, but not how long they took: the
 * same report is to have the same bytes. */
static void
label_records (ReportJob *job)
{
  for (guint split = 0; split < REPORT_N_SPLITS; split++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      {
        ReportRun *run = &job->runs->runs[split][kind];
        const char *ending = split == REPORT_HELD_OUT ? "-held-out.safetensors" : ".safetensors";

        if (run->record == NULL)
          continue;
        run->record->seconds = run->record->names_per_second = NAN;
        g_free (run->record->weights);
        run->record->weights
          = run->snapshot != NULL ? g_strconcat (nn_kind_id ((NnKind) kind), ending, NULL) : NULL;
        if (run->record->preset == NULL && split == REPORT_ALL_ROWS
            && report_settings_fit (&run->record->settings, run->record->settings.seed))
          run->record->preset = g_strdup ("report");
      }
  for (guint i = 0; i < REPORT_N_RATES; i++)
    if (job->runs->probes[i] != NULL)
      job->runs->probes[i]->seconds = job->runs->probes[i]->names_per_second = NAN;
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ReportJob *job = data;
  GError *error = NULL;
  gboolean done;

  set_running (job, TRUE);
  done = report_train (job->order, job->runs, on_trained, job, cancellable, &error);
  if (done)
    {
      set_progress (job, REPORT_WRITING, TRAINING);
      label_records (job);
      done = report_files_write (job->order, job->runs, cancellable, &error);
    }
  set_running (job, FALSE);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
report_job_start (ReportJob *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (job != NULL && job->start == 0);
  task = g_task_new (NULL, cancellable, callback, data);
  /* What was written before somebody cancelled is there, and should be told of as such. */
  g_task_set_check_cancellable (task, FALSE);
  job->start = g_get_monotonic_time ();
  set_running (job, TRUE);
  g_task_set_task_data (task, job_ref (job), (GDestroyNotify) report_job_unref);
  g_task_run_in_thread (task, work);
}

gboolean
report_job_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
report_job_wait (ReportJob *job)
{
  g_return_if_fail (job != NULL);
  scope_lock (&job->mutex);
  while (job->running)
    scope_wait (&job->cond, &job->mutex);
  scope_unlock (&job->mutex);
}

void
report_job_look (ReportJob *job, ReportView *view)
{
  double seconds;

  g_return_if_fail (job != NULL && view != NULL);
  scope_lock (&job->mutex);
  *view = (ReportView){ .stage = job->stage, .done = job->done, .seconds_left = NAN };
  scope_unlock (&job->mutex);
  seconds = job->start > 0 ? (double) (g_get_monotonic_time () - job->start) / G_USEC_PER_SEC : 0;
  if (view->done > ENOUGH_DONE && seconds > ENOUGH_SECONDS)
    view->seconds_left = seconds * (1 - view->done) / view->done;
}

const ReportOrder *
report_job_order (const ReportJob *job)
{
  g_return_val_if_fail (job != NULL, NULL);
  return job->order;
}
