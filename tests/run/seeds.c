/* seeds.c: networks that are trained with several seeds, one after the other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/error.h"
#include "engine/trainer.h"
#include "run/session-fixture.h"
#include "support/wait.h"

#include <math.h>
#include <string.h>

/* Loads the data and asks for @n_seeds seeds from @seed on. */
static void
begin (Fixture *fixture, guint32 seed, guint n_seeds, guint64 iterations)
{
  ScopeSettings settings = *scope_session_get_settings (fixture->session);

  settings.seed = seed;
  settings.n_seeds = n_seeds;
  settings.iterations = iterations;
  settings.hold_out = 0.3;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  fixture_load (fixture, fixture->folder);
}

static void
set_n_seeds (Fixture *fixture, guint n_seeds)
{
  ScopeSettings settings = *scope_session_get_settings (fixture->session);

  settings.n_seeds = n_seeds;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
}

static void
train_to_the_end (Fixture *fixture)
{
  scope_session_train (fixture->session);
  wait_until (fixture_is_over, fixture, LIMIT);
}

static guint
n_results (Fixture *fixture)
{
  return g_list_model_get_n_items (scope_session_get_results (fixture->session));
}

/* The result of a kind's run with @seed, be it earlier or the network's own. (transfer none) */
static ScopeResult *
find (Fixture *fixture, NnKind kind, guint32 seed)
{
  for (guint i = 0; i < n_results (fixture); i++)
    {
      g_autoptr (ScopeResult) result = g_list_model_get_item (scope_session_get_results (fixture->session), i);

      /* A network that was opened has no settings. */
      if (scope_result_get_kind (result) == kind && scope_result_get_settings (result) != NULL
          && scope_result_get_settings (result)->seed == seed)
        return result;
    }
  g_assert_not_reached ();
}

/* Trains with the engine alone what the session should have. */
static void
check_as_alone (Fixture *fixture, ScopeResult *result)
{
  const NnSettings *settings = scope_result_get_settings (result);
  g_autoptr (NnSplit) split
      = nn_split_new (scope_session_get_dataset (fixture->session), settings->hold_out, settings->seed, NULL);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (settings, split, NULL, NULL);
  const NnModel *model = scope_result_get_snapshot (result)->model;
  gsize size = model->layout.size * sizeof (float);

  while (nn_trainer_status (trainer) == NN_TRAINER_RUNNING)
    nn_trainer_step (trainer);
  g_assert_cmpmem (model->parameters, size, nn_trainer_model (trainer)->parameters, size);
}

static void
test_each_as_alone (Fixture *fixture, gconstpointer data)
{
  static const NnKind kinds[] = { NN_RNN, NN_LSTM, NN_GATE_LSTM };
  g_autoptr (GPtrArray) shown = NULL;

  begin (fixture, 5, 3, 1500);
  g_assert_cmpuint (scope_network_get_n_seeds (scope_session_get_network (fixture->session, NN_LSTM)), ==, 3);
  train_to_the_end (fixture);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 2 * 3);
  shown = scope_session_get_shown_results (fixture->session);
  g_assert_cmpuint (shown->len, ==, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const NnModel *models[3];

      for (guint32 s = 0; s < 3; s++)
        {
          ScopeResult *result = find (fixture, kinds[i], 5 + s);

          check_as_alone (fixture, result);
          g_assert_false (isnan (scope_result_get_held_out_macro (result)));
          g_assert_true (scope_result_is_same_but_for_seed (result, find (fixture, kinds[i], 5)));
          models[s] = scope_result_get_snapshot (result)->model;
        }
      for (guint s = 0; s < 3; s++)
        g_assert_cmpint (memcmp (models[s]->parameters, models[(s + 1) % 3]->parameters,
                                 models[s]->layout.size * sizeof (float)),
                         !=, 0);
    }
  g_assert_false (scope_result_is_same_but_for_seed (find (fixture, NN_LSTM, 5), find (fixture, NN_GATE_LSTM, 5)));
  g_assert_true (scope_result_get_network (find (fixture, NN_LSTM, 7)) != NULL);
  g_assert_cmpstr (scope_result_get_title (find (fixture, NN_LSTM, 6)), ==,
                   "LSTM, 16 hidden units, 1500 iterations, 30 % held out, seed 6");
}

