/* drivers.h: which names of the data drive a unit highest, and at which letter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"
#include "engine/inspect.h"

G_BEGIN_DECLS

typedef struct
{
  guint row;    /* of the dataset: the first one with this reduced string */
  guint letter; /* after which the value stands, counted from 0: the first one of equals */
  float value;
} NnDriver;

/* The names with the highest values, the highest first; of equal values the one that stands earlier in the data
 * first. */
typedef struct
{
  NnState state;
  guint n;
  NnDriver *drivers; /* [n] */
} NnDrivers;

/* The most names that can be asked for. */
#define NN_MAX_DRIVERS 100

/* nn_drivers_new:
 * Reads every different string of @dataset once, and ranks them by the highest value that the mean of @units of @state
 * reaches after any of their letters.
 * @state: one that the network has: NN_STATE_HIDDEN, NN_STATE_CELL or a gate
 * @units: [n_units]: at least one, counted from 0
 * @top: 1 to NN_MAX_DRIVERS; where the data has fewer strings, all of them are given. Values that are not numbers are
 *   left out.
 * Returns: (transfer full) (nullable): NULL only where @progress said to stop. */
NnDrivers *nn_drivers_new (const NnModel *model, NnDataset *dataset, NnState state, const guint *units, guint n_units,
                           guint top, NnProgress progress, gpointer data);
void nn_drivers_free (NnDrivers *drivers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDrivers, nn_drivers_free)

G_END_DECLS
