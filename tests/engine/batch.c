/* batch.c: several names at once against one at a time, and the kernels behind them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/batch-kernels.h"
#include "engine/batch.h"
#include "engine/network.h"
#include "support/known-weights.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 3e-5

typedef struct
{
  NnKind kind;
  guint hidden;
  guint classes;
} Size;

/* Odd sizes, a second half that is empty or short of a vector, and the report's own. */
static const Size sizes[] = {
  { NN_RNN, 8, 2 },        { NN_RNN, 37, 5 },        { NN_RNN, 128, 18 },
  { NN_LSTM, 8, 2 },       { NN_LSTM, 37, 5 },       { NN_LSTM, 128, 18 },
  { NN_GATE_LSTM, 8, 2 },  { NN_GATE_LSTM, 37, 5 },  { NN_GATE_LSTM, 128, 18 },
  { NN_GATE_LSTM_HIDDEN, 13, 64 }, { NN_GATE_LSTM_HIDDEN, 33, 3 },
};

#define LONGEST "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'abcdefg"

/* One letter, two, all alike, the longest; 33 names fill one part and begin another. */
static const char *const names[33] = {
  "Bo", "A", "Li", "O'Neill", "Van den Berg", "Satoshi", "A", "B", "C", "Nusk", "Nova", LONGEST, "Bobo", "Kolobo", "Li",
  "Garalana", "Xu", "Ng", "Ivanov", "Petrov", "Sidorov", "Schmidt", "Nguyen", "Papadopoulos", "Kim", "Lee", "Park",
  "Z", "Foboro", "Gombo", "Dvorak", "Li, Jr.; x", "Q",
};

static NnModel *
new_model (const Size *size)
{
  g_auto (GStrv) classes = g_new0 (char *, size->classes + 1);
  g_autoptr (GError) error = NULL;
  NnModel *model;

  for (guint k = 0; k < size->classes; k++)
    classes[k] = g_strdup_printf ("Class%02u", k);
  model = nn_model_new (size->kind, size->hidden, (const char *const *) classes, &error);
  g_assert_no_error (error);
  known_weights_fill (model, 5);
  return model;
}

static guint
target_of (const Size *size, guint i)
{
  return (i * 7 + 1) % size->classes;
}

/* The sum of the gradients of the first @n names, a name at a time. */
static float *
single_gradients (const NnModel *model, const Size *size, guint n, double *loss, guint *right)
{
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  float *block = nn_model_new_block (model);

  *loss = 0;
  *right = 0;
  for (guint i = 0; i < n; i++)
    {
      guint guess;
      float name_loss;

      nn_workspace_set_name (workspace, names[i]);
      g_assert_true (
          nn_network_learn (model, workspace, target_of (size, i), block, 1.0f / (float) n, &guess, &name_loss));
      *loss += (double) name_loss;
      *right += guess == target_of (size, i);
    }
  return block;
}

static float *
batch_gradients (NnBatch *batch, const NnModel *model, const Size *size, guint n, double *loss, guint *right)
{
  float *block = nn_model_new_block (model);
  NnBatchName unsorted[G_N_ELEMENTS (names)], sorted[G_N_ELEMENTS (names)];

  *loss = 0;
  *right = 0;
  for (guint i = 0; i < n; i++)
    unsorted[i] = (NnBatchName){ names[i], target_of (size, i) };
  nn_batch_sort (unsorted, n, sorted);
  nn_batch_begin (batch, model);
  for (guint i = 0; i < n; i += NN_BATCH_PART)
    {
      nn_batch_set_names (batch, sorted + i, MIN (n - i, NN_BATCH_PART));
      g_assert_true (nn_batch_learn (batch, model, block, 1.0f / (float) n, loss, right));
    }
  return block;
}

static void
assert_same_gradients (const NnModel *model, const float *a, const float *b, guint n)
{
  for (guint k = 0; k < model->n_tensors; k++)
    {
      gsize length = nn_tensor_n_elements (&model->tensors[k]);
      g_autofree float *x = g_new (float, length), *y = g_new (float, length);

      nn_tensor_read (&model->tensors[k], a, x);
      nn_tensor_read (&model->tensors[k], b, y);
      for (gsize j = 0; j < length; j++)
        if (!(fabsf (x[j] - y[j]) <= (float) TOLERANCE * MAX (1.0f, fabsf (x[j]))))
          g_error ("%u names: %s[%" G_GSIZE_FORMAT "] is %g, a name at a time %g", n, model->tensors[k].name, j,
                   (double) y[j], (double) x[j]);
    }
}

