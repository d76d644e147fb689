/* interval.h: how far a measured share can be trusted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"

G_BEGIN_DECLS

/* The level of the intervals that the program shows. */
#define NN_INTERVAL_LEVEL 0.95

/* Both 0..1; both NaN where nothing was counted. */
typedef struct
{
  double low;
  double high;
} NnInterval;

/* nn_wilson_interval:
 * The score interval of a share of which @right among @n were found: where the binomial test of that share with the
 * normal approximation does not reject at @level (0..1, exclusive). Wilson, J. Am. Stat. Assoc. 22 (1927) 209; Brown,
 * Cai & DasGupta, Stat. Sci. 16 (2001) 101, equation 4. It takes the @n to be independent. */
NnInterval nn_wilson_interval (guint64 right, guint64 n, double level);

/* nn_macro_interval:
 * The interval of the macro accuracy, which is no share but the mean of K recalls: Wilson's interval (l_k, u_k) of each
 * recall r_k, put together by the method of variance estimates recovery, in which mean(r) - low is the root of the sum
 * of ((r_k - l_k) / K)^2, and high - mean(r) that of ((u_k - r_k) / K)^2. Zou & Donner, Stat. Med. 27 (2008) 1693; Zou,
 * Huang & Zhang, Comput. Stat. Data Anal. 53 (2009) 1080, for a linear function of binomial proportions. Classes without
 * names are left out, as in the macro accuracy. */
NnInterval nn_macro_interval (const NnConfusion *confusion, double level);

G_END_DECLS
