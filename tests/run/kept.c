/* kept.c: the earlier runs are there again in the next session: their numbers, titles, and what was done to them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/session-fixture.h"
#include "run/session-private.h"
#include "support/folder.h"
#include "support/wait.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* What is to hold before a wait ends. */
typedef struct
{
  ScopeSession *session;
  const char *folder;
  guint n;
} Expected;

static guint
n_earlier (ScopeSession *session)
{
  return g_list_model_get_n_items (scope_session_get_results (session)) - scope_session_get_n_networks (session);
}

/* (transfer none): the list holds it. */
static ScopeResult *
earlier (ScopeSession *session, guint place)
{
  g_autoptr (ScopeResult) result = g_list_model_get_item (scope_session_get_results (session),
                                                          scope_session_get_n_networks (session) + place);

  return result;
}

static gboolean
has_earlier (gpointer data)
{
  Expected *expected = data;

  return n_earlier (expected->session) == expected->n;
}

/* The folder of the runs: a fixture's folder of names is not one of names alone. (transfer full) */
static char *
runs_folder (Fixture *fixture)
{
  return g_build_filename (fixture->folder, "kept", "runs", NULL);
}

static guint
n_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
has_files (gpointer data)
{
  Expected *expected = data;

  return n_files (expected->folder) == expected->n;
}

static void
wait_for_files (const char *folder, guint n)
{
  Expected expected = { .folder = folder, .n = n };

  wait_until (has_files, &expected, LIMIT);
}

/* Ends the session and begins another, which has @n earlier runs. */
static void
restart (Fixture *fixture, guint n)
{
  g_autofree char *folder = runs_folder (fixture);
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  Expected expected = { .n = n };

  g_object_unref (fixture->session);
  fixture->session = expected.session = scope_session_new ();
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_session_keep_runs (fixture->session, folder);
  wait_until (has_earlier, &expected, LIMIT);
}

/* Three runs in the list of a session that keeps them. */
static void
train_and_reset (Fixture *fixture)
{
  g_autofree char *folder = runs_folder (fixture);

  scope_session_keep_runs (fixture->session, folder);
  fixture_load (fixture, fixture->folder);
  scope_session_train (fixture->session);
  wait_until (fixture_is_over, fixture, LIMIT);
  scope_session_reset (fixture->session);
}

static void
test_there_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScopeRun) before = NULL;
  g_autoptr (GDateTime) ended = NULL, ended_before = NULL;
  ScopeResult *result;
  ScopeRun *run;
  gsize size;

  train_and_reset (fixture);
  before = g_object_ref (scope_result_get_run (earlier (fixture->session, 1)));
  ended_before = scope_result_get_ended (earlier (fixture->session, 1));
  scope_result_set_shown (earlier (fixture->session, 1), TRUE);
  restart (fixture, 3);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture->session, 0)), ==, NN_RNN);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture->session, 2)), ==, NN_GATE_LSTM);
  result = earlier (fixture->session, 1);
  run = scope_result_get_run (result);
  g_assert_cmpstr (scope_result_get_title (result), ==, "LSTM, 16 hidden units, 3000 iterations, seed 1");
  g_assert_true (scope_result_get_shown (result));
  g_assert_false (scope_result_get_shown (earlier (fixture->session, 0)));
  ended = scope_result_get_ended (result);
  g_assert_true (g_date_time_equal (ended, ended_before));
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_FINISHED);
  g_assert_cmpuint (scope_run_get_iteration (run), ==, 3000);
  g_assert_true (nn_settings_equal (scope_run_get_settings (run), scope_run_get_settings (before)));
  g_assert_cmpfloat (scope_run_get_seconds (run), ==, scope_run_get_seconds (before));
  g_assert_cmpfloat (scope_run_get_names_per_second (run), ==, scope_run_get_names_per_second (before));
  g_assert_cmpfloat (scope_result_get_final_loss (result), ==, scope_run_get_confusion (before)->loss);
  g_assert_cmpfloat (scope_result_get_held_out_macro (result), ==,
                     nn_confusion_macro_accuracy (scope_run_get_held_out_confusion (before)));
  g_assert_cmpuint (nn_history_length (scope_run_get_history (run)), ==, 3);
  g_assert_cmpmem (scope_run_get_history (run)->points->data, 3 * sizeof (NnPoint),
                   scope_run_get_history (before)->points->data, 3 * sizeof (NnPoint));
  size = scope_run_get_snapshot (before)->model->layout.size * sizeof (float);
  g_assert_cmpmem (scope_run_get_snapshot (run)->model->parameters, size,
                   scope_run_get_snapshot (before)->model->parameters, size);
  /* It is no run to train on. */
  scope_run_start (run);
  scope_run_extend (run, 100);
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_FINISHED);
}

