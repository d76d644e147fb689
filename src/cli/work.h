/* work.h: one piece of work that takes a while, with a bar that says how long it still takes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/progress.h"

G_BEGIN_DECLS

typedef struct
{
  CliProgress *progress;
  gint64 start, drawn; /* monotonic time, microseconds */
} CliWork;

/* cli_work_init: work that begins now; @label stands before its bar. What is over at once gets no bar. */
void cli_work_init (CliWork *work, const char *label);

/* cli_work_clear: takes the bar away. */
void cli_work_clear (CliWork *work);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliWork, cli_work_clear)

/* cli_work_goes_on: an NnProgress that draws the bar; @data is a CliWork. Returns: TRUE. */
gboolean cli_work_goes_on (double done, gpointer data);

G_END_DECLS
