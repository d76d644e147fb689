/* plain-network.h: the four networks in the plainest loops, to hold the engine against.
 *
 * Weights lie as PyTorch has them, row-major. Nothing here shares a line with the engine. PlainReal is double for
 * checking gradients, float for timing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

#ifndef PLAIN_REAL
#define PLAIN_REAL double
#endif

typedef PLAIN_REAL PlainReal;

#define PLAIN_LETTERS 57
#define PLAIN_MAX_STEPS 64
#define PLAIN_MAX_TENSORS 10

typedef enum
{
  PLAIN_RNN,
  PLAIN_LSTM,
  PLAIN_GATE_LSTM,
  PLAIN_GATE_LSTM_HIDDEN,
} PlainKind;

/* Tensors in PyTorch's order: see the table in plain-network.c. */
typedef struct
{
  PlainKind kind;
  int hidden, classes, n_tensors;
  const char *names[PLAIN_MAX_TENSORS];
  size_t sizes[PLAIN_MAX_TENSORS];
  PlainReal *weights[PLAIN_MAX_TENSORS];
  PlainReal *gradients[PLAIN_MAX_TENSORS];
  PlainReal *states;        /* [T+1] rows of i, f, g, o, c, h: 6H each; the RNN uses h alone */
  PlainReal *logits;        /* [C] */
  PlainReal *pre_gradients; /* [4H] */
  PlainReal *d_hidden, *d_cell, *d_hidden_before; /* [H] */
} PlainNetwork;

PlainNetwork *plain_network_new (PlainKind kind, int hidden, int classes);
void plain_network_free (PlainNetwork *network);

/* The negative log-likelihood of @target after the last of @steps @letters (one-hot positions). */
PlainReal plain_network_forward (PlainNetwork *network, const int *letters, int steps, int target);

/* After forward: writes every gradient. */
void plain_network_backward (PlainNetwork *network, const int *letters, int steps, int target);

/* weights -= rate * gradients. */
void plain_network_update (PlainNetwork *network, PlainReal rate);
