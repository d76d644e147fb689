/* figure-confusion.c: "figure confusion": what is counted, orders, differences, scores, and what it refuses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <string.h>

#define TRAIN "train --data names --hidden 16 --iterations 1200 --quiet "
#define NETWORKS "--data names --weights o/rnn.safetensors --weights o/lstm.safetensors "
#define RUNS "--run o/rnn.run.json --run o/lstm.run.json "

static void
make_runs (const Place *place)
{
  g_autofree char *three = program_succeed (place, TRAIN "--hold-out 0.3 --seed 4 --out o");
  g_autofree char *without = program_succeed (place, TRAIN "--hold-out 0 --model lstm --out without.safetensors");
}

/* The figure's numbers as lines of CSV, without what the file says of itself. */
static char *
csv_of (const Place *place, const char *options)
{
  g_autofree char *line = g_strdup_printf ("figure confusion --out numbers.csv %s", options);
  g_autofree char *output = program_succeed (place, line);
  g_autoptr (GBytes) bytes = place_read (place, "numbers.csv");
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *csv = g_strndup (data, length);
  const char *numbers = csv;

  g_assert_cmpstr (output, ==, "");
  while (*numbers == '#')
    numbers = strchr (numbers, '\n') + 1;
  return g_strdup (numbers);
}

/* The sum of the counts, the fourth column. */
static guint64
total_of (const char *csv)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  guint64 total = 0;

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      total += g_ascii_strtoull (cells[3], NULL, 10);
    }
  return total;
}

/* Counted from the weights, draws and held-out rows are those that the training counted. */
static void
test_counted (Place *place, gconstpointer data)
{
  g_autofree char *run = NULL, *draws = NULL, *held_run = NULL, *held = NULL, *rows = NULL, *usual = NULL;

  make_runs (place);
  run = csv_of (place, RUNS);
  draws = csv_of (place, NETWORKS "--counted draws");
  g_assert_cmpstr (draws, ==, run);
  g_assert_cmpuint (total_of (draws), ==, 2 * 10000);
  held_run = csv_of (place, RUNS "--counted held-out");
  held = csv_of (place, NETWORKS "--counted held-out");
  g_assert_cmpstr (held, ==, held_run);
  rows = csv_of (place, NETWORKS "--counted rows");
  usual = csv_of (place, NETWORKS);
  g_assert_cmpstr (rows, ==, usual);
  g_assert_cmpuint (total_of (held), <, total_of (rows));
  g_assert_cmpuint (total_of (held), >, 0);
}

/* What a run did not measure is counted with the weights that lie beside it; files of both kinds keep their order. */
static void
test_beside (Place *place, gconstpointer data)
{
  g_autofree char *rows = NULL, *of_weights = NULL, *mixed = NULL, *few = NULL, *split = NULL, *moved = NULL, *text = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GBytes) record = NULL;

  make_runs (place);
  rows = csv_of (place, RUNS "--data names --counted rows");
  of_weights = csv_of (place, NETWORKS "--counted rows");
  g_assert_cmpstr (rows, ==, of_weights);
  mixed = csv_of (place, "--data names --weights o/lstm.safetensors --run o/rnn.run.json --counted draws");
  g_assert_nonnull (strstr (mixed, "share\nLSTM,"));
  g_assert_nonnull (strstr (mixed, "\nRNN,"));
  few = csv_of (place, NETWORKS "--counted draws --draws 100");
  g_assert_cmpuint (total_of (few), ==, 2 * 100);
  split = csv_of (place, NETWORKS "--counted held-out --hold-out 0.6");
  moved = csv_of (place, NETWORKS "--counted held-out");
  g_assert_cmpuint (total_of (split), >, total_of (moved));
  record = place_read (place, "o/lstm.run.json");
  text = g_strndup (g_bytes_get_data (record, NULL), g_bytes_get_size (record));
  place_write (place, "lost.run.json", text);
  program_fail (place, 1, "./lstm.safetensors: *", "figure confusion --out g.csv --run lost.run.json --counted rows");
  other = program_succeed (place, "train --data names --hidden 16 --iterations 100 --seed 9 --model lstm --quiet "
                                  "--out lstm.safetensors");
  program_fail (place, 1,
                "lost.run.json: the weights lstm.safetensors are of another run; save the run and its weights again",
                "figure confusion --out g.csv --run lost.run.json --counted rows");
}

static void
test_labels (Place *place, gconstpointer data)
{
  g_autofree char *named = NULL;

  make_runs (place);
  named = csv_of (place, RUNS "--label first --label 'the, second'");
  g_assert_nonnull (strstr (named, "share\nfirst,"));
  g_assert_nonnull (strstr (named, "\n\"the, second\","));
  program_fail (place, 2,
                "there are 1 labels for 2 files; give --label for each file, in their order; see gatescope-cli figure "
                "--help",
                "figure confusion --out g.svg " RUNS "--label one");
  g_assert_false (place_has (place, "g.svg"));
}

