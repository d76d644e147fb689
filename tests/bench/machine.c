/* machine.c: what this machine can do at most, for the instructions that the kernels are compiled for.
 *
 * Compiled with the kernels' flags. The loops do nothing but read, or multiply and add, with enough accumulators that
 * no result is waited for. Each rate is the best of several samples, for it is to be a bound. A sample takes about as long
 * as a pass over the names, of which the best is compared with it: a processor is faster for a moment than it ever stays,
 * and a clock of processor time errs by more than a tenth of a millisecond.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"

#include "stopwatch.h"

#include <glib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) \
    && !defined(__SANITIZE_ADDRESS__)
#define FOR_THIS_PROCESSOR __attribute__ ((noinline, target_clones ("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#define HAS_CLONES 1
#else
#define FOR_THIS_PROCESSOR __attribute__ ((noinline))
#define HAS_CLONES 0
#endif

/* Floats that a loop takes from each of its eight places before it goes on: a row of the recurrent weights. */
#define ROW 512
#define BATCH 64 /* floats of a step of the loop that reads in order */

#define N_SAMPLES 12
#define SAMPLE_SECONDS 0.012
#define SWEEP_BYTES (16u * 1024u * 1024u)

typedef float (*Reader) (const float *block, size_t n);

/* From one end to the other. */
FOR_THIS_PROCESSOR static float
read_in_order (const float *block, size_t n)
{
  float s[BATCH] = { 0 };
  float sum = 0;

  for (size_t i = 0; i + BATCH <= n; i += BATCH)
    {
#pragma omp simd
      for (size_t j = 0; j < BATCH; j++)
        s[j] += block[i + j];
    }
  for (size_t j = 0; j < BATCH; j++)
    sum += s[j];
  return sum;
}

/* Eight rows side by side, as the kernels do. */
FOR_THIS_PROCESSOR static float
read_eight_rows (const float *block, size_t n)
{
  float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;

  for (size_t i = 0; i + 8 * ROW <= n; i += 8 * ROW)
    {
      const float *row = block + i;
#pragma omp simd reduction(+ : s0, s1, s2, s3, s4, s5, s6, s7)
      for (size_t j = 0; j < ROW; j++)
        {
          s0 += row[j];
          s1 += row[j + ROW];
          s2 += row[j + 2 * ROW];
          s3 += row[j + 3 * ROW];
          s4 += row[j + 4 * ROW];
          s5 += row[j + 5 * ROW];
          s6 += row[j + 6 * ROW];
          s7 += row[j + 7 * ROW];
        }
    }
  return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
}

/* Seconds that @times readings of a block take. */
static double
time_reader (Reader reader, const float *block, size_t n, size_t times)
{
  const Stopwatch start = stopwatch_now ();
  volatile float sink;

  for (size_t i = 0; i < times; i++)
    sink = reader (block, n);
  (void) sink;
  return stopwatch_since (start).processor;
}

double
machine_read_rate (size_t bytes)
{
  static const Reader readers[] = { read_in_order, read_eight_rows };
  const size_t n = bytes / sizeof (float);
  size_t times = 1;
  float *block = g_aligned_alloc0 (n, sizeof (float), 4096);
  double best = 0;

  for (size_t i = 0; i < n; i++)
    block[i] = (float) (i % 7);
  while (time_reader (read_in_order, block, n, times) < SAMPLE_SECONDS)
    times *= 2;
  for (size_t i = 0; i < N_SAMPLES; i++)
    for (size_t k = 0; k < G_N_ELEMENTS (readers); k++)
      best = MAX (best, (double) (times * bytes) / time_reader (readers[k], block, n, times));
  g_aligned_free (block);
  return best;
}

/* Ten chains: four cycles that a result takes, times two units, and some to spare. */
#define CHAINS 10
#define MULTIPLY_ADD(attributes, name, lanes) \
  attributes static float name (size_t times, float factor) \
  { \
    typedef float Chain __attribute__ ((vector_size (4 * (lanes)))); \
    Chain s[CHAINS], sum = { 0 }; \
    float total = 0; \
    for (size_t i = 0; i < CHAINS; i++) \
      s[i] = (Chain){ 0 } + (factor + (float) i); \
    for (size_t t = 0; t < times; t++) \
      { \
        _Pragma ("GCC unroll 10") for (size_t i = 0; i < CHAINS; i++) s[i] = s[i] * factor + 1e-9f; \
      } \
    for (size_t i = 0; i < CHAINS; i++) \
      sum += s[i]; \
    for (size_t j = 0; j < (lanes); j++) \
      total += sum[j]; \
    return total; \
  }

MULTIPLY_ADD (FOR_THIS_PROCESSOR, multiply_add_8, 8)
#if HAS_CLONES
MULTIPLY_ADD (__attribute__ ((noinline, target ("arch=x86-64-v4,prefer-vector-width=512"))), multiply_add_16, 16)
#endif

/* How many numbers a vector of the kernels has. */
static size_t
lanes (void)
{
#if HAS_CLONES
  if (__builtin_cpu_supports ("x86-64-v4"))
    return 16;
#endif
  return 8;
}

static float
multiply_add (size_t times)
{
#if HAS_CLONES
  if (lanes () == 16)
    return multiply_add_16 (times, 0.5f);
#endif
  return multiply_add_8 (times, 0.5f);
}

static double
time_multiply_add (size_t times)
{
  const Stopwatch start = stopwatch_now ();
  volatile float sink = multiply_add (times);

  (void) sink;
  return stopwatch_since (start).processor;
}

double
machine_multiply_add_rate (void)
{
  size_t times = 1;
  double best = 0;

  while (time_multiply_add (times) < SAMPLE_SECONDS)
    times *= 2;
  for (size_t i = 0; i < N_SAMPLES; i++)
    best = MAX (best, (double) (times * CHAINS * lanes ()) / time_multiply_add (times));
  return best;
}

void
machine_flush (const void *memory, size_t bytes)
{
  static char *sweep = NULL;

  if (sweep == NULL)
    sweep = g_malloc0 (SWEEP_BYTES);
  for (size_t i = 0; i < SWEEP_BYTES; i += 64)
    ((volatile char *) sweep)[i]++;
#if defined(__x86_64__) && defined(__GNUC__)
  for (size_t i = 0; i < bytes; i += 64)
    __builtin_ia32_clflush ((const char *) memory + i);
  __builtin_ia32_mfence ();
#endif
}
