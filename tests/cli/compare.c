/* compare.c: "compare": runs side by side, tested on the names that they held out, and what it refuses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include "engine/evaluate.h"
#include "engine/weights.h"
#include "support/small-data.h"

#include <glib/gstdio.h>
#include <string.h>

#define TRAIN "train --data names --hidden 16 --quiet "
#define SEED 3

static void
make_runs (const Place *place)
{
  g_autofree char *rnn = program_succeed (place, TRAIN "--model rnn --iterations 300 --hold-out 0.5 --seed 3 --out o/");
  g_autofree char *lstm
    = program_succeed (place, TRAIN "--model lstm --iterations 900 --hold-out 0.5 --seed 3 --out o/");
}

static GStrv
fields_of (const char *line)
{
  return g_strsplit (line, ",", -1);
}

/* The column of that name. */
static const char *
field (char **titles, char **fields, const char *title)
{
  for (guint i = 0; titles[i] != NULL; i++)
    if (strcmp (titles[i], title) == 0)
      return fields[i];
  g_error ("there is no column %s", title);
}

/* The last @n lines, and the one before them. */
static GStrv
lines_of (const char *output, guint n)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_lines = g_strv_length (lines);

  g_assert_cmpuint (n_lines, >=, n + 2);
  /* An empty one stands behind the last line's end. */
  for (guint i = n_lines - n - 2; i < n_lines - 1; i++)
    g_strv_builder_add (builder, lines[i]);
  return g_strv_builder_end (builder);
}

/* ---- The numbers ---- */

static void
test_numbers (Place *place, gconstpointer data)
{
  g_autofree char *trained
    = program_succeed (place, TRAIN "--model lstm --iterations 900 --hold-out 0.5 --out o/ --json");
  g_autoptr (GPtrArray) events = lines_json (trained);
  const json_t *done = g_ptr_array_index (events, events->len - 1);
  g_autofree char *csv = program_succeed (place, "compare --run o/lstm.run.json --format csv");
  g_auto (GStrv) lines = lines_of (csv, 1);
  g_auto (GStrv) titles = fields_of (lines[0]), fields = fields_of (lines[1]);

  g_assert_true (g_str_has_prefix (csv, "# title: "));
  g_assert_nonnull (strstr (csv, "# description: lstm: data "));
  g_assert_nonnull (strstr (csv, "; seed 1; held out 0.5;"));
  g_assert_cmpstr (fields[0], ==, "LSTM");
  g_assert_cmpstr (field (titles, fields, "iterations"), ==, "900");
  g_assert_cmpfloat (g_ascii_strtod (field (titles, fields, "train_accuracy"), NULL), ==,
                     number_of (done, "train_accuracy"));
  g_assert_cmpfloat (g_ascii_strtod (field (titles, fields, "held_out_accuracy"), NULL), ==,
                     number_of (done, "held_out_accuracy"));
  g_assert_cmpfloat (g_ascii_strtod (field (titles, fields, "held_out_macro"), NULL), ==,
                     number_of (done, "held_out_macro"));
  g_assert_cmpstr (field (titles, fields, "train_draws"), ==, "10000");
  for (guint i = 0; titles[i] != NULL; i++)
    g_assert_null (strstr (titles[i], "mcnemar"));
}

/* ---- The test ---- */

typedef struct
{
  guint n;
  gboolean right[2][64];
} Recount;

/* Asks the engine name by name; the names of the small data all differ. */
static void
recount (const Place *place, Recount *count)
{
  static const char *const files[] = { "o/rnn.safetensors", "o/lstm.safetensors" };
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnSplit) split = nn_split_new (dataset, 0.5, SEED, NULL);
  const guint *rows = nn_split_held_out_rows (split, &count->n);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = place_path (place, files[i]);
      g_autoptr (NnModel) model = nn_weights_load (path, NULL, NULL, NULL, NULL);

      for (guint j = 0; j < count->n; j++)
        {
          g_autoptr (NnConfusion) single = nn_evaluate_rows (model, dataset, &rows[j], 1, NULL, NULL);

          count->right[i][j] = nn_confusion_accuracy (single) == 1.0;
        }
    }
}

