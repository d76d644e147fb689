/* gradient-x-input.c: which letters counted: the gradient of a logit times the input.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/gradient-x-input.h"

#include "engine/network.h"

#include <string.h>

static double
dot (const float *x, const float *y, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (double) x[i] * (double) y[i];
  return sum;
}

/* What the letter adds to the pre-activations, times the derivative by these. The RNN's last letter reaches the logits
 * by its own weights alone. */
static double
value_of (const NnModel *model, const NnWorkspace *workspace, guint t, guint target)
{
  const NnLayout *layout = &model->layout;
  const guint letter = workspace->letters[t];
  const float *row = model->parameters + layout->letter + letter * layout->stride;

  if (model->kind != NN_RNN)
    return dot (row, workspace->gate_gradients + t * workspace->stride, layout->columns);
  if (t == workspace->length - 1)
    return (double) model->parameters[layout->read_letter + letter * layout->classes_stride + target];
  return dot (row, workspace->hidden_gradients + (t + 1) * workspace->units, layout->columns);
}

void
nn_gradient_x_input (const NnModel *model, const char *ascii, int target, NnGradientXInput *result)
{
  g_autoptr (NnWorkspace) workspace = nn_workspace_new_for_length (model, (guint) strlen (ascii));
  guint guess;

  g_return_if_fail (result != NULL && target < (int) model->n_classes);
  nn_workspace_set_name (workspace, ascii);
  guess = nn_network_guess (model, workspace);
  *result = (NnGradientXInput){ .length = workspace->length, .target = target >= 0 ? (guint) target : guess };
  result->logit = (double) workspace->logits[result->target];
  memset (workspace->logit_gradients, 0, sizeof workspace->logit_gradients);
  workspace->logit_gradients[result->target] = 1.0f;
  nn_network_for (model->kind)->backward (model, workspace);
  for (guint t = 0; t < workspace->length; t++)
    result->values[t] = value_of (model, workspace, t, result->target);
}
