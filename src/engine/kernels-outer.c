/* kernels-outer.c: the sum of outer products by which weights learn.
 *
 * Compiled with the flags of kernels.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/kernels-private.h"

/* The steps that an outer product takes at a time. */
#define MAX_STEPS 64

/* The rows whose scaled factors are made at a time. */
#define MAX_ROWS 32

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

typedef float Half __attribute__ ((vector_size (16), aligned (4), may_alias));

#define LANES 8
#define WIDE(name) name##_8
#include "engine/kernels-outer-registers.h"
#undef LANES
#undef WIDE

#if NN_HAS_CLONES
#define LANES 16
#define WIDE(name) name##_16
#include "engine/kernels-outer-registers.h"
#undef LANES
#undef WIDE
#endif

/* @width: of vectors; 0: in memory */
NN_INNER void
outer (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
       size_t steps, size_t rows, size_t n, int width)
{
  for (size_t t = 0; t < steps; t += MAX_STEPS)
    {
      const size_t some = steps - t < MAX_STEPS ? steps - t : MAX_STEPS;
      const float *const h_some = h + t * h_stride;
      const float *const d_some = d + t * d_stride;
      size_t k = 0;

      while (k + 4 <= rows)
        {
          const size_t at_once = width == 0 ? 4 : rows - k < MAX_ROWS ? (rows - k) / 4 * 4 : MAX_ROWS;

#if NN_HAS_CLONES
          if (width == 16)
            outer_rows_in_registers_16 (m + k * stride, stride, h_some + k, h_stride, d_some, d_stride, scale, some,
                                        at_once, n);
          else
#endif
          if (width == 8)
            outer_rows_in_registers_8 (m + k * stride, stride, h_some + k, h_stride, d_some, d_stride, scale, some,
                                       at_once, n);
          else
            outer_4_rows_in_memory (m + k * stride, stride, h_some + k, h_stride, d_some, d_stride, scale, some, n);
          k += at_once;
        }
      for (; k < rows; k++)
        outer_row (m + k * stride, h_some + k, h_stride, d_some, d_stride, scale, some, n);
    }
}

/* ---- Entry points ---- */

#if NN_HAS_CLONES
/* Not clones: the two take different ways. */
NN_V3 static size_t
dot_and_outer_v3 (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                  size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  return dot_and_outer_8 (out, m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, split);
}

NN_V3 static void
outer_v3 (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
          size_t steps, size_t rows, size_t n)
{
  outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, 8);
}

NN_V4 static size_t
dot_and_outer_v4 (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                  size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  return dot_and_outer_16 (out, m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, split);
}

NN_V4 static void
outer_v4 (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
          size_t steps, size_t rows, size_t n)
{
  outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, 16);
}
#endif

void
nn_kernel_add_outer (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
                     float scale, size_t steps, size_t rows, size_t n)
{
#if NN_HAS_CLONES
  if (NN_HAS_V4)
    {
      outer_v4 (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n);
      return;
    }
  if (NN_HAS_V3)
    {
      outer_v3 (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n);
      return;
    }
#endif
#if defined(__x86_64__) && !defined(__AVX__)
  outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, 0);
#else
  outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, 8);
#endif
}

void
nn_kernel_dot_and_outer (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                         size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  size_t k = 0;

#if NN_HAS_CLONES
  if (NN_HAS_V4 && steps <= MAX_STEPS)
    k = dot_and_outer_v4 (out, m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, split);
  else if (NN_HAS_V3 && steps <= MAX_STEPS)
    k = dot_and_outer_v3 (out, m, stride, h, h_stride, d, d_stride, scale, steps, rows, n, split);
#endif
  if (k == rows)
    return;
  nn_kernel_dot_rows (out + k, m + k * stride, d, stride, rows - k, n, split, 0, 0);
  nn_kernel_add_outer (m + k * stride, stride, h + k, h_stride, d, d_stride, scale, steps, rows - k, n);
}
