/* lstm.h: the LSTM that the three gated networks share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/network.h"

G_BEGIN_DECLS

/* Hochreiter and Schmidhuber 1997 with the forget gate of Gers, Schmidhuber and Cummins 2000, as PyTorch's nn.LSTM has
 * it: i, f, o = sigmoid and g = tanh of W x_t + U h_(t-1) + b; c_t = f c_(t-1) + i g; h_t = o tanh c_t. The networks
 * differ in the number of biases and in what is classified: h_t, or for gate-lstm o_t. */
extern const NnNetwork nn_lstm;

/* nn_lstm_hidden_gradient: from the derivatives by the pre-activations of letter @t (above 0): dL/dh_(t-1), into
 * hidden_gradients; each unit's sum in two parts, a half each. */
void nn_lstm_hidden_gradient (const NnModel *model, NnWorkspace *workspace, guint t);

G_END_DECLS
