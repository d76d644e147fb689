/* batch-lstm.c: the LSTM that the three gated networks share, over several names at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/batch.h"

#include "engine/batch-kernels.h"
#include "engine/kernels.h"

#include <string.h>

static gsize
output_column (const NnLayout *layout, guint half)
{
  return layout->first_column[half] + NN_GATE_OUTPUT * (gsize) layout->n_units[half];
}

/* Names 0..this-1 of letter @t, of which all gates are needed. The classifier of gate-lstm reads o of the last letter
 * alone: there the names that end need nothing else. */
static guint
n_whole (const NnBatch *batch, const NnModel *model, guint t)
{
  return model->kind == NN_GATE_LSTM ? batch->first_row[t + 2] - batch->first_row[t + 1]
                                     : batch->first_row[t + 1] - batch->first_row[t];
}

/* ---- Forward ---- */

static void
sum_biases (NnBatch *batch, const NnModel *model)
{
  const NnLayout *layout = &model->layout;

  memcpy (batch->bias, model->parameters + layout->bias, layout->stride * sizeof (float));
  if (model->kind == NN_LSTM)
    nn_kernel_add_scaled (batch->bias, model->parameters + layout->second_bias, 1.0f, layout->columns);
}

/* Pre-activations of columns first..first+n-1 of the @n_names names from @name on at letter @t. */
static void
pre_activations (NnBatch *batch, const NnModel *model, guint t, guint name, guint n_names, gsize first, gsize n)
{
  const NnLayout *layout = &model->layout;
  const float *p = model->parameters;
  const guint row = batch->first_row[t] + name;

  for (guint i = row; i < row + n_names; i++)
    nn_kernel_affine (batch->gates + i * batch->stride + first, nn_batch_letter (batch, model, i) + first,
                      batch->bias + first, NULL, NULL, 0, 0, n, FALSE);
  if (t > 0)
    nn_batch_product (batch->gates + row * batch->stride + first, batch->stride,
                      batch->hidden_before + row * batch->units, batch->units, 1, p + layout->recurrent + first,
                      layout->stride, n_names, model->hidden, n);
}

static void
cells (NnBatch *batch, const NnModel *model, guint t, guint name)
{
  const NnLayout *layout = &model->layout;
  const guint row = batch->first_row[t] + name;
  const gboolean goes_on = batch->length[name] > t + 1;
  const gsize after = (goes_on ? batch->first_row[t + 1] + name : name) * batch->units;
  float *cell = goes_on ? batch->cell_before : batch->cell_after;
  float *hidden = goes_on ? batch->hidden_before : batch->hidden_after;

  for (guint half = 0; half < NN_N_HALVES; half++)
    {
      const guint unit = layout->first_unit[half];

      nn_kernel_lstm_cell (batch->gates + row * batch->stride + layout->first_column[half],
                           batch->cell_before + row * batch->units + unit, cell + after + unit,
                           batch->cell_tanh + row * batch->units + unit, hidden + after + unit, layout->n_units[half]);
    }
  if (goes_on && batch->recurrent_mask != NULL)
    nn_batch_multiply (hidden + after, batch->recurrent_mask + name * batch->units, batch->units);
}

/* The names of gate-lstm that end at letter @t, from @whole on. */
static void
output_gates (NnBatch *batch, const NnModel *model, guint t, guint whole)
{
  const NnLayout *layout = &model->layout;
  const guint n = batch->first_row[t + 1] - batch->first_row[t];

  for (guint half = 0; half < NN_N_HALVES; half++)
    {
      const gsize column = output_column (layout, half);

      pre_activations (batch, model, t, whole, n - whole, column, layout->n_units[half]);
      for (guint i = whole; i < n; i++)
        {
          float *gate = batch->gates + (batch->first_row[t] + i) * batch->stride + column;

          nn_kernel_sigmoid (gate, layout->n_units[half]);
          memcpy (batch->readout + i * batch->units + layout->first_unit[half], gate,
                  layout->n_units[half] * sizeof (float));
        }
    }
}

