/* loss.c: LogSoftmax and the negative log-likelihood.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/loss.h"

#include <math.h>

guint
nn_log_softmax (const float *logits, guint n, float *log_probs)
{
  guint largest = 0;
  float sum = 0;
  float log_sum;

  for (guint k = 1; k < n; k++)
    if (logits[k] > logits[largest])
      largest = k;
  for (guint k = 0; k < n; k++)
    sum += expf (logits[k] - logits[largest]);
  log_sum = logf (sum);
  for (guint k = 0; k < n; k++)
    log_probs[k] = logits[k] - logits[largest] - log_sum;
  return largest;
}

void
nn_nll_backward (const float *log_probs, guint n, guint target, float *logit_gradients)
{
  for (guint k = 0; k < n; k++)
    logit_gradients[k] = expf (log_probs[k]);
  logit_gradients[target] -= 1.0f;
}
