/* run.c: one network's training on a thread of its own: the main context's side.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"

#include "engine/weights.h"
#include "run/lock.h"
#include "run/run-private.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (ScopeRun, scope_run, G_TYPE_OBJECT)

enum
{
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- Taking what the worker published ---- */

void
scope_published_clear (ScopePublished *published)
{
  g_clear_pointer (&published->points, g_array_unref);
  g_clear_pointer (&published->snapshot, nn_snapshot_unref);
  g_clear_pointer (&published->generator, g_free);
  g_clear_pointer (&published->timeline, g_ptr_array_unref);
  g_clear_pointer (&published->reason, g_free);
  g_clear_pointer (&published->confusion, nn_confusion_free);
  g_clear_pointer (&published->held_out_confusion, nn_confusion_free);
}

/* Moves a pointer that was published over the one that was seen. */
#define TAKE(field, free_function)                                                                                     \
  if (pending->field != NULL)                                                                                          \
    {                                                                                                                  \
      g_clear_pointer (&seen->field, free_function);                                                                   \
      seen->field = g_steal_pointer (&pending->field);                                                                 \
    }

static void
take_pending (ScopeRun *run)
{
  ScopePublished *pending = &run->pending;
  ScopePublished *seen = &run->seen;

  seen->state = pending->state;
  seen->iteration = pending->iteration;
  seen->total = pending->total;
  seen->seconds = pending->seconds;
  seen->recent_loss = pending->recent_loss;
  seen->recent_accuracy = pending->recent_accuracy;
  TAKE (snapshot, nn_snapshot_unref);
  TAKE (generator, g_free);
  TAKE (timeline, g_ptr_array_unref);
  TAKE (reason, g_free);
  TAKE (confusion, nn_confusion_free);
  TAKE (held_out_confusion, nn_confusion_free);
  seen->measured_iteration = pending->measured_iteration;
  if (run->ended == 0 && scope_run_is_over (run))
    run->ended = g_get_real_time ();
  for (guint i = 0; i < pending->points->len; i++)
    nn_history_add (run->history, &g_array_index (pending->points, NnPoint, i));
  g_array_set_size (pending->points, 0);
}

void
scope_run_keep_newest_weights (ScopeRun *run)
{
  g_clear_pointer (&run->seen.timeline, g_ptr_array_unref);
  run->seen.timeline = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_snapshot_unref);
  g_ptr_array_add (run->seen.timeline, nn_snapshot_ref (run->seen.snapshot));
}

/* The thread of a run that is over has nothing left to do but to leave. Of the weights kept along the way, those at the
 * end stay: a list of many runs must not hold all of them. */
static void
release_training (ScopeRun *run)
{
  g_clear_pointer (&run->thread, g_thread_join);
  g_clear_pointer (&run->trainer, nn_trainer_free);
  g_clear_pointer (&run->timeline, scope_timeline_free);
  g_clear_pointer (&run->pending.timeline, g_ptr_array_unref);
  scope_run_keep_newest_weights (run);
}

static gboolean
deliver (gpointer data)
{
  /* A handler may release the last reference. */
  g_autoptr (ScopeRun) run = g_object_ref (data);
  gboolean retired;

  scope_lock (&run->mutex);
  g_clear_pointer (&run->idle_source, g_source_unref);
  take_pending (run);
  retired = run->retired;
  scope_unlock (&run->mutex);
  if (retired && scope_run_is_over (run))
    release_training (run);
  g_signal_emit (run, signals[UPDATED], 0);
  return G_SOURCE_REMOVE;
}

