/* kernels-outer.c: the sum of outer products by which weights learn.
 *
 * Compiled with the flags of kernels.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/kernels-private.h"

/* The steps that an outer product takes at a time. */
#define MAX_STEPS 64

/* The rows whose scaled factors are made at a time. */
#define MAX_ROWS 32

/* Four rows by sixteen columns of the outer product. The block stays in registers over all steps: eight sums, and a
 * step costs six loads for eight multiply-adds, so it is the arithmetic that limits it. GCC does not find this by itself,
 * hence the vector type; it is GCC's and Clang's portable one and becomes whatever the processor has.
 * @h: [steps x 4], already scaled
 * @s: (nullable): [4]: grows by what the block gives with D's first row before it learns, for the dot products of the
 *   four rows */
NN_INNER void
outer_block (Vector *s, float *m, size_t stride, const float *h, const float *d, size_t d_stride, size_t steps)
{
  Vector *const r0 = (Vector *) m, *const r1 = (Vector *) (m + stride);
  Vector *const r2 = (Vector *) (m + 2 * stride), *const r3 = (Vector *) (m + 3 * stride);
  Vector a00 = r0[0], a01 = r0[1], a10 = r1[0], a11 = r1[1];
  Vector a20 = r2[0], a21 = r2[1], a30 = r3[0], a31 = r3[1];

  if (s != NULL)
    {
      const Vector *const row = (const Vector *) d;
      const Vector d0 = row[0], d1 = row[1];

      s[0] += d0 * a00;
      s[1] += d0 * a10;
      s[2] += d0 * a20;
      s[3] += d0 * a30;
      s[0] += d1 * a01;
      s[1] += d1 * a11;
      s[2] += d1 * a21;
      s[3] += d1 * a31;
    }
  for (size_t t = 0; t < steps; t++)
    {
      const Vector *const row = (const Vector *) (d + t * d_stride);
      const Vector d0 = row[0], d1 = row[1];
      const float *const w = h + 4 * t;

      a00 += w[0] * d0;
      a01 += w[0] * d1;
      a10 += w[1] * d0;
      a11 += w[1] * d1;
      a20 += w[2] * d0;
      a21 += w[2] * d1;
      a30 += w[3] * d0;
      a31 += w[3] * d1;
    }
  r0[0] = a00;
  r0[1] = a01;
  r1[0] = a10;
  r1[1] = a11;
  r2[0] = a20;
  r2[1] = a21;
  r3[0] = a30;
  r3[1] = a31;
}

/* One row, from column @j on. */
NN_INNER void
outer_row (float *restrict m, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
           size_t steps, size_t n)
{
  for (size_t t = 0; t < steps; t++)
    {
      const float *restrict row = d + t * d_stride;
      const float a = scale * h[t * h_stride];
#pragma omp simd
      for (size_t j = 0; j < n; j++)
        m[j] += a * row[j];
    }
}

/* Four rows from two steps at once, in memory: for processors with too few or too short registers for a block. */
NN_INNER void
outer_4_rows_in_memory (float *restrict m, size_t stride, const float *h, size_t h_stride, const float *d,
                        size_t d_stride, float scale, size_t steps, size_t n)
{
  float *restrict m0 = m;
  float *restrict m1 = m0 + stride;
  float *restrict m2 = m1 + stride;
  float *restrict m3 = m2 + stride;
  size_t t = 0;

  for (; t + 2 <= steps; t += 2)
    {
      const float *restrict d0 = d + t * d_stride;
      const float *restrict d1 = d0 + d_stride;
      const float *h0 = h + t * h_stride;
      const float *h1 = h0 + h_stride;
      const float a0 = scale * h0[0], a1 = scale * h0[1], a2 = scale * h0[2], a3 = scale * h0[3];
      const float b0 = scale * h1[0], b1 = scale * h1[1], b2 = scale * h1[2], b3 = scale * h1[3];
#pragma omp simd
      for (size_t j = 0; j < n; j++)
        {
          m0[j] += a0 * d0[j] + b0 * d1[j];
          m1[j] += a1 * d0[j] + b1 * d1[j];
          m2[j] += a2 * d0[j] + b2 * d1[j];
          m3[j] += a3 * d0[j] + b3 * d1[j];
        }
    }
  for (size_t r = 0; r < 4 && t < steps; r++)
    outer_row (m + r * stride, h + t * h_stride + r, h_stride, d + t * d_stride, d_stride, scale, steps - t, n);
}

/* scaled [rows / 4 x steps x 4]: the factors of four rows next to each other. */
NN_INNER void
scale_factors (float *scaled, const float *h, size_t h_stride, float scale, size_t steps, size_t rows)
{
  /* Keeps the scale out of a vector register, which the blocks need: one would spill a sum. */
  __asm__ volatile ("" : "+m"(scale));
  for (size_t k = 0; k < rows; k += 4)
    for (size_t t = 0; t < steps; t++)
      for (size_t r = 0; r < 4; r++)
        scaled[k * steps + 4 * t + r] = scale * h[t * h_stride + k + r];
}

