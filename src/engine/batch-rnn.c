/* batch-rnn.c: the original RNN over several names at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/batch.h"

#include "engine/batch-kernels.h"
#include "engine/kernels.h"

#include <string.h>

/* hidden_before [R x H]. What a name's last letter would leave reaches no logit, and is left out. */
static void
rnn_forward (NnBatch *batch, const NnModel *model)
{
  const NnLayout *layout = &model->layout;
  const float *p = model->parameters;

  for (guint t = 0; t + 1 < batch->longest; t++)
    {
      const guint from = batch->first_row[t], to = batch->first_row[t + 1];
      const guint n = batch->first_row[t + 2] - to; /* names that go on */
      float *after = batch->hidden_before + to * batch->units;

      for (guint i = 0; i < n; i++)
        nn_kernel_affine (after + i * batch->units, nn_batch_letter (batch, model, from + i), p + layout->bias, NULL,
                          NULL, 0, 0, model->hidden, FALSE);
      if (t > 0)
        nn_batch_product (after, batch->units, batch->hidden_before + from * batch->units, batch->units, 1,
                          p + layout->recurrent, layout->stride, n, model->hidden, model->hidden);
      /* Not of the names whose classifier reads it: that has a mask of its own. */
      if (batch->recurrent_mask != NULL && t + 2 < batch->longest)
        nn_batch_multiply (after, batch->recurrent_mask,
                           (batch->first_row[t + 3] - batch->first_row[t + 2]) * batch->units);
    }
  for (guint i = 0; i < batch->n; i++)
    memcpy (batch->readout + i * batch->units,
            batch->hidden_before + (batch->first_row[batch->length[i] - 1] + i) * batch->units,
            batch->units * sizeof (float));
}

/* gate_gradients [R x H]: dL/dh_t; h_T reaches no logit, so its gradient is 0; h_(T-1) gets the readout's, and each
 * earlier one W_h^T dL/dh. */
static void
rnn_backward (NnBatch *batch, const NnModel *model)
{
  const NnLayout *layout = &model->layout;

  for (guint t = batch->longest; t-- > 0;)
    {
      const guint row = batch->first_row[t], next = batch->first_row[t + 1];
      float *gradients = batch->gate_gradients + row * batch->stride;
      const guint n_further = t + 2 <= batch->longest ? batch->first_row[t + 2] - next : 0; /* that go on */

      memset (gradients, 0, (next - row) * batch->stride * sizeof (float));
      for (guint i = 0; i < n_further; i++)
        if (batch->length[i] == t + 2)
          memcpy (gradients + i * batch->stride, batch->readout_gradients + i * batch->units,
                  model->hidden * sizeof (float));
      if (t + 2 < batch->longest)
        {
          const guint n_reading = batch->first_row[t + 3] - batch->first_row[t + 2]; /* whose next letter reads h_t */

          nn_batch_product (gradients, batch->stride, batch->gate_gradients + next * batch->stride, batch->stride, 1,
                            batch->transposed, batch->units, n_reading, layout->columns, model->hidden);
          for (guint i = 0; i < n_reading && batch->recurrent_mask != NULL; i++)
            nn_batch_multiply (gradients + i * batch->stride, batch->recurrent_mask + i * batch->units, model->hidden);
        }
    }
}

const NnBatchNetwork nn_batch_rnn = { rnn_forward, rnn_backward };
