/* kernels.c: every make of the kernels against plain loops: the same numbers, and several times as fast.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-variants.h"

#include <glib.h>
#include <float.h>
#include <math.h>
#include <string.h>
#include <time.h>

const KernelVariant kernels_dispatched = {
  "dispatched",          nn_kernel_affine,  nn_kernel_add_rows, nn_kernel_dot_rows,  nn_kernel_add_outer,
  nn_kernel_add_scaled,  nn_kernel_sum_abs, nn_kernel_sigmoid,  nn_kernel_lstm_cell, nn_kernel_lstm_cell_backward,
};

static const KernelVariant *const variants[] = { &kernels_dispatched, &kernels_default };

/* ---- Arrays in poison ---- */

/* Floats before and after an array, which no kernel may read or write. */
#define GUARD 24
#define MAX_OPERANDS 7

/* rows x n numbers at a stride. All else in the block is NaN and infinity: one that is read shows in the result. */
typedef struct
{
  gsize rows, n, stride;
  gsize offset; /* odd ones too: a kernel takes any address */
  gsize size;
  float *block, *before;
  float *at;
} Matrix;

static gboolean
matrix_has (const Matrix *m, gsize place)
{
  gsize j = place - m->offset;

  if (place < m->offset || m->n == 0)
    return FALSE;
  return m->stride == 0 ? j < m->n : j / m->stride < m->rows && j % m->stride < m->n;
}

static void
matrix_init (Matrix *m, GRand *random, gsize rows, gsize n, gsize stride)
{
  static const float poison[] = { NAN, INFINITY, -INFINITY };

  m->rows = rows;
  m->n = n;
  m->stride = stride;
  m->offset = GUARD + (gsize) g_rand_int_range (random, 0, 9);
  m->size = m->offset + rows * stride + n + GUARD;
  m->block = g_new (float, m->size);
  for (gsize i = 0; i < m->size; i++)
    m->block[i] = matrix_has (m, i) ? (float) g_rand_double_range (random, -1, 1) : poison[i % G_N_ELEMENTS (poison)];
  m->before = g_memdup2 (m->block, m->size * sizeof (float));
  m->at = m->block + m->offset;
}

static void
matrix_copy (Matrix *copy, const Matrix *m, gboolean absolute)
{
  *copy = *m;
  copy->block = g_memdup2 (m->block, m->size * sizeof (float));
  copy->before = g_memdup2 (m->block, m->size * sizeof (float));
  copy->at = copy->block + m->offset;
  for (gsize i = 0; i < m->size && absolute; i++)
    copy->block[i] = fabsf (m->block[i]);
}

static void
matrix_clear (Matrix *m)
{
  g_free (m->block);
  g_free (m->before);
}

/* Bit for bit; what a kernel may write is left out for its results. */
static gboolean
matrix_is_kept (const Matrix *m, gboolean is_result)
{
  for (gsize i = 0; i < m->size; i++)
    if (memcmp (&m->block[i], &m->before[i], sizeof (float)) != 0 && !(is_result && matrix_has (m, i)))
      return FALSE;
  return TRUE;
}

/* ---- The kernels, called with arrays ---- */

typedef struct
{
  gsize rows, n, extra; /* extra: how much longer the strides are */
  gsize steps;
  gsize split;
  gboolean add;
} Shape;

typedef struct
{
  const char *name;
  guint n_operands;
  guint results;     /* a bit for each operand that is written */
  gboolean adds;     /* what it gives is a sum of products, whose rounding goes with the sum of their sizes */
  void (*operands) (const Shape *shape, GRand *random, Matrix *m);
  void (*call) (const KernelVariant *variant, const Shape *shape, Matrix *m);
} Kernel;

static void
row_operand (Matrix *m, GRand *random, gsize n)
{
  matrix_init (m, random, 1, n, 0);
}

