/* split.c: what is held out, and what is not.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/split.h"

#include "engine/error.h"

#include <math.h>
#include <string.h>

/* Rows for a dataset, put together one by one. */
typedef struct
{
  GPtrArray *raw;
  GArray *classes;
} Rows;

static Rows
rows_new (void)
{
  return (Rows){ g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, FALSE, sizeof (guint)) };
}

static void
rows_add (Rows *rows, guint index, const char *name)
{
  g_ptr_array_add (rows->raw, g_strdup (name));
  g_array_append_val (rows->classes, index);
}

/* @n names of the class that start with @prefix and differ in the letters after it. */
static void
rows_add_many (Rows *rows, guint index, const char *prefix, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name
          = g_strdup_printf ("%s%c%c%c", prefix, 'a' + i / 676 % 26, 'a' + i / 26 % 26, 'a' + i % 26);
      rows_add (rows, index, name);
    }
}

/* Gives the dataset with @n_classes classes, and frees the rows. */
static NnDataset *
rows_end (Rows *rows, guint n_classes)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) class_names = NULL;
  g_autoptr (GError) error = NULL;
  NnDataset *dataset;

  for (guint i = 0; i < n_classes; i++)
    {
      g_autofree char *name = g_strdup_printf ("C%02u", i);
      g_strv_builder_add (names, name);
    }
  class_names = g_strv_builder_end (names);
  dataset = nn_dataset_new_from_rows ((const char *const *) class_names, (const char *const *) rows->raw->pdata,
                                      (const guint *) (gpointer) rows->classes->data, rows->raw->len, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (rows->raw);
  g_array_unref (rows->classes);
  return dataset;
}

static NnSplit *
split (NnDataset *dataset, double fraction, guint32 seed)
{
  g_autoptr (GError) error = NULL;
  NnSplit *result = nn_split_new (dataset, fraction, seed, &error);

  g_assert_no_error (error);
  return result;
}

/* How many different strings of class @index are held out. */
static guint
held_strings (const NnSplit *result, guint index)
{
  NnDataset *dataset = nn_split_dataset (result);
  g_autoptr (GHashTable) held = g_hash_table_new (NULL, NULL);
  guint first, n_rows;

  nn_dataset_class_rows (dataset, index, &first, &n_rows);
  for (guint row = first; row < first + n_rows; row++)
    if (nn_split_row_held_out (result, row))
      g_hash_table_add (held, GUINT_TO_POINTER (nn_dataset_row_string (dataset, row)));
  return g_hash_table_size (held);
}

/* The held-out reduced names, each once, in the order of their first rows. */
static char *
held_names (const NnSplit *result)
{
  NnDataset *dataset = nn_split_dataset (result);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GString *text = g_string_new (NULL);
  const guint *rows;
  guint n_rows;

  rows = nn_split_held_out_rows (result, &n_rows);
  for (guint i = 0; i < n_rows; i++)
    if (g_hash_table_add (seen, GUINT_TO_POINTER (nn_dataset_row_string (dataset, rows[i]))))
      g_string_append_printf (text, "%s ", nn_dataset_row_ascii (dataset, rows[i]));
  return g_string_free (text, FALSE);
}

/* What holds for every split: each row stands in exactly one of the lists, which ascend; each class has a row to train
 * on; all rows of a string are on the same side. */
static void
assert_sound (const NnSplit *result)
{
  NnDataset *dataset = nn_split_dataset (result);
  guint n_strings = nn_dataset_n_strings (dataset);
  g_autofree guint *trained = g_new0 (guint, n_strings);
  g_autofree guint *held = g_new0 (guint, n_strings);
  guint n_training = 0;
  const guint *rows;
  guint n_rows;

  for (guint index = 0; index < nn_dataset_n_classes (dataset); index++)
    {
      rows = nn_split_training_rows (result, index, &n_rows);
      g_assert_cmpuint (n_rows, >=, 1);
      n_training += n_rows;
      for (guint i = 0; i < n_rows; i++)
        {
          g_assert_cmpuint (nn_dataset_row_class (dataset, rows[i]), ==, index);
          g_assert_false (nn_split_row_held_out (result, rows[i]));
          g_assert_true (i == 0 || rows[i - 1] < rows[i]);
          trained[nn_dataset_row_string (dataset, rows[i])]++;
        }
    }
  rows = nn_split_held_out_rows (result, &n_rows);
  g_assert_true ((rows == NULL) == (n_rows == 0));
  g_assert_cmpuint (n_training + n_rows, ==, nn_dataset_n_rows (dataset));
  for (guint i = 0; i < n_rows; i++)
    {
      g_assert_true (nn_split_row_held_out (result, rows[i]));
      g_assert_true (i == 0 || rows[i - 1] < rows[i]);
      held[nn_dataset_row_string (dataset, rows[i])]++;
    }
  for (guint i = 0; i < n_strings; i++)
    g_assert_true ((trained[i] > 0) != (held[i] > 0));
}

