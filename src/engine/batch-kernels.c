/* batch-kernels.c: the loops of training on several names at once, and of the optimizers' passes.
 *
 * Compiled with the flags of kernels.c. With one name at a time the recurrent weights stream from the second-level
 * cache for every letter; here each of their rows serves up to eight names, so that arithmetic is what limits the
 * speed, and vectors of 64 bytes, where the processor has them, bring what they could not bring there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/batch-kernels.h"

#include "engine/kernels-private.h"

#include <math.h>

/* The summands that a product takes at a time. */
#define MAX_SUMS 256

#define BLOCK(name) narrow_##name
#define BLOCK_BYTES 32
#define BLOCK_ROWS 4
#include "engine/batch-block.h"
#undef BLOCK
#undef BLOCK_BYTES
#undef BLOCK_ROWS

NN_ENTRY static void
product_narrow (float *c, size_t c_stride, const float *a, size_t a_row, size_t a_sum, const float *b, size_t b_stride,
                size_t rows, size_t sums, size_t n)
{
  narrow_product (c, c_stride, a, a_row, a_sum, b, b_stride, rows, sums, n);
}

#if NN_HAS_CLONES

#define BLOCK(name) wide_##name
#define BLOCK_BYTES 64
#define BLOCK_ROWS 8
#include "engine/batch-block.h"
#undef BLOCK
#undef BLOCK_BYTES
#undef BLOCK_ROWS

/* Not a clone: a block of eight rows by two vectors fits the thirty-two registers of these processors alone. */
__attribute__ ((target ("arch=x86-64-v4,prefer-vector-width=512"))) static void
product_wide (float *c, size_t c_stride, const float *a, size_t a_row, size_t a_sum, const float *b, size_t b_stride,
              size_t rows, size_t sums, size_t n)
{
  wide_product (c, c_stride, a, a_row, a_sum, b, b_stride, rows, sums, n);
}

static int
has_wide (void)
{
  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
         && __builtin_cpu_supports ("avx512cd") && __builtin_cpu_supports ("avx512dq")
         && __builtin_cpu_supports ("avx512vl");
}

#endif

void
nn_batch_product (float *c, size_t c_stride, const float *a, size_t a_row, size_t a_sum, const float *b,
                  size_t b_stride, size_t rows, size_t sums, size_t n)
{
#if NN_HAS_CLONES
  if (has_wide ())
    {
      product_wide (c, c_stride, a, a_row, a_sum, b, b_stride, rows, sums, n);
      return;
    }
#endif
  product_narrow (c, c_stride, a, a_row, a_sum, b, b_stride, rows, sums, n);
}

/* Four numbers at any address. */
typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));

/* Four rows by four columns. */
NN_INNER void
transpose_4 (float *out, size_t out_stride, const float *m, size_t stride)
{
  const Four r0 = *(const Four *) m, r1 = *(const Four *) (m + stride);
  const Four r2 = *(const Four *) (m + 2 * stride), r3 = *(const Four *) (m + 3 * stride);
  const Four low01 = __builtin_shufflevector (r0, r1, 0, 4, 1, 5);
  const Four high01 = __builtin_shufflevector (r0, r1, 2, 6, 3, 7);
  const Four low23 = __builtin_shufflevector (r2, r3, 0, 4, 1, 5);
  const Four high23 = __builtin_shufflevector (r2, r3, 2, 6, 3, 7);

  *(Four *) out = __builtin_shufflevector (low01, low23, 0, 1, 4, 5);
  *(Four *) (out + out_stride) = __builtin_shufflevector (low01, low23, 2, 3, 6, 7);
  *(Four *) (out + 2 * out_stride) = __builtin_shufflevector (high01, high23, 0, 1, 4, 5);
  *(Four *) (out + 3 * out_stride) = __builtin_shufflevector (high01, high23, 2, 3, 6, 7);
}

/* Sixteen rows at a time: what they fill is whole cache lines. */
NN_ENTRY void
nn_batch_transpose (float *out, size_t out_stride, const float *m, size_t stride, size_t rows, size_t n)
{
  const size_t whole_rows = rows / 4 * 4;
  const size_t whole_columns = n / 4 * 4;

  for (size_t k = 0; k < whole_rows; k += 16)
    for (size_t j = 0; j < whole_columns; j += 4)
      for (size_t i = k; i < k + 16 && i < whole_rows; i += 4)
        transpose_4 (out + j * out_stride + i, out_stride, m + i * stride + j, stride);
  for (size_t k = 0; k < rows; k++)
    for (size_t j = k < whole_rows ? whole_columns : 0; j < n; j++)
      out[j * out_stride + k] = m[k * stride + j];
}

/* Short stretches in float, which are exact enough, added up in double. */
NN_ENTRY double
nn_batch_sum_squares (const float *x, size_t n)
{
  const size_t stretch = 512;
  double sum = 0;

  for (size_t k = 0; k < n; k += stretch)
    {
      const size_t end = k + stretch < n ? k + stretch : n;
      float some = 0;

#pragma omp simd reduction(+ : some)
      for (size_t j = k; j < end; j++)
        some += x[j] * x[j];
      sum += (double) some;
    }
  return sum;
}

NN_ENTRY void
nn_batch_multiply (float *x, const float *y, size_t n)
{
  float *restrict out = x;

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    out[j] *= y[j];
}

NN_ENTRY void
nn_batch_scale (float *x, float scale, size_t n)
{
#pragma omp simd
  for (size_t j = 0; j < n; j++)
    x[j] *= scale;
}

NN_ENTRY void
nn_batch_approach (float *x, const float *y, float share, size_t n)
{
  float *restrict out = x;

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    out[j] += share * (y[j] - out[j]);
}

NN_ENTRY void
nn_batch_adam (float *x, const float *g, float *m, float *v, float new_mean, float old_square, float new_square,
               float rate, float root, float epsilon, size_t n)
{
  float *restrict parameter = x;
  const float *restrict gradient = g;
  float *restrict first = m;
  float *restrict second = v;

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    {
      const float mean = first[j] + new_mean * (gradient[j] - first[j]);
      const float square = old_square * second[j] + new_square * gradient[j] * gradient[j];

      first[j] = mean;
      second[j] = square;
      parameter[j] -= rate * mean / (sqrtf (square) * root + epsilon);
    }
}