static void
affine_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->n);
  row_operand (&m[1], random, s->n);
  row_operand (&m[2], random, s->n);
  row_operand (&m[3], random, s->rows);
  matrix_init (&m[4], random, s->rows, s->n, s->n + s->extra);
}

static void
affine_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->affine (m[0].at, m[1].at, m[2].at, m[3].at, m[4].at, m[4].stride, s->rows, s->n);
}

static void
add_rows_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->n);
  row_operand (&m[1], random, s->rows);
  matrix_init (&m[2], random, s->rows, s->n, s->n + s->extra);
}

static void
add_rows_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->add_rows (m[0].at, m[1].at, m[2].at, m[2].stride, s->rows, s->n);
}

static void
dot_rows_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->rows);
  matrix_init (&m[1], random, s->rows, s->n, s->n + s->extra);
  row_operand (&m[2], random, s->n);
}

static void
dot_rows_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->dot_rows (m[0].at, m[1].at, m[2].at, m[1].stride, s->rows, s->n, s->split, s->add);
}

static void
add_outer_operands (const Shape *s, GRand *random, Matrix *m)
{
  matrix_init (&m[0], random, s->rows, s->n, s->n + s->extra);
  /* A single step may well have no stride. */
  matrix_init (&m[1], random, s->steps, s->rows, s->steps == 1 ? 0 : s->rows + s->extra);
  matrix_init (&m[2], random, s->steps, s->n, s->steps == 1 ? 0 : s->n + s->extra);
}

static void
add_outer_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->add_outer (m[0].at, m[0].stride, m[1].at, m[1].stride, m[2].at, m[2].stride, 0.7f, s->steps, s->rows, s->n);
}

static void
add_scaled_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->n);
  row_operand (&m[1], random, s->n);
}

static void
add_scaled_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->add_scaled (m[0].at, m[1].at, 0.7f, s->n);
}

static void
sum_abs_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, 1);
  row_operand (&m[1], random, s->n);
}

static void
sum_abs_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  m[0].at[0] = variant->sum_abs (m[1].at, s->n);
}

static void
sigmoid_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, s->n);
}

static void
sigmoid_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->sigmoid (m[0].at, s->n);
}

static void
lstm_cell_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, 4 * s->n);
  for (guint i = 1; i < 5; i++)
    row_operand (&m[i], random, s->n);
}

static void
lstm_cell_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->lstm_cell (m[0].at, m[1].at, m[2].at, m[3].at, m[4].at, s->n);
}

static void
lstm_cell_backward_operands (const Shape *s, GRand *random, Matrix *m)
{
  row_operand (&m[0], random, 4 * s->n);
  for (guint i = 1; i < 6; i++)
    row_operand (&m[i], random, s->n);
  row_operand (&m[6], random, 4 * s->n);
}

static void
lstm_cell_backward_call (const KernelVariant *variant, const Shape *s, Matrix *m)
{
  variant->lstm_cell_backward (m[0].at, m[1].at, m[2].at, m[3].at, m[4].at, m[5].at, m[6].at, s->n);
}

enum
{
  AFFINE,
  ADD_ROWS,
  DOT_ROWS,
  ADD_OUTER,
  ADD_SCALED,
  SUM_ABS,
  SIGMOID,
  LSTM_CELL,
  LSTM_CELL_BACKWARD,
  N_KERNELS
};

static const Kernel kernels[N_KERNELS] = {
  { "affine", 5, 1 << 0, TRUE, affine_operands, affine_call },
  { "add-rows", 3, 1 << 0, TRUE, add_rows_operands, add_rows_call },
  { "dot-rows", 3, 1 << 0, TRUE, dot_rows_operands, dot_rows_call },
  { "add-outer", 3, 1 << 0, TRUE, add_outer_operands, add_outer_call },
  { "add-scaled", 2, 1 << 0, TRUE, add_scaled_operands, add_scaled_call },
  { "sum-abs", 2, 1 << 0, TRUE, sum_abs_operands, sum_abs_call },
  { "sigmoid", 1, 1 << 0, FALSE, sigmoid_operands, sigmoid_call },
  { "lstm-cell", 5, 1 << 0 | 1 << 2 | 1 << 3 | 1 << 4, FALSE, lstm_cell_operands, lstm_cell_call },
  { "lstm-cell-backward", 7, 1 << 4 | 1 << 5 | 1 << 6, FALSE, lstm_cell_backward_operands, lstm_cell_backward_call },
};