static void
lstm_forward (NnBatch *batch, const NnModel *model)
{
  sum_biases (batch, model);
  for (guint t = 0; t < batch->longest; t++)
    {
      const guint whole = n_whole (batch, model, t);

      pre_activations (batch, model, t, 0, whole, 0, model->layout.columns);
      for (guint i = 0; i < whole; i++)
        cells (batch, model, t, i);
      if (model->kind == NN_GATE_LSTM)
        output_gates (batch, model, t, whole);
    }
  if (model->kind != NN_GATE_LSTM)
    memcpy (batch->readout, batch->hidden_after, batch->n * batch->units * sizeof (float));
}

/* ---- Backward ---- */

/* The loss reaches o of the last letter alone, neither its h nor its c. */
static void
output_gates_backward (NnBatch *batch, const NnModel *model, guint t, guint name)
{
  const NnLayout *layout = &model->layout;
  const gsize row = (batch->first_row[t] + name) * batch->stride;
  float *d = batch->gate_gradients + row;

  memset (d, 0, batch->stride * sizeof (float));
  for (guint half = 0; half < NN_N_HALVES; half++)
    for (guint u = 0; u < layout->n_units[half]; u++)
      {
        const gsize column = output_column (layout, half) + u;
        const float o = batch->gates[row + column];

        d[column] = batch->readout_gradients[name * batch->units + layout->first_unit[half] + u] * o * (1.0f - o);
      }
  memset (batch->cell_gradients[1] + name * batch->units, 0, batch->units * sizeof (float));
}

static void
cells_backward (NnBatch *batch, const NnModel *model, guint t, guint name)
{
  const NnLayout *layout = &model->layout;
  const gsize row = batch->first_row[t] + name;

  if (batch->length[name] == t + 1)
    {
      memcpy (batch->hidden_gradients + name * batch->units, batch->readout_gradients + name * batch->units,
              batch->units * sizeof (float));
      memset (batch->cell_gradients[0] + name * batch->units, 0, batch->units * sizeof (float));
    }
  for (guint half = 0; half < NN_N_HALVES; half++)
    {
      const gsize state = row * batch->units + layout->first_unit[half];
      const gsize gradient = name * batch->units + layout->first_unit[half];
      const gsize columns = row * batch->stride + layout->first_column[half];

      nn_kernel_lstm_cell_backward (batch->gates + columns, batch->cell_before + state, batch->cell_tanh + state,
                                    batch->hidden_gradients + gradient, batch->cell_gradients[0] + gradient,
                                    batch->cell_gradients[1] + gradient, batch->gate_gradients + columns,
                                    layout->n_units[half]);
    }
}

/* hidden_gradients += dL/d pre-activations U^T, over columns first..first+n-1 of @n_names names from @name on. */
static void
hidden_backward (NnBatch *batch, const NnModel *model, guint t, guint name, guint n_names, gsize first, gsize n)
{
  nn_batch_product (batch->hidden_gradients + name * batch->units, batch->units,
                    batch->gate_gradients + (batch->first_row[t] + name) * batch->stride + first, batch->stride, 1,
                    batch->transposed + first * batch->units, batch->units, n_names, n, model->hidden);
}

static void
lstm_backward (NnBatch *batch, const NnModel *model)
{
  const NnLayout *layout = &model->layout;

  for (guint t = batch->longest; t-- > 0;)
    {
      const guint n = batch->first_row[t + 1] - batch->first_row[t];
      const guint whole = n_whole (batch, model, t);
      float *kept;

      for (guint i = 0; i < n; i++)
        if (i < whole)
          cells_backward (batch, model, t, i);
        else
          output_gates_backward (batch, model, t, i);
      memset (batch->hidden_gradients, 0, n * batch->units * sizeof (float));
      if (t > 0)
        {
          hidden_backward (batch, model, t, 0, whole, 0, layout->columns);
          for (guint half = 0; half < NN_N_HALVES && whole < n; half++)
            hidden_backward (batch, model, t, whole, n - whole, output_column (layout, half), layout->n_units[half]);
          if (batch->recurrent_mask != NULL)
            nn_batch_multiply (batch->hidden_gradients, batch->recurrent_mask, n * batch->units);
        }
      kept = batch->cell_gradients[0];
      batch->cell_gradients[0] = batch->cell_gradients[1];
      batch->cell_gradients[1] = kept;
    }
}

const NnBatchNetwork nn_batch_lstm = { lstm_forward, lstm_backward };
