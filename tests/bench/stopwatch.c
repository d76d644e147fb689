/* stopwatch.c: how long something took.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "stopwatch.h"

#include <time.h>

static double
seconds (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

Stopwatch
stopwatch_now (void)
{
  return (Stopwatch){ .processor = seconds (CLOCK_PROCESS_CPUTIME_ID), .wall = seconds (CLOCK_MONOTONIC) };
}

Stopwatch
stopwatch_since (Stopwatch start)
{
  Stopwatch now = stopwatch_now ();

  return (Stopwatch){ .processor = now.processor - start.processor, .wall = now.wall - start.wall };
}
