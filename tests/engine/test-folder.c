/* test-folder.c: a folder of its own for each test that writes files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-folder.h"

#include "engine/error.h"

#include <glib/gstdio.h>

#include <string.h>

void
test_folder_set_up (TestFolder *test, gconstpointer data)
{
  GError *error = NULL;

  test->folder = g_dir_make_tmp ("gatescope-test-XXXXXX", &error);
  g_assert_no_error (error);
  test->path = g_build_filename (test->folder, "file", NULL);
}

void
test_folder_tear_down (TestFolder *test, gconstpointer data)
{
  GDir *listing = g_dir_open (test->folder, 0, NULL);
  const char *name;

  g_assert_nonnull (listing);
  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (test->folder, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_dir_close (listing);
  g_assert_cmpint (g_rmdir (test->folder), ==, 0);
  g_free (test->folder);
  g_free (test->path);
}

guint
test_folder_count (const TestFolder *test)
{
  g_autoptr (GDir) listing = g_dir_open (test->folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (listing);
  while (g_dir_read_name (listing) != NULL)
    n++;
  return n;
}

GBytes *
test_folder_read (const TestFolder *test)
{
  char *contents = NULL;
  gsize length = 0;
  GError *error = NULL;

  g_file_get_contents (test->path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

void
test_folder_write (const TestFolder *test, gconstpointer bytes, gsize n)
{
  FILE *file;

  /* Some file systems put what is overwritten onto the disk at once, which takes its time. */
  g_remove (test->path);
  file = g_fopen (test->path, "wb");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
test_folder_assert_error (const TestFolder *test, GError **error, int code, const char *message)
{
  g_autofree char *expected = g_strdup_printf ("%s: %s", test->path, message);
  gsize length = strlen (expected);

  g_assert_nonnull (*error);
  g_assert_null (strchr ((*error)->message, '\n'));
  if (g_str_has_suffix (expected, "*"))
    {
      expected[--length] = '\0';
      if (strlen ((*error)->message) > length)
        (*error)->message[length] = '\0';
    }
  g_assert_cmpstr ((*error)->message, ==, expected);
  g_assert_error (*error, NN_ERROR, code);
  g_clear_error (error);
}
