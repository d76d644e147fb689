/* run-record.c: records of runs, and the curves in them, go into files and come back, under every locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-folder.h"

#include "engine/error.h"
#include "engine/run-record.h"

#include <glib/gstdio.h>

#include <locale.h>
#include <math.h>
#include <string.h>

static void
add_point (NnHistory *history, guint64 iteration, double loss, double accuracy, double held_out_accuracy)
{
  NnPoint point = { iteration, loss, accuracy, held_out_accuracy };

  nn_history_add (history, &point);
}

/* Every field with a value of its own. */
static NnRunRecord *
full_record (void)
{
  static const char *const classes[] = { "Arabic", "\303\211tat \"B\"", "Zulu", NULL };
  NnRunRecord *record = nn_run_record_new ();

  record->settings = (NnSettings){
    NN_GATE_LSTM_HIDDEN, 33, 123456, 0.1, G_MAXUINT32, 0.9, 96, NN_ADAM, 1.5, 0.75, 0.0625, 0.375, 0.21875, 0.96875,
  };
  record->preset = g_strdup ("report");
  record->data_hash = g_strdup ("00ff");
  record->classes = g_strdupv ((char **) classes);
  record->parameters = 97298;
  record->iterations = 2500;
  record->seconds = 1.0 / 3.0;
  record->names_per_second = 7500.000000000001;
  record->history = nn_history_new ();
  add_point (record->history, 1000, 2.5, 0.25, NAN);
  add_point (record->history, 2000, 1e-17, 1.0, 0.1);
  add_point (record->history, 2500, NAN, 0.0, 2.0 / 3.0);
  record->diverged = TRUE;
  record->reason = g_strdup ("the loss is not finite");
  record->train_accuracy = 0.7;
  record->held_out_accuracy = 0.52;
  record->held_out_macro = 0.51;
  record->final_loss = 0.123456789012345678;
  record->confusion = nn_confusion_new (3);
  record->held_out_confusion = nn_confusion_new (3);
  for (guint i = 0; i < 9; i++)
    {
      record->confusion->counts[i] = i * 1000;
      record->confusion->total += i * 1000;
      record->held_out_confusion->counts[i] = 9 - i;
      record->held_out_confusion->total += 9 - i;
    }
  record->confusion->loss = record->final_loss;
  record->held_out_confusion->loss = 2.25;
  record->weights = g_strdup ("gate-lstm-hidden.safetensors");
  record->n_order_losses = 3;
  record->order_losses = g_new (double, 3);
  record->order_losses[0] = 2.89;
  record->order_losses[1] = NAN;
  record->order_losses[2] = 1e300;
  return record;
}

/* Equal in every bit, and NaN equal to NaN. */
static void
assert_same_real (double a, double b)
{
  g_assert_true (isnan (a) == isnan (b));
  if (!isnan (a))
    g_assert_true (memcmp (&a, &b, sizeof a) == 0);
}

static void
assert_same_confusion (const NnConfusion *a, const NnConfusion *b)
{
  g_assert_true ((a == NULL) == (b == NULL));
  if (a == NULL)
    return;
  g_assert_cmpuint (a->n_classes, ==, b->n_classes);
  g_assert_cmpuint (a->total, ==, b->total);
  assert_same_real (a->loss, b->loss);
  for (guint i = 0; i < a->n_classes * a->n_classes; i++)
    g_assert_cmpuint (a->counts[i], ==, b->counts[i]);
}

static void
assert_same_history (const NnHistory *a, const NnHistory *b)
{
  g_assert_cmpuint (nn_history_length (a), ==, nn_history_length (b));
  for (guint i = 0; i < nn_history_length (a); i++)
    {
      const NnPoint *p = nn_history_point (a, i);
      const NnPoint *q = nn_history_point (b, i);

      g_assert_cmpuint (p->iteration, ==, q->iteration);
      assert_same_real (p->loss, q->loss);
      assert_same_real (p->accuracy, q->accuracy);
      assert_same_real (p->held_out_accuracy, q->held_out_accuracy);
    }
}

