/* tensor.h: a named tensor with PyTorch's shape, as views into the parameter block.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest number of rectangles that one tensor lies in: four gates in two halves. */
#define NN_MAX_PARTS 8

/* Rows row..row+rows-1 and columns column..column+columns-1 of the tensor, at offset + (r - row) * row_step +
 * (c - column) * column_step of the block. */
typedef struct
{
  guint row, rows;
  guint column, columns;
  gsize offset;
  gsize row_step, column_step;
} NnTensorPart;

typedef struct
{
  char name[32];
  guint n_dimensions; /* 2 for a weight, 1 for a bias */
  guint rows;
  guint columns; /* 1 for a bias */
  guint n_parts;
  NnTensorPart parts[NN_MAX_PARTS];
} NnTensor;

/* nn_tensor_n_elements: rows times columns. */
gsize nn_tensor_n_elements (const NnTensor *tensor);

/* nn_tensor_read: copies the tensor out of @block into @values [rows x columns], row-major. */
void nn_tensor_read (const NnTensor *tensor, const float *block, float *values);

/* nn_tensor_write: copies @values [rows x columns], row-major, into @block. */
void nn_tensor_write (const NnTensor *tensor, float *block, const float *values);

G_END_DECLS
