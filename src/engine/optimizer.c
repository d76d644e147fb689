/* optimizer.c: how a gradient becomes a step.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/optimizer.h"

#include "engine/batch-kernels.h"
#include "engine/kernels.h"

#include <math.h>

#define ALIGNMENT 64

/* Those of the paper, and PyTorch's defaults. */
#define ADAM_BETA_1 0.9
#define ADAM_BETA_2 0.999
#define ADAM_EPSILON 1e-8

/* PyTorch's; it keeps a norm of 0 from dividing. */
#define CLIP_EPSILON 1e-6

/* parameters -= rate * gradient. */
static void
sgd_step (NnOptimizer *optimizer, float *parameters, const float *gradient, float rate)
{
  nn_kernel_add_scaled (parameters, gradient, -rate, optimizer->size);
}

/* Kingma and Ba 2015, algorithm 1. */
static void
adam_step (NnOptimizer *optimizer, float *parameters, const float *gradient, float rate)
{
  const double steps = (double) optimizer->steps;
  const double first = 1.0 - pow (ADAM_BETA_1, steps);
  const double second = 1.0 - pow (ADAM_BETA_2, steps);

  nn_batch_adam (parameters, gradient, optimizer->moments[0], optimizer->moments[1], (float) (1.0 - ADAM_BETA_1),
                 (float) ADAM_BETA_2, (float) (1.0 - ADAM_BETA_2), (float) (rate / first),
                 (float) (1.0 / sqrt (second)), (float) ADAM_EPSILON, optimizer->size);
}

static const NnOptimizerType types[NN_N_OPTIMIZERS] = {
  [NN_SGD] = { "sgd", 0, sgd_step },
  [NN_ADAM] = { "adam", 2, adam_step },
};

const NnOptimizerType *
nn_optimizer_type (NnOptimizerKind kind)
{
  g_return_val_if_fail ((guint) kind < NN_N_OPTIMIZERS, NULL);
  return &types[kind];
}

gboolean
nn_optimizer_from_id (const char *id, NnOptimizerKind *kind)
{
  for (guint i = 0; i < NN_N_OPTIMIZERS; i++)
    if (g_strcmp0 (id, types[i].id) == 0)
      {
        *kind = (NnOptimizerKind) i;
        return TRUE;
      }
  return FALSE;
}

NnOptimizer *
nn_optimizer_new (NnOptimizerKind kind, gsize size)
{
  NnOptimizer *optimizer = g_new0 (NnOptimizer, 1);

  optimizer->type = nn_optimizer_type (kind);
  optimizer->size = size;
  for (guint i = 0; i < optimizer->type->n_moments; i++)
    optimizer->moments[i] = g_aligned_alloc0 (size, sizeof (float), ALIGNMENT);
  return optimizer;
}

void
nn_optimizer_free (NnOptimizer *optimizer)
{
  if (optimizer == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (optimizer->moments); i++)
    g_aligned_free (optimizer->moments[i]);
  g_free (optimizer);
}

void
nn_optimizer_step (NnOptimizer *optimizer, float *parameters, const float *gradient, double rate, double weight_decay)
{
  optimizer->steps++;
  if (weight_decay > 0)
    nn_batch_scale (parameters, (float) (1.0 - rate * weight_decay), optimizer->size);
  optimizer->type->step (optimizer, parameters, gradient, (float) rate);
}

void
nn_gradient_clip (float *gradient, gsize size, double norm, double limit)
{
  const double share = limit / (norm + CLIP_EPSILON);

  if (share < 1.0)
    nn_batch_scale (gradient, (float) share, size);
}
