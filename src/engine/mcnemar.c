/* mcnemar.c: whether one of two networks is right more often than by chance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/mcnemar.h"

#include <gsl/gsl_cdf.h>

double
nn_mcnemar_exact (guint only_first, guint only_second)
{
  const guint fewer = MIN (only_first, only_second);

  /* Both tails meet in the middle, which must not count twice. */
  if (only_first == only_second)
    return 1.0;
  return MIN (2.0 * gsl_cdf_binomial_P (fewer, 0.5, only_first + only_second), 1.0);
}
