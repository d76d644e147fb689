/* tester.h: what networks guess for the held-out names, found on other threads and kept.
 *
 * All functions are for the thread that made it; its main context delivers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/snapshot.h"
#include "engine/test-names.h"

G_BEGIN_DECLS

typedef struct _ScopeTester ScopeTester;

/* Called when guesses that were asked for are there. */
typedef void (*ScopeTested) (gpointer data);

/* scope_tester_new: (transfer full) */
ScopeTester *scope_tester_new (ScopeTested tested, gpointer data);

/* scope_tester_free: breaks off what is under way; @tested is not called again. */
void scope_tester_free (ScopeTester *tester);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeTester, scope_tester_free)

/* scope_tester_names: the names that @split holds out; the same object for the same split. (transfer none) */
NnTestNames *scope_tester_names (ScopeTester *tester, NnSplit *split);

/* scope_tester_guesses:
 * What the network guesses for those names: a class each.
 * Returns: (transfer none) (nullable): [n_names]; NULL while they are being found, which the first call starts. */
const guint8 *scope_tester_guesses (ScopeTester *tester, NnSnapshot *snapshot, NnSplit *split);

/* scope_tester_forget_unused: drops what was not asked for since the last call of this. */
void scope_tester_forget_unused (ScopeTester *tester);

G_END_DECLS
