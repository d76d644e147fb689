/* kernels-exact.c: the kernels as plain loops in double; each result is rounded once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-variants.h"

#include <math.h>

static void
exact_add_rows (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n)
{
  for (size_t j = 0; j < n; j++)
    {
      double s = sum[j];

      for (size_t k = 0; k < rows; k++)
        s += (double) w[k] * m[k * stride + j];
      sum[j] = (float) s;
    }
}

static void
exact_affine (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
              size_t rows, size_t n, int backwards)
{
  (void) backwards;
  for (size_t j = 0; j < n; j++)
    {
      double s = (double) letter[j] + bias[j];

      for (size_t k = 0; k < rows; k++)
        s += (double) h[k] * u[k * stride + j];
      pre[j] = (float) s;
    }
}

static void
exact_dot_rows (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split, int add,
                int backwards)
{
  (void) split;
  (void) backwards;
  for (size_t k = 0; k < rows; k++)
    {
      double s = add ? out[k] : 0;

      for (size_t j = 0; j < n; j++)
        s += (double) m[k * stride + j] * d[j];
      out[k] = (float) s;
    }
}

static void
exact_add_outer (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride, float scale,
                 size_t steps, size_t rows, size_t n)
{
  for (size_t k = 0; k < rows; k++)
    for (size_t j = 0; j < n; j++)
      {
        double s = m[k * stride + j];

        for (size_t t = 0; t < steps; t++)
          s += (double) scale * h[t * h_stride + k] * d[t * d_stride + j];
        m[k * stride + j] = (float) s;
      }
}

static void
exact_dot_and_outer (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                     size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  exact_dot_rows (out, m, d, stride, rows, n, split, 0, 0);
  exact_add_outer (m, stride, h, h_stride, d, d_stride, scale, steps, rows, n);
}

static void
exact_add_scaled (float *sum, const float *x, float scale, size_t n)
{
  for (size_t j = 0; j < n; j++)
    sum[j] = (float) (sum[j] + (double) scale * x[j]);
}

static float
exact_sum_abs (const float *x, size_t n)
{
  double s = 0;

  for (size_t j = 0; j < n; j++)
    s += fabs ((double) x[j]);
  return (float) s;
}

static double
exact_logistic (double x)
{
  return 1.0 / (1.0 + exp (-x));
}

static void
exact_sigmoid (float *x, size_t n)
{
  for (size_t j = 0; j < n; j++)
    x[j] = (float) exact_logistic (x[j]);
}

static void
exact_lstm_cell (float *gates, const float *cell_before, float *cell, float *cell_tanh, float *hidden, size_t units)
{
  for (size_t u = 0; u < units; u++)
    {
      double i = exact_logistic (gates[u]);
      double f = exact_logistic (gates[units + u]);
      double g = tanh (gates[2 * units + u]);
      double o = exact_logistic (gates[3 * units + u]);
      double c = f * cell_before[u] + i * g;

      gates[u] = (float) i;
      gates[units + u] = (float) f;
      gates[2 * units + u] = (float) g;
      gates[3 * units + u] = (float) o;
      cell[u] = (float) c;
      cell_tanh[u] = (float) tanh (c);
      hidden[u] = (float) (o * tanh (c));
    }
}

static void
exact_lstm_cell_backward (const float *gates, const float *cell_before, const float *cell_tanh,
                          const float *hidden_gradient, float *cell_gradient, float *cell_gradient_before,
                          float *gate_gradients, size_t units)
{
  for (size_t u = 0; u < units; u++)
    {
      double i = gates[u], f = gates[units + u], g = gates[2 * units + u], o = gates[3 * units + u];
      double tanh_c = cell_tanh[u], dh = hidden_gradient[u];
      double dc = cell_gradient[u] + dh * o * (1 - tanh_c * tanh_c);

      cell_gradient[u] = (float) dc;
      cell_gradient_before[u] = (float) (dc * f);
      gate_gradients[u] = (float) (dc * g * i * (1 - i));
      gate_gradients[units + u] = (float) (dc * cell_before[u] * f * (1 - f));
      gate_gradients[2 * units + u] = (float) (dc * i * (1 - g * g));
      gate_gradients[3 * units + u] = (float) (dh * tanh_c * o * (1 - o));
    }
}

const KernelVariant kernels_exact = {
  "exact",          exact_affine,  exact_add_rows, exact_dot_rows,  exact_add_outer,
  exact_dot_and_outer,
  exact_add_scaled, exact_sum_abs, exact_sigmoid,  exact_lstm_cell, exact_lstm_cell_backward,
};