static void
assert_same (const NnRunRecord *a, const NnRunRecord *b)
{
  g_assert_true (nn_settings_equal (&a->settings, &b->settings));
  g_assert_cmpstr (a->preset, ==, b->preset);
  g_assert_cmpstr (a->data_hash, ==, b->data_hash);
  g_assert_cmpstrv (a->classes, b->classes);
  g_assert_cmpuint (a->parameters, ==, b->parameters);
  g_assert_cmpuint (a->iterations, ==, b->iterations);
  assert_same_real (a->seconds, b->seconds);
  assert_same_real (a->names_per_second, b->names_per_second);
  assert_same_history (a->history, b->history);
  g_assert_cmpint (a->diverged, ==, b->diverged);
  g_assert_cmpstr (a->reason, ==, b->reason);
  assert_same_real (a->train_accuracy, b->train_accuracy);
  assert_same_real (a->held_out_accuracy, b->held_out_accuracy);
  assert_same_real (a->held_out_macro, b->held_out_macro);
  assert_same_real (a->final_loss, b->final_loss);
  assert_same_confusion (a->confusion, b->confusion);
  assert_same_confusion (a->held_out_confusion, b->held_out_confusion);
  g_assert_cmpstr (a->weights, ==, b->weights);
  g_assert_cmpuint (a->n_order_losses, ==, b->n_order_losses);
  for (guint i = 0; i < a->n_order_losses; i++)
    assert_same_real (a->order_losses[i], b->order_losses[i]);
}

static void
save (const TestFolder *test, const NnRunRecord *record)
{
  GError *error = NULL;

  g_assert_true (nn_run_record_save (record, test->path, &error));
  g_assert_no_error (error);
}

static void
assert_comes_back (const TestFolder *test, const NnRunRecord *record)
{
  g_autoptr (NnRunRecord) loaded = NULL;
  GError *error = NULL;

  save (test, record);
  loaded = nn_run_record_load (test->path, &error);
  g_assert_no_error (error);
  assert_same (record, loaded);
}

static void
test_round_trip (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnRunRecord) record = full_record ();

  assert_comes_back (test, record);
}

/* What was not measured: NULL and NaN, in a file null. */
static void
test_bare (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnRunRecord) record = nn_run_record_new ();

  record->classes = g_strsplit ("A,B", ",", -1);
  record->parameters = 1;
  record->history = nn_history_new ();
  assert_comes_back (test, record);
  g_clear_pointer (&record->history, nn_history_free);
  save (test, record);
}

static void
test_empty_order (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnRunRecord) record = full_record ();
  g_autoptr (NnRunRecord) loaded = NULL;

  record->n_order_losses = 0;
  save (test, record);
  loaded = nn_run_record_load (test->path, NULL);
  g_assert_nonnull (loaded);
  g_assert_cmpuint (loaded->n_order_losses, ==, 0);
  g_assert_nonnull (loaded->order_losses);
}

/* A file's name need not be UTF-8, but JSON must. */
static void
test_odd_file_name (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnRunRecord) record = full_record ();
  g_autoptr (NnRunRecord) loaded = NULL;

  g_free (record->weights);
  record->weights = g_strdup ("a\377b");
  save (test, record);
  loaded = nn_run_record_load (test->path, NULL);
  g_assert_nonnull (loaded);
  g_assert_cmpstr (loaded->weights, ==, "a\357\277\275b");
}

#define DESCENT                                                                                                        \
  "\"batch\": 96, \"optimizer\": \"adam\", \"clip\": 1.5, \"decay\": 0.75, \"weight_decay\": 0.0625, "                 \
  "\"dropout\": 0.375, \"letter_dropout\": 0.21875, \"averaging\": 0.96875, "
