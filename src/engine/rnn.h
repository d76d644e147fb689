/* rnn.h: the original RNN: i2h and i2o on cat (x, h), with no non-linearity between steps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/network.h"

G_BEGIN_DECLS

/* h_t = W_x x_t + W_h h_(t-1) + b; logits_t = V_x x_t + V_h h_(t-1) + d: the guess after a letter is made from the
 * state before it, so h_T counts for nothing. */
extern const NnNetwork nn_rnn;

G_END_DECLS
