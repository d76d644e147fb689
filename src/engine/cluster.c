/* cluster.c: orders of the classes in which matrices are read more easily.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/cluster.h"

#include <math.h>
#include <string.h>

static const char *const order_ids[] = {
  [NN_ORDER_ALPHABETICAL] = "alphabetical",
  [NN_ORDER_ACCURACY] = "accuracy",
  [NN_ORDER_CLUSTERED] = "clustered",
};

const char *
nn_order_id (NnOrder order)
{
  g_return_val_if_fail (order < G_N_ELEMENTS (order_ids), NULL);
  return order_ids[order];
}

gboolean
nn_order_from_id (const char *id, NnOrder *order)
{
  for (guint i = 0; i < G_N_ELEMENTS (order_ids); i++)
    if (strcmp (id, order_ids[i]) == 0)
      {
        *order = (NnOrder) i;
        return TRUE;
      }
  return FALSE;
}

/* ---- The tree ---- */

/* Nodes 0 to n-1 are the leaves, n to 2n-2 what was joined, in that order; the last one is the root. */
typedef struct
{
  guint n_leaves;
  const double *distances;                  /* [n x n] */
  guint children[2 * NN_MAX_CLASSES][2];
  guint leaves[2 * NN_MAX_CLASSES][NN_MAX_CLASSES];
  guint sizes[2 * NN_MAX_CLASSES];
  double costs[NN_MAX_CLASSES][NN_MAX_CLASSES]; /* the cheapest order of the smallest node that holds both leaves, with
                                                 * these at its two ends; 0 for one leaf alone */
} Tree;

static double
leaf_distance (const Tree *tree, guint a, guint b)
{
  return tree->distances[a * tree->n_leaves + b];
}

/* The mean over all pairs of their leaves, summed anew so that no rounding depends on the order of joining. */
static double
node_distance (const Tree *tree, guint a, guint b)
{
  double sum = 0;

  for (guint i = 0; i < tree->sizes[a]; i++)
    for (guint j = 0; j < tree->sizes[b]; j++)
      sum += leaf_distance (tree, tree->leaves[a][i], tree->leaves[b][j]);
  return sum / ((double) tree->sizes[a] * tree->sizes[b]);
}

static void
join (Tree *tree, guint node, guint a, guint b)
{
  tree->children[node][0] = a;
  tree->children[node][1] = b;
  tree->sizes[node] = tree->sizes[a] + tree->sizes[b];
  memcpy (tree->leaves[node], tree->leaves[a], tree->sizes[a] * sizeof (guint));
  memcpy (tree->leaves[node] + tree->sizes[a], tree->leaves[b], tree->sizes[b] * sizeof (guint));
}

static void
build (Tree *tree, const double *distances, guint n)
{
  guint open[NN_MAX_CLASSES];

  tree->n_leaves = n;
  tree->distances = distances;
  for (guint i = 0; i < n; i++)
    {
      tree->sizes[i] = 1;
      tree->leaves[i][0] = i;
      open[i] = i;
    }
  for (guint n_open = n; n_open > 1; n_open--)
    {
      guint first = 0, second = 1;
      double least = INFINITY;

      for (guint i = 0; i < n_open; i++)
        for (guint j = i + 1; j < n_open; j++)
          {
            double distance = node_distance (tree, open[i], open[j]);

            if (distance < least)
              {
                least = distance;
                first = i;
                second = j;
              }
          }
      join (tree, 2 * n - n_open, open[first], open[second]);
      open[first] = 2 * n - n_open;
      memmove (open + second, open + second + 1, (n_open - second - 1) * sizeof (guint));
    }
}

/* ---- The order of its leaves ---- */

/* The leaves of @node that can be its other end when @leaf is one end: those of the child that @leaf isn't in, or @leaf
 * itself where it is the node. */
static const guint *
other_ends (const Tree *tree, guint node, guint leaf, guint *n)
{
  guint first = tree->children[node][0], second = tree->children[node][1];

  if (node < tree->n_leaves)
    {
      *n = 1;
      return tree->leaves[node];
    }
  for (guint i = 0; i < tree->sizes[first]; i++)
    if (tree->leaves[first][i] == leaf)
      {
        *n = tree->sizes[second];
        return tree->leaves[second];
      }
  *n = tree->sizes[first];
  return tree->leaves[first];
}

/* The cheapest way to put the children of @node side by side, @left at the one end and @right at the other: which
 * leaves meet in the middle. */
static double
best_meeting (const Tree *tree, guint node, guint left, guint right, guint *left_inner, guint *right_inner)
{
  guint n_left, n_right;
  const guint *left_ends = other_ends (tree, tree->children[node][0], left, &n_left);
  const guint *right_ends = other_ends (tree, tree->children[node][1], right, &n_right);
  double best = INFINITY;

  for (guint i = 0; i < n_left; i++)
    for (guint j = 0; j < n_right; j++)
      {
        double cost = tree->costs[left][left_ends[i]] + leaf_distance (tree, left_ends[i], right_ends[j])
                      + tree->costs[right_ends[j]][right];

        if (cost < best)
          {
            best = cost;
            *left_inner = left_ends[i];
            *right_inner = right_ends[j];
          }
      }
  return best;
}

