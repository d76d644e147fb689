/* train-report.h: what "train" prints while it goes on and at its end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/progress.h"
#include "cli/training.h"

G_BEGIN_DECLS

/* cli_train_report_events:
 * Prints what is new of a training as JSON: points of the curves, and that it diverged.
 * @progress: bars that are in the way
 * Returns: whether anything was printed. */
gboolean cli_train_report_events (CliTraining *training, CliProgress *progress);

/* cli_train_report_bar: sets the bar of a training. */
void cli_train_report_bar (const CliTraining *training, CliProgress *progress, guint bar);

/* cli_train_report_results: prints what all trainings reached, as JSON or as a table; each has its record. */
void cli_train_report_results (GPtrArray *trainings, gboolean json);

G_END_DECLS
