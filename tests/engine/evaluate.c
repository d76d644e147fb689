/* evaluate.c: counts, and what is worked out from them by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/evaluate.h"
#include "engine/inspect.h"
#include "support/known-weights.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

/* 3 classes: rows 4 1 0 / 2 3 5 / 0 0 0. */
static NnConfusion *
by_hand (void)
{
  static const guint64 counts[9] = { 4, 1, 0, 2, 3, 5, 0, 0, 0 };
  NnConfusion *confusion = nn_confusion_new (3);

  for (guint i = 0; i < 9; i++)
    {
      confusion->counts[i] = counts[i];
      confusion->total += counts[i];
    }
  return confusion;
}

static void
test_measures (void)
{
  g_autoptr (NnConfusion) confusion = by_hand ();

  g_assert_cmpfloat_with_epsilon (nn_confusion_accuracy (confusion), 7.0 / 15.0, 1e-12);
  /* The third class has no names: it takes no part. */
  g_assert_cmpfloat_with_epsilon (nn_confusion_macro_accuracy (confusion), (0.8 + 0.3) / 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_confusion_precision (confusion, 0), 4.0 / 6.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_confusion_recall (confusion, 1), 3.0 / 10.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_confusion_f1 (confusion, 0), 2 * (4.0 / 6.0) * 0.8 / (4.0 / 6.0 + 0.8), 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_confusion_precision (confusion, 2), 0, 1e-12);
  g_assert_true (isnan (nn_confusion_recall (confusion, 2)));
  g_assert_cmpuint (nn_confusion_row_total (confusion, 1), ==, 10);
  g_assert_cmpuint (nn_confusion_column_total (confusion, 2), ==, 5);
}

static void
test_nothing_counted (void)
{
  g_autoptr (NnConfusion) confusion = nn_confusion_new (4);

  g_assert_true (isnan (nn_confusion_accuracy (confusion)));
  g_assert_true (isnan (nn_confusion_macro_accuracy (confusion)));
  g_assert_true (isnan (nn_confusion_precision (confusion, 0)));
  g_assert_true (isnan (nn_confusion_f1 (confusion, 3)));
  g_assert_true (isnan (confusion->loss));
}

static NnModel *
model_for (NnDataset *dataset)
{
  NnModel *model = nn_model_new (NN_GATE_LSTM, 16, nn_dataset_class_names (dataset), NULL);

  known_weights_fill (model, 5);
  return model;
}

/* Every row by itself, one after the other. */
static void
test_rows (void)
{
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnModel) model = model_for (dataset);
  g_autoptr (NnConfusion) all = nn_evaluate_rows (model, dataset, NULL, 0, NULL, NULL);
  g_autoptr (NnConfusion) expected = nn_confusion_new (3);
  double loss = 0;

  for (guint row = 0; row < nn_dataset_n_rows (dataset); row++)
    {
      float log_probs[NN_MAX_CLASSES];
      guint truth = nn_dataset_row_class (dataset, row);
      guint guess = nn_model_predict (model, nn_dataset_row_ascii (dataset, row), log_probs);

      expected->counts[truth * 3 + guess]++;
      loss -= log_probs[truth] / 36.0;
    }
  g_assert_cmpuint (all->total, ==, 36);
  g_assert_cmpmem (all->counts, 72, expected->counts, 72);
  g_assert_cmpfloat_with_epsilon (all->loss, loss, 1e-6);
}

static void
test_guesses (void)
{
  static const guint rows[] = { 30, 2, 2, 17 };
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnModel) model = model_for (dataset);
  g_autofree guint8 *some = nn_evaluate_guesses (model, dataset, rows, G_N_ELEMENTS (rows), NULL, NULL);
  g_autofree guint8 *all = nn_evaluate_guesses (model, dataset, NULL, 0, NULL, NULL);
  float log_probs[NN_MAX_CLASSES];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (some[i], ==, nn_model_predict (model, nn_dataset_row_ascii (dataset, rows[i]), log_probs));
  for (guint row = 0; row < nn_dataset_n_rows (dataset); row++)
    g_assert_cmpuint (all[row], ==, nn_model_predict (model, nn_dataset_row_ascii (dataset, row), log_probs));
}

/* Each class gets a third of the draws, give or take five standard deviations, and only training rows are drawn. */
static void
test_draws (void)
{
  g_autoptr (NnSplit) split = small_data_split (0.3);
  g_autoptr (NnModel) model = model_for (nn_split_dataset (split));
  g_autoptr (NnConfusion) first = nn_evaluate_draws (model, split, 9000, 1, NULL, NULL);
  g_autoptr (NnConfusion) again = nn_evaluate_draws (model, split, 9000, 1, NULL, NULL);
  g_autoptr (NnConfusion) other = nn_evaluate_draws (model, split, 9000, 2, NULL, NULL);

  g_assert_cmpuint (first->total, ==, 9000);
  for (guint k = 0; k < 3; k++)
    {
      g_assert_cmpuint (nn_confusion_row_total (first, k), >, 2776);
      g_assert_cmpuint (nn_confusion_row_total (first, k), <, 3224);
    }
  g_assert_cmpmem (first->counts, 72, again->counts, 72);
  g_assert_cmpint (memcmp (first->counts, other->counts, 72), !=, 0);
}

static gboolean
stop_at_once (double done, gpointer data)
{
  g_assert_cmpfloat (done, >, 0);
  g_assert_cmpfloat (done, <, 1);
  return FALSE;
}

static void
test_broken_off (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnModel) model = model_for (nn_split_dataset (split));

  g_assert_null (nn_evaluate_draws (model, split, 9000, 1, stop_at_once, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluate/measures", test_measures);
  g_test_add_func ("/evaluate/nothing-counted", test_nothing_counted);
  g_test_add_func ("/evaluate/rows", test_rows);
  g_test_add_func ("/evaluate/guesses", test_guesses);
  g_test_add_func ("/evaluate/draws", test_draws);
  g_test_add_func ("/evaluate/broken-off", test_broken_off);
  return g_test_run ();
}
