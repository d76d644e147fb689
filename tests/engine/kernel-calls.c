/* kernel-calls.c: the kernels called with arrays in poison.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-calls.h"

#include <math.h>
#include <string.h>

const KernelVariant kernels_dispatched = {
  "dispatched",          nn_kernel_affine,  nn_kernel_add_rows, nn_kernel_dot_rows,  nn_kernel_add_outer,
  nn_kernel_dot_and_outer,
  nn_kernel_add_scaled,  nn_kernel_sum_abs, nn_kernel_sigmoid,  nn_kernel_lstm_cell, nn_kernel_lstm_cell_backward,
};

/* ---- Arrays in poison ---- */

/* Floats before and after an array, which no kernel may read or write. */
#define GUARD 24

gboolean
matrix_has (const Matrix *m, gsize place)
{
  gsize j = place - m->offset;

  if (place < m->offset || m->n == 0)
    return FALSE;
  return m->stride == 0 ? j < m->n : j / m->stride < m->rows && j % m->stride < m->n;
}

void
matrix_init (Matrix *m, GRand *random, gsize rows, gsize n, gsize stride)
{
  static const float poison[] = { NAN, INFINITY, -INFINITY };

  m->rows = rows;
  m->n = n;
  m->stride = stride;
  m->offset = GUARD + (gsize) g_rand_int_range (random, 0, 9);
  m->size = m->offset + rows * stride + n + GUARD;
  m->block = g_new (float, m->size);
  for (gsize i = 0; i < m->size; i++)
    m->block[i] = matrix_has (m, i) ? (float) g_rand_double_range (random, -1, 1) : poison[i % G_N_ELEMENTS (poison)];
  m->before = g_memdup2 (m->block, m->size * sizeof (float));
  m->at = m->block + m->offset;
}

void
matrix_copy (Matrix *copy, const Matrix *m, gboolean absolute)
{
  *copy = *m;
  copy->block = g_memdup2 (m->block, m->size * sizeof (float));
  copy->before = g_memdup2 (m->block, m->size * sizeof (float));
  copy->at = copy->block + m->offset;
  for (gsize i = 0; i < m->size && absolute; i++)
    copy->block[i] = fabsf (m->block[i]);
}

void
matrix_clear (Matrix *m)
{
  g_free (m->block);
  g_free (m->before);
}

gboolean
matrix_is_kept (const Matrix *m, gboolean is_result)
{
  for (gsize i = 0; i < m->size; i++)
    if (memcmp (&m->block[i], &m->before[i], sizeof (float)) != 0 && !(is_result && matrix_has (m, i)))
      return FALSE;
  return TRUE;
}

/* ---- The kernels, called with arrays ---- */

static void
row_operand (Matrix *m, GRand *random, gsize n)
{
  matrix_init (m, random, 1, n, 0);
}

static void
affine_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->n);
  row_operand (&m[1], random, s->n);
  row_operand (&m[2], random, s->n);
  row_operand (&m[3], random, s->rows);
  matrix_init (&m[4], random, s->rows, s->n, s->n + s->extra);
}

static void
affine_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->affine (m[0].at, m[1].at, m[2].at, m[3].at, m[4].at, m[4].stride, s->rows, s->n, s->backwards);
}

static void
add_rows_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->n);
  row_operand (&m[1], random, s->rows);
  matrix_init (&m[2], random, s->rows, s->n, s->n + s->extra);
}

static void
add_rows_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->add_rows (m[0].at, m[1].at, m[2].at, m[2].stride, s->rows, s->n);
}

static void
dot_rows_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->rows);
  matrix_init (&m[1], random, s->rows, s->n, s->n + s->extra);
  row_operand (&m[2], random, s->n);
}

static void
dot_rows_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->dot_rows (m[0].at, m[1].at, m[2].at, m[1].stride, s->rows, s->n, s->split, s->add, s->backwards);
}

static void
add_outer_operands (const Shape *s, GRand *random, Matrix *m)
{
  matrix_init (&m[0], random, s->rows, s->n, s->n + s->extra);
  /* A single step may well have no stride. */
  matrix_init (&m[1], random, s->steps, s->rows, s->steps == 1 ? 0 : s->rows + s->extra);
  matrix_init (&m[2], random, s->steps, s->n, s->steps == 1 ? 0 : s->n + s->extra);
}

static void
add_outer_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->add_outer (m[0].at, m[0].stride, m[1].at, m[1].stride, m[2].at, m[2].stride, 0.7f, s->steps, s->rows, s->n);
}

static void
dot_and_outer_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->rows);
  matrix_init (&m[1], random, s->rows, s->n, s->n + s->extra);
  matrix_init (&m[2], random, s->steps, s->rows, s->rows + s->extra);
  /* Its first row is multiplied with, even where nothing is learnt. */
  matrix_init (&m[3], random, MAX (s->steps, 1), s->n, s->n + s->extra);
}

static void
dot_and_outer_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->dot_and_outer (m[0].at, m[1].at, m[1].stride, m[2].at, m[2].stride, m[3].at, m[3].stride, 0.7f, s->steps,
                          s->rows, s->n, s->split);
}

static void
add_scaled_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->n);
  row_operand (&m[1], random, s->n);
}

static void
add_scaled_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->add_scaled (m[0].at, m[1].at, 0.7f, s->n);
}

static void
sum_abs_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, 1);
  row_operand (&m[1], random, s->n);
}

static void
sum_abs_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  m[0].at[0] = variant->sum_abs (m[1].at, s->n);
}

static void
sigmoid_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->n);
}

static void
sigmoid_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->sigmoid (m[0].at, s->n);
}

static void
lstm_cell_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, 4 * s->n);
  for (guint i = 1; i < 5; i++)
    row_operand (&m[i], random, s->n);
}

static void
lstm_cell_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->lstm_cell (m[0].at, m[1].at, m[2].at, m[3].at, m[4].at, s->n);
}

static void
lstm_cell_backward_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, 4 * s->n);
  for (guint i = 1; i < 6; i++)
    row_operand (&m[i], random, s->n);
  row_operand (&m[6], random, 4 * s->n);
}

static void
lstm_cell_backward_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->lstm_cell_backward (m[0].at, m[1].at, m[2].at, m[3].at, m[4].at, m[5].at, m[6].at, s->n);
}

const Kernel kernels[N_KERNELS] = {
  { "affine", 5, 1 << 0, TRUE, affine_operands, affine_call },
  { "add-rows", 3, 1 << 0, TRUE, add_rows_operands, add_rows_call },
  { "dot-rows", 3, 1 << 0, TRUE, dot_rows_operands, dot_rows_call },
  { "add-outer", 3, 1 << 0, TRUE, add_outer_operands, add_outer_call },
  { "dot-and-outer", 4, 1 << 0 | 1 << 1, TRUE, dot_and_outer_operands, dot_and_outer_call },
  { "add-scaled", 2, 1 << 0, TRUE, add_scaled_operands, add_scaled_call },
  { "sum-abs", 2, 1 << 0, TRUE, sum_abs_operands, sum_abs_call },
  { "sigmoid", 1, 1 << 0, FALSE, sigmoid_operands, sigmoid_call },
  { "lstm-cell", 5, 1 << 0 | 1 << 2 | 1 << 3 | 1 << 4, FALSE, lstm_cell_operands, lstm_cell_call },
  { "lstm-cell-backward", 7, 1 << 4 | 1 << 5 | 1 << 6, FALSE, lstm_cell_backward_operands, lstm_cell_backward_call },
};
