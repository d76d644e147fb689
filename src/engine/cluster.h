/* cluster.h: orders of the classes in which matrices are read more easily.
 *
 * An order is an array of C classes: which class stands first, second, and so on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"

G_BEGIN_DECLS

/* How the classes of a matrix are ordered. */
typedef enum
{
  NN_ORDER_ALPHABETICAL, /* as the data has them */
  NN_ORDER_ACCURACY,     /* by recall, the best first */
  NN_ORDER_CLUSTERED,    /* those that are taken for each other stand together */
} NnOrder;

/* nn_order_id: "alphabetical", "accuracy" or "clustered". (transfer none) */
const char *nn_order_id (NnOrder order);

/* nn_order_from_id: FALSE, leaving @order alone, for an unknown one. */
gboolean nn_order_from_id (const char *id, NnOrder *order);

/* nn_order_classes:
 * One order for all the matrices, so that they can be compared side by side.
 * @confusions: [n_confusions] of the same classes; NULL entries and those that count nothing are passed over. Without
 *   any other the order is alphabetical
 * Returns: (transfer full): [n_classes] */
guint *nn_order_classes (NnOrder order, const NnConfusion *const *confusions, guint n_confusions, guint n_classes);

/* nn_confusion_distances:
 * How far apart the classes are by what is taken for what: 1 - (p_ij + p_ji) / 2 with p_ij the share of the names of
 * class i that are taken for class j, a mean over the matrices that have names of class i; 0 on the diagonal.
 * Returns: (transfer full): [n_classes x n_classes], symmetric, 0..1 */
double *nn_confusion_distances (const NnConfusion *const *confusions, guint n_confusions, guint n_classes);

/* nn_cluster_order:
 * Joins the two nearest clusters until one is left, their distance being the mean over their pairs (average linkage,
 * Sokal and Michener 1958), and puts the leaves of that tree into the order, of all that keep every branch together, in
 * which the sum of the distances of neighbours is smallest (Bar-Joseph, Gifford and Jaakkola, Fast optimal leaf
 * ordering for hierarchical clustering, Bioinformatics 17, 2001). Equal distances are decided by the lower numbers; of
 * an order and its reverse, that whose first number is lower is taken.
 * @distances: [n x n], symmetric
 * @n: 1 to NN_MAX_CLASSES
 * Returns: (transfer full): [n] */
guint *nn_cluster_order (const double *distances, guint n);

G_END_DECLS
