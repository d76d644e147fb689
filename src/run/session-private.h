/* session-private.h: what the session's files share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/evaluator.h"
#include "run/network-private.h"
#include "run/session.h"

G_BEGIN_DECLS

struct _ScopeSession
{
  GObject parent_instance;

  NnDataset *dataset;
  NnSplit *split;
  ScopeSettings settings;
  GListStore *networks; /* of ScopeNetwork */
  GListStore *results;  /* of ScopeResult, as many as networks, in their order; then those of earlier runs */
  GPtrArray *before_reset; /* of ScopeRun, one each kind (NULL entries allowed), or NULL */
  ScopeEvaluator *evaluator;
  gboolean watches_confusion;
};

/* scope_session_add_network: at the end of the list; takes @network over. */
void scope_session_add_network (ScopeSession *session, ScopeNetwork *network);

/* scope_session_count: asks for live counts of a network where they are wanted and due. */
void scope_session_count (ScopeSession *session, ScopeNetwork *network);

/* scope_session_emit_changed: tells that data, settings or the list changed. */
void scope_session_emit_changed (ScopeSession *session);

/* scope_session_replace_data: takes over @dataset and @split and prepares fresh networks. */
void scope_session_replace_data (ScopeSession *session, NnDataset *dataset, NnSplit *split);

G_END_DECLS
