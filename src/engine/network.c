/* network.c: forward, backward and update of a network over one name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/network.h"

#include "engine/kernels.h"
#include "engine/loss.h"
#include "engine/lstm-team.h"
#include "engine/lstm.h"
#include "engine/rnn.h"

#include <math.h>

/* A step that could bring a weight near the end of float32's range is as good as infinite: refusing it keeps every
 * weight that is kept finite. */
#define LARGEST_STEP 1e30f

const NnNetwork *
nn_network_for (NnKind kind)
{
  return kind == NN_RNN ? &nn_rnn : &nn_lstm;
}

guint
nn_network_guess (const NnModel *model, NnWorkspace *workspace)
{
  const NnNetwork *network = nn_network_for (model->kind);

  network->forward (model, workspace, 0, TRUE);
  network->read (model, workspace, workspace->length - 1, workspace->logits);
  return nn_log_softmax (workspace->logits, model->n_classes, workspace->log_probs);
}

/* Written so that a bound that is no number is refused too. */
gboolean
nn_network_step_is_finite (float scale, float bound)
{
  return fabsf (scale) * bound < LARGEST_STEP;
}

/* Names after which a sum that only grows is taken anew: seldom enough to cost nothing. */
#define NAMES_BETWEEN_SUMS 256

float
nn_network_recurrent_sum (const NnModel *model, NnWorkspace *workspace)
{
  const NnLayout *layout = &model->layout;

  if (workspace->names_until_sum == 0)
    {
      workspace->recurrent_sum = nn_kernel_sum_abs (model->parameters + layout->recurrent, model->hidden * layout->stride);
      workspace->names_until_sum = NAMES_BETWEEN_SUMS;
    }
  workspace->names_until_sum--;
  return workspace->recurrent_sum;
}

void
nn_network_recurrent_grows (const NnModel *model, NnWorkspace *workspace, float sum)
{
  workspace->recurrent_sum += sum * (float) model->hidden;
}

static gboolean
learn_alone (const NnModel *model, NnWorkspace *workspace, guint target, float *block, float scale, guint *guess,
             float *loss)
{
  const NnNetwork *network = nn_network_for (model->kind);

  *guess = nn_network_guess (model, workspace);
  *loss = -workspace->log_probs[target];
  if (!isfinite (*loss))
    return FALSE;
  nn_nll_backward (workspace->log_probs, model->n_classes, target, workspace->logit_gradients);
  if (block == model->parameters)
    return network->descend (model, workspace, scale);
  network->backward (model, workspace);
  if (!nn_network_step_is_finite (scale, network->gradient_bound (model, workspace)))
    return FALSE;
  network->add_gradient (model, workspace, block, scale);
  return TRUE;
}

gboolean
nn_network_learn (const NnModel *model, NnWorkspace *workspace, guint target, float *block, float scale, guint *guess,
                  float *loss)
{
  gboolean taken;

  if (workspace->team == NULL)
    return learn_alone (model, workspace, target, block, scale, guess, loss);
  if (nn_team_begin (workspace->team))
    taken = nn_team_learn (workspace->team, target, block, scale, guess, loss);
  else
    {
      nn_team_flush (workspace->team);
      taken = learn_alone (model, workspace, target, block, scale, guess, loss);
    }
  nn_team_end (workspace->team);
  return taken;
}
