/* history.c: the curves of a training run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/history.h"

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

void
nn_history_add (NnHistory *history, const NnPoint *point)
{
  const NnPoint *last;

  g_return_if_fail (history != NULL && point != NULL);
  last = nn_history_last (history);
  g_return_if_fail (point->iteration > (last != NULL ? last->iteration : 0));
  g_array_append_val (history->points, *point);
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

void
nn_history_clear (NnHistory *history)
{
  g_return_if_fail (history != NULL);
  g_array_set_size (history->points, 0);
}
