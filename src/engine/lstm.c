/* lstm.c: the LSTM that the three gated networks share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/lstm.h"

#include "engine/kernels.h"

#include <string.h>

/* ---- Forward ---- */

static void
sum_biases (const NnModel *model, NnWorkspace *workspace)
{
  const NnLayout *layout = &model->layout;

  memcpy (workspace->bias, model->parameters + layout->bias, layout->stride * sizeof (float));
  if (model->kind == NN_LSTM)
    nn_kernel_add_scaled (workspace->bias, model->parameters + layout->second_bias, 1.0f, layout->columns);
}

/* Pre-activations of the columns first..first+n-1 at letter @t. */
static void
pre_activations (const NnModel *model, NnWorkspace *workspace, guint t, gsize first, gsize n)
{
  const NnLayout *layout = &model->layout;
  const float *p = model->parameters + first;

  nn_kernel_affine (workspace->gates + t * workspace->stride + first,
                    p + layout->letter + workspace->letters[t] * layout->stride, workspace->bias + first,
                    workspace->hidden + t * workspace->units, p + layout->recurrent, layout->stride,
                    t == 0 ? 0 : model->hidden, n);
}

static void
cells (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const NnLayout *layout = &model->layout;
  const gsize before = t * workspace->units + layout->first_unit[half];
  const gsize after = before + workspace->units;

  nn_kernel_lstm_cell (workspace->gates + t * workspace->stride + layout->first_column[half], workspace->cell + before,
                       workspace->cell + after, workspace->cell_tanh + before, workspace->hidden + after,
                       layout->n_units[half]);
}

