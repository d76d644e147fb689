/* file.h: files that are read or written whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/error.h"

G_BEGIN_DECLS

/* nn_file_fail: sets the error "PATH: " and the message, and returns FALSE. */
gboolean nn_file_fail (GError **error, NnError code, const char *path, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* nn_file_open:
 * Opens a regular file for reading. A folder, a pipe or a device is an error at once: no waiting for a writer.
 * @limit: the most bytes that it may have
 * @size: (out): how many it has
 * Returns: a file descriptor, to close with close; -1 with an error.
 * Errors: NN_ERROR_FILE. */
int nn_file_open (const char *path, gsize limit, gsize *size, GError **error);

/* nn_file_read: reads exactly the next @n bytes into @bytes. Errors: NN_ERROR_FILE, also where the file ends before. */
gboolean nn_file_read (int fd, const char *path, gpointer bytes, gsize n, GError **error);

/* nn_file_replace:
 * Writes @path with @n bytes, whole or not at all: until all is on the disk, a file that was there stays as it was.
 * A link is followed, and the permissions of a file that was there are kept.
 * Errors: NN_ERROR_FILE naming the path and what the system said. */
gboolean nn_file_replace (const char *path, gconstpointer bytes, gsize n, GError **error);

G_END_DECLS
