/* moment.c: the networks of a session at an earlier moment of their training.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/moment.h"

#include <math.h>

NnSnapshot *
scope_moment_find (GPtrArray *timeline, guint64 most, double time)
{
  double iteration = expm1 (CLAMP (time, 0, 1) * log1p ((double) most));
  guint at = 0;

  g_return_val_if_fail (timeline != NULL && timeline->len > 0, NULL);
  /* Half an iteration is not lost to rounding. */
  while (at + 1 < timeline->len
         && (double) ((NnSnapshot *) g_ptr_array_index (timeline, at + 1))->iteration <= iteration + 0.5)
    at++;
  return g_ptr_array_index (timeline, at);
}

NnSnapshot *
scope_moment_of_run (ScopeSession *session, ScopeRun *run, double time)
{
  GPtrArray *timeline = run != NULL && time < 1 ? scope_run_get_timeline (run) : NULL;
  g_autoptr (GPtrArray) shown = NULL;
  guint64 most = 0;

  if (timeline == NULL || timeline->len == 0)
    return NULL;
  shown = scope_session_get_shown (session);
  for (guint i = 0; i < shown->len; i++)
    {
      ScopeRun *other = scope_network_get_run (g_ptr_array_index (shown, i));

      if (other != NULL)
        most = MAX (most, scope_run_get_iteration (other));
    }
  return scope_moment_find (timeline, most, time);
}
