/* comparison.c: intervals of shares, McNemar's test, and the names on which networks differ.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interval.h"
#include "engine/mcnemar.h"
#include "engine/test-names.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

/* The ends are the roots of n (x/n - p)^2 = z^2 p (1 - p), found by bisection with 50 decimal digits in Python. */
static void
test_wilson (void)
{
  static const struct
  {
    guint64 right, n;
    double level, low, high;
  } rows[] = {
    { 0, 10, 0.95, 0.0, 0.27753279986288926 },
    { 10, 10, 0.95, 0.7224672001371107, 1.0 },
    { 1, 2, 0.95, 0.09453120573423071, 0.9054687942657693 },
    { 81, 263, 0.95, 0.2552885198782742, 0.36620957698280004 },
    { 523, 1000, 0.95, 0.4920142012545935, 0.553809767855071 },
    { 8412, 10000, 0.95, 0.8339056947765902, 0.8482322647352601 },
    { 50, 100, 0.99, 0.3752796250448398, 0.6247203749551602 },
    { 50, 100, 0.90, 0.4188477961125295, 0.5811522038874705 },
  };
  NnInterval none = nn_wilson_interval (0, 0, 0.95);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      NnInterval interval = nn_wilson_interval (rows[i].right, rows[i].n, rows[i].level);

      g_assert_cmpfloat_with_epsilon (interval.low, rows[i].low, 1e-12);
      g_assert_cmpfloat_with_epsilon (interval.high, rows[i].high, 1e-12);
    }
  g_assert_true (isnan (none.low) && isnan (none.high));
}

/* Rows of right and wrong guesses in a matrix of as many classes. */
static NnConfusion *
confusion_of (const guint (*counts)[2], guint n_classes)
{
  NnConfusion *confusion = nn_confusion_new (n_classes);

  for (guint k = 0; k < n_classes; k++)
    {
      confusion->counts[k * n_classes + k] = counts[k][0];
      confusion->counts[k * n_classes + (k + 1) % n_classes] += counts[k][1];
      confusion->total += counts[k][0] + counts[k][1];
    }
  return confusion;
}

/* From the intervals of each recall as above, put together by the formula in the header, in Python. */
static void
test_macro (void)
{
  /* 8 of 10, 1 of 4, none of 3, and a class without names, which takes no part. */
  g_autoptr (NnConfusion) mixed = confusion_of ((const guint[][2]){ { 8, 2 }, { 1, 3 }, { 0, 3 }, { 0, 0 } }, 4);
  g_autoptr (NnConfusion) perfect = confusion_of ((const guint[][2]){ { 5, 0 }, { 7, 0 } }, 2);
  g_autoptr (NnConfusion) single = confusion_of ((const guint[][2]){ { 8, 2 }, { 0, 0 } }, 2);
  g_autoptr (NnConfusion) empty = nn_confusion_new (2);
  NnInterval interval = nn_macro_interval (mixed, 0.95);

  g_assert_cmpfloat_with_epsilon (nn_confusion_macro_accuracy (mixed), 0.35, 1e-12);
  g_assert_cmpfloat_with_epsilon (interval.low, 0.22626917118754036, 1e-12);
  g_assert_cmpfloat_with_epsilon (interval.high, 0.5944362393616089, 1e-12);
  interval = nn_macro_interval (perfect, 0.95);
  g_assert_cmpfloat_with_epsilon (interval.low, 0.71967649517985, 1e-12);
  g_assert_cmpfloat (interval.high, ==, 1.0);
  /* Of one class alone it is that class' own. */
  interval = nn_macro_interval (single, 0.95);
  g_assert_cmpfloat_with_epsilon (interval.low, 0.4901624715366417, 1e-12);
  g_assert_cmpfloat_with_epsilon (interval.high, 0.9433178485456247, 1e-12);
  interval = nn_macro_interval (empty, 0.95);
  g_assert_true (isnan (interval.low) && isnan (interval.high));
}

