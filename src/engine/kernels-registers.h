/* kernels-registers.h: the products with the recurrent weights for processors with many vector registers.
 *
 * What is summed stays in eight of them, so that a pass over the weights costs their loads alone. GCC does not find this
 * by itself. Included by kernels.c once for each width of vectors: LANES is how many numbers one holds, and
 * WIDE (name) the name of what has this width; the narrow ones come first.
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What four vectors of a row add to its sum. */
#define ADD_FOUR(sum, row) \
  ((sum) += x0 * ((const WIDE (Vector) *) (row))[0], (sum) += x1 * ((const WIDE (Vector) *) (row))[1], \
   (sum) += x2 * ((const WIDE (Vector) *) (row))[2], (sum) += x3 * ((const WIDE (Vector) *) (row))[3])

/* Eight numbers with the same sum. */
#if LANES > 8
#define NARROW(a) (LOWER_HALF (a) + UPPER_HALF (a))
#else
#define NARROW(a) (a)
#endif

/* One tile: eight narrow vectors, or four wide ones. For each column the rows are added one after the other, whatever tile
 * it stands in: its bits do not depend on that. */
NN_INNER void
WIDE (add_rows_to_tile) (float *restrict sum, const float *restrict w, const float *restrict m, size_t stride,
                         size_t rows)
{
  WIDE (Vector) *const out = (WIDE (Vector) *) sum;
  WIDE (Vector) a0 = out[0], a1 = out[1], a2 = out[2], a3 = out[3];
#if LANES == 8
  WIDE (Vector) a4 = out[4], a5 = out[5], a6 = out[6], a7 = out[7];
#endif

#pragma GCC unroll 8
  for (size_t k = 0; k < rows; k++)
    {
      const WIDE (Vector) *const row = (const WIDE (Vector) *) (m + k * stride);
      const float weight = w[k];

      a0 += weight * row[0];
      a1 += weight * row[1];
      a2 += weight * row[2];
      a3 += weight * row[3];
#if LANES == 8
      a4 += weight * row[4];
      a5 += weight * row[5];
      a6 += weight * row[6];
      a7 += weight * row[7];
#endif
    }
  out[0] = a0;
  out[1] = a1;
  out[2] = a2;
  out[3] = a3;
#if LANES == 8
  out[4] = a4;
  out[5] = a5;
  out[6] = a6;
  out[7] = a7;
#endif
}

NN_INNER void
WIDE (add_few_rows_in_registers) (float *restrict sum, const float *restrict w, const float *restrict m, size_t stride,
                           size_t rows, size_t n, int backwards)
{
  const size_t tiles = n / TILE, rest = tiles * TILE;

  for (size_t i = 0; i < tiles; i++)
    {
      const size_t j = TILE * (backwards ? tiles - 1 - i : i);

      WIDE (add_rows_to_tile) (sum + j, w, m + j, stride, rows);
    }
  for (size_t k = 0; k < rows && rest < n; k++)
    {
      const float *restrict row = m + k * stride;
      const float weight = w[k];
#pragma omp simd
      for (size_t j = rest; j < n; j++)
        sum[j] += weight * row[j];
    }
}

/* So many rows at a time that the processor can keep the addresses of all the pages that they lie on. */
NN_INNER void
WIDE (add_rows_in_registers) (float *restrict sum, const float *restrict w, const float *restrict m, size_t stride, size_t rows,
                       size_t n, int backwards)
{
  const size_t at_once = stride == 0 || stride > MOST_FLOATS ? 1 : MOST_FLOATS / stride;

  for (size_t k = 0; k < rows; k += at_once)
    WIDE (add_few_rows_in_registers) (sum, w + k, m + k * stride, stride, rows - k < at_once ? rows - k : at_once, n, backwards);
}

/* The dot products of eight rows as one vector. */
NN_INNER void
WIDE (dot_8_rows_in_registers) (float *restrict out, const float *restrict m, const float *restrict d, size_t stride, size_t n,
                         int add)
{
  const float *const m1 = m + stride, *const m2 = m1 + stride, *const m3 = m2 + stride, *const m4 = m3 + stride;
  const float *const m5 = m4 + stride, *const m6 = m5 + stride, *const m7 = m6 + stride;
  WIDE (Vector) a0 = { 0 }, a1 = { 0 }, a2 = { 0 }, a3 = { 0 }, a4 = { 0 }, a5 = { 0 }, a6 = { 0 }, a7 = { 0 };
  Vector_8 b0, b2, b4, b6;
  size_t j = 0;

  /* Of each row whole lines of the cache, one after the other. */
  for (; j + 4 * LANES <= n; j += 4 * LANES)
    {
      const WIDE (Vector) *const x = (const WIDE (Vector) *) (d + j);
      const WIDE (Vector) x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];

      ADD_FOUR (a0, m + j);
      ADD_FOUR (a1, m1 + j);
      ADD_FOUR (a2, m2 + j);
      ADD_FOUR (a3, m3 + j);
      ADD_FOUR (a4, m4 + j);
      ADD_FOUR (a5, m5 + j);
      ADD_FOUR (a6, m6 + j);
      ADD_FOUR (a7, m7 + j);
    }
  for (; j + LANES <= n; j += LANES)
    {
      const WIDE (Vector) x = *(const WIDE (Vector) *) (d + j);

      a0 += x * *(const WIDE (Vector) *) (m + j);
      a1 += x * *(const WIDE (Vector) *) (m1 + j);
      a2 += x * *(const WIDE (Vector) *) (m2 + j);
      a3 += x * *(const WIDE (Vector) *) (m3 + j);
      a4 += x * *(const WIDE (Vector) *) (m4 + j);
      a5 += x * *(const WIDE (Vector) *) (m5 + j);
      a6 += x * *(const WIDE (Vector) *) (m6 + j);
      a7 += x * *(const WIDE (Vector) *) (m7 + j);
    }
  b0 = ADD_ONES (NARROW (a0), NARROW (a1));
  b2 = ADD_ONES (NARROW (a2), NARROW (a3));
  b4 = ADD_ONES (NARROW (a4), NARROW (a5));
  b6 = ADD_ONES (NARROW (a6), NARROW (a7));
  b0 = ADD_PAIRS (b0, b2);
  b4 = ADD_PAIRS (b4, b6);
  b0 = ADD_HALVES (b0, b4);
  if (add)
    b0 += *(Vector_8 *) out;
  *(Vector_8 *) out = b0;
  for (size_t k = 0; k < 8 && j < n; k++)
    out[k] += dot_row (m + k * stride + j, d + j, n - j);
}

NN_INNER void
WIDE (dot_rows_in_registers) (float *restrict out, const float *restrict m, const float *restrict d, size_t stride, size_t rows,
                       size_t n, size_t split, int add, int backwards)
{
  const size_t eights = rows / 8, rest = 8 * eights;

  for (size_t i = 0; i < eights; i++)
    {
      const size_t k = 8 * (backwards ? eights - 1 - i : i);

      WIDE (dot_8_rows_in_registers) (out + k, m + k * stride, d, stride, split, add);
      if (split < n)
        WIDE (dot_8_rows_in_registers) (out + k, m + k * stride + split, d + split, stride, n - split, 1);
    }
  dot_rows (out + rest, m + rest * stride, d, stride, rows - rest, n, split, add);
}

#undef ADD_FOUR
#undef NARROW
