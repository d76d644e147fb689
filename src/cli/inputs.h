/* inputs.h: the data and the weights that options name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/dataset.h"
#include "engine/weights.h"

G_BEGIN_DECLS

/* cli_input_kind:
 * Reads the value of --model.
 * Errors: CLI_ERROR_USAGE naming the kinds. */
gboolean cli_input_kind (const char *id, NnKind *kind, GError **error);

/* cli_input_data:
 * Loads a folder of names.
 * @folder: (nullable): NULL for the surnames that come with the program
 * Errors: CLI_ERROR_USAGE, NN_ERROR_DATA. */
NnDataset *cli_input_data (const char *folder, GError **error);

/* What is asked of a file of weights. Unless the command needs the data, they are loaded only where they are named, or
 * where the file does not name its classes. */
typedef struct
{
  const char *path;   /* --weights */
  const char *kind;   /* (nullable): --model */
  const char *folder; /* (nullable): --data */
  gboolean needs_data;
} CliWeightsInput;

/* cli_input_weights:
 * Loads a network, and where they are needed or named the data, whose classes then are the network's.
 * @dataset: (out) (optional) (nullable) (transfer full)
 * @facts: (out) (optional) (transfer full)
 * Errors: CLI_ERROR_USAGE, NN_ERROR_DATA, NN_ERROR_WEIGHTS, NN_ERROR_FILE; classes that differ, saying both. */
NnModel *cli_input_weights (const CliWeightsInput *input, NnDataset **dataset, NnWeightsFacts **facts, GError **error);

/* cli_input_hold_out:
 * Finds out what was held out of the training of a network read from @path. The file itself does not say it, but the
 * record beside it, if it is there and of the same run.
 * Returns: FALSE where that is not known. */
gboolean cli_input_hold_out (const NnModel *model, const NnWeightsFacts *facts, const char *path, double *hold_out);

/* cli_input_check_classes:
 * Whether the classes of @model, read from @path, are those of the data.
 * Errors: CLI_ERROR_FAILED, saying both. */
gboolean cli_input_check_classes (const NnModel *model, const char *path, NnDataset *dataset, GError **error);

G_END_DECLS
