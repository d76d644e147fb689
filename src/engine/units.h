/* units.h: orders of a network's units, the most telling of them, and what they do together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/inspect.h"

G_BEGIN_DECLS

/* Orders are the same for all gates and states of a network: row r of each shows unit order[r]. Ties go to the lower
 * unit. Values that are not numbers count as 0. */
typedef enum
{
  NN_UNITS_BY_INDEX,
  NN_UNITS_BY_LAST_VALUE, /* the hidden state after the last letter, the highest first */
  NN_UNITS_CLUSTERED,     /* like units together: see nn_units_features */
} NnUnitOrder;

/* nn_units_order: @order: (out): [H] */
void nn_units_order (const NnTrace *trace, NnUnitOrder by, guint *order);

/* nn_units_features:
 * What units are compared by: a row a unit of all its gates, cell and hidden states after all letters of all the
 * traces, which are of one network.
 * @width: (out): numbers a row
 * Returns: (transfer full): [H x width]. */
float *nn_units_features (const NnTrace *const *traces, guint n_traces, gsize *width);

/* nn_units_cluster:
 * The order in which the clusters of the units stand, by average linkage over Euclidean distances of their features
 * (see unit-order.h), over several names.
 * @order: (out): [H] */
void nn_units_cluster (const NnTrace *const *traces, guint n_traces, guint *order);

/* nn_units_change:
 * How much each unit of @state moves over the name: the sum over the letters of |s_t - s_(t-1)|. Cell and hidden state
 * start from 0 before the first letter; a gate has no value there, so its changes start at the second letter.
 * @changes: (out): [H] */
void nn_units_change (const NnTrace *trace, NnState state, double *changes);

/* nn_units_most_telling:
 * The units whose @state changes most over the name, the largest change first.
 * @units: (out): [n]
 * Returns: how many there are: @n, or H where that is less. */
guint nn_units_most_telling (const NnTrace *trace, NnState state, guint n, guint *units);

/* What the units of a state have in common after a letter; quartiles as R's type 7 and GSL have them. */
typedef struct
{
  double mean, lower_quartile, median, upper_quartile;
} NnUnitSummary;

/* nn_units_summary: @state must be one that the network has; @step counts from 0. */
void nn_units_summary (const NnTrace *trace, NnState state, guint step, NnUnitSummary *summary);

G_END_DECLS
