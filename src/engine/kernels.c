/* kernels.c: the few loops in which training spends its time.
 *
 * This one file is compiled with flags that let GCC vectorise it (see meson.build); it needs no intrinsics. The inner
 * loops are inlined into the entry points, and only those are cloned for newer processors. Recurrent weights stream
 * from the second-level cache, so each loop takes four rows a pass: that is what keeps its loads and its arithmetic in
 * step. Sums are taken in a fixed order, so that a result is the same bits on every run on the same machine.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/kernels.h"

#include <math.h>

/* A sanitizer's start-up can't yet resolve cloned functions. */
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define NN_HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define NN_HAS_SANITIZER 1
#endif
#endif

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(NN_HAS_SANITIZER)
#define NN_ENTRY __attribute__ ((target_clones ("default", "arch=x86-64-v3")))
#else
#define NN_ENTRY
#endif

#define NN_INNER static inline __attribute__ ((always_inline))

/* ---- Inner loops ---- */

/* tanh by a rational function of degree 9 over 8, fitted to the least maximum error on [-8, 8]; the largest absolute
 * error in float32 is 3.6e-7. Beyond 8 it is 1 to within float32. NaN stays NaN. */
NN_INNER float
rational_tanh (float x)
{
  float z = x < -8.0f ? -8.0f : x > 8.0f ? 8.0f : x;
  float y = z * z;
  float p = 1.50632075e-08f;
  float q = 8.45422895e-07f;

  p = p * y + 2.17742405e-05f;
  p = p * y + 0.00356421637f;
  p = p * y + 0.134382419f;
  p = p * y + 0.99999997f;
  q = q * y + 0.000339927799f;
  q = q * y + 0.0261362449f;
  q = q * y + 0.467715627f;
  q = q * y + 1.0f;
  return z * p / q;
}

NN_INNER float
rational_sigmoid (float x)
{
  return 0.5f + 0.5f * rational_tanh (0.5f * x);
}

NN_INNER void
add_rows (float *restrict sum, const float *restrict w, const float *restrict m, size_t stride, size_t rows, size_t n)
{
  size_t k = 0;

  for (; k + 4 <= rows; k += 4)
    {
      const float *restrict m0 = m + k * stride;
      const float *restrict m1 = m0 + stride;
      const float *restrict m2 = m1 + stride;
      const float *restrict m3 = m2 + stride;
      const float w0 = w[k], w1 = w[k + 1], w2 = w[k + 2], w3 = w[k + 3];
#pragma omp simd
      for (size_t j = 0; j < n; j++)
        sum[j] += w0 * m0[j] + w1 * m1[j] + (w2 * m2[j] + w3 * m3[j]);
    }
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
dot_rows (float *restrict out, const float *restrict m, const float *restrict d, size_t stride, size_t rows, size_t n,
          int add)
{
  size_t k = 0;

  for (; k + 4 <= rows; k += 4)
    {
      const float *restrict m0 = m + k * stride;
      const float *restrict m1 = m0 + stride;
      const float *restrict m2 = m1 + stride;
      const float *restrict m3 = m2 + stride;
      float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
#pragma omp simd reduction(+ : s0, s1, s2, s3)
      for (size_t j = 0; j < n; j++)
        {
          s0 += m0[j] * d[j];
          s1 += m1[j] * d[j];
          s2 += m2[j] * d[j];
          s3 += m3[j] * d[j];
        }
      out[k] = add ? out[k] + s0 : s0;
      out[k + 1] = add ? out[k + 1] + s1 : s1;
      out[k + 2] = add ? out[k + 2] + s2 : s2;
      out[k + 3] = add ? out[k + 3] + s3 : s3;
    }
  for (; k < rows; k++)
    {
      const float *restrict row = m + k * stride;
      float s = 0;
#pragma omp simd reduction(+ : s)
      for (size_t j = 0; j < n; j++)
        s += row[j] * d[j];
      out[k] = add ? out[k] + s : s;
    }
}

/* Four rows of the outer product from two steps at once. */
NN_INNER void
outer_rows_4 (float *restrict m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
              float scale, size_t steps, size_t n)
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
  for (; t < steps; t++)
    {
      const float *restrict d0 = d + t * d_stride;
      const float *h0 = h + t * h_stride;
      const float a0 = scale * h0[0], a1 = scale * h0[1], a2 = scale * h0[2], a3 = scale * h0[3];
#pragma omp simd
      for (size_t j = 0; j < n; j++)
        {
          m0[j] += a0 * d0[j];
          m1[j] += a1 * d0[j];
          m2[j] += a2 * d0[j];
          m3[j] += a3 * d0[j];
        }
    }
}

