/* ticks.h: the round values that an axis shows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/scale.h"

G_BEGIN_DECLS

#define FIG_MAX_TICKS 24
#define FIG_MAX_MINOR_TICKS 64

typedef enum
{
  FIG_TICKS_NUMBER,  /* 0.5 */
  FIG_TICKS_COUNT,   /* 20 k */
  FIG_TICKS_PERCENT, /* 60 %, for a value of 0.6 */
} FigTickFormat;

typedef struct
{
  guint n;
  double values[FIG_MAX_TICKS]; /* from the axis's lower to its upper end */
  char labels[FIG_MAX_TICKS][24];
  guint n_minor; /* of a logarithmic axis: 2 to 9 times the powers of ten, but for those that have a label */
  double minor[FIG_MAX_MINOR_TICKS];
} FigTicks;

/* fig_nice_step: 1, 2 or 5 times a power of ten: the smallest that cuts @range into @at_most steps or fewer. */
double fig_nice_step (double range, guint at_most);

/* fig_nice_ceiling: @value or the next round number above it, for the upper end of an axis that starts at 0. */
double fig_nice_ceiling (double value);

/* fig_ticks_init:
 * Chooses the values within the axis that are worth a mark: multiples of 1, 2 or 5 times a power of ten; on a
 * logarithmic axis powers of ten, with 2 and 5 times them, or 3 times them, where those have room. A degenerate axis
 * gets one tick, at its value.
 * @at_most: how many labels have room, at least 1 and at most FIG_MAX_TICKS
 * @plain: labels in the C locale */
void fig_ticks_init (FigTicks *ticks, const FigScale *scale, guint at_most, FigTickFormat format, gboolean plain);

G_END_DECLS