/* All that gate-lstm's classifier reads of the last letter is o_T. */
static void
forward_output_gate (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
{
  const NnLayout *layout = &model->layout;
  const gsize n = layout->n_units[half];
  const gsize first = layout->first_column[half] + NN_GATE_OUTPUT * n;

  pre_activations (model, workspace, t, first, n);
  nn_kernel_sigmoid (workspace->gates + t * workspace->stride + first, n);
}

/* gates [T x N], cell, cell_tanh, hidden [T+1 x H]: row t+1 is the state of step t. */
static void
lstm_forward (const NnModel *model, NnWorkspace *workspace, gboolean last_only)
{
  const guint last = workspace->length - 1;

  sum_biases (model, workspace);
  for (guint t = 0; t <= last; t++)
    {
      const gboolean output_alone = t == last && last_only && model->kind == NN_GATE_LSTM;

      if (!output_alone)
        pre_activations (model, workspace, t, 0, model->layout.columns);
      for (guint half = 0; half < NN_N_HALVES; half++)
        if (output_alone)
          forward_output_gate (model, workspace, t, half);
        else
          cells (model, workspace, t, half);
    }
}

/* ---- What is classified ---- */

/* [H], in the order of the units: h_t, or o_t gathered from the two halves' columns. */
static const float *
readout (const NnModel *model, NnWorkspace *workspace, guint t)
{
  const NnLayout *layout = &model->layout;

  if (model->kind != NN_GATE_LSTM)
    return workspace->hidden + (t + 1) * workspace->units;
  for (guint half = 0; half < NN_N_HALVES; half++)
    memcpy (workspace->readout + layout->first_unit[half],
            workspace->gates + t * workspace->stride + layout->first_column[half]
                + NN_GATE_OUTPUT * (gsize) layout->n_units[half],
            layout->n_units[half] * sizeof (float));
  return workspace->readout;
}

static void
lstm_read (const NnModel *model, NnWorkspace *workspace, guint step, float *logits)
{
  const NnLayout *layout = &model->layout;

  memcpy (logits, model->parameters + layout->read_bias, model->n_classes * sizeof (float));
  nn_kernel_dot_rows (logits, model->parameters + layout->read, readout (model, workspace, step),
                      layout->units_stride, model->n_classes, model->hidden, model->hidden, 1);
}

/* ---- Backward ---- */

/* gate-lstm's last letter: the loss reaches o_T alone, neither h_T nor c_T. */
static void
backward_output_gate (const NnModel *model, NnWorkspace *workspace, guint t)
{
  const NnLayout *layout = &model->layout;
  float *d = workspace->gate_gradients + t * workspace->stride;

  memset (d, 0, layout->stride * sizeof (float));
  for (guint unit = 0; unit < model->hidden; unit++)
    {
      gsize column = nn_layout_column (layout, NN_GATE_OUTPUT, unit);
      float o = workspace->gates[t * workspace->stride + column];

      d[column] = workspace->readout_gradient[unit] * o * (1.0f - o);
    }
  memset (workspace->hidden_gradients + (t + 1) * workspace->units, 0, workspace->units * sizeof (float));
  memset (workspace->cell_gradients + (t + 1) * workspace->units, 0, workspace->units * sizeof (float));
  memset (workspace->cell_gradients + t * workspace->units, 0, workspace->units * sizeof (float));
}

static void
backward_half (const NnModel *model, NnWorkspace *workspace, guint t, guint half)
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

/* dL/dh_(t-1) = U dL/d pre-activations, each unit's sum in two parts, a half each. */
static void
backward_hidden (const NnModel *model, NnWorkspace *workspace, guint t)
{
  const NnLayout *layout = &model->layout;
  const float *recurrent = model->parameters + layout->recurrent;
  const float *gradients = workspace->gate_gradients + t * workspace->stride;
  float *out = workspace->hidden_gradients + t * workspace->units;

  if (t < workspace->length - 1 || model->kind != NN_GATE_LSTM)
    {
      nn_kernel_dot_rows (out, recurrent, gradients, layout->stride, model->hidden, layout->columns,
                          layout->first_column[1], 0);
      return;
    }
  for (guint half = 0; half < NN_N_HALVES; half++)
    {
      const gsize n = layout->n_units[half];
      const gsize first = layout->first_column[half] + NN_GATE_OUTPUT * n;

      nn_kernel_dot_rows (out, recurrent + first, gradients + first, layout->stride, model->hidden, n, n, half > 0);
    }
}

static void
lstm_backward (const NnModel *model, NnWorkspace *workspace)
{
  const NnLayout *layout = &model->layout;
  const guint last = workspace->length - 1;
  const gboolean on_hidden = model->kind != NN_GATE_LSTM;
  float *gradient
      = on_hidden ? workspace->hidden_gradients + workspace->length * workspace->units : workspace->readout_gradient;

  memset (gradient, 0, workspace->units * sizeof (float));
  nn_kernel_add_rows (gradient, workspace->logit_gradients, model->parameters + layout->read, layout->units_stride,
                      model->n_classes, model->hidden);
  memset (workspace->cell_gradients + workspace->length * workspace->units, 0, workspace->units * sizeof (float));
  for (guint t = last + 1; t-- > 0;)
    {
      if (t == last && !on_hidden)
        backward_output_gate (model, workspace, t);
      else
        for (guint half = 0; half < NN_N_HALVES; half++)
          backward_half (model, workspace, t, half);
      if (t > 0)
        backward_hidden (model, workspace, t);
    }
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

static void
lstm_add_gradient (const NnModel *model, const NnWorkspace *workspace, float *block, float scale)
{
  const NnLayout *layout = &model->layout;
  const guint length = workspace->length;
  const float *read = model->kind == NN_GATE_LSTM ? workspace->readout : workspace->hidden + length * workspace->units;

  if (model->kind != NN_GATE_LSTM)
    add_recurrent (model, workspace, block, scale, 0, layout->columns, length);
  else
    for (guint half = 0; half < NN_N_HALVES; half++)
      {
        const gsize n = layout->n_units[half];
        const gsize first = layout->first_column[half];

        /* The last letter has a gradient in its output gate alone. */
        add_recurrent (model, workspace, block, scale, first, NN_GATE_OUTPUT * n, length - 1);
        add_recurrent (model, workspace, block, scale, first + NN_GATE_OUTPUT * n, n, length);
      }
  for (guint t = 0; t < length; t++)
    {
      const float *gradient = workspace->gate_gradients + t * workspace->stride;

      nn_kernel_add_scaled (block + layout->letter + workspace->letters[t] * layout->stride, gradient, scale,
                            layout->columns);
      nn_kernel_add_scaled (block + layout->bias, gradient, scale, layout->columns);
      if (model->kind == NN_LSTM)
        nn_kernel_add_scaled (block + layout->second_bias, gradient, scale, layout->columns);
    }
  nn_kernel_add_outer (block + layout->read, layout->units_stride, workspace->logit_gradients, 0, read, 0, scale, 1,
                       model->n_classes, model->hidden);
  nn_kernel_add_scaled (block + layout->read_bias, workspace->logit_gradients, scale, model->n_classes);
}

/* |h|, |o| and the letters are at most 1. */
static float
lstm_gradient_bound (const NnModel *model, const NnWorkspace *workspace)
{
  return nn_kernel_sum_abs (workspace->gate_gradients, workspace->length * workspace->stride)
         + nn_kernel_sum_abs (workspace->logit_gradients, model->n_classes);
}

const NnNetwork nn_lstm = { lstm_forward, lstm_read, lstm_backward, lstm_add_gradient, lstm_gradient_bound };
