/* seeds.c: "train" with several seeds, and with several threads.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>
#include <string.h>

#define SMALL "train --data names --hidden 16 --iterations 1500 --hold-out 0.3 "

static void
assert_same_file (const Place *place, const char *one, const char *other)
{
  g_autoptr (GBytes) a = place_read (place, one);
  g_autoptr (GBytes) b = place_read (place, other);

  g_assert_true (g_bytes_equal (a, b));
}

static void
assert_other_file (const Place *place, const char *one, const char *other)
{
  g_autoptr (GBytes) a = place_read (place, one);
  g_autoptr (GBytes) b = place_read (place, other);

  g_assert_false (g_bytes_equal (a, b));
}

/* Each seed of each network learns what it learns alone. */
static void
test_files (Place *place, gconstpointer data)
{
  static const char *const models[] = { "rnn", "lstm", "gate-lstm" };
  g_autofree char *set = program_succeed (place, SMALL "--seed 7 --seeds 3 --out set --quiet");

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    for (guint seed = 7; seed < 10; seed++)
      {
        g_autofree char *line = g_strdup_printf (SMALL "--model %s --seed %u --out alone --quiet", models[i], seed);
        g_autofree char *output = program_succeed (place, line);
        g_autofree char *weights = g_strdup_printf ("set/%s-seed-%u.safetensors", models[i], seed);
        g_autofree char *next = g_strdup_printf ("set/%s-seed-%u.safetensors", models[i], seed == 9 ? 7 : seed + 1);
        g_autofree char *record = g_strdup_printf ("set/%s-seed-%u.run.json", models[i], seed);

        assert_same_file (place, weights, "alone");
        assert_other_file (place, weights, next);
        g_assert_true (place_has (place, record));
      }
  g_assert_false (place_has (place, "set/lstm-seed-10.safetensors"));
  g_assert_false (place_has (place, "set/lstm.safetensors"));
}

/* @what of the two results, worked out by hand: for two numbers a and b, (a + b) / 2 and |a - b| / sqrt 2. */
static void
assert_measure (const json_t *set, const char *key, const json_t *first, const json_t *second, const char *what)
{
  const json_t *measure = json_object_get (set, key);
  const json_t *values = json_object_get (measure, "values");
  double a = json_real_value (json_array_get (values, 0)), b = json_real_value (json_array_get (values, 1));

  assert_keys (measure, "mean standard_deviation values");
  g_assert_cmpuint (json_array_size (values), ==, 2);
  if (what != NULL)
    {
      g_assert_cmpfloat (a, ==, number_of (first, what));
      g_assert_cmpfloat (b, ==, number_of (second, what));
    }
  g_assert_cmpfloat_with_epsilon (number_of (measure, "mean"), (a + b) / 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (number_of (measure, "standard_deviation"), fabs (a - b) / sqrt (2), 1e-12);
}

static void
test_json (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, SMALL "--model lstm --seed 4 --seeds 2 --json");
  g_autoptr (GPtrArray) events = lines_json (output);
  const json_t *first, *second, *set;

  /* Two points a seed, two results, and what they come to. */
  g_assert_cmpuint (events->len, ==, 7);
  assert_keys (g_ptr_array_index (events, 0), "event model iteration loss accuracy held_out_accuracy seed");
  first = g_ptr_array_index (events, 4);
  second = g_ptr_array_index (events, 5);
  set = g_ptr_array_index (events, 6);
  assert_keys (first, "event model iterations train_accuracy held_out_accuracy held_out_macro seconds names_per_second "
                      "weights seed");
  g_assert_cmpfloat (number_of (first, "seed"), ==, 4);
  g_assert_cmpfloat (number_of (second, "seed"), ==, 5);
  assert_keys (set, "event model seeds left_out final_loss train_accuracy held_out_accuracy held_out_macro");
  g_assert_cmpstr (string_of (set, "event"), ==, "seeds");
  g_assert_cmpstr (string_of (set, "model"), ==, "lstm");
  g_assert_cmpuint (json_array_size (json_object_get (set, "seeds")), ==, 2);
  g_assert_cmpint (json_integer_value (json_array_get (json_object_get (set, "seeds"), 1)), ==, 5);
  g_assert_cmpfloat (number_of (set, "left_out"), ==, 0);
  assert_measure (set, "final_loss", first, second, NULL);
  assert_measure (set, "train_accuracy", first, second, "train_accuracy");
  assert_measure (set, "held_out_accuracy", first, second, "held_out_accuracy");
  assert_measure (set, "held_out_macro", first, second, "held_out_macro");
}

