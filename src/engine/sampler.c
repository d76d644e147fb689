/* sampler.c: the report's draws: a class uniformly, then one of its training rows uniformly.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/sampler.h"

guint
nn_sampler_draw (const NnSplit *split, gsl_rng *random)
{
  gulong n_classes = nn_dataset_n_classes (nn_split_dataset (split));
  guint n_rows;
  const guint *rows = nn_split_training_rows (split, (guint) gsl_rng_uniform_int (random, n_classes), &n_rows);

  return rows[gsl_rng_uniform_int (random, n_rows)];
}