/* ---- The same numbers ---- */

/* Relative to the sum of the sizes of all that is added; a term too many or too few is far beyond it. */
#define TOLERANCE 1e-6

typedef struct
{
  const KernelVariant *variant;
  const Kernel *kernel;
} Subject;

static void
fail (const Subject *subject, const Shape *s, const char *what)
{
  g_error ("%s of %s with rows %zu, n %zu, stride + %zu, steps %zu, split %zu, add %d: %s", subject->kernel->name,
           subject->variant->name, s->rows, s->n, s->extra, s->steps, s->split, s->add, what);
}

static void
assert_near (const Subject *subject, const Shape *shape, const Matrix *is, const Matrix *should, const Matrix *sizes)
{
  for (gsize i = 0; i < is->size; i++)
    if (matrix_has (is, i))
      {
        double size = subject->kernel->adds ? sizes->block[i] : 2.0;

        /* Written so that NaN fails. */
        if (!(fabs ((double) is->block[i] - should->block[i]) <= TOLERANCE * size))
          {
            g_autofree char *what = g_strdup_printf ("number %zu is %.9g, not %.9g", i - is->offset, is->block[i],
                                                     should->block[i]);
            fail (subject, shape, what);
          }
      }
}

static void
check (const Subject *subject, const Shape *shape)
{
  const Kernel *kernel = subject->kernel;
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  Matrix is[MAX_OPERANDS], should[MAX_OPERANDS], sizes[MAX_OPERANDS];

  kernel->operands (shape, random, is);
  for (guint i = 0; i < kernel->n_operands; i++)
    {
      matrix_copy (&should[i], &is[i], FALSE);
      matrix_copy (&sizes[i], &is[i], TRUE);
    }
  kernel->call (subject->variant, shape, is);
  kernel->call (&kernels_exact, shape, should);
  kernel->call (&kernels_exact, shape, sizes);
  for (guint i = 0; i < kernel->n_operands; i++)
    {
      gboolean is_result = kernel->results >> i & 1;

      if (!matrix_is_kept (&is[i], is_result))
        fail (subject, shape, "it wrote where it must not");
      if (is_result)
        assert_near (subject, shape, &is[i], &should[i], &sizes[i]);
    }
  for (guint i = 0; i < kernel->n_operands; i++)
    {
      matrix_clear (&is[i]);
      matrix_clear (&should[i]);
      matrix_clear (&sizes[i]);
    }
}

static const gsize row_sizes[] = { 0, 1, 3, 7, 8, 9, 13, 37, 128, 185 };
static const gsize column_sizes[] = { 0, 1, 5, 7, 8, 15, 16, 17, 33, 512 };
static const gsize step_sizes[] = { 0, 1, 2, 3, 6, 7, 64, 65, 100 };

static void
check_splits (const Subject *subject, Shape *shape)
{
  const gsize n = shape->n, splits[] = { n, 0, n / 2, n / 16 * 16, MIN (n, 1) };

  for (gsize i = 0; i < G_N_ELEMENTS (splits); i++)
    for (shape->add = FALSE; shape->add <= TRUE; shape->add++)
      {
        shape->split = splits[i];
        check (subject, shape);
      }
}

static void
check_steps (const Subject *subject, Shape *shape)
{
  for (gsize i = 0; i < G_N_ELEMENTS (step_sizes); i++)
    {
      shape->steps = step_sizes[i];
      check (subject, shape);
    }
}

