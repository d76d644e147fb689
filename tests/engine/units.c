/* units.c: orders of the units, and what they do together.
 *
 * The merges and leaves were computed once with scipy 1.10.1: scipy.cluster.hierarchy.linkage (rows, "average") and
 * leaves_list.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/unit-order.h"
#include "engine/units.h"
#include "support/plain-model.h"

#include <math.h>
#include <string.h>

/* ---- Clusters ---- */

static void
test_linkage (void)
{
  static const float rows[8][2]
      = { { 0, 0 }, { 0, 1 }, { 5, 5 }, { 5, 6.5f }, { 10, 0 }, { 0.2f, 0.4f }, { 9, 1 }, { -3, 8 } };
  static const NnMerge expected[7] = {
    { 0, 5, 0.447213595499958, 2 },    { 1, 8, 0.816227766016838, 3 },  { 4, 6, 1.4142135623730951, 2 },
    { 2, 3, 1.5, 2 },                  { 10, 11, 6.932316762288485, 4 }, { 7, 9, 8.135329367472254, 4 },
    { 12, 13, 9.1307674106984, 8 },
  };
  static const guint leaves[8] = { 4, 6, 2, 3, 7, 1, 0, 5 };
  NnMerge merges[7];
  guint order[8];

  nn_average_linkage (&rows[0][0], 8, 2, merges);
  for (guint i = 0; i < 7; i++)
    {
      g_assert_cmpuint (merges[i].a, ==, expected[i].a);
      g_assert_cmpuint (merges[i].b, ==, expected[i].b);
      g_assert_cmpuint (merges[i].size, ==, expected[i].size);
      g_assert_cmpfloat_with_epsilon (merges[i].distance, expected[i].distance, 1e-7);
    }
  nn_linkage_leaves (merges, 8, order);
  g_assert_cmpmem (order, sizeof order, leaves, sizeof leaves);
}

/* Element j of row i is sin (1.7 i + 0.9 j (i mod 5)), 40 rows of 6. */
static void
test_larger_linkage (void)
{
  static const guint a[39] = { 10, 34, 33, 5,  15, 20, 12, 6,  4,  3,  9,  13, 11, 7,  17, 1,  0,  14, 8,  36,
                               42, 41, 37, 2,  31, 45, 50, 51, 58, 62, 52, 64, 67, 71, 70, 59, 46, 66, 40 };
  static const guint b[39] = { 25, 38, 39, 30, 35, 43, 27, 21, 19, 18, 24, 28, 26, 22, 32, 16, 44, 29, 23, 47,
                               49, 48, 53, 54, 55, 56, 60, 57, 61, 65, 63, 68, 69, 72, 73, 74, 75, 76, 77 };
  static const guint leaves[40] = { 10, 25, 9,  24, 33, 39, 3,  18, 12, 27, 36, 6,  21, 11, 26, 2,  17, 32, 31, 1,
                                    16, 8,  23, 34, 38, 4,  19, 13, 28, 14, 29, 37, 7,  22, 20, 5,  30, 0,  15, 35 };
  float rows[40][6];
  NnMerge merges[39];
  guint order[40];

  for (int i = 0; i < 40; i++)
    for (int j = 0; j < 6; j++)
      rows[i][j] = (float) sin (1.7 * i + 0.9 * j * (i % 5));
  nn_average_linkage (&rows[0][0], 40, 6, merges);
  for (guint i = 0; i < 39; i++)
    {
      g_assert_cmpuint (merges[i].a, ==, a[i]);
      g_assert_cmpuint (merges[i].b, ==, b[i]);
    }
  g_assert_cmpfloat_with_epsilon (merges[0].distance, 0.084970372, 1e-8);
  g_assert_cmpfloat_with_epsilon (merges[19].distance, 0.874354713, 1e-8);
  g_assert_cmpfloat_with_epsilon (merges[38].distance, 3.028804015, 1e-8);
  nn_linkage_leaves (merges, 40, order);
  g_assert_cmpmem (order, sizeof order, leaves, sizeof leaves);
}

