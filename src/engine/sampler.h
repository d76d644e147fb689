/* sampler.h: the report's draws: a class uniformly, then one of its training rows uniformly.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/random.h"
#include "engine/split.h"

G_BEGIN_DECLS

/* nn_sampler_draw: the row drawn next with @random from the training rows of @split. */
guint nn_sampler_draw (const NnSplit *split, gsl_rng *random);

G_END_DECLS
