/* earlier.c: the runs that no network has any more: kept, hidden, renamed, deleted, and never too many.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run-title.h"
#include "run/session-fixture.h"
#include "run/session-private.h"
#include "support/memory.h"
#include "support/wait.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static guint
n_results (Fixture *fixture)
{
  return g_list_model_get_n_items (scope_session_get_results (fixture->session));
}

/* (transfer none): the list holds it. */
static ScopeResult *
earlier (Fixture *fixture, guint place)
{
  g_autoptr (ScopeResult) result
      = g_list_model_get_item (scope_session_get_results (fixture->session), NN_N_KINDS + place);

  return result;
}

static void
train_to_the_end (Fixture *fixture)
{
  scope_session_train (fixture->session);
  wait_until (fixture_is_over, fixture, LIMIT);
}

static void
set_iterations (Fixture *fixture, guint64 iterations)
{
  ScopeSettings settings = *scope_session_get_settings (fixture->session);

  settings.iterations = iterations;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
}

static void
test_reset_keeps (Fixture *fixture, gconstpointer data)
{
  ScopeRun *run;
  g_autoptr (GDateTime) ended = NULL;
  g_autoptr (GPtrArray) shown = NULL;

  fixture_load (fixture, fixture->folder);
  train_to_the_end (fixture);
  run = fixture_run (fixture, NN_LSTM);
  scope_session_reset (fixture->session);
  /* The three that were trained, the first on top. */
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 3);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture, 0)), ==, NN_RNN);
  g_assert_true (scope_result_get_run (earlier (fixture, 1)) == run);
  g_assert_true (scope_result_is_earlier (earlier (fixture, 1)));
  g_assert_cmpstr (scope_result_get_title (earlier (fixture, 0)), ==,
                   "RNN, learning rate 0.01, 16 hidden units, 3000 iterations, seed 1");
  g_assert_null (scope_result_get_preset (earlier (fixture, 0)));
  g_assert_cmpfloat (scope_result_get_final_loss (earlier (fixture, 1)), ==, scope_run_get_confusion (run)->loss);
  ended = scope_result_get_ended (earlier (fixture, 1));
  g_assert_cmpint (llabs (g_get_real_time () / G_USEC_PER_SEC - g_date_time_to_unix (ended)), <=, 120);
  shown = scope_session_get_shown_results (fixture->session);
  g_assert_cmpuint (shown->len, ==, 3);

  scope_session_undo_reset (fixture->session);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS);
  g_assert_true (fixture_run (fixture, NN_LSTM) == run);

  /* Nothing that was not started is kept. */
  scope_session_reset (fixture->session);
  scope_session_train (fixture->session);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 3);
}

static gboolean
is_measured (gpointer data)
{
  Fixture *fixture = data;

  return !isnan (scope_result_get_final_loss (earlier (fixture, 0)))
         && !isnan (scope_result_get_final_loss (earlier (fixture, 1)))
         && !isnan (scope_result_get_final_loss (earlier (fixture, 2)));
}

typedef struct
{
  ScopeRun *run;
  guint64 iteration;
} Beyond;

static gboolean
is_beyond (gpointer data)
{
  Beyond *beyond = data;

  return scope_run_get_iteration (beyond->run) > beyond->iteration;
}

/* A run that was under way is measured as it stands, and can go on until something else is trained. */
static void
test_reset_of_a_run_under_way (Fixture *fixture, gconstpointer data)
{
  ScopeRun *run;
  Beyond reached;

  fixture_load (fixture, fixture->folder);
  set_iterations (fixture, 1000000000);
  scope_session_train (fixture->session);
  run = fixture_run (fixture, NN_LSTM);
  scope_session_reset (fixture->session);
  wait_until (is_measured, fixture, LIMIT);
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_PAUSED);
  reached = (Beyond){ run, scope_run_get_iteration (run) };

  scope_session_undo_reset (fixture->session);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS);
  scope_session_train (fixture->session);
  wait_until (is_beyond, &reached, LIMIT);

  scope_session_reset (fixture->session);
  set_iterations (fixture, 10);
  train_to_the_end (fixture);
  wait_until (is_measured, fixture, LIMIT);
  g_assert_true (scope_result_get_run (earlier (fixture, 1)) == run);
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_STOPPED);
}

static gboolean
points_equal (const NnHistory *history, const NnPoint *points, guint n)
{
  return nn_history_length (history) == n && memcmp (history->points->data, points, n * sizeof (NnPoint)) == 0;
}

