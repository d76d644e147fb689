/* trainer.c: trains one network, an iteration at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/trainer.h"

#include "engine/descent.h"
#include "engine/error.h"
#include "engine/i18n.h"
#include "engine/lstm-team.h"
#include "engine/network.h"
#include "engine/sampler.h"

#include <math.h>

/* How often a run measures held-out accuracy. */
#define HELD_OUT_MEASUREMENTS 20

struct _NnTrainer
{
  NnSettings settings;
  NnSplit *split;
  NnModel *model;
  NnWorkspace *workspace;
  NnDescent *descent;  /* of settings that are not plain; else NULL, and weights change in place */
  NnBatchName *names;  /* [settings.batch]: of the iteration that is under way */
  NnHistory *history;
  gsl_rng *random;

  NnExample *order; /* NULL: names are drawn */
  guint n_order;

  NnTrainerStatus status;
  char *reason;
  guint64 iteration;
  guint64 first; /* iterations done before this run began */
  guint64 total;
  double seconds;

  guint64 n_names; /* learned from in this run */

  /* The point of the curves that is under way, over names. */
  double loss_sum;
  guint right, counted;
  double last_loss;
};

/* ---- Making ---- */

static gboolean
initial_fits (const NnSettings *settings, NnDataset *dataset, const NnModel *initial, GError **error)
{
  if (initial->kind != settings->kind || initial->hidden != settings->hidden)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_WEIGHTS,
                   _("the weights are of %s with hidden size %u, the run is of %s with hidden size %u"),
                   nn_kind_id (initial->kind), initial->hidden, nn_kind_id (settings->kind), settings->hidden);
      return FALSE;
    }
  if (!g_strv_equal ((const char *const *) initial->classes, nn_dataset_class_names (dataset)))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_WEIGHTS,
                   _("the weights are for %u classes (%s, ...), the data has %u (%s, ...): use the data that they were "
                     "trained on"),
                   initial->n_classes, initial->classes[0], nn_dataset_n_classes (dataset),
                   nn_dataset_class_names (dataset)[0]);
      return FALSE;
    }
  return TRUE;
}

static NnModel *
new_model (const NnSettings *settings, NnDataset *dataset, GError **error)
{
  NnModel *model = nn_model_new (settings->kind, settings->hidden, nn_dataset_class_names (dataset), error);
  g_autoptr (gsl_rng) random = nn_random_new (settings->seed, NN_STREAM_WEIGHTS);

  if (model != NULL)
    nn_model_initialise (model, random);
  return model;
}

NnTrainer *
nn_trainer_new (const NnSettings *settings, NnSplit *split, const NnModel *initial, GError **error)
{
  NnDataset *dataset;
  NnTrainer *trainer;
  NnModel *model;

  g_return_val_if_fail (settings != NULL && split != NULL, NULL);
  dataset = nn_split_dataset (split);
  if (!nn_settings_check (settings, error))
    return NULL;
  if (initial != NULL && !initial_fits (settings, dataset, initial, error))
    return NULL;
  model = initial != NULL ? nn_model_copy (initial) : new_model (settings, dataset, error);
  if (model == NULL)
    return NULL;

  trainer = g_new0 (NnTrainer, 1);
  trainer->settings = *settings;
  trainer->split = nn_split_ref (split);
  trainer->model = model;
  trainer->workspace = nn_workspace_new (model);
  trainer->descent = nn_settings_are_plain (settings) ? NULL : nn_descent_new (settings, model);
  trainer->names = g_new (NnBatchName, settings->batch);
  trainer->history = nn_history_new ();
  trainer->random = nn_random_new (settings->seed, NN_STREAM_DRAWS);
  trainer->total = settings->iterations;
  trainer->last_loss = NAN;
  return trainer;
}

void
nn_trainer_free (NnTrainer *trainer)
{
  if (trainer == NULL)
    return;
  nn_split_unref (trainer->split);
  nn_model_free (trainer->model);
  nn_workspace_free (trainer->workspace);
  nn_descent_free (trainer->descent);
  g_free (trainer->names);
  nn_history_free (trainer->history);
  gsl_rng_free (trainer->random);
  g_free (trainer->order);
  g_free (trainer->reason);
  g_free (trainer);
}

void
nn_trainer_set_order (NnTrainer *trainer, const NnExample *examples, guint n_examples)
{
  g_return_if_fail (trainer != NULL && examples != NULL && n_examples > 0 && trainer->iteration == trainer->first);
  trainer->order = g_memdup2 (examples, n_examples * sizeof *examples);
  trainer->n_order = n_examples;
  trainer->total = trainer->first + (n_examples + trainer->settings.batch - 1) / trainer->settings.batch;
}

