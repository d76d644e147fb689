/* report-job.h: a report in the making: on a thread of its own, with how far it is, and a way to break it off.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report-order.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ReportJob ReportJob; /* reference-counted */

typedef enum
{
  REPORT_TRAINING,
  REPORT_WRITING,
} ReportStage;

typedef struct
{
  ReportStage stage;
  double done;         /* 0..1, over all stages */
  double seconds_left; /* NaN where that is not known yet */
} ReportView;

/* report_job_new: of the names of @dataset; both are kept. (transfer full) */
ReportJob *report_job_new (const ReportOrder *order, NnDataset *dataset);
void report_job_unref (ReportJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportJob, report_job_unref)

/* report_job_take: a run at hand, which then is not trained; before the job is started. See report_runs_take. */
gboolean report_job_take (ReportJob *job, NnRunRecord *record, NnSnapshot *snapshot, const char *name, GError **error);

/* report_job_start:
 * Trains what is missing and writes the report. @callback is called on the caller's main context when it is done, was
 * cancelled or has failed; report_job_finish tells which. */
void report_job_start (ReportJob *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* Errors: G_IO_ERROR_CANCELLED; those of report_train and report_files_write. */
gboolean report_job_finish (GAsyncResult *result, GError **error);

/* report_job_wait: returns when a job that was started is over; a cancelled one soon is. */
void report_job_wait (ReportJob *job);

/* report_job_look: how far it is; from any thread. */
void report_job_look (ReportJob *job, ReportView *view);

const ReportOrder *report_job_order (const ReportJob *job);

G_END_DECLS
