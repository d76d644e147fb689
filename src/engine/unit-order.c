/* unit-order.c: puts rows of numbers into an order in which like rows stand together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/unit-order.h"

#include <math.h>
#include <stdlib.h>

/* Distances between the clusters that are left, each known by one of its rows. */
typedef struct
{
  guint n;
  double *distances; /* [n x n], symmetric */
  guint *sizes;      /* [n]: rows of the cluster; 0 where it has become part of another */
} Clusters;

static double
distance_of (const float *a, const float *b, gsize width)
{
  double sum = 0;

  for (gsize i = 0; i < width; i++)
    sum += ((double) a[i] - (double) b[i]) * ((double) a[i] - (double) b[i]);
  return sqrt (sum);
}

static void
clusters_init (Clusters *clusters, const float *rows, guint n, gsize width)
{
  clusters->n = n;
  clusters->distances = g_new0 (double, (gsize) n * n);
  clusters->sizes = g_new (guint, n);
  for (guint a = 0; a < n; a++)
    {
      clusters->sizes[a] = 1;
      for (guint b = 0; b < a; b++)
        clusters->distances[(gsize) a * n + b] = clusters->distances[(gsize) b * n + a]
            = distance_of (rows + a * width, rows + b * width, width);
    }
}

/* The nearest cluster to @a. @before, where it is one (below n), wins against others that are as near: else a chain
 * could go round in a circle. */
static guint
nearest (const Clusters *clusters, guint a, guint before, double *distance)
{
  const double *distances = clusters->distances + (gsize) a * clusters->n;
  guint best = before;

  *distance = before < clusters->n ? distances[before] : INFINITY;
  for (guint b = 0; b < clusters->n; b++)
    if (clusters->sizes[b] > 0 && b != a && (distances[b] < *distance || best == clusters->n))
      {
        best = b;
        *distance = distances[b];
      }
  return best;
}

/* The new cluster is known by row @b, the higher one; its distances are means weighted by the sizes (Lance and Williams
 * 1967). */
static void
join (Clusters *clusters, guint a, guint b)
{
  const double size_a = clusters->sizes[a], size_b = clusters->sizes[b];

  for (guint i = 0; i < clusters->n; i++)
    if (clusters->sizes[i] > 0 && i != a && i != b)
      clusters->distances[(gsize) i * clusters->n + b] = clusters->distances[(gsize) b * clusters->n + i]
          = (size_a * clusters->distances[(gsize) a * clusters->n + i]
             + size_b * clusters->distances[(gsize) b * clusters->n + i])
            / (size_a + size_b);
  clusters->sizes[b] += clusters->sizes[a];
  clusters->sizes[a] = 0;
}

/* A chain goes from a cluster to its nearest one, from there to that one's, and so on, until two are nearest to each
 * other: with average linkage these two become one in every order. Leaves rows in place of the clusters' numbers. */
static void
follow_chains (Clusters *clusters, NnMerge *merges)
{
  const guint n = clusters->n;
  g_autofree guint *chain = g_new (guint, n);
  guint length = 0;

  for (guint i = 0; i + 1 < n; i++)
    for (gboolean joined = FALSE; !joined;)
      {
        guint a, b;
        double distance;

        if (length == 0)
          for (chain[length++] = 0; clusters->sizes[chain[0]] == 0;)
            chain[0]++;
        a = chain[length - 1];
        b = nearest (clusters, a, length > 1 ? chain[length - 2] : n, &distance);
        joined = length > 1 && b == chain[length - 2];
        if (!joined)
          {
            chain[length++] = b;
            continue;
          }
        length -= 2;
        merges[i] = (NnMerge){ .a = MIN (a, b), .b = MAX (a, b), .distance = distance };
        join (clusters, merges[i].a, merges[i].b);
      }
}

static int
compare (const void *x, const void *y)
{
  const NnMerge *a = x, *b = y;

  if (a->distance != b->distance)
    return a->distance < b->distance ? -1 : 1;
  /* While sorting, size holds the place in which the merge was found: what a merge needs was found before it. */
  return a->size < b->size ? -1 : 1;
}

/* Numbers the clusters by the order of the distances. */
static void
number_clusters (NnMerge *merges, guint n)
{
  g_autofree guint *parents = g_new (guint, 2 * (gsize) n);
  g_autofree guint *sizes = g_new (guint, 2 * (gsize) n);

  for (guint i = 0; i < 2 * n; i++)
    {
      parents[i] = i;
      sizes[i] = 1;
    }
  for (guint i = 0; i + 1 < n; i++)
    {
      guint ends[2] = { merges[i].a, merges[i].b };

      for (guint side = 0; side < 2; side++)
        while (parents[ends[side]] != ends[side])
          {
            parents[ends[side]] = parents[parents[ends[side]]];
            ends[side] = parents[ends[side]];
          }
      merges[i].a = MIN (ends[0], ends[1]);
      merges[i].b = MAX (ends[0], ends[1]);
      merges[i].size = sizes[n + i] = sizes[ends[0]] + sizes[ends[1]];
      parents[ends[0]] = parents[ends[1]] = n + i;
    }
}

void
nn_average_linkage (const float *rows, guint n, gsize width, NnMerge *merges)
{
  Clusters clusters;

  g_return_if_fail (rows != NULL && n > 0 && merges != NULL);
  clusters_init (&clusters, rows, n, width);
  follow_chains (&clusters, merges);
  for (guint i = 0; i + 1 < n; i++)
    merges[i].size = i;
  qsort (merges, n - 1, sizeof (NnMerge), compare);
  number_clusters (merges, n);
  g_free (clusters.distances);
  g_free (clusters.sizes);
}

void
nn_linkage_leaves (const NnMerge *merges, guint n, guint *order)
{
  g_autofree guint *waiting = NULL;
  guint n_waiting = 0, n_ordered = 0;

  g_return_if_fail (n > 0 && order != NULL);
  waiting = g_new (guint, n);
  waiting[n_waiting++] = 2 * n - 2;
  while (n_waiting > 0)
    {
      const guint cluster = waiting[--n_waiting];

      if (cluster < n)
        order[n_ordered++] = cluster;
      else
        {
          waiting[n_waiting++] = merges[cluster - n].b;
          waiting[n_waiting++] = merges[cluster - n].a;
        }
    }
}
