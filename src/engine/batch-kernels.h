/* batch-kernels.h: the loops of training on several names at once, and of the optimizers' passes.
 *
 * Like those of kernels.h they know no GLib. Sums are taken in an order that the sizes alone decide.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* nn_batch_product:
 * C [rows x n] += A B, with C at @c_stride, B [sums x n] at @b_stride, and A [rows x sums] with @a_row from one row to
 * the next and @a_sum from one summand to the next: 1 and a stride, or the other way round, for A stored transposed. */
void nn_batch_product (float *c, size_t c_stride, const float *a, size_t a_row, size_t a_sum, const float *b,
                       size_t b_stride, size_t rows, size_t sums, size_t n);

/* nn_batch_transpose: out [n x rows] at @out_stride = M^T, with M [rows x n] at @stride. */
void nn_batch_transpose (float *out, size_t out_stride, const float *m, size_t stride, size_t rows, size_t n);

/* nn_batch_sum_squares: the sum of x^2 over x [n]; not finite when any of them is not, or is beyond 1e19. */
double nn_batch_sum_squares (const float *x, size_t n);

/* nn_batch_multiply: x [n] *= y [n]. */
void nn_batch_multiply (float *x, const float *y, size_t n);

/* nn_batch_scale: x [n] *= scale. */
void nn_batch_scale (float *x, float scale, size_t n);

/* nn_batch_approach: x [n] += share * (y - x), so that x becomes a running mean of y. */
void nn_batch_approach (float *x, const float *y, float share, size_t n);

/* nn_batch_adam:
 * One step of Adam (Kingma and Ba 2015, algorithm 1) on parameters x [n] with gradient g [n]:
 * m += new_mean (g - m); v = old_square v + new_square g^2; x -= rate m / (sqrt (v) root + epsilon).
 * @new_mean: 1 - b1
 * @old_square: b2
 * @new_square: 1 - b2, which must not be taken in float: 0.999 is too far from it there
 * @rate: the learning rate / (1 - b1^t)
 * @root: 1 / sqrt (1 - b2^t) */
void nn_batch_adam (float *x, const float *g, float *m, float *v, float new_mean, float old_square, float new_square,
                    float rate, float root, float epsilon, size_t n);
