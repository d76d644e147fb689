/* analysis.h: what the engine finds out about a name, as the figures take it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/clamp.h"
#include "engine/decomposition.h"
#include "engine/gradient-x-input.h"
#include "engine/occlusion.h"
#include "engine/substitution.h"
#include "engine/units.h"
#include "figure/attribution.h"
#include "figure/gates.h"
#include "figure/substitution.h"

G_BEGIN_DECLS

/* The most clamps that a figure marks. */
#define FIG_MAX_CLAMPS 32

/* What an attribution's figure borrows. */
typedef struct
{
  double left_out[NN_MAX_LETTERS];
  double gradient[NN_MAX_LETTERS];
  double contributions[NN_MAX_LETTERS];
  const char *without[NN_MAX_LETTERS];
} FigLetters;

/* fig_attribution_init:
 * Fills @figure, which borrows @letters, @ascii and the classes of @model.
 * @gradient: of the guess' logit
 * @sum: (nullable): NULL where the network is no RNN */
void fig_attribution_init (FigAttribution *figure,
                           FigLetters *letters,
                           const NnModel *model,
                           const char *ascii,
                           const NnOcclusion *occlusion,
                           const NnGradientXInput *gradient,
                           const NnDecomposition *sum);

/* fig_substitution_init: fills @figure, which borrows @map and the classes of @model. */
void fig_substitution_init (FigSubstitution *figure, const NnModel *model, const NnSubstitution *map);

/* fig_clamps_init:
 * Fills @marks [FIG_MAX_CLAMPS], which borrow @clamps.
 * Returns: how many there are; those beyond the most that a figure marks are left out. */
guint fig_clamps_init (FigClamp *marks, const NnClamps *clamps);

/* fig_unit_order_name: what FigGates calls the order; NULL for the one by index. (transfer none) */
const char *fig_unit_order_name (NnUnitOrder order);

G_END_DECLS