static void
measure_node (Tree *tree, guint node)
{
  guint first = tree->children[node][0], second = tree->children[node][1], inner[2];

  for (guint i = 0; i < tree->sizes[first]; i++)
    for (guint j = 0; j < tree->sizes[second]; j++)
      {
        guint left = tree->leaves[first][i], right = tree->leaves[second][j];

        tree->costs[left][right] = best_meeting (tree, node, left, right, &inner[0], &inner[1]);
        tree->costs[right][left] = tree->costs[left][right];
      }
}

/* Writes the leaves of @node from @left to @right. Returns: behind the last one. */
static guint *
write_leaves (const Tree *tree, guint node, guint left, guint right, guint *order)
{
  guint first = tree->children[node][0], second = tree->children[node][1];
  guint left_inner = left, right_inner = right, n;

  if (node < tree->n_leaves)
    {
      *order = node;
      return order + 1;
    }
  /* Where @left is of the second child, that one comes first. */
  if (other_ends (tree, node, left, &n) == tree->leaves[first])
    {
      best_meeting (tree, node, right, left, &right_inner, &left_inner);
      order = write_leaves (tree, second, left, left_inner, order);
      return write_leaves (tree, first, right_inner, right, order);
    }
  best_meeting (tree, node, left, right, &left_inner, &right_inner);
  order = write_leaves (tree, first, left, left_inner, order);
  return write_leaves (tree, second, right_inner, right, order);
}

guint *
nn_cluster_order (const double *distances, guint n)
{
  guint *order = g_new (guint, MAX (n, 1));
  g_autofree Tree *tree = NULL;
  guint root, left = 0, right = 0;
  double best = INFINITY;

  g_return_val_if_fail (distances != NULL && n >= 1 && n <= NN_MAX_CLASSES, order);
  tree = g_new0 (Tree, 1);
  build (tree, distances, n);
  root = 2 * n - 2;
  for (guint node = n; node <= root; node++)
    measure_node (tree, node);
  for (guint i = 0; i < n; i++)
    {
      guint n_ends;
      const guint *ends = other_ends (tree, root, i, &n_ends);

      for (guint j = 0; j < n_ends; j++)
        if (tree->costs[i][ends[j]] < best && i <= ends[j])
          {
            best = tree->costs[i][ends[j]];
            left = i;
            right = ends[j];
          }
    }
  write_leaves (tree, root, left, right, order);
  return order;
}

/* ---- Matrices ---- */

/* The mean share of the names of class @truth that are taken for @guess, over the matrices that have such names; NaN
 * where none has. */
static double
mean_share (const NnConfusion *const *confusions, guint n, guint truth, guint guess)
{
  double sum = 0;
  guint n_counted = 0;

  for (guint i = 0; i < n; i++)
    {
      guint64 row = confusions[i] != NULL ? nn_confusion_row_total (confusions[i], truth) : 0;

      if (row == 0)
        continue;
      sum += (double) nn_confusion_count (confusions[i], truth, guess) / (double) row;
      n_counted++;
    }
  return n_counted > 0 ? sum / n_counted : NAN;
}

double *
nn_confusion_distances (const NnConfusion *const *confusions, guint n_confusions, guint n_classes)
{
  double *distances = g_new0 (double, (gsize) n_classes * n_classes);

  for (guint i = 0; i < n_classes; i++)
    for (guint j = 0; j < i; j++)
      {
        double there = mean_share (confusions, n_confusions, i, j), back = mean_share (confusions, n_confusions, j, i);
        double distance = 1 - ((isnan (there) ? 0 : there) + (isnan (back) ? 0 : back)) / 2;

        distances[i * n_classes + j] = distances[j * n_classes + i] = distance;
      }
  return distances;
}

/* Sorted by falling recall; classes without names come last, and equals stay in the order of the data. */
static void
order_by_recall (guint *order, const NnConfusion *const *confusions, guint n_confusions, guint n_classes)
{
  g_autofree double *recalls = g_new (double, MAX (n_classes, 1));

  for (guint i = 0; i < n_classes; i++)
    {
      double recall = mean_share (confusions, n_confusions, i, i);
      guint at = i;

      recalls[i] = isnan (recall) ? -1 : recall;
      for (; at > 0 && recalls[order[at - 1]] < recalls[i]; at--)
        order[at] = order[at - 1];
      order[at] = i;
    }
}

guint *
nn_order_classes (NnOrder order, const NnConfusion *const *confusions, guint n_confusions, guint n_classes)
{
  g_autofree double *distances = NULL;
  guint *classes = g_new (guint, MAX (n_classes, 1));
  guint64 total = 0;

  for (guint i = 0; i < n_confusions; i++)
    total += confusions[i] != NULL ? confusions[i]->total : 0;
  for (guint i = 0; i < n_classes; i++)
    classes[i] = i;
  if (order == NN_ORDER_ALPHABETICAL || total == 0 || n_classes == 0)
    return classes;
  if (order == NN_ORDER_ACCURACY)
    {
      order_by_recall (classes, confusions, n_confusions, n_classes);
      return classes;
    }
  g_free (classes);
  distances = nn_confusion_distances (confusions, n_confusions, n_classes);
  return nn_cluster_order (distances, n_classes);
}
