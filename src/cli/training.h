/* training.h: a network that is being trained, on names that are drawn or on a fixed list.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/order-run.h"
#include "cli/train-plan.h"
#include "run/run.h"

G_BEGIN_DECLS

/* How far a training is. */
typedef struct
{
  gboolean measuring;   /* all is trained, the final numbers are being measured */
  gboolean over;
  gboolean stopped;     /* by cli_training_stop */
  guint64 iteration;
  double done;          /* share of the iterations, 0..1 */
  double seconds_left;  /* NaN where that is not known */
  double names_per_second;
  double loss, accuracy; /* newest; NaN before the first */
  const NnHistory *history; /* (transfer none): valid until the next look */
  const char *reason;   /* why it diverged; NULL where it did not. (transfer none) */
} CliTrainingView;

typedef struct
{
  const CliPlan *plan;
  CliTrainingView view; /* as it was when it was last looked at */
  guint64 told;         /* the last iteration whose point the report has told */
  gboolean divergence_told;
  gboolean kept;        /* weights and record are written */
  NnRunRecord *record;  /* once it is over */

  /* One of the two, once it is prepared and until it is released. */
  ScopeRun *run;
  CliOrderRun *order_run;
  void (*changed) (gpointer data);
  gpointer data;
} CliTraining;

/* cli_training_new:
 * A training of @plan, which must outlive it.
 * @changed: called with @data on the default main context when there may be something new to look at
 * Returns: (transfer full). */
CliTraining *cli_training_new (const CliPlan *plan, void (*changed) (gpointer data), gpointer data);

/* cli_training_prepare:
 * Makes the network, unless it is made already.
 * Errors: NN_ERROR_SETTINGS, NN_ERROR_WEIGHTS. */
gboolean cli_training_prepare (CliTraining *training, GError **error);

/* cli_training_free: breaks it off and joins its thread. */
void cli_training_free (CliTraining *training);

/* cli_training_start: one that is prepared. */
void cli_training_start (CliTraining *training);

/* cli_training_release: of one whose record is made, frees all else: network, thread. */
void cli_training_release (CliTraining *training);

/* cli_training_stop:
 * Ends it after the iteration that is under way.
 * @hurry: without the final numbers */
void cli_training_stop (CliTraining *training, gboolean hurry);

/* cli_training_look: brings the view up to date. */
void cli_training_look (CliTraining *training);

/* cli_training_keep:
 * Makes the record of a training that is over, and writes weights and record where the plan says so.
 * Errors: NN_ERROR_FILE. */
gboolean cli_training_keep (CliTraining *training, GError **error);

G_END_DECLS
