/* damage.h: what every gate is good for: the accuracy that is left while a whole gate is clamped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/clamp.h"

G_BEGIN_DECLS

/* Nothing clamped; forget, input and output gate at 0, at 1 and at their means; the candidate at 0. All units at every
 * letter. */
#define NN_DAMAGE_ROWS 11

typedef struct
{
  gboolean clamped; /* FALSE in the first row alone */
  NnClamp clamp;
  double accuracy;       /* share of right guesses, 0..1; NaN where no rows were counted */
  double macro_accuracy; /* the mean of the classes' recalls, 0..1 */
} NnDamageRow;

typedef struct
{
  guint n_rows;      /* rows of the data that each accuracy is over */
  gboolean held_out; /* they are held out; otherwise they may have been trained on */
  NnDamageRow rows[NN_DAMAGE_ROWS];
} NnDamage;

/* nn_damage_new:
 * @model: a network with gates, whose classes are the dataset's
 * @rows: [n_rows] of @dataset, or NULL for all of them
 * @means: where the gates are held at their means
 * Returns: (transfer full) (nullable): to free with g_free; NULL only where @progress said to stop. */
NnDamage *nn_damage_new (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows,
                         const NnGateMeans *means, NnProgress progress, gpointer data);

/* nn_damage_new_split:
 * The same over the held-out rows of @split, with the means over the rows that it trains on; where it holds nothing
 * out, over all rows. @progress is told of both. */
NnDamage *nn_damage_new_split (const NnModel *model, const NnSplit *split, NnProgress progress, gpointer data);

G_END_DECLS