/* Two classes, a to l and k to r, that share k and l. */
static NnDataset *
two_classes (void)
{
  Rows rows = rows_new ();

  for (char c = 'a'; c <= 'l'; c++)
    rows_add (&rows, 0, (char[]){ c, '\0' });
  for (char c = 'k'; c <= 'r'; c++)
    rows_add (&rows, 1, (char[]){ c, '\0' });
  return rows_end (&rows, 2);
}

/* The names come from a separate account of the generator and of the drawing rule. */
static void
test_known (void)
{
  g_autoptr (NnDataset) dataset = two_classes ();
  static const struct
  {
    guint32 seed;
    const char *held;
  } known[] = {
    { 0, "b g h o q " },
    { 1, "b i j m n " },
    { 7, "g i l n " }, /* l is held out in both classes and counts in both */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (NnSplit) result = split (dataset, 0.25, known[i].seed);
      g_autofree char *held = held_names (result);

      assert_sound (result);
      g_assert_cmpstr (held, ==, known[i].held);
    }
}

static void
test_nothing (void)
{
  g_autoptr (NnDataset) dataset = two_classes ();
  g_autoptr (NnSplit) result = split (dataset, 0.0, 3);
  const guint *rows;
  guint n_rows = 99;

  assert_sound (result);
  g_assert_null (nn_split_held_out_rows (result, &n_rows));
  g_assert_cmpuint (n_rows, ==, 0);
  rows = nn_split_training_rows (result, 1, &n_rows);
  g_assert_cmpuint (n_rows, ==, 8);
  g_assert_cmpuint (rows[0], ==, 12);
  g_assert_cmpuint (rows[7], ==, 19);
}

static void
test_seeds (void)
{
  g_autoptr (NnDataset) dataset = two_classes ();
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint32 seed = 0; seed < 20; seed++)
    {
      g_autoptr (NnSplit) once = split (dataset, 0.3, seed);
      g_autoptr (NnSplit) again = split (dataset, 0.3, seed);
      g_autofree char *held_once = held_names (once);
      g_autofree char *held_again = held_names (again);

      g_assert_cmpstr (held_once, ==, held_again);
      g_hash_table_add (all, g_steal_pointer (&held_once));
    }
  g_assert_cmpuint (g_hash_table_size (all), >=, 15);
}

/* Classes of very different sizes, with rows that repeat and a few strings that are shared: fewer than a class's share,
 * so that each class gets just its share of the different strings. */
static void
test_stratified (void)
{
  static const guint sizes[] = { 10, 500, 40, 100, 25 };
  static const double fractions[] = { 0.1, 0.2, 0.5, 0.9 };
  Rows rows = rows_new ();
  g_autoptr (NnDataset) dataset = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      char prefix[] = { (char) ('A' + i), '\0' };

      rows_add (&rows, i, "Shared");
      rows_add_many (&rows, i, prefix, sizes[i] - 1);
      for (guint repeat = 0; repeat < 300; repeat++)
        rows_add_many (&rows, i, prefix, 1);
    }
  dataset = rows_end (&rows, G_N_ELEMENTS (sizes));
  for (guint32 seed = 0; seed < 10; seed++)
    for (guint f = 0; f < G_N_ELEMENTS (fractions); f++)
      {
        g_autoptr (NnSplit) result = split (dataset, fractions[f], seed);

        assert_sound (result);
        for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
          g_assert_cmpuint (held_strings (result, i), ==, (guint) round (fractions[f] * sizes[i]));
      }
}

/* A class that lies wholly within another still gets its share, and the large one is a string or so off. */
static void
test_stratified_overlap (void)
{
  Rows rows = rows_new ();
  g_autoptr (NnDataset) dataset = NULL;

  rows_add_many (&rows, 0, "x", 200);
  rows_add_many (&rows, 1, "x", 50);
  rows_add_many (&rows, 2, "x", 120);
  dataset = rows_end (&rows, 3);
  g_assert_cmpuint (nn_dataset_shared_strings (dataset), ==, 120);
  for (guint32 seed = 0; seed < 20; seed++)
    {
      g_autoptr (NnSplit) result = split (dataset, 0.1, seed);

      assert_sound (result);
      g_assert_cmpuint (held_strings (result, 0), ==, 20);
      g_assert_cmpuint (held_strings (result, 1), ==, 5);
      g_assert_cmpuint (held_strings (result, 2), ==, 12);
    }
}

