/* file.c: files that are read or written whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/file.h"

#include "engine/i18n.h"

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
  /* Translators: a file, and what is wrong with it. */
  g_set_error (error, NN_ERROR, code, C_("file", "%s: %s"), shown, message);
  return FALSE;
}

static const char *
what_it_is (mode_t mode)
{
  /* Translators: these four are what a path is instead of a file, as in "is a folder; choose a file". */
  return S_ISDIR (mode)    ? C_("path", "a folder")
         : S_ISFIFO (mode) ? C_("path", "a pipe")
         : S_ISSOCK (mode) ? C_("path", "a socket")
                           : C_("path", "a device");
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
    nn_file_fail (error, NN_ERROR_FILE, path, _("can't be read: %s"), g_strerror (errno));
  else if (!S_ISREG (facts.st_mode))
    nn_file_fail (error, NN_ERROR_FILE, path, _("is %s; choose a file"), what_it_is (facts.st_mode));
  else if ((guint64) facts.st_size > limit)
    {
      g_autofree char *bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) facts.st_size);
      nn_file_fail (error, NN_ERROR_FILE, path,
                    _("is too large: %s bytes, at most %zu are read; choose another file"), bytes, limit);
    }
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
        return nn_file_fail (error, NN_ERROR_FILE, path, _("can't be read: %s"), g_strerror (errno));
      if (got == 0)
        return nn_file_fail (error, NN_ERROR_FILE, path, _("became shorter while it was read; try again"));
      done += (gsize) got;
    }
  return TRUE;
}

/* GLib's messages name the temporary file, which nobody knows; what the system said stands after the last colon, which
 * in Chinese is a wide one. */
static const char *
system_message (const GError *failure)
{
  static const char *const colons[] = { ": ", "：" };
  const char *said = failure->message;

  for (gsize i = 0; i < G_N_ELEMENTS (colons); i++)
    {
      const char *colon = g_strrstr (said, colons[i]);

      said = colon != NULL ? colon + strlen (colons[i]) : said;
    }
  return said;
}

gboolean
nn_file_replace (const char *path, gconstpointer bytes, gsize n, GError **error)
{
  g_autofree char *target = NULL;
  g_autoptr (GError) failure = NULL;
  const char *message = _("can't be written: %s; choose another place");
  struct stat facts;
  int mode = NEW_FILE_MODE;

  g_return_val_if_fail (path != NULL && (bytes != NULL || n == 0) && n <= G_MAXSSIZE, FALSE);
  /* Putting a new file into the place of the old one would replace a link, a device, or what may not be written. */
  target = realpath (path, NULL);
  if (target != NULL && stat (target, &facts) == 0)
    {
      if (!S_ISREG (facts.st_mode))
        return nn_file_fail (error, NN_ERROR_FILE, path, _("can't be written: it is %s; choose a file"),
                             what_it_is (facts.st_mode));
      if (g_access (target, W_OK) != 0)
        return nn_file_fail (error, NN_ERROR_FILE, path, message, g_strerror (errno));
      mode = (int) (facts.st_mode & 0777);
    }
  if (g_file_set_contents_full (target != NULL ? target : path, bytes, (gssize) n,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, &failure))
    return TRUE;
  if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    message = _("can't be written: %s; make room or choose another place");
  return nn_file_fail (error, NN_ERROR_FILE, path, message, system_message (failure));
}
