/* work.c: one piece of work that takes a while, with a bar that says how long it still takes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/work.h"

#include <glib/gi18n.h>

#define DRAW_INTERVAL (G_USEC_PER_SEC / 10)

void
cli_work_init (CliWork *work, const char *label)
{
  const char *const labels[] = { label, NULL };

  work->progress = cli_progress_new (labels, FALSE);
  work->start = work->drawn = g_get_monotonic_time ();
}

void
cli_work_clear (CliWork *work)
{
  g_clear_pointer (&work->progress, cli_progress_free);
}

gboolean
cli_work_goes_on (double done, gpointer data)
{
  CliWork *work = data;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *left = NULL;
  g_autofree char *detail = NULL;

  if (now - work->drawn < DRAW_INTERVAL)
    return TRUE;
  work->drawn = now;
  left = cli_duration_text ((double) (now - work->start) / G_USEC_PER_SEC * (1.0 - done) / done);
  detail = g_strdup_printf (_("%7s left"), left);
  cli_progress_set (work->progress, 0, done, (const char *const[]){ detail, NULL });
  cli_progress_draw (work->progress);
  return TRUE;
}
