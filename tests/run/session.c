/* session.c: data, settings and networks side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/error.h"
#include "run/network-private.h"
#include "run/session-fixture.h"
#include "support/wait.h"

#include <string.h>

static void
test_bad_folder_leaves_the_old (Fixture *fixture, gconstpointer data)
{
  NnDataset *dataset;

  g_assert_null (fixture_run (fixture, NN_RNN));
  fixture_load (fixture, fixture->folder);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->loaded);
  dataset = scope_session_get_dataset (fixture->session);
  g_assert_cmpuint (nn_dataset_n_rows (dataset), ==, 12);
  g_assert_nonnull (fixture_run (fixture, NN_RNN));

  fixture_load (fixture, "/nonexistent/folder");
  g_assert_false (fixture->loaded);
  g_assert_error (fixture->error, NN_ERROR, NN_ERROR_DATA);
  g_assert_nonnull (strstr (fixture->error->message, "/nonexistent/folder"));
  g_assert_true (scope_session_get_dataset (fixture->session) == dataset);
}

static void
test_trains_the_enabled (Fixture *fixture, gconstpointer data)
{
  fixture_load (fixture, fixture->folder);
  g_assert_false (scope_session_is_started (fixture->session));
  scope_session_train (fixture->session);
  g_assert_true (scope_session_is_running (fixture->session));
  wait_until (fixture_is_over, fixture, LIMIT);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    g_assert_cmpint (scope_run_get_state (fixture_run (fixture, kind)), ==,
                     kind == NN_GATE_LSTM_HIDDEN ? SCOPE_RUN_READY : SCOPE_RUN_FINISHED);
  g_assert_nonnull (scope_network_get_confusion (scope_session_get_network (fixture->session, NN_LSTM)));

  /* Again: each trains on. */
  scope_session_train (fixture->session);
  g_assert_cmpuint (scope_run_get_total (fixture_run (fixture, NN_LSTM)), ==, 6000);
  wait_until (fixture_is_over, fixture, LIMIT);
  g_assert_cmpuint (scope_run_get_iteration (fixture_run (fixture, NN_LSTM)), ==, 6000);
}