static void
test_numbers (gconstpointer data)
{
  const Subject *subject = data;
  const gboolean has_rows = subject->kernel < &kernels[ADD_SCALED];

  for (gsize i = 0; i < G_N_ELEMENTS (column_sizes); i++)
    for (gsize k = 0; k < (has_rows ? G_N_ELEMENTS (row_sizes) : 1); k++)
      {
        Shape shape = { .rows = row_sizes[k], .n = column_sizes[i], .extra = (i + k) % 3 * 5 };

        if (subject->kernel == &kernels[DOT_ROWS])
          check_splits (subject, &shape);
        else if (subject->kernel == &kernels[ADD_OUTER])
          check_steps (subject, &shape);
        else
          check (subject, &shape);
      }
}

/* ---- What isn't a number ---- */

/* Puts NaN in one place of operand @from and asserts which places of the first operand become NaN. */
static void
assert_spread (const KernelVariant *variant, guint kernel, guint from, gsize row, gsize column,
               gboolean (*expected) (gsize row, gsize column, gsize of_row, gsize of_column))
{
  const Subject subject = { variant, &kernels[kernel] };
  const Shape shape = { .rows = 13, .n = 37, .extra = 3, .steps = 7, .split = 16 };
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  Matrix m[MAX_OPERANDS];

  kernels[kernel].operands (&shape, random, m);
  m[from].at[row * m[from].stride + column] = NAN;
  kernels[kernel].call (variant, &shape, m);
  for (gsize i = 0; i < m[0].rows; i++)
    for (gsize j = 0; j < m[0].n; j++)
      if (isnan (m[0].at[i * m[0].stride + j]) != expected (row, column, i, j))
        fail (&subject, &shape, "NaN came where it must not, or stayed away");
  for (guint i = 0; i < kernels[kernel].n_operands; i++)
    matrix_clear (&m[i]);
}

static gboolean
everywhere (gsize row, gsize column, gsize of_row, gsize of_column)
{
  return TRUE;
}

static gboolean
same_column (gsize row, gsize column, gsize of_row, gsize of_column)
{
  return of_column == column;
}

static gboolean
column_of_row (gsize row, gsize column, gsize of_row, gsize of_column)
{
  return of_column == row;
}

static gboolean
row_of_column (gsize row, gsize column, gsize of_row, gsize of_column)
{
  return of_row == column;
}

static void
test_nan_spreads (gconstpointer data)
{
  const KernelVariant *variant = data;

  for (gsize k = 0; k < 13; k++)
    {
      assert_spread (variant, AFFINE, 3, 0, k, everywhere);
      assert_spread (variant, ADD_ROWS, 1, 0, k, everywhere);
      for (gsize j = 0; j < 37; j++)
        {
          assert_spread (variant, AFFINE, 4, k, j, same_column);
          assert_spread (variant, ADD_ROWS, 2, k, j, same_column);
          assert_spread (variant, DOT_ROWS, 1, k, j, column_of_row);
        }
    }
  for (gsize j = 0; j < 37; j++)
    {
      assert_spread (variant, DOT_ROWS, 2, 0, j, everywhere);
      assert_spread (variant, ADD_SCALED, 1, 0, j, same_column);
      assert_spread (variant, SUM_ABS, 1, 0, j, everywhere);
      assert_spread (variant, SIGMOID, 0, 0, j, same_column);
    }
  for (gsize t = 0; t < 7; t++)
    {
      for (gsize k = 0; k < 13; k++)
        assert_spread (variant, ADD_OUTER, 1, t, k, row_of_column);
      for (gsize j = 0; j < 37; j++)
        assert_spread (variant, ADD_OUTER, 2, t, j, same_column);
    }
}

