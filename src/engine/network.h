/* network.h: forward, backward and update of a network over one name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/workspace.h"

G_BEGIN_DECLS

/* One way to compute a network. Shapes: see NnWorkspace; T letters are set in the workspace. */
typedef struct
{
  /* States after every letter from @first (counted from 0) on; those of the letters before it are in the workspace.
   * With @last_only, what the classifier does not read of the last step may be left out. */
  void (*forward) (const NnModel *model, NnWorkspace *workspace, guint first, gboolean last_only);

  /* Logits [C] of what the network would say if the name ended at letter @step (from 0). */
  void (*read) (const NnModel *model, NnWorkspace *workspace, guint step, float *logits);

  /* From logit_gradients of the last step: gate_gradients, hidden_gradients and cell_gradients of every step. */
  void (*backward) (const NnModel *model, NnWorkspace *workspace);

  /* block += scale * dL/d parameter, for every parameter. */
  void (*add_gradient) (const NnModel *model, const NnWorkspace *workspace, float *block, float scale);

  /* backward, and where the step is finite parameters += scale * dL/d parameter. The last product of backward and the
   * update go over the recurrent weights in one pass. Returns FALSE, having changed no parameter, where it is not. */
  gboolean (*descend) (const NnModel *model, NnWorkspace *workspace, float scale);

  /* An upper bound on every |dL/d parameter|, not finite where a gradient is not. */
  float (*gradient_bound) (const NnModel *model, const NnWorkspace *workspace);
} NnNetwork;

/* nn_network_for: the functions of a kind. (transfer none) */
const NnNetwork *nn_network_for (NnKind kind);

/* nn_network_guess:
 * Reads the workspace's name and leaves log_probs [C] of its end there.
 * Returns: the class with the largest one. */
guint nn_network_guess (const NnModel *model, NnWorkspace *workspace);

/* nn_network_learn:
 * Forward and backward over the workspace's name, whose class is @target, then block += scale * gradient. Plain SGD in
 * place is block = the model's own parameters with scale = -learning rate: the recurrent update is then one sum of T
 * outer products per name, taken with backward's last product, and no gradient matrix is ever written.
 * With a team (see lstm-team.h) the model's parameters are out of date until nn_team_flush.
 * @guess: (out): the class that the network would have said
 * @loss: (out): the negative log-likelihood of @target
 * Returns: FALSE, having changed nothing in @block, where the loss or a gradient is not finite. */
gboolean nn_network_learn (const NnModel *model, NnWorkspace *workspace, guint target, float *block, float scale,
                           guint *guess, float *loss);

/* nn_network_step_is_finite: whether a step of @scale along gradients that @bound bounds keeps finite weights finite. */
gboolean nn_network_step_is_finite (float scale, float bound);

/* nn_network_recurrent_sum:
 * An upper bound on the sum of |w| over the recurrent weights, by which a product with them is bounded before it is
 * taken. Looked up in the model now and then; in between it grows with nn_network_recurrent_grows. */
float nn_network_recurrent_sum (const NnModel *model, NnWorkspace *workspace);

/* nn_network_recurrent_grows:
 * The recurrent weights have learnt, each from all steps a product of a state with a gradient.
 * @sum: an upper bound on what each hidden unit's weights sum up to in |scale * product| */
void nn_network_recurrent_grows (const NnModel *model, NnWorkspace *workspace, float sum);

G_END_DECLS
