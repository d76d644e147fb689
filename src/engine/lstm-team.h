/* lstm-team.h: one LSTM trained by two threads, each with half of the units.
 *
 * Each thread keeps its half of the recurrent weights in its own second-level cache. They meet at a barrier at every
 * letter, which spins: a letter takes about a microsecond. Where the machine is busy, so that the second thread does
 * not run when it is waited for, the first one does everything itself; which way is faster is measured again and again.
 * The result is the same bits either way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/workspace.h"

G_BEGIN_DECLS

typedef struct _NnTeam NnTeam;

/* nn_team_new:
 * Starts the second thread for @model's workspace, which must outlive the team.
 * Returns: (transfer full) (nullable): NULL for a network that has no second half: the RNN, or too few units. */
NnTeam *nn_team_new (NnModel *model, NnWorkspace *workspace);

/* nn_team_free: joins the thread. */
void nn_team_free (NnTeam *team);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTeam, nn_team_free)

/* nn_team_begin: whether the next name is for two threads. Call nn_team_end after it, whoever did it. */
gboolean nn_team_begin (NnTeam *team);
void nn_team_end (NnTeam *team);

/* nn_team_learn: nn_network_learn by two threads. The model's parameters are out of date until nn_team_flush. */
gboolean nn_team_learn (NnTeam *team, guint target, float *block, float scale, guint *guess, float *loss);

/* nn_team_flush: brings the model's parameters up to date; before anybody reads them. */
void nn_team_flush (NnTeam *team);

/* nn_team_set_always: uses two threads for every name, measured or not, for tests. */
void nn_team_set_always (NnTeam *team, gboolean always);

G_END_DECLS
