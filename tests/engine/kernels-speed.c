/* kernels-speed.c: every make of the kernels is several times as fast as plain loops.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-calls.h"

#include <math.h>
#include <string.h>
#include <time.h>

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
  [DOT_AND_OUTER] = { 2.5, 6.0 },
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
  const double limit = subject->variant != &kernels_default && has_wide_vectors () ? limits->wide : limits->narrow;
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
  static const KernelVariant *const variants[] = { &kernels_dispatched, &kernels_v3, &kernels_default };
  static Subject subjects[G_N_ELEMENTS (variants)][N_KERNELS];

  g_test_init (&argc, &argv, NULL);
  for (gsize v = 0; v < G_N_ELEMENTS (variants); v++)
    for (gsize k = 0; k < N_KERNELS; k++)
      {
        g_autofree char *path = g_strdup_printf ("/kernels-speed/%s/%s", variants[v]->name, kernels[k].name);

        subjects[v][k] = (Subject){ variants[v], &kernels[k] };
        g_test_add_data_func (path, &subjects[v][k], test_speed);
      }
  return g_test_run ();
}
