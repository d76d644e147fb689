/* train-seeds.h: what "train" prints of networks that are trained with several seeds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/progress.h"
#include "cli/training.h"

G_BEGIN_DECLS

/* cli_train_seeds_bars:
 * Sets a bar for each network, which tells of all its seeds, and of the time until all networks are done.
 * @trainings: all networks with the first seed, then all with the second, and so on
 * @n_kinds: how many networks
 * @seconds: that all this has taken so far */
void cli_train_seeds_bars (GPtrArray *trainings, guint n_kinds, double seconds, CliProgress *progress);

/* cli_train_seeds_summary:
 * Prints mean and standard deviation over the seeds of each network, as JSON or as a table. Runs that diverged or did
 * not come to their end are left out, and counted; each of @trainings has its record. */
void cli_train_seeds_summary (GPtrArray *trainings, guint n_kinds, gboolean json);

G_END_DECLS