/* The numbers of the line that begins with @start, percent signs and the like aside. */
static GArray *
numbers_of (const char *output, const char *start)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));
  const char *line = strstr (output, start);

  g_assert_nonnull (line);
  for (const char *at = line + strlen (start); *at != '\n' && *at != '\0';)
    {
      char *end;
      double number = g_ascii_strtod (at, &end);

      if (end != at && g_ascii_isdigit (end[-1]))
        g_array_append_val (numbers, number);
      at = end != at ? end : at + 1;
    }
  return numbers;
}

#define AT(numbers, i) g_array_index (numbers, double, i)

static void
test_text (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, SMALL "--model lstm --seeds 2 --quiet");
  g_autoptr (GArray) first = numbers_of (output, "\nlstm"), second = NULL, set = NULL;
  const char *summary = strstr (output, "Mean ± standard deviation over the seeds:\n");

  g_assert_true (g_str_has_prefix (output, "network  seed  iterations"));
  g_assert_nonnull (summary);
  second = numbers_of (strchr (strstr (output, "\nlstm") + 1, '\n'), "\nlstm");
  set = numbers_of (summary, "\nlstm");
  /* seed, iterations, training, held out, macro, loss; of the set: seeds, then mean and deviation of each. */
  g_assert_cmpfloat (AT (second, 0), ==, 2);
  g_assert_cmpfloat (AT (set, 0), ==, 2);
  for (guint i = 0; i < 4; i++)
    {
      double a = AT (first, 2 + i), b = AT (second, 2 + i);

      g_assert_cmpfloat_with_epsilon (AT (set, 1 + 2 * i), (a + b) / 2, 0.11);
      g_assert_cmpfloat_with_epsilon (AT (set, 2 + 2 * i), fabs (a - b) / sqrt (2), 0.13);
    }
}

/* A run that diverged is no part of the mean. */
static void
test_divergence (Place *place, gconstpointer data)
{
  g_auto (Outcome) outcome = program_run (place, "train --data names --model rnn --hidden 16 --iterations 3000 "
                                                 "--learning-rate 0.5 --seeds 2 --json");
  g_autoptr (GPtrArray) events = lines_json (outcome.output);
  const json_t *set = g_ptr_array_index (events, events->len - 1);

  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_true (g_str_has_prefix (outcome.errors, "gatescope-cli: diverged: rnn with seed 1: "));
  g_assert_nonnull (strstr (outcome.errors, "; rnn with seed 2: "));
  g_assert_cmpfloat (number_of (set, "left_out"), ==, 2);
  g_assert_cmpuint (json_array_size (json_object_get (set, "seeds")), ==, 0);
  g_assert_true (json_is_null (json_object_get (json_object_get (set, "final_loss"), "mean")));
}

static void
test_errors (Place *place, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "--seeds 0", "--seeds is “0”; it must be a whole number from 1 to 100; see gatescope-cli train --help" },
    { "--seeds 101", "--seeds is “101”; it must be a whole number from 1 to 100; see gatescope-cli train --help" },
    { "--threads 3", "--threads is “3”; it must be a whole number from 1 to 2; see gatescope-cli train --help" },
    { "--seeds 3 --seed 4294967294",
      "--seeds is 3, but from seed 4294967294 on there are only 2; give a lower --seed; see gatescope-cli train --help" },
    { "--seeds 2 --init names --model all",
      "--seeds draws the weights anew for each seed, so it can't start from those of --init; give one of the two; see "
      "gatescope-cli train --help" },
    { "--seeds 2 --model lstm --out lstm.safetensors",
      "--out is “lstm.safetensors”, one file, but --seeds 2 makes several; give a folder; see gatescope-cli train "
      "--help" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strconcat ("train --data names ", cases[i][0], NULL);
      program_fail (place, 2, cases[i][1], line);
    }
}

static void
test_threads (Place *place, gconstpointer data)
{
  static const char *const models[] = { "rnn", "lstm", "gate-lstm", "gate-lstm-hidden" };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *one = g_strdup_printf (
          "train --data names --hidden 64 --iterations 2000 --quiet --model %s --threads 1 --out one", models[i]);
      g_autofree char *two = g_strdup_printf (
          "train --data names --hidden 64 --iterations 2000 --quiet --model %s --threads 2 --out two", models[i]);
      g_autofree char *first = program_succeed (place, one);
      g_autofree char *second = program_succeed (place, two);

      assert_same_file (place, "one", "two");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/seeds/files", test_files);
  PLACE_ADD ("/seeds/json", test_json);
  PLACE_ADD ("/seeds/text", test_text);
  PLACE_ADD ("/seeds/divergence", test_divergence);
  PLACE_ADD ("/seeds/errors", test_errors);
  PLACE_ADD ("/seeds/threads", test_threads);
  return g_test_run ();
}
