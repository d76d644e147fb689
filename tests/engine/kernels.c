/* kernels.c: every make of the kernels gives the numbers of plain loops.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-calls.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const KernelVariant *const variants[] = { &kernels_dispatched, &kernels_v3, &kernels_default };

/* ---- The same numbers ---- */

/* Relative to the sum of the sizes of all that is added; a term too many or too few is far beyond it. */
#define TOLERANCE 1e-6

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
        else if (subject->kernel == &kernels[DOT_AND_OUTER])
          for (shape.split = shape.n; shape.split > 0; shape.split /= 3)
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
          assert_spread (variant, DOT_AND_OUTER, 1, k, j, column_of_row);
        }
    }
  for (gsize j = 0; j < 37; j++)
    {
      assert_spread (variant, DOT_ROWS, 2, 0, j, everywhere);
      assert_spread (variant, DOT_AND_OUTER, 3, 0, j, everywhere);
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
                             n, FALSE);
          else if (kernel == ADD_ROWS)
            variant->add_rows (m[0].at + at, m[1].at, m[2].at + at, m[2].stride, shape.rows, n);
          else if (kernel == DOT_ROWS)
            variant->dot_rows (m[0].at, m[1].at + at, m[2].at + at, m[1].stride, shape.rows, n, n, at > 0,
                               FALSE);
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

/* Two threads add the products that each has of its part. */
static void
test_dot_and_outer_parts (gconstpointer data)
{
  const KernelVariant *variant = data;
  const Shape shape = { .rows = 37, .n = 148, .extra = 12, .steps = 7, .split = 80 };
  const Subject subject = { variant, &kernels[DOT_AND_OUTER] };
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  Matrix whole[MAX_OPERANDS], m[MAX_OPERANDS];
  float second[37];

  kernels[DOT_AND_OUTER].operands (&shape, random, whole);
  for (guint i = 0; i < kernels[DOT_AND_OUTER].n_operands; i++)
    matrix_copy (&m[i], &whole[i], FALSE);
  kernels[DOT_AND_OUTER].call (variant, &shape, whole);
  for (gsize at = 0; at < shape.n; at += shape.split)
    {
      const gsize n = at == 0 ? shape.split : shape.n - shape.split;

      variant->dot_and_outer (at == 0 ? m[0].at : second, m[1].at + at, m[1].stride, m[2].at, m[2].stride,
                              m[3].at + at, m[3].stride, 0.7f, shape.steps, shape.rows, n, n);
    }
  for (gsize k = 0; k < shape.rows; k++)
    m[0].at[k] += second[k];
  for (guint i = 0; i < 2; i++)
    if (memcmp (m[i].block, whole[i].block, m[i].size * sizeof (float)) != 0)
      fail (&subject, &shape, "two parts give other bits than the whole");
  for (guint i = 0; i < kernels[DOT_AND_OUTER].n_operands; i++)
    {
      matrix_clear (&m[i]);
      matrix_clear (&whole[i]);
    }
}

/* ---- From either end ---- */

static void
test_backwards (gconstpointer data)
{
  static const guint both_ways[] = { AFFINE, DOT_ROWS };
  const KernelVariant *variant = data;
  Shape shape = { .rows = 37, .n = 212, .extra = 12, .split = 80 };

  for (gsize k = 0; k < G_N_ELEMENTS (both_ways); k++)
    {
      const Subject subject = { variant, &kernels[both_ways[k]] };
      g_autoptr (GRand) random = g_rand_new_with_seed (8);
      Matrix forwards[MAX_OPERANDS], backwards[MAX_OPERANDS];

      subject.kernel->operands (&shape, random, forwards);
      for (guint i = 0; i < subject.kernel->n_operands; i++)
        matrix_copy (&backwards[i], &forwards[i], FALSE);
      shape.backwards = FALSE;
      subject.kernel->call (variant, &shape, forwards);
      shape.backwards = TRUE;
      subject.kernel->call (variant, &shape, backwards);
      if (memcmp (backwards[0].block, forwards[0].block, forwards[0].size * sizeof (float)) != 0)
        fail (&subject, &shape, "from the other end it gives other bits");
      for (guint i = 0; i < subject.kernel->n_operands; i++)
        {
          matrix_clear (&forwards[i]);
          matrix_clear (&backwards[i]);
        }
    }
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
    { "backwards", test_backwards },
    { "dot-and-outer-parts", test_dot_and_outer_parts },
  };
  static Subject subjects[G_N_ELEMENTS (variants)][N_KERNELS];

  g_test_init (&argc, &argv, NULL);
  for (gsize v = 0; v < G_N_ELEMENTS (variants); v++)
    {
      for (gsize k = 0; k < N_KERNELS; k++)
        {
          g_autofree char *numbers = g_strdup_printf ("/kernels/%s/numbers/%s", variants[v]->name, kernels[k].name);

          subjects[v][k] = (Subject){ variants[v], &kernels[k] };
          g_test_add_data_func (numbers, &subjects[v][k], test_numbers);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
        {
          g_autofree char *path = g_strdup_printf ("/kernels/%s/%s", variants[v]->name, tests[i].name);

          g_test_add_data_func (path, variants[v], tests[i].function);
        }
    }
  return g_test_run ();
}