typedef struct
{
  Fixture *fixture;
  guint index;
} Wanted;

static gboolean
is_at_seed (gpointer data)
{
  Wanted *wanted = data;
  ScopeNetwork *network = scope_session_get_network (wanted->fixture->session, NN_LSTM);

  return scope_network_get_seed_index (network) >= wanted->index && scope_network_is_trained (network);
}

static void
watch_progress (ScopeNetwork *network, double *last)
{
  double done = scope_network_get_done (network);

  g_assert_cmpfloat (done, >=, *last);
  g_assert_cmpfloat (done, <=, 1);
  *last = done;
}

static void
test_progress_of_all (Fixture *fixture, gconstpointer data)
{
  Wanted second = { fixture, 1 };
  ScopeNetwork *lstm;
  double last = 0;

  begin (fixture, 1, 4, 20000);
  for (guint i = 0; i < NN_N_KINDS; i++)
    scope_network_set_enabled (scope_session_get_network (fixture->session, i), i == NN_LSTM);
  lstm = scope_session_get_network (fixture->session, NN_LSTM);
  g_signal_connect (lstm, "updated", G_CALLBACK (watch_progress), &last);
  scope_session_train (fixture->session);
  wait_until (is_at_seed, &second, LIMIT);
  g_assert_true (scope_session_is_running (fixture->session));
  g_assert_cmpfloat (scope_network_get_done (lstm), >=, 0.25);
  /* Two more whole runs at least. */
  g_assert_cmpfloat (scope_network_get_seconds_left (lstm), >,
                     2 * 20000 / scope_run_get_names_per_second (fixture_run (fixture, NN_LSTM)) * 0.99);
  wait_until (fixture_is_over, fixture, LIMIT);
  g_assert_cmpfloat (last, ==, 1);
  g_signal_handlers_disconnect_by_data (lstm, &last);
}

static void
test_pause_and_reset (Fixture *fixture, gconstpointer data)
{
  Wanted second = { fixture, 1 };
  g_autoptr (GPtrArray) shown = NULL, shown_again = NULL;
  guint n, index;

  begin (fixture, 1, 3, 40000);
  for (guint i = 0; i < NN_N_KINDS; i++)
    scope_network_set_enabled (scope_session_get_network (fixture->session, i), i == NN_LSTM);
  scope_session_train (fixture->session);
  wait_until (is_at_seed, &second, LIMIT);
  scope_session_pause (fixture->session);
  wait_until (fixture_is_paused, fixture, LIMIT);
  n = n_results (fixture) - NN_N_KINDS;
  index = scope_network_get_seed_index (scope_session_get_network (fixture->session, NN_LSTM));
  g_assert_cmpuint (n, ==, index);

  /* A reset hides what is done of the set, begins with the first seed again, and can be undone. */
  scope_session_reset (fixture->session);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + n + 1);
  g_assert_cmpuint (scope_network_get_seed_index (scope_session_get_network (fixture->session, NN_LSTM)), ==, 0);
  g_assert_cmpuint (scope_run_get_settings (fixture_run (fixture, NN_LSTM))->seed, ==, 1);
  shown = scope_session_get_shown_results (fixture->session);
  g_assert_cmpuint (shown->len, ==, 1);
  scope_session_undo_reset (fixture->session);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + n);
  g_assert_cmpuint (scope_network_get_seed_index (scope_session_get_network (fixture->session, NN_LSTM)), ==, index);
  shown_again = scope_session_get_shown_results (fixture->session);
  g_assert_cmpuint (shown_again->len, ==, 1 + n);

  train_to_the_end (fixture);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 2);
  for (guint32 seed = 1; seed <= 3; seed++)
    check_as_alone (fixture, find (fixture, NN_LSTM, seed));
}