NN_INNER void
outer_row (float *restrict m, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
           size_t steps, size_t n)
{
  for (size_t t = 0; t < steps; t++)
    {
      const float *restrict d0 = d + t * d_stride;
      const float a = scale * h[t * h_stride];
#pragma omp simd
      for (size_t j = 0; j < n; j++)
        m[j] += a * d0[j];
    }
}

/* ---- Entry points ---- */

NN_ENTRY void
nn_kernel_affine (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
                  size_t rows, size_t n)
{
  float *restrict out = pre;

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    out[j] = letter[j] + bias[j];
  add_rows (pre, h, u, stride, rows, n);
}

NN_ENTRY void
nn_kernel_add_rows (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n)
{
  add_rows (sum, w, m, stride, rows, n);
}

NN_ENTRY void
nn_kernel_dot_rows (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, int add)
{
  dot_rows (out, m, d, stride, rows, n, add);
}

NN_ENTRY void
nn_kernel_add_outer (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
                     float scale, size_t steps, size_t rows, size_t n)
{
  size_t k = 0;

  for (; k + 4 <= rows; k += 4)
    outer_rows_4 (m + k * stride, stride, h + k, h_stride, d, d_stride, scale, steps, n);
  for (; k < rows; k++)
    outer_row (m + k * stride, h + k, h_stride, d, d_stride, scale, steps, n);
}

NN_ENTRY void
nn_kernel_add_scaled (float *sum, const float *x, float scale, size_t n)
{
  float *restrict out = sum;

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    out[j] += scale * x[j];
}

NN_ENTRY float
nn_kernel_sum_abs (const float *x, size_t n)
{
  float s = 0;

#pragma omp simd reduction(+ : s)
  for (size_t j = 0; j < n; j++)
    s += fabsf (x[j]);
  return s;
}

NN_ENTRY void
nn_kernel_sigmoid (float *x, size_t n)
{
#pragma omp simd
  for (size_t j = 0; j < n; j++)
    x[j] = rational_sigmoid (x[j]);
}

NN_ENTRY void
nn_kernel_lstm_cell (float *gates, const float *cell_before, float *cell, float *cell_tanh, float *hidden,
                     size_t units)
{
  float *restrict i = gates;
  float *restrict f = gates + units;
  float *restrict g = gates + 2 * units;
  float *restrict o = gates + 3 * units;
  const float *restrict before = cell_before;
  float *restrict c = cell;
  float *restrict tanh_c = cell_tanh;
  float *restrict h = hidden;

#pragma omp simd
  for (size_t u = 0; u < units; u++)
    {
      const float it = rational_sigmoid (i[u]);
      const float ft = rational_sigmoid (f[u]);
      const float gt = rational_tanh (g[u]);
      const float ot = rational_sigmoid (o[u]);
      const float ct = ft * before[u] + it * gt;
      const float tt = rational_tanh (ct);
      i[u] = it;
      f[u] = ft;
      g[u] = gt;
      o[u] = ot;
      c[u] = ct;
      tanh_c[u] = tt;
      h[u] = ot * tt;
    }
}

NN_ENTRY void
nn_kernel_lstm_cell_backward (const float *gates, const float *cell_before, const float *cell_tanh,
                              const float *hidden_gradient, float *cell_gradient, float *cell_gradient_before,
                              float *gate_gradients, size_t units)
{
  const float *restrict i = gates;
  const float *restrict f = gates + units;
  const float *restrict g = gates + 2 * units;
  const float *restrict o = gates + 3 * units;
  float *restrict di = gate_gradients;
  float *restrict df = gate_gradients + units;
  float *restrict dg = gate_gradients + 2 * units;
  float *restrict d_o = gate_gradients + 3 * units;
  const float *restrict before = cell_before;
  const float *restrict tanh_c = cell_tanh;
  const float *restrict dh = hidden_gradient;
  float *restrict dc = cell_gradient;
  float *restrict dc_before = cell_gradient_before;

#pragma omp simd
  for (size_t u = 0; u < units; u++)
    {
      const float total = dc[u] + dh[u] * o[u] * (1.0f - tanh_c[u] * tanh_c[u]);
      dc[u] = total;
      di[u] = total * g[u] * i[u] * (1.0f - i[u]);
      df[u] = total * before[u] * f[u] * (1.0f - f[u]);
      dg[u] = total * i[u] * (1.0f - g[u] * g[u]);
      d_o[u] = dh[u] * tanh_c[u] * o[u] * (1.0f - o[u]);
      dc_before[u] = total * f[u];
    }
}
