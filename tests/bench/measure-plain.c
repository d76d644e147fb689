/* measure-plain.c: how fast the plain loops learn. Compiled at -O2, PlainReal is float.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure-training.h"

#include "reference/plain-network.h"

#include <math.h>

G_STATIC_ASSERT (sizeof (PlainReal) == sizeof (float));

static PlainNetwork *
plain_from (const NnModel *model)
{
  PlainNetwork *plain = plain_network_new ((PlainKind) model->kind, (int) model->hidden, (int) model->n_classes);

  for (guint k = 0; k < model->n_tensors; k++)
    nn_tensor_read (&model->tensors[k], model->parameters, plain->weights[k]);
  return plain;
}

void
measure_plain (Training *training, const Names *names, NnKind kind, guint n)
{
  g_autoptr (NnModel) model = names_model (names, kind, 128);
  const float rate = (float) names_settings (kind, 128).learning_rate;
  PlainNetwork *plain = plain_from (model);
  Stopwatch start;

  *training = (Training){ .losses = g_new (float, n), .n_losses = n };
  start = stopwatch_now ();
  for (guint i = 0; i < n; i++)
    {
      const NnExample *example = &names->order[i];
      int letters[PLAIN_MAX_STEPS], steps = 0;

      for (; example->ascii[steps] != '\0'; steps++)
        letters[steps] = nn_letter_index (example->ascii[steps]);
      training->losses[i] = plain_network_forward (plain, letters, steps, (int) example->target);
      plain_network_backward (plain, letters, steps, (int) example->target);
      plain_network_update (plain, rate);
    }
  training->all = stopwatch_since (start);
  training->fastest = training->all.processor;
  plain_network_free (plain);
}