/* One batch's memory serves all sizes in turn, small ones after large ones too: what it held must not matter. */
static void
test_mean_of_single_gradients (gconstpointer data)
{
  const Size *size = data;
  g_autoptr (NnModel) model = new_model (size);
  g_autoptr (NnBatch) batch = nn_batch_new (model, FALSE);

  for (guint step = 0; step < 2 * G_N_ELEMENTS (names); step++)
    {
      const guint n = step < G_N_ELEMENTS (names) ? step + 1 : 2 * G_N_ELEMENTS (names) - step;
      double loss, batch_loss;
      guint right, batch_right;
      float *single = single_gradients (model, size, n, &loss, &right);
      float *together = batch_gradients (batch, model, size, n, &batch_loss, &batch_right);

      g_assert_cmpfloat_with_epsilon (batch_loss, loss, 1e-5 * n);
      g_assert_cmpuint (batch_right, ==, right);
      assert_same_gradients (model, single, together, n);
      g_aligned_free (single);
      g_aligned_free (together);
    }
}

/* No sum may pick the padding up, so it stays 0. */
static void
test_padding_stays_zero (gconstpointer data)
{
  const Size *size = data;
  g_autoptr (NnModel) model = new_model (size);
  g_autoptr (NnBatch) batch = nn_batch_new (model, FALSE);
  double loss;
  guint right;
  float *block = batch_gradients (batch, model, size, G_N_ELEMENTS (names), &loss, &right);

  for (guint k = 0; k < model->n_tensors; k++)
    {
      g_autofree float *zeros = g_new0 (float, nn_tensor_n_elements (&model->tensors[k]));
      nn_tensor_write (&model->tensors[k], block, zeros);
    }
  for (gsize j = 0; j < model->layout.size; j++)
    g_assert_true (block[j] == 0.0f);
  g_aligned_free (block);
}

/* What the mask leaves out counts for nothing, forward or backward, and what it scales counts so much more: a mask that
 * is the same for all names is a network with other weights. */
static float
masked (guint unit)
{
  return unit % 3 == 0 ? 0.0f : unit % 3 == 1 ? 1.5f : 0.5f;
}

static void
fill_mask (const NnBatch *batch, guint hidden, float *mask, gboolean with_pattern)
{
  for (guint i = 0; i < NN_BATCH_PART; i++)
    for (guint u = 0; u < hidden; u++)
      mask[i * batch->units + u] = with_pattern ? masked (u) : 1.0f;
}

/* @rows rows of a block, where each unit has a column, or with @across a row. */
static void
scale_units (float *block, gsize rows, gsize columns, gsize stride, gboolean across)
{
  for (gsize r = 0; r < rows; r++)
    for (gsize j = 0; j < columns; j++)
      block[r * stride + j] *= masked ((guint) (across ? r : j));
}

static void
check_mask (const Size *size, gboolean recurrent)
{
  g_autoptr (NnModel) model = new_model (size);
  g_autoptr (NnModel) scaled = nn_model_copy (model);
  g_autoptr (NnBatch) with_masks = nn_batch_new (model, TRUE);
  g_autoptr (NnBatch) plain = nn_batch_new (model, FALSE);
  const NnLayout *layout = &model->layout;
  const gsize offset = recurrent ? layout->recurrent : layout->read;
  const gsize rows = recurrent ? model->hidden : model->n_classes;
  const gsize columns = recurrent ? layout->columns : model->hidden;
  const gsize stride = recurrent ? layout->stride : layout->units_stride;
  double loss, expected_loss;
  guint right;
  float *block, *expected;

  fill_mask (with_masks, model->hidden, with_masks->mask, !recurrent);
  fill_mask (with_masks, model->hidden, with_masks->recurrent_mask, recurrent);
  scale_units (scaled->parameters + offset, rows, columns, stride, recurrent);
  block = batch_gradients (with_masks, model, size, G_N_ELEMENTS (names), &loss, &right);
  expected = batch_gradients (plain, scaled, size, G_N_ELEMENTS (names), &expected_loss, &right);
  scale_units (expected + offset, rows, columns, stride, recurrent);
  g_assert_cmpfloat_with_epsilon (loss, expected_loss, 1e-3);
  assert_same_gradients (model, expected, block, G_N_ELEMENTS (names));
  g_aligned_free (block);
  g_aligned_free (expected);
}