/* One row, and rows that are all the same: an order all the same. */
static void
test_linkage_of_equals (void)
{
  float rows[9][3] = { 0 };
  gboolean seen[9] = { FALSE };
  NnMerge merges[8], again[8];
  guint order[9];

  nn_average_linkage (&rows[0][0], 1, 3, merges);
  nn_linkage_leaves (merges, 1, order);
  g_assert_cmpuint (order[0], ==, 0);
  nn_average_linkage (&rows[0][0], 9, 3, merges);
  nn_average_linkage (&rows[0][0], 9, 3, again);
  g_assert_cmpmem (merges, sizeof merges, again, sizeof again);
  g_assert_cmpuint (merges[7].size, ==, 9);
  nn_linkage_leaves (merges, 9, order);
  for (guint i = 0; i < 9; i++)
    {
      g_assert_false (seen[order[i]]);
      seen[order[i]] = TRUE;
    }
}

/* ---- Orders of units ---- */

/* A trace of 8 units and 3 letters, of which the hidden state alone is written. */
static NnTrace *
written_trace (void)
{
  static const float hidden[3][8] = {
    { 0.5f, 0, -1, 0.1f, 0, 0.25f, 0, 1 },
    { 0.5f, 1, 1, 0.1f, 0, 0.5f, 0, 1 },
    { 0.5f, 0, -1, 0.3f, 0, 0.75f, NAN, 0.75f },
  };
  NnTrace *trace = g_new0 (NnTrace, 1);

  trace->kind = NN_RNN;
  trace->hidden = 8;
  trace->length = 3;
  trace->states[NN_STATE_HIDDEN] = g_memdup2 (hidden, sizeof hidden);
  return trace;
}

