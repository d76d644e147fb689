/* evaluator.h: counts a network's guesses on a thread of its own, for matrices that live while training runs.
 *
 * All functions are for the thread that made it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"
#include "engine/snapshot.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _ScopeEvaluator ScopeEvaluator;

/* Called on the maker's main context. @slot: what the request said; @confusion: (transfer none) */
typedef void (*ScopeEvaluated) (guint slot, NnSnapshot *snapshot, const NnConfusion *confusion, gpointer data);

/* The most slots that an evaluator serves. */
#define SCOPE_EVALUATOR_SLOTS 16

/* scope_evaluator_new: @evaluated is called with @data for each request that was served. (transfer full) */
ScopeEvaluator *scope_evaluator_new (ScopeEvaluated evaluated, gpointer data);

/* scope_evaluator_free: breaks off what is under way and joins the thread; @evaluated is not called again. */
void scope_evaluator_free (ScopeEvaluator *evaluator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeEvaluator, scope_evaluator_free)

/* scope_evaluator_request:
 * Asks for the counts of @snapshot over the names of @split that @counted says; @n_draws and @seed are of the
 * class-uniform draws from its training rows. A request that waits in the same slot is replaced.
 * @slot: below SCOPE_EVALUATOR_SLOTS */
void scope_evaluator_request (ScopeEvaluator *evaluator, guint slot, NnSnapshot *snapshot, NnSplit *split,
                              NnCounted counted, guint n_draws, guint32 seed);

/* scope_evaluator_is_busy: whether the slot's request still waits or is being served. */
gboolean scope_evaluator_is_busy (ScopeEvaluator *evaluator, guint slot);

/* scope_evaluator_forget: drops what waits in the slot and what was counted for it but not yet told. */
void scope_evaluator_forget (ScopeEvaluator *evaluator, guint slot);

G_END_DECLS
