/* kind.h: the four networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NN_RNN,              /* i2h and i2o on cat (x, h), no non-linearity between steps */
  NN_LSTM,             /* PyTorch's nn.LSTM, two biases, classifies h_T */
  NN_GATE_LSTM,        /* the LSTM by hand, which classifies its output gate o_T */
  NN_GATE_LSTM_HIDDEN, /* its corrected twin, which classifies h_T */
  NN_N_KINDS
} NnKind;

/* nn_kind_id: "rnn", "lstm", "gate-lstm" or "gate-lstm-hidden". (transfer none) */
const char *nn_kind_id (NnKind kind);

/* nn_kind_from_id: FALSE where no kind has this id. */
gboolean nn_kind_from_id (const char *id, NnKind *kind);

/* nn_kind_has_gates: whether the network has gates and a cell; FALSE for the RNN. */
gboolean nn_kind_has_gates (NnKind kind);

G_END_DECLS
