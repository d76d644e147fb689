/* rnn.c: the original RNN: i2h and i2o on cat (x, h), with no non-linearity between steps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/rnn.h"

#include "engine/kernels.h"
#include "engine/network.h"

#include <math.h>
#include <string.h>

/* hidden [T+1 x H]: row t+1 is h of step t. */
static void
rnn_forward (const NnModel *model, NnWorkspace *workspace, guint first, gboolean last_only)
{
  const NnLayout *layout = &model->layout;
  const float *p = model->parameters;
  const guint steps = last_only ? workspace->length - 1 : workspace->length;

  for (guint t = first; t < steps; t++)
    nn_kernel_affine (workspace->hidden + (t + 1) * workspace->units,
                      p + layout->letter + workspace->letters[t] * layout->stride, p + layout->bias,
                      workspace->hidden + t * workspace->units, p + layout->recurrent, layout->stride,
                      t == 0 ? 0 : model->hidden, model->hidden, t % 2);
}

static void
rnn_read (const NnModel *model, NnWorkspace *workspace, guint step, float *logits)
{
  const NnLayout *layout = &model->layout;
  const float *p = model->parameters;
  const float *letter = p + layout->read_letter + workspace->letters[step] * layout->classes_stride;
  const float *bias = p + layout->read_bias;

  for (guint k = 0; k < model->n_classes; k++)
    logits[k] = letter[k] + bias[k];
  if (step > 0)
    nn_kernel_dot_rows (logits, p + layout->read, workspace->hidden + step * workspace->units, layout->units_stride,
                        model->n_classes, model->hidden, model->hidden, 1, FALSE);
}

/* h_T reaches no logit, so its gradient is 0; h_(T-1) gets V_h^T dlogits, and each earlier one W_h^T dL/dh. Down to
 * dL/dh_@first; from one end of the weights to the other and back, so that what follows begins where this ends. */
static void
backward_to (const NnModel *model, NnWorkspace *workspace, guint first)
{
  const NnLayout *layout = &model->layout;
  const float *p = model->parameters;
  const guint length = workspace->length;
  const gsize units = workspace->units;
  float *gradients = workspace->hidden_gradients;

  memset (gradients + length * units, 0, units * sizeof (float));
  if (length > 1)
    {
      float *last = gradients + (length - 1) * units;

      memset (last, 0, units * sizeof (float));
      nn_kernel_add_rows (last, workspace->logit_gradients, p + layout->read, layout->units_stride, model->n_classes,
                          model->hidden);
    }
  for (guint t = length - 1; t > first; t--)
    nn_kernel_dot_rows (gradients + (t - 1) * units, p + layout->recurrent, gradients + t * units, layout->stride,
                        model->hidden, model->hidden, model->hidden, 0, (t - first) % 2);
}

static void
rnn_backward (const NnModel *model, NnWorkspace *workspace)
{
  backward_to (model, workspace, 1);
}

/* All but the recurrent weights. */
static void
add_inputs (const NnModel *model, const NnWorkspace *workspace, float *block, float scale)
{
  const NnLayout *layout = &model->layout;
  const gsize units = workspace->units;
  const guint last = workspace->length - 1;
  const float *d = workspace->logit_gradients;

  for (guint t = 0; t < last; t++)
    {
      const float *gradient = workspace->hidden_gradients + (t + 1) * units;

      nn_kernel_add_scaled (block + layout->letter + workspace->letters[t] * layout->stride, gradient, scale,
                            model->hidden);
      nn_kernel_add_scaled (block + layout->bias, gradient, scale, model->hidden);
    }
  if (last > 0)
    nn_kernel_add_outer (block + layout->read, layout->units_stride, d, 0, workspace->hidden + last * units, 0, scale,
                         1, model->n_classes, model->hidden);
  nn_kernel_add_scaled (block + layout->read_letter + workspace->letters[last] * layout->classes_stride, d, scale,
                        model->n_classes);
  nn_kernel_add_scaled (block + layout->read_bias, d, scale, model->n_classes);
}

