/* kernels.c: the products with the recurrent weights, in which training spends its time.
 *
 * The files of kernels are compiled with flags that let GCC vectorise them (see meson.build); they need no intrinsics.
 * The inner loops are inlined into the entry points, and only those exist once for each sort of processor. Recurrent
 * weights stream from the second-level cache, so each loop takes several rows a pass, or keeps its sums in registers:
 * that is what keeps its loads and its arithmetic in step. Sums are taken in a fixed order, so that a result is the same
 * bits on every run on the same machine.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/kernels-private.h"

/* ---- Inner loops ---- */

/* sum += 8 weighted rows; adding them in pairs keeps eight products in flight. */
NN_INNER void
add_8_rows (float *restrict sum, const float *restrict w, const float *restrict m, size_t stride, size_t n)
{
  const float *restrict m0 = m;
  const float *restrict m1 = m0 + stride;
  const float *restrict m2 = m1 + stride;
  const float *restrict m3 = m2 + stride;
  const float *restrict m4 = m3 + stride;
  const float *restrict m5 = m4 + stride;
  const float *restrict m6 = m5 + stride;
  const float *restrict m7 = m6 + stride;
  const float w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5], w6 = w[6], w7 = w[7];

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    sum[j] += ((w0 * m0[j] + w1 * m1[j]) + (w2 * m2[j] + w3 * m3[j]))
              + ((w4 * m4[j] + w5 * m5[j]) + (w6 * m6[j] + w7 * m7[j]));
}

NN_INNER void
add_rows (float *restrict sum, const float *restrict w, const float *restrict m, size_t stride, size_t rows, size_t n)
{
  size_t k = 0;

  for (; k + 8 <= rows; k += 8)
    add_8_rows (sum, w + k, m + k * stride, stride, n);
  for (; k < rows; k++)
    {
      const float *restrict row = m + k * stride;
      const float weight = w[k];
#pragma omp simd
      for (size_t j = 0; j < n; j++)
        sum[j] += weight * row[j];
    }
}

NN_INNER void
dot_8_rows (float *restrict out, const float *restrict m, const float *restrict d, size_t stride, size_t n, int add)
{
  const float *restrict m0 = m;
  const float *restrict m1 = m0 + stride;
  const float *restrict m2 = m1 + stride;
  const float *restrict m3 = m2 + stride;
  const float *restrict m4 = m3 + stride;
  const float *restrict m5 = m4 + stride;
  const float *restrict m6 = m5 + stride;
  const float *restrict m7 = m6 + stride;
  float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;

#pragma omp simd reduction(+ : s0, s1, s2, s3, s4, s5, s6, s7)
  for (size_t j = 0; j < n; j++)
    {
      s0 += m0[j] * d[j];
      s1 += m1[j] * d[j];
      s2 += m2[j] * d[j];
      s3 += m3[j] * d[j];
      s4 += m4[j] * d[j];
      s5 += m5[j] * d[j];
      s6 += m6[j] * d[j];
      s7 += m7[j] * d[j];
    }
  out[0] = add ? out[0] + s0 : s0;
  out[1] = add ? out[1] + s1 : s1;
  out[2] = add ? out[2] + s2 : s2;
  out[3] = add ? out[3] + s3 : s3;
  out[4] = add ? out[4] + s4 : s4;
  out[5] = add ? out[5] + s5 : s5;
  out[6] = add ? out[6] + s6 : s6;
  out[7] = add ? out[7] + s7 : s7;
}

NN_INNER float
dot_row (const float *restrict row, const float *restrict d, size_t n)
{
  float s = 0;

#pragma omp simd reduction(+ : s)
  for (size_t j = 0; j < n; j++)
    s += row[j] * d[j];
  return s;
}

/* Each row's sum in two parts, the columns before @split and those from it on. */
NN_INNER void
dot_rows (float *restrict out, const float *restrict m, const float *restrict d, size_t stride, size_t rows, size_t n,
          size_t split, int add)
{
  size_t k = 0;

  for (; k + 8 <= rows; k += 8)
    {
      dot_8_rows (out + k, m + k * stride, d, stride, split, add);
      if (split < n)
        dot_8_rows (out + k, m + k * stride + split, d + split, stride, n - split, 1);
    }
  for (; k < rows; k++)
    {
      const float first = dot_row (m + k * stride, d, split);

      out[k] = add ? out[k] + first : first;
      if (split < n)
        out[k] += dot_row (m + k * stride + split, d + split, n - split);
    }
}

