/* distinct.h: the different strings among some rows of a dataset, so that each is read once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/dataset.h"
#include "engine/split.h"

G_BEGIN_DECLS

/* In the order in which the strings first stand in the rows. */
typedef struct
{
  guint n;           /* different strings */
  guint n_rows;      /* rows that they were gathered from */
  guint *first_rows; /* [n]: the first row of each */
  guint *counts;     /* [n]: in how many of the rows it stands */
} NnDistinct;

/* nn_distinct_new: @rows [n_rows] of @dataset, or all its rows where @rows is NULL. (transfer full) */
NnDistinct *nn_distinct_new (const NnDataset *dataset, const guint *rows, guint n_rows);

/* nn_distinct_new_training: the rows that @split trains on. (transfer full) */
NnDistinct *nn_distinct_new_training (const NnSplit *split);
void nn_distinct_free (NnDistinct *distinct);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDistinct, nn_distinct_free)

G_END_DECLS
