/* kernels.h: the few loops in which training spends its time.
 *
 * Each takes plain arrays of float32, rows one after the other at a stride. All may be called with any sizes, 0 too.
 * Where the processor has AVX2 and FMA (x86-64-v3), or AVX-512 (x86-64-v4), a version compiled for it is chosen when the
 * program runs. What these give differs by rounding.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* @backwards below: from which end the weights are read. The result is the same bits either way; a pass that begins
 * where the last one ended finds that end in the first-level cache. */

/* nn_kernel_affine:
 * pre [n] = letter [n] + bias [n] + h U, with h [rows] and U [rows x n] at @stride. */
void nn_kernel_affine (float *pre, const float *letter, const float *bias, const float *h, const float *u,
                       size_t stride, size_t rows, size_t n, int backwards);

/* nn_kernel_add_rows:
 * sum [n] += w M, with w [rows] and M [rows x n] at @stride. */
void nn_kernel_add_rows (float *sum, const float *w, const float *m, size_t stride, size_t rows, size_t n);

/* nn_kernel_dot_rows:
 * out [rows] = M d (or += where @add), with M [rows x n] at @stride and d [n].
 * @split: each row is summed in two parts, columns 0..split-1 and then the rest, as two threads with a part each would
 *   sum it; n for one part */
void nn_kernel_dot_rows (float *out, const float *m, const float *d, size_t stride, size_t rows, size_t n, size_t split,
                         int add, int backwards);

/* nn_kernel_add_outer:
 * M [rows x n] += scale H^T D, with H [steps x rows] at @h_stride, D [steps x n] at @d_stride, M at @stride. */
void nn_kernel_add_outer (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
                          float scale, size_t steps, size_t rows, size_t n);

/* nn_kernel_dot_and_outer:
 * out [rows] = M d, where d [n] is D's first row, and then M += scale H^T D, which would read M again: as
 * nn_kernel_dot_rows and then nn_kernel_add_outer, but for the order of the sums in out. @steps is at least 1. */
void nn_kernel_dot_and_outer (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d,
                              size_t d_stride, float scale, size_t steps, size_t rows, size_t n, size_t split);

/* nn_kernel_add_scaled: sum [n] += scale * x [n]. */
void nn_kernel_add_scaled (float *sum, const float *x, float scale, size_t n);

/* nn_kernel_sum_abs: the sum of |x| over x [n]; not finite when any of them is not. */
float nn_kernel_sum_abs (const float *x, size_t n);

/* nn_kernel_sigmoid: x [n] becomes 1 / (1 + exp (-x)). */
void nn_kernel_sigmoid (float *x, size_t n);

/* nn_kernel_lstm_cell:
 * One step of @units cells (Hochreiter and Schmidhuber 1997; Gers et al. 2000):
 * i, f, o = sigmoid, g = tanh of the pre-activations; c_t = f c_(t-1) + i g; h_t = o tanh c_t.
 * @gates: [4 x units], pre-activations i, f, g, o; becomes the activations. */
void nn_kernel_lstm_cell (float *gates, const float *cell_before, float *cell, float *cell_tanh, float *hidden,
                          size_t units);

/* nn_kernel_lstm_cell_backward:
 * The derivative of the loss by the four pre-activations of @units cells.
 * @hidden_gradient: dL/dh_t [units]
 * @cell_gradient: dL/dc_t by way of later steps [units]; becomes the total dL/dc_t
 * @cell_gradient_before: (out): dL/dc_(t-1) by way of this step [units]
 * @gate_gradients: (out): [4 x units] */
void nn_kernel_lstm_cell_backward (const float *gates, const float *cell_before, const float *cell_tanh,
                                   const float *hidden_gradient, float *cell_gradient, float *cell_gradient_before,
                                   float *gate_gradients, size_t units);
