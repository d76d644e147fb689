/* stopwatch.h: how long something took.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* In seconds. The processor's time is what a measure on one thread counts: turns that other programs had are no part of
 * it. On a quiet machine the two are equal. */
typedef struct
{
  double processor; /* that this process used, all its threads together */
  double wall;
} Stopwatch;

/* stopwatch_now: both times since some moment in the past. */
Stopwatch stopwatch_now (void);

/* stopwatch_since: what has passed since @start. */
Stopwatch stopwatch_since (Stopwatch start);