/* 2 (C(n, 0) + ... + C(n, k)) / 2^n, at most 1. */
static double
exact_p (guint b, guint c)
{
  double term = 1, sum = 0, all = 1;

  for (guint i = 0; i < b + c; i++)
    all *= 2;
  for (guint i = 0; i <= MIN (b, c); i++)
    {
      sum += term;
      term = term * (b + c - i) / (i + 1);
    }
  return b == c ? 1.0 : MIN (2 * sum / all, 1.0);
}

static void
test_mcnemar (Place *place, gconstpointer data)
{
  Recount count = { 0 };
  guint only[2] = { 0, 0 };
  g_autofree char *csv = NULL, *text = NULL, *list = NULL, *row = NULL;
  g_auto (GStrv) lines = NULL, titles = NULL, rnn = NULL, lstm = NULL, listed = NULL;

  make_runs (place);
  recount (place, &count);
  for (guint j = 0; j < count.n; j++)
    {
      only[0] += count.right[0][j] && !count.right[1][j];
      only[1] += count.right[1][j] && !count.right[0][j];
    }
  g_assert_cmpuint (only[0] + only[1], >, 0);
  csv = program_succeed (place, "compare --run o/rnn.run.json --run o/lstm.run.json --data names --format csv");
  lines = lines_of (csv, 2);
  titles = fields_of (lines[0]);
  rnn = fields_of (lines[1]);
  lstm = fields_of (lines[2]);
  g_assert_cmpfloat (g_ascii_strtod (field (titles, rnn, "only_right_vs_LSTM"), NULL), ==, only[0]);
  g_assert_cmpfloat (g_ascii_strtod (field (titles, lstm, "only_right_vs_RNN"), NULL), ==, only[1]);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (field (titles, rnn, "mcnemar_p_vs_LSTM"), NULL),
                                  exact_p (only[0], only[1]), 1e-9);
  g_assert_cmpstr (field (titles, rnn, "mcnemar_p_vs_RNN"), ==, "");

  text = program_succeed (place, "compare --run o/rnn.run.json --run o/lstm.run.json --data names");
  row = g_strdup_printf ("\nRNN    LSTM    %14u  %16u  %17u  ", count.n, only[0], only[1]);
  g_assert_nonnull (strstr (text, row));

  list = program_succeed (
    place, "compare --run o/rnn.run.json --run o/lstm.run.json --data names --only-right --format csv");
  listed = lines_of (list, only[0] + only[1]);
  g_assert_cmpstr (listed[0], ==, "only_right,name,language,guess_RNN,guess_LSTM");
  for (guint i = 1; listed[i] != NULL; i++)
    {
      g_auto (GStrv) fields = fields_of (listed[i]);
      guint right = i <= only[0] ? 3 : 4;

      g_assert_cmpstr (fields[0], ==, i <= only[0] ? "RNN" : "LSTM");
      g_assert_cmpstr (fields[right], ==, fields[2]);
      g_assert_cmpstr (fields[7 - right], !=, fields[2]);
    }
}

static void
test_formats (Place *place, gconstpointer data)
{
  g_autofree char *text = NULL, *markdown = NULL, *latex = NULL;

  make_runs (place);
  text = program_succeed (place, "compare --run o/rnn.run.json --run o/lstm.run.json");
  markdown = program_succeed (place, "compare --run o/rnn.run.json --run o/lstm.run.json --format markdown");
  latex = program_succeed (place, "compare --run o/rnn.run.json --run o/lstm.run.json --format latex --data names");
  g_assert_true (g_str_has_prefix (text, "Network  Parameters  Iterations  "));
  g_assert_null (strstr (text, "McNemar"));
  g_assert_true (g_str_has_prefix (markdown, "| Network | Parameters |"));
  g_assert_true (g_str_has_prefix (latex, "% title: "));
  g_assert_nonnull (strstr (latex, "\\begin{tabular}{lrrrrrrrr}\n  \\toprule\n"));
  g_assert_nonnull (strstr (latex, "\\begin{tabular}{llrrrr}\n"));
}

