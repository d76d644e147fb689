/* session-private.h: what the session's files share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/evaluator.h"
#include "run/network-private.h"
#include "run/run-store.h"
#include "run/session.h"

G_BEGIN_DECLS

/* What a reset took away, to give it back. */
typedef struct
{
  ScopeRun *runs[NN_N_KINDS];       /* NULL where there was none */
  ScopeResult *results[NN_N_KINDS]; /* their entries among the earlier runs; NULL for a run that was not started */
  GPtrArray *members;               /* of ScopeResult, as in the session */
} ScopeBeforeReset;

struct _ScopeSession
{
  GObject parent_instance;

  NnDataset *dataset;
  NnSplit *split;
  ScopeSettings settings;
  GListStore *networks; /* of ScopeNetwork */
  GListStore *results;  /* of ScopeResult, as many as networks, in their order; then those of earlier runs */
  guint last_id;        /* of a result */
  GPtrArray *members;   /* of ScopeResult: the seeds that are done, of the sets that the networks are trained with */
  gboolean goes_on[NN_N_KINDS]; /* whether the next seed follows when a kind's run is over */
  gboolean paused;              /* whether it follows as a paused run */
  ScopeBeforeReset *before_reset; /* NULL where no reset can be undone */
  GArray *deleted;                /* what the last deletion took, to undo it, or NULL */
  ScopeRunStore *store; /* NULL where runs are not kept beyond the session */
  GHashTable *kept;     /* ScopeRun to what the store has of it */
  GSource *keeping;     /* that will bring the store up to date, or NULL */
  ScopeEvaluator *evaluator;
  gboolean watches_confusion;
};

/* scope_session_add_network: at the end of the list; takes @network over. */
void scope_session_add_network (ScopeSession *session, ScopeNetwork *network);

/* scope_session_count: asks for live counts of a network where they are wanted and due. */
void scope_session_count (ScopeSession *session, ScopeNetwork *network);

/* scope_session_emit_changed: tells that data, settings or the list changed. */
void scope_session_emit_changed (ScopeSession *session);

/* scope_session_emit_updated: tells that numbers changed. */
void scope_session_emit_updated (ScopeSession *session);

/* scope_session_emit_message: tells a person something. */
void scope_session_emit_message (ScopeSession *session, const char *message);

/* scope_result_set_id: when it comes into a session. (result.c) */
void scope_result_set_id (ScopeResult *result, guint id);

/* When an earlier run came into the list, in microseconds since 1970. (result.c) */
gint64 scope_result_get_put_aside (ScopeResult *result);
void scope_result_set_put_aside (ScopeResult *result, gint64 time);

/* scope_settings_of_kind: what a kind is trained with under @settings, with their first seed. */
NnSettings scope_settings_of_kind (const ScopeSettings *settings, NnKind kind);

/* scope_session_replace_data: takes over @dataset and @split and prepares fresh networks. */
void scope_session_replace_data (ScopeSession *session, NnDataset *dataset, NnSplit *split);

/* ---- session-training.c ---- */

/* scope_session_prepare:
 * Gives all networks fresh runs; those that were started go to the earlier runs.
 * @before: (nullable): takes the runs, which then stay able to go on; without it they are stopped for good */
void scope_session_prepare (ScopeSession *session, ScopeBeforeReset *before);

/* scope_session_forget_reset: a reset can no longer be undone; what it took away is stopped. */
void scope_session_forget_reset (ScopeSession *session);

/* scope_session_follow_up: starts the next seed of a network whose run is over, if there is one. */
void scope_session_follow_up (ScopeSession *session, ScopeNetwork *network);

/* scope_session_share_processors: says how many threads may train each network. */
void scope_session_share_processors (ScopeSession *session);

/* ---- session-earlier.c ---- */

/* scope_session_keep_run:
 * Puts a run that no network will have any more on top of the earlier ones. Where there are too many, the oldest of
 * those that are not shown goes; where all are shown, this one is not kept, which is told.
 * Returns: (transfer none) (nullable): its result. */
ScopeResult *scope_session_keep_run (ScopeSession *session, ScopeRun *run, gboolean shown);

/* scope_session_insert_result: puts an earlier run into the list by the time at which it was put aside. */
void scope_session_insert_result (ScopeSession *session, ScopeResult *result);

/* scope_session_forget_oldest: drops the oldest that are not shown, where there are too many. */
void scope_session_forget_oldest (ScopeSession *session);

/* scope_session_choose_title: what a run that comes into the list is called there. (transfer full) */
char *scope_session_choose_title (ScopeSession *session, ScopeRun *run);

/* scope_session_drop_result: takes an earlier run out of the list, if it is there. */
void scope_session_drop_result (ScopeSession *session, ScopeResult *result);

/* ---- session-kept.c ---- */

/* scope_session_offer_data: gives the earlier runs that were trained with the session's names those. */
void scope_session_offer_data (ScopeSession *session);

/* scope_session_finish_keeping: keeps what there is as it stands, and waits until it is written. */
void scope_session_finish_keeping (ScopeSession *session);

G_END_DECLS
