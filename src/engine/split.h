/* split.h: which rows are trained on, and which are held out.
 *
 * A reduced string is held out in all its classes or in none, so that no held-out name was ever trained on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/dataset.h"

G_BEGIN_DECLS

typedef struct _NnSplit NnSplit; /* immutable, reference-counted */

/* nn_split_new:
 * Holds out @fraction (0 to 0.9) of the different reduced strings, drawn with @seed, as near to the same share of every
 * class as strings that stand in several classes allow; every class keeps at least one row to train on.
 * Returns: (transfer full). Errors: NN_ERROR_SETTINGS for a fraction out of range. */
NnSplit *nn_split_new (NnDataset *dataset, double fraction, guint32 seed, GError **error);

NnSplit *nn_split_ref (NnSplit *split);
void nn_split_unref (NnSplit *split);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSplit, nn_split_unref)

NnDataset *nn_split_dataset (const NnSplit *split); /* (transfer none) */
gboolean nn_split_row_held_out (const NnSplit *split, guint row);

/* nn_split_training_rows: the rows of class @index that are trained on, ascending; at least one. (transfer none) */
const guint *nn_split_training_rows (const NnSplit *split, guint index, guint *n_rows);

/* nn_split_held_out_rows: all held-out rows, ascending; NULL and 0 where nothing is held out. (transfer none) */
const guint *nn_split_held_out_rows (const NnSplit *split, guint *n_rows);

G_END_DECLS
