/* measure-training.c: how fast networks learn, and show their gates.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure-training.h"

#include "machine.h"

#include "engine/inspect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TYPED "Satoshi"
#define N_TRACES 301

/* Not timed: it warms the caches. */
static void
note_losses (Training *training, NnTrainer *trainer)
{
  for (guint i = 0; i < training->n_losses; i++)
    {
      nn_trainer_step (trainer);
      training->losses[i] = (float) nn_trainer_last_loss (trainer);
    }
}

/* As programs train: what two threads share is gathered only when they look. */
static void
add_pass (Training *training, NnTrainer *trainer)
{
  Stopwatch start = stopwatch_now (), taken;
  const guint64 end = nn_trainer_iteration (trainer) + training->n_losses;

  while (nn_trainer_iteration (trainer) < end)
    nn_trainer_run (trainer, (guint) (end - nn_trainer_iteration (trainer)));
  taken = stopwatch_since (start);
  training->all.processor += taken.processor;
  training->all.wall += taken.wall;
  training->fastest = fmin (training->fastest, taken.processor);
}

static void
train (Training *training, const Names *names, const NnExample *order, const NnSettings *settings, guint n,
       guint passes, guint threads)
{
  g_autoptr (NnTrainer) trainer = nn_trainer_new (settings, names->split, NULL, NULL);
  g_autofree NnExample *examples = g_new (NnExample, (gsize) n * (passes + 1));

  g_assert_true (trainer != NULL && n % settings->batch == 0);
  *training = (Training){ .fastest = INFINITY, .n_losses = n / settings->batch };
  training->losses = g_new (float, training->n_losses);
  for (guint i = 0; i <= passes; i++)
    memcpy (examples + (gsize) i * n, order, n * sizeof *order);
  for (guint i = 0; i < n; i++)
    training->steps += (guint) strlen (order[i].ascii) - 1;
  nn_trainer_set_order (trainer, examples, n * (passes + 1));
  note_losses (training, trainer);
  nn_trainer_set_threads (trainer, threads);
  for (guint i = 0; i < passes; i++)
    add_pass (training, trainer);
  g_assert_cmpint (nn_trainer_status (trainer), ==, NN_TRAINER_FINISHED);
}

void
measure_training (Training *training, const Names *names, NnKind kind, guint hidden, guint n, guint passes,
                  guint threads, guint batch)
{
  NnSettings settings = names_settings (kind, hidden);

  settings.batch = batch;
  train (training, names, names->order, &settings, n, passes, threads);
}

void
measure_letters (Training *training, const Names *names, NnKind kind, guint letters, guint n, guint passes)
{
  const NnSettings settings = names_settings (kind, 128);
  g_autofree NnExample *order = g_new0 (NnExample, n);

  for (guint i = 0; i < n; i++)
    {
      for (guint t = 0; t < letters; t++)
        order[i].ascii[t] = nn_letter ((7 * i + 11 * t) % 26);
      order[i].target = i % nn_dataset_n_classes (names->dataset);
    }
  train (training, names, order, &settings, n, passes, 1);
}

static int
compare_seconds (const void *a, const void *b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

double
measure_trace (const Names *names, NnKind kind, gboolean flushed)
{
  g_autoptr (NnModel) model = names_model (names, kind, 128);
  double seconds[N_TRACES];

  for (guint i = 0; i < N_TRACES; i++)
    {
      g_autoptr (NnTrace) trace = NULL;
      Stopwatch start;

      if (flushed)
        machine_flush (model->parameters, model->layout.size * sizeof (float));
      start = stopwatch_now ();
      trace = nn_trace_new (model, TYPED, -1);
      seconds[i] = stopwatch_since (start).wall;
    }
  qsort (seconds, N_TRACES, sizeof *seconds, compare_seconds);
  return seconds[N_TRACES / 2];
}
