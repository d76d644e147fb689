/* report-train.c: trains what a report is made from.
 *
 * The runs are those of the window, each on its own thread; they deliver what they publish to a main context of this
 * thread's own. The longest begin first, so that no processor is left alone with one at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-train.h"

#include "run/run.h"

#include <math.h>

#define LOOK_INTERVAL 100 /* milliseconds */

/* What an iteration takes, measured beside an RNN's. */
static const double costs[NN_N_KINDS] = {
  [NN_RNN] = 1, [NN_LSTM] = 4.5, [NN_GATE_LSTM] = 4, [NN_GATE_LSTM_HIDDEN] = 4.5,
};

typedef struct
{
  ReportSplit split;
  int probe; /* which of the rates is tried, or -1 */
  NnSettings settings;
  ScopeRun *run; /* NULL before it begins and after it ended */
  gboolean over;
  double cost;
} Task;

typedef struct
{
  ReportRuns *runs;
  NnSplit *splits[REPORT_N_SPLITS];
  GArray *tasks; /* of Task, the longest first */
} Training;

/* ---- What there is to do ---- */

static void
add_task (Training *training, ReportSplit split, int probe, const NnSettings *settings)
{
  Task task = { .split = split, .probe = probe, .settings = *settings };

  task.cost = costs[settings->kind] * (double) settings->iterations;
  g_array_append_val (training->tasks, task);
}

static int
compare_tasks (gconstpointer a, gconstpointer b)
{
  const Task *first = a, *second = b;

  return first->cost > second->cost ? -1 : first->cost < second->cost;
}

static void
list_tasks (Training *training, const ReportOrder *order)
{
  NnSettings settings;

  for (guint split = 0; split < REPORT_N_SPLITS; split++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      {
        settings = report_order_settings (order, (ReportSplit) split, (NnKind) kind);
        if (training->runs->runs[split][kind].record == NULL)
          add_task (training, (ReportSplit) split, -1, &settings);
      }
  for (int i = 0; i < REPORT_N_RATES; i++)
    {
      settings = report_order_settings (order, REPORT_ALL_ROWS, NN_RNN);
      settings.learning_rate = report_rates[i];
      if (training->runs->probes[i] == NULL)
        add_task (training, REPORT_ALL_ROWS, i, &settings);
    }
  g_array_sort (training->tasks, compare_tasks);
}

static gboolean
make_splits (Training *training, const ReportOrder *order, GError **error)
{
  training->splits[REPORT_ALL_ROWS] = nn_split_new (training->runs->dataset, 0, order->seed, error);
  if (training->splits[REPORT_ALL_ROWS] == NULL)
    return FALSE;
  training->splits[REPORT_HELD_OUT] = nn_split_new (training->runs->dataset, REPORT_HOLD_OUT, order->seed, error);
  return training->splits[REPORT_HELD_OUT] != NULL;
}

static void
clear (Training *training)
{
  for (guint i = 0; i < training->tasks->len; i++)
    g_clear_object (&g_array_index (training->tasks, Task, i).run);
  g_array_unref (training->tasks);
  for (guint split = 0; split < REPORT_N_SPLITS; split++)
    g_clear_pointer (&training->splits[split], nn_split_unref);
}

/* ---- Doing it ---- */

static gboolean
begin (Training *training, Task *task, GError **error)
{
  NnTrainer *trainer = nn_trainer_new (&task->settings, training->splits[task->split], NULL, error);

  if (trainer == NULL)
    return FALSE;
  task->run = scope_run_new_take (trainer);
  scope_run_set_background (task->run, TRUE);
  /* Nobody looks at the weights before the end. */
  scope_run_set_watched (task->run, FALSE);
  scope_run_start (task->run);
  return TRUE;
}

static void
keep (Training *training, Task *task)
{
  NnRunRecord *record = scope_run_make_record (task->run);
  ReportRun *run = &training->runs->runs[task->split][task->settings.kind];

  if (task->probe >= 0)
    training->runs->probes[task->probe] = record;
  else
    {
      run->record = record;
      run->snapshot = nn_snapshot_ref (scope_run_get_snapshot (task->run));
    }
  g_clear_object (&task->run);
  task->over = TRUE;
}

/* Ends what is over and begins what has room; a second thread goes to a run where a processor has none.
 * Returns: whether anything is left to do. */
static gboolean
advance (Training *training, gboolean *failed, GError **error)
{
  const guint processors = MAX (g_get_num_processors (), 1);
  guint running = 0, left = 0;

  for (guint i = 0; i < training->tasks->len; i++)
    {
      Task *task = &g_array_index (training->tasks, Task, i);

      if (task->run != NULL && scope_run_is_over (task->run))
        keep (training, task);
      running += task->run != NULL;
      left += !task->over;
    }
  for (guint i = 0; i < training->tasks->len && running < processors; i++)
    {
      Task *task = &g_array_index (training->tasks, Task, i);

      if (task->run != NULL || task->over)
        continue;
      if (!begin (training, task, error))
        {
          *failed = TRUE;
          return FALSE;
        }
      running++;
    }
  for (guint i = 0; i < training->tasks->len; i++)
    if (g_array_index (training->tasks, Task, i).run != NULL)
      scope_run_set_threads (g_array_index (training->tasks, Task, i).run, running < processors ? 2 : 1);
  return left > 0;
}

static double
share_done (const Training *training)
{
  double all = 0, done = 0;

  for (guint i = 0; i < training->tasks->len; i++)
    {
      const Task *task = &g_array_index (training->tasks, Task, i);

      all += task->cost;
      if (task->over)
        done += task->cost;
      else if (task->run != NULL)
        done += task->cost * (double) scope_run_get_iteration (task->run) / (double) task->settings.iterations;
    }
  return all > 0 ? done / all : 1;
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
run_tasks (Training *training, GMainContext *context, ReportTrained trained, gpointer data, GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GSource) timer = g_timeout_source_new (LOOK_INTERVAL);
  gboolean failed = FALSE;

  g_source_set_callback (timer, wake, NULL, NULL);
  g_source_attach (timer, context);
  while (!failed && advance (training, &failed, error))
    {
      trained (share_done (training), data);
      g_main_context_iteration (context, TRUE);
      failed = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  g_source_destroy (timer);
  return !failed;
}

gboolean
report_train (const ReportOrder *order, ReportRuns *runs, ReportTrained trained, gpointer data,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Training training = { .runs = runs };
  gboolean done;

  g_return_val_if_fail (order != NULL && runs != NULL && trained != NULL, FALSE);
  training.tasks = g_array_new (FALSE, TRUE, sizeof (Task));
  list_tasks (&training, order);
  g_main_context_push_thread_default (context);
  done = make_splits (&training, order, error)
         && run_tasks (&training, context, trained, data, cancellable, error);
  clear (&training);
  g_main_context_pop_thread_default (context);
  return done;
}
