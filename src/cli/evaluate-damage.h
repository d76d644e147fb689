/* evaluate-damage.h: "evaluate --damage": the accuracy that is left while a whole gate is clamped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"
#include "engine/split.h"

G_BEGIN_DECLS

/* cli_evaluate_damage:
 * Measures and prints the table: over the held-out rows of @split, with the gates' means over those that were trained
 * on; where @split is NULL, both over all rows of @dataset.
 * Errors: CLI_ERROR_FAILED for a network without gates. */
gboolean cli_evaluate_damage (const NnModel *model, NnDataset *dataset, const NnSplit *split, gboolean json,
                              GError **error);

G_END_DECLS
