/* report-numbers.h: the runs that a report is made from, and what was measured of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run-record.h"
#include "engine/snapshot.h"

G_BEGIN_DECLS

/* The networks that the report has, in its order: rnn, lstm, gate-lstm; gate-lstm-hidden is our addition. */
#define REPORT_N_OF_REPORT 3

/* On which names a network was trained. */
typedef enum
{
  REPORT_ALL_ROWS, /* all of them, as the report does */
  REPORT_HELD_OUT, /* a tenth of the strings held out, for the accuracy on names that were never seen */
  REPORT_N_SPLITS
} ReportSplit;

/* The learning rates at which it is tried whether the RNN diverges. */
#define REPORT_N_RATES 4
extern const double report_rates[REPORT_N_RATES];

/* A run. Its record is there; its weights are where they were at hand. */
typedef struct
{
  NnRunRecord *record;
  NnSnapshot *snapshot; /* (nullable) */
} ReportRun;

/* All that a report is made from. */
typedef struct
{
  NnDataset *dataset;
  ReportRun runs[REPORT_N_SPLITS][NN_N_KINDS];
  NnRunRecord *probes[REPORT_N_RATES]; /* of the RNN at the rates above; NULL where one was not tried */
} ReportRuns;

/* The accuracy of names of so many letters, both included. */
typedef struct
{
  guint least, most;
  guint n_rows;
  double accuracy[REPORT_N_OF_REPORT]; /* class-balanced, 0..1; NaN where it was not measured */
} ReportLengths;

#define REPORT_N_LENGTHS 4

/* report_runs_new: without runs. @dataset: gets a reference. (transfer full) */
ReportRuns *report_runs_new (NnDataset *dataset);
void report_runs_free (ReportRuns *runs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportRuns, report_runs_free)

/* report_runs_take:
 * Puts a run at hand where the report has one of its kind: with nothing held out among REPORT_ALL_ROWS, else among
 * REPORT_HELD_OUT.
 * @record: taken over where it fits
 * @snapshot: (nullable): its weights; gets a reference
 * @name: what people know the run by, for the message
 * Errors: NN_ERROR_DATA where it was trained on other names, was not measured, or its place is taken. */
gboolean report_runs_take (ReportRuns *runs, NnRunRecord *record, NnSnapshot *snapshot, const char *name,
                           GError **error);

/* report_accuracy_in_report: what the report says the network ends with, 0..1; NaN for one that it does not have. */
double report_accuracy_in_report (NnKind kind);

/* report_accuracy:
 * The network's final accuracy as it is measured, 0..1; NaN where it is not.
 * REPORT_ALL_ROWS: over class-uniform draws from the training rows; REPORT_HELD_OUT: class-balanced (macro), over the
 * rows that were held out. */
double report_accuracy (const ReportRuns *runs, ReportSplit split, NnKind kind);

/* report_error: the standard error of that accuracy: of a share of independent draws (binomial), or of a mean of such
 * shares, one a class. NaN where it is not measured. */
double report_error (const ReportRuns *runs, ReportSplit split, NnKind kind);

/* report_differ: whether two accuracies are told apart: further from each other than 1.96 standard errors of their
 * difference. FALSE where one is not measured. */
gboolean report_differ (const ReportRuns *runs, ReportSplit split, NnKind a, NnKind b);

/* report_lengths_measure: the accuracy of the report's networks of REPORT_ALL_ROWS whose weights are at hand, by length.
 * @lengths: (out): [REPORT_N_LENGTHS] */
void report_lengths_measure (const ReportRuns *runs, ReportLengths *lengths);

G_END_DECLS
