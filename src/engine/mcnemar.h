/* mcnemar.h: whether one of two networks that read the same names is right more often than by chance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* nn_mcnemar_exact:
 * The two-sided p-value of McNemar's test by the binomial distribution itself, neither approximated nor halved at the
 * value found (no mid-p): were both networks equally good, each name that only one gets right would be either's with
 * probability 1/2, so p = min (1, 2 P (X <= min (b, c))), X ~ Binomial (b + c, 1/2). McNemar, Psychometrika 12 (1947)
 * 153; Dietterich, Neural Comput. 10 (1998) 1895, for two classifiers on one test set.
 * @only_first, @only_second: b and c, the names that only the one and only the other gets right
 * Returns: 1 where there are none. */
double nn_mcnemar_exact (guint only_first, guint only_second);

G_END_DECLS
