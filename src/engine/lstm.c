/* lstm.c: the LSTM that the three gated networks share, on one thread.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/lstm.h"

#include "engine/kernels.h"
#include "engine/lstm-halves.h"
#include "engine/network.h"

#include <math.h>
#include <string.h>

/* gates [T x N], cell, cell_tanh, hidden [T+1 x H]: row t+1 is the state of step t. One thread takes the pre-activations
 * of both halves in one go: columns do not mix in them. */
static void
lstm_forward (const NnModel *model, NnWorkspace *workspace, guint first, gboolean last_only)
{
  nn_lstm_sum_biases (model, workspace);
  for (guint t = first; t < workspace->length; t++)
    {
      const gboolean output_alone = last_only && nn_lstm_output_alone (model, workspace, t);

      if (!output_alone)
        nn_lstm_pre_activations (model, workspace, t, 0, model->layout.columns);
      for (guint half = 0; half < NN_N_HALVES; half++)
        if (output_alone)
          nn_lstm_output_gate (model, workspace, t, half);
        else
          nn_lstm_cells (model, workspace, t, half);
    }
}

/* [H], in the order of the units: h_t, or o_t gathered from the two halves' columns. */
static const float *
readout (const NnModel *model, NnWorkspace *workspace, guint t)
{
  const NnLayout *layout = &model->layout;

  if (model->kind != NN_GATE_LSTM)
    return workspace->hidden + (t + 1) * workspace->units;
  for (guint half = 0; half < NN_N_HALVES; half++)
    memcpy (workspace->readout + layout->first_unit[half],
            workspace->half_gates[half] + t * workspace->half_stride[half]
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
                      layout->units_stride, model->n_classes, model->hidden, model->hidden, 1, FALSE);
}

/* Whole rows are read at once where both halves are wanted, to and fro, so that the last product before the update ends
 * at the row with which it begins. */
void
nn_lstm_hidden_gradient (const NnModel *model, NnWorkspace *workspace, guint t)
{
  const NnLayout *layout = &model->layout;
  float *out = workspace->hidden_gradients + t * workspace->units;

  if (!nn_lstm_output_alone (model, workspace, t))
    {
      nn_kernel_dot_rows (out, model->parameters + layout->recurrent, workspace->gate_gradients + t * workspace->stride,
                          layout->stride, model->hidden, layout->columns, layout->first_column[1], 0, t % 2 == 0);
      return;
    }
  nn_lstm_hidden_gradient_part (model, workspace, t, 0, 0, model->hidden, out);
  nn_lstm_hidden_gradient_part (model, workspace, t, 1, 0, model->hidden, workspace->part);
  nn_kernel_add_scaled (out, workspace->part, 1.0f, model->hidden);
}

static void
letter_backward (const NnModel *model, NnWorkspace *workspace, guint t)
{
  for (guint half = 0; half < NN_N_HALVES; half++)
    if (nn_lstm_output_alone (model, workspace, t))
      nn_lstm_output_gate_backward (model, workspace, t, half);
    else
      nn_lstm_cells_backward (model, workspace, t, half);
}

static void
lstm_backward (const NnModel *model, NnWorkspace *workspace)
{
  nn_lstm_readout_gradient (model, workspace);
  for (guint t = workspace->length; t-- > 0;)
    {
      letter_backward (model, workspace, t);
      if (t > 0)
        nn_lstm_hidden_gradient (model, workspace, t);
    }
}

static void
lstm_add_gradient (const NnModel *model, const NnWorkspace *workspace, float *block, float scale)
{
  for (guint half = 0; half < NN_N_HALVES; half++)
    nn_lstm_add_gradient_half (model, workspace, block, scale, half);
  nn_lstm_add_read_gradient (model, workspace, block, scale);
}

/* |h|, |o| and the letters are at most 1. */
static float
lstm_gradient_bound (const NnModel *model, const NnWorkspace *workspace)
{
  return nn_kernel_sum_abs (workspace->gate_gradients, workspace->length * workspace->stride)
         + nn_kernel_sum_abs (workspace->logit_gradients, model->n_classes);
}

/* ---- In place ---- */

/* The sum of |dL/d pre-activation| from the second letter on. */
static float
sum_from_second (const NnWorkspace *workspace)
{
  return nn_kernel_sum_abs (workspace->gate_gradients + workspace->stride, (workspace->length - 1) * workspace->stride);
}

/* An upper bound on every gradient, with backward done down to the second letter.
 * @from_second: see sum_from_second */
static float
bound_from_second (const NnModel *model, NnWorkspace *workspace, float from_second)
{
  const float recurrent_sum = nn_network_recurrent_sum (model, workspace);
  float bound = from_second + nn_kernel_sum_abs (workspace->logit_gradients, model->n_classes);

  for (guint half = 0; half < NN_N_HALVES; half++)
    bound += nn_lstm_bound_of_first (model, workspace, half, recurrent_sum);
  return bound;
}

static void
descend_in_one_pass (const NnModel *model, NnWorkspace *workspace, float scale)
{
  nn_lstm_learn_recurrent (model, workspace, scale);
  letter_backward (model, workspace, 0);
  nn_lstm_learn_inputs (model, workspace, scale);
  nn_lstm_add_read_gradient (model, workspace, model->parameters, scale);
}

/* The recurrent weights learn nothing from the first letter, before which the state is 0. So their update can go with
 * the product that leads there, where that one is sure to be finite. */
static gboolean
lstm_descend (const NnModel *model, NnWorkspace *workspace, float scale)
{
  float from_second;

  nn_lstm_readout_gradient (model, workspace);
  for (guint t = workspace->length; t-- > 1;)
    {
      letter_backward (model, workspace, t);
      if (t > 1)
        nn_lstm_hidden_gradient (model, workspace, t);
    }
  from_second = sum_from_second (workspace);
  if (workspace->length > 1 && nn_network_step_is_finite (scale, bound_from_second (model, workspace, from_second)))
    descend_in_one_pass (model, workspace, scale);
  else
    {
      if (workspace->length > 1)
        nn_lstm_hidden_gradient (model, workspace, 1);
      letter_backward (model, workspace, 0);
      if (!nn_network_step_is_finite (scale, lstm_gradient_bound (model, workspace)))
        return FALSE;
      lstm_add_gradient (model, workspace, model->parameters, scale);
    }
  nn_network_recurrent_grows (model, workspace, fabsf (scale) * from_second);
  return TRUE;
}

const NnNetwork nn_lstm
    = { lstm_forward, lstm_read, lstm_backward, lstm_add_gradient, lstm_descend, lstm_gradient_bound };
