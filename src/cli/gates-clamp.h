/* gates-clamp.h: what --clamp says, and the data that a mean needs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/clamp.h"
#include "engine/weights.h"

G_BEGIN_DECLS

/* cli_clamps_parse:
 * Reads the values of --clamp.
 * @texts: (nullable): NULL-terminated
 * @clamps: (out) (nullable): NULL where there are none. (transfer full)
 * Errors: CLI_ERROR_USAGE, naming the clamp and what may stand there. */
gboolean cli_clamps_parse (char **texts, NnClamps **clamps, GError **error);

/* cli_clamps_need_data: whether a clamp holds a gate at its mean. @clamps: (nullable) */
gboolean cli_clamps_need_data (const NnClamps *clamps);

/* Whose gates are held. */
typedef struct
{
  const NnModel *model;
  const NnWeightsFacts *weights;
  const char *path;   /* of the weights */
  NnDataset *dataset; /* (nullable): where no clamp needs it */
} CliClamped;

/* cli_clamps_prepare:
 * Checks that the network has what is held, and measures the means that are needed: over the rows that were trained on
 * where the record beside the weights tells which, otherwise over all rows of the data.
 * @clamps: (nullable)
 * Errors: CLI_ERROR_USAGE, naming the clamp. */
gboolean cli_clamps_prepare (NnClamps *clamps, const CliClamped *clamped, GError **error);

/* cli_gate_means: these means, with a bar while they are measured. @split: (nullable): NULL for all rows of @dataset.
 * (transfer full) */
NnGateMeans *cli_gate_means (const NnModel *model, NnDataset *dataset, const NnSplit *split);

G_END_DECLS
