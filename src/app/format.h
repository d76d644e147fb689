/* format.h: numbers and times as the window writes them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* scope_format_duration: "0:07", "12:30", "1:02:03"; an en dash for what is not finite. (transfer full) */
char *scope_format_duration (double seconds);

G_END_DECLS