/* With the names that it was trained with, a kept run has the rows that were held out; with others it has none. */
static void
test_names_come_later (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *first_path = g_build_filename (other, "Ala.txt", NULL);
  g_autofree char *second_path = g_build_filename (other, "Obo.txt", NULL);
  g_autoptr (NnSplit) before = NULL;
  ScopeRun *run;
  guint n_before, n;
  const guint *rows_before, *rows;

  train_and_reset (fixture);
  before = nn_split_ref (scope_run_get_split (scope_result_get_run (earlier (fixture->session, 1))));
  restart (fixture, 3);
  run = scope_result_get_run (earlier (fixture->session, 1));
  g_assert_null (scope_run_get_split (run));
  g_assert_cmpstr (scope_run_get_data_hash (run), ==, nn_dataset_hash (nn_split_dataset (before)));
  g_assert_cmpint (g_mkdir (other, 0777), ==, 0);
  g_assert_true (g_file_set_contents (first_path, "Alana\nBala\n", -1, NULL));
  g_assert_true (g_file_set_contents (second_path, "Obolo\nBobo\n", -1, NULL));
  fixture_load (fixture, other);
  g_assert_no_error (fixture->error);
  g_assert_null (scope_run_get_split (run));
  fixture_load (fixture, fixture->folder);
  g_assert_nonnull (scope_run_get_split (run));
  rows = nn_split_held_out_rows (scope_run_get_split (run), &n);
  rows_before = nn_split_held_out_rows (before, &n_before);
  g_assert_cmpmem (rows, n * sizeof (guint), rows_before, n_before * sizeof (guint));
  g_assert_cmpuint (n, >, 0);
  /* A run of now with another seed is drawn together with it. */
  {
    ScopeSettings settings = *scope_session_get_settings (fixture->session);
    g_autoptr (ScopeResult) of_now = NULL;

    settings.seed = 5;
    g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
    of_now = g_list_model_get_item (scope_session_get_results (fixture->session), NN_LSTM);
    g_assert_cmpuint (scope_result_get_settings (of_now)->seed, ==, 5);
    g_assert_true (scope_result_is_same_but_for_seed (earlier (fixture->session, 1), of_now));
  }
}

static void
delete_at (Fixture *fixture, guint place)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  g_ptr_array_add (some, earlier (fixture->session, place));
  g_assert_true (scope_session_delete_results (fixture->session, some));
}

static void
test_changes_persist (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = runs_folder (fixture);

  train_and_reset (fixture);
  wait_for_files (folder, 3);
  scope_result_set_title (earlier (fixture->session, 0), "mine");
  restart (fixture, 3);
  g_assert_cmpstr (scope_result_get_title (earlier (fixture->session, 0)), ==, "mine");
  delete_at (fixture, 1);
  wait_for_files (folder, 2);
  scope_session_undo_delete (fixture->session);
  wait_for_files (folder, 3);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture->session, 1)), ==, NN_LSTM);
  restart (fixture, 3);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture->session, 1)), ==, NN_LSTM);
  /* Deleted in the last moment. */
  delete_at (fixture, 0);
  restart (fixture, 2);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture->session, 0)), ==, NN_LSTM);
  g_assert_cmpuint (n_files (folder), ==, 2);
}

/* What the networks have at the end is kept, too: what is done, at once; what is under way, as stopped. */
static void
test_networks_at_the_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = runs_folder (fixture);
  ScopeSettings settings;
  ScopeRun *run;

  scope_session_keep_runs (fixture->session, folder);
  fixture_load (fixture, fixture->folder);
  scope_session_train (fixture->session);
  wait_until (fixture_is_over, fixture, LIMIT);
  wait_for_files (folder, 3);
  /* By a reset they come into the list, by its undoing they leave it: they stay one file each. */
  scope_session_reset (fixture->session);
  scope_session_undo_reset (fixture->session);
  restart (fixture, 3);
  g_assert_cmpuint (n_files (folder), ==, 3);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture->session, 0)), ==, NN_RNN);
  g_assert_cmpint (scope_result_get_kind (earlier (fixture->session, 2)), ==, NN_GATE_LSTM);

  settings = *scope_session_get_settings (fixture->session);
  settings.iterations = 1000000000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  fixture_load (fixture, fixture->folder);
  scope_session_train (fixture->session);
  restart (fixture, 6);
  run = scope_result_get_run (earlier (fixture->session, 1));
  g_assert_cmpint (scope_run_get_state (run), ==, SCOPE_RUN_STOPPED);
  g_assert_cmpuint (scope_run_get_settings (run)->iterations, ==, 1000000000);
  g_assert_true (isnan (scope_result_get_final_loss (earlier (fixture->session, 1))));
}

static void
on_message (ScopeSession *session, const char *message, char **told)
{
  g_free (*told);
  *told = g_strdup (message);
}

static gboolean
is_told (gpointer data)
{
  return *(char **) data != NULL;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the file of the runs at that place in the order of names */
static char *
nth_file (const char *folder, guint n)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, by_name);
  return g_build_filename (folder, g_ptr_array_index (names, n), NULL);
}

