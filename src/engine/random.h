/* random.h: random numbers, the same on every run with the same seed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <gsl/gsl_rng.h>

G_BEGIN_DECLS

/* One seed gives several streams that have nothing to do with each other. */
typedef enum
{
  NN_STREAM_WEIGHTS = 1,
  NN_STREAM_DRAWS,
  NN_STREAM_SPLIT,
  NN_STREAM_EVALUATION,
  NN_STREAM_DROPOUT,
} NnStream;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (gsl_rng, gsl_rng_free)

/* nn_random_new:
 * Gives GSL's mt19937, started for @stream of @seed; any seed is valid, 0 too.
 * Returns: (transfer full): to free with gsl_rng_free. */
gsl_rng *nn_random_new (guint32 seed, NnStream stream);

/* nn_random_state_text / nn_random_restore:
 * The generator's whole state as text, and back. Restore returns FALSE, changing nothing, for text that is no state. */
char *nn_random_state_text (const gsl_rng *random);
gboolean nn_random_restore (gsl_rng *random, const char *text);

G_END_DECLS