gboolean
nn_trainer_resume (NnTrainer *trainer, const char *generator, guint64 iterations, GError **error)
{
  g_return_val_if_fail (trainer != NULL && generator != NULL && trainer->iteration == 0, FALSE);
  if (!nn_random_restore (trainer->random, generator))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_WEIGHTS,
                           _("the state of the draws in the weights file can't be read; give a seed to draw anew"));
      return FALSE;
    }
  trainer->first = iterations;
  trainer->iteration = iterations;
  trainer->total = iterations + trainer->settings.iterations;
  return TRUE;
}

void
nn_trainer_set_threads (NnTrainer *trainer, guint threads)
{
  NnWorkspace *workspace;

  g_return_if_fail (trainer != NULL && (threads == 1 || threads == 2));
  workspace = trainer->workspace;
  /* A batch has no second thread. */
  if (threads == 1 || trainer->descent != NULL)
    g_clear_pointer (&workspace->team, nn_team_free);
  else if (workspace->team == NULL)
    workspace->team = nn_team_new (trainer->model, workspace);
}

void
nn_trainer_extend (NnTrainer *trainer, guint64 iterations)
{
  g_return_if_fail (trainer != NULL && trainer->order == NULL);
  trainer->total += iterations;
  if (trainer->status == NN_TRAINER_FINISHED && iterations > 0)
    trainer->status = NN_TRAINER_RUNNING;
}

/* ---- Training ---- */

static void
diverge (NnTrainer *trainer)
{
  trainer->status = NN_TRAINER_DIVERGED;
  trainer->reason = g_strdup_printf ("the loss or its gradient was no longer a finite number at iteration %" G_GUINT64_FORMAT
                                     " (learning rate %g); the weights from before it are kept",
                                     trainer->iteration + 1, trainer->settings.learning_rate);
  nn_trainer_flush (trainer);
}

void
nn_trainer_flush (NnTrainer *trainer)
{
  if (trainer->counted == 0)
    return;
  nn_history_add (trainer->history, &(NnPoint){
                                        .iteration = trainer->iteration,
                                        .loss = trainer->loss_sum / trainer->counted,
                                        .accuracy = (double) trainer->right / trainer->counted,
                                        .held_out_accuracy = NAN,
                                    });
  trainer->loss_sum = 0;
  trainer->right = 0;
  trainer->counted = 0;
}

/* The names of the next iteration, from the list or drawn. Returns how many: the list may end within a batch. */
static guint
next_names (NnTrainer *trainer)
{
  NnDataset *dataset = nn_split_dataset (trainer->split);
  const guint batch = trainer->settings.batch;
  guint n = 0;

  if (trainer->order != NULL)
    {
      const guint first = (guint) (trainer->iteration - trainer->first) * batch;

      for (; n < batch && first + n < trainer->n_order; n++)
        trainer->names[n] = (NnBatchName){ trainer->order[first + n].ascii, trainer->order[first + n].target };
      return n;
    }
  for (; n < batch; n++)
    {
      const guint row = nn_sampler_draw (trainer->split, trainer->random);

      trainer->names[n] = (NnBatchName){ nn_dataset_row_ascii (dataset, row), nn_dataset_row_class (dataset, row) };
    }
  return n;
}

/* One update. @loss: the mean over the @n names; @right: how many of them were guessed right. */
static gboolean
learn (NnTrainer *trainer, guint n, double *loss, guint *right)
{
  const NnBatchName *name = trainer->names;
  float name_loss;
  guint guess;

  if (trainer->descent != NULL)
    return nn_descent_step (trainer->descent, trainer->names, n, trainer->iteration - trainer->first, loss, right);
  nn_workspace_set_name (trainer->workspace, name->ascii);
  if (!nn_network_learn (trainer->model, trainer->workspace, name->target, trainer->model->parameters,
                         (float) -trainer->settings.learning_rate, &guess, &name_loss))
    return FALSE;
  *loss = (double) name_loss;
  *right = guess == name->target;
  return TRUE;
}

