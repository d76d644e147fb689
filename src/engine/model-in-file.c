/* model-in-file.c: weights that are put aside without taking memory.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/model-in-file.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static gboolean
write_all (int fd, const char *bytes, gsize size)
{
  while (size > 0)
    {
      const gssize n = write (fd, bytes, size);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          bytes += n;
          size -= (gsize) n;
        }
    }
  return TRUE;
}

/* A file that nobody else finds: its name is taken away before anything is written. -1 where there can be none. */
static int
open_nameless (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "weights-XXXXXX", NULL);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (path);
  return fd;
}

/* (transfer full) (nullable) */
static GMappedFile *
put_into_file (const NnModel *model, const char *folder)
{
  const int fd = open_nameless (folder);
  GMappedFile *file = NULL;

  if (fd < 0)
    return NULL;
  if (write_all (fd, (const char *) model->parameters, model->layout.size * sizeof (float)))
    file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  close (fd);
  return file;
}

NnModel *
nn_model_copy_in_file (const NnModel *model, const char *folder)
{
  GMappedFile *file;
  NnModel *copy;

  g_return_val_if_fail (model != NULL && folder != NULL, NULL);
  file = put_into_file (model, folder);
  copy = file != NULL ? nn_model_copy_around (model, (float *) (gpointer) g_mapped_file_get_contents (file))
                      : nn_model_copy (model);
  copy->file = file;
  return copy;
}
