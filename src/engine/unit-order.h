/* unit-order.h: puts rows of numbers into an order in which like rows stand together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two clusters that become one. Clusters 0..n-1 are the rows; merge i makes cluster n + i. */
typedef struct
{
  guint a, b;      /* a < b */
  double distance; /* the mean of the distances of all pairs of a row of a and one of b */
  guint size;      /* rows in the new cluster */
} NnMerge;

/* nn_average_linkage:
 * Hierarchical clustering by average linkage (UPGMA: Sokal and Michener 1958) over Euclidean distances, by chains of
 * nearest neighbours (Murtagh 1983), which takes time and memory of the order of n^2. The merges are in the order of
 * their distances, as scipy.cluster.hierarchy.linkage (rows, "average") gives them. Of equal distances the one between
 * the lower numbers comes first, so that the same rows always give the same merges.
 * @rows: [n x width], all finite
 * @merges: (out): [n - 1] */
void nn_average_linkage (const float *rows, guint n, gsize width, NnMerge *merges);

/* nn_linkage_leaves:
 * The rows from left to right as a tree of the merges is drawn: a's rows before b's.
 * @order: (out): [n] */
void nn_linkage_leaves (const NnMerge *merges, guint n, guint *order);

G_END_DECLS
