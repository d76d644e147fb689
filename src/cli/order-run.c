/* order-run.c: one network's training on a fixed list of names, on a thread of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/order-run.h"

#include "engine/weights.h"
#include "run/lock.h"

#include <math.h>

/* Steps between two publications. */
#define CHUNK 32

struct _CliOrderRun
{
  GThread *thread;
  NnHistory *history; /* what was published of it */
  void (*ended) (gpointer data);
  gpointer data;
  gboolean over; /* seen from the main context; from then on the worker's part can be read */

  /* Under the mutex. */
  GMutex mutex;
  GArray *points; /* of NnPoint: those that were not looked at yet */
  guint64 iteration;
  double seconds;
  gboolean worker_over, wants_stop, wants_hurry;
  GSource *source;

  /* The worker's alone while the thread runs. */
  NnTrainer *trainer;
  guint n_published;
  double *losses;
  guint n_losses;
  gboolean stopped;
  NnConfusion *confusion;
};

CliOrderRun *
cli_order_run_new_take (NnTrainer *trainer, guint n_examples)
{
  CliOrderRun *run = g_new0 (CliOrderRun, 1);

  g_mutex_init (&run->mutex);
  run->history = nn_history_new ();
  run->points = g_array_new (FALSE, FALSE, sizeof (NnPoint));
  run->trainer = trainer;
  /* One more than needed: not even a run without a step is without a list. */
  run->losses = g_new0 (double, (gsize) n_examples + 1);
  return run;
}

void
cli_order_run_free (CliOrderRun *run)
{
  if (run->thread != NULL)
    {
      cli_order_run_stop (run, TRUE);
      g_thread_join (run->thread);
    }
  if (run->source != NULL)
    {
      g_source_destroy (run->source);
      g_source_unref (run->source);
    }
  nn_history_free (run->history);
  g_array_unref (run->points);
  nn_trainer_free (run->trainer);
  g_free (run->losses);
  g_clear_pointer (&run->confusion, nn_confusion_free);
  g_mutex_clear (&run->mutex);
  g_free (run);
}

/* ---- The worker ---- */

static gboolean
publish (CliOrderRun *run)
{
  const NnHistory *history = nn_trainer_history (run->trainer);
  gboolean wants_stop;

  scope_lock (&run->mutex);
  for (; run->n_published < nn_history_length (history); run->n_published++)
    g_array_append_vals (run->points, nn_history_point (history, run->n_published), 1);
  run->iteration = nn_trainer_iteration (run->trainer);
  run->seconds = nn_trainer_seconds (run->trainer);
  wants_stop = run->wants_stop;
  scope_unlock (&run->mutex);
  return !wants_stop;
}

static gboolean
may_measure (double done, gpointer data)
{
  CliOrderRun *run = data;
  gboolean may;

  scope_lock (&run->mutex);
  may = !run->wants_hurry;
  scope_unlock (&run->mutex);
  return may;
}

static gboolean
tell_end (gpointer data)
{
  CliOrderRun *run = data;

  run->ended (run->data);
  return G_SOURCE_REMOVE;
}

static void
publish_end (CliOrderRun *run)
{
  publish (run);
  scope_lock (&run->mutex);
  run->worker_over = TRUE;
  run->source = g_idle_source_new ();
  g_source_set_callback (run->source, tell_end, run, NULL);
  g_source_attach (run->source, NULL);
  scope_unlock (&run->mutex);
}

static gpointer
work (gpointer data)
{
  CliOrderRun *run = data;

  while (nn_trainer_status (run->trainer) == NN_TRAINER_RUNNING && !run->stopped)
    {
      guint64 before = nn_trainer_iteration (run->trainer);

      nn_trainer_run (run->trainer, 1);
      if (nn_trainer_iteration (run->trainer) > before)
        run->losses[run->n_losses++] = nn_trainer_last_loss (run->trainer);
      if (run->n_losses % CHUNK == 0 && !publish (run))
        run->stopped = nn_trainer_status (run->trainer) == NN_TRAINER_RUNNING;
    }
  nn_trainer_flush (run->trainer);
  run->confusion = nn_evaluate_draws (nn_trainer_model (run->trainer), nn_trainer_split (run->trainer),
                                      NN_EVALUATION_DRAWS, nn_trainer_settings (run->trainer)->seed, may_measure, run);
  publish_end (run);
  return NULL;
}

