/* kernels.c: the few loops in which training spends its time.
 *
 * This one file is compiled with flags that let GCC vectorise it (see meson.build); it needs no intrinsics. The inner
 * loops are inlined into the entry points, and only those are cloned for newer processors. Recurrent weights stream
 * from the second-level cache, so each loop takes eight rows a pass: that is what keeps its loads and its arithmetic in
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
#define NN_HAS_CLONES 1
#else
#define NN_ENTRY
#define NN_HAS_CLONES 0
#endif

#define NN_INNER static inline __attribute__ ((always_inline))

/* Eight numbers at any address. */
typedef float Vector __attribute__ ((vector_size (32), aligned (4), may_alias));
typedef int Places __attribute__ ((vector_size (32)));

/* The steps that an outer product takes at a time. */
#define MAX_STEPS 64

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

/* ---- In registers ----
 *
 * The same three products for processors with sixteen vector registers of eight numbers. What is summed stays in eight
 * of them, so that a pass over the weights costs their loads alone. GCC does not find this by itself. */

/* The columns that a sum of rows takes at a time. */
#define TILE 64

/* For each column the rows are added one after the other, whatever tile it stands in: its bits do not depend on that. */
NN_INNER void
add_rows_in_registers (float *restrict sum, const float *restrict w, const float *restrict m, size_t stride, size_t rows,
                       size_t n)
{
  size_t j = 0;

  for (; j + TILE <= n; j += TILE)
    {
      Vector *const out = (Vector *) (sum + j);
      Vector a0 = out[0], a1 = out[1], a2 = out[2], a3 = out[3], a4 = out[4], a5 = out[5], a6 = out[6], a7 = out[7];

      for (size_t k = 0; k < rows; k++)
        {
          const Vector *const row = (const Vector *) (m + k * stride + j);
          const float weight = w[k];

          a0 += weight * row[0];
          a1 += weight * row[1];
          a2 += weight * row[2];
          a3 += weight * row[3];
          a4 += weight * row[4];
          a5 += weight * row[5];
          a6 += weight * row[6];
          a7 += weight * row[7];
        }
      out[0] = a0;
      out[1] = a1;
      out[2] = a2;
      out[3] = a3;
      out[4] = a4;
      out[5] = a5;
      out[6] = a6;
      out[7] = a7;
    }
  for (size_t k = 0; k < rows && j < n; k++)
    {
      const float *restrict row = m + k * stride;
      const float weight = w[k];
#pragma omp simd
      for (size_t i = j; i < n; i++)
        sum[i] += weight * row[i];
    }
}

/* Of two vectors at once: sums of neighbours, then of their pairs, then of the halves. Macros, for a function of such
 * vectors would not have the same ABI everywhere. */
#define PICK(a, b, ...) __builtin_shuffle (a, b, (Places){ __VA_ARGS__ })
#define ADD_ONES(a, b) (PICK (a, b, 0, 8, 2, 10, 4, 12, 6, 14) + PICK (a, b, 1, 9, 3, 11, 5, 13, 7, 15))
#define ADD_PAIRS(a, b) (PICK (a, b, 0, 1, 8, 9, 4, 5, 12, 13) + PICK (a, b, 2, 3, 10, 11, 6, 7, 14, 15))
#define ADD_HALVES(a, b) (PICK (a, b, 0, 1, 2, 3, 8, 9, 10, 11) + PICK (a, b, 4, 5, 6, 7, 12, 13, 14, 15))