#define TEXT                                                                                                           \
  "{\"format\": \"gatescope-run\", \"version\": 1, \"model\": \"gate-lstm-hidden\", \"preset\": \"report\", "          \
  "\"hidden\": 33, \"seed\": 4294967295, \"hold_out\": 0.90000000000000002, "                                          \
  "\"learning_rate\": 0.10000000000000001, \"iterations_planned\": 123456, " DESCENT                                   \
  "\"iterations\": 2500, "                                                                                             \
  "\"data_hash\": \"00ff\", \"classes\": [\"Arabic\", \"\303\211tat \\\"B\\\"\", \"Zulu\"], \"parameters\": 97298, "   \
  "\"seconds\": 0.33333333333333331, \"names_per_second\": 7500.0000000000009, \"diverged\": true, "                   \
  "\"reason\": \"the loss is not finite\", \"train_accuracy\": 0.69999999999999996, "                                  \
  "\"held_out_accuracy\": 0.52000000000000002, \"held_out_macro\": 0.51000000000000001, "                              \
  "\"final_loss\": 0.12345678901234568, \"held_out_loss\": 2.25, \"curve\": ["                                         \
  "{\"iteration\": 1000, \"loss\": 2.5, \"accuracy\": 0.25, \"held_out_accuracy\": null}, "                            \
  "{\"iteration\": 2000, \"loss\": 1.0000000000000001e-17, \"accuracy\": 1.0, "                                        \
  "\"held_out_accuracy\": 0.10000000000000001}, "                                                                      \
  "{\"iteration\": 2500, \"loss\": null, \"accuracy\": 0.0, \"held_out_accuracy\": 0.66666666666666663}], "            \
  "\"confusion\": [[0, 1000, 2000], [3000, 4000, 5000], [6000, 7000, 8000]], "                                         \
  "\"held_out_confusion\": [[9, 8, 7], [6, 5, 4], [3, 2, 1]], \"weights\": \"gate-lstm-hidden.safetensors\", "         \
  "\"order_losses\": [2.8900000000000001, null, 1.0000000000000001e300]}\n"

static void
test_text (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnRunRecord) record = full_record ();
  g_autofree char *text = NULL;

  save (test, record);
  g_assert_true (g_file_get_contents (test->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, TEXT);
}

/* Locales whose decimal point is a comma, and one whose decimal point is two bytes long. */
static void
test_locales (TestFolder *test, gconstpointer data)
{
  static const char *const locales[] = { "de_DE", "ps_AF" };
  g_autoptr (NnRunRecord) record = full_record ();
  guint n_tried = 0;

  g_setenv ("LOCPATH", test->folder, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *name = g_strconcat (locales[i], ".UTF-8", NULL);
      g_autofree char *folder = g_build_filename (test->folder, name, NULL);
      const char *command[] = { "localedef", "-i", locales[i], "-f", "UTF-8", folder, NULL };
      g_autofree char *text = NULL;
      GDir *listing;

      /* Its status tells of warnings too; whether the locale is there shows at setlocale. */
      g_spawn_sync (NULL, (char **) command, NULL,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                    NULL, NULL, NULL);
      if (setlocale (LC_ALL, name) != NULL)
        {
          g_assert_cmpstr (localeconv ()->decimal_point, !=, ".");
          assert_comes_back (test, record);
          g_assert_true (g_file_get_contents (test->path, &text, NULL, NULL));
          g_assert_cmpstr (text, ==, TEXT);
          n_tried++;
        }
      setlocale (LC_ALL, "C");
      listing = g_dir_open (folder, 0, NULL);
      if (listing != NULL)
        {
          g_autofree char *clean = g_strdup_printf ("rm -rf '%s'", folder);
          g_dir_close (listing);
          g_assert_true (g_spawn_command_line_sync (clean, NULL, NULL, NULL, NULL));
        }
    }
  g_unsetenv ("LOCPATH");
  if (n_tried == 0)
    g_test_skip ("localedef can't make these locales here");
}

