/* loss.h: LogSoftmax and the negative log-likelihood.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* nn_log_softmax:
 * log_probs [n] = logits [n] - log (sum (exp (logits))), computed from the largest logit so that nothing overflows.
 * Returns: the index of the largest logit, the first one of equals. */
guint nn_log_softmax (const float *logits, guint n, float *log_probs);

/* nn_nll_backward:
 * The derivative of -log_probs [target] by the logits: exp (log_probs) - 1 at the target. */
void nn_nll_backward (const float *log_probs, guint n, guint target, float *logit_gradients);

G_END_DECLS
