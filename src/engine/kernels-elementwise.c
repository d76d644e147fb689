/* kernels-elementwise.c: what is done number by number: the gates, the cell, and small sums.
 *
 * Compiled with the flags of kernels.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/kernels-private.h"

#include <math.h>

/* tanh by a rational function of degree 9 over 8, fitted to the least maximum error on [-8, 8]; the largest absolute
 * error in float32 is 3.6e-7. Beyond 8 it is 1 to within float32. NaN stays NaN. */
NN_INNER float
rational_tanh (float x)
{
  float above = -8.0f > x ? -8.0f : x;
  float z = 8.0f < above ? 8.0f : above;
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

/* 0.5 + 0.5 tanh (x / 2) with the halves in the coefficients, powers of two. */
NN_INNER float
rational_sigmoid (float x)
{
  float above = -16.0f > x ? -16.0f : x;
  float z = 16.0f < above ? 16.0f : above;
  float y = z * z;
  float p = 1.50632075e-08f / 1024;
  float q = 8.45422895e-07f / 256;

  p = p * y + 2.17742405e-05f / 256;
  p = p * y + 0.00356421637f / 64;
  p = p * y + 0.134382419f / 16;
  p = p * y + 0.99999997f / 4;
  q = q * y + 0.000339927799f / 64;
  q = q * y + 0.0261362449f / 16;
  q = q * y + 0.467715627f / 4;
  q = q * y + 1.0f;
  return 0.5f + z * p / q;
}

NN_ENTRY void
nn_kernel_add_scaled (float *sum, const float *x, float scale, size_t n)
{
  float *restrict out = sum;

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    out[j] += scale * x[j];
}

/* Four sums at a time: one alone would wait for itself. */
NN_ENTRY float
nn_kernel_sum_abs (const float *x, size_t n)
{
  const size_t quarter = n / 4;
  const float *const x1 = x + quarter, *const x2 = x1 + quarter, *const x3 = x2 + quarter;
  float s0 = 0, s1 = 0, s2 = 0, s3 = 0;

#pragma omp simd reduction(+ : s0, s1, s2, s3)
  for (size_t j = 0; j < quarter; j++)
    {
      s0 += fabsf (x[j]);
      s1 += fabsf (x1[j]);
      s2 += fabsf (x2[j]);
      s3 += fabsf (x3[j]);
    }
  for (size_t j = 4 * quarter; j < n; j++)
    s0 += fabsf (x[j]);
  return (s0 + s1) + (s2 + s3);
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

      i[u] = it;
      f[u] = ft;
      g[u] = gt;
      o[u] = ot;
      c[u] = ft * before[u] + it * gt;
    }
  /* By itself, so that the processor need not wait for one unit's cell before it begins the next one's gates. */
#pragma omp simd
  for (size_t u = 0; u < units; u++)
    {
      const float tt = rational_tanh (c[u]);

      tanh_c[u] = tt;
      h[u] = o[u] * tt;
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