/* Sums of binomial coefficients over 2^n in exact fractions, in Python: what scipy.stats.binomtest (b, b + c) gives. */
static void
test_mcnemar (void)
{
  static const struct
  {
    guint b, c;
    double p;
  } rows[] = {
    { 0, 0, 1.0 },
    { 0, 1, 1.0 },
    { 1, 2, 1.0 },
    { 9, 10, 1.0 },
    { 7, 7, 1.0 },
    { 0, 5, 0.0625 },
    { 10, 25, 0.01667384780012071 },
    { 59, 121, 4.434449263755176e-06 },
    { 210, 310, 1.3366321653671104e-05 },
    { 5000, 5200, 0.04878796312682245 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpfloat_with_epsilon (nn_mcnemar_exact (rows[i].b, rows[i].c), rows[i].p, 1e-9 * rows[i].p);
      g_assert_cmpfloat (nn_mcnemar_exact (rows[i].c, rows[i].b), ==, nn_mcnemar_exact (rows[i].b, rows[i].c));
      g_assert_cmpfloat (nn_mcnemar_exact (rows[i].b, rows[i].c), <=, 1.0);
    }
  /* Too small for a number is 0, not an error. */
  g_assert_cmpfloat (nn_mcnemar_exact (0, 3000), ==, 0.0);
}

/* ---- Names ---- */

/* Two classes in which names stand several times; "Nova" stands in both. */
static NnDataset *
repeating_data (void)
{
  static const char *const classes[] = { "Ala", "Obo", NULL };
  static const char *const names[] = { "Nova", "Bala", "Nova", "Ñova", "Gala", "Nova", "Obolo", "Nova", "Bobo" };
  static const guint of_row[] = { 0, 0, 0, 0, 0, 1, 1, 1, 1 };
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_from_rows (classes, names, of_row, G_N_ELEMENTS (names), &error);

  g_assert_no_error (error);
  return dataset;
}

static gboolean
same_name (NnDataset *dataset, guint a, guint b)
{
  return nn_dataset_row_class (dataset, a) == nn_dataset_row_class (dataset, b)
         && strcmp (nn_dataset_row_ascii (dataset, a), nn_dataset_row_ascii (dataset, b)) == 0;
}

/* Each held-out name of a class is there once, whatever was drawn. */
static void
test_names (void)
{
  g_autoptr (NnDataset) dataset = repeating_data ();
  guint most = 0;

  for (guint32 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (NnSplit) split = nn_split_new (dataset, 0.5, seed, NULL);
      g_autoptr (NnTestNames) names = nn_test_names_new (split);
      guint n_rows, different = 0;
      const guint *rows = nn_split_held_out_rows (split, &n_rows);

      for (guint i = 0; i < n_rows; i++)
        {
          gboolean seen = FALSE;

          for (guint j = 0; j < i; j++)
            seen = seen || same_name (dataset, rows[j], rows[i]);
          if (!seen)
            g_assert_cmpuint (names->rows[different], ==, rows[i]);
          different += !seen;
        }
      g_assert_cmpuint (names->n_names, ==, different);
      most = MAX (most, n_rows - different);
    }
  /* Some of them did hold out what stands several times. */
  g_assert_cmpuint (most, >, 0);
}

static void
test_names_equal (void)
{
  g_autoptr (NnSplit) split = small_data_split (0.4), same = small_data_split (0.4), none = small_data_split (0.0);
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnSplit) other = nn_split_new (dataset, 0.4, 2, NULL);
  g_autoptr (NnTestNames) a = nn_test_names_new (split), b = nn_test_names_new (same), c = nn_test_names_new (other);
  g_autoptr (NnTestNames) empty = nn_test_names_new (none);

  g_assert_cmpuint (a->n_names, >, 0);
  g_assert_true (nn_test_names_equal (a, b));
  g_assert_false (nn_test_names_equal (a, c));
  g_assert_cmpuint (empty->n_names, ==, 0);
  g_assert_false (nn_test_names_equal (a, empty));
}

/* Four names of class 0 by hand: who is right is written beside. */
static void
test_compare (void)
{
  static const char *const classes[] = { "Ala", "Obo", NULL };
  static const char *const raw[] = { "Ma", "Na", "Pa", "Ra", "Sa", "To" };
  static const guint of_row[] = { 0, 0, 0, 0, 0, 1 };
  static const guint8 first[] = { 0, 0, 1, 0, 1 };  /* right: Ma, Na, Ra */
  static const guint8 second[] = { 1, 0, 0, 1, 1 }; /* right: Na, Pa */
  static const guint8 third[] = { 0, 1, 1, 1, 1 };  /* right: Ma */
  const guint8 *const guesses[] = { first, second, third };
  g_autoptr (NnDataset) dataset = nn_dataset_new_from_rows (classes, raw, of_row, G_N_ELEMENTS (raw), NULL);
  guint rows[] = { 0, 1, 2, 3, 4 };
  NnTestNames names = { dataset, G_N_ELEMENTS (rows), rows };
  NnPairedTest test = nn_test_names_compare (&names, first, second);
  g_autofree guint *only_first = NULL, *only_second = NULL, *only_third = NULL;
  guint n;

  g_assert_cmpuint (test.only_first, ==, 2);
  g_assert_cmpuint (test.only_second, ==, 1);
  g_assert_cmpfloat (test.p, ==, 1.0);
  only_first = nn_test_names_only_right (&names, guesses, 3, 0, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (only_first[0], ==, 3);
  only_second = nn_test_names_only_right (&names, guesses, 3, 1, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (only_second[0], ==, 2);
  only_third = nn_test_names_only_right (&names, guesses, 3, 2, &n);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/comparison/wilson", test_wilson);
  g_test_add_func ("/engine/comparison/macro", test_macro);
  g_test_add_func ("/engine/comparison/mcnemar", test_mcnemar);
  g_test_add_func ("/engine/comparison/names", test_names);
  g_test_add_func ("/engine/comparison/names-equal", test_names_equal);
  g_test_add_func ("/engine/comparison/compare", test_compare);
  return g_test_run ();
}
