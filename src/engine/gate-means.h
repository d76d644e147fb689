/* gate-means.h: the mean of every gate of every unit over names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"

G_BEGIN_DECLS

/* The mean of a unit's gate over all letters of all rows: a name that stands in several rows counts in each of them,
 * and a name of T letters T times. Sums are in double and in the order of the rows, so the numbers are the same every
 * time. */
typedef struct
{
  guint hidden;             /* H */
  guint64 letters;          /* that the means are over */
  float *means[NN_N_GATES]; /* [H] each; NaN where there are no letters */
} NnGateMeans;

/* nn_gate_means_new:
 * @model: a network with gates
 * @rows: [n_rows] of @dataset, or NULL for all of them
 * Returns: (transfer full) (nullable): NULL only where @progress said to stop. */
NnGateMeans *nn_gate_means_new (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows,
                                NnProgress progress, gpointer data);

/* nn_gate_means_new_training: the same over the rows that @split trains on. */
NnGateMeans *nn_gate_means_new_training (const NnModel *model, const NnSplit *split, NnProgress progress,
                                         gpointer data);
NnGateMeans *nn_gate_means_copy (const NnGateMeans *means);
void nn_gate_means_free (NnGateMeans *means);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnGateMeans, nn_gate_means_free)

G_END_DECLS
