/* run.h: one network's training on a thread of its own, and what it publishes.
 *
 * All functions are for the thread that made the run; its main context delivers what the worker publishes. What the
 * getters give changes only there, just before the signal "updated".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kept-run.h"
#include "engine/snapshot.h"
#include "engine/trainer.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  SCOPE_RUN_READY,    /* not started */
  SCOPE_RUN_RUNNING,  /* training */
  SCOPE_RUN_PAUSED,   /* between two iterations, until resumed, stepped or stopped */
  SCOPE_RUN_MEASURING,/* all iterations done; the final numbers are being measured */
  SCOPE_RUN_FINISHED, /* all iterations done and measured; it can be extended */
  SCOPE_RUN_DIVERGED, /* ended by a number that was not finite; the last finite weights are kept */
  SCOPE_RUN_STOPPED,  /* ended by scope_run_stop; the weights reached are kept */
} ScopeRunState;

#define SCOPE_TYPE_RUN (scope_run_get_type ())
G_DECLARE_FINAL_TYPE (ScopeRun, scope_run, SCOPE, RUN, GObject)

/* Signals:
 * "updated" (): after anything that the getters give has changed; at most about 30 times a second while it trains, and
 * at once at a change of state. */

/* scope_run_new_take:
 * A run of @trainer, which it takes over, in state READY.
 * Returns: (transfer full). Releasing the last reference stops and joins its thread. */
ScopeRun *scope_run_new_take (NnTrainer *trainer);

/* scope_run_new_kept:
 * A run from before, as a file kept it: it is over and can't be trained further.
 * Returns: (transfer full). */
ScopeRun *scope_run_new_kept (const NnKeptRun *kept);

/* scope_run_start: starts a READY run or resumes a PAUSED one; on others it does nothing. */
void scope_run_start (ScopeRun *run);

/* scope_run_pause: pauses a running one after the iteration that is under way. */
void scope_run_pause (ScopeRun *run);

/* scope_run_step: one iteration; a READY run starts and then is PAUSED. A running one is paused. */
void scope_run_step (ScopeRun *run);

/* scope_run_stop: ends the run after the iteration that is under way; the final numbers are still measured. */
void scope_run_stop (ScopeRun *run);

/* scope_run_measure: measures the final numbers of a PAUSED run, or one that was asked to pause, as it stands; it can
 * still go on. */
void scope_run_measure (ScopeRun *run);

/* scope_run_retire:
 * Nobody will train it further: an active one is stopped, its final numbers still being measured. Once it is over, its
 * thread and whatever only training needs are released; weights, curves and numbers stay. For one that was started. */
void scope_run_retire (ScopeRun *run);

/* scope_run_extend: adds @iterations; a FINISHED run is then PAUSED, ready to go on. */
void scope_run_extend (ScopeRun *run, guint64 iterations);

/* scope_run_set_watched: whether snapshots are wanted while it trains (TRUE at first). The last one always comes. */
void scope_run_set_watched (ScopeRun *run, gboolean watched);

/* scope_run_set_threads: how many threads may train it, 1 (at first) or 2; see nn_trainer_set_threads. At any time. */
void scope_run_set_threads (ScopeRun *run, guint threads);

/* scope_run_set_background:
 * Whether its thread gives way to others, such as the one that draws the window (FALSE at first): where the processors
 * are idle it is as fast as ever. For a run that has not been started. */
void scope_run_set_background (ScopeRun *run, gboolean background);

ScopeRunState scope_run_get_state (ScopeRun *run);
/* TRUE in RUNNING, PAUSED and MEASURING: settings can't change. */
gboolean scope_run_is_active (ScopeRun *run);
/* TRUE once it is over: FINISHED, DIVERGED or STOPPED. */
gboolean scope_run_is_over (ScopeRun *run);
NnKind scope_run_get_kind (ScopeRun *run);
const NnSettings *scope_run_get_settings (ScopeRun *run);

/* scope_run_get_split: (transfer none) (nullable): NULL of a kept run whose names have not been offered yet. */
NnSplit *scope_run_get_split (ScopeRun *run);

/* scope_run_offer_dataset: gives a kept run the names that it was trained with, if @dataset is those. */
void scope_run_offer_dataset (ScopeRun *run, NnDataset *dataset);

/* scope_run_get_data_hash: of the names that it was trained with, also where they are not open. (transfer none) */
const char *scope_run_get_data_hash (ScopeRun *run);

guint64 scope_run_get_iteration (ScopeRun *run);
guint64 scope_run_get_total (ScopeRun *run);
gint64 scope_run_get_ended (ScopeRun *run); /* when it was over, in microseconds since 1970 (UTC); 0 before */
double scope_run_get_seconds (ScopeRun *run);          /* spent training */
double scope_run_get_names_per_second (ScopeRun *run); /* over the whole run, NaN before it started */
double scope_run_get_seconds_left (ScopeRun *run);     /* at that speed, NaN before it started */

/* scope_run_get_recent: means over the newest point of the curves, or before the first over the iterations so far; NaN
 * before those. */
void scope_run_get_recent (ScopeRun *run, double *loss, double *accuracy);

/* scope_run_get_history: the curves so far. (transfer none): valid until the next "updated" */
const NnHistory *scope_run_get_history (ScopeRun *run);

/* scope_run_get_snapshot: the newest weights that were published; those it starts from before that. (transfer none) */
NnSnapshot *scope_run_get_snapshot (ScopeRun *run);

/* scope_run_get_timeline:
 * Weights along the run, from those that it began with to the newest ones of the line; see timeline.h.
 * Returns: (transfer none): of NnSnapshot, by rising iteration; it never changes, and another takes its place at an
 * "updated". */
GPtrArray *scope_run_get_timeline (ScopeRun *run);

/* scope_run_get_reason: why it diverged, or NULL. (transfer none) */
const char *scope_run_get_reason (ScopeRun *run);

/* The final measurements, NULL until the run is over or was measured while it is paused: class-uniform draws
 * from the training rows, and the held-out rows
 * (NULL also where nothing is held out). (transfer none) */
const NnConfusion *scope_run_get_confusion (ScopeRun *run);
const NnConfusion *scope_run_get_held_out_confusion (ScopeRun *run);

/* scope_run_make_record: all that is known of the run, for a file. (transfer full) */
NnRunRecord *scope_run_make_record (ScopeRun *run);

/* scope_run_make_kept:
 * The run as it stands for a file that keeps it; one that is not over counts as stopped. Title, time and place in the
 * list are the caller's to fill.
 * Returns: (transfer full). */
NnKeptRun *scope_run_make_kept (ScopeRun *run);

/* scope_run_save_weights:
 * Writes the weights of the newest snapshot, with what a later run needs to go on from there. A PAUSED run or one that is
 * over has its newest weights in the snapshot.
 * Errors: NN_ERROR_FILE. */
gboolean scope_run_save_weights (ScopeRun *run, const char *path, GError **error);

G_END_DECLS
