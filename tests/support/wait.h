/* wait.h: waits for an event by running the main loop, with a limit of time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*WaitCondition) (gpointer data);

/* wait_until: runs the default main context until @condition holds; the test fails after @seconds. */
void wait_until (WaitCondition condition, gpointer data, double seconds);

G_END_DECLS
