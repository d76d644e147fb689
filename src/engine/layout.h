/* layout.h: where each block of parameters lies in memory.
 *
 * Recurrent weights are stored transposed: row k of `recurrent` holds what hidden unit k adds to the N pre-activations,
 * so that forward is a sum of rows, backward a dot product per row, and the update a sum of outer products, each of
 * which reads memory in order. N = 4H with gates (H for the RNN).
 *
 * The N columns are ordered by halves of the units, then by gate i, f, g, o, then by unit: the first half's four gates
 * stand before the second half's. Each half of a network can so be computed by itself from consecutive columns.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kind.h"

G_BEGIN_DECLS

/* PyTorch's order of the rows of nn.LSTM. */
typedef enum
{
  NN_GATE_INPUT,
  NN_GATE_FORGET,
  NN_GATE_CANDIDATE,
  NN_GATE_OUTPUT,
  NN_N_GATES
} NnGate;

#define NN_N_HALVES 2

typedef struct
{
  guint n_gates;                       /* 4, or 1 for the RNN */
  guint first_unit[NN_N_HALVES];       /* of each half */
  guint n_units[NN_N_HALVES];          /* the second half may be empty */
  guint first_column[NN_N_HALVES];     /* of its n_gates * n_units columns */
  gsize columns;                       /* N */
  gsize stride;                        /* floats from one row of letter or recurrent to the next: N, padded */
  gsize units_stride;                  /* H, padded */
  gsize classes_stride;                /* C, padded */

  /* Offsets into the parameter block, in floats. */
  gsize letter;      /* [57 x stride]: row c is what letter c adds to the pre-activations */
  gsize recurrent;   /* [H x stride] */
  gsize bias;        /* [stride] */
  gsize second_bias; /* [stride], of the library LSTM alone */
  gsize read;        /* [C x units_stride]: the classifier's weights on the hidden state (gate-lstm: on o_T) */
  gsize read_letter; /* [57 x classes_stride]: the RNN's i2o on the letter */
  gsize read_bias;   /* [classes_stride] */
  gsize size;        /* of the block, in floats */
} NnLayout;

/* nn_layout_init: works out the layout of a network of @hidden units and @n_classes classes. */
void nn_layout_init (NnLayout *layout, NnKind kind, guint hidden, guint n_classes);

/* nn_layout_column: the column of @gate of @unit; 0 as gate for the RNN. */
gsize nn_layout_column (const NnLayout *layout, guint gate, guint unit);

G_END_DECLS
