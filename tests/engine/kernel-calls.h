/* kernel-calls.h: the kernels called with arrays in poison.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernel-variants.h"

#include <glib.h>

#define MAX_OPERANDS 7

/* rows x n numbers at a stride. All else in the block is NaN and infinity: one that is read shows in the result. */
typedef struct
{
  gsize rows, n, stride;
  gsize offset; /* odd ones too: a kernel takes any address */
  gsize size;
  float *block, *before;
  float *at;
} Matrix;

typedef struct
{
  gsize rows, n, extra; /* extra: how much longer the strides are */
  gsize steps;
  gsize split;
  gboolean add;
  gboolean backwards;
} Shape;

typedef struct
{
  const char *name;
  guint n_operands;
  guint results;     /* a bit for each operand that is written */
  gboolean adds;     /* what it gives is a sum of products, whose rounding goes with the sum of their sizes */
  void (*operands) (const Shape *shape, GRand *random, Matrix *m);
  void (*call) (const KernelVariant *variant, const Shape *shape, Matrix *m);
} Kernel;

enum
{
  AFFINE,
  ADD_ROWS,
  DOT_ROWS,
  ADD_OUTER,
  DOT_AND_OUTER,
  ADD_SCALED,
  SUM_ABS,
  SIGMOID,
  LSTM_CELL,
  LSTM_CELL_BACKWARD,
  N_KERNELS
};

extern const Kernel kernels[N_KERNELS];

/* A kernel of a make. */
typedef struct
{
  const KernelVariant *variant;
  const Kernel *kernel;
} Subject;

/* Whether the place in the block is one of the matrix. */
gboolean matrix_has (const Matrix *m, gsize place);

void matrix_init (Matrix *m, GRand *random, gsize rows, gsize n, gsize stride);

/* matrix_copy: the same numbers, or their absolute values. */
void matrix_copy (Matrix *copy, const Matrix *m, gboolean absolute);
void matrix_clear (Matrix *m);

/* matrix_is_kept: bit for bit; what a kernel may write is left out for its results. */
gboolean matrix_is_kept (const Matrix *m, gboolean is_result);
