/* optimizer.h: how a gradient becomes a step.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NN_SGD,
  NN_ADAM,
  NN_N_OPTIMIZERS
} NnOptimizerKind;

typedef struct _NnOptimizer NnOptimizer;

/* One way to take a step. */
typedef struct
{
  const char *id;
  guint n_moments; /* blocks of the parameters' size that it keeps */
  void (*step) (NnOptimizer *optimizer, float *parameters, const float *gradient, float rate);
} NnOptimizerType;

/* nn_optimizer_type: the functions of a kind. (transfer none) */
const NnOptimizerType *nn_optimizer_type (NnOptimizerKind kind);

/* nn_optimizer_from_id: finds the kind of an id, "sgd" or "adam". */
gboolean nn_optimizer_from_id (const char *id, NnOptimizerKind *kind);

struct _NnOptimizer
{
  const NnOptimizerType *type;
  gsize size;        /* of the parameters' block, in floats */
  guint64 steps;     /* taken */
  float *moments[2]; /* [size] each, NULL beyond n_moments */
};

/* nn_optimizer_new: for a block of @size floats; moments 0. (transfer full) */
NnOptimizer *nn_optimizer_new (NnOptimizerKind kind, gsize size);
void nn_optimizer_free (NnOptimizer *optimizer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnOptimizer, nn_optimizer_free)

/* nn_optimizer_step:
 * One step along -@gradient [size].
 * @weight_decay: before the step, parameters *= 1 - rate * weight_decay (Loshchilov and Hutter 2019, as
 *   torch.optim.AdamW): decoupled from the gradient */
void nn_optimizer_step (NnOptimizer *optimizer, float *parameters, const float *gradient, double rate,
                        double weight_decay);

/* nn_gradient_clip:
 * Scales @gradient [size], whose norm is @norm, so that the norm is at most @limit, as torch.nn.utils.clip_grad_norm_
 * does: by limit / (norm + 1e-6) where that is below 1. */
void nn_gradient_clip (float *gradient, gsize size, double norm, double limit);

G_END_DECLS
