/* lstm-halves.c: one half of an LSTM's units at one letter, for one thread or for two with a half each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/lstm-halves.h"

#include "engine/kernels.h"

#include <string.h>

/* ---- Where a half's parameters are ---- */

typedef struct
{
  float *letter, *recurrent, *bias, *second_bias;
  gsize stride;
} Half;

static gsize
own_stride (const NnModel *model, guint half)
{
  const gsize line = 16;

  return (NN_N_GATES * (gsize) model->layout.n_units[half] + line - 1) / line * line;
}

gsize
nn_lstm_own_size (const NnModel *model, guint half)
{
  return (NN_ALPHABET_SIZE + model->hidden + 2) * own_stride (model, half);
}

static Half
half_in_own (const NnModel *model, const NnWorkspace *workspace, guint half)
{
  const gsize stride = own_stride (model, half);
  float *own = workspace->own[half];

  return (Half){ .letter = own,
                 .recurrent = own + NN_ALPHABET_SIZE * stride,
                 .bias = own + (NN_ALPHABET_SIZE + model->hidden) * stride,
                 .second_bias = own + (NN_ALPHABET_SIZE + model->hidden + 1) * stride,
                 .stride = stride };
}

static Half
half_in_block (const NnModel *model, float *block, guint half)
{
  const NnLayout *layout = &model->layout;
  float *first = block + layout->first_column[half];

  return (Half){ .letter = first + layout->letter,
                 .recurrent = first + layout->recurrent,
                 .bias = first + layout->bias,
                 .second_bias = first + layout->second_bias,
                 .stride = layout->stride };
}

static Half
half_of (const NnModel *model, const NnWorkspace *workspace, float *block, guint half)
{
  return workspace->own[half] != NULL && block == model->parameters ? half_in_own (model, workspace, half)
                                                                    : half_in_block (model, block, half);
}

static void
copy_rows (float *to, gsize to_stride, const float *from, gsize from_stride, gsize rows, gsize n)
{
  for (gsize row = 0; row < rows; row++)
    memcpy (to + row * to_stride, from + row * from_stride, n * sizeof (float));
}

static void
copy_half (const NnModel *model, const Half *to, const Half *from, guint half)
{
  const gsize n = NN_N_GATES * (gsize) model->layout.n_units[half];

  copy_rows (to->letter, to->stride, from->letter, from->stride, NN_ALPHABET_SIZE, n);
  copy_rows (to->recurrent, to->stride, from->recurrent, from->stride, model->hidden, n);
  copy_rows (to->bias, to->stride, from->bias, from->stride, 1, n);
  if (model->kind == NN_LSTM)
    copy_rows (to->second_bias, to->stride, from->second_bias, from->stride, 1, n);
}

void
nn_lstm_own_load (const NnModel *model, NnWorkspace *workspace, guint half)
{
  const Half own = half_in_own (model, workspace, half);
  const Half block = half_in_block (model, model->parameters, half);

  copy_half (model, &own, &block, half);
}

void
nn_lstm_own_store (NnModel *model, const NnWorkspace *workspace, guint half)
{
  const Half own = half_in_own (model, workspace, half);
  const Half block = half_in_block (model, model->parameters, half);

  copy_half (model, &block, &own, half);
}

/* ---- Biases ---- */

void
nn_lstm_sum_biases_half (const NnModel *model, NnWorkspace *workspace, guint half)
{
  const Half from = half_of (model, workspace, model->parameters, half);
  const gsize n = NN_N_GATES * (gsize) model->layout.n_units[half];
  float *bias = workspace->half_bias[half];

  memcpy (bias, from.bias, n * sizeof (float));
  if (model->kind == NN_LSTM)
    nn_kernel_add_scaled (bias, from.second_bias, 1.0f, n);
}

void
nn_lstm_sum_biases (const NnModel *model, NnWorkspace *workspace)
{
  const NnLayout *layout = &model->layout;

  memcpy (workspace->bias, model->parameters + layout->bias, layout->stride * sizeof (float));
  if (model->kind == NN_LSTM)
    nn_kernel_add_scaled (workspace->bias, model->parameters + layout->second_bias, 1.0f, layout->columns);
}

