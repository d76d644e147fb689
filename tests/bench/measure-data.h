/* measure-data.h: how fast many names are read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "stopwatch.h"

#include <glib.h>

G_BEGIN_DECLS

/* measure_data_generate: writes @n invented names in 20 classes into @folder; one in twenty has an accent. */
gboolean measure_data_generate (const char *folder, guint n, GError **error);

/* measure_data_load: loads them as the programs do. @rows: (out): how many names they are */
gboolean measure_data_load (const char *folder, Stopwatch *taken, guint *rows, GError **error);

/* measure_data_normalise: only reads the files and decomposes each line (NFD, by GLib). @lines: (out): how many */
gboolean measure_data_normalise (const char *folder, Stopwatch *taken, guint *lines, GError **error);

/* measure_data_reduce: only reads the files, checks that they are UTF-8, and reduces each line to our letters. */
gboolean measure_data_reduce (const char *folder, Stopwatch *taken, guint *lines, GError **error);

/* measure_data_peak: the most memory that this process had so far, in bytes; 0 where the system doesn't say. */
gsize measure_data_peak (void);

G_END_DECLS