static void
test_settings_wait_for_the_end (Fixture *fixture, gconstpointer data)
{
  ScopeSettings settings;
  g_autoptr (GError) error = NULL;

  fixture_load (fixture, fixture->folder);
  settings = *scope_session_get_settings (fixture->session);
  settings.iterations = 1000000000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_session_train (fixture->session);
  settings.hidden = 24;
  g_assert_false (scope_session_set_settings (fixture->session, &settings, &error));
  g_assert_cmpstr (error->message, ==, "Settings can't change during a run; reset it first");
  g_clear_error (&error);
  g_assert_cmpuint (scope_session_get_settings (fixture->session)->hidden, ==, 16);

  scope_session_pause (fixture->session);
  wait_until (fixture_is_paused, fixture, LIMIT);
  g_assert_false (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_session_reset (fixture->session);
  g_assert_true (scope_session_set_settings (fixture->session, &settings, &error));
  g_assert_cmpuint (scope_network_get_snapshot (scope_session_get_network (fixture->session, 0))->model->hidden, ==, 24);
  settings.hidden = 7;
  g_assert_false (scope_session_set_settings (fixture->session, &settings, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SETTINGS);
}

static void
test_reset_can_be_undone (Fixture *fixture, gconstpointer data)
{
  ScopeRun *run;

  fixture_load (fixture, fixture->folder);
  scope_session_reset (fixture->session);
  g_assert_false (scope_session_can_undo_reset (fixture->session));
  scope_session_train (fixture->session);
  wait_until (fixture_is_over, fixture, LIMIT);
  run = fixture_run (fixture, NN_LSTM);
  scope_session_reset (fixture->session);
  g_assert_true (fixture_run (fixture, NN_LSTM) != run);
  g_assert_cmpuint (scope_run_get_iteration (fixture_run (fixture, NN_LSTM)), ==, 0);
  g_assert_true (scope_session_can_undo_reset (fixture->session));
  scope_session_undo_reset (fixture->session);
  g_assert_true (fixture_run (fixture, NN_LSTM) == run);
  g_assert_cmpuint (scope_run_get_iteration (run), ==, 3000);
  g_assert_false (scope_session_can_undo_reset (fixture->session));

  /* Training on fresh weights gives the old ones up. */
  scope_session_reset (fixture->session);
  scope_session_train (fixture->session);
  g_assert_false (scope_session_can_undo_reset (fixture->session));
}

static void
test_live_counts (Fixture *fixture, gconstpointer data)
{
  ScopeNetwork *lstm;

  fixture_load (fixture, fixture->folder);
  lstm = scope_session_get_network (fixture->session, NN_LSTM);
  scope_session_set_watches_confusion (fixture->session, TRUE);
  g_assert_null (scope_network_get_confusion (lstm));
  scope_session_train (fixture->session);
  wait_until (fixture_is_over, fixture, LIMIT);
  g_assert_cmpuint (scope_network_get_confusion (lstm)->total, ==, NN_EVALUATION_DRAWS);
}

static gboolean
is_counted (gpointer network)
{
  return scope_network_get_confusion (network) != NULL;
}

typedef struct
{
  ScopeSession *session;
  guint64 iteration;
} Counted;

/* All networks have come to that iteration, and their counts too. */
static gboolean
are_counted_at (gpointer data)
{
  Counted *counted = data;

  for (guint i = 0; i < 3; i++)
    {
      ScopeNetwork *network = scope_session_get_network (counted->session, i);

      if (!is_counted (network) || scope_network_get_snapshot (network)->iteration != counted->iteration
          || scope_network_confusion_iteration (network) != counted->iteration)
        return FALSE;
    }
  return TRUE;
}

/* While they train, the counts may be some moments old; of what stands still they are not, however soon after the last
 * ones it has moved. */
static void
test_counts_of_what_is_paused (Fixture *fixture, gconstpointer data)
{
  Counted counted = { .session = fixture->session };

  fixture_load (fixture, fixture->folder);
  scope_session_set_watches_confusion (fixture->session, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      scope_session_step (fixture->session);
      counted.iteration++;
      wait_until (are_counted_at, &counted, LIMIT);
    }
}

static void
test_saved_and_opened (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "saved", NULL);
  g_autofree char *path = g_build_filename (folder, "lstm.safetensors", NULL);
  g_autofree char *record = g_build_filename (folder, "lstm.run.json", NULL);
  g_autofree char *other = g_build_filename (folder, "gate-lstm-hidden.safetensors", NULL);
  g_autoptr (GError) error = NULL;
  ScopeNetwork *opened;
  NnSnapshot *snapshot;

  fixture_load (fixture, fixture->folder);
  g_assert_false (scope_session_save (fixture->session, folder, &error));
  g_assert_cmpstr (error->message, ==,
                   "No network has been trained yet, so there are no weights to save; train first");
  g_clear_error (&error);
  scope_session_train (fixture->session);
  wait_until (fixture_is_over, fixture, LIMIT);
  g_assert_true (scope_session_save (fixture->session, folder, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (record, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));

  scope_session_set_watches_confusion (fixture->session, TRUE);
  opened = scope_session_open_weights (fixture->session, path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (scope_network_get_title (opened), ==, "LSTM (lstm.safetensors)");
  g_assert_cmpuint (scope_session_get_n_networks (fixture->session), ==, NN_N_KINDS + 1);
  snapshot = scope_network_get_snapshot (scope_session_get_network (fixture->session, NN_LSTM));
  g_assert_cmpmem (scope_network_get_snapshot (opened)->model->parameters,
                   snapshot->model->layout.size * sizeof (float), snapshot->model->parameters,
                   snapshot->model->layout.size * sizeof (float));
  wait_until (is_counted, opened, LIMIT);
  scope_session_close_network (fixture->session, opened);
  g_assert_cmpuint (scope_session_get_n_networks (fixture->session), ==, NN_N_KINDS);
  g_assert_null (scope_session_open_weights (fixture->session, record, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_WEIGHTS);
}

static void
test_results_follow_networks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScopeResult) lstm = g_list_model_get_item (scope_session_get_results (fixture->session), NN_LSTM);
  g_autoptr (GPtrArray) shown = NULL;

  fixture_load (fixture, fixture->folder);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_results (fixture->session)), ==, NN_N_KINDS);
  g_assert_true (scope_result_get_run (lstm) == fixture_run (fixture, NN_LSTM));
  g_assert_cmpstr (scope_result_get_title (lstm), ==, "LSTM");
  g_assert_cmpint (scope_result_get_kind (lstm), ==, NN_LSTM);
  scope_result_set_shown (lstm, FALSE);
  g_assert_false (scope_network_get_enabled (scope_session_get_network (fixture->session, NN_LSTM)));
  shown = scope_session_get_shown_results (fixture->session);
  g_assert_cmpuint (shown->len, ==, 2);
  g_assert_false (g_ptr_array_find (shown, lstm, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/session/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("bad-folder-leaves-the-old", test_bad_folder_leaves_the_old);
  ADD ("trains-the-enabled", test_trains_the_enabled);
  ADD ("settings-wait-for-the-end", test_settings_wait_for_the_end);
  ADD ("reset-can-be-undone", test_reset_can_be_undone);
  ADD ("live-counts", test_live_counts);
  ADD ("counts-of-what-is-paused", test_counts_of_what_is_paused);
  ADD ("saved-and-opened", test_saved_and_opened);
  ADD ("results-follow-networks", test_results_follow_networks);
  return g_test_run ();
}