/* ---- Files that are no record ---- */

typedef struct
{
  const char *name, *from, *to, *message;
} Change;

#define MUST(field, what) "its field \"" field "\" must be " what "; choose another file"

static const Change changes[] = {
  { "format", "gatescope-run", "other", MUST ("format", "\"gatescope-run\": it is no record of a run") },
  { "version", "\"version\": 1", "\"version\": 2", MUST ("version", "1: another version of the program wrote it") },
  { "model", "gate-lstm-hidden", "gru", MUST ("model", "rnn, lstm, gate-lstm or gate-lstm-hidden") },
  { "no-model", "\"model\"", "\"modal\"", MUST ("model", "rnn, lstm, gate-lstm or gate-lstm-hidden") },
  { "preset", "\"report\"", "1", MUST ("preset", "a string or null") },
  { "hidden", "33", "7", MUST ("hidden", "a whole number from 8 to 1024") },
  { "hidden-real", "33", "33.0", MUST ("hidden", "a whole number from 8 to 1024") },
  { "seed", "4294967295", "4294967296", MUST ("seed", "a whole number from 0 to 4294967295") },
  { "hold-out", "0.90000000000000002", "0.91", MUST ("hold_out", "a number from 0 to 0.9") },
  { "hold-out-null", "0.90000000000000002", "null", MUST ("hold_out", "a number from 0 to 0.9") },
  { "rate", "0.10000000000000001", "0", MUST ("learning_rate", "a number above 0 and at most 100") },
  { "rate-text", "0.10000000000000001", "\"0.1\"", MUST ("learning_rate", "a number above 0 and at most 100") },
  { "batch", "\"batch\": 96", "\"batch\": 0", MUST ("batch", "a whole number from 1 to 1024") },
  { "optimizer", "\"adam\"", "\"rmsprop\"", MUST ("optimizer", "sgd or adam") },
  { "optimizer-null", "\"adam\"", "null", MUST ("optimizer", "sgd or adam") },
  { "clip", "1.5", "-1.5", MUST ("clip", "a number from 0 to 100000") },
  { "decay", "0.75", "1.0", MUST ("decay", "a number from 0 to 0.99") },
  { "weight-decay", "0.0625", "1.1", MUST ("weight_decay", "a number from 0 to 1") },
  { "dropout", "0.375", "\"0.375\"", MUST ("dropout", "a number from 0 to 0.9") },
  { "letter-dropout", "0.21875", "0.95", MUST ("letter_dropout", "a number from 0 to 0.9") },
  { "averaging", "0.96875", "null", MUST ("averaging", "a number from 0 to 0.99999") },
  { "planned", "123456", "0", MUST ("iterations_planned", "a whole number from 1 to 1000000000") },
  { "iterations", "2500", "-1", MUST ("iterations", "a whole number from 0 to 9223372036854775807") },
  { "data-hash", "\"00ff\"", "[]", MUST ("data_hash", "a string or null") },
  { "classes", "\"classes\": [", "\"classes\": {}, \"x\": [", MUST ("classes", "a list") },
  { "one-class", "[\"Arabic\", \"\303\211tat \\\"B\\\"\", \"Zulu\"]", "[\"A\"]",
    "its field \"classes\" must name from 2 to 64 classes; choose another file" },
  { "empty-class", "\"Zulu\"", "\"\"", MUST ("classes", "names that are not empty") },
  { "number-class", "\"Zulu\"", "3", MUST ("classes", "names that are not empty") },
  { "number-class-first", "\"Arabic\"", "3", MUST ("classes", "names that are not empty") },
  { "same-class", "\"Zulu\"", "\"Arabic\"", "its field \"classes\" must not name a class twice; choose another file" },
  { "parameters", "97298", "0", MUST ("parameters", "a whole number from 1 to 4294967295") },
  { "seconds", "0.33333333333333331", "-1", "its field \"seconds\" must not be negative; choose another file" },
  { "speed", "7500.0000000000009", "true", MUST ("names_per_second", "a number or null") },
  { "diverged", "true", "1", MUST ("diverged", "true or false") },
  { "reason", "\"the loss is not finite\"", "false", MUST ("reason", "a string or null") },
  { "train-accuracy", "0.69999999999999996", "1.5", MUST ("train_accuracy", "from 0 to 1") },
  { "held-out-accuracy", "0.52000000000000002", "-0.1", MUST ("held_out_accuracy", "from 0 to 1") },
  { "held-out-macro", "0.51000000000000001", "[]", MUST ("held_out_macro", "a number or null") },
  { "final-loss", "0.12345678901234568", "\"\"", MUST ("final_loss", "a number or null") },
  { "held-out-loss", "2.25", "{}", MUST ("held_out_loss", "a number or null") },
  { "no-curve", "\"curve\"", "\"curves\"", MUST ("curve", "a list") },
  { "same-iteration", "\"iteration\": 2000", "\"iteration\": 1000",
    MUST ("curve[1].iteration", "larger than the one before it") },
  { "point", "{\"iteration\": 1000, \"loss\": 2.5, \"accuracy\": 0.25, \"held_out_accuracy\": null}", "7",
    MUST ("curve[0].iteration", "a whole number from 1 to 9223372036854775807") },
  { "point-accuracy", "\"accuracy\": 1.0", "\"accuracy\": 1.01", MUST ("curve[1].accuracy", "from 0 to 1") },
  { "point-loss", "\"loss\": null", "\"loss\": false", MUST ("curve[2].loss", "a number or null") },
  { "point-held-out", "0.66666666666666663", "66", MUST ("curve[2].held_out_accuracy", "from 0 to 1") },
  { "matrix-rows", "[[0, 1000, 2000], ", "[", MUST ("confusion", "3 lists of 3 counts, one a class") },
  { "matrix-row", "[0, 1000, 2000]", "[0, 1000]", MUST ("confusion", "3 lists of 3 counts, one a class") },
  { "matrix-count", "[0, 1000, 2000]", "[0, -1, 2000]",
    MUST ("confusion", "a whole number from 0 to 1125899906842624") },
  { "matrix-overflow", "[3, 2, 1]", "[3, 2, 9223372036854775807]",
    MUST ("held_out_confusion", "a whole number from 0 to 1125899906842624") },
  { "matrix-text", "[[9, 8, 7], [6, 5, 4], [3, 2, 1]]", "\"none\"",
    MUST ("held_out_confusion", "3 lists of 3 counts, one a class") },
  { "weights", "\"gate-lstm-hidden.safetensors\"", "0", MUST ("weights", "a string or null") },
  { "order-losses", "[2.8900000000000001, null, 1.0000000000000001e300]", "2.89", MUST ("order_losses", "a list") },
  { "order-loss", "2.8900000000000001", "\"2.89\"", MUST ("order_losses", "a number or null") },
  { "list", "{\"format\"", "[{\"format\"", "it is no valid JSON object: *" },
  { "duplicate", "\"hidden\"", "\"seed\"", "it is no valid JSON object: duplicate object key*" },
  { "overflow", "1.0000000000000001e300", "1e400", "it is no valid JSON object: real number overflow*" },
};