static void
test_infinite_sum (gconstpointer data)
{
  const KernelVariant *variant = data;
  float x[37] = { 0 };

  for (gsize j = 0; j < G_N_ELEMENTS (x); j++)
    {
      x[j] = -INFINITY;
      g_assert_true (variant->sum_abs (x, G_N_ELEMENTS (x)) == INFINITY);
      x[j] = FLT_MAX;
      g_assert_cmpfloat (variant->sum_abs (x, G_N_ELEMENTS (x)), ==, FLT_MAX);
      x[j] = 0;
    }
}

/* A unit with NaN in any of its gates, or in its cell, has NaN in its hidden state; its neighbours have not. */
static void
test_nan_in_cells (gconstpointer data)
{
  const KernelVariant *variant = data;
  enum { UNITS = 21 };

  for (guint bad = 0; bad < UNITS; bad++)
    for (guint where = 0; where < 5; where++)
      {
        float gates[4 * UNITS] = { 0 }, before[UNITS] = { 0 }, cell[UNITS], cell_tanh[UNITS], hidden[UNITS];

        *(where < 4 ? &gates[where * UNITS + bad] : &before[bad]) = NAN;
        variant->lstm_cell (gates, before, cell, cell_tanh, hidden, UNITS);
        for (guint u = 0; u < UNITS; u++)
          {
            g_assert_cmpint (isnan (hidden[u]), ==, u == bad);
            g_assert_cmpint (isnan (cell[u]), ==, u == bad && where != 3);
          }
      }
}

/* ---- The squashing functions ---- */

#define LARGEST_ERROR 5e-7
#define SWEEP 1024

static void
assert_squashed (const KernelVariant *variant, const float *x, double *largest)
{
  float logistic[SWEEP], gates[4 * SWEEP] = { 0 }, before[SWEEP] = { 0 }, cell[SWEEP], cell_tanh[SWEEP], hidden[SWEEP];

  memcpy (logistic, x, sizeof logistic);
  variant->sigmoid (logistic, SWEEP);
  for (guint gate = 0; gate < 4; gate++)
    memcpy (gates + gate * SWEEP, x, SWEEP * sizeof (float));
  variant->lstm_cell (gates, before, cell, cell_tanh, hidden, SWEEP);
  for (guint j = 0; j < SWEEP; j++)
    {
      const double should[2] = { 1 / (1 + exp (-(double) x[j])), tanh (x[j]) };
      const double errors[] = { fabs (logistic[j] - should[0]), fabs (gates[j] - should[0]),
                                fabs (gates[SWEEP + j] - should[0]), fabs (gates[2 * SWEEP + j] - should[1]),
                                fabs (gates[3 * SWEEP + j] - should[0]), fabs (cell_tanh[j] - tanh (cell[j])) };

      for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
        {
          if (!(errors[i] < LARGEST_ERROR))
            g_error ("sigmoid and tanh of %s at %.9g: %g, %g, error %g", variant->name, x[j], logistic[j],
                     gates[2 * SWEEP + j], errors[i]);
          *largest = MAX (*largest, errors[i]);
        }
    }
}

static void
test_squashing (gconstpointer data)
{
  static const float special[] = { INFINITY, FLT_MAX, 1e30f, 1000, 88.8f, 16.0001f, 16, 8.00001f, 8, 7.9999f, 1,
                                   1e-3f,    1e-20f,  FLT_MIN, 1e-45f, 0 };
  const KernelVariant *variant = data;
  double largest = 0;
  float x[SWEEP];

  for (guint i = 0; i < SWEEP; i++)
    x[i] = (i & 1 ? -1.0f : 1.0f) * special[i / 2 % G_N_ELEMENTS (special)];
  assert_squashed (variant, x, &largest);
  for (int from = -100; from < 100; from++)
    {
      for (guint i = 0; i < SWEEP; i++)
        x[i] = (float) from + (float) i / SWEEP;
      assert_squashed (variant, x, &largest);
    }
  g_test_message ("largest error %.3g", largest);
}

/* ---- Parts ---- */

/* Two threads with a part of the columns each give the bits of one thread: in the sums of rows and in the outer product
 * a column does not depend on the others, and dot_rows sums the parts in the same order. */
