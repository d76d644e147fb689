/* kernels-plain.c: the kernels as one would first write them, in float; compiled so that nothing gets vectorised.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-variants.h"

#include <math.h>

static void
plain_add_rows (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n)
{
  for (size_t k = 0; k < rows; k++)
    for (size_t j = 0; j < n; j++)
      sum[j] += w[k] * m[k * stride + j];
}

static void
plain_affine (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
              size_t rows, size_t n, int backwards)
{
  (void) backwards;
  for (size_t j = 0; j < n; j++)
    pre[j] = letter[j] + bias[j];
  plain_add_rows (pre, h, u, stride, rows, n);
}

static void
plain_dot_rows (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split, int add,
                int backwards)
{
  (void) split;
  (void) backwards;
  for (size_t k = 0; k < rows; k++)
    {
      float s = add ? out[k] : 0;

      for (size_t j = 0; j < n; j++)
        s += m[k * stride + j] * d[j];
      out[k] = s;
    }
}

static void
plain_add_outer (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
                 size_t steps, size_t rows, size_t n)
{
  for (size_t t = 0; t < steps; t++)
    for (size_t k = 0; k < rows; k++)
      for (size_t j = 0; j < n; j++)
        m[k * stride + j] += scale * h[t * h_stride + k] * d[t * d_stride + j];
}

static void
plain_dot_and_outer (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                     size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  plain_dot_rows (out, m, d, stride, rows, n, split, 0, 0);
  plain_add_outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n);
}

static void
plain_add_scaled (float *sum, const float *x, float scale, size_t n)
{
  for (size_t j = 0; j < n; j++)
    sum[j] += scale * x[j];
}

static float
plain_sum_abs (const float *x, size_t n)
{
  float s = 0;

  for (size_t j = 0; j < n; j++)
    s += fabsf (x[j]);
  return s;
}

static float
logistic (float x)
{
  return 1.0f / (1.0f + expf (-x));
}

static void
plain_sigmoid (float *x, size_t n)
{
  for (size_t j = 0; j < n; j++)
    x[j] = logistic (x[j]);
}

static void
plain_lstm_cell (float *gates, const float *cell_before, float *cell, float *cell_tanh, float *hidden, size_t units)
{
  for (size_t u = 0; u < units; u++)
    {
      const float i = gates[u] = logistic (gates[u]);
      const float f = gates[units + u] = logistic (gates[units + u]);
      const float g = gates[2 * units + u] = tanhf (gates[2 * units + u]);
      const float o = gates[3 * units + u] = logistic (gates[3 * units + u]);

      cell[u] = f * cell_before[u] + i * g;
      cell_tanh[u] = tanhf (cell[u]);
      hidden[u] = o * cell_tanh[u];
    }
}

static void
plain_lstm_cell_backward (const float *gates, const float *cell_before, const float *cell_tanh,
                          const float *hidden_gradient, float *cell_gradient, float *cell_gradient_before,
                          float *gate_gradients, size_t units)
{
  for (size_t u = 0; u < units; u++)
    {
      const float i = gates[u], f = gates[units + u], g = gates[2 * units + u], o = gates[3 * units + u];
      const float tanh_c = cell_tanh[u], dh = hidden_gradient[u];
      const float dc = cell_gradient[u] + dh * o * (1 - tanh_c * tanh_c);

      cell_gradient[u] = dc;
      cell_gradient_before[u] = dc * f;
      gate_gradients[u] = dc * g * i * (1 - i);
      gate_gradients[units + u] = dc * cell_before[u] * f * (1 - f);
      gate_gradients[2 * units + u] = dc * i * (1 - g * g);
      gate_gradients[3 * units + u] = dh * tanh_c * o * (1 - o);
    }
}

const KernelVariant kernels_plain = {
  "plain",          plain_affine,  plain_add_rows, plain_dot_rows,  plain_add_outer,
  plain_dot_and_outer,
  plain_add_scaled, plain_sum_abs, plain_sigmoid,  plain_lstm_cell, plain_lstm_cell_backward,
};
