/* trainer.c: training, its curves, its ends, and its going on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/error.h"
#include "engine/inspect.h"
#include "engine/network.h"
#include "engine/trainer.h"
#include "support/known-weights.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

static NnSettings
settings_of (NnKind kind, guint64 iterations, double rate)
{
  return (NnSettings){ .kind = kind, .hidden = 24, .iterations = iterations, .learning_rate = rate, .seed = 3, .batch = 1 };
}

static NnTrainer *
trainer_of (const NnSettings *settings, const NnModel *initial)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (settings, split, initial, &error);

  g_assert_no_error (error);
  return trainer;
}

static void
run_to_end (NnTrainer *trainer)
{
  while (nn_trainer_run (trainer, 333) == NN_TRAINER_RUNNING)
    ;
}

static void
assert_same_weights (const NnModel *a, const NnModel *b)
{
  g_assert_cmpmem (a->parameters, a->layout.size * sizeof (float), b->parameters, b->layout.size * sizeof (float));
}

static void
test_same_seed_same_bits (gconstpointer data)
{
  NnSettings settings = settings_of ((NnKind) GPOINTER_TO_INT (data), 1500, 0.02);
  g_autoptr (NnTrainer) first = trainer_of (&settings, NULL);
  g_autoptr (NnTrainer) second = trainer_of (&settings, NULL);
  g_autoptr (NnTrainer) other = NULL;

  run_to_end (first);
  while (nn_trainer_step (second) == NN_TRAINER_RUNNING)
    ;
  assert_same_weights (nn_trainer_model (first), nn_trainer_model (second));
  g_assert_cmpuint (nn_history_length (nn_trainer_history (first)), ==, 2);
  g_assert_cmpmem (nn_history_point (nn_trainer_history (first), 0), 24,
                   nn_history_point (nn_trainer_history (second), 0), 24);
  settings.seed = 4;
  other = trainer_of (&settings, NULL);
  g_assert_cmpint (memcmp (nn_trainer_model (first)->parameters, nn_trainer_model (other)->parameters, 4000), !=, 0);
}

static void
test_learns (gconstpointer data)
{
  NnKind kind = (NnKind) GPOINTER_TO_INT (data);
  NnSettings settings = settings_of (kind, 6000, kind == NN_RNN ? 0.01 : 0.1);
  g_autoptr (NnTrainer) trainer = trainer_of (&settings, NULL);
  const NnHistory *history = nn_trainer_history (trainer);

  run_to_end (trainer);
  g_assert_cmpint (nn_trainer_status (trainer), ==, NN_TRAINER_FINISHED);
  g_assert_cmpuint (nn_history_length (history), ==, 6);
  /* Chance is 1/3; one string in 36 rows can't be told. */
  g_assert_cmpfloat (nn_history_last (history)->accuracy, >, 0.85);
  g_assert_cmpfloat (nn_history_last (history)->loss, <, nn_history_point (history, 0)->loss);
  g_assert_cmpfloat (nn_trainer_seconds (trainer), >, 0);
}

/* A point is the mean over its iterations of the loss before each one's own update: replayed by hand. */
static void
test_points_are_means (void)
{
  NnSettings settings = settings_of (NN_LSTM, 4, 0.5);
  g_autoptr (NnTrainer) trainer = trainer_of (&settings, NULL);
  NnExample order[] = { { "Alana", 0 }, { "Bobo", 1 }, { "Nusk", 2 }, { "Nova", 1 } };
  g_autoptr (NnModel) model = nn_model_copy (nn_trainer_model (trainer));
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  double sum = 0;
  guint right = 0;

  nn_trainer_set_order (trainer, order, G_N_ELEMENTS (order));
  run_to_end (trainer);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      float log_probs[NN_MAX_CLASSES], loss;
      guint guess = nn_model_predict (model, order[i].ascii, log_probs);

      sum -= log_probs[order[i].target];
      right += guess == order[i].target;
      nn_workspace_set_name (workspace, order[i].ascii);
      g_assert_true (
          nn_network_learn (model, workspace, order[i].target, model->parameters, -0.5f, &guess, &loss));
    }
  g_assert_cmpuint (nn_history_length (nn_trainer_history (trainer)), ==, 1);
  g_assert_cmpuint (nn_history_last (nn_trainer_history (trainer))->iteration, ==, 4);
  g_assert_cmpfloat_with_epsilon (nn_history_last (nn_trainer_history (trainer))->loss, sum / 4, 1e-6);
  g_assert_cmpfloat_with_epsilon (nn_history_last (nn_trainer_history (trainer))->accuracy, right / 4.0, 1e-12);
  assert_same_weights (model, nn_trainer_model (trainer));
}