gboolean
nn_lstm_output_alone (const NnModel *model, const NnWorkspace *workspace, guint t)
{
  return model->kind == NN_GATE_LSTM && t == workspace->length - 1;
}

/* ---- Forward ---- */

void
nn_lstm_pre_activations (const NnModel *model, NnWorkspace *workspace, guint t, gsize first, gsize n)
{
  const NnLayout *layout = &model->layout;
  const float *p = model->parameters + first;

  nn_kernel_affine (workspace->gates + t * workspace->stride + first,
                    p + layout->letter + workspace->letters[t] * layout->stride, workspace->bias + first,
                    workspace->hidden + t * workspace->units, p + layout->recurrent, layout->stride,
                    t == 0 ? 0 : model->hidden, n, t % 2);
}

void
nn_lstm_cells (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const NnLayout *layout = &model->layout;
  const gsize before = t * workspace->units + layout->first_unit[half];
  const gsize after = before + workspace->units;

  nn_kernel_lstm_cell (workspace->half_gates[half] + t * workspace->half_stride[half], workspace->cell + before,
                       workspace->cell + after, workspace->cell_tanh + before, workspace->hidden + after,
                       layout->n_units[half]);
}

void
nn_lstm_begin_pre_activations_half (const NnModel *model, NnWorkspace *workspace, guint t, guint half, guint gate)
{
  const Half from = half_of (model, workspace, model->parameters, half);
  const gsize units = model->layout.n_units[half];
  const gsize first = gate * units;

  nn_kernel_affine (workspace->half_gates[half] + t * workspace->half_stride[half] + first,
                    from.letter + workspace->letters[t] * from.stride + first, workspace->half_bias[half] + first,
                    workspace->hidden + t * workspace->units, from.recurrent + first, from.stride,
                    t == 0 ? 0 : model->layout.n_units[0], (NN_N_GATES - gate) * units, FALSE);
}

void
nn_lstm_end_pre_activations_half (const NnModel *model, NnWorkspace *workspace, guint t, guint half, guint gate)
{
  const Half from = half_of (model, workspace, model->parameters, half);
  const gsize units = model->layout.n_units[half];
  const gsize first = gate * units, first_row = model->layout.first_unit[1];

  if (t > 0)
    nn_kernel_add_rows (workspace->half_gates[half] + t * workspace->half_stride[half] + first,
                        workspace->hidden + t * workspace->units + first_row,
                        from.recurrent + first_row * from.stride + first, from.stride, model->layout.n_units[1],
                        (NN_N_GATES - gate) * units);
}

void
nn_lstm_output_gate (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const gsize n = model->layout.n_units[half];

  nn_lstm_begin_pre_activations_half (model, workspace, t, half, NN_GATE_OUTPUT);
  nn_lstm_end_pre_activations_half (model, workspace, t, half, NN_GATE_OUTPUT);
  nn_kernel_sigmoid (workspace->half_gates[half] + t * workspace->half_stride[half] + NN_GATE_OUTPUT * n, n);
}

/* ---- Backward ---- */

void
nn_lstm_readout_gradient (const NnModel *model, NnWorkspace *workspace)
{
  const NnLayout *layout = &model->layout;
  const gsize last = workspace->length * workspace->units;
  float *gradient
      = model->kind == NN_GATE_LSTM ? workspace->readout_gradient : workspace->hidden_gradients + last;

  memset (gradient, 0, workspace->units * sizeof (float));
  nn_kernel_add_rows (gradient, workspace->logit_gradients, model->parameters + layout->read, layout->units_stride,
                      model->n_classes, model->hidden);
  memset (workspace->cell_gradients + last, 0, workspace->units * sizeof (float));
}

