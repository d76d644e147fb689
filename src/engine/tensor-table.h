/* tensor-table.h: PyTorch's names and shapes over a network's parameter block.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kind.h"
#include "engine/layout.h"
#include "engine/tensor.h"

G_BEGIN_DECLS

/* The most tensors that a network has. */
#define NN_MAX_TENSORS 10

/* nn_tensor_table_fill:
 * Writes the tensors of a network in PyTorch's order.
 * @tensors: (out): room for NN_MAX_TENSORS
 * Returns: how many there are. */
guint nn_tensor_table_fill (NnTensor *tensors, NnKind kind, const NnLayout *layout, guint hidden, guint n_classes);

G_END_DECLS
