/* tensor.c: a named tensor with PyTorch's shape, as views into the parameter block.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/tensor.h"

gsize
nn_tensor_n_elements (const NnTensor *tensor)
{
  return (gsize) tensor->rows * tensor->columns;
}

/* The place in the block of an element of a part, and its place in the row-major tensor. */
#define BLOCK_INDEX(part, r, c) ((part)->offset + (r) * (part)->row_step + (c) * (part)->column_step)
#define ROW_MAJOR(tensor, part, r, c) ((gsize) ((part)->row + (r)) * (tensor)->columns + (part)->column + (c))

void
nn_tensor_read (const NnTensor *tensor, const float *block, float *values)
{
  for (guint p = 0; p < tensor->n_parts; p++)
    {
      const NnTensorPart *part = &tensor->parts[p];

      for (guint r = 0; r < part->rows; r++)
        for (guint c = 0; c < part->columns; c++)
          values[ROW_MAJOR (tensor, part, r, c)] = block[BLOCK_INDEX (part, r, c)];
    }
}

void
nn_tensor_write (const NnTensor *tensor, float *block, const float *values)
{
  for (guint p = 0; p < tensor->n_parts; p++)
    {
      const NnTensorPart *part = &tensor->parts[p];

      for (guint r = 0; r < part->rows; r++)
        for (guint c = 0; c < part->columns; c++)
          block[BLOCK_INDEX (part, r, c)] = values[ROW_MAJOR (tensor, part, r, c)];
    }
}
