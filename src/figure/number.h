/* number.h: numbers as figures write them.
 *
 * Every function gives a new string, to free with g_free. With @plain they are the C locale's (files), else the user's
 * (screen). A minus is U+2212; a number that isn't finite is an en dash.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* fig_number: "1,234.50" with @decimals digits after the point, thousands grouped. */
char *fig_number (double value, guint decimals, gboolean plain);

/* fig_percent: @share (0..1) as "61.2 %". */
char *fig_percent (double share, guint decimals, gboolean plain);

/* fig_count: whole numbers of things, short where they are round: "0", "500", "20 k", "2.5 M". */
char *fig_count (double value, gboolean plain);

G_END_DECLS