/* ---- The main context's side ---- */

void
cli_order_run_start (CliOrderRun *run, void (*ended) (gpointer data), gpointer data)
{
  run->ended = ended;
  run->data = data;
  run->thread = g_thread_new ("train in order", work, run);
}

void
cli_order_run_stop (CliOrderRun *run, gboolean hurry)
{
  scope_lock (&run->mutex);
  run->wants_stop = TRUE;
  run->wants_hurry = run->wants_hurry || hurry;
  scope_unlock (&run->mutex);
}

void
cli_order_run_look (CliOrderRun *run, CliOrderView *view)
{
  const NnPoint *last;

  scope_lock (&run->mutex);
  for (guint i = 0; i < run->points->len; i++)
    nn_history_add (run->history, &g_array_index (run->points, NnPoint, i));
  g_array_set_size (run->points, 0);
  run->over = run->worker_over;
  *view = (CliOrderView){ .over = run->over, .iteration = run->iteration, .seconds = run->seconds };
  scope_unlock (&run->mutex);
  last = nn_history_last (run->history);
  view->stopped = run->over && run->stopped;
  view->loss = last != NULL ? last->loss : NAN;
  view->accuracy = last != NULL ? last->accuracy : NAN;
  view->history = run->history;
}

const char *
cli_order_run_reason (const CliOrderRun *run)
{
  return run->over ? nn_trainer_reason (run->trainer) : NULL;
}

NnRunRecord *
cli_order_run_make_record (const CliOrderRun *run)
{
  NnRunRecord *record = nn_run_record_new ();
  const NnModel *model = nn_trainer_model (run->trainer);

  g_assert (run->over);
  record->settings = *nn_trainer_settings (run->trainer);
  record->data_hash = g_strdup (nn_dataset_hash (nn_split_dataset (nn_trainer_split (run->trainer))));
  record->classes = g_strdupv (model->classes);
  record->parameters = model->n_parameters;
  record->iterations = nn_trainer_iteration (run->trainer);
  record->seconds = nn_trainer_seconds (run->trainer);
  record->names_per_second = record->seconds > 0 ? (double) nn_trainer_n_names (run->trainer) / record->seconds : NAN;
  record->history = nn_history_copy (nn_trainer_history (run->trainer));
  record->diverged = nn_trainer_status (run->trainer) == NN_TRAINER_DIVERGED;
  record->reason = g_strdup (nn_trainer_reason (run->trainer));
  record->confusion = run->confusion != NULL ? nn_confusion_copy (run->confusion) : NULL;
  record->train_accuracy = run->confusion != NULL ? nn_confusion_accuracy (run->confusion) : NAN;
  record->final_loss = run->confusion != NULL ? run->confusion->loss : NAN;
  record->order_losses = g_memdup2 (run->losses, ((gsize) run->n_losses + 1) * sizeof *run->losses);
  record->n_order_losses = run->n_losses;
  return record;
}

/* Without the state of the draws, which has no part in such a run. */
gboolean
cli_order_run_save_weights (const CliOrderRun *run, const char *path, GError **error)
{
  g_autoptr (NnWeightsFacts) facts = nn_weights_facts_new ();

  g_assert (run->over);
  facts->has_iterations = TRUE;
  facts->iterations = nn_trainer_iteration (run->trainer);
  facts->has_seed = TRUE;
  facts->seed = nn_trainer_settings (run->trainer)->seed;
  facts->data_hash = g_strdup (nn_dataset_hash (nn_split_dataset (nn_trainer_split (run->trainer))));
  return nn_weights_save (nn_trainer_model (run->trainer), facts, path, error);
}