static void
test_delete_and_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  g_autofree NnPoint *points = NULL;
  g_autofree float *weights = NULL;
  ScopeResult *lstm;
  ScopeRun *run;
  gsize size;
  guint n;

  fixture_load (fixture, fixture->folder);
  train_to_the_end (fixture);
  scope_session_reset (fixture->session);
  lstm = earlier (fixture, 1);
  run = scope_result_get_run (lstm);
  n = nn_history_length (scope_run_get_history (run));
  g_assert_cmpuint (n, ==, 3);
  points = g_memdup2 (scope_run_get_history (run)->points->data, n * sizeof (NnPoint));
  size = scope_result_get_snapshot (lstm)->model->layout.size * sizeof (float);
  weights = g_memdup2 (scope_result_get_snapshot (lstm)->model->parameters, size);
  scope_result_set_title (lstm, "mine");

  g_assert_false (scope_session_can_undo_delete (fixture->session));
  /* A network is no earlier run, and stays. */
  g_ptr_array_add (some, lstm);
  g_ptr_array_add (some, earlier (fixture, 0));
  {
    g_autoptr (ScopeResult) network = g_list_model_get_item (scope_session_get_results (fixture->session), 0);
    g_ptr_array_add (some, network);
  }
  g_assert_true (scope_session_delete_results (fixture->session, some));
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 1);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture, 0)), ==, NN_GATE_LSTM);

  scope_session_undo_delete (fixture->session);
  g_assert_false (scope_session_can_undo_delete (fixture->session));
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 3);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture, 0)), ==, NN_RNN);
  g_assert_true (earlier (fixture, 1) == lstm);
  g_assert_cmpstr (scope_result_get_title (lstm), ==, "mine");
  g_assert_true (points_equal (scope_run_get_history (scope_result_get_run (lstm)), points, n));
  g_assert_cmpmem (scope_result_get_snapshot (lstm)->model->parameters, size, weights, size);

  /* What a network has again by then is not brought back twice. */
  scope_session_delete_results (fixture->session, some);
  scope_session_undo_reset (fixture->session);
  scope_session_undo_delete (fixture->session);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS);
}

static void
test_other_settings_and_data (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *path = g_build_filename (other, "Usk.txt", NULL);
  g_autofree char *second_path = g_build_filename (other, "Ala.txt", NULL);

  fixture_load (fixture, fixture->folder);
  set_iterations (fixture, 1000);
  train_to_the_end (fixture);
  set_iterations (fixture, 2000);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 3);
  g_assert_false (scope_session_can_undo_reset (fixture->session));
  train_to_the_end (fixture);
  g_assert_true (scope_result_fits (earlier (fixture, 0), scope_session_get_dataset (fixture->session)));

  g_assert_cmpint (g_mkdir (other, 0777), ==, 0);
  g_assert_true (g_file_set_contents (path, "Uskin\nBuskin\nCuskin\n", -1, NULL));
  g_assert_true (g_file_set_contents (second_path, "Alana\nBala\nCalada\n", -1, NULL));
  fixture_load (fixture, other);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + 6);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_false (scope_result_fits (earlier (fixture, i), scope_session_get_dataset (fixture->session)));
      g_assert_cmpuint (scope_result_get_settings (earlier (fixture, i))->iterations, ==, i < 3 ? 2000 : 1000);
    }
}

static void
test_shows_hides_renames (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) shown = NULL;

  fixture_load (fixture, fixture->folder);
  train_to_the_end (fixture);
  scope_session_reset (fixture->session);
  train_to_the_end (fixture);
  scope_session_reset (fixture->session);
  /* The same settings again. */
  g_assert_cmpstr (scope_result_get_title (earlier (fixture, 4)), ==,
                   "LSTM, 16 hidden units, 3000 iterations, seed 1");
  g_assert_cmpstr (scope_result_get_title (earlier (fixture, 1)), ==,
                   "LSTM, 16 hidden units, 3000 iterations, seed 1 (2)");
  scope_result_set_shown (earlier (fixture, 4), TRUE);
  shown = scope_session_get_shown_results (fixture->session);
  g_assert_cmpuint (shown->len, ==, 4);
  g_assert_true (g_ptr_array_index (shown, 3) == earlier (fixture, 4));
  /* What trains is not touched by it. */
  scope_result_set_shown (earlier (fixture, 4), FALSE);
  g_assert_true (scope_network_get_enabled (scope_session_get_network (fixture->session, NN_LSTM)));
}

static void
on_message (ScopeSession *session, const char *message, char **told)
{
  g_free (*told);
  *told = g_strdup (message);
}