static void
test_masks (gconstpointer data)
{
  check_mask (data, FALSE);
  check_mask (data, TRUE);
}

/* A letter that is left out is one whose weights are 0 and get no gradient. */
static void
test_no_letter (gconstpointer data)
{
  const Size *size = data;
  g_autoptr (NnModel) model = new_model (size);
  g_autoptr (NnBatch) batch = nn_batch_new (model, FALSE);
  const NnLayout *layout = &model->layout;
  const gsize o = (gsize) nn_letter_index ('o');
  const NnBatchName sorted[] = { { "Kolobo", 1 }, { "Bobo", 0 }, { "Bo", 1 }, { "oo", 0 } };
  float *expected = nn_model_new_block (model), *block = nn_model_new_block (model);
  double loss = 0, expected_loss = 0;
  guint right = 0, expected_right = 0;

  memset (model->parameters + layout->letter + o * layout->stride, 0, layout->stride * sizeof (float));
  if (model->kind == NN_RNN)
    memset (model->parameters + layout->read_letter + o * layout->classes_stride, 0,
            layout->classes_stride * sizeof (float));
  nn_batch_begin (batch, model);
  nn_batch_set_names (batch, sorted, G_N_ELEMENTS (sorted));
  g_assert_true (nn_batch_learn (batch, model, expected, 1.0f, &expected_loss, &expected_right));
  memset (expected + layout->letter + o * layout->stride, 0, layout->stride * sizeof (float));
  if (model->kind == NN_RNN)
    memset (expected + layout->read_letter + o * layout->classes_stride, 0, layout->classes_stride * sizeof (float));
  nn_batch_set_names (batch, sorted, G_N_ELEMENTS (sorted));
  for (guint row = 0; row < batch->first_row[batch->longest]; row++)
    if (batch->letters[row] == o)
      batch->letters[row] = NN_BATCH_NO_LETTER;
  g_assert_true (nn_batch_learn (batch, model, block, 1.0f, &loss, &right));
  g_assert_cmpfloat (loss, ==, expected_loss);
  g_assert_cmpuint (right, ==, expected_right);
  g_assert_cmpmem (block, layout->size * sizeof (float), expected, layout->size * sizeof (float));
  g_aligned_free (block);
  g_aligned_free (expected);
}

static void
test_sort (void)
{
  const NnBatchName unsorted[] = { { "Bo", 1 }, { "A", 2 }, { LONGEST, 3 }, { "Li", 4 }, { "Satoshi", 5 }, { "B", 6 } };
  const guint expected[] = { 3, 5, 1, 4, 2, 6 };
  NnBatchName sorted[G_N_ELEMENTS (unsorted)];

  nn_batch_sort (unsorted, G_N_ELEMENTS (unsorted), sorted);
  for (guint i = 0; i < G_N_ELEMENTS (unsorted); i++)
    g_assert_cmpuint (sorted[i].target, ==, expected[i]);
}

/* ---- Kernels, against the plain loops ---- */

static float
number (gsize i)
{
  return (float) ((i * 2654435761u) % 2003) / 1001.0f - 1.0f;
}

