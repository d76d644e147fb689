/* ticks.c: the round values that an axis shows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/ticks.h"

#include "figure/number.h"

#include <math.h>

double
fig_nice_step (double range, guint at_most)
{
  static const double factors[] = { 1, 2, 5, 10 };
  double rough = fabs (range) / MAX (at_most, 1);
  double power;

  if (!isfinite (rough) || rough <= 0)
    return 1.0;
  power = pow (10, floor (log10 (rough)));
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    if (rough <= factors[i] * power * (1 + 1e-9))
      return factors[i] * power;
  return 10 * power;
}

double
fig_nice_ceiling (double value)
{
  double step;

  if (!isfinite (value) || value <= 0)
    return 1.0;
  step = fig_nice_step (value, 8);
  return step * ceil (value / step - 1e-9);
}

/* The digits after the point that a multiple of @step needs. */
static guint
decimals_of_step (double step)
{
  double digits = ceil (-log10 (step) - 1e-9);

  return digits > 0 ? (guint) MIN (digits, 12) : 0;
}

static void
add_tick (FigTicks *ticks, double value, double step, FigTickFormat format, gboolean plain)
{
  g_autofree char *label = NULL;

  if (ticks->n == FIG_MAX_TICKS)
    return;
  if (format == FIG_TICKS_PERCENT)
    label = fig_percent (value, decimals_of_step (step * 100), plain);
  else if (format == FIG_TICKS_COUNT)
    label = fig_count (value, plain);
  else
    label = fig_number (value, decimals_of_step (step), plain);
  ticks->values[ticks->n] = value;
  g_strlcpy (ticks->labels[ticks->n], label, sizeof ticks->labels[0]);
  ticks->n++;
}

static void
linear_ticks (FigTicks *ticks, double low, double high, guint at_most, FigTickFormat format, gboolean plain)
{
  /* N ticks enclose N - 1 steps. Between the ends of a short axis none of them may fall; then finer ones are tried. */
  for (guint parts = MAX (at_most - 1, 1); ticks->n == 0 && parts < 100; parts++)
    {
      double step = fig_nice_step (high - low, parts), first, last;

      if (format == FIG_TICKS_COUNT)
        step = MAX (step, 1.0);
      first = ceil (low / step - 1e-9);
      last = floor (high / step + 1e-9);
      for (double i = first; i <= last && ticks->n < at_most; i++)
        add_tick (ticks, i == 0 ? 0.0 : i * step, step, format, plain);
    }
}

static void
log_ticks (FigTicks *ticks, double low, double high, guint at_most, FigTickFormat format, gboolean plain)
{
  static const double factors[] = { 1, 2, 5 };
  double first = floor (log10 (low) + 1e-9), last = ceil (log10 (high) - 1e-9);
  guint n_factors = (last - first) * 3 + 1 <= at_most ? 3 : 1;
  double stride = n_factors == 3 ? 1 : MAX (1, ceil ((last - first + 1) / at_most));

  for (double exponent = stride * ceil (first / stride); exponent <= last; exponent += stride)
    for (guint i = 0; i < n_factors; i++)
      {
        double value = factors[i] * pow (10, exponent);

        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
          add_tick (ticks, value, pow (10, exponent), format, plain);
      }
}

void
fig_ticks_init (FigTicks *ticks, const FigScale *scale, guint at_most, FigTickFormat format, gboolean plain)
{
  double low = MIN (scale->low, scale->high), high = MAX (scale->low, scale->high);

  ticks->n = 0;
  at_most = CLAMP (at_most, 1, FIG_MAX_TICKS);
  if (fig_scale_is_degenerate (scale))
    {
      if (isfinite (scale->low))
        add_tick (ticks, scale->low, 0.01, format, plain);
      return;
    }
  if (scale->kind == FIG_SCALE_LOG10)
    log_ticks (ticks, low, high, at_most, format, plain);
  /* Within a decade a logarithmic axis may hold no power of ten; then any round values do. */
  if (scale->kind == FIG_SCALE_LINEAR || ticks->n < 2)
    {
      ticks->n = 0;
      linear_ticks (ticks, low, high, at_most, format, plain);
    }
}
