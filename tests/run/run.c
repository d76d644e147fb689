/* run.c: training on a thread: control, what is published, and ends.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"
#include "support/small-data.h"
#include "support/wait.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define LIMIT 60.0

static NnSettings
settings_of (NnKind kind, guint64 iterations, double rate)
{
  return (NnSettings){ .kind = kind, .hidden = 32, .iterations = iterations, .learning_rate = rate, .seed = 3, .batch = 1 };
}

static NnTrainer *
trainer_of (NnKind kind, guint64 iterations, double rate, double hold_out)
{
  NnSettings settings = settings_of (kind, iterations, rate);
  g_autoptr (NnSplit) split = small_data_split (hold_out);
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer;

  settings.hold_out = hold_out;
  trainer = nn_trainer_new (&settings, split, NULL, &error);
  g_assert_no_error (error);
  return trainer;
}

static ScopeRun *
run_of (NnKind kind, guint64 iterations, double rate)
{
  return scope_run_new_take (trainer_of (kind, iterations, rate, 0));
}

static gboolean
is_over (gpointer run)
{
  return scope_run_is_over (run);
}

static gboolean
is_paused (gpointer run)
{
  return scope_run_get_state (run) == SCOPE_RUN_PAUSED;
}

/* The weights that the engine alone reaches. */
static NnTrainer *
trained (NnKind kind, guint64 iterations, double rate)
{
  NnTrainer *trainer = trainer_of (kind, iterations, rate, 0);

  while (nn_trainer_step (trainer) == NN_TRAINER_RUNNING)
    ;
  return trainer;
}

/* The first @n of the curves. */
static void
assert_same_points (ScopeRun *run, NnTrainer *alone, guint n)
{
  g_assert_cmpuint (n, <=, nn_history_length (scope_run_get_history (run)));
  for (guint i = 0; i < n; i++)
    {
      const NnPoint *point = nn_history_point (scope_run_get_history (run), i);
      const NnPoint *expected = nn_history_point (nn_trainer_history (alone), i);

      g_assert_cmpuint (point->iteration, ==, expected->iteration);
      g_assert_cmpfloat (point->loss, ==, expected->loss);
      g_assert_cmpfloat (point->accuracy, ==, expected->accuracy);
    }
}

static void
assert_as_engine (ScopeRun *run, NnKind kind, guint64 iterations, double rate)
{
  g_autoptr (NnTrainer) alone = trained (kind, iterations, rate);
  const NnModel *model = nn_trainer_model (alone);
  NnSnapshot *snapshot = scope_run_get_snapshot (run);

  g_assert_cmpuint (snapshot->iteration, ==, iterations);
  g_assert_cmpmem (snapshot->model->parameters, model->layout.size * sizeof (float), model->parameters,
                   model->layout.size * sizeof (float));
  g_assert_cmpuint (nn_history_length (scope_run_get_history (run)), ==,
                    nn_history_length (nn_trainer_history (alone)));
  assert_same_points (run, alone, nn_history_length (nn_trainer_history (alone)));
}

static void
test_three_at_once (void)
{
  g_autoptr (ScopeRun) rnn = run_of (NN_RNN, 8000, 0.01);
  g_autoptr (ScopeRun) lstm = run_of (NN_LSTM, 8000, 0.1);
  g_autoptr (ScopeRun) gate = run_of (NN_GATE_LSTM, 8000, 0.1);

  g_assert_cmpint (scope_run_get_state (rnn), ==, SCOPE_RUN_READY);
  scope_run_start (rnn);
  scope_run_start (lstm);
  scope_run_start (gate);
  g_assert_cmpint (scope_run_get_state (rnn), ==, SCOPE_RUN_RUNNING);
  wait_until (is_over, rnn, LIMIT);
  wait_until (is_over, lstm, LIMIT);
  wait_until (is_over, gate, LIMIT);
  assert_as_engine (rnn, NN_RNN, 8000, 0.01);
  assert_as_engine (lstm, NN_LSTM, 8000, 0.1);
  assert_as_engine (gate, NN_GATE_LSTM, 8000, 0.1);
  g_assert_cmpuint (scope_run_get_confusion (lstm)->total, ==, NN_EVALUATION_DRAWS);
  g_assert_null (scope_run_get_held_out_confusion (lstm));
  g_assert_cmpfloat (scope_run_get_names_per_second (lstm), >, 0);
  g_assert_cmpfloat (scope_run_get_seconds_left (lstm), ==, 0);
}