static void
test_change (TestFolder *test, gconstpointer data)
{
  const Change *change = data;
  const char *at = strstr (TEXT, change->from);
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_assert_nonnull (at);
  text = g_strdup_printf ("%.*s%s%s", (int) (strlen (TEXT) - strlen (at)), TEXT, change->to,
                          at + strlen (change->from));
  test_folder_write (test, text, strlen (text));
  g_assert_null (nn_run_record_load (test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_DATA, change->message);
}

static void
test_truncated (TestFolder *test, gconstpointer data)
{
  /* Without the line break at its end it is whole. */
  for (gsize length = 0; length + 1 < strlen (TEXT); length++)
    {
      GError *error = NULL;

      test_folder_write (test, TEXT, length);
      g_assert_null (nn_run_record_load (test->path, &error));
      test_folder_assert_error (test, &error, NN_ERROR_DATA, "it is no valid JSON object: *");
    }
}

static void
test_flipped (TestFolder *test, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20240229);
  gsize n = strlen (TEXT);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *damaged = g_strdup (TEXT);
      g_autoptr (NnRunRecord) record = NULL;
      GError *error = NULL;

      for (guint j = 0; j <= i % 4; j++)
        damaged[g_rand_int (random) % n] = (char) g_rand_int (random);
      test_folder_write (test, damaged, n);
      record = nn_run_record_load (test->path, &error);
      g_assert_true ((record == NULL) == (error != NULL));
      g_clear_error (&error);
    }
}

