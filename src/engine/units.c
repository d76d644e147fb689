/* units.c: orders of a network's units, the most telling of them, and what they do together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/units.h"

#include "engine/unit-order.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

typedef struct
{
  double value;
  guint unit;
} Ranked;

static int
compare (const void *x, const void *y)
{
  const Ranked *a = x, *b = y;

  if (a->value != b->value)
    return a->value > b->value ? -1 : 1;
  return a->unit < b->unit ? -1 : 1;
}

static double
number (double value)
{
  return isfinite (value) ? value : 0.0;
}

/* @values: [n_units]; the units of the @n highest. */
static void
rank (const double *values, guint n_units, guint n, guint *units)
{
  g_autofree Ranked *ranked = g_new (Ranked, n_units);

  for (guint unit = 0; unit < n_units; unit++)
    ranked[unit] = (Ranked){ number (values[unit]), unit };
  qsort (ranked, n_units, sizeof (Ranked), compare);
  for (guint i = 0; i < n; i++)
    units[i] = ranked[i].unit;
}

float *
nn_units_features (const NnTrace *const *traces, guint n_traces, gsize *width)
{
  const guint hidden = traces[0]->hidden;
  gsize at = 0;
  float *features;

  *width = 0;
  for (guint i = 0; i < n_traces; i++)
    *width += (nn_kind_has_gates (traces[i]->kind) ? (gsize) NN_N_STATES : 1) * traces[i]->length;
  features = g_new (float, hidden * *width);
  for (guint i = 0; i < n_traces; i++)
    for (guint state = 0; state < NN_N_STATES; state++)
      for (guint t = 0; traces[i]->states[state] != NULL && t < traces[i]->length; t++, at++)
        for (guint unit = 0; unit < hidden; unit++)
          features[unit * *width + at] = (float) number ((double) traces[i]->states[state][(gsize) t * hidden + unit]);
  return features;
}

void
nn_units_cluster (const NnTrace *const *traces, guint n_traces, guint *order)
{
  g_autofree float *features = NULL;
  g_autofree NnMerge *merges = NULL;
  gsize width;

  g_return_if_fail (traces != NULL && n_traces > 0 && order != NULL);
  features = nn_units_features (traces, n_traces, &width);
  merges = g_new (NnMerge, traces[0]->hidden);
  nn_average_linkage (features, traces[0]->hidden, width, merges);
  nn_linkage_leaves (merges, traces[0]->hidden, order);
}

void
nn_units_order (const NnTrace *trace, NnUnitOrder by, guint *order)
{
  g_autofree double *last = NULL;

  g_return_if_fail (trace != NULL && order != NULL);
  if (by == NN_UNITS_CLUSTERED)
    {
      nn_units_cluster (&trace, 1, order);
      return;
    }
  last = g_new0 (double, trace->hidden);
  for (guint unit = 0; by == NN_UNITS_BY_LAST_VALUE && unit < trace->hidden; unit++)
    last[unit] = (double) nn_trace_state (trace, NN_STATE_HIDDEN, trace->length - 1)[unit];
  rank (last, trace->hidden, trace->hidden, order);
}

void
nn_units_change (const NnTrace *trace, NnState state, double *changes)
{
  const gboolean starts_at_zero = state == NN_STATE_CELL || state == NN_STATE_HIDDEN;

  g_return_if_fail (trace != NULL && (guint) state < NN_N_STATES && trace->states[state] != NULL);
  for (guint unit = 0; unit < trace->hidden; unit++)
    {
      double before = starts_at_zero ? 0.0 : (double) trace->states[state][unit];

      changes[unit] = 0;
      for (guint t = 0; t < trace->length; t++)
        {
          const double now = (double) trace->states[state][(gsize) t * trace->hidden + unit];

          changes[unit] += fabs (now - before);
          before = now;
        }
    }
}

guint
nn_units_most_telling (const NnTrace *trace, NnState state, guint n, guint *units)
{
  g_autofree double *changes = NULL;

  g_return_val_if_fail (trace != NULL && units != NULL, 0);
  n = MIN (n, trace->hidden);
  changes = g_new0 (double, trace->hidden);
  nn_units_change (trace, state, changes);
  rank (changes, trace->hidden, n, units);
  return n;
}

void
nn_units_summary (const NnTrace *trace, NnState state, guint step, NnUnitSummary *summary)
{
  const float *values = nn_trace_state (trace, state, step);
  g_autofree double *sorted = NULL;

  g_return_if_fail (values != NULL && summary != NULL);
  sorted = g_new (double, trace->hidden);
  for (guint unit = 0; unit < trace->hidden; unit++)
    sorted[unit] = (double) values[unit];
  gsl_sort (sorted, 1, trace->hidden);
  summary->mean = gsl_stats_mean (sorted, 1, trace->hidden);
  summary->lower_quartile = gsl_stats_quantile_from_sorted_data (sorted, 1, trace->hidden, 0.25);
  summary->median = gsl_stats_quantile_from_sorted_data (sorted, 1, trace->hidden, 0.5);
  summary->upper_quartile = gsl_stats_quantile_from_sorted_data (sorted, 1, trace->hidden, 0.75);
}
