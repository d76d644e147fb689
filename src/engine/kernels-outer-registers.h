/* kernels-outer-registers.h: outer products for processors with many vector registers.
 *
 * Included by kernels-outer.c once for each width of vectors: LANES is how many numbers one holds, and WIDE (name) the
 * name of what has this width; the narrow ones come first.
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Eight numbers with the same sum. */
#if LANES > 8
#define NARROW(a) (LOWER_HALF (a) + UPPER_HALF (a))
#else
#define NARROW(a) (a)
#endif

/* Four rows by two vectors of the outer product. The block stays in registers over all steps: eight sums, and a
 * step costs six loads for eight multiply-adds, so it is the arithmetic that limits it. GCC does not find this by itself,
 * hence the vector type; it is GCC's and Clang's portable one and becomes whatever the processor has.
 * @h: [steps x 4], already scaled
 * @s: (nullable): [4]: grows by what the block gives with D's first row before it learns, for the dot products of the
 *   four rows */
NN_INNER void
WIDE (outer_block) (WIDE (Vector) *s, float *m, size_t stride, const float *h, const float *d, size_t d_stride, size_t steps)
{
  WIDE (Vector) *const r0 = (WIDE (Vector) *) m, *const r1 = (WIDE (Vector) *) (m + stride);
  WIDE (Vector) *const r2 = (WIDE (Vector) *) (m + 2 * stride), *const r3 = (WIDE (Vector) *) (m + 3 * stride);
  WIDE (Vector) a00 = r0[0], a01 = r0[1], a10 = r1[0], a11 = r1[1];
  WIDE (Vector) a20 = r2[0], a21 = r2[1], a30 = r3[0], a31 = r3[1];

  if (s != NULL)
    {
      const WIDE (Vector) *const row = (const WIDE (Vector) *) d;
      const WIDE (Vector) d0 = row[0], d1 = row[1];

      s[0] += d0 * a00;
      s[1] += d0 * a10;
      s[2] += d0 * a20;
      s[3] += d0 * a30;
      s[0] += d1 * a01;
      s[1] += d1 * a11;
      s[2] += d1 * a21;
      s[3] += d1 * a31;
    }
  for (size_t t = 0; t < steps; t++)
    {
      const WIDE (Vector) *const row = (const WIDE (Vector) *) (d + t * d_stride);
      const WIDE (Vector) d0 = row[0], d1 = row[1];
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

/* At most MAX_STEPS steps and MAX_ROWS rows, a multiple of four. */
NN_INNER void
WIDE (outer_rows_in_registers) (float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
                         float scale, size_t steps, size_t rows, size_t n)
{
  float scaled[MAX_ROWS * MAX_STEPS];

  scale_factors (scaled, h, h_stride, scale, steps, rows);
  for (size_t k = 0; k < rows; k += 4)
    {
      const float *const factors = scaled + k * steps;
      float *const four = m + k * stride;
      size_t j = 0;

      for (; j + 2 * LANES <= n; j += 2 * LANES)
        WIDE (outer_block) (NULL, four + j, stride, factors, d + j, d_stride, steps);
#if LANES > 8
      for (; j + 16 <= n; j += 16)
        outer_block_8 (NULL, four + j, stride, factors, d + j, d_stride, steps);
#endif
      for (size_t r = 0; r < 4 && j < n; r++)
        outer_row (four + r * stride + j, factors + r, 4, d + j, d_stride, 1.0f, steps, n - j);
    }
}

/* ---- With the dot products of the rows ---- */

/* out [4] (+)= M d, d being D's first row, then M += H^T D, of four rows in one pass.
 * @h: [steps x 4], already scaled */
NN_INNER void
WIDE (dot_and_outer_4_rows) (float *out, float *m, size_t stride, const float *h, const float *d, size_t d_stride,
                      size_t steps, size_t n, int add)
{
  WIDE (Vector) wide[4] = { { 0 } };
  Vector_8 s[4];
  Half sums;
  size_t j = 0;

  for (; j + 2 * LANES <= n; j += 2 * LANES)
    WIDE (outer_block) (wide, m + j, stride, h, d + j, d_stride, steps);
  for (size_t r = 0; r < 4; r++)
    s[r] = NARROW (wide[r]);
#if LANES > 8
  for (; j + 16 <= n; j += 16)
    outer_block_8 (s, m + j, stride, h, d + j, d_stride, steps);
#endif
  s[0] = ADD_ONES (s[0], s[1]);
  s[2] = ADD_ONES (s[2], s[3]);
  s[0] = ADD_PAIRS (s[0], s[2]);
  s[0] += PICK (s[0], s[0], 4, 5, 6, 7, 0, 1, 2, 3);
  sums = (Half){ s[0][0], s[0][1], s[0][2], s[0][3] };
  for (size_t r = 0; r < 4 && j < n; r++)
    {
      float *const row = m + r * stride;

      for (size_t i = j; i < n; i++)
        sums[r] += row[i] * d[i];
      outer_row (row + j, h + r, 4, d + j, d_stride, 1.0f, steps, n - j);
    }
  if (add)
    sums += *(Half *) out;
  *(Half *) out = sums;
}

/* At most MAX_STEPS steps. Takes rows by fours and returns how many; the rest is left. */
NN_INNER size_t
WIDE (dot_and_outer) (float *out, float *m, size_t stride, const float *h, size_t h_stride, const float *d, size_t d_stride,
               float scale, size_t steps, size_t rows, size_t n, size_t split)
{
  float scaled[MAX_ROWS * MAX_STEPS];

  for (size_t k = 0; k + 4 <= rows; k += 4)
    {
      const float *const factors = scaled + k % MAX_ROWS * steps;
      float *const four = m + k * stride;

      if (k % MAX_ROWS == 0)
        scale_factors (scaled, h + k, h_stride, scale, steps, rows - k < MAX_ROWS ? (rows - k) / 4 * 4 : MAX_ROWS);
      WIDE (dot_and_outer_4_rows) (out + k, four, stride, factors, d, d_stride, steps, split, 0);
      if (split < n)
        WIDE (dot_and_outer_4_rows) (out + k, four + split, stride, factors, d + split, d_stride, steps, n - split, 1);
    }
  return rows / 4 * 4;
}

#undef NARROW
