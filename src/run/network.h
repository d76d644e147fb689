/* network.h: one network of the session: its settings' row, its run, its newest weights and counts.
 *
 * Either one that the session trains, or one that was opened from a file and only reads.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/weights.h"
#include "run/run.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_NETWORK (scope_network_get_type ())
G_DECLARE_FINAL_TYPE (ScopeNetwork, scope_network, SCOPE, NETWORK, GObject)

/* Properties: "enabled" (boolean): whether it is trained and shown.
 * Signals: "updated" (): its run, weights, counts or whether it is enabled have changed. */

NnKind scope_network_get_kind (ScopeNetwork *network);

/* scope_network_get_title: its name for people, translated: "RNN", "LSTM", "LSTM by hand", "LSTM by hand, corrected", or
 * for an opened one with its file's name. (transfer none) */
const char *scope_network_get_title (ScopeNetwork *network);

/* scope_network_get_path: the file that it was opened from, or NULL for one that the session trains. (transfer none) */
const char *scope_network_get_path (ScopeNetwork *network);

/* scope_network_get_facts: what that file says of it beside the weights, or NULL. (transfer none) */
const NnWeightsFacts *scope_network_get_facts (ScopeNetwork *network);

/* scope_network_get_opened_preset: the preset that the record beside that file told when it was opened, or NULL.
 * (transfer none) */
const char *scope_network_get_opened_preset (ScopeNetwork *network);

gboolean scope_network_get_enabled (ScopeNetwork *network);
void scope_network_set_enabled (ScopeNetwork *network, gboolean enabled);

/* scope_network_get_run: its run, READY before it was started; NULL for an opened one or while there is no data.
 * (transfer none) */
ScopeRun *scope_network_get_run (ScopeNetwork *network);

/* Which of the seeds that it is trained with, one after the other, its run has, counted from 0; and how many these are:
 * 1 where there is no set of seeds. */
guint scope_network_get_seed_index (ScopeNetwork *network);
guint scope_network_get_n_seeds (ScopeNetwork *network);

/* scope_network_get_done: the share of all its seeds' iterations that is done, 0..1. */
double scope_network_get_done (ScopeNetwork *network);

/* scope_network_get_seconds_left: until all its seeds are trained, NaN where that is not known. */
double scope_network_get_seconds_left (ScopeNetwork *network);

/* scope_network_get_snapshot: its newest weights; before training those it starts from; NULL while there is no data.
 * (transfer none) */
NnSnapshot *scope_network_get_snapshot (ScopeNetwork *network);

/* scope_network_is_trained: FALSE while the snapshot is of iteration 0. */
gboolean scope_network_is_trained (ScopeNetwork *network);

/* scope_network_get_confusion: the newest counts, or NULL; live ones while it trains, the final ones after. How many
 * draws they are: their total. (transfer none) */
const NnConfusion *scope_network_get_confusion (ScopeNetwork *network);

G_END_DECLS
