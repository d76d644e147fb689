/* cluster.c: orders of the classes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/cluster.h"

#include <math.h>

static void
assert_order (const guint *order, const guint *expected, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (order[i], ==, expected[i]);
}

/* A number 0..1 that looks random. */
static double
scatter (guint number)
{
  guint32 x = number * 2654435761u;

  x ^= x >> 15;
  x *= 2246822519u;
  return (x ^ x >> 13) / 4294967296.0;
}

static double *
ruled_distances (guint n)
{
  double *distances = g_new0 (double, n * n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      distances[i * n + j] = distances[j * n + i] = scatter (i * 64 + j);
  return distances;
}

static double
length_of (const double *distances, const guint *order, guint n)
{
  double length = 0;

  for (guint i = 1; i < n; i++)
    length += distances[order[i - 1] * n + order[i]];
  return length;
}

/* The tree is that of SciPy 1.10.1, linkage (y, "average"); of the 2^(n-1) orders of its leaves that it allows, all of
 * which were written out in Python, these are the shortest. */
static void
test_shortest (void)
{
  static const guint of_5[] = { 0, 3, 1, 4, 2 };
  static const guint of_12[] = { 2, 4, 3, 9, 0, 11, 10, 1, 5, 8, 6, 7 };
  static const guint of_18[] = { 7, 17, 13, 4, 2, 16, 5, 6, 1, 10, 11, 12, 9, 0, 3, 8, 14, 15 };
  static const struct
  {
    guint n;
    const guint *order;
    double length;
  } cases[] = {
    { 5, of_5, 1.0463607471901923 },
    { 12, of_12, 2.419541128212586 },
    { 18, of_18, 2.4217546263244003 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree double *distances = ruled_distances (cases[i].n);
      g_autofree guint *order = nn_cluster_order (distances, cases[i].n);

      assert_order (order, cases[i].order, cases[i].n);
      g_assert_cmpfloat_with_epsilon (length_of (distances, order, cases[i].n), cases[i].length, 1e-12);
    }
}

/* As many classes as there can be: every class once, and no longer than 6.8457, which SciPy's optimal_leaf_ordering
 * reaches there. */
static void
test_most_classes (void)
{
  g_autofree double *distances = ruled_distances (NN_MAX_CLASSES);
  g_autofree guint *order = nn_cluster_order (distances, NN_MAX_CLASSES);
  gboolean seen[NN_MAX_CLASSES] = { FALSE };

  for (guint i = 0; i < NN_MAX_CLASSES; i++)
    {
      g_assert_cmpuint (order[i], <, NN_MAX_CLASSES);
      g_assert_false (seen[order[i]]);
      seen[order[i]] = TRUE;
    }
  g_assert_cmpfloat (length_of (distances, order, NN_MAX_CLASSES), <=, 6.8458);
}

static void
test_by_hand (void)
{
  static const double one[] = { 0 };
  static const double two[] = { 0, 0.3, 0.3, 0 };
  /* 0 and 3 are nearest, then 1 and 2; 3 to 1 is the shortest way between the pairs. */
  static const double four[] = { 0,   0.8, 0.9, 0.1, /* */
                                 0.8, 0,   0.2, 0.5, /* */
                                 0.9, 0.2, 0,   0.7, /* */
                                 0.1, 0.5, 0.7, 0 };
  static const double alike[16] = { 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0 };
  static const guint expected[] = { 0, 3, 1, 2 };
  static const guint rising[] = { 0, 1, 2, 3 };
  g_autofree guint *of_one = nn_cluster_order (one, 1), *of_two = nn_cluster_order (two, 2);
  g_autofree guint *of_four = nn_cluster_order (four, 4), *of_alike = nn_cluster_order (alike, 4);
  g_autofree gboolean *seen = g_new0 (gboolean, 4);

  assert_order (of_one, rising, 1);
  assert_order (of_two, rising, 2);
  assert_order (of_four, expected, 4);
  /* Where all are equally far any order would do, but it is one, and always the same. */
  for (guint i = 0; i < 4; i++)
    seen[of_alike[i]] = TRUE;
  for (guint i = 0; i < 4; i++)
    g_assert_true (seen[i]);
  g_assert_cmpuint (of_alike[0], <, of_alike[3]);
}

/* Counts in which neighbours 0 and 1, 2 and 3, ... are taken for each other. */
static NnConfusion *
ruled_confusion (guint seed)
{
  NnConfusion *confusion = nn_confusion_new (18);

  for (guint i = 0; i < 18; i++)
    for (guint j = 0; j < 18; j++)
      {
        guint64 often = i == j ? 60 : (i ^ 1) == j ? 25 : 0;
        guint64 count = (i * i * 37 + j * 53 + i * j * 11 + seed * 17) % 23 + often;

        confusion->counts[i * 18 + j] = count;
        confusion->total += count;
      }
  return confusion;
}

/* Also by SciPy's tree and NumPy, of the mean of two matrices of shares. A matrix that isn't there, or is empty,
 * changes nothing. */
static void
test_matrices (void)
{
  static const guint clustered[] = { 9, 8, 17, 16, 14, 15, 11, 10, 5, 4, 2, 3, 1, 0, 7, 6, 13, 12 };
  static const guint by_recall[] = { 14, 16, 2, 15, 0, 6, 12, 1, 7, 8, 11, 17, 9, 5, 13, 3, 10, 4 };
  g_autoptr (NnConfusion) first = ruled_confusion (1), second = ruled_confusion (2), none = nn_confusion_new (18);
  const NnConfusion *all[] = { first, NULL, second, none };
  g_autofree double *distances = nn_confusion_distances (all, 4, 18);
  g_autofree guint *order = nn_order_classes (NN_ORDER_CLUSTERED, all, 4, 18);
  g_autofree guint *recall = nn_order_classes (NN_ORDER_ACCURACY, all, 4, 18);
  g_autofree guint *alphabetical = nn_order_classes (NN_ORDER_ALPHABETICAL, all, 4, 18);

  g_assert_cmpfloat_with_epsilon (distances[3 * 18 + 7], 0.973558572446, 1e-11);
  g_assert_cmpfloat (distances[3 * 18 + 7], ==, distances[7 * 18 + 3]);
  g_assert_cmpfloat (distances[5 * 18 + 5], ==, 0);
  assert_order (order, clustered, 18);
  assert_order (recall, by_recall, 18);
  for (guint i = 0; i < 18; i++)
    g_assert_cmpuint (alphabetical[i], ==, i);
}

/* A class without a name has no recall: it stands last. Equal ones stand as in the data; and without a count all do. */
static void
test_few_names (void)
{
  static const guint expected[] = { 2, 0, 3, 1 };
  g_autoptr (NnConfusion) confusion = nn_confusion_new (4);
  const NnConfusion *one[] = { confusion };

  for (guint order = NN_ORDER_ALPHABETICAL; order <= NN_ORDER_CLUSTERED; order++)
    {
      g_autofree guint *classes = nn_order_classes ((NnOrder) order, one, 1, 4);

      for (guint i = 0; i < 4; i++)
        g_assert_cmpuint (classes[i], ==, i);
    }
  confusion->counts[0] = confusion->counts[1] = confusion->counts[4 * 3 + 3] = confusion->counts[4 * 3] = 4;
  confusion->counts[4 * 2 + 2] = 7;
  confusion->total = 23;
  {
    g_autofree guint *classes = nn_order_classes (NN_ORDER_ACCURACY, one, 1, 4);
    g_autofree guint *clustered = nn_order_classes (NN_ORDER_CLUSTERED, one, 1, 4);
    g_autofree double *distances = nn_confusion_distances (one, 1, 4);

    assert_order (classes, expected, 4);
    g_assert_cmpfloat (distances[1], ==, 0.75);
    g_assert_cmpfloat (distances[4 + 2], ==, 1);
    g_assert_nonnull (clustered);
  }
}

static void
test_ids (void)
{
  NnOrder order = NN_ORDER_CLUSTERED;

  g_assert_false (nn_order_from_id ("random", &order));
  g_assert_cmpint (order, ==, NN_ORDER_CLUSTERED);
  for (guint i = NN_ORDER_ALPHABETICAL; i <= NN_ORDER_CLUSTERED; i++)
    {
      g_assert_true (nn_order_from_id (nn_order_id ((NnOrder) i), &order));
      g_assert_cmpint (order, ==, i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cluster/shortest", test_shortest);
  g_test_add_func ("/cluster/most-classes", test_most_classes);
  g_test_add_func ("/cluster/by-hand", test_by_hand);
  g_test_add_func ("/cluster/matrices", test_matrices);
  g_test_add_func ("/cluster/few-names", test_few_names);
  g_test_add_func ("/cluster/ids", test_ids);
  return g_test_run ();
}
