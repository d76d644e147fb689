/* file.c: files that are read or written whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/file.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEW_FILE_MODE 0644

gboolean
nn_file_fail (GError **error, NnError code, const char *path, const char *format, ...)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, NN_ERROR, code, "%s: %s", shown, message);
  return FALSE;
}

static const char *
what_it_is (mode_t mode)
{
  return S_ISDIR (mode) ? "a folder" : S_ISFIFO (mode) ? "a pipe" : S_ISSOCK (mode) ? "a socket" : "a device";
}

int
nn_file_open (const char *path, gsize limit, gsize *size, GError **error)
{
  struct stat facts;
  int fd;

  g_return_val_if_fail (path != NULL && size != NULL, -1);
  /* Without O_NONBLOCK, opening a pipe waits until somebody writes to it. */
  fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0 || fstat (fd, &facts) != 0)
    nn_file_fail (error, NN_ERROR_FILE, path, "can't be read: %s", g_strerror (errno));
  else if (!S_ISREG (facts.st_mode))
    nn_file_fail (error, NN_ERROR_FILE, path, "is %s; choose a file", what_it_is (facts.st_mode));
  else if ((guint64) facts.st_size > limit)
    nn_file_fail (error, NN_ERROR_FILE, path,
                  "is too large: %" G_GUINT64_FORMAT " bytes, at most %" G_GSIZE_FORMAT
                  " are read; choose another file",
                  (guint64) facts.st_size, limit);
  else
    {
      *size = (gsize) facts.st_size;
      return fd;
    }
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
nn_file_read (int fd, const char *path, gpointer bytes, gsize n, GError **error)
{
  gsize done = 0;

  while (done < n)
    {
      gssize got = read (fd, (guchar *) bytes + done, n - done);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return nn_file_fail (error, NN_ERROR_FILE, path, "can't be read: %s", g_strerror (errno));
      if (got == 0)
        return nn_file_fail (error, NN_ERROR_FILE, path, "became shorter while it was read; try again");
      done += (gsize) got;
    }
  return TRUE;
}

/* GLib's messages name the temporary file, which nobody knows; what the system said stands after the last colon. */
static const char *
system_message (const GError *failure)
{
  const char *colon = g_strrstr (failure->message, ": ");

  return colon != NULL ? colon + strlen (": ") : failure->message;
}

gboolean
nn_file_replace (const char *path, gconstpointer bytes, gsize n, GError **error)
{
  g_autofree char *target = NULL;
  g_autoptr (GError) failure = NULL;
  const char *advice = "choose another place";
  struct stat facts;
  int mode = NEW_FILE_MODE;

  g_return_val_if_fail (path != NULL && (bytes != NULL || n == 0) && n <= G_MAXSSIZE, FALSE);
  /* Putting a new file into the place of the old one would replace a link, a device, or what may not be written. */
  target = realpath (path, NULL);
  if (target != NULL && stat (target, &facts) == 0)
    {
      if (!S_ISREG (facts.st_mode))
        return nn_file_fail (error, NN_ERROR_FILE, path, "can't be written: it is %s; choose a file",
                             what_it_is (facts.st_mode));
      if (g_access (target, W_OK) != 0)
        return nn_file_fail (error, NN_ERROR_FILE, path, "can't be written: %s; %s", g_strerror (errno), advice);
      mode = (int) (facts.st_mode & 0777);
    }
  if (g_file_set_contents_full (target != NULL ? target : path, bytes, (gssize) n,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, &failure))
    return TRUE;
  if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    advice = "make room or choose another place";
  return nn_file_fail (error, NN_ERROR_FILE, path, "can't be written: %s; %s", system_message (failure), advice);
}