/* At most MAX_STEPS steps and MAX_ROWS rows, a multiple of four. */
NN_INNER void
outer_rows_in_registers (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
                         float scale, size_t steps, size_t rows, size_t n)
{
  float scaled[MAX_ROWS * MAX_STEPS];

  scale_factors (scaled, h, h_stride, scale, steps, rows);
  for (size_t k = 0; k < rows; k += 4)
    {
      const float *const factors = scaled + k * steps;
      float *const four = m + k * stride;
      size_t j = 0;

      for (; j + 16 <= n; j += 16)
        outer_block (NULL, four + j, stride, factors, d + j, d_stride, steps);
      for (size_t r = 0; r < 4 && j < n; r++)
        outer_row (four + r * stride + j, factors + r, 4, d + j, d_stride, 1.0f, steps, n - j);
    }
}

NN_INNER void
outer (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
       size_t steps, size_t rows, size_t n, int in_registers)
{
  for (size_t t = 0; t < steps; t += MAX_STEPS)
    {
      const size_t some = steps - t < MAX_STEPS ? steps - t : MAX_STEPS;
      const float *const h_some = h + t * h_stride;
      const float *const d_some = d + t * d_stride;
      size_t k = 0;

      while (k + 4 <= rows)
        {
          const size_t at_once = !in_registers ? 4 : rows - k < MAX_ROWS ? (rows - k) / 4 * 4 : MAX_ROWS;

          if (in_registers)
            outer_rows_in_registers (m + k * stride, stride, h_some + k, h_stride, d_some, d_stride, scale, some,
                                     at_once, n);
          else
            outer_4_rows_in_memory (m + k * stride, stride, h_some + k, h_stride, d_some, d_stride, scale, some, n);
          k += at_once;
        }
      for (; k < rows; k++)
        outer_row (m + k * stride, h_some + k, h_stride, d_some, d_stride, scale, some, n);
    }
}

/* ---- With the dot products of the rows ---- */

typedef float Half __attribute__ ((vector_size (16), aligned (4), may_alias));

/* out [4] (+)= M d, d being D's first row, then M += H^T D, of four rows in one pass.
 * @h: [steps x 4], already scaled */
NN_INNER void
dot_and_outer_4_rows (float *out, float *m, size_t stride, const float *h, const float *d, size_t d_stride,
                      size_t steps, size_t n, int add)
{
  Vector s[4] = { { 0 } };
  Half sums;
  size_t j = 0;

  for (; j + 16 <= n; j += 16)
    outer_block (s, m + j, stride, h, d + j, d_stride, steps);
  s[0] = ADD_ONES (s[0], s[1]);
  s[2] = ADD_ONES (s[2], s[3]);
  s[0] = ADD_PAIRS (s[0], s[2]);
  s[0] += PICK (s[0], s[0], 4, 5, 6, 7, 0, 1, 2, 3);
  sums = (Half){ s[0][0], s[0][1], s[0][2], s[0][3] };
  for (size_t r = 0; r < 4 && j < n; r++)
    {
      float *const row = m + r * stride;

      for (size_t i = j; i < n; i++)
        sums[r] += row[i] * d[i];
      outer_row (row + j, h + r, 4, d + j, d_stride, 1.0f, steps, n - j);
    }
  if (add)
    sums += *(Half *) out;
  *(Half *) out = sums;
}

/* At most MAX_STEPS steps. Takes rows by fours and returns how many; the rest is left. */
NN_INNER size_t
dot_and_outer (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
               float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  float scaled[MAX_ROWS * MAX_STEPS];

  for (size_t k = 0; k + 4 <= rows; k += 4)
    {
      const float *const factors = scaled + k % MAX_ROWS * steps;
      float *const four = m + k * stride;

      if (k % MAX_ROWS == 0)
        scale_factors (scaled, h + k, h_stride, scale, steps, rows - k < MAX_ROWS ? (rows - k) / 4 * 4 : MAX_ROWS);
      dot_and_outer_4_rows (out + k, four, stride, factors, d, d_stride, steps, split, 0);
      if (split < n)
        dot_and_outer_4_rows (out + k, four + split, stride, factors, d + split, d_stride, steps, n - split, 1);
    }
  return rows / 4 * 4;
}

/* ---- Entry points ---- */

#if NN_HAS_CLONES
/* Not clones: the two take different ways. */
NN_V3 static size_t
dot_and_outer_v3 (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                  size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  return dot_and_outer (out, m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, split);
}

NN_V3 static void
outer_v3 (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
          size_t steps, size_t rows, size_t n)
{
  outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, 1);
}
#endif

void
nn_kernel_add_outer (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
                     float scale, size_t steps, size_t rows, size_t n)
{
#if NN_HAS_CLONES
  if (NN_HAS_V3)
    {
      outer_v3 (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n);
      return;
    }
#endif
#if defined(__x86_64__) && !defined(__AVX__)
  outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, 0);
#else
  outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, 1);
#endif
}

void
nn_kernel_dot_and_outer (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                         size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  size_t k = 0;

#if NN_HAS_CLONES
  if (NN_HAS_V3 && steps <= MAX_STEPS)
    k = dot_and_outer_v3 (out, m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, split);
#endif
  if (k == rows)
    return;
  nn_kernel_dot_rows (out + k, m + k * stride, d, stride, rows - k, n, split, 0, 0);
  nn_kernel_add_outer (m + k * stride, stride, h + k, h_stride, d, d_stride, scale, steps, rows - k, n);
}
