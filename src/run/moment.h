/* moment.h: the networks of a session at an earlier moment of their training.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

G_BEGIN_DECLS

/* scope_moment_find: the snapshot at @time (0..1) along a run's timeline where the longest run has @most iterations: the
 * last one at or before exp (time * log (1 + most)) - 1. (transfer none)
 * @timeline: of NnSnapshot, by rising iteration, at least one */
NnSnapshot *scope_moment_find (GPtrArray *timeline, guint64 most, double time);

/* scope_moment_of_run: @run's weights at @time (0..1) along the longest of the runs that @session shows. (transfer none)
 * @run: (nullable)
 * Returns: (nullable): NULL where the newest are meant: @time is 1, or nothing was kept of the run. */
NnSnapshot *scope_moment_of_run (ScopeSession *session, ScopeRun *run, double time);

G_END_DECLS