static gboolean
has_moved (gpointer run)
{
  return scope_run_get_iteration (run) > GPOINTER_TO_UINT (g_object_get_data (run, "mark"));
}

static void
mark (ScopeRun *run)
{
  g_object_set_data (G_OBJECT (run), "mark", GUINT_TO_POINTER ((guint) scope_run_get_iteration (run)));
}

/* However long it has trained when it is paused, and however fast this machine is. */
static void
test_pauses_change_nothing (void)
{
  g_autoptr (ScopeRun) run = run_of (NN_LSTM, 1000000000, 0.1);
  g_autoptr (NnTrainer) alone = NULL;
  const NnModel *model;
  guint64 at = 0;

  for (guint i = 0; i < 3; i++)
    {
      mark (run);
      scope_run_start (run);
      wait_until (has_moved, run, LIMIT);
      scope_run_pause (run);
      wait_until (is_paused, run, LIMIT);
      at = scope_run_get_iteration (run);
      g_assert_cmpuint (scope_run_get_snapshot (run)->iteration, ==, at);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (scope_run_get_iteration (run), ==, at);
    }
  alone = trained (NN_LSTM, at, 0.1);
  model = nn_trainer_model (alone);
  g_assert_cmpmem (scope_run_get_snapshot (run)->model->parameters, model->layout.size * sizeof (float),
                   model->parameters, model->layout.size * sizeof (float));
  assert_same_points (run, alone, (guint) (at / NN_POINT_ITERATIONS));
}

static gboolean
has_stepped_to (gpointer run)
{
  return is_paused (run) && scope_run_get_iteration (run) == GPOINTER_TO_UINT (g_object_get_data (run, "mark"));
}

static void
test_steps (void)
{
  g_autoptr (ScopeRun) run = run_of (NN_GATE_LSTM, 5, 0.1);

  for (guint i = 1; i <= 4; i++)
    {
      g_object_set_data (G_OBJECT (run), "mark", GUINT_TO_POINTER (i));
      scope_run_step (run);
      wait_until (has_stepped_to, run, LIMIT);
      g_assert_cmpuint (scope_run_get_snapshot (run)->iteration, ==, i);
    }
  scope_run_step (run);
  wait_until (is_over, run, LIMIT);
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_FINISHED);
  assert_as_engine (run, NN_GATE_LSTM, 5, 0.1);
}

static void
test_stop_keeps_weights (void)
{
  g_autoptr (ScopeRun) run = run_of (NN_LSTM, 1000000000, 0.1);

  mark (run);
  scope_run_start (run);
  wait_until (has_moved, run, LIMIT);
  scope_run_stop (run);
  wait_until (is_over, run, LIMIT);
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_STOPPED);
  g_assert_cmpuint (scope_run_get_snapshot (run)->iteration, ==, scope_run_get_iteration (run));
  g_assert_nonnull (scope_run_get_confusion (run));
  g_assert_cmpuint (nn_history_last (scope_run_get_history (run))->iteration, ==, scope_run_get_iteration (run));
}

static void
test_extended (void)
{
  g_autoptr (ScopeRun) run = run_of (NN_RNN, 3000, 0.01);

  scope_run_start (run);
  wait_until (is_over, run, LIMIT);
  scope_run_extend (run, 2000);
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_PAUSED);
  g_assert_cmpuint (scope_run_get_total (run), ==, 5000);
  scope_run_start (run);
  wait_until (is_over, run, LIMIT);
  g_assert_cmpuint (scope_run_get_iteration (run), ==, 5000);
  assert_as_engine (run, NN_RNN, 5000, 0.01);
}

