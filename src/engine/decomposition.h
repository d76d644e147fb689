/* decomposition.h: the RNN's logits as a sum of what each letter contributes.
 *
 * The original RNN has no non-linearity, so with the letters x_1 .. x_T and h_0 = 0
 *   logits = V_x x_T + d + V_h (sum over t < T of W_h^(T-1-t) (W_x x_t + b)):
 * a sum over letters and biases, with nothing left over. Whatever the other letters are, a letter contributes the same
 * from the same distance to the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

typedef struct
{
  guint length;          /* T letters */
  guint n_classes;       /* C */
  /* [T+1 x C]: row t is what letter t (from 0) adds to each logit; the last row is the biases'. */
  double *contributions;
  double *logits; /* [C]: the sum of the rows */
} NnDecomposition;

/* nn_decomposition_new:
 * Worked out in double from the weights, so that the sum differs from the network's own logits by the rounding of
 * float32 alone.
 * @model: an RNN
 * @ascii: a reduced name that passes nn_name_check
 * Returns: (transfer full). */
NnDecomposition *nn_decomposition_new (const NnModel *model, const char *ascii);
void nn_decomposition_free (NnDecomposition *decomposition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDecomposition, nn_decomposition_free)

/* nn_decomposition_row: [C]: what letter @letter (from 0; T for the biases) contributes. (transfer none) */
const double *nn_decomposition_row (const NnDecomposition *decomposition, guint letter);

G_END_DECLS
