/* snapshot.h: an immutable copy of a network's weights, to read on other threads.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

/* The iteration of weights whose file does not tell. */
#define NN_ITERATION_UNKNOWN G_MAXUINT64

typedef struct
{
  NnModel *model;
  guint64 iteration;
} NnSnapshot;

/* nn_snapshot_new: copies @model. (transfer full) */
NnSnapshot *nn_snapshot_new (const NnModel *model, guint64 iteration);

/* nn_snapshot_new_take: the same, taking @model over. */
NnSnapshot *nn_snapshot_new_take (NnModel *model, guint64 iteration);
NnSnapshot *nn_snapshot_ref (NnSnapshot *snapshot);
void nn_snapshot_unref (NnSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSnapshot, nn_snapshot_unref)

G_END_DECLS
