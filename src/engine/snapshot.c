/* snapshot.c: an immutable copy of a network's weights, to read on other threads.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/snapshot.h"

static void
clear (gpointer data)
{
  NnSnapshot *snapshot = data;

  nn_model_free (snapshot->model);
}

NnSnapshot *
nn_snapshot_new_take (NnModel *model, guint64 iteration)
{
  NnSnapshot *snapshot;

  g_return_val_if_fail (model != NULL, NULL);
  snapshot = g_atomic_rc_box_new0 (NnSnapshot);
  snapshot->model = model;
  snapshot->iteration = iteration;
  return snapshot;
}

NnSnapshot *
nn_snapshot_new (const NnModel *model, guint64 iteration)
{
  g_return_val_if_fail (model != NULL, NULL);
  return nn_snapshot_new_take (nn_model_copy (model), iteration);
}

NnSnapshot *
nn_snapshot_ref (NnSnapshot *snapshot)
{
  g_return_val_if_fail (snapshot != NULL, NULL);
  return g_atomic_rc_box_acquire (snapshot);
}

void
nn_snapshot_unref (NnSnapshot *snapshot)
{
  g_return_if_fail (snapshot != NULL);
  g_atomic_rc_box_release_full (snapshot, clear);
}