/* The dot products of eight rows as one vector. */
NN_INNER void
dot_8_rows_in_registers (float *restrict out, const float *restrict m, const float *restrict d, size_t stride, size_t n,
                         int add)
{
  Vector a0 = { 0 }, a1 = { 0 }, a2 = { 0 }, a3 = { 0 }, a4 = { 0 }, a5 = { 0 }, a6 = { 0 }, a7 = { 0 };
  size_t j = 0;

  for (; j + 8 <= n; j += 8)
    {
      const float *const at = m + j;
      const Vector x = *(const Vector *) (d + j);

      a0 += x * *(const Vector *) at;
      a1 += x * *(const Vector *) (at + stride);
      a2 += x * *(const Vector *) (at + 2 * stride);
      a3 += x * *(const Vector *) (at + 3 * stride);
      a4 += x * *(const Vector *) (at + 4 * stride);
      a5 += x * *(const Vector *) (at + 5 * stride);
      a6 += x * *(const Vector *) (at + 6 * stride);
      a7 += x * *(const Vector *) (at + 7 * stride);
    }
  a0 = ADD_ONES (a0, a1);
  a2 = ADD_ONES (a2, a3);
  a4 = ADD_ONES (a4, a5);
  a6 = ADD_ONES (a6, a7);
  a0 = ADD_PAIRS (a0, a2);
  a4 = ADD_PAIRS (a4, a6);
  a0 = ADD_HALVES (a0, a4);
  if (add)
    a0 += *(Vector *) out;
  *(Vector *) out = a0;
  for (size_t k = 0; k < 8 && j < n; k++)
    out[k] += dot_row (m + k * stride + j, d + j, n - j);
}

NN_INNER void
dot_rows_in_registers (float *restrict out, const float *restrict m, const float *restrict d, size_t stride, size_t rows,
                       size_t n, size_t split, int add)
{
  size_t k = 0;

  for (; k + 8 <= rows; k += 8)
    {
      dot_8_rows_in_registers (out + k, m + k * stride, d, stride, split, add);
      if (split < n)
        dot_8_rows_in_registers (out + k, m + k * stride + split, d + split, stride, n - split, 1);
    }
  dot_rows (out + k, m + k * stride, d, stride, rows - k, n, split, add);
}

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

/* ---- Entry points ---- */

NN_INNER void
affine (float *pre, const float *letter, const float *bias, size_t n)
{
  float *restrict out = pre;

#pragma omp simd
  for (size_t j = 0; j < n; j++)
    out[j] = letter[j] + bias[j];
}

/* Not clones: the two take different ways. */
#if NN_HAS_CLONES
#define NN_V3 __attribute__ ((target ("arch=x86-64-v3")))

NN_V3 static void
affine_v3 (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
           size_t rows, size_t n)
{
  affine (pre, letter, bias, n);
  add_rows_in_registers (pre, h, u, stride, rows, n);
}

NN_V3 static void
add_rows_v3 (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n)
{
  add_rows_in_registers (sum, w, m, stride, rows, n);
}

NN_V3 static void
dot_rows_v3 (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split, int add)
{
  dot_rows_in_registers (out, m, d, stride, rows, n, split, add);
}

#define HAS_V3 (__builtin_cpu_supports ("x86-64-v3"))
#endif

void
nn_kernel_affine (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
                  size_t rows, size_t n)
{
#if NN_HAS_CLONES
  if (HAS_V3)
    {
      affine_v3 (pre, letter, bias, h, u, stride, rows, n);
      return;
    }
#endif
  affine (pre, letter, bias, n);
  add_rows (pre, h, u, stride, rows, n);
}

void
nn_kernel_add_rows (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n)
{
#if NN_HAS_CLONES
  if (HAS_V3)
    {
      add_rows_v3 (sum, w, m, stride, rows, n);
      return;
    }
#endif
  add_rows (sum, w, m, stride, rows, n);
}

void
nn_kernel_dot_rows (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split,
                    int add)
{
#if NN_HAS_CLONES
  if (HAS_V3)
    {
      dot_rows_v3 (out, m, d, stride, rows, n, split, add);
      return;
    }
#endif
  dot_rows (out, m, d, stride, rows, n, split, add);
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
__attribute__ ((target ("arch=x86-64-v3"))) static void
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
  if (__builtin_cpu_supports ("x86-64-v3"))
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
