/* model-in-file.h: weights that are put aside without taking memory.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

/* nn_model_copy_in_file:
 * A copy whose parameters can only be read. They lie in a file in @folder, which is made where it is not there; the file
 * has no name and is gone with the copy. So the system keeps them in memory only while it has no better use for it.
 * Where there can be no such file, for want of room or of the right to write, it is a copy in memory as any other.
 * Returns: (transfer full): to free with nn_model_free. */
NnModel *nn_model_copy_in_file (const NnModel *model, const char *folder);

G_END_DECLS
