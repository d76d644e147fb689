/* counts.h: what the results of a session take for what, over the names that are chosen.
 *
 * Class-uniform draws are counted by the session and by the runs themselves. All rows, and the held-out rows of what
 * still trains or was opened from a file, are counted here, on a thread, and again as the weights change.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_COUNTS (scope_counts_get_type ())
G_DECLARE_FINAL_TYPE (ScopeCounts, scope_counts, SCOPE, COUNTS, GObject)

/* Signals:
 * "updated" (): there are new counts, or others are chosen. */

/* What a result is counted with. Everything is borrowed from the session and valid until it changes. */
typedef struct
{
  NnSnapshot *snapshot;
  NnSplit *split;
  NnCounted counted;
  guint n_draws;
  guint32 seed;
} ScopeCounting;

/* scope_counts_new: of the results that @session shows; draws at first, and nothing is counted before it is watched.
 * (transfer full) */
ScopeCounts *scope_counts_new (ScopeSession *session);

/* scope_counts_set_watched: whether anybody looks; nothing is counted for nobody. */
void scope_counts_set_watched (ScopeCounts *counts, gboolean watched);

NnCounted scope_counts_get_counted (ScopeCounts *counts);
void scope_counts_set_counted (ScopeCounts *counts, NnCounted counted);

/* scope_counts_set_time: counts the weights at that moment, 0..1 along the training as moment.h has it; at 1, and at
 * first, the newest. */
void scope_counts_set_time (ScopeCounts *counts, double time);

/* scope_counts_get_moment: whether what scope_counts_get gives of @result is not of the newest weights, and of which.
 * @iteration: (out) */
gboolean scope_counts_get_moment (ScopeCounts *counts, ScopeResult *result, guint64 *iteration);

/* scope_counts_get: the newest counts of @result; NULL while there are none, and where its classes are not those of the
 * session's data. (transfer none): valid until the next "updated", or "updated" of the session */
const NnConfusion *scope_counts_get (ScopeCounts *counts, ScopeResult *result);

/* scope_counts_is_current: whether those are of its newest weights, and no others are to come. */
gboolean scope_counts_is_current (ScopeCounts *counts, ScopeResult *result);

/* scope_counts_get_counting: how @result is counted, with the weights of the moment. FALSE while it can't be. */
gboolean scope_counts_get_counting (ScopeCounts *counts, ScopeResult *result, ScopeCounting *counting);

G_END_DECLS