static void
check_product (gsize rows, gsize sums, gsize n, gboolean across)
{
  const gsize c_stride = n + 3, b_stride = n + 5, a_stride = (across ? rows : sums) + 2;
  g_autofree float *c = g_new (float, rows * c_stride + 1), *a = g_new (float, (rows + sums) * a_stride * 2);
  g_autofree float *b = g_new (float, sums * b_stride + 1);
  const gsize a_row = across ? 1 : a_stride, a_sum = across ? a_stride : 1;

  for (gsize i = 0; i < rows * c_stride + 1; i++)
    c[i] = number (i);
  for (gsize i = 0; i < (rows + sums) * a_stride * 2; i++)
    a[i] = number (i + 17);
  /* What lies between the rows must never be read. */
  for (gsize i = 0; i < sums * b_stride; i++)
    b[i] = i % b_stride < n ? number (i + 31) : NAN;
  nn_batch_product (c, c_stride, a, a_row, a_sum, b, b_stride, rows, sums, n);
  for (gsize r = 0; r < rows; r++)
    for (gsize j = 0; j < c_stride; j++)
      {
        double expected = (double) number (r * c_stride + j);

        for (gsize s = 0; s < sums && j < n; s++)
          expected += (double) a[r * a_row + s * a_sum] * (double) b[s * b_stride + j];
        if (j < n)
          g_assert_cmpfloat_with_epsilon ((double) c[r * c_stride + j], expected, 1e-4);
        else
          g_assert_cmpfloat ((double) c[r * c_stride + j], ==, expected);
      }
}

static void
test_product (void)
{
  static const gsize some_rows[] = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 17 };
  static const gsize some_sums[] = { 0, 1, 37, 256, 257 };
  static const gsize widths[] = { 1, 5, 15, 16, 17, 31, 32, 33, 48, 64, 65, 128 };

  for (gsize i = 0; i < G_N_ELEMENTS (some_rows); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (some_sums); j++)
      for (gsize k = 0; k < G_N_ELEMENTS (widths); k++)
        for (guint across = 0; across < 2; across++)
          check_product (some_rows[i], some_sums[j], widths[k], across != 0);
}

static void
test_transpose (void)
{
  static const gsize lengths[] = { 1, 3, 4, 5, 15, 16, 17, 20, 37 };
  float m[37 * 41], out[37 * 43];

  for (gsize i = 0; i < G_N_ELEMENTS (m); i++)
    m[i] = number (i);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (lengths); j++)
      {
        const gsize rows = lengths[i], n = lengths[j];

        memset (out, 0, sizeof out);
        nn_batch_transpose (out, 43, m, 41, rows, n);
        for (gsize k = 0; k < 37; k++)
          for (gsize r = 0; r < 43; r++)
            g_assert_true (out[k * 43 + r] == (k < n && r < rows ? m[r * 41 + k] : 0.0f));
      }
}

static void
test_sum_squares (void)
{
  g_autofree float *x = g_new (float, 5001);
  double expected = 0;

  for (guint i = 0; i < 5001; i++)
    {
      x[i] = number (i);
      expected += (double) x[i] * (double) x[i];
    }
  g_assert_cmpfloat_with_epsilon (nn_batch_sum_squares (x, 5001), expected, 1e-3);
  g_assert_true (nn_batch_sum_squares (x, 0) == 0);
  x[4999] = INFINITY;
  g_assert_false (isfinite (nn_batch_sum_squares (x, 5001)));
  x[4999] = NAN;
  g_assert_false (isfinite (nn_batch_sum_squares (x, 5001)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *mean = g_strdup_printf ("/batch/mean/%s/%u", nn_kind_id (sizes[i].kind), sizes[i].hidden);
      g_autofree char *padding = g_strdup_printf ("/batch/padding/%s/%u", nn_kind_id (sizes[i].kind), sizes[i].hidden);

      g_autofree char *masks = g_strdup_printf ("/batch/masks/%s/%u", nn_kind_id (sizes[i].kind), sizes[i].hidden);
      g_autofree char *letter = g_strdup_printf ("/batch/no-letter/%s/%u", nn_kind_id (sizes[i].kind), sizes[i].hidden);

      g_test_add_data_func (masks, &sizes[i], test_masks);
      g_test_add_data_func (letter, &sizes[i], test_no_letter);
      g_test_add_data_func (mean, &sizes[i], test_mean_of_single_gradients);
      g_test_add_data_func (padding, &sizes[i], test_padding_stays_zero);
    }
  g_test_add_func ("/batch/sort", test_sort);
  g_test_add_func ("/batch/kernels/product", test_product);
  g_test_add_func ("/batch/kernels/transpose", test_transpose);
  g_test_add_func ("/batch/kernels/sum-squares", test_sum_squares);
  return g_test_run ();
}
