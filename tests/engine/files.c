/* files.c: a file is replaced whole or not at all, and what is said where it can't be.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-folder.h"

#include "engine/error.h"
#include "engine/file.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OLD "what was there before"

static void
assert_contents (const TestFolder *test, const char *expected)
{
  g_autoptr (GBytes) bytes = test_folder_read (test);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes), expected, (int) strlen (expected));
}

static guint
mode_of (const char *path)
{
  struct stat facts;

  g_assert_cmpint (stat (path, &facts), ==, 0);
  return facts.st_mode & 0777;
}

static void
replace (const TestFolder *test, const char *text)
{
  GError *error = NULL;

  g_assert_true (nn_file_replace (test->path, text, strlen (text), &error));
  g_assert_no_error (error);
  assert_contents (test, text);
}

static void
assert_fails (const TestFolder *test, const char *message)
{
  GError *error = NULL;

  g_assert_false (nn_file_replace (test->path, "new", 3, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE, message);
}

static void
test_replace (TestFolder *test, gconstpointer data)
{
  mode_t before = umask (022);

  replace (test, "first, and longer than the second");
  g_assert_cmpuint (mode_of (test->path), ==, 0644);
  replace (test, "second");
  replace (test, "");
  g_assert_cmpuint (test_folder_count (test), ==, 1);
  umask (before);
}

static void
test_keeps_permissions (TestFolder *test, gconstpointer data)
{
  test_folder_write (test, OLD, strlen (OLD));
  g_assert_cmpint (g_chmod (test->path, 0600), ==, 0);
  replace (test, "secret");
  g_assert_cmpuint (mode_of (test->path), ==, 0600);
}

static void
test_follows_link (TestFolder *test, gconstpointer data)
{
  g_autofree char *target = g_build_filename (test->folder, "target", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (target, OLD, -1, NULL));
  g_assert_cmpint (symlink ("target", test->path), ==, 0);
  replace (test, "new");
  g_assert_true (g_file_test (test->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (target, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_get_contents (target, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "new");
  g_assert_cmpuint (test_folder_count (test), ==, 2);
}

/* /dev/null and the like must stay what they are, whoever asks. */
static void
test_no_file (TestFolder *test, gconstpointer data)
{
  g_assert_cmpint (g_mkdir (test->path, 0700), ==, 0);
  assert_fails (test, "can't be written: it is a folder; choose a file");
  g_assert_cmpint (g_rmdir (test->path), ==, 0);
  g_assert_cmpint (mkfifo (test->path, 0600), ==, 0);
  assert_fails (test, "can't be written: it is a pipe; choose a file");
  g_assert_cmpint (g_remove (test->path), ==, 0);
  g_assert_cmpint (symlink ("/dev/null", test->path), ==, 0);
  assert_fails (test, "can't be written: it is a device; choose a file");
  g_assert_cmpuint (test_folder_count (test), ==, 1);
}

static void
test_no_folder (TestFolder *test, gconstpointer data)
{
  g_free (test->path);
  test->path = g_build_filename (test->folder, "none", "file", NULL);
  assert_fails (test, "can't be written: No such file or directory; choose another place");
  g_assert_cmpuint (test_folder_count (test), ==, 0);
}

static void
test_read_only (TestFolder *test, gconstpointer data)
{
  if (geteuid () == 0)
    {
      g_test_skip ("the superuser may write everything");
      return;
    }
  test_folder_write (test, OLD, strlen (OLD));
  g_assert_cmpint (g_chmod (test->path, 0400), ==, 0);
  assert_fails (test, "can't be written: Permission denied; choose another place");
  g_assert_cmpint (g_chmod (test->path, 0600), ==, 0);
  assert_contents (test, OLD);
  g_assert_cmpint (g_chmod (test->folder, 0500), ==, 0);
  assert_fails (test, "can't be written: Permission denied; choose another place");
  g_assert_cmpint (g_chmod (test->folder, 0700), ==, 0);
  assert_contents (test, OLD);
  g_assert_cmpuint (test_folder_count (test), ==, 1);
}

/* For a child alone: its limit on file sizes ends writing half-way, as a full disk would. */
static int
fail_half_way (const TestFolder *test, const char *message)
{
  static const char bytes[65536] = "new";
  g_autofree char *expected = g_strdup_printf ("%s: %s", test->path, message);
  g_autoptr (GError) error = NULL;
  struct rlimit limit = { 4096, 4096 };

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return 2;
  if (nn_file_replace (test->path, bytes, sizeof bytes, &error))
    return 3;
  return g_error_matches (error, NN_ERROR, NN_ERROR_FILE) && strcmp (error->message, expected) == 0 ? 0 : 4;
}

static int
status_under_limit (const TestFolder *test, const char *message)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (fail_half_way (test, message));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_half_written (TestFolder *test, gconstpointer data)
{
  const char *message = "can't be written: File too large; choose another place";

  g_assert_cmpint (status_under_limit (test, message), ==, 0);
  g_assert_cmpuint (test_folder_count (test), ==, 0);
  test_folder_write (test, OLD, strlen (OLD));
  g_assert_cmpint (status_under_limit (test, message), ==, 0);
  assert_contents (test, OLD);
  g_assert_cmpuint (test_folder_count (test), ==, 1);
}

static void
test_read (TestFolder *test, gconstpointer data)
{
  char bytes[32];
  gsize size;
  GError *error = NULL;
  int fd;

  test_folder_write (test, "0123456789", 10);
  fd = nn_file_open (test->path, 10, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpuint (size, ==, 10);
  g_assert_true (nn_file_read (fd, test->path, bytes, 4, &error));
  g_assert_true (nn_file_read (fd, test->path, bytes + 4, 6, &error));
  g_assert_cmpmem (bytes, 10, "0123456789", 10);
  g_assert_true (nn_file_read (fd, test->path, bytes, 0, &error));
  g_assert_false (nn_file_read (fd, test->path, bytes, 1, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE, "became shorter while it was read; try again");
  close (fd);
  g_assert_cmpint (nn_file_open (test->path, 9, &size, &error), ==, -1);
  test_folder_assert_error (test, &error, NN_ERROR_FILE,
                            "is too large: 10 bytes, at most 9 are read; choose another file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST_ADD ("/files/replace", test_replace);
  TEST_ADD ("/files/keeps-permissions", test_keeps_permissions);
  TEST_ADD ("/files/follows-link", test_follows_link);
  TEST_ADD ("/files/no-file", test_no_file);
  TEST_ADD ("/files/no-folder", test_no_folder);
  TEST_ADD ("/files/read-only", test_read_only);
  TEST_ADD ("/files/half-written", test_half_written);
  TEST_ADD ("/files/read", test_read);
  return g_test_run ();
}
