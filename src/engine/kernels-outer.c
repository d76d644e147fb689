/* kernels-outer.c: the sum of outer products by which weights learn.
 *
 * Compiled with the flags of kernels.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/kernels-private.h"

/* The steps that an outer product takes at a time. */
#define MAX_STEPS 64

/* Four rows by sixteen columns of the outer product. The block stays in registers over all steps: eight sums, and a
 * step costs six loads for eight multiply-adds, so it is the arithmetic that limits it. GCC does not find this by itself,
 * hence the vector type; it is GCC's and Clang's portable one and becomes whatever the processor has.
 * @h: [steps x 4], already scaled */
NN_INNER void
outer_block (float *m, size_t stride, const float *h, const float *d, size_t d_stride, size_t steps)
{
  Vector *const r0 = (Vector *) m, *const r1 = (Vector *) (m + stride);
  Vector *const r2 = (Vector *) (m + 2 * stride), *const r3 = (Vector *) (m + 3 * stride);
  Vector a00 = r0[0], a01 = r0[1], a10 = r1[0], a11 = r1[1];
  Vector a20 = r2[0], a21 = r2[1], a30 = r3[0], a31 = r3[1];

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

/* Four rows, at most MAX_STEPS steps. */
NN_INNER void
outer_4_rows (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
              size_t steps, size_t n)
{
  float scaled[4 * MAX_STEPS];
  size_t j = 0;

  /* Keeps the scale out of a vector register, which the block below needs: it would spill one of its sums. */
  __asm__ volatile ("" : "+m"(scale));
  for (size_t t = 0; t < steps; t++)
    for (size_t r = 0; r < 4; r++)
      scaled[4 * t + r] = scale * h[t * h_stride + r];
  for (; j + 16 <= n; j += 16)
    outer_block (m + j, stride, scaled, d + j, d_stride, steps);
  for (size_t r = 0; r < 4 && j < n; r++)
    outer_row (m + r * stride + j, scaled + r, 4, d + j, d_stride, 1.0f, steps, n - j);
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

      for (; k + 4 <= rows; k += 4)
        if (in_registers)
          outer_4_rows (m + k * stride, stride, h_some + k, h_stride, d_some, d_stride, scale, some, n);
        else
          outer_4_rows_in_memory (m + k * stride, stride, h_some + k, h_stride, d_some, d_stride, scale, some, n);
      for (; k < rows; k++)
        outer_row (m + k * stride, h_some + k, h_stride, d_some, d_stride, scale, some, n);
    }
}

#if NN_HAS_CLONES
/* Not a clone: the two take different ways. */
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
