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

/* A short count has three digits after its point: where the steps are finer, on an axis that is zoomed far into, the
 * whole number is written. */
static FigTickFormat
count_format (double high, double step)
{
  double unit = high >= 1e9 ? 1e9 : high >= 1e6 ? 1e6 : high >= 1e3 ? 1e3 : 1;

  return step < unit / 1000 * (1 - 1e-9) ? FIG_TICKS_NUMBER : FIG_TICKS_COUNT;
}

static void
linear_ticks (FigTicks *ticks, double low, double high, guint at_most, FigTickFormat format, gboolean plain)
{
  guint wanted = MIN (at_most, 2);

  /* N ticks enclose N - 1 steps. Between the ends of a short axis none of them may fall, or a single one, which is no
   * scale; then finer ones are tried. */
  for (guint parts = MAX (at_most - 1, 1); ticks->n < wanted && parts < 100; parts++)
    {
      double step = fig_nice_step (high - low, parts), first, last;

      if (format == FIG_TICKS_COUNT)
        {
          step = MAX (step, 1.0);
          format = count_format (high, step);
        }
      ticks->n = 0;
      first = ceil (low / step - 1e-9);
      last = floor (high / step + 1e-9);
      for (double i = first; i <= last && ticks->n < at_most; i++)
        add_tick (ticks, i == 0 ? 0.0 : i * step, step, format, plain);
    }
}

static gboolean
is_within (double value, double low, double high)
{
  return value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
}

/* Which multiples of each power of ten get a label: the set with the most that has room. */
typedef struct
{
  guint n;
  double factors[3];
} Multiples;

static guint
count_multiples (const Multiples *multiples, double first, double last, double low, double high)
{
  guint n = 0;

  for (double exponent = first; exponent <= last; exponent++)
    for (guint i = 0; i < multiples->n; i++)
      n += is_within (multiples->factors[i] * pow (10, exponent), low, high);
  return n;
}

static void
minor_ticks (FigTicks *ticks, double first, double last, double low, double high)
{
  for (double exponent = first; exponent <= last; exponent++)
    for (guint factor = 2; factor < 10; factor++)
      {
        double value = factor * pow (10, exponent);
        gboolean has_label = FALSE;

        for (guint i = 0; i < ticks->n; i++)
          has_label = has_label || fabs (ticks->values[i] - value) < 1e-6 * value;
        if (!has_label && is_within (value, low, high) && ticks->n_minor < FIG_MAX_MINOR_TICKS)
          ticks->minor[ticks->n_minor++] = value;
      }
}

static void
log_ticks (FigTicks *ticks, double low, double high, guint at_most, FigTickFormat format, gboolean plain)
{
  static const Multiples choices[] = { { 3, { 1, 2, 5 } }, { 2, { 1, 3 } }, { 1, { 1 } } };
  double first = floor (log10 (low) + 1e-9), last = ceil (log10 (high) - 1e-9), stride = 1;
  guint choice = 0;

  while (choice < 2 && count_multiples (&choices[choice], first, last, low, high) > at_most)
    choice++;
  if (choice == 2)
    stride = MAX (1, ceil ((last - first + 1) / at_most));
  for (double exponent = stride * ceil (first / stride); exponent <= last; exponent += stride)
    for (guint i = 0; i < choices[choice].n; i++)
      {
        double value = choices[choice].factors[i] * pow (10, exponent);

        if (is_within (value, low, high))
          add_tick (ticks, value, pow (10, exponent), format, plain);
      }
}

void
fig_ticks_init (FigTicks *ticks, const FigScale *scale, guint at_most, FigTickFormat format, gboolean plain)
{
  double low = MIN (scale->low, scale->high), high = MAX (scale->low, scale->high);

  ticks->n = 0;
  ticks->n_minor = 0;
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
  /* Over more decades than that they would be a smear. */
  if (scale->kind == FIG_SCALE_LOG10 && high / low < 1e7)
    minor_ticks (ticks, floor (log10 (low)), ceil (log10 (high)), low, high);
}
