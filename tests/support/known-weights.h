/* known-weights.h: weights that anyone can make again from a rule.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

/* known_weight: element @j of tensor @k for @seed, in ±@bound: splitmix64 of seed 2^40 + k 2^32 + j. */
float known_weight (guint seed, guint k, guint64 j, double bound);

/* known_weights_fill: every tensor of @model by that rule, in its own range. */
void known_weights_fill (NnModel *model, guint seed);

G_END_DECLS