static void
rnn_add_gradient (const NnModel *model, const NnWorkspace *workspace, float *block, float scale)
{
  const NnLayout *layout = &model->layout;
  const gsize units = workspace->units;
  const guint last = workspace->length - 1;

  if (last > 1)
    nn_kernel_add_outer (block + layout->recurrent, layout->stride, workspace->hidden + units, units,
                         workspace->hidden_gradients + 2 * units, units, scale, last - 1, model->hidden,
                         model->hidden);
  add_inputs (model, workspace, block, scale);
}

/* Every element is a sum over steps of a state (or 1) times a gradient. */
static float
rnn_gradient_bound (const NnModel *model, const NnWorkspace *workspace)
{
  const gsize n = workspace->length * workspace->units;
  float states = nn_kernel_sum_abs (workspace->hidden, n);
  float gradients = nn_kernel_sum_abs (workspace->hidden_gradients + workspace->units, n)
                    + nn_kernel_sum_abs (workspace->logit_gradients, model->n_classes);

  return (1.0f + states) * gradients;
}

/* An upper bound on the sum of |dL/dh_1|, from what comes before it in backward. */
static float
bound_of_first (const NnModel *model, NnWorkspace *workspace)
{
  return nn_network_recurrent_sum (model, workspace)
         * nn_kernel_sum_abs (workspace->hidden_gradients + 2 * workspace->units, workspace->units);
}

/* With what is used of backward: dL/dh_t from @first on. */
static float
recurrent_step (const NnWorkspace *workspace, float scale)
{
  const gsize n = (workspace->length - 1) * workspace->units;

  return fabsf (scale) * nn_kernel_sum_abs (workspace->hidden + workspace->units, n)
         * nn_kernel_sum_abs (workspace->hidden_gradients + 2 * workspace->units, n);
}

/* The recurrent weights learn nothing from dL/dh_1, for h_0 is 0. So their update can go with the product that leads
 * there, where that one is sure to be finite. */
static gboolean
rnn_descend (const NnModel *model, NnWorkspace *workspace, float scale)
{
  const NnLayout *layout = &model->layout;
  const gsize units = workspace->units;
  float *first = workspace->hidden_gradients + units;

  if (workspace->length < 3)
    {
      rnn_backward (model, workspace);
      if (!nn_network_step_is_finite (scale, rnn_gradient_bound (model, workspace)))
        return FALSE;
      rnn_add_gradient (model, workspace, model->parameters, scale);
      return TRUE;
    }
  backward_to (model, workspace, 2);
  memset (first, 0, units * sizeof (float));
  first[0] = bound_of_first (model, workspace);
  if (nn_network_step_is_finite (scale, rnn_gradient_bound (model, workspace)))
    {
      nn_kernel_dot_and_outer (first, model->parameters + layout->recurrent, layout->stride, workspace->hidden + units,
                               units, workspace->hidden_gradients + 2 * units, units, scale, workspace->length - 2,
                               model->hidden, model->hidden, model->hidden);
      add_inputs (model, workspace, model->parameters, scale);
    }
  else
    {
      nn_kernel_dot_rows (first, model->parameters + layout->recurrent, workspace->hidden_gradients + 2 * units,
                          layout->stride, model->hidden, model->hidden, model->hidden, 0, FALSE);
      if (!nn_network_step_is_finite (scale, rnn_gradient_bound (model, workspace)))
        return FALSE;
      rnn_add_gradient (model, workspace, model->parameters, scale);
    }
  nn_network_recurrent_grows (model, workspace, recurrent_step (workspace, scale));
  return TRUE;
}

const NnNetwork nn_rnn = { rnn_forward, rnn_read, rnn_backward, rnn_add_gradient, rnn_descend, rnn_gradient_bound };
