/* kept-run.c: a run goes into one file and comes back; what is wrong with a file is said.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-folder.h"

#include "engine/error.h"
#include "engine/kept-run.h"
#include "support/known-weights.h"

#include <math.h>
#include <string.h>

static const char *const classes[] = { "Arabic", "\303\211tat \"B\"", "Zulu", NULL };

/* Every field with a value of its own. */
static NnKeptRun *
full_run (void)
{
  NnKeptRun *kept = nn_kept_run_new ();
  NnModel *model = nn_model_new (NN_LSTM, 9, classes, NULL);
  NnPoint point = { 1000, 2.5, 0.25, NAN };

  known_weights_fill (model, 3);
  kept->title = g_strdup ("M\303\274ller's \"best\"\nrun");
  kept->shown = TRUE;
  kept->end = NN_RUN_STOPPED;
  kept->ended = G_GINT64_CONSTANT (1790000000123456);
  kept->put_aside = G_GINT64_CONSTANT (1790000001654321);
  kept->first_iteration = 500;
  kept->total = 3000;
  kept->record = nn_run_record_new ();
  g_assert_true (nn_settings_preset ("report", NN_LSTM, &kept->record->settings));
  kept->record->settings.hidden = 9;
  kept->record->data_hash = g_strdup ("00ff");
  kept->record->classes = g_strdupv ((char **) classes);
  kept->record->parameters = model->n_parameters;
  kept->record->iterations = 1234;
  kept->record->seconds = 1.0 / 3.0;
  kept->record->history = nn_history_new ();
  nn_history_add (kept->record->history, &point);
  kept->record->confusion = nn_confusion_new (3);
  kept->record->confusion->counts[4] = 7;
  kept->record->confusion->total = 7;
  kept->record->confusion->loss = 0.5;
  kept->record->final_loss = 0.5;
  kept->snapshot = nn_snapshot_new_take (model, 1230);
  return kept;
}

static void
test_there_and_back (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnKeptRun) kept = full_run (), back = NULL;
  g_autoptr (GError) error = NULL;
  const NnModel *model = kept->snapshot->model;

  g_assert_true (nn_kept_run_save (kept, test->path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (test_folder_count (test), ==, 1);
  back = nn_kept_run_load (test->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->title, ==, kept->title);
  g_assert_true (back->shown);
  g_assert_cmpint (back->end, ==, NN_RUN_STOPPED);
  g_assert_cmpint (back->ended, ==, kept->ended);
  g_assert_cmpint (back->put_aside, ==, kept->put_aside);
  g_assert_cmpuint (back->first_iteration, ==, 500);
  g_assert_cmpuint (back->total, ==, 3000);
  g_assert_true (nn_settings_equal (&back->record->settings, &kept->record->settings));
  g_assert_cmpstr (back->record->data_hash, ==, "00ff");
  g_assert_cmpuint (back->record->iterations, ==, 1234);
  g_assert_cmpuint (nn_history_length (back->record->history), ==, 1);
  g_assert_cmpuint (nn_confusion_count (back->record->confusion, 1, 1), ==, 7);
  g_assert_cmpuint (back->snapshot->iteration, ==, 1230);
  g_assert_cmpint (back->snapshot->model->kind, ==, NN_LSTM);
  g_assert_true (g_strv_equal ((const char *const *) back->snapshot->model->classes, classes));
  g_assert_cmpmem (back->snapshot->model->parameters, model->layout.size * sizeof (float), model->parameters,
                   model->layout.size * sizeof (float));
}

/* The file's text with @from replaced by @to, which must be in it. */
static void
change (TestFolder *test, const char *from, const char *to)
{
  g_autoptr (NnKeptRun) kept = full_run ();
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *start;

  g_assert_true (nn_kept_run_save (kept, test->path, NULL));
  bytes = test_folder_read (test);
  start = g_bytes_get_data (bytes, &size);
  text = g_string_new_len (start, (gssize) size);
  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);
  test_folder_write (test, text->str, text->len);
}

static void
assert_refused (TestFolder *test, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_kept_run_load (test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_DATA, message);
}

static void
test_what_is_wrong (TestFolder *test, gconstpointer data)
{
  static const struct
  {
    const char *from, *to, *message;
  } cases[] = {
    { "gatescope-kept-run", "gatescope-run",
      "its field \"format\" must be \"gatescope-kept-run\": it is no run that was kept" },
    { "\"version\":1", "\"version\":2",
      "its field \"version\" must be 1: another version of the program wrote it" },
    { "\"end\":\"stopped\"", "\"end\":\"lost\"", "its field \"end\" must be finished, diverged or stopped" },
    { "\"ended\":1790000000123456", "\"ended\":-1", "its field \"ended\" must be a whole number from 0 on" },
    { "\"total\":3000", "\"total\":\"3000\"", "its field \"total\" must be a whole number from 0 on" },
    { "\"weights_iteration\":1230", "\"weights_iteration\":1.5",
      "its field \"weights_iteration\" must be a whole number from 0 on" },
    { "\"hidden\":9", "\"hidden\":10", "its weights lstm.weight_ih_l0 must be 2280 numbers in base64" },
    { "\"linear.bias\":\"", "\"linear.bias\":\"AAAA", "its weights linear.bias must be 3 numbers in base64" },
    { "\"linear.bias\":", "\"other\":", "its weights linear.bias must be 3 numbers in base64" },
    { "\"seed\":1", "\"seed\":-1", "its field \"seed\" must be a whole number from 0 to 4294967295*" },
    { "{", "[", "it is no valid JSON object*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      change (test, cases[i].from, cases[i].to);
      assert_refused (test, cases[i].message);
    }
  change (test, "\"title\":\"M", "\"untitled\":\"M");
  assert_refused (test, "its field \"title\" must be a text that is not empty");
}

/* A value that no training leaves, and a file that was cut off. */
static void
test_broken_weights (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnKeptRun) kept = full_run ();
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *start;

  kept->snapshot->model->parameters[0] = NAN;
  g_assert_true (nn_kept_run_save (kept, test->path, NULL));
  assert_refused (test, "its weights have a value that is not finite");
  bytes = test_folder_read (test);
  start = g_bytes_get_data (bytes, &size);
  for (gsize length = 0; length < size; length += MAX (size / 50, 1))
    {
      g_autoptr (GError) error = NULL;

      test_folder_write (test, start, length);
      g_assert_null (nn_kept_run_load (test->path, &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST_ADD ("/kept-run/there-and-back", test_there_and_back);
  TEST_ADD ("/kept-run/what-is-wrong", test_what_is_wrong);
  TEST_ADD ("/kept-run/broken-weights", test_broken_weights);
  return g_test_run ();
}