static void
test_diverged (void)
{
  g_autoptr (ScopeRun) run = run_of (NN_RNN, 1000000, 1.5);

  scope_run_start (run);
  wait_until (is_over, run, LIMIT);
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_DIVERGED);
  g_assert_true (g_str_has_prefix (scope_run_get_reason (run), "the loss or its gradient was no longer"));
  g_assert_true (nn_model_is_finite (scope_run_get_snapshot (run)->model));
  scope_run_start (run);
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_DIVERGED);
}

/* Letting go of a run in each of its states joins its thread; sanitizers and valgrind see what would be left. */
static void
test_released (void)
{
  ScopeRun *run = run_of (NN_LSTM, 1000000000, 0.1);

  g_object_unref (run);
  run = run_of (NN_LSTM, 1000000000, 0.1);
  scope_run_start (run);
  g_object_unref (run);
  run = run_of (NN_LSTM, 1000000000, 0.1);
  mark (run);
  scope_run_start (run);
  wait_until (has_moved, run, LIMIT);
  scope_run_pause (run);
  wait_until (is_paused, run, LIMIT);
  g_object_unref (run);
  run = run_of (NN_RNN, 10, 0.01);
  scope_run_start (run);
  wait_until (is_over, run, LIMIT);
  g_object_unref (run);
}

/* A snapshot that somebody holds never changes, however training goes on. */
static void
test_snapshots_are_whole (void)
{
  g_autoptr (ScopeRun) run = run_of (NN_GATE_LSTM, 1000000000, 0.1);
  g_autoptr (NnSnapshot) held = NULL;
  g_autofree float *kept = NULL;
  gsize size;

  mark (run);
  scope_run_start (run);
  wait_until (has_moved, run, LIMIT);
  held = nn_snapshot_ref (scope_run_get_snapshot (run));
  size = held->model->layout.size * sizeof (float);
  kept = g_memdup2 (held->model->parameters, size);
  mark (run);
  wait_until (has_moved, run, LIMIT);
  scope_run_stop (run);
  wait_until (is_over, run, LIMIT);
  g_assert_cmpmem (held->model->parameters, size, kept, size);
  g_assert_true (scope_run_get_snapshot (run) != held);
}

static void
test_record_and_weights (void)
{
  g_autoptr (ScopeRun) run = scope_run_new_take (trainer_of (NN_LSTM, 2500, 0.1, 0.2));
  g_autoptr (NnRunRecord) record = NULL;
  g_autofree char *folder = g_dir_make_tmp ("run-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lstm.safetensors", NULL);
  g_autoptr (GError) error = NULL;

  scope_run_start (run);
  wait_until (is_over, run, LIMIT);
  record = scope_run_make_record (run);
  g_assert_cmpuint (record->iterations, ==, 2500);
  g_assert_cmpuint (nn_history_length (record->history), ==, 3);
  g_assert_cmpfloat (record->train_accuracy, ==, nn_confusion_accuracy (scope_run_get_confusion (run)));
  g_assert_cmpfloat (record->held_out_macro, ==,
                     nn_confusion_macro_accuracy (scope_run_get_held_out_confusion (run)));
  g_assert_false (isnan (nn_history_last (record->history)->held_out_accuracy));
  g_assert_true (scope_run_save_weights (run, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_false (scope_run_save_weights (run, "/nonexistent/lstm.safetensors", &error));
  g_assert_nonnull (strstr (error->message, "/nonexistent/lstm.safetensors"));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/three-at-once", test_three_at_once);
  g_test_add_func ("/run/pauses-change-nothing", test_pauses_change_nothing);
  g_test_add_func ("/run/steps", test_steps);
  g_test_add_func ("/run/stop-keeps-weights", test_stop_keeps_weights);
  g_test_add_func ("/run/extended", test_extended);
  g_test_add_func ("/run/diverged", test_diverged);
  g_test_add_func ("/run/released", test_released);
  g_test_add_func ("/run/snapshots-are-whole", test_snapshots_are_whole);
  g_test_add_func ("/run/record-and-weights", test_record_and_weights);
  return g_test_run ();
}