static void
test_orders (void)
{
  static const guint by_index[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
  /* Last values 0.5 0 -1 0.3 0 0.75 (none) 0.75. */
  static const guint by_last[8] = { 5, 7, 0, 3, 1, 4, 6, 2 };
  g_autoptr (NnTrace) trace = written_trace ();
  guint order[8];

  nn_units_order (trace, NN_UNITS_BY_INDEX, order);
  g_assert_cmpmem (order, sizeof order, by_index, sizeof by_index);
  nn_units_order (trace, NN_UNITS_BY_LAST_VALUE, order);
  g_assert_cmpmem (order, sizeof order, by_last, sizeof by_last);
}

static void
test_most_telling (void)
{
  g_autoptr (NnTrace) trace = written_trace ();
  double changes[8];
  guint units[10];

  /* From 0 before the first letter: |0.5| + 0 + 0, 0 + 1 + 1, 1 + 2 + 2, 0.1 + 0 + 0.2, 0, 3 * 0.25, none, 1 + 0.25. */
  nn_units_change (trace, NN_STATE_HIDDEN, changes);
  g_assert_cmpfloat_with_epsilon (changes[0], 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (changes[1], 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (changes[2], 5, 1e-6);
  g_assert_cmpfloat_with_epsilon (changes[3], 0.3, 1e-6);
  g_assert_cmpfloat_with_epsilon (changes[5], 0.75, 1e-6);
  g_assert_cmpfloat_with_epsilon (changes[7], 1.25, 1e-6);
  g_assert_cmpuint (nn_units_most_telling (trace, NN_STATE_HIDDEN, 4, units), ==, 4);
  g_assert_cmpuint (units[0], ==, 2);
  g_assert_cmpuint (units[1], ==, 1);
  g_assert_cmpuint (units[2], ==, 7);
  g_assert_cmpuint (units[3], ==, 5);
  g_assert_cmpuint (nn_units_most_telling (trace, NN_STATE_HIDDEN, 10, units), ==, 8);
  g_assert_cmpuint (units[7], ==, 6);
}

/* A gate has no value before the first letter. */
static void
test_change_of_a_gate (void)
{
  g_autoptr (NnModel) model = known_model (NN_LSTM, 8, 3, 5);
  g_autoptr (NnTrace) one = nn_trace_new (model, "A", -1);
  g_autoptr (NnTrace) two = nn_trace_new (model, "Ab", -1);
  double changes[8];

  nn_units_change (one, NN_STATE_FORGET, changes);
  for (guint unit = 0; unit < 8; unit++)
    g_assert_cmpfloat (changes[unit], ==, 0);
  nn_units_change (two, NN_STATE_FORGET, changes);
  for (guint unit = 0; unit < 8; unit++)
    g_assert_cmpfloat_with_epsilon (changes[unit],
                                    fabs ((double) nn_trace_state (two, NN_STATE_FORGET, 1)[unit]
                                          - (double) nn_trace_state (two, NN_STATE_FORGET, 0)[unit]),
                                    1e-12);
}

/* The order is the one of the leaves over what all states of all names hold. */
static void
test_clustered (void)
{
  g_autoptr (NnModel) model = known_model (NN_LSTM, 16, 3, 5);
  g_autoptr (NnTrace) first = nn_trace_new (model, "Otto", -1);
  g_autoptr (NnTrace) second = nn_trace_new (model, "Bo", -1);
  const NnTrace *both[] = { first, second };
  float rows[16][36];
  NnMerge merges[15];
  guint expected[16], order[16];

  for (guint unit = 0; unit < 16; unit++)
    for (guint i = 0, at = 0; i < 2; i++)
      for (guint t = 0; t < both[i]->length; t++)
        for (guint state = 0; state < NN_N_STATES; state++)
          rows[unit][at++] = nn_trace_state (both[i], (NnState) state, t)[unit];
  nn_average_linkage (&rows[0][0], 16, 36, merges);
  nn_linkage_leaves (merges, 16, expected);
  nn_units_cluster (both, 2, order);
  g_assert_cmpmem (order, sizeof order, expected, sizeof expected);
  nn_units_cluster (both, 1, expected);
  nn_units_order (first, NN_UNITS_CLUSTERED, order);
  g_assert_cmpmem (order, sizeof order, expected, sizeof expected);
}

static void
test_summary (void)
{
  g_autoptr (NnTrace) trace = written_trace ();
  NnUnitSummary summary;

  /* Sorted -- second letter: 0 0 0.1 0.5 0.5 1 1 1. The quartiles lie 1.75, 3.5 and 5.25 places from the first. */
  nn_units_summary (trace, NN_STATE_HIDDEN, 1, &summary);
  g_assert_cmpfloat_with_epsilon (summary.mean, 4.1 / 8, 1e-7);
  g_assert_cmpfloat_with_epsilon (summary.lower_quartile, 0.075, 1e-7);
  g_assert_cmpfloat_with_epsilon (summary.median, 0.5, 1e-7);
  g_assert_cmpfloat_with_epsilon (summary.upper_quartile, 1, 1e-7);
  /* First letter: -1 0 0 0 0.1 0.25 0.5 1. */
  nn_units_summary (trace, NN_STATE_HIDDEN, 0, &summary);
  g_assert_cmpfloat_with_epsilon (summary.mean, 0.85 / 8, 1e-7);
  g_assert_cmpfloat_with_epsilon (summary.lower_quartile, 0, 1e-7);
  g_assert_cmpfloat_with_epsilon (summary.median, 0.05, 1e-7);
  g_assert_cmpfloat_with_epsilon (summary.upper_quartile, 0.3125, 1e-7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/units/linkage", test_linkage);
  g_test_add_func ("/units/larger-linkage", test_larger_linkage);
  g_test_add_func ("/units/linkage-of-equals", test_linkage_of_equals);
  g_test_add_func ("/units/orders", test_orders);
  g_test_add_func ("/units/most-telling", test_most_telling);
  g_test_add_func ("/units/change-of-a-gate", test_change_of_a_gate);
  g_test_add_func ("/units/clustered", test_clustered);
  g_test_add_func ("/units/summary", test_summary);
  return g_test_run ();
}