void
scope_run_schedule (ScopeRun *run)
{
  if (run->idle_source != NULL)
    return;
  run->idle_source = g_idle_source_new ();
  g_source_set_priority (run->idle_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (run->idle_source, deliver, run, NULL);
  g_source_set_name (run->idle_source, "gatescope run");
  g_source_attach (run->idle_source, run->context);
}

/* ---- Object ---- */

static void
scope_run_dispose (GObject *object)
{
  ScopeRun *run = SCOPE_RUN (object);

  if (run->thread != NULL)
    {
      scope_lock (&run->mutex);
      run->wants_join = TRUE;
      g_cond_broadcast (&run->cond);
      scope_unlock (&run->mutex);
      g_thread_join (g_steal_pointer (&run->thread));
    }
  /* The thread is gone, so nothing can schedule another. */
  if (run->idle_source != NULL)
    {
      g_source_destroy (run->idle_source);
      g_clear_pointer (&run->idle_source, g_source_unref);
    }
  G_OBJECT_CLASS (scope_run_parent_class)->dispose (object);
}

static void
scope_run_finalize (GObject *object)
{
  ScopeRun *run = SCOPE_RUN (object);

  scope_published_clear (&run->seen);
  scope_published_clear (&run->pending);
  g_clear_pointer (&run->history, nn_history_free);
  g_clear_pointer (&run->split, nn_split_unref);
  g_clear_pointer (&run->dataset, nn_dataset_unref);
  g_free (run->data_hash);
  g_clear_pointer (&run->timeline, scope_timeline_free);
  g_clear_pointer (&run->trainer, nn_trainer_free);
  g_clear_pointer (&run->context, g_main_context_unref);
  g_mutex_clear (&run->mutex);
  g_cond_clear (&run->cond);
  G_OBJECT_CLASS (scope_run_parent_class)->finalize (object);
}

static void
scope_run_class_init (ScopeRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = scope_run_dispose;
  object_class->finalize = scope_run_finalize;
  signals[UPDATED] = g_signal_new ("updated", SCOPE_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
scope_run_init (ScopeRun *run)
{
  g_mutex_init (&run->mutex);
  g_cond_init (&run->cond);
  run->context = g_main_context_ref_thread_default ();
  run->history = nn_history_new ();
  run->pending.points = g_array_new (FALSE, FALSE, sizeof (NnPoint));
  run->watched = TRUE;
  run->threads = 1;
  run->seen.recent_loss = NAN;
  run->seen.recent_accuracy = NAN;
}

ScopeRun *
scope_run_new_take (NnTrainer *trainer)
{
  ScopeRun *run;

  g_return_val_if_fail (trainer != NULL, NULL);
  run = g_object_new (SCOPE_TYPE_RUN, NULL);
  run->trainer = trainer;
  run->settings = *nn_trainer_settings (trainer);
  run->split = nn_split_ref (nn_trainer_split (trainer));
  run->n_parameters = nn_trainer_model (trainer)->n_parameters;
  run->first_iteration = nn_trainer_iteration (trainer);
  run->seen.iteration = run->first_iteration;
  run->seen.total = nn_trainer_total (trainer);
  run->measured = NN_ITERATION_UNKNOWN;
  run->seen.snapshot = nn_snapshot_new (nn_trainer_model (trainer), run->seen.iteration);
  run->seen.generator = nn_trainer_generator (trainer);
  run->timeline = scope_timeline_new (run->seen.snapshot, run->seen.total);
  run->seen.timeline = scope_timeline_list (run->timeline);
  return run;
}

/* ---- Control ---- */

/* The state changes at once here, so that a button shows what was asked; the worker's own word follows. */
static void
set_state (ScopeRun *run, ScopeRunState state)
{
  if (run->seen.state == state)
    return;
  run->seen.state = state;
  g_signal_emit (run, signals[UPDATED], 0);
}

static void
wake (ScopeRun *run, gboolean pause, guint steps)
{
  scope_lock (&run->mutex);
  run->wants_pause = pause;
  run->wanted_steps = pause ? run->wanted_steps + steps : 0;
  run->wants_measurement = run->wants_measurement && pause && steps == 0;
  g_cond_broadcast (&run->cond);
  scope_unlock (&run->mutex);
  if (run->thread == NULL)
    {
      g_autofree char *name = g_strdup_printf ("train %s", nn_kind_id (run->settings.kind));
      run->thread = g_thread_new (name, scope_run_worker, run);
    }
}

void
scope_run_start (ScopeRun *run)
{
  g_return_if_fail (SCOPE_IS_RUN (run));
  if (scope_run_is_over (run) || run->seen.state == SCOPE_RUN_MEASURING)
    return;
  wake (run, FALSE, 0);
  set_state (run, SCOPE_RUN_RUNNING);
}

void
scope_run_pause (ScopeRun *run)
{
  g_return_if_fail (SCOPE_IS_RUN (run));
  if (run->thread != NULL && !scope_run_is_over (run))
    wake (run, TRUE, 0);
}

void
scope_run_step (ScopeRun *run)
{
  g_return_if_fail (SCOPE_IS_RUN (run));
  if (scope_run_is_over (run) || run->seen.state == SCOPE_RUN_MEASURING)
    return;
  wake (run, TRUE, run->seen.state == SCOPE_RUN_RUNNING ? 0 : 1);
}

void
scope_run_stop (ScopeRun *run)
{
  g_return_if_fail (SCOPE_IS_RUN (run));
  if (run->thread == NULL || scope_run_is_over (run))
    return;
  scope_lock (&run->mutex);
  run->wants_stop = TRUE;
  g_cond_broadcast (&run->cond);
  scope_unlock (&run->mutex);
}

void
scope_run_measure (ScopeRun *run)
{
  g_return_if_fail (SCOPE_IS_RUN (run));
  if (run->thread == NULL || scope_run_is_over (run))
    return;
  scope_lock (&run->mutex);
  run->wants_measurement = TRUE;
  g_cond_broadcast (&run->cond);
  scope_unlock (&run->mutex);
}

void
scope_run_retire (ScopeRun *run)
{
  g_return_if_fail (SCOPE_IS_RUN (run));
  if (run->thread == NULL)
    return;
  scope_lock (&run->mutex);
  run->retired = TRUE;
  run->wants_stop = run->wants_stop || !scope_run_is_over (run);
  g_cond_broadcast (&run->cond);
  scope_unlock (&run->mutex);
  if (scope_run_is_over (run))
    release_training (run);
}

void
scope_run_extend (ScopeRun *run, guint64 iterations)
{
  g_return_if_fail (SCOPE_IS_RUN (run) && iterations > 0);
  if (run->seen.state != SCOPE_RUN_FINISHED || run->thread == NULL)
    return;
  scope_lock (&run->mutex);
  run->wants_pause = TRUE;
  run->wanted_steps = 0;
  run->wanted_extension += iterations;
  g_cond_broadcast (&run->cond);
  scope_unlock (&run->mutex);
  run->seen.total += iterations;
  set_state (run, SCOPE_RUN_PAUSED);
}

void
scope_run_set_watched (ScopeRun *run, gboolean watched)
{
  g_return_if_fail (SCOPE_IS_RUN (run));
  scope_lock (&run->mutex);
  run->watched = watched;
  scope_unlock (&run->mutex);
}

void
scope_run_set_threads (ScopeRun *run, guint threads)
{
  g_return_if_fail (SCOPE_IS_RUN (run) && (threads == 1 || threads == 2));
  scope_lock (&run->mutex);
  run->threads = threads;
  scope_unlock (&run->mutex);
}

void
scope_run_set_background (ScopeRun *run, gboolean background)
{
  g_return_if_fail (SCOPE_IS_RUN (run) && run->thread == NULL);
  run->background = background;
}

/* ---- Reading ---- */

ScopeRunState
scope_run_get_state (ScopeRun *run)
{
  g_return_val_if_fail (SCOPE_IS_RUN (run), SCOPE_RUN_READY);
  return run->seen.state;
}

gboolean
scope_run_is_active (ScopeRun *run)
{
  ScopeRunState state = scope_run_get_state (run);

  return state == SCOPE_RUN_RUNNING || state == SCOPE_RUN_PAUSED || state == SCOPE_RUN_MEASURING;
}

gboolean
scope_run_is_over (ScopeRun *run)
{
  ScopeRunState state = scope_run_get_state (run);

  return state == SCOPE_RUN_FINISHED || state == SCOPE_RUN_DIVERGED || state == SCOPE_RUN_STOPPED;
}

NnKind
scope_run_get_kind (ScopeRun *run)
{
  return run->settings.kind;
}

const NnSettings *
scope_run_get_settings (ScopeRun *run)
{
  return &run->settings;
}

NnSplit *
scope_run_get_split (ScopeRun *run)
{
  /* There may be many kept runs of which nobody asks. The share held out was checked when the file was read. */
  if (run->split == NULL && run->dataset != NULL)
    run->split = nn_split_new (run->dataset, run->settings.hold_out, run->settings.seed, NULL);
  return run->split;
}

const char *
scope_run_get_data_hash (ScopeRun *run)
{
  return run->data_hash != NULL ? run->data_hash : nn_dataset_hash (nn_split_dataset (run->split));
}

guint64
scope_run_get_iteration (ScopeRun *run)
{
  return run->seen.iteration;
}

guint64
scope_run_get_total (ScopeRun *run)
{
  return run->seen.total;
}

gint64
scope_run_get_ended (ScopeRun *run)
{
  return run->ended;
}

double
scope_run_get_seconds (ScopeRun *run)
{
  return run->seen.seconds;
}

double
scope_run_get_names_per_second (ScopeRun *run)
{
  guint64 done = run->seen.iteration - run->first_iteration;

  return run->seen.seconds > 0 && done > 0 ? (double) (done * run->settings.batch) / run->seen.seconds : NAN;
}

double
scope_run_get_seconds_left (ScopeRun *run)
{
  const guint64 names = (run->seen.total - run->seen.iteration) * run->settings.batch;

  return (double) names / scope_run_get_names_per_second (run);
}

void
scope_run_get_recent (ScopeRun *run, double *loss, double *accuracy)
{
  *loss = run->seen.recent_loss;
  *accuracy = run->seen.recent_accuracy;
}

const NnHistory *
scope_run_get_history (ScopeRun *run)
{
  return run->history;
}

NnSnapshot *
scope_run_get_snapshot (ScopeRun *run)
{
  return run->seen.snapshot;
}

GPtrArray *
scope_run_get_timeline (ScopeRun *run)
{
  g_return_val_if_fail (SCOPE_IS_RUN (run), NULL);
  return run->seen.timeline;
}

const char *
scope_run_get_reason (ScopeRun *run)
{
  return run->seen.reason;
}

static gboolean
is_measured (ScopeRun *run)
{
  return scope_run_is_over (run)
         || (run->seen.state == SCOPE_RUN_PAUSED && run->seen.measured_iteration == run->seen.iteration);
}

const NnConfusion *
scope_run_get_confusion (ScopeRun *run)
{
  return is_measured (run) ? run->seen.confusion : NULL;
}

const NnConfusion *
scope_run_get_held_out_confusion (ScopeRun *run)
{
  return is_measured (run) ? run->seen.held_out_confusion : NULL;
}

/* ---- Files ---- */

NnRunRecord *
scope_run_make_record (ScopeRun *run)
{
  NnRunRecord *record = nn_run_record_new ();
  const NnConfusion *confusion = scope_run_get_confusion (run);
  const NnConfusion *held_out = scope_run_get_held_out_confusion (run);

  record->settings = run->settings;
  record->data_hash = g_strdup (scope_run_get_data_hash (run));
  record->classes = g_strdupv (run->seen.snapshot->model->classes);
  record->parameters = run->n_parameters;
  record->iterations = run->seen.iteration;
  record->seconds = run->seen.seconds;
  record->names_per_second = scope_run_get_names_per_second (run);
  g_clear_pointer (&record->history, nn_history_free);
  record->history = nn_history_copy (run->history);
  record->diverged = run->seen.state == SCOPE_RUN_DIVERGED;
  record->reason = g_strdup (run->seen.reason);
  record->train_accuracy = confusion != NULL ? nn_confusion_accuracy (confusion) : NAN;
  record->final_loss = confusion != NULL ? confusion->loss : NAN;
  record->held_out_accuracy = held_out != NULL ? nn_confusion_accuracy (held_out) : NAN;
  record->held_out_macro = held_out != NULL ? nn_confusion_macro_accuracy (held_out) : NAN;
  record->confusion = confusion != NULL ? nn_confusion_copy (confusion) : NULL;
  record->held_out_confusion = held_out != NULL ? nn_confusion_copy (held_out) : NULL;
  return record;
}

gboolean
scope_run_save_weights (ScopeRun *run, const char *path, GError **error)
{
  g_autoptr (NnWeightsFacts) facts = nn_weights_facts_new ();

  g_return_val_if_fail (SCOPE_IS_RUN (run) && path != NULL, FALSE);
  facts->has_iterations = TRUE;
  facts->iterations = run->seen.snapshot->iteration;
  facts->has_seed = TRUE;
  facts->seed = run->settings.seed;
  facts->data_hash = g_strdup (scope_run_get_data_hash (run));
  facts->generator = g_strdup (run->seen.generator);
  return nn_weights_save (run->seen.snapshot->model, facts, path, error);
}