/* ---- What is refused ---- */

static void
test_usage (Place *place, gconstpointer data)
{
  program_fail (place, 2, "--run FILE is missing; see gatescope-cli compare --help", "compare");
  program_fail (place, 2,
                "--format is “html”; it must be text, csv, markdown or latex; see gatescope-cli compare --help",
                "compare --run x --format html");
  program_fail (place, 2, "--only-right goes with two runs or more; see gatescope-cli compare --help",
                "compare --run x --only-right");
  program_fail (place, 1, "missing.run.json: *", "compare --run missing.run.json");
}

static void
test_differences (Place *place, gconstpointer data)
{
  g_autofree char *other = NULL, *without = NULL, *moved = NULL, *shown = NULL, *later = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *weights = place_path (place, "o/lstm.safetensors");

  make_runs (place);
  place_write (place, "others/Ala.txt", "Ala\nBala\nCala\nDala\nEla\n");
  place_write (place, "others/Obo.txt", "Obo\nBobo\nCobo\nDobo\nEbo\n");
  other = program_succeed (place, "train --data others --hidden 16 --iterations 50 --model rnn --quiet --out p/");
  without = program_succeed (place, TRAIN "--model gate-lstm --iterations 50 --hold-out 0 --seed 3 --out o/");
  moved = program_succeed (place, TRAIN "--model rnn --iterations 50 --hold-out 0.25 --seed 4 --out q/");
  program_fail (place, 1,
                "o/rnn.run.json and p/rnn.run.json are of different data, so their numbers say nothing of each other; "
                "compare runs of the same names",
                "compare --run o/rnn.run.json --run p/rnn.run.json");
  program_fail (place, 1,
                "o/rnn.run.json held out 0.5 of the names with seed 3, q/rnn.run.json 0.25 with seed 4: the test needs "
                "the same names; leave --data and --only-right out, or train with the same seed and share",
                "compare --run o/rnn.run.json --run q/rnn.run.json --data names");
  program_fail (place, 1,
                "o/gate-lstm.run.json: nothing was held out in this run, so there is nothing to test it on; leave --data "
                "and --only-right out, or train with --hold-out",
                "compare --run o/rnn.run.json --run o/gate-lstm.run.json --data names");
  program_fail (place, 1,
                "o/rnn.run.json: it was trained on other names than those of others; give with --data what it was "
                "trained on",
                "compare --run o/rnn.run.json --run o/lstm.run.json --data others");
  /* Each of them can be shown beside the others all the same, without the test. */
  shown = program_succeed (place, "compare --run o/rnn.run.json --run q/rnn.run.json --run o/gate-lstm.run.json");
  g_assert_nonnull (strstr (shown, "\nRNN (rnn.run.json) "));

  /* Weights of another run in their place, and none. */
  later = program_succeed (place, TRAIN "--model lstm --iterations 20 --hold-out 0.5 --seed 3 --out r/");
  bytes = place_read (place, "r/lstm.safetensors");
  g_assert_true (
    g_file_set_contents (weights, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  program_fail (place, 1,
                "o/lstm.safetensors: these weights are not of the run o/lstm.run.json; put those beside it that train "
                "wrote with it",
                "compare --run o/rnn.run.json --run o/lstm.run.json --data names");
  g_assert_cmpint (g_unlink (weights), ==, 0);
  program_fail (place, 1, "o/lstm.safetensors: *", "compare --run o/rnn.run.json --run o/lstm.run.json --data names");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/compare/numbers", test_numbers);
  PLACE_ADD ("/compare/mcnemar", test_mcnemar);
  PLACE_ADD ("/compare/formats", test_formats);
  PLACE_ADD ("/compare/usage", test_usage);
  PLACE_ADD ("/compare/differences", test_differences);
  return g_test_run ();
}
