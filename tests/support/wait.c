/* wait.c: waits for an event by running the main loop, with a limit of time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "wait.h"

static gboolean
on_limit (gpointer data)
{
  g_error ("waited for %s in vain", (const char *) data);
  return G_SOURCE_REMOVE;
}

/* Wakes the loop now and then: a condition may come true without an event of this context. */
static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
wait_until (WaitCondition condition, gpointer data, double seconds)
{
  const char *factor = g_getenv ("WAIT_FACTOR"); /* how much slower than usual this machine is: under valgrind, say */
  guint limit
      = g_timeout_add ((guint) (seconds * 1000 * (factor != NULL ? g_ascii_strtod (factor, NULL) : 1)), on_limit, "an event");
  guint tick = g_timeout_add (5, on_tick, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  g_source_remove (tick);
}
