/* progress.h: bars on the standard error, redrawn in place; only where that is a terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CliProgress CliProgress;

/* cli_progress_new:
 * @labels: one a bar, NULL-terminated; copied
 * @quiet: none is shown
 * Returns: (transfer full). */
CliProgress *cli_progress_new (const char *const *labels, gboolean quiet);

/* cli_progress_free: takes the bars away. */
void cli_progress_free (CliProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliProgress, cli_progress_free)

/* cli_progress_set:
 * @done: 0..1
 * @details: what stands behind the bar, NULL-terminated, the most important first: as many as the width has room for;
 *   copied */
void cli_progress_set (CliProgress *progress, guint bar, double done, const char *const *details);

/* cli_progress_draw: draws the bars where they are. */
void cli_progress_draw (CliProgress *progress);

/* cli_progress_hide: takes the bars away until they are drawn again, so that something else can be printed. */
void cli_progress_hide (CliProgress *progress);

/* cli_duration_text: "0:07", "12:34" or "3:05:00"; "-" for a time that is not known. (transfer full) */
char *cli_duration_text (double seconds);

G_END_DECLS