static void
test_parts (gconstpointer data)
{
  const KernelVariant *variant = data;
  const Shape shape = { .rows = 37, .n = 148, .extra = 12, .steps = 7, .split = 80 };
  const gsize rest = shape.n - shape.split;

  for (guint kernel = AFFINE; kernel <= ADD_OUTER; kernel++)
    {
      const Subject subject = { variant, &kernels[kernel] };
      g_autoptr (GRand) random = g_rand_new_with_seed (7);
      Matrix whole[MAX_OPERANDS], m[MAX_OPERANDS];

      kernels[kernel].operands (&shape, random, whole);
      for (guint i = 0; i < kernels[kernel].n_operands; i++)
        matrix_copy (&m[i], &whole[i], FALSE);
      kernels[kernel].call (variant, &shape, whole);
      for (gsize at = 0; at < shape.n; at += shape.split)
        {
          const gsize n = at == 0 ? shape.split : rest;

          if (kernel == AFFINE)
            variant->affine (m[0].at + at, m[1].at + at, m[2].at + at, m[3].at, m[4].at + at, m[4].stride, shape.rows,
                             n);
          else if (kernel == ADD_ROWS)
            variant->add_rows (m[0].at + at, m[1].at, m[2].at + at, m[2].stride, shape.rows, n);
          else if (kernel == DOT_ROWS)
            variant->dot_rows (m[0].at, m[1].at + at, m[2].at + at, m[1].stride, shape.rows, n, n, at > 0);
          else
            variant->add_outer (m[0].at + at, m[0].stride, m[1].at, m[1].stride, m[2].at + at, m[2].stride, 0.7f,
                                shape.steps, shape.rows, n);
        }
      if (memcmp (m[0].block, whole[0].block, m[0].size * sizeof (float)) != 0)
        fail (&subject, &shape, "two parts give other bits than the whole");
      for (guint i = 0; i < kernels[kernel].n_operands; i++)
        {
          matrix_clear (&m[i]);
          matrix_clear (&whole[i]);
        }
    }
}

/* ---- Several times as fast ---- */

/* How many times as fast as the plain loop each kernel is at least: with vectors of four, as every x86-64 has them, and
 * with vectors of eight and fused multiply-add. In brackets what was measured, and what is left of it where the
 * compiler is kept from vectorising; the limit lies between, where noise does not reach it from either side. */
typedef struct
{
  double narrow;
  double wide;
} Least;

static const Least least[N_KERNELS] = {
  [AFFINE] = { 2.6, 3.2 },             /* (6.1, 1.7) (9.4, 1.8) */
  [ADD_ROWS] = { 2.6, 3.2 },           /* (6.6, 1.7) (10, 2.0) */
  [DOT_ROWS] = { 3.4, 4.4 },           /* (7.6, 2.2) (10.8, 2.9) */
  [ADD_OUTER] = { 2.5, 6.0 },          /* (6.5, 0.5 where it spills) (18, none: its vectors are written out) */
  [ADD_SCALED] = { 1.6, 2.0 },         /* (2.8, 1.0) (5.5, 1.0) */
  [SUM_ABS] = { 1.8, 2.4 },            /* (4.4, 1.0) (8.0, 1.0) */
  [SIGMOID] = { 1.3, 1.9 },            /* (2.1, 0.8) (5.0, 1.0) */
  [LSTM_CELL] = { 2.8, 4.2 },          /* (4.9, 2.0) (12, 2.6) */
  [LSTM_CELL_BACKWARD] = { 1.7, 1.9 }, /* (3.6, 1.0) (4.5, 1.0) */
};

/* Small enough for the first-level cache, where arithmetic is what counts. */
static const Shape speed_shape = { .rows = 16, .n = 256, .steps = 7, .split = 256 };

#define MAX_SAMPLES 4000
#define SAMPLE_NANOSECONDS 20000.0

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec * 1e9 + (double) time.tv_nsec;
}