static NnTrainerStatus
step (NnTrainer *trainer)
{
  double loss;
  guint n, right;

  if (trainer->status != NN_TRAINER_RUNNING)
    return trainer->status;
  n = next_names (trainer);
  if (!learn (trainer, n, &loss, &right))
    {
      diverge (trainer);
      return trainer->status;
    }
  trainer->iteration++;
  trainer->n_names += n;
  trainer->last_loss = loss;
  trainer->loss_sum += loss * n;
  trainer->right += right;
  trainer->counted += n;
  if (trainer->iteration % NN_POINT_ITERATIONS == 0 || trainer->iteration == trainer->total)
    nn_trainer_flush (trainer);
  if (trainer->iteration == trainer->total)
    trainer->status = NN_TRAINER_FINISHED;
  return trainer->status;
}

/* A second thread's half of the weights comes back before anybody can look. */
static void
gather_weights (NnTrainer *trainer)
{
  if (trainer->workspace->team != NULL)
    nn_team_flush (trainer->workspace->team);
}

NnTrainerStatus
nn_trainer_step (NnTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NN_TRAINER_FINISHED);
  step (trainer);
  gather_weights (trainer);
  return trainer->status;
}

NnTrainerStatus
nn_trainer_run (NnTrainer *trainer, guint steps)
{
  gint64 start = g_get_monotonic_time ();
  guint points;

  g_return_val_if_fail (trainer != NULL, NN_TRAINER_FINISHED);
  points = nn_history_length (trainer->history);
  for (guint i = 0; i < steps && trainer->status == NN_TRAINER_RUNNING; i++)
    {
      step (trainer);
      if (nn_history_length (trainer->history) > points)
        break;
    }
  gather_weights (trainer);
  trainer->seconds += (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  return trainer->status;
}

/* ---- Held-out accuracy ---- */

gboolean
nn_trainer_needs_held_out (const NnTrainer *trainer)
{
  const NnPoint *last = nn_history_last (trainer->history);
  guint64 points = (trainer->total - trainer->first + NN_POINT_ITERATIONS - 1) / NN_POINT_ITERATIONS;
  guint64 every = MAX (points / HELD_OUT_MEASUREMENTS, 1) * NN_POINT_ITERATIONS;
  guint n_held_out;

  nn_split_held_out_rows (trainer->split, &n_held_out);
  if (n_held_out == 0 || last == NULL || last->iteration != trainer->iteration || !isnan (last->held_out_accuracy))
    return FALSE;
  return trainer->iteration % every == 0 || trainer->status != NN_TRAINER_RUNNING;
}

double
nn_trainer_measure_held_out (NnTrainer *trainer)
{
  guint n_held_out;
  const guint *rows = nn_split_held_out_rows (trainer->split, &n_held_out);
  g_autoptr (NnConfusion) confusion
      = nn_evaluate_rows (nn_trainer_model (trainer), nn_split_dataset (trainer->split), rows, n_held_out, NULL, NULL);
  double accuracy = nn_confusion_accuracy (confusion);

  g_array_index (trainer->history->points, NnPoint, nn_history_length (trainer->history) - 1).held_out_accuracy = accuracy;
  return accuracy;
}

/* ---- Reading ---- */

NnTrainerStatus
nn_trainer_status (const NnTrainer *trainer)
{
  return trainer->status;
}

const char *
nn_trainer_reason (const NnTrainer *trainer)
{
  return trainer->reason;
}

const NnModel *
nn_trainer_model (const NnTrainer *trainer)
{
  return trainer->descent != NULL ? nn_descent_model (trainer->descent) : trainer->model;
}

const NnHistory *
nn_trainer_history (const NnTrainer *trainer)
{
  return trainer->history;
}

const NnSettings *
nn_trainer_settings (const NnTrainer *trainer)
{
  return &trainer->settings;
}

NnSplit *
nn_trainer_split (const NnTrainer *trainer)
{
  return trainer->split;
}

guint64
nn_trainer_iteration (const NnTrainer *trainer)
{
  return trainer->iteration;
}

guint64
nn_trainer_total (const NnTrainer *trainer)
{
  return trainer->total;
}

guint64
nn_trainer_n_names (const NnTrainer *trainer)
{
  return trainer->n_names;
}

double
nn_trainer_seconds (const NnTrainer *trainer)
{
  return trainer->seconds;
}

void
nn_trainer_point_under_way (const NnTrainer *trainer, double *loss, double *accuracy)
{
  *loss = trainer->counted > 0 ? trainer->loss_sum / trainer->counted : NAN;
  *accuracy = trainer->counted > 0 ? (double) trainer->right / trainer->counted : NAN;
}

double
nn_trainer_last_loss (const NnTrainer *trainer)
{
  return trainer->last_loss;
}

char *
nn_trainer_generator (const NnTrainer *trainer)
{
  return nn_random_state_text (trainer->random);
}
