/* plain-model.h: the engine's networks as plain ones in double.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"
#include "reference/plain-network.h"

G_BEGIN_DECLS

/* known_model: a network of @n_classes classes by the rule of known-weights.h. (transfer full) */
NnModel *known_model (NnKind kind, guint hidden, guint n_classes, guint seed);

/* plain_model: the weights of @model in double. (transfer full) */
PlainNetwork *plain_model (const NnModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlainNetwork, plain_network_free)

/* plain_letters: the one-hot positions of @ascii. Returns: how many. */
int plain_letters (const char *ascii, int *letters);

G_END_DECLS