void
nn_lstm_cells_backward (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const NnLayout *layout = &model->layout;
  const gsize before = t * workspace->units + layout->first_unit[half];
  const gsize after = before + workspace->units;
  const gsize row = t * workspace->half_stride[half];

  nn_kernel_lstm_cell_backward (workspace->half_gates[half] + row, workspace->cell + before, workspace->cell_tanh + before,
                                workspace->hidden_gradients + after, workspace->cell_gradients + after,
                                workspace->cell_gradients + before, workspace->half_gradients[half] + row,
                                layout->n_units[half]);
}

void
nn_lstm_output_gate_backward (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const NnLayout *layout = &model->layout;
  const guint n = layout->n_units[half];
  const gsize unit = t * workspace->units + layout->first_unit[half];
  const gsize row = t * workspace->half_stride[half];
  const float *o = workspace->half_gates[half] + row + NN_GATE_OUTPUT * (gsize) n;
  const float *gradient = workspace->readout_gradient + layout->first_unit[half];
  float *d = workspace->half_gradients[half] + row;

  memset (d, 0, NN_GATE_OUTPUT * n * sizeof (float));
  for (guint u = 0; u < n; u++)
    d[NN_GATE_OUTPUT * (gsize) n + u] = gradient[u] * o[u] * (1.0f - o[u]);
  memset (workspace->hidden_gradients + unit + workspace->units, 0, n * sizeof (float));
  memset (workspace->cell_gradients + unit + workspace->units, 0, n * sizeof (float));
  memset (workspace->cell_gradients + unit, 0, n * sizeof (float));
}

void
nn_lstm_hidden_gradient_part (const NnModel *model, const NnWorkspace *workspace, guint t, guint half, guint first_unit,
                              guint n_units, float *part)
{
  const Half from = half_of (model, workspace, model->parameters, half);
  const gsize units = model->layout.n_units[half];
  const gboolean output_alone = nn_lstm_output_alone (model, workspace, t);
  const gsize first = output_alone ? NN_GATE_OUTPUT * units : 0;
  const gsize n = output_alone ? units : NN_N_GATES * units;

  nn_kernel_dot_rows (part + first_unit, from.recurrent + first_unit * from.stride + first,
                      workspace->half_gradients[half] + t * workspace->half_stride[half] + first, from.stride, n_units,
                      n, n, 0, FALSE);
}

/* ---- Update ---- */

/* recurrent [H x n] += scale * sum over t of h_(t-1) outer dL/d pre-activations of t; h before the first letter is 0.
 * @first, @n: columns of the half */
static void
add_recurrent (const NnModel *model, const NnWorkspace *workspace, const Half *to, guint half, float scale, gsize first,
               gsize n, guint steps)
{
  if (steps > 1)
    nn_kernel_add_outer (to->recurrent + first, to->stride, workspace->hidden + workspace->units, workspace->units,
                         workspace->half_gradients[half] + workspace->half_stride[half] + first,
                         workspace->half_stride[half], scale, steps - 1, model->hidden, n);
}

/* The letters' rows and the biases, whose sum in the workspace is done with: it takes what each of the two learns.
 * @n: columns from the half's first one on */
static void
add_inputs (const NnModel *model, const NnWorkspace *workspace, const Half *to, guint half, float scale, gsize n)
{
  const float *gradients = workspace->half_gradients[half];
  const gsize stride = workspace->half_stride[half];
  float *step = workspace->half_bias[half];

  memset (step, 0, n * sizeof (float));
  for (guint t = 0; t < workspace->length; t++)
    {
      nn_kernel_add_scaled (to->letter + workspace->letters[t] * to->stride, gradients + t * stride, scale, n);
      nn_kernel_add_scaled (step, gradients + t * stride, scale, n);
    }
  nn_kernel_add_scaled (to->bias, step, 1.0f, n);
  if (model->kind == NN_LSTM)
    nn_kernel_add_scaled (to->second_bias, step, 1.0f, n);
}

