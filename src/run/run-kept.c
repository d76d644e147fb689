/* run-kept.c: runs to and from the files that keep them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run-private.h"

#include <math.h>

static ScopeRunState
state_of (NnRunEnd end)
{
  switch (end)
    {
    case NN_RUN_FINISHED:
      return SCOPE_RUN_FINISHED;
    case NN_RUN_DIVERGED:
      return SCOPE_RUN_DIVERGED;
    case NN_RUN_STOPPED:
    default:
      return SCOPE_RUN_STOPPED;
    }
}

static NnRunEnd
end_of (ScopeRunState state)
{
  return state == SCOPE_RUN_FINISHED ? NN_RUN_FINISHED : state == SCOPE_RUN_DIVERGED ? NN_RUN_DIVERGED : NN_RUN_STOPPED;
}

ScopeRun *
scope_run_new_kept (const NnKeptRun *kept)
{
  const NnRunRecord *record = kept->record;
  const NnPoint *last = nn_history_last (record->history);
  ScopeRun *run;

  g_return_val_if_fail (kept != NULL && kept->snapshot != NULL, NULL);
  run = g_object_new (SCOPE_TYPE_RUN, NULL);
  run->settings = record->settings;
  run->data_hash = g_strdup (record->data_hash != NULL ? record->data_hash : "");
  run->n_parameters = record->parameters;
  run->first_iteration = kept->first_iteration;
  run->ended = kept->ended;
  g_clear_pointer (&run->history, nn_history_free);
  run->history = nn_history_copy (record->history);
  run->measured = record->confusion != NULL ? record->iterations : NN_ITERATION_UNKNOWN;
  run->seen.state = state_of (kept->end);
  run->seen.iteration = record->iterations;
  run->seen.total = kept->total;
  run->seen.seconds = isnan (record->seconds) ? 0 : record->seconds;
  run->seen.recent_loss = last != NULL ? last->loss : NAN;
  run->seen.recent_accuracy = last != NULL ? last->accuracy : NAN;
  run->seen.snapshot = nn_snapshot_ref (kept->snapshot);
  run->seen.reason = g_strdup (record->reason);
  run->seen.confusion = record->confusion != NULL ? nn_confusion_copy (record->confusion) : NULL;
  run->seen.held_out_confusion
    = record->held_out_confusion != NULL ? nn_confusion_copy (record->held_out_confusion) : NULL;
  run->seen.measured_iteration = run->measured;
  scope_run_keep_newest_weights (run);
  return run;
}

NnKeptRun *
scope_run_make_kept (ScopeRun *run)
{
  NnKeptRun *kept;

  g_return_val_if_fail (SCOPE_IS_RUN (run), NULL);
  kept = nn_kept_run_new ();
  kept->end = end_of (scope_run_get_state (run));
  kept->ended = run->ended;
  kept->first_iteration = run->first_iteration;
  kept->total = run->seen.total;
  kept->record = scope_run_make_record (run);
  kept->snapshot = nn_snapshot_ref (run->seen.snapshot);
  return kept;
}

void
scope_run_offer_dataset (ScopeRun *run, NnDataset *dataset)
{
  g_return_if_fail (SCOPE_IS_RUN (run) && dataset != NULL);
  if (run->split == NULL && run->dataset == NULL && g_strcmp0 (run->data_hash, nn_dataset_hash (dataset)) == 0)
    run->dataset = nn_dataset_ref (dataset);
}
