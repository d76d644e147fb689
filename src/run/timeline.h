/* timeline.h: a network's weights along a training run, few enough to keep.
 *
 * They are best put aside (put-aside.h), for nobody looks at most of them.
 *
 * At most SCOPE_TIMELINE_MOST snapshots, spaced evenly in log (1 + iterations since the run began): much happens early.
 * A large network has fewer, so that they take at most SCOPE_TIMELINE_BYTES, but never fewer than SCOPE_TIMELINE_LEAST.
 * Where a run is extended, those that stand closest are dropped for new ones, so that their size is bounded however
 * long a run is and however often it is extended.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/snapshot.h"

G_BEGIN_DECLS

#define SCOPE_TIMELINE_MOST 60
#define SCOPE_TIMELINE_LEAST 8
#define SCOPE_TIMELINE_BYTES (96u * 1024u * 1024u)

/* Snapshots by rising iteration; the first one has the weights that the run began with. For one thread. */
typedef struct
{
  guint64 first;        /* the iteration at which the run began */
  guint64 total;        /* at which it ends */
  guint most;           /* snapshots */
  GPtrArray *snapshots; /* of NnSnapshot */
} ScopeTimeline;

/* scope_timeline_new: of a run that begins with the weights of @first and ends at iteration @total. (transfer full) */
ScopeTimeline *scope_timeline_new (NnSnapshot *first, guint64 total);
void scope_timeline_free (ScopeTimeline *timeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeTimeline, scope_timeline_free)

/* scope_timeline_extend: the run now ends at iteration @total. */
void scope_timeline_extend (ScopeTimeline *timeline, guint64 total);

/* scope_timeline_next: the iteration of the next snapshot, beyond that of the last one; G_MAXUINT64 where none is
 * due. */
guint64 scope_timeline_next (const ScopeTimeline *timeline);

/* scope_timeline_add: takes @snapshot over, if it is later than the last one; else it is released. */
void scope_timeline_add (ScopeTimeline *timeline, NnSnapshot *snapshot);

/* scope_timeline_last: the newest snapshot. (transfer none) */
NnSnapshot *scope_timeline_last (const ScopeTimeline *timeline);

/* scope_timeline_list: the snapshots as they are now, to read on another thread. (transfer full): of NnSnapshot */
GPtrArray *scope_timeline_list (const ScopeTimeline *timeline);

G_END_DECLS