static void
test_divergence_keeps_finite_weights (void)
{
  NnSettings settings = settings_of (NN_RNN, 100000, 1.5);
  g_autoptr (NnTrainer) trainer = trainer_of (&settings, NULL);
  g_autofree char *start = NULL;
  guint64 iteration;

  run_to_end (trainer);
  iteration = nn_trainer_iteration (trainer);
  g_assert_cmpint (nn_trainer_status (trainer), ==, NN_TRAINER_DIVERGED);
  g_assert_true (nn_model_is_finite (nn_trainer_model (trainer)));
  start = g_strdup_printf (
      "the loss or its gradient was no longer a finite number at iteration %" G_GUINT64_FORMAT " (learning rate 1.5)",
      iteration + 1);
  g_assert_true (g_str_has_prefix (nn_trainer_reason (trainer), start));
  g_assert_cmpint (nn_trainer_step (trainer), ==, NN_TRAINER_DIVERGED);
  g_assert_cmpuint (nn_trainer_iteration (trainer), ==, iteration);
}

/* Weights that are large but finite: the loss or a gradient is not, and nothing may change. */
static void
test_no_step_from_overflow (void)
{
  NnSettings settings = settings_of (NN_RNN, 10, 0.1);
  g_autoptr (NnTrainer) plain = trainer_of (&settings, NULL);
  g_autoptr (NnModel) model = nn_model_copy (nn_trainer_model (plain));
  g_autoptr (NnTrainer) trainer = NULL;

  for (gsize i = 0; i < model->layout.size; i++)
    model->parameters[i] *= 1e37f;
  trainer = trainer_of (&settings, model);
  run_to_end (trainer);
  g_assert_cmpint (nn_trainer_status (trainer), ==, NN_TRAINER_DIVERGED);
  g_assert_cmpuint (nn_trainer_iteration (trainer), ==, 0);
  assert_same_weights (nn_trainer_model (trainer), model);
}

static void
test_resumed_is_uninterrupted (void)
{
  NnSettings settings = settings_of (NN_GATE_LSTM, 900, 0.1);
  g_autoptr (NnTrainer) whole = NULL;
  g_autoptr (NnTrainer) first = trainer_of (&settings, NULL);
  g_autoptr (NnTrainer) second = NULL;
  g_autofree char *generator = NULL;
  g_autoptr (GError) error = NULL;

  run_to_end (first);
  generator = nn_trainer_generator (first);
  second = trainer_of (&settings, nn_trainer_model (first));
  g_assert_true (nn_trainer_resume (second, generator, nn_trainer_iteration (first), &error));
  g_assert_no_error (error);
  run_to_end (second);
  g_assert_cmpuint (nn_trainer_iteration (second), ==, 1800);
  settings.iterations = 1800;
  whole = trainer_of (&settings, NULL);
  run_to_end (whole);
  assert_same_weights (nn_trainer_model (whole), nn_trainer_model (second));
}

