/* beat.h: how often what changes all the time is drawn anew.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Microseconds between two states of what is shown of a training run. All widgets keep to the same beat, so that those
 * that show the same network show the same state of it, and the machine's time is left to the training. */
#define SCOPE_BEAT 80000

/* scope_beat_has_passed: whether the clock's frame is of another beat than *last, which it then becomes. */
gboolean scope_beat_has_passed (GdkFrameClock *clock, gint64 *last);

G_END_DECLS
