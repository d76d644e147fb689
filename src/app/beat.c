/* beat.c: how often what changes all the time is drawn anew.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/beat.h"

gboolean
scope_beat_has_passed (GdkFrameClock *clock, gint64 *last)
{
  gint64 beat = gdk_frame_clock_get_frame_time (clock) / SCOPE_BEAT;

  if (beat == *last)
    return FALSE;
  *last = beat;
  return TRUE;
}