/* A broken file and one of a later version are told, stay as they are, and cost nothing else. */
static void
test_broken_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = runs_folder (fixture);
  g_autofree char *broken = g_build_filename (folder, "20990101T000000.000000-lstm-0000.run", NULL);
  g_autofree char *later = g_build_filename (folder, "20980101T000000.000000-lstm-0000.run", NULL);
  g_autofree char *note = g_build_filename (folder, "note.txt", NULL);
  g_autofree char *told = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  Expected three = { .n = 3 };

  train_and_reset (fixture);
  restart (fixture, 3);
  g_assert_true (g_file_set_contents (broken, "{\"format\":", -1, NULL));
  g_assert_true (g_file_set_contents (later, "{\"format\": \"gatescope-kept-run\", \"version\": 2}", -1, NULL));
  g_assert_true (g_file_set_contents (note, "no run", -1, NULL));
  g_object_unref (fixture->session);
  fixture->session = three.session = scope_session_new ();
  g_signal_connect (fixture->session, "message", G_CALLBACK (on_message), &told);
  scope_session_keep_runs (fixture->session, folder);
  wait_until (is_told, &told, LIMIT);
  g_assert_true (has_earlier (&three));
  expected = g_strdup_printf ("2 earlier runs can't be read; their files stay as they are and can be deleted. The first: %s: "
                              "it is no valid JSON object",
                              broken);
  g_assert_true (g_str_has_prefix (told, expected));
  delete_at (fixture, 0);
  restart (fixture, 2);
  g_assert_cmpuint (n_files (folder), ==, 5);
  g_assert_true (g_file_get_contents (broken, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{\"format\":");
}

/* A folder that can't be made is told once; the runs stay in the list. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_build_filename (fixture->folder, "kept", NULL);
  g_autofree char *told = NULL;

  g_assert_true (g_file_set_contents (parent, "a file", -1, NULL));
  g_signal_connect (fixture->session, "message", G_CALLBACK (on_message), &told);
  train_and_reset (fixture);
  wait_until (is_told, &told, LIMIT);
  g_assert_nonnull (strstr (told, "will be gone after the next start, for it can't be kept."));
  g_assert_nonnull (strstr (told, "kept/runs: the folder can't be made: "));
  g_assert_cmpuint (n_earlier (fixture->session), ==, 3);
}

/* What can't be written at the very end, when no window is left to say so, is printed. */
static void
test_no_folder_at_the_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = runs_folder (fixture);

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      g_test_trap_assert_stderr ("*gatescope: a run could not be kept as asked: */kept/runs: the folder can't be made: *");
      return;
    }
  train_and_reset (fixture);
  wait_for_files (folder, 3);
  folder_remove (folder);
  g_assert_true (g_file_set_contents (folder, "a file", -1, NULL));
  scope_result_set_title (earlier (fixture->session, 0), "mine");
}

/* No more files than the list may hold are read, the newest first, and what leaves the list leaves the folder. */
static void
test_never_too_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = runs_folder (fixture);
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *told = NULL;
  Expected full = { .n = SCOPE_MOST_EARLIER };
  gsize length;

  train_and_reset (fixture);
  restart (fixture, 3);
  path = nth_file (folder, 0);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < SCOPE_MOST_EARLIER + NN_N_KINDS - 1; i++)
    {
      g_autofree char *name = g_strdup_printf ("2099%04u.run", i);
      g_autofree char *copy = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_set_contents_full (copy, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
  g_object_unref (fixture->session);
  fixture->session = full.session = scope_session_new ();
  g_signal_connect (fixture->session, "message", G_CALLBACK (on_message), &told);
  scope_session_keep_runs (fixture->session, folder);
  wait_until (is_told, &told, LIMIT);
  g_assert_cmpstr (told, ==, "2 older runs were left in their files: the list is full.");
  g_assert_true (has_earlier (&full));
  wait_for_files (folder, SCOPE_MOST_EARLIER + 2);

  /* The oldest hidden ones make room, also in the folder. */
  {
    ScopeSettings settings = *scope_session_get_settings (fixture->session);

    settings.hidden = 16;
    settings.iterations = 100;
    settings.learning_rate[NN_RNN] = 0.001;
    g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  }
  fixture_load (fixture, fixture->folder);
  scope_session_train (fixture->session);
  wait_until (fixture_is_over, fixture, LIMIT);
  scope_session_reset (fixture->session);
  g_assert_cmpuint (n_earlier (fixture->session), ==, SCOPE_MOST_EARLIER);
  wait_for_files (folder, SCOPE_MOST_EARLIER + 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/kept/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("there-again", test_there_again);
  ADD ("names-come-later", test_names_come_later);
  ADD ("changes-persist", test_changes_persist);
  ADD ("networks-at-the-end", test_networks_at_the_end);
  ADD ("broken-files", test_broken_files);
  ADD ("no-folder", test_no_folder);
  ADD ("no-folder-at-the-end", test_no_folder_at_the_end);
  ADD ("never-too-many", test_never_too_many);
  return g_test_run ();
}
