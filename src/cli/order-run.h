/* order-run.h: one network's training on a fixed list of names, on a thread of its own.
 *
 * Other than a ScopeRun, it keeps the loss of every single step.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run-record.h"
#include "engine/trainer.h"

G_BEGIN_DECLS

typedef struct _CliOrderRun CliOrderRun;

/* cli_order_run_new_take:
 * Prepares a run of @trainer, which has its order set and is taken over. Returns: (transfer full). */
CliOrderRun *cli_order_run_new_take (NnTrainer *trainer, guint n_examples);

/* cli_order_run_free: breaks the run off and joins its thread. */
void cli_order_run_free (CliOrderRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliOrderRun, cli_order_run_free)

/* cli_order_run_start: @ended is called with @data on the default main context when the run is over. */
void cli_order_run_start (CliOrderRun *run, void (*ended) (gpointer data), gpointer data);

/* cli_order_run_stop:
 * Ends the run after the step that is under way.
 * @hurry: without the final numbers */
void cli_order_run_stop (CliOrderRun *run, gboolean hurry);

/* How far it is. Once it is over, nothing changes any more. */
typedef struct
{
  gboolean over;
  gboolean stopped;
  guint64 iteration;
  double seconds;
  double loss, accuracy; /* of the newest point of the curves; NaN before it */
  const NnHistory *history; /* (transfer none): valid until the next look */
} CliOrderView;

/* cli_order_run_look: takes what the thread has published. */
void cli_order_run_look (CliOrderRun *run, CliOrderView *view);

/* cli_order_run_reason: why it diverged; NULL where it did not, or is not over. (transfer none) */
const char *cli_order_run_reason (const CliOrderRun *run);

/* cli_order_run_make_record: all that is known of a run that is over, with the loss of each step. (transfer full) */
NnRunRecord *cli_order_run_make_record (const CliOrderRun *run);

/* cli_order_run_save_weights: writes the weights of a run that is over. Errors: NN_ERROR_FILE. */
gboolean cli_order_run_save_weights (const CliOrderRun *run, const char *path, GError **error);

G_END_DECLS
