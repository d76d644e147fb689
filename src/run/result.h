/* result.h: something to compare: a network as it is now, or a run from before.
 *
 * A result of a network follows it: its run, its title, whether it is shown. A result of an earlier run keeps that run,
 * has a title of its own and can be shown or not without changing what trains.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/network.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_RESULT (scope_result_get_type ())
G_DECLARE_FINAL_TYPE (ScopeResult, scope_result, SCOPE, RESULT, GObject)

/* Properties: "title" (string), "shown" (boolean).
 * Signals: "updated" (): its run, weights or counts have changed. */

/* scope_result_new: of @network as it is at any time. (transfer full) */
ScopeResult *scope_result_new (ScopeNetwork *network);

/* scope_result_new_earlier: of a run that no network has any more. (transfer full) */
ScopeResult *scope_result_new_earlier (ScopeRun *run, const char *title);

/* scope_result_get_id: by which commands know it, unlike any other of its session; the four networks have 1 to 4. */
guint scope_result_get_id (ScopeResult *result);

/* scope_result_get_network: NULL for an earlier run. (transfer none) */
ScopeNetwork *scope_result_get_network (ScopeResult *result);

/* scope_result_get_run: NULL for a network that was opened, and while there is no data. (transfer none) */
ScopeRun *scope_result_get_run (ScopeResult *result);

NnKind scope_result_get_kind (ScopeResult *result);

/* scope_result_get_title: what people know it by. (transfer none) */
const char *scope_result_get_title (ScopeResult *result);

/* scope_result_is_earlier: whether it is a run from before. */
gboolean scope_result_is_earlier (ScopeResult *result);

/* scope_result_get_settings: what its run was trained with; NULL where it has none. (transfer none) */
const NnSettings *scope_result_get_settings (ScopeResult *result);

/* scope_result_get_preset: the preset that those are, whatever their seed; NULL where they are none. (transfer none) */
const char *scope_result_get_preset (ScopeResult *result);

/* scope_result_is_same_but_for_seed: whether both have runs of the same network with the same settings and the same
 * names, whatever their seeds: such results are drawn as one mean with a band. */
gboolean scope_result_is_same_but_for_seed (ScopeResult *result, ScopeResult *other);

/* scope_result_fits: whether it tells the classes of @dataset apart, so that its counts can stand beside others. */
gboolean scope_result_fits (ScopeResult *result, NnDataset *dataset);

/* scope_result_get_ended: when its run was over, or an earlier one was put aside, in local time; NULL where there is no
 * such time. (transfer full) */
GDateTime *scope_result_get_ended (ScopeResult *result);

/* The numbers that were measured when its run was over; NaN where they were not. */
double scope_result_get_final_loss (ScopeResult *result);
double scope_result_get_training_accuracy (ScopeResult *result); /* 0..1, like the next two */
double scope_result_get_held_out_accuracy (ScopeResult *result);
double scope_result_get_held_out_macro (ScopeResult *result);

/* scope_result_set_title: renames an earlier run. */
void scope_result_set_title (ScopeResult *result, const char *title);

/* Whether the figures and the table have it. For a network: whether it is enabled. */
gboolean scope_result_get_shown (ScopeResult *result);
void scope_result_set_shown (ScopeResult *result, gboolean shown);

/* scope_result_get_snapshot: its newest weights; NULL while there is no data. (transfer none) */
NnSnapshot *scope_result_get_snapshot (ScopeResult *result);

/* scope_result_get_confusion: class-uniform draws from the training rows, live ones while it trains; NULL where there
 * are none yet. (transfer none) */
const NnConfusion *scope_result_get_confusion (ScopeResult *result);

/* scope_result_get_held_out_confusion: the held-out rows, when the run is over; else NULL. (transfer none) */
const NnConfusion *scope_result_get_held_out_confusion (ScopeResult *result);

G_END_DECLS
