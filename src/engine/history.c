/* history.c: the curves of a training run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/history.h"

#include <math.h>

NnHistory *
nn_history_new (void)
{
  NnHistory *history = g_new0 (NnHistory, 1);

  history->points = g_array_new (FALSE, FALSE, sizeof (NnPoint));
  return history;
}

NnHistory *
nn_history_copy (const NnHistory *history)
{
  NnHistory *copy;

  g_return_val_if_fail (history != NULL, NULL);
  copy = g_new0 (NnHistory, 1);
  copy->points = g_array_copy (history->points);
  return copy;
}

void
nn_history_free (NnHistory *history)
{
  if (history == NULL)
    return;
  g_array_unref (history->points);
  g_free (history);
}

/* Means weighted by the iterations that each of the two covers; the newer measurement of held-out names. */
static NnPoint
merge (const NnPoint *a, const NnPoint *b, guint64 before)
{
  const double from_a = (double) (a->iteration - before), from_b = (double) (b->iteration - a->iteration);

  return (NnPoint){ .iteration = b->iteration,
                    .loss = (a->loss * from_a + b->loss * from_b) / (from_a + from_b),
                    .accuracy = (a->accuracy * from_a + b->accuracy * from_b) / (from_a + from_b),
                    .held_out_accuracy = isnan (b->held_out_accuracy) ? a->held_out_accuracy : b->held_out_accuracy };
}

static void
halve (NnHistory *history)
{
  NnPoint *points = (NnPoint *) history->points->data;
  guint64 before = 0;

  for (guint i = 0; i < NN_MOST_POINTS / 2; i++)
    {
      points[i] = merge (&points[2 * i], &points[2 * i + 1], before);
      before = points[i].iteration;
    }
  g_array_set_size (history->points, NN_MOST_POINTS / 2);
}

void
nn_history_add (NnHistory *history, const NnPoint *point)
{
  const NnPoint *last;

  g_return_if_fail (history != NULL && point != NULL);
  last = nn_history_last (history);
  g_return_if_fail (point->iteration > (last != NULL ? last->iteration : 0));
  g_array_append_val (history->points, *point);
  if (history->points->len == NN_MOST_POINTS)
    halve (history);
}

guint
nn_history_length (const NnHistory *history)
{
  g_return_val_if_fail (history != NULL, 0);
  return history->points->len;
}

const NnPoint *
nn_history_point (const NnHistory *history, guint index)
{
  g_return_val_if_fail (history != NULL && index < history->points->len, NULL);
  return &g_array_index (history->points, NnPoint, index);
}

const NnPoint *
nn_history_last (const NnHistory *history)
{
  g_return_val_if_fail (history != NULL, NULL);
  return history->points->len > 0 ? nn_history_point (history, history->points->len - 1) : NULL;
}

guint
nn_history_after (const NnHistory *history, guint64 iteration)
{
  guint low = 0, high = nn_history_length (history);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (nn_history_point (history, middle)->iteration > iteration)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

void
nn_history_clear (NnHistory *history)
{
  g_return_if_fail (history != NULL);
  g_array_set_size (history->points, 0);
}

gboolean
nn_history_has_held_out (const NnHistory *history)
{
  for (guint i = 0; i < nn_history_length (history); i++)
    if (isfinite (nn_history_point (history, i)->held_out_accuracy))
      return TRUE;
  return FALSE;
}