static double
sample (const KernelVariant *variant, const Kernel *kernel, Matrix *m, guint times)
{
  const double start = now ();

  for (guint i = 0; i < times; i++)
    kernel->call (variant, &speed_shape, m);
  return (now () - start) / times;
}

/* The shortest of many samples, taken by turns, until the ratio is reached or all are taken. */
static double
measure_ratio (const KernelVariant *variant, const Kernel *kernel, double enough)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  Matrix m[MAX_OPERANDS];
  double plain = INFINITY, fast = INFINITY;
  guint times = 1;

  kernel->operands (&speed_shape, random, m);
  while (times < 1u << 20 && sample (&kernels_plain, kernel, m, times) * times < SAMPLE_NANOSECONDS)
    times *= 2;
  for (guint i = 0; i < MAX_SAMPLES && !(i > 20 && plain / fast > enough); i++)
    {
      plain = fmin (plain, sample (&kernels_plain, kernel, m, times));
      fast = fmin (fast, sample (variant, kernel, m, times));
    }
  for (guint i = 0; i < kernel->n_operands; i++)
    matrix_clear (&m[i]);
  return plain / fast;
}

/* A sentence where there is nothing to be learnt from the time that a kernel takes here. */
static const char *
why_no_speed (void)
{
#if !defined(__x86_64__) || !defined(__GNUC__) || defined(__clang__)
  return "the limits are GCC's on x86-64";
#elif defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  return "a sanitizer watches";
#else
  const char *preloaded = g_getenv ("LD_PRELOAD");

  return preloaded != NULL && strstr (preloaded, "vgpreload") != NULL ? "valgrind watches" : NULL;
#endif
}

static gboolean
has_wide_vectors (void)
{
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
#else
  return FALSE;
#endif
}

static void
test_speed (gconstpointer data)
{
  const Subject *subject = data;
  const Least *limits = &least[subject->kernel - kernels];
  const double limit = subject->variant == &kernels_dispatched && has_wide_vectors () ? limits->wide : limits->narrow;
  double ratio;

  if (why_no_speed () != NULL)
    {
      g_test_skip (why_no_speed ());
      return;
    }
  ratio = measure_ratio (subject->variant, subject->kernel, limit);
  g_test_message ("%.2f times as fast as the plain loop", ratio);
  if (ratio < limit)
    g_test_fail_printf ("%s of %s is %.2f times as fast as the plain loop, not %.1f times: is it still vectorised? See "
                        "\"Kernels and speed\" in CONTRIBUTING.md",
                        subject->kernel->name, subject->variant->name, ratio, limit);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } tests[] = {
    { "nan-spreads", test_nan_spreads }, { "infinite-sum", test_infinite_sum }, { "nan-in-cells", test_nan_in_cells },
    { "squashing", test_squashing },     { "parts", test_parts },
  };
  static Subject subjects[G_N_ELEMENTS (variants)][N_KERNELS];

  g_test_init (&argc, &argv, NULL);
  for (gsize v = 0; v < G_N_ELEMENTS (variants); v++)
    {
      for (gsize k = 0; k < N_KERNELS; k++)
        {
          g_autofree char *numbers = g_strdup_printf ("/kernels/%s/numbers/%s", variants[v]->name, kernels[k].name);
          g_autofree char *speed = g_strdup_printf ("/kernels/%s/speed/%s", variants[v]->name, kernels[k].name);

          subjects[v][k] = (Subject){ variants[v], &kernels[k] };
          g_test_add_data_func (numbers, &subjects[v][k], test_numbers);
          g_test_add_data_func (speed, &subjects[v][k], test_speed);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
        {
          g_autofree char *path = g_strdup_printf ("/kernels/%s/%s", variants[v]->name, tests[i].name);

          g_test_add_data_func (path, variants[v], tests[i].function);
        }
    }
  return g_test_run ();
}