static void
test_choices (Place *place, gconstpointer data)
{
  g_autofree char *difference = NULL, *by_number = NULL, *scores = NULL, *plain = NULL, *ordered = NULL;

  make_runs (place);
  plain = csv_of (place, RUNS);
  g_assert_true (g_str_has_prefix (plain, "network,true,guess,count,share\nRNN,"));
  difference = csv_of (place, RUNS "--run o/gate-lstm.run.json --difference lstm,rnn");
  g_assert_nonnull (strstr (difference, "\nLSTM − RNN,"));
  g_assert_null (strstr (difference, "LSTM by hand"));
  g_assert_true (g_str_has_prefix (difference, "network,true,guess,count,share\nLSTM,"));
  by_number = csv_of (place, RUNS "--difference 2,1");
  g_assert_cmpstr (by_number, ==, difference);
  scores = csv_of (place, RUNS "--scores");
  g_assert_true (g_str_has_prefix (scores, "network,true,guess,count,share,precision,recall,f1\n"));
  ordered = csv_of (place, RUNS "--order accuracy");
  g_assert_cmpuint (strlen (ordered), ==, strlen (plain));
}

/* What is drawn differs with each choice, in a picture. */
static void
test_pictures (Place *place, gconstpointer data)
{
  static const char *const choices[]
    = { "",         "--cells counts",     "--cells both",         "--cells none",
        "--scores", "--order clustered --difference lstm,rnn", "--difference rnn,lstm --scores --cells both" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  make_runs (place);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *line = g_strdup_printf ("figure confusion --out f.svg " RUNS "%s", choices[i]);
      g_autofree char *output = program_succeed (place, line);
      g_autoptr (GBytes) bytes = place_read (place, "f.svg");

      g_assert_true (g_hash_table_add (seen, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes)));
    }
}

static void
test_usage (Place *place, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "confusion --run r --cells all", "--cells is “all”; it must be percent, counts, both or none" },
    { "confusion --run r --order size", "--order is “size”; it must be alphabetical, accuracy or clustered" },
    { "confusion --run r --counted train", "--counted is “train”; it must be draws, rows or held-out" },
    { "confusion --run r --held-out --counted draws", "--held-out and --counted draws contradict each other" },
    { "confusion --run r --difference lstm",
      "--difference is “lstm”; it must be two networks with a comma between them, such as lstm,rnn" },
    { "confusion --run r --difference ,rnn",
      "--difference is “,rnn”; it must be two networks with a comma between them, such as lstm,rnn" },
    { "loss --run r --scores", "--scores goes with confusion, not with loss" },
    { "loss --run r --order clustered", "--order goes with confusion and gates, not with loss" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strdup_printf ("figure --out f.svg %s", cases[i][0]);
      g_autofree char *message = g_strdup_printf ("%s; see gatescope-cli figure --help", cases[i][1]);

      program_fail (place, 2, message, line);
    }
  g_assert_false (place_has (place, "f.svg"));
}

static void
test_errors (Place *place, gconstpointer data)
{
  make_runs (place);
  program_fail (place, 2,
                "--difference: there is no network “gate-lstm” among those given; name one of theirs, or 1 for the "
                "first file; see gatescope-cli figure --help",
                "figure confusion --out f.svg " RUNS "--difference lstm,gate-lstm");
  program_fail (place, 2,
                "--difference: there are several networks “lstm”; name them by number, 1 for the first file; see "
                "gatescope-cli figure --help",
                "figure confusion --out f.svg --run o/lstm.run.json --run without.run.json --difference lstm,1");
  program_fail (place, 2, "--difference: a network differs from itself in nothing; see gatescope-cli figure --help",
                "figure confusion --out f.svg " RUNS "--difference lstm,2");
  program_fail (place, 1, "without.safetensors: the training held no row out; count draws or rows",
                "figure confusion --out f.svg --data names --weights without.safetensors --counted held-out");
  g_assert_false (place_has (place, "f.svg"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/figure-confusion/counted", test_counted);
  PLACE_ADD ("/figure-confusion/beside", test_beside);
  PLACE_ADD ("/figure-confusion/labels", test_labels);
  PLACE_ADD ("/figure-confusion/choices", test_choices);
  PLACE_ADD ("/figure-confusion/pictures", test_pictures);
  PLACE_ADD ("/figure-confusion/usage", test_usage);
  PLACE_ADD ("/figure-confusion/errors", test_errors);
  return g_test_run ();
}
