/* network-private.h: what the session does with its networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/network.h"

G_BEGIN_DECLS

/* scope_network_new: one that the session trains. (transfer full) */
ScopeNetwork *scope_network_new (NnKind kind);

/* scope_network_new_opened: one read from @path; takes @snapshot and @facts over. (transfer full) */
ScopeNetwork *scope_network_new_opened (NnSnapshot *snapshot, NnWeightsFacts *facts, const char *path);

/* scope_network_set_run:
 * Replaces its run (NULL: none), forgetting all counts.
 * @seed_index: which of its seeds the run has, counted from 0
 * @seconds_a_seed: how long the run before it in the set took; 0 where there was none */
void scope_network_set_run (ScopeNetwork *network, ScopeRun *run, guint seed_index, double seconds_a_seed);

/* scope_network_set_n_seeds: how many seeds it is trained with. */
void scope_network_set_n_seeds (ScopeNetwork *network, guint n_seeds);

/* scope_network_take_confusion: new live counts, of the weights of @iteration. */
void scope_network_take_confusion (ScopeNetwork *network, NnConfusion *confusion, guint64 iteration);

/* The iteration that the live counts are of, and when they came (monotonic, microseconds); 0 before there are any. */
guint64 scope_network_confusion_iteration (ScopeNetwork *network);
gint64 scope_network_confusion_time (ScopeNetwork *network);

G_END_DECLS
