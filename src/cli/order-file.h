/* order-file.h: a fixed list of names to train on: lines of a name, a tab and a class.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/dataset.h"
#include "engine/trainer.h"

G_BEGIN_DECLS

/* cli_order_load:
 * Reads a file or pipe of such lines. Names are reduced as those of the data are; blank lines are no names.
 * Returns: (transfer full): an array of NnExample, at least one.
 * Errors: CLI_ERROR_FAILED or NN_ERROR_NAME naming file and line: a line without a tab, a class that the data lacks, a
 * name that no network can read, invalid UTF-8, a line that is too long, no name at all, a file that can't be read. */
GArray *cli_order_load (const char *path, NnDataset *dataset, GError **error);

G_END_DECLS
