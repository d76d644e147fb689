/* plain-clamped.h: the LSTMs in the plainest loops, with gates that are replaced, to hold the engine against.
 *
 * In double, from the weights of a PlainNetwork; nothing here shares a line with the engine or with that network's own
 * forward pass.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plain-network.h"

/* In this order everywhere below. */
typedef enum
{
  PLAIN_FORGET,
  PLAIN_INPUT,
  PLAIN_CANDIDATE,
  PLAIN_OUTPUT,
  PLAIN_N_GATES
} PlainGate;

/* What takes the place of @activation; letters and units counted from 0. */
typedef double (*PlainReplace) (PlainGate gate, int letter, int unit, double activation, void *data);

/* Rows of a letter: forget, input, candidate, output, cell, hidden, each [H]. */
#define PLAIN_N_VALUES 6

/* plain_clamped_forward:
 * @values: (out): [steps x 6 x H]
 * @logits: (out): [C]: after the last letter */
void plain_clamped_forward (const PlainNetwork *network, const int *letters, int steps, PlainReplace replace,
                            void *data, double *values, double *logits);
