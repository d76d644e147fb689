/* cell.h: the names behind one cell of a confusion matrix.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"

G_BEGIN_DECLS

/* The guesses that are kept of a name. */
#define NN_CELL_GUESSES 3

/* A row of the data that a network takes for the class of the cell. */
typedef struct
{
  guint row;
  guint times;                           /* how often it was counted: once, or as often as it was drawn */
  float truth;                           /* the probability of its true class, 0..1 */
  float guess;                           /* that of the class it is taken for: the largest */
  guint8 top[NN_CELL_GUESSES];           /* the likeliest classes; as many as there are, at most three */
  float probability[NN_CELL_GUESSES];    /* theirs */
} NnCellName;

/* The names of a cell. Immutable after it is made. */
typedef struct
{
  NnCellName *names; /* [n_names], in the order of the rows */
  guint n_names;     /* different rows */
  guint n_top;       /* guesses that are kept of each */
  guint64 count;     /* the sum of their times: what the matrix has in the cell */
  guint64 row_total; /* names of the true class that were counted */
} NnCell;

/* nn_cell_new:
 * Finds the rows of class @truth that @model takes for class @guess, of those that nn_evaluate counts with the same
 * @counted, @n_draws and @seed.
 * Returns: (transfer full) (nullable): NULL only where @progress said to stop. */
NnCell *nn_cell_new (const NnModel *model, const NnSplit *split, NnCounted counted, guint n_draws, guint32 seed,
                     guint truth, guint guess, NnProgress progress, gpointer data);
void nn_cell_free (NnCell *cell);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCell, nn_cell_free)

G_END_DECLS