static void
test_extended_is_uninterrupted (void)
{
  NnSettings settings = settings_of (NN_LSTM, 700, 0.1);
  g_autoptr (NnTrainer) extended = trainer_of (&settings, NULL);
  g_autoptr (NnTrainer) whole = NULL;

  run_to_end (extended);
  nn_trainer_extend (extended, 800);
  run_to_end (extended);
  settings.iterations = 1500;
  whole = trainer_of (&settings, NULL);
  run_to_end (whole);
  assert_same_weights (nn_trainer_model (whole), nn_trainer_model (extended));
}

static void
test_broken_generator (void)
{
  NnSettings settings = settings_of (NN_RNN, 10, 0.1);
  g_autoptr (NnTrainer) trainer = trainer_of (&settings, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_trainer_resume (trainer, "AAAA", 5, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_WEIGHTS);
  g_assert_cmpstr (error->message, ==,
                   "the state of the draws in the weights file can't be read; give a seed to draw anew");
  g_assert_cmpuint (nn_trainer_iteration (trainer), ==, 0);
}

static void
test_misfits (void)
{
  static const char *const other[] = { "A", "B", "C", NULL };
  NnSettings settings = settings_of (NN_RNN, 10, 0.1);
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnModel) lstm = nn_model_new (NN_LSTM, 24, other, NULL);
  g_autoptr (NnModel) rnn = nn_model_new (NN_RNN, 24, other, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_trainer_new (&settings, split, lstm, &error));
  g_assert_cmpstr (error->message, ==,
                   "the weights are of lstm with hidden size 24, the run is of rnn with hidden size 24");
  g_clear_error (&error);
  g_assert_null (nn_trainer_new (&settings, split, rnn, &error));
  g_assert_cmpstr (error->message, ==,
                   "the weights are for 3 classes (A, ...), the data has 3 (Ala, ...): use the data that they were "
                   "trained on");
  g_clear_error (&error);
  settings.hidden = 7;
  g_assert_null (nn_trainer_new (&settings, split, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SETTINGS);
}

/* Twenty times a run, and at its end, whatever the length. */
static void
test_held_out_is_measured (void)
{
  g_autoptr (NnSplit) split = small_data_split (0.2);
  NnSettings settings = settings_of (NN_RNN, 40500, 0.01);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (&settings, split, NULL, NULL);
  guint measured = 0;

  while (nn_trainer_status (trainer) == NN_TRAINER_RUNNING)
    {
      nn_trainer_run (trainer, 1000);
      if (nn_trainer_needs_held_out (trainer))
        {
          double accuracy = nn_trainer_measure_held_out (trainer);

          g_assert_false (nn_trainer_needs_held_out (trainer));
          g_assert_cmpfloat (nn_history_last (nn_trainer_history (trainer))->held_out_accuracy, ==, accuracy);
          measured++;
        }
    }
  g_assert_cmpuint (measured, ==, 21);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *same = g_strconcat ("/trainer/same-seed-same-bits/", nn_kind_id ((NnKind) kind), NULL);
      g_autofree char *learns = g_strconcat ("/trainer/learns/", nn_kind_id ((NnKind) kind), NULL);

      g_test_add_data_func (same, GINT_TO_POINTER (kind), test_same_seed_same_bits);
      g_test_add_data_func (learns, GINT_TO_POINTER (kind), test_learns);
    }
  g_test_add_func ("/trainer/points-are-means", test_points_are_means);
  g_test_add_func ("/trainer/divergence", test_divergence_keeps_finite_weights);
  g_test_add_func ("/trainer/no-step-from-overflow", test_no_step_from_overflow);
  g_test_add_func ("/trainer/resumed", test_resumed_is_uninterrupted);
  g_test_add_func ("/trainer/extended", test_extended_is_uninterrupted);
  g_test_add_func ("/trainer/broken-generator", test_broken_generator);
  g_test_add_func ("/trainer/misfits", test_misfits);
  g_test_add_func ("/trainer/held-out", test_held_out_is_measured);
  return g_test_run ();
}
