/* run-worker.c: the thread on which a network trains. It touches nothing but its trainer and what the mutex guards.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/give-way.h"
#include "run/lock.h"
#include "run/put-aside.h"
#include "run/run-private.h"

#include <math.h>

/* Between two publications while training runs, in microseconds. */
#define PUBLICATION_INTERVAL 33000

/* Iterations between two looks at what is wanted: some milliseconds' worth, for after them two threads bring the halves
 * of the weights together. */
static guint
chunk_of (const NnSettings *settings)
{
  guint64 work = (guint64) settings->hidden * settings->hidden * settings->batch;

  return (guint) CLAMP (G_GUINT64_CONSTANT (128) * 128 * 128 / work, 1, 1024);
}

static void
recent_means (NnTrainer *trainer, double *loss, double *accuracy)
{
  const NnPoint *last = nn_history_last (nn_trainer_history (trainer));

  if (last != NULL)
    {
      *loss = last->loss;
      *accuracy = last->accuracy;
    }
  else
    nn_trainer_point_under_way (trainer, loss, accuracy);
}

/* What the line has of this iteration, as at the end of a run, is not copied again. (transfer full) */
static NnSnapshot *
newest_weights (ScopeRun *run)
{
  NnSnapshot *last = scope_timeline_last (run->timeline);
  const guint64 iteration = nn_trainer_iteration (run->trainer);

  return last->iteration == iteration ? nn_snapshot_ref (last)
                                      : nn_snapshot_new (nn_trainer_model (run->trainer), iteration);
}

/* Replaces the newest snapshot; the copy is made before the lock is taken. */
static void
put_snapshot (ScopeRun *run)
{
  NnSnapshot *snapshot = newest_weights (run);
  char *generator = nn_trainer_generator (run->trainer);

  scope_lock (&run->mutex);
  g_clear_pointer (&run->pending.snapshot, nn_snapshot_unref);
  run->pending.snapshot = snapshot;
  g_free (run->pending.generator);
  run->pending.generator = generator;
  scope_unlock (&run->mutex);
}

static void
put_timeline (ScopeRun *run)
{
  GPtrArray *list;

  if (!run->timeline_changed)
    return;
  list = scope_timeline_list (run->timeline);
  scope_lock (&run->mutex);
  g_clear_pointer (&run->pending.timeline, g_ptr_array_unref);
  run->pending.timeline = list;
  scope_unlock (&run->mutex);
  run->timeline_changed = FALSE;
}

static void
put_numbers (ScopeRun *run, ScopeRunState state)
{
  const NnHistory *history = nn_trainer_history (run->trainer);
  ScopePublished *pending = &run->pending;

  scope_lock (&run->mutex);
  for (guint i = nn_history_after (history, run->published); i < nn_history_length (history); i++)
    g_array_append_vals (pending->points, nn_history_point (history, i), 1);
  if (nn_history_last (history) != NULL)
    run->published = nn_history_last (history)->iteration;
  pending->state = state;
  pending->iteration = nn_trainer_iteration (run->trainer);
  pending->total = nn_trainer_total (run->trainer);
  pending->seconds = nn_trainer_seconds (run->trainer);
  recent_means (run->trainer, &pending->recent_loss, &pending->recent_accuracy);
  if (pending->reason == NULL)
    pending->reason = g_strdup (nn_trainer_reason (run->trainer));
  scope_run_schedule (run);
  scope_unlock (&run->mutex);
  run->last_publication = g_get_monotonic_time ();
}

static void
publish (ScopeRun *run, ScopeRunState state, gboolean with_snapshot)
{
  if (with_snapshot)
    put_snapshot (run);
  put_timeline (run);
  put_numbers (run, state);
}

static gboolean
may_go_on (double done, gpointer data)
{
  ScopeRun *run = data;
  gboolean goes_on;

  scope_lock (&run->mutex);
  goes_on = !run->wants_join;
  scope_unlock (&run->mutex);
  return goes_on;
}

/* Of a paused run: it may be wanted to go on before all is measured. */
static gboolean
may_stay_paused (double done, gpointer data)
{
  ScopeRun *run = data;
  gboolean stays;

  scope_lock (&run->mutex);
  stays = run->wants_pause && run->wanted_steps == 0 && !run->wants_stop && !run->wants_join;
  scope_unlock (&run->mutex);
  return stays;
}

/* The final numbers, unless they are known already or @progress breaks them off. */
static void
measure (ScopeRun *run, NnProgress progress)
{
  const NnModel *model = nn_trainer_model (run->trainer);
  NnSplit *split = nn_trainer_split (run->trainer);
  NnConfusion *confusion, *held_out = NULL;
  guint n_held_out;
  const guint *rows = nn_split_held_out_rows (split, &n_held_out);

  if (run->measured == nn_trainer_iteration (run->trainer))
    return;
  confusion = nn_evaluate_draws (model, split, NN_EVALUATION_DRAWS, run->settings.seed, progress, run);
  if (confusion != NULL && n_held_out > 0)
    held_out = nn_evaluate_rows (model, nn_split_dataset (split), rows, n_held_out, progress, run);
  if (confusion == NULL || (n_held_out > 0 && held_out == NULL))
    {
      g_clear_pointer (&confusion, nn_confusion_free);
      return;
    }
  run->measured = nn_trainer_iteration (run->trainer);

  scope_lock (&run->mutex);
  g_clear_pointer (&run->pending.confusion, nn_confusion_free);
  g_clear_pointer (&run->pending.held_out_confusion, nn_confusion_free);
  run->pending.confusion = confusion;
  run->pending.held_out_confusion = held_out;
  run->pending.measured_iteration = run->measured;
  scope_unlock (&run->mutex);
}

