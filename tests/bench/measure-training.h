/* measure-training.h: how fast networks learn, and show their gates.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "names.h"
#include "stopwatch.h"

G_BEGIN_DECLS

typedef struct
{
  Stopwatch all;  /* over all passes */
  double fastest; /* the processor's time in the fastest pass */
  guint steps;    /* letters less one, summed over the names of a pass: how often the recurrent weights are needed */
  float *losses;  /* [n_losses] of the first pass; owned */
  guint n_losses;
} Training;

/* measure_training:
 * @n names, @passes times over, @batch names an update, by @threads threads, as any run of the programs trains them.
 * @n is a multiple of @batch. */
void measure_training (Training *training, const Names *names, NnKind kind, guint hidden, guint n, guint passes,
                       guint threads, guint batch);

/* measure_letters: the same with @n names of @letters letters each. */
void measure_letters (Training *training, const Names *names, NnKind kind, guint letters, guint n, guint passes);

/* measure_plain: the plain loops of tests/reference in float at -O2, one pass. */
void measure_plain (Training *training, const Names *names, NnKind kind, guint n);

/* measure_trace: the median seconds of reading a typed name with all its gates; @flushed: with cold caches. */
double measure_trace (const Names *names, NnKind kind, gboolean flushed);

G_END_DECLS
