/* weights.h: networks in safetensors files, as PyTorch reads and writes them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

/* What a file says of its network beside the tensors. Strings are owned; NULL or FALSE where the file does not say. */
typedef struct
{
  gboolean has_iterations;
  guint64 iterations;
  gboolean has_seed;
  guint32 seed;
  char *data_hash;
  char *generator; /* state of the draws, for a run that goes on */
} NnWeightsFacts;

NnWeightsFacts *nn_weights_facts_new (void);
void nn_weights_facts_free (NnWeightsFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnWeightsFacts, nn_weights_facts_free)

/* nn_weights_save:
 * Writes @model to @path as safetensors, F32, PyTorch's names and shapes, with @facts in __metadata__; whole or not at
 * all. Same model and facts, same bytes.
 * Errors: NN_ERROR_FILE naming the path and what the system said. */
gboolean nn_weights_save (const NnModel *model, const NnWeightsFacts *facts, const char *path, GError **error);

/* nn_weights_load:
 * Reads a network from @path: our file, or what safetensors.torch.save_file writes of a PyTorch state_dict.
 * @kind: (nullable): the kind that the caller asks for. Without metadata the tensors' names tell the kind (forget_gate.*:
 *   gate-lstm, unless @kind says gate-lstm-hidden); a @kind that the file contradicts is an error.
 * @classes: (nullable): the classes to give a network whose file does not name its own
 * @facts: (out) (optional) (transfer full)
 * Returns: (transfer full).
 * Errors: NN_ERROR_FILE where it can't be read; NN_ERROR_WEIGHTS naming what is wrong in it: the header, a tensor's
 * name, type, shape or place, a value that is not finite, a number of classes that does not fit (saying both). */
NnModel *nn_weights_load (const char *path, const NnKind *kind, const char *const *classes, NnWeightsFacts **facts,
                          GError **error);

G_END_DECLS