static void
test_more_seeds_later (Fixture *fixture, gconstpointer data)
{
  begin (fixture, 1, 1, 1000);
  train_to_the_end (fixture);
  set_n_seeds (fixture, 2);
  g_assert_true (scope_session_is_started (fixture->session));
  g_assert_true (scope_session_can_train (fixture->session));
  train_to_the_end (fixture);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 3);
  check_as_alone (fixture, find (fixture, NN_LSTM, 1));
  check_as_alone (fixture, find (fixture, NN_LSTM, 2));
  /* A set that is done is done. */
  g_assert_false (scope_session_can_train (fixture->session));
  scope_session_train (fixture->session);
  g_assert_cmpuint (scope_run_get_total (fixture_run (fixture, NN_LSTM)), ==, 1000);
}

static void
test_divergence_counts_as_done (Fixture *fixture, gconstpointer data)
{
  ScopeSettings settings;

  begin (fixture, 1, 3, 2000);
  settings = *scope_session_get_settings (fixture->session);
  settings.learning_rate[NN_RNN] = 50;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  train_to_the_end (fixture);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 2 * 3);
  for (guint32 seed = 1; seed <= 3; seed++)
    {
      ScopeRun *run = scope_result_get_run (find (fixture, NN_RNN, seed));
      g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_DIVERGED);
    }
}

static void
check_saved (const char *folder, const char *name, gboolean should)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, should);
}

static void
test_saves_each (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "saved", NULL);
  g_autofree char *path = g_build_filename (folder, "lstm-seed-3.safetensors", NULL);
  g_autoptr (GError) error = NULL;
  const NnModel *model;
  ScopeNetwork *opened;
  gsize size;

  begin (fixture, 3, 2, 1000);
  train_to_the_end (fixture);
  g_assert_true (scope_session_save (fixture->session, folder, &error));
  g_assert_no_error (error);
  check_saved (folder, "rnn-seed-3.safetensors", TRUE);
  check_saved (folder, "gate-lstm-seed-4.run.json", TRUE);
  check_saved (folder, "lstm-seed-4.safetensors", TRUE);
  check_saved (folder, "lstm-seed-3.run.json", TRUE);
  check_saved (folder, "lstm-seed-5.safetensors", FALSE);
  check_saved (folder, "lstm.safetensors", FALSE);
  opened = scope_session_open_weights (fixture->session, path, &error);
  g_assert_no_error (error);
  /* What is opened stands with the networks, before the earlier runs. */
  g_assert_true (scope_session_get_network (fixture->session, NN_N_KINDS) == opened);
  model = scope_result_get_snapshot (find (fixture, NN_LSTM, 3))->model;
  size = model->layout.size * sizeof (float);
  g_assert_cmpmem (scope_network_get_snapshot (opened)->model->parameters, size, model->parameters, size);
  scope_session_close_network (fixture->session, opened);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 3);
}

static void
check_refused (Fixture *fixture, guint32 seed, guint n_seeds, const char *message)
{
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  g_autoptr (GError) error = NULL;

  settings.seed = seed;
  settings.n_seeds = n_seeds;
  g_assert_false (scope_session_set_settings (fixture->session, &settings, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SETTINGS);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_bad_numbers (Fixture *fixture, gconstpointer data)
{
  check_refused (fixture, 1, 0, "The number of seeds is 0; it must be 1 to 20");
  check_refused (fixture, 1, 21, "The number of seeds is 21; it must be 1 to 20");
  check_refused (fixture, 4294967294, 3,
                 "There are no 3 seeds from 4294967294 on: the last one is 4294967295; take a lower seed");
  begin (fixture, 4294967294, 2, 100);
  train_to_the_end (fixture);
  check_as_alone (fixture, find (fixture, NN_LSTM, 4294967295));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/seeds/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("each-as-alone", test_each_as_alone);
  ADD ("progress-of-all", test_progress_of_all);
  ADD ("pause-and-reset", test_pause_and_reset);
  ADD ("more-seeds-later", test_more_seeds_later);
  ADD ("divergence-counts-as-done", test_divergence_counts_as_done);
  ADD ("saves-each", test_saves_each);
  ADD ("bad-numbers", test_bad_numbers);
  return g_test_run ();
}
