/* training.c: a network that is being trained, on names that are drawn or on a fixed list.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/training.h"

#include <math.h>

CliTraining *
cli_training_new (const CliPlan *plan, void (*changed) (gpointer data), gpointer data)
{
  CliTraining *training = g_new0 (CliTraining, 1);

  training->plan = plan;
  training->changed = changed;
  training->data = data;
  training->view.names_per_second = training->view.seconds_left = NAN;
  training->view.loss = training->view.accuracy = NAN;
  return training;
}

gboolean
cli_training_prepare (CliTraining *training, GError **error)
{
  const CliPlan *plan = training->plan;
  NnTrainer *trainer;

  if (training->run != NULL || training->order_run != NULL)
    return TRUE;
  trainer = cli_plan_make_trainer (plan, error);
  if (trainer == NULL)
    return FALSE;
  if (plan->order != NULL)
    {
      training->order_run = cli_order_run_new_take (trainer, plan->order->len);
      return TRUE;
    }
  training->run = scope_run_new_take (trainer);
  scope_run_set_threads (training->run, plan->threads);
  /* Nobody looks at the weights before the end. */
  scope_run_set_watched (training->run, FALSE);
  g_signal_connect_swapped (training->run, "updated", G_CALLBACK (training->changed), training->data);
  return TRUE;
}

void
cli_training_release (CliTraining *training)
{
  /* The view's were the run's. */
  training->view.history = training->record->history;
  training->view.reason = training->record->reason;
  if (training->run != NULL)
    g_signal_handlers_disconnect_by_data (training->run, training->data);
  g_clear_object (&training->run);
  g_clear_pointer (&training->order_run, cli_order_run_free);
}

void
cli_training_free (CliTraining *training)
{
  if (training->run != NULL)
    g_signal_handlers_disconnect_by_data (training->run, training->data);
  g_clear_object (&training->run);
  g_clear_pointer (&training->order_run, cli_order_run_free);
  g_clear_pointer (&training->record, nn_run_record_free);
  g_free (training);
}

void
cli_training_start (CliTraining *training)
{
  if (training->run != NULL)
    scope_run_start (training->run);
  else
    cli_order_run_start (training->order_run, training->changed, training->data);
}

void
cli_training_stop (CliTraining *training, gboolean hurry)
{
  if (training->run != NULL)
    scope_run_stop (training->run);
  else if (training->order_run != NULL)
    cli_order_run_stop (training->order_run, hurry);
}

/* ---- Looking ---- */

static void
look_at_run (ScopeRun *run, CliTrainingView *view)
{
  ScopeRunState state = scope_run_get_state (run);

  view->measuring = state == SCOPE_RUN_MEASURING;
  view->over = scope_run_is_over (run);
  view->stopped = state == SCOPE_RUN_STOPPED;
  view->iteration = scope_run_get_iteration (run);
  view->seconds_left = scope_run_get_seconds_left (run);
  view->names_per_second = scope_run_get_names_per_second (run);
  view->history = scope_run_get_history (run);
  view->reason = scope_run_get_reason (run);
  scope_run_get_recent (run, &view->loss, &view->accuracy);
}

static void
look_at_order_run (CliOrderRun *run, const CliPlan *plan, CliTrainingView *view)
{
  CliOrderView seen;
  guint64 names;

  cli_order_run_look (run, &seen);
  names = MIN (seen.iteration * plan->settings.batch, plan->order->len);
  view->measuring = !seen.over && seen.iteration == plan->settings.iterations;
  view->over = seen.over;
  view->stopped = seen.stopped;
  view->iteration = seen.iteration;
  view->names_per_second = seen.seconds > 0 && seen.iteration > 0 ? (double) names / seen.seconds : NAN;
  view->seconds_left = (double) (plan->order->len - names) / view->names_per_second;
  view->history = seen.history;
  view->loss = seen.loss;
  view->accuracy = seen.accuracy;
  view->reason = cli_order_run_reason (run);
}

void
cli_training_look (CliTraining *training)
{
  const CliPlan *plan = training->plan;
  CliTrainingView *view = &training->view;

  if (training->run != NULL)
    look_at_run (training->run, view);
  else if (training->order_run != NULL)
    look_at_order_run (training->order_run, plan, view);
  else
    return;
  view->done = (double) (view->iteration - plan->iterations_before) / (double) plan->settings.iterations;
}

/* ---- Keeping ---- */

static gboolean
save_weights (CliTraining *training, GError **error)
{
  const char *path = training->plan->weights_path;

  return training->run != NULL ? scope_run_save_weights (training->run, path, error)
                               : cli_order_run_save_weights (training->order_run, path, error);
}

gboolean
cli_training_keep (CliTraining *training, GError **error)
{
  const CliPlan *plan = training->plan;
  NnRunRecord *record = training->run != NULL ? scope_run_make_record (training->run)
                                              : cli_order_run_make_record (training->order_run);

  g_assert (training->record == NULL);
  training->record = record;
  record->preset = g_strdup (plan->preset);
  if (plan->weights_path == NULL)
    return TRUE;
  record->weights = g_path_get_basename (plan->weights_path);
  if (!save_weights (training, error) || !nn_run_record_save (record, plan->record_path, error))
    return FALSE;
  training->kept = TRUE;
  return TRUE;
}
