/* history.c: curves that stay bounded, worked out by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/history.h"

#include <math.h>

static void
add (NnHistory *history, guint64 iteration, double loss, double held_out)
{
  nn_history_add (history, &(NnPoint){ iteration, loss, loss / 4, held_out });
}

static void
test_bounded (void)
{
  g_autoptr (NnHistory) history = nn_history_new ();

  /* The first point covers 500 iterations, the others 1,000 each. */
  add (history, 500, 3, NAN);
  add (history, 1500, 0, NAN);
  add (history, 2500, 1, 0.5);
  add (history, 3500, 2, NAN);
  for (guint i = 4; i < NN_MOST_POINTS - 1; i++)
    add (history, 500 + 1000 * (guint64) i, 1, NAN);
  g_assert_cmpuint (nn_history_length (history), ==, NN_MOST_POINTS - 1);
  add (history, 500 + 1000 * (guint64) (NN_MOST_POINTS - 1), 1, 0.75);

  g_assert_cmpuint (nn_history_length (history), ==, NN_MOST_POINTS / 2);
  g_assert_cmpuint (nn_history_point (history, 0)->iteration, ==, 1500);
  g_assert_cmpfloat_with_epsilon (nn_history_point (history, 0)->loss, 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_history_point (history, 0)->accuracy, 0.25, 1e-12);
  g_assert_true (isnan (nn_history_point (history, 0)->held_out_accuracy));
  g_assert_cmpfloat_with_epsilon (nn_history_point (history, 1)->loss, 1.5, 1e-12);
  g_assert_cmpfloat (nn_history_point (history, 1)->held_out_accuracy, ==, 0.5);
  g_assert_cmpfloat (nn_history_last (history)->held_out_accuracy, ==, 0.75);
  g_assert_cmpuint (nn_history_last (history)->iteration, ==, 500 + 1000 * (guint64) (NN_MOST_POINTS - 1));
}

static void
test_after (void)
{
  g_autoptr (NnHistory) history = nn_history_new ();

  g_assert_cmpuint (nn_history_after (history, 0), ==, 0);
  add (history, 10, 1, NAN);
  add (history, 20, 1, NAN);
  add (history, 30, 1, NAN);
  g_assert_cmpuint (nn_history_after (history, 0), ==, 0);
  g_assert_cmpuint (nn_history_after (history, 10), ==, 1);
  g_assert_cmpuint (nn_history_after (history, 29), ==, 2);
  g_assert_cmpuint (nn_history_after (history, 30), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/bounded", test_bounded);
  g_test_add_func ("/history/after", test_after);
  return g_test_run ();
}
