/* lstm-halves.c: one half of an LSTM's units at one letter, for one thread or for two with a half each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/lstm-halves.h"

#include "engine/kernels.h"

#include <string.h>

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
                    t == 0 ? 0 : model->hidden, n);
}

void
nn_lstm_cells (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const NnLayout *layout = &model->layout;
  const gsize before = t * workspace->units + layout->first_unit[half];
  const gsize after = before + workspace->units;

  nn_kernel_lstm_cell (workspace->gates + t * workspace->stride + layout->first_column[half], workspace->cell + before,
                       workspace->cell + after, workspace->cell_tanh + before, workspace->hidden + after,
                       layout->n_units[half]);
}

void
nn_lstm_output_gate (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const NnLayout *layout = &model->layout;
  const gsize n = layout->n_units[half];
  const gsize first = layout->first_column[half] + NN_GATE_OUTPUT * n;

  nn_lstm_pre_activations (model, workspace, t, first, n);
  nn_kernel_sigmoid (workspace->gates + t * workspace->stride + first, n);
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
  const gsize columns = t * workspace->stride + layout->first_column[half];

  nn_kernel_lstm_cell_backward (workspace->gates + columns, workspace->cell + before, workspace->cell_tanh + before,
                                workspace->hidden_gradients + after, workspace->cell_gradients + after,
                                workspace->cell_gradients + before, workspace->gate_gradients + columns,
                                layout->n_units[half]);
}

void
nn_lstm_output_gate_backward (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const NnLayout *layout = &model->layout;
  const guint n = layout->n_units[half];
  const gsize unit = t * workspace->units + layout->first_unit[half];
  const gsize column = t * workspace->stride + layout->first_column[half];
  const float *o = workspace->gates + column + NN_GATE_OUTPUT * (gsize) n;
  const float *gradient = workspace->readout_gradient + layout->first_unit[half];
  float *d = workspace->gate_gradients + column;

  memset (d, 0, NN_GATE_OUTPUT * n * sizeof (float));
  for (guint u = 0; u < n; u++)
    d[NN_GATE_OUTPUT * (gsize) n + u] = gradient[u] * o[u] * (1.0f - o[u]);
  memset (workspace->hidden_gradients + unit + workspace->units, 0, n * sizeof (float));
  memset (workspace->cell_gradients + unit + workspace->units, 0, n * sizeof (float));
  memset (workspace->cell_gradients + unit, 0, n * sizeof (float));
}

void
nn_lstm_hidden_gradient_part (const NnModel *model, const NnWorkspace *workspace, guint t, guint half, float *part)
{
  const NnLayout *layout = &model->layout;
  const gsize units = layout->n_units[half];
  const gboolean output_alone = nn_lstm_output_alone (model, workspace, t);
  const gsize first = layout->first_column[half] + (output_alone ? NN_GATE_OUTPUT * units : 0);
  const gsize n = output_alone ? units : NN_N_GATES * units;

  nn_kernel_dot_rows (part, model->parameters + layout->recurrent + first,
                      workspace->gate_gradients + t * workspace->stride + first, layout->stride, model->hidden, n, n, 0);
}

/* ---- Update ---- */

/* recurrent [H x N] += scale * sum over t of h_(t-1) outer dL/d pre-activations of t; h before the first letter is 0. */
static void
add_recurrent (const NnModel *model, const NnWorkspace *workspace, float *block, float scale, gsize first, gsize n,
               guint steps)
{
  const NnLayout *layout = &model->layout;

  if (steps > 1)
    nn_kernel_add_outer (block + layout->recurrent + first, layout->stride, workspace->hidden + workspace->units,
                         workspace->units, workspace->gate_gradients + workspace->stride + first, workspace->stride,
                         scale, steps - 1, model->hidden, n);
}

void
nn_lstm_add_gradient_half (const NnModel *model, const NnWorkspace *workspace, float *block, float scale, guint half)
{
  const NnLayout *layout = &model->layout;
  const guint length = workspace->length;
  const gsize units = layout->n_units[half];
  const gsize first = layout->first_column[half];

  /* gate-lstm's last letter has a gradient in its output gate alone. */
  if (model->kind == NN_GATE_LSTM)
    {
      add_recurrent (model, workspace, block, scale, first, NN_GATE_OUTPUT * units, length - 1);
      add_recurrent (model, workspace, block, scale, first + NN_GATE_OUTPUT * units, units, length);
    }
  else
    add_recurrent (model, workspace, block, scale, first, NN_N_GATES * units, length);
  for (guint t = 0; t < length; t++)
    {
      const float *gradient = workspace->gate_gradients + t * workspace->stride + first;

      nn_kernel_add_scaled (block + layout->letter + workspace->letters[t] * layout->stride + first, gradient, scale,
                            NN_N_GATES * units);
      nn_kernel_add_scaled (block + layout->bias + first, gradient, scale, NN_N_GATES * units);
      if (model->kind == NN_LSTM)
        nn_kernel_add_scaled (block + layout->second_bias + first, gradient, scale, NN_N_GATES * units);
    }
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