/* One string in all 64 classes: it goes in all, or stays in all; and over many seeds it does both. */
static void
test_all_or_none (void)
{
  Rows rows = rows_new ();
  g_autoptr (NnDataset) dataset = NULL;
  guint times = 0;

  for (guint i = 0; i < 64; i++)
    {
      char prefix[] = { (char) ('A' + i % 26), (char) ('A' + i / 26), '\0' };

      rows_add (&rows, i, "Everywhere");
      rows_add_many (&rows, i, prefix, 4);
    }
  dataset = rows_end (&rows, 64);
  for (guint32 seed = 0; seed < 100; seed++)
    {
      g_autoptr (NnSplit) result = split (dataset, 0.4, seed);
      guint held = 0;

      assert_sound (result);
      for (guint i = 0; i < 64; i++)
        {
          held += nn_split_row_held_out (result, i * 5);
          g_assert_cmpuint (held_strings (result, i), ==, 2);
        }
      g_assert_true (held == 0 || held == 64);
      times += held == 64;
    }
  g_assert_cmpuint (times, >, 10);
  g_assert_cmpuint (times, <, 90);
}

/* Classes of one string, the same in two of them, and classes of which all but one could go. */
static void
test_every_class_keeps_a_row (void)
{
  Rows rows = rows_new ();
  g_autoptr (NnDataset) dataset = NULL;

  rows_add (&rows, 0, "x");
  rows_add (&rows, 1, "x");
  rows_add (&rows, 1, "x");
  rows_add (&rows, 2, "x");
  rows_add (&rows, 2, "y");
  rows_add (&rows, 3, "y");
  rows_add (&rows, 3, "p");
  rows_add (&rows, 3, "q");
  rows_add_many (&rows, 4, "z", 3);
  rows_add (&rows, 5, "alone");
  rows_add_many (&rows, 6, "w", 2);
  dataset = rows_end (&rows, 7);
  for (guint32 seed = 0; seed < 100; seed++)
    {
      g_autoptr (NnSplit) result = split (dataset, 0.9, seed);

      assert_sound (result);
      g_assert_cmpuint (held_strings (result, 0), ==, 0);
      g_assert_cmpuint (held_strings (result, 1), ==, 0);
      g_assert_cmpuint (held_strings (result, 2), ==, 1);
      g_assert_cmpuint (held_strings (result, 3), ==, 2);
      g_assert_cmpuint (held_strings (result, 4), ==, 2);
      g_assert_cmpuint (held_strings (result, 5), ==, 0);
      g_assert_cmpuint (held_strings (result, 6), ==, 1);
    }
}

/* Each of 20 strings is held out in half the splits: 2,000 draws of 1/2 have a standard deviation of 22.4. */
static void
test_uniform (void)
{
  Rows rows = rows_new ();
  g_autoptr (NnDataset) dataset = NULL;
  guint times[20] = { 0 };

  rows_add_many (&rows, 0, "a", 20);
  rows_add_many (&rows, 1, "b", 1);
  dataset = rows_end (&rows, 2);
  for (guint32 seed = 0; seed < 2000; seed++)
    {
      g_autoptr (NnSplit) result = split (dataset, 0.5, seed);

      for (guint row = 0; row < 20; row++)
        times[row] += nn_split_row_held_out (result, row);
    }
  for (guint row = 0; row < 20; row++)
    {
      g_assert_cmpuint (times[row], >, 1000 - 112);
      g_assert_cmpuint (times[row], <, 1000 + 112);
    }
}

static void
assert_refused (double fraction, const char *expected)
{
  g_autoptr (NnDataset) dataset = two_classes ();
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_split_new (dataset, fraction, 1, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SETTINGS);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_fractions (void)
{
  assert_refused (-0.1, "the share of names to hold out is -0.1; it must be from 0 to 0.9");
  assert_refused (0.91, "the share of names to hold out is 0.91; it must be from 0 to 0.9");
  assert_refused (10.0, "the share of names to hold out is 10; it must be from 0 to 0.9");
  assert_refused ((double) NAN, "the share of names to hold out is nan; it must be from 0 to 0.9");
  assert_refused ((double) INFINITY, "the share of names to hold out is inf; it must be from 0 to 0.9");
}

/* A split keeps its dataset alive, and itself as long as anybody has it. */
static void
test_references (void)
{
  NnDataset *dataset = two_classes ();
  NnSplit *result = split (dataset, 0.5, 1);

  g_assert_true (nn_split_dataset (result) == dataset);
  nn_dataset_unref (dataset);
  g_assert_true (nn_split_ref (result) == result);
  nn_split_unref (result);
  assert_sound (result);
  nn_split_unref (result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split/known", test_known);
  g_test_add_func ("/split/nothing", test_nothing);
  g_test_add_func ("/split/seeds", test_seeds);
  g_test_add_func ("/split/stratified", test_stratified);
  g_test_add_func ("/split/stratified-overlap", test_stratified_overlap);
  g_test_add_func ("/split/all-or-none", test_all_or_none);
  g_test_add_func ("/split/every-class-keeps-a-row", test_every_class_keeps_a_row);
  g_test_add_func ("/split/uniform", test_uniform);
  g_test_add_func ("/split/fractions", test_fractions);
  g_test_add_func ("/split/references", test_references);
  return g_test_run ();
}
