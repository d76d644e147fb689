/* scale.c: an axis as a number: it maps values to 0..1 and back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/scale.h"

#include <math.h>

gboolean
fig_scale_is_degenerate (const FigScale *scale)
{
  if (!isfinite (scale->low) || !isfinite (scale->high) || scale->low == scale->high)
    return TRUE;
  return scale->kind == FIG_SCALE_LOG10 && (scale->low <= 0 || scale->high <= 0);
}

double
fig_scale_map (const FigScale *scale, double value)
{
  if (isnan (value) || (scale->kind == FIG_SCALE_LOG10 && value <= 0))
    return NAN;
  if (fig_scale_is_degenerate (scale))
    return 0.5;
  if (scale->kind == FIG_SCALE_LOG10)
    return log10 (value / scale->low) / log10 (scale->high / scale->low);
  return (value - scale->low) / (scale->high - scale->low);
}

double
fig_scale_unmap (const FigScale *scale, double position)
{
  if (fig_scale_is_degenerate (scale))
    return scale->low;
  if (scale->kind == FIG_SCALE_LOG10)
    return scale->low * pow (scale->high / scale->low, position);
  return scale->low + position * (scale->high - scale->low);
}

FigScale
fig_scale_part (const FigScale *scale, double from, double to)
{
  return (FigScale){ scale->kind, fig_scale_unmap (scale, from), fig_scale_unmap (scale, to) };
}