/* What the main context wants next. */
typedef enum
{
  GO_ON,
  TAKE_A_STEP,
  MEASURE,
  LOOK_AGAIN, /* a pause that nobody was told of yet */
  STOP,
  LEAVE,
} Wish;

/* Waits while the run is paused.
 * @told: whether it was published that it is */
static Wish
next_wish (ScopeRun *run, gboolean told)
{
  Wish wish = GO_ON;

  scope_lock (&run->mutex);
  while (told && run->wants_pause && run->wanted_steps == 0 && !run->wants_measurement && !run->wants_stop
         && !run->wants_join)
    scope_wait (&run->cond, &run->mutex);
  if (run->wants_join)
    wish = LEAVE;
  else if (run->wants_stop)
    wish = STOP;
  else if (run->wanted_steps > 0)
    {
      run->wanted_steps--;
      wish = TAKE_A_STEP;
    }
  else if (run->wants_pause)
    {
      wish = told ? MEASURE : LOOK_AGAIN;
      run->wants_measurement = run->wants_measurement && !told;
    }
  scope_unlock (&run->mutex);
  return wish;
}

static gboolean
wants_pause_now (ScopeRun *run, gboolean *watched)
{
  gboolean wants_pause;
  guint threads;

  scope_lock (&run->mutex);
  wants_pause = run->wants_pause && run->wanted_steps == 0;
  *watched = run->watched;
  threads = run->threads;
  scope_unlock (&run->mutex);
  nn_trainer_set_threads (run->trainer, threads);
  return wants_pause;
}

static void
extend_timeline (ScopeRun *run)
{
  scope_timeline_add (run->timeline,
                      scope_put_aside (nn_trainer_model (run->trainer), nn_trainer_iteration (run->trainer)));
  run->timeline_changed = TRUE;
}

/* Trains until all iterations are done, it diverges, or the main context wants an end. */
static Wish
train (ScopeRun *run)
{
  const guint chunk = chunk_of (&run->settings);
  Wish wish = GO_ON;

  while (nn_trainer_status (run->trainer) == NN_TRAINER_RUNNING)
    {
      gboolean watched, pauses = wants_pause_now (run, &watched);
      guint64 due;

      if (pauses)
        publish (run, SCOPE_RUN_PAUSED, TRUE);
      wish = next_wish (run, pauses);
      if (wish == LEAVE || wish == STOP)
        return wish;
      if (wish == MEASURE)
        measure (run, may_stay_paused);
      if (wish == MEASURE || wish == LOOK_AGAIN)
        continue;
      due = scope_timeline_next (run->timeline);
      nn_trainer_run (run->trainer,
                      wish == TAKE_A_STEP ? 1 : (guint) MIN (chunk, due - nn_trainer_iteration (run->trainer)));
      if (nn_trainer_iteration (run->trainer) >= due)
        extend_timeline (run);
      if (nn_trainer_needs_held_out (run->trainer))
        nn_trainer_measure_held_out (run->trainer);
      if (g_get_monotonic_time () - run->last_publication >= PUBLICATION_INTERVAL)
        publish (run, SCOPE_RUN_RUNNING, watched);
    }
  return wish;
}

/* Waits for more iterations after the end. Returns FALSE where the thread is to leave. */
static gboolean
wait_for_extension (ScopeRun *run)
{
  guint64 extension;
  gboolean leaves;

  scope_lock (&run->mutex);
  while (run->wanted_extension == 0 && !run->wants_join && !run->retired)
    scope_wait (&run->cond, &run->mutex);
  extension = run->wanted_extension;
  run->wanted_extension = 0;
  leaves = run->wants_join || extension == 0;
  scope_unlock (&run->mutex);
  if (leaves)
    return FALSE;
  nn_trainer_extend (run->trainer, extension);
  scope_timeline_extend (run->timeline, nn_trainer_total (run->trainer));
  return TRUE;
}

gpointer
scope_run_worker (gpointer data)
{
  ScopeRun *run = data;

  if (run->background)
    scope_give_way ();
  for (;;)
    {
      Wish wish = train (run);
      NnTrainerStatus status = nn_trainer_status (run->trainer);

      if (wish == LEAVE)
        return NULL;
      if (wish == STOP)
        nn_trainer_flush (run->trainer);
      extend_timeline (run);
      publish (run, SCOPE_RUN_MEASURING, TRUE);
      measure (run, may_go_on);
      publish (run,
               wish == STOP                        ? SCOPE_RUN_STOPPED
               : status == NN_TRAINER_DIVERGED ? SCOPE_RUN_DIVERGED
                                                   : SCOPE_RUN_FINISHED,
               FALSE);
      if (wish == STOP || status == NN_TRAINER_DIVERGED || !wait_for_extension (run))
        return NULL;
    }
}