static void
test_no_file (TestFolder *test, gconstpointer data)
{
  GError *error = NULL;

  g_assert_null (nn_run_record_load (test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE, "can't be read: No such file or directory");
  test_folder_write (test, "[]", 2);
  g_assert_null (nn_run_record_load (test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_DATA, "it is no valid JSON object; choose another file");
}

static void
test_save_fails (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnRunRecord) record = full_record ();
  GError *error = NULL;

  g_free (test->path);
  test->path = g_build_filename (test->folder, "none", "file", NULL);
  g_assert_false (nn_run_record_save (record, test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE,
                            "can't be written: No such file or directory; choose another place");
}

/* ---- Curves ---- */

static void
test_history (void)
{
  g_autoptr (NnHistory) history = nn_history_new ();
  g_autoptr (NnHistory) copy = NULL;

  g_assert_cmpuint (nn_history_length (history), ==, 0);
  g_assert_null (nn_history_last (history));
  add_point (history, 1000, 2.5, 0.25, NAN);
  add_point (history, 2000, 1.5, 0.5, 0.4);
  g_assert_cmpuint (nn_history_length (history), ==, 2);
  g_assert_true (nn_history_last (history) == nn_history_point (history, 1));
  g_assert_cmpuint (nn_history_point (history, 0)->iteration, ==, 1000);
  g_assert_cmpfloat (nn_history_last (history)->held_out_accuracy, ==, 0.4);

  copy = nn_history_copy (history);
  assert_same_history (history, copy);
  nn_history_clear (history);
  g_assert_cmpuint (nn_history_length (history), ==, 0);
  g_assert_cmpuint (nn_history_length (copy), ==, 2);
  add_point (history, 1, 1.0, 1.0, NAN);
}

static void
test_history_order (void)
{
  g_autoptr (NnHistory) history = nn_history_new ();

  add_point (history, 1000, 2.5, 0.25, NAN);
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*nn_history_add: assertion*");
  add_point (history, 1000, 2.5, 0.25, NAN);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (nn_history_length (history), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST_ADD ("/run-record/round-trip", test_round_trip);
  TEST_ADD ("/run-record/bare", test_bare);
  TEST_ADD ("/run-record/empty-order", test_empty_order);
  TEST_ADD ("/run-record/odd-file-name", test_odd_file_name);
  TEST_ADD ("/run-record/text", test_text);
  TEST_ADD ("/run-record/locales", test_locales);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *name = g_strconcat ("/run-record/malformed/", changes[i].name, NULL);
      g_test_add (name, TestFolder, &changes[i], test_folder_set_up, test_change, test_folder_tear_down);
    }
  TEST_ADD ("/run-record/truncated", test_truncated);
  TEST_ADD ("/run-record/flipped", test_flipped);
  TEST_ADD ("/run-record/no-file", test_no_file);
  TEST_ADD ("/run-record/save-fails", test_save_fails);
  g_test_add_func ("/history/points", test_history);
  g_test_add_func ("/history/order", test_history_order);
  return g_test_run ();
}