void
nn_lstm_learn_recurrent_part (const NnModel *model, NnWorkspace *workspace, float scale, guint half, guint first_unit,
                              guint n_units, float *part)
{
  const Half to = half_of (model, workspace, model->parameters, half);
  const gsize n = NN_N_GATES * (gsize) model->layout.n_units[half];

  nn_kernel_dot_and_outer (part + first_unit, to.recurrent + first_unit * to.stride, to.stride,
                           workspace->hidden + workspace->units + first_unit, workspace->units,
                           workspace->half_gradients[half] + workspace->half_stride[half],
                           workspace->half_stride[half], scale, workspace->length - 1, n_units, n, n);
}

void
nn_lstm_learn_recurrent (const NnModel *model, NnWorkspace *workspace, float scale)
{
  const NnLayout *layout = &model->layout;

  nn_kernel_dot_and_outer (workspace->hidden_gradients + workspace->units, model->parameters + layout->recurrent,
                           layout->stride, workspace->hidden + workspace->units, workspace->units,
                           workspace->gate_gradients + workspace->stride, workspace->stride, scale,
                           workspace->length - 1, model->hidden, layout->columns, layout->first_column[1]);
}

void
nn_lstm_learn_inputs_half (const NnModel *model, NnWorkspace *workspace, float scale, guint half)
{
  const Half to = half_of (model, workspace, model->parameters, half);

  add_inputs (model, workspace, &to, half, scale, NN_N_GATES * (gsize) model->layout.n_units[half]);
}

/* In the model's block the second half's columns follow the first's, in the workspace's gradients too. */
void
nn_lstm_learn_inputs (const NnModel *model, NnWorkspace *workspace, float scale)
{
  const Half to = half_in_block (model, model->parameters, 0);

  add_inputs (model, workspace, &to, 0, scale, model->layout.columns);
}

float
nn_lstm_recurrent_sum_half (const NnModel *model, const NnWorkspace *workspace, guint half)
{
  const Half from = half_of (model, workspace, model->parameters, half);
  float sum = 0;

  for (guint unit = 0; unit < model->hidden; unit++)
    sum += nn_kernel_sum_abs (from.recurrent + unit * from.stride, NN_N_GATES * (gsize) model->layout.n_units[half]);
  return sum;
}

float
nn_lstm_bound_of_first (const NnModel *model, const NnWorkspace *workspace, guint half, float recurrent_sum)
{
  const NnLayout *layout = &model->layout;
  const float later = nn_kernel_sum_abs (workspace->half_gradients[half] + workspace->half_stride[half],
                                         NN_N_GATES * (gsize) layout->n_units[half]);
  const float cell = nn_kernel_sum_abs (workspace->cell_gradients + workspace->units + layout->first_unit[half],
                                        layout->n_units[half]);

  return NN_N_GATES * (cell + recurrent_sum * later);
}

void
nn_lstm_add_gradient_half (const NnModel *model, const NnWorkspace *workspace, float *block, float scale, guint half)
{
  const Half to = half_of (model, workspace, block, half);
  const guint length = workspace->length;
  const gsize units = model->layout.n_units[half];

  /* gate-lstm's last letter has a gradient in its output gate alone. */
  if (model->kind == NN_GATE_LSTM)
    {
      add_recurrent (model, workspace, &to, half, scale, 0, NN_GATE_OUTPUT * units, length - 1);
      add_recurrent (model, workspace, &to, half, scale, NN_GATE_OUTPUT * units, units, length);
    }
  else
    add_recurrent (model, workspace, &to, half, scale, 0, NN_N_GATES * units, length);
  add_inputs (model, workspace, &to, half, scale, NN_N_GATES * units);
}

void
nn_lstm_add_read_gradient (const NnModel *model, const NnWorkspace *workspace, float *block, float scale)
{
  const NnLayout *layout = &model->layout;
  const float *read = model->kind == NN_GATE_LSTM ? workspace->readout
                                                  : workspace->hidden + workspace->length * workspace->units;

  nn_kernel_add_outer (block + layout->read, layout->units_stride, workspace->logit_gradients, 0, read, 0, scale, 1,
                       model->n_classes, model->hidden);
  nn_kernel_add_scaled (block + layout->read_bias, workspace->logit_gradients, scale, model->n_classes);
}
