/* descent.h: one update of a network's weights from a batch of names.
 *
 * This is the way of all settings but the plainest, one name at a time by plain gradient descent, which
 * nn_network_learn does in place.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/batch.h"
#include "engine/preset.h"

G_BEGIN_DECLS

typedef struct _NnDescent NnDescent;

/* nn_descent_new: for @model, which it updates and which must outlive it. (transfer full) */
NnDescent *nn_descent_new (const NnSettings *settings, NnModel *model);
void nn_descent_free (NnDescent *descent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDescent, nn_descent_free)

/* nn_descent_step:
 * One step of the settings' optimizer along the mean gradient of @names, with dropout, clipping and averaging as the
 * settings say.
 * @n: 1 to the settings' batch
 * @done: updates before this one, for the learning rate
 * @loss: (out): mean negative log-likelihood, before the update
 * @right: (out): names that were guessed right, before the update
 * Returns: FALSE, having changed no weight, where a loss or the gradient is not finite. */
gboolean nn_descent_step (NnDescent *descent, const NnBatchName *names, guint n, guint64 done, double *loss,
                          guint *right);

/* nn_descent_model: what is evaluated and saved: the running mean of the weights, or the model itself without
 * averaging. (transfer none) */
const NnModel *nn_descent_model (const NnDescent *descent);

G_END_DECLS
