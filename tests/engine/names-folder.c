/* names-folder.c: folders of names for a test, gone when it ends.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "names-folder.h"

#include <glib/gstdio.h>
#include <string.h>

char *
names_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("gatescope-names-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      remove_all (inner);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
names_folder_free (char *folder)
{
  if (folder == NULL)
    return;
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  remove_all (folder);
  g_free (folder);
}

void
names_folder_write_bytes (const char *folder, const char *file, const char *bytes, gsize length)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

void
names_folder_write (const char *folder, const char *file, const char *text)
{
  names_folder_write_bytes (folder, file, text, strlen (text));
}

void
names_folder_mkdir (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}