/* ---- In registers ---- */

/* The columns that a sum of rows takes at a time: so few that a tile of 128 rows fits into the first-level cache. And the
 * floats in all its rows: 72 pages of 4 KiB. */
#define TILE 64
#define MOST_FLOATS (72 * 1024)

#define ADD_HALVES(a, b) (PICK (a, b, 0, 1, 2, 3, 8, 9, 10, 11) + PICK (a, b, 4, 5, 6, 7, 12, 13, 14, 15))

#define LANES 8
#define WIDE(name) name##_8
#include "engine/kernels-registers.h"
#undef LANES
#undef WIDE

#if NN_HAS_CLONES
#define LANES 16
#define WIDE(name) name##_16
#include "engine/kernels-registers.h"
#undef LANES
#undef WIDE
#endif

/* ---- Entry points ---- */

NN_INNER void
affine (float *pre, const float *letter, const float *bias, size_t n)
{
  float *restrict out = pre;

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    out[j] = letter[j] + bias[j];
}

/* Not clones: the two take different ways. Only the one with registers heeds @backwards. */
#if NN_HAS_CLONES
NN_V3 static void
affine_v3 (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
           size_t rows, size_t n, int backwards)
{
  affine (pre, letter, bias, n);
  add_rows_in_registers_8 (pre, h, u, stride, rows, n, backwards);
}

NN_V3 static void
add_rows_v3 (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n)
{
  add_rows_in_registers_8 (sum, w, m, stride, rows, n, 0);
}

NN_V3 static void
dot_rows_v3 (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split, int add,
             int backwards)
{
  dot_rows_in_registers_8 (out, m, d, stride, rows, n, split, add, backwards);
}

NN_V4 static void
affine_v4 (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
           size_t rows, size_t n, int backwards)
{
  affine (pre, letter, bias, n);
  add_rows_in_registers_16 (pre, h, u, stride, rows, n, backwards);
}

NN_V4 static void
add_rows_v4 (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n)
{
  add_rows_in_registers_16 (sum, w, m, stride, rows, n, 0);
}

NN_V4 static void
dot_rows_v4 (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split, int add,
             int backwards)
{
  dot_rows_in_registers_16 (out, m, d, stride, rows, n, split, add, backwards);
}
#endif

void
nn_kernel_affine (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
                  size_t rows, size_t n, int backwards)
{
#if NN_HAS_CLONES
  if (NN_HAS_V4)
    {
      affine_v4 (pre, letter, bias, h, u, stride, rows, n, backwards);
      return;
    }
  if (NN_HAS_V3)
    {
      affine_v3 (pre, letter, bias, h, u, stride, rows, n, backwards);
      return;
    }
#endif
  (void) backwards;
  affine (pre, letter, bias, n);
  add_rows (pre, h, u, stride, rows, n);
}

void
nn_kernel_add_rows (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n)
{
#if NN_HAS_CLONES
  if (NN_HAS_V4)
    {
      add_rows_v4 (sum, w, m, stride, rows, n);
      return;
    }
  if (NN_HAS_V3)
    {
      add_rows_v3 (sum, w, m, stride, rows, n);
      return;
    }
#endif
  add_rows (sum, w, m, stride, rows, n);
}

void
nn_kernel_dot_rows (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split,
                    int add, int backwards)
{
#if NN_HAS_CLONES
  if (NN_HAS_V4)
    {
      dot_rows_v4 (out, m, d, stride, rows, n, split, add, backwards);
      return;
    }
  if (NN_HAS_V3)
    {
      dot_rows_v3 (out, m, d, stride, rows, n, split, add, backwards);
      return;
    }
#endif
  (void) backwards;
  dot_rows (out, m, d, stride, rows, n, split, add);
}
