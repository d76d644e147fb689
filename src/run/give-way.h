/* give-way.h: lets a thread that computes give way to those that somebody waits for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#ifdef __linux__
#include <sys/resource.h>
#endif

G_BEGIN_DECLS

/* How much a computing thread gives way, of 19 at most. */
#define SCOPE_GIVE_WAY 10

/* scope_give_way:
 * The calling thread, and those that it starts from now on, leave the processor to others when they want it. With as many
 * threads computing as there are processors, the window would otherwise wait for its turn behind them. */
static inline void
scope_give_way (void)
{
#ifdef __linux__
  /* A thread has its own priority here. Where it can't be lowered, nothing is lost but that. */
  (void) setpriority (PRIO_PROCESS, 0, SCOPE_GIVE_WAY);
#endif
}

G_END_DECLS