static void
test_never_too_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *told = NULL;
  ScopeResult *oldest;
  ScopeRun *run;

  fixture_load (fixture, fixture->folder);
  train_to_the_end (fixture);
  g_signal_connect (fixture->session, "message", G_CALLBACK (on_message), &told);
  run = fixture_run (fixture, NN_RNN);
  for (guint i = 0; i < SCOPE_MOST_EARLIER; i++)
    g_assert_nonnull (scope_session_keep_run (fixture->session, run, TRUE));
  oldest = earlier (fixture, SCOPE_MOST_EARLIER - 1);
  g_assert_null (told);

  /* All are shown: the new one is not kept, and that is told. */
  g_assert_null (scope_session_keep_run (fixture->session, run, FALSE));
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + SCOPE_MOST_EARLIER);
  g_assert_true (earlier (fixture, SCOPE_MOST_EARLIER - 1) == oldest);
  g_assert_cmpstr (told, ==,
                   "“RNN, learning rate 0.01, 16 hidden units, 3000 iterations, seed 1 (101)” was not kept: the list of "
                   "runs is full, and all runs in it are shown. Hide or delete some of them.");

  /* The oldest hidden one goes, not one that is shown and older. */
  scope_result_set_shown (earlier (fixture, 70), FALSE);
  scope_result_set_title (earlier (fixture, 70), "hidden");
  g_assert_nonnull (scope_session_keep_run (fixture->session, run, TRUE));
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + SCOPE_MOST_EARLIER);
  g_assert_true (earlier (fixture, SCOPE_MOST_EARLIER - 1) == oldest);
  for (guint i = 0; i < SCOPE_MOST_EARLIER; i++)
    g_assert_cmpstr (scope_result_get_title (earlier (fixture, i)), !=, "hidden");
}

#define N_RUNS 50
#define HIDDEN 96

static void
test_memory (Fixture *fixture, gconstpointer data)
{
  ScopeSettings settings;
  guint64 before, weights;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  g_test_skip ("a sanitizer keeps memory of its own");
  return;
#endif

  fixture_load (fixture, fixture->folder);
  settings = *scope_session_get_settings (fixture->session);
  settings.hidden = HIDDEN;
  settings.iterations = 1;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  for (guint i = 0; i < NN_N_KINDS; i++)
    scope_network_set_enabled (scope_session_get_network (fixture->session, i), i == NN_LSTM);
  train_to_the_end (fixture);
  before = own_memory ();
  for (guint i = 0; i < N_RUNS; i++)
    {
      settings.seed++;
      g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
      train_to_the_end (fixture);
    }
  g_assert_cmpuint (n_results (fixture), ==, NN_N_KINDS + N_RUNS);
  /* The weights lie in files, and nothing is kept of what only training needs; what the allocator doesn't give back is
   * less than the weights would be. With them it would be twice as much. */
  weights = scope_result_get_snapshot (earlier (fixture, 0))->model->layout.size * sizeof (float);
  g_test_message ("%" G_GUINT64_FORMAT " KiB before, %" G_GUINT64_FORMAT " after; %" G_GUINT64_FORMAT " a run", before,
                  own_memory (), weights / 1024);
  if (g_getenv ("WAIT_FACTOR") == NULL && before > 0)
    g_assert_cmpuint ((own_memory () - before) * 1024, <, 3 * N_RUNS * weights / 2);
}

static void
test_titles (void)
{
  NnSettings settings;
  g_autofree char *report = NULL, *other = NULL, *careful = NULL, *batches = NULL;

  g_assert_true (nn_settings_preset ("report", NN_LSTM, &settings));
  settings.seed = 3;
  report = scope_run_title (&settings);
  g_assert_cmpstr (report, ==, "LSTM, as in the report, seed 3");
  g_assert_cmpstr (scope_settings_get_preset (&settings), ==, "report");
  settings.learning_rate = 0.05;
  other = scope_run_title (&settings);
  g_assert_cmpstr (other, ==, "LSTM, as in the report, learning rate 0.05, seed 3");
  g_assert_null (scope_settings_get_preset (&settings));
  settings.batch = 7;
  batches = scope_run_title (&settings);
  g_assert_cmpstr (batches, ==, "LSTM, learning rate 0.05, 0 % held out, seed 3");
  g_assert_true (nn_settings_preset ("careful", NN_GATE_LSTM, &settings));
  careful = scope_run_title (&settings);
  g_assert_cmpstr (careful, ==, "LSTM by hand, careful, seed 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/earlier/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("reset-keeps", test_reset_keeps);
  ADD ("reset-of-a-run-under-way", test_reset_of_a_run_under_way);
  ADD ("delete-and-undo", test_delete_and_undo);
  ADD ("other-settings-and-data", test_other_settings_and_data);
  ADD ("shows-hides-renames", test_shows_hides_renames);
  ADD ("never-too-many", test_never_too_many);
  ADD ("memory", test_memory);
  g_test_add_func ("/earlier/titles", test_titles);
  return g_test_run ();
}
