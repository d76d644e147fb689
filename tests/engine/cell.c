/* cell.c: the names behind a cell of a matrix.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/cell.h"
#include "engine/inspect.h"
#include "engine/sampler.h"
#include "support/known-weights.h"
#include "support/small-data.h"

#include <math.h>

#define DRAWS 3000
#define SEED 4

static NnModel *
model_for (NnSplit *split)
{
  NnModel *model = nn_model_new (NN_LSTM, 16, nn_dataset_class_names (nn_split_dataset (split)), NULL);

  known_weights_fill (model, 3);
  return model;
}

/* Every row counted by hand, with the function that reads one name: how often it is counted, and what it is taken for.
 * */
static guint *
recount (NnSplit *split, NnCounted counted)
{
  NnDataset *dataset = nn_split_dataset (split);
  guint *times = g_new0 (guint, nn_dataset_n_rows (dataset));
  g_autoptr (gsl_rng) random = nn_random_new (SEED, NN_STREAM_EVALUATION);

  for (guint i = 0; counted == NN_COUNTED_DRAWS && i < DRAWS; i++)
    times[nn_sampler_draw (split, random)]++;
  for (guint row = 0; counted != NN_COUNTED_DRAWS && row < nn_dataset_n_rows (dataset); row++)
    times[row] = counted == NN_COUNTED_ROWS || nn_split_row_held_out (split, row);
  return times;
}

static void
assert_name (const NnCellName *name, const NnModel *model, NnDataset *dataset, guint guess)
{
  float log_probs[NN_MAX_CLASSES];

  g_assert_cmpuint (nn_model_predict (model, nn_dataset_row_ascii (dataset, name->row), log_probs), ==, guess);
  g_assert_cmpuint (name->top[0], ==, guess);
  g_assert_cmpfloat (name->guess, ==, expf (log_probs[guess]));
  g_assert_cmpfloat (name->truth, ==, expf (log_probs[nn_dataset_row_class (dataset, name->row)]));
  for (guint k = 0; k < 3; k++)
    g_assert_cmpfloat (name->probability[k], ==, expf (log_probs[name->top[k]]));
  g_assert_cmpfloat (name->probability[0], >=, name->probability[1]);
  g_assert_cmpfloat (name->probability[1], >=, name->probability[2]);
  g_assert_cmpfloat_with_epsilon (name->probability[0] + name->probability[1] + name->probability[2], 1, 1e-5);
}

static void
test_recounted (void)
{
  g_autoptr (NnSplit) split = small_data_split (0.3);
  g_autoptr (NnModel) model = model_for (split);
  NnDataset *dataset = nn_split_dataset (split);

  for (guint counted = NN_COUNTED_DRAWS; counted <= NN_COUNTED_HELD_OUT; counted++)
    {
      g_autofree guint *times = recount (split, (NnCounted) counted);
      g_autoptr (NnConfusion) confusion = nn_evaluate (model, split, (NnCounted) counted, DRAWS, SEED, NULL, NULL);

      for (guint truth = 0; truth < 3; truth++)
        for (guint guess = 0; guess < 3; guess++)
          {
            g_autoptr (NnCell) cell
              = nn_cell_new (model, split, (NnCounted) counted, DRAWS, SEED, truth, guess, NULL, NULL);
            guint found = 0;

            g_assert_cmpuint (cell->count, ==, nn_confusion_count (confusion, truth, guess));
            g_assert_cmpuint (cell->row_total, ==, nn_confusion_row_total (confusion, truth));
            for (guint row = 0; row < nn_dataset_n_rows (dataset); row++)
              {
                if (times[row] == 0 || nn_dataset_row_class (dataset, row) != truth
                    || nn_model_predict (model, nn_dataset_row_ascii (dataset, row), (float[NN_MAX_CLASSES]){ 0 })
                         != guess)
                  continue;
                g_assert_cmpuint (found, <, cell->n_names);
                g_assert_cmpuint (cell->names[found].row, ==, row);
                g_assert_cmpuint (cell->names[found].times, ==, times[row]);
                assert_name (&cell->names[found], model, dataset, guess);
                found++;
              }
            g_assert_cmpuint (cell->n_names, ==, found);
          }
    }
}

/* Where nothing is held out there is nothing to count, rather than everything. */
static void
test_nothing_held_out (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnModel) model = model_for (split);
  g_autoptr (NnConfusion) confusion = nn_evaluate (model, split, NN_COUNTED_HELD_OUT, DRAWS, SEED, NULL, NULL);
  g_autoptr (NnCell) cell = nn_cell_new (model, split, NN_COUNTED_HELD_OUT, DRAWS, SEED, 0, 0, NULL, NULL);

  g_assert_cmpuint (confusion->total, ==, 0);
  g_assert_cmpuint (cell->n_names, ==, 0);
  g_assert_cmpuint (cell->row_total, ==, 0);
}

static gboolean
stop (double done, gpointer data)
{
  return FALSE;
}

static void
test_stopped (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnModel) model = model_for (split);

  g_assert_null (nn_cell_new (model, split, NN_COUNTED_ROWS, 0, 0, 0, 0, stop, NULL));
}

static void
test_ids (void)
{
  NnCounted counted = NN_COUNTED_ROWS;

  g_assert_false (nn_counted_from_id ("all", &counted));
  g_assert_cmpint (counted, ==, NN_COUNTED_ROWS);
  for (guint i = NN_COUNTED_DRAWS; i <= NN_COUNTED_HELD_OUT; i++)
    {
      g_assert_true (nn_counted_from_id (nn_counted_id ((NnCounted) i), &counted));
      g_assert_cmpint (counted, ==, i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cell/recounted", test_recounted);
  g_test_add_func ("/cell/nothing-held-out", test_nothing_held_out);
  g_test_add_func ("/cell/stopped", test_stopped);
  g_test_add_func ("/cell/ids", test_ids);
  return g_test_run ();
}
