/* batch-block.h: the inside of nn_batch_product, for one width of vector. Included by batch-kernels.c alone, once for
 * each width, with BLOCK (name) naming the functions, BLOCK_BYTES a vector's bytes and BLOCK_ROWS the rows of the
 * largest block (8 or 4).
 *
 * A block of C, some rows by two vectors, stays in registers over all summands: a summand costs two loads of B and one
 * number of A a row for two multiply-adds a row, so that it is the arithmetic that limits it, and each load of B serves
 * all rows of the block. GCC does not find this by itself, hence the vector type.
 * SPDX-License-Identifier: GPL-3.0-or-later */

typedef float BLOCK (Vector) __attribute__ ((vector_size (BLOCK_BYTES), aligned (4), may_alias));

#define BLOCK_WIDTH (BLOCK_BYTES / sizeof (float))

/* @rows and @vectors are constants where this is inlined. @a: [sums x rows] */
NN_INNER void
BLOCK (tile) (float *c, size_t c_stride, const float *a, const float *b, size_t b_stride, size_t sums, size_t rows,
              size_t vectors)
{
  BLOCK (Vector) sum[8][4];

#pragma GCC unroll 8
  for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++)
      sum[r][v] = ((BLOCK (Vector) *) (c + r * c_stride))[v];
  for (size_t s = 0; s < sums; s++)
    {
      BLOCK (Vector) row[4];

#pragma GCC unroll 4
      for (size_t v = 0; v < vectors; v++)
        row[v] = ((const BLOCK (Vector) *) (b + s * b_stride))[v];
#pragma GCC unroll 8
      for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++)
          sum[r][v] += a[s * rows + r] * row[v];
    }
#pragma GCC unroll 8
  for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++)
      ((BLOCK (Vector) *) (c + r * c_stride))[v] = sum[r][v];
}

/* @rows rows (a constant), at most MAX_SUMS summands. */
NN_INNER void
BLOCK (strip) (float *c, size_t c_stride, const float *a, size_t a_row, size_t a_sum, const float *b, size_t b_stride,
               size_t sums, size_t n, size_t rows)
{
  /* Eight sums at least, so that a multiply-add need not wait for the one before. */
  const size_t vectors = rows > 2 ? 2 : 4;
  float packed[8 * MAX_SUMS];
  size_t j = 0;

  for (size_t s = 0; s < sums; s++)
    for (size_t r = 0; r < rows; r++)
      packed[s * rows + r] = a[r * a_row + s * a_sum];
  for (; j + vectors * BLOCK_WIDTH <= n; j += vectors * BLOCK_WIDTH)
    BLOCK (tile) (c + j, c_stride, packed, b + j, b_stride, sums, rows, vectors);
  for (; j + BLOCK_WIDTH <= n; j += BLOCK_WIDTH)
    BLOCK (tile) (c + j, c_stride, packed, b + j, b_stride, sums, rows, 1);
  for (; j < n; j++)
    for (size_t r = 0; r < rows; r++)
      {
        float sum = c[r * c_stride + j];

        for (size_t s = 0; s < sums; s++)
          sum += packed[s * rows + r] * b[s * b_stride + j];
        c[r * c_stride + j] = sum;
      }
}

NN_INNER void
BLOCK (product) (float *c, size_t c_stride, const float *a, size_t a_row, size_t a_sum, const float *b, size_t b_stride,
                 size_t rows, size_t sums, size_t n)
{
  for (size_t s = 0; s < sums; s += MAX_SUMS)
    {
      const size_t some = sums - s < MAX_SUMS ? sums - s : MAX_SUMS;
      const float *const from = b + s * b_stride;
      const float *a_rest;
      float *c_rest;
      size_t r = 0;

      for (; r + BLOCK_ROWS <= rows; r += BLOCK_ROWS)
        BLOCK (strip) (c + r * c_stride, c_stride, a + r * a_row + s * a_sum, a_row, a_sum, from, b_stride, some, n,
                       BLOCK_ROWS);
      for (; BLOCK_ROWS > 4 && r + 4 <= rows; r += 4)
        BLOCK (strip) (c + r * c_stride, c_stride, a + r * a_row + s * a_sum, a_row, a_sum, from, b_stride, some, n, 4);
      c_rest = c + r * c_stride;
      a_rest = a + r * a_row + s * a_sum;
      if (rows - r == 3)
        BLOCK (strip) (c_rest, c_stride, a_rest, a_row, a_sum, from, b_stride, some, n, 3);
      else if (rows - r == 2)
        BLOCK (strip) (c_rest, c_stride, a_rest, a_row, a_sum, from, b_stride, some, n, 2);
      else if (rows - r == 1)
        BLOCK (strip) (c_rest, c_stride, a_rest, a_row, a_sum, from, b_stride, some, n, 1);
    }
}

#undef BLOCK_WIDTH
