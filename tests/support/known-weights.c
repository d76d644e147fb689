/* known-weights.c: weights that anyone can make again from a rule.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-weights.h"

#include <math.h>

float
known_weight (guint seed, guint k, guint64 j, double bound)
{
  guint64 z = ((guint64) seed << 40) + ((guint64) k << 32) + j + G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  z = z ^ (z >> 31);
  return (float) ((2.0 * ((double) (z >> 11) * 0x1p-53) - 1.0) * bound);
}

void
known_weights_fill (NnModel *model, guint seed)
{
  for (guint k = 0; k < model->n_tensors; k++)
    {
      const NnTensor *tensor = &model->tensors[k];
      gsize n = nn_tensor_n_elements (tensor);
      g_autofree float *values = g_new (float, n);
      /* Written out rather than asked of the engine, which is under test. */
      gboolean on_hidden = g_str_has_prefix (tensor->name, "lstm.") || g_str_has_prefix (tensor->name, "linear.")
                           || g_str_has_prefix (tensor->name, "classify.");
      double bound = 1.0 / sqrt (on_hidden ? model->hidden : 57.0 + model->hidden);

      for (gsize j = 0; j < n; j++)
        values[j] = known_weight (seed, k, j, bound);
      nn_tensor_write (tensor, model->parameters, values);
    }
}
