/* timeline.c: a network's weights along a training run, few enough to keep.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/timeline.h"

#include <math.h>

static guint64
iteration_at (const ScopeTimeline *timeline, guint index)
{
  return ((const NnSnapshot *) g_ptr_array_index (timeline->snapshots, index))->iteration;
}

/* Where an iteration stands on the line. */
static double
place_of (const ScopeTimeline *timeline, guint64 iteration)
{
  return log1p ((double) (iteration - timeline->first));
}

ScopeTimeline *
scope_timeline_new (NnSnapshot *first, guint64 total)
{
  ScopeTimeline *timeline = g_new0 (ScopeTimeline, 1);
  const gsize fit = SCOPE_TIMELINE_BYTES / (first->model->layout.size * sizeof (float));

  timeline->first = first->iteration;
  timeline->total = total;
  timeline->most = (guint) CLAMP (fit, SCOPE_TIMELINE_LEAST, SCOPE_TIMELINE_MOST);
  timeline->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_snapshot_unref);
  g_ptr_array_add (timeline->snapshots, nn_snapshot_ref (first));
  return timeline;
}

void
scope_timeline_free (ScopeTimeline *timeline)
{
  if (timeline == NULL)
    return;
  g_ptr_array_unref (timeline->snapshots);
  g_free (timeline);
}

void
scope_timeline_extend (ScopeTimeline *timeline, guint64 total)
{
  timeline->total = total;
}

/* While there is room, even steps to the end of the run; they grow a little at first, where several would fall on one
 * iteration. A line that is full goes on in the steps that a line to the new end would have from its beginning. */
guint64
scope_timeline_next (const ScopeTimeline *timeline)
{
  const guint n = timeline->snapshots->len;
  const guint64 last = iteration_at (timeline, n - 1);
  const double from = place_of (timeline, last);
  double step, next;

  if (last >= timeline->total)
    return G_MAXUINT64;
  step = n < timeline->most ? (place_of (timeline, timeline->total) - from) / (timeline->most - n)
                            : place_of (timeline, timeline->total) / (timeline->most - 1);
  next = round (expm1 (from + step));
  return CLAMP (timeline->first + (guint64) next, last + 1, timeline->total);
}

/* Drops the one whose neighbours stand closest; never the first or the last. */
static void
drop_one (ScopeTimeline *timeline)
{
  double least = INFINITY;
  guint closest = 1;

  for (guint i = 1; i + 1 < timeline->snapshots->len; i++)
    {
      const double gap
          = place_of (timeline, iteration_at (timeline, i + 1)) - place_of (timeline, iteration_at (timeline, i - 1));

      if (gap < least)
        {
          least = gap;
          closest = i;
        }
    }
  g_ptr_array_remove_index (timeline->snapshots, closest);
}

void
scope_timeline_add (ScopeTimeline *timeline, NnSnapshot *snapshot)
{
  if (snapshot->iteration <= iteration_at (timeline, timeline->snapshots->len - 1))
    {
      nn_snapshot_unref (snapshot);
      return;
    }
  g_ptr_array_add (timeline->snapshots, snapshot);
  if (timeline->snapshots->len > timeline->most)
    drop_one (timeline);
}

NnSnapshot *
scope_timeline_last (const ScopeTimeline *timeline)
{
  return g_ptr_array_index (timeline->snapshots, timeline->snapshots->len - 1);
}

GPtrArray *
scope_timeline_list (const ScopeTimeline *timeline)
{
  GPtrArray *list = g_ptr_array_new_full (timeline->snapshots->len, (GDestroyNotify) nn_snapshot_unref);

  for (guint i = 0; i < timeline->snapshots->len; i++)
    g_ptr_array_add (list, nn_snapshot_ref (g_ptr_array_index (timeline->snapshots, i)));
  return list;
}
