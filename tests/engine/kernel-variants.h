/* kernel-variants.h: the kernels of engine/kernels.h in several makes, to hold one against the other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kernels.h"

/* Members as the functions nn_kernel_*. */
typedef struct
{
  const char *name;
  void (*affine) (float *pre, const float *letter, const float *bias, const float *h, const float *u, size_t stride,
                  size_t rows, size_t n, int backwards);
  void (*add_rows) (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n);
  void (*dot_rows) (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split,
                    int add, int backwards);
  void (*add_outer) (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
                     float scale, size_t steps, size_t rows, size_t n);
  void (*dot_and_outer) (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                         size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split);
  void (*add_scaled) (float *sum, const float *x, float scale, size_t n);
  float (*sum_abs) (const float *x, size_t n);
  void (*sigmoid) (float *x, size_t n);
  void (*lstm_cell) (float *gates, const float *cell_before, float *cell, float *cell_tanh, float *hidden,
                     size_t units);
  void (*lstm_cell_backward) (const float *gates, const float *cell_before, const float *cell_tanh,
                              const float *hidden_gradient, float *cell_gradient, float *cell_gradient_before,
                              float *gate_gradients, size_t units);
} KernelVariant;

/* What the engine calls: chosen when the program starts by what the processor has. */
extern const KernelVariant kernels_dispatched;

/* The same source for a processor whose vectors have 32 bytes. */
extern const KernelVariant kernels_v3;

/* The same source for a processor that has nothing beyond the baseline. */
extern const KernelVariant kernels_default;

/* Plain loops in double, each result rounded once: what the kernels should give. */
extern const KernelVariant kernels_exact;

/* Plain loops in float that are kept from vectorising: what the kernels should outrun. */
extern const KernelVariant kernels_plain;
