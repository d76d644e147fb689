/* dataset-errors.c: folders and rows that can't be used, and what is said of each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/dataset.h"

#include "engine/error.h"
#include "names-folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define NO_NAME \
  "there is no name that a network can read; write one a line, of 1 to 64 letters, or take the class away"

/* Loads @path and expects the message: @path, then @expected. */
static void
assert_refused (const char *path, const char *expected)
{
  g_autofree char *message = g_strconcat (path, expected, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_dataset_load (path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DATA);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_null (nn_dataset_load (path, NULL));
}

static char *
unreadable_file (int code)
{
  return g_strdup_printf ("/B.txt: the file can't be read (%s); make it readable, or take it out of the folder",
                          g_strerror (code));
}

static char *
unreadable_folder (int code)
{
  return g_strdup_printf (": the folder can't be read (%s); make it readable, or give another", g_strerror (code));
}

/* A folder whose class A is sound and whose second class is @file. */
static void
assert_file_refused (const char *file, const char *bytes, gsize length, const char *expected)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();

  names_folder_write (folder, "A.txt", "Bob\n");
  names_folder_write_bytes (folder, file, bytes, length);
  assert_refused (folder, expected);
}

static void
test_no_folder (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *file = g_build_filename (folder, "A.txt", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);
  g_autofree char *expected = NULL;

  names_folder_write (folder, "A.txt", "Bob\n");
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  assert_refused (missing, ": there is no such folder; give one that has Class.txt files");
  assert_refused (file, ": not a folder; give the folder that has the Class.txt files");
  expected = unreadable_folder (ELOOP);
  assert_refused (loop, expected);
}

static void
test_empty_path (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_dataset_load ("", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DATA);
  g_assert_cmpstr (error->message, ==, "“”: there is no such folder; give one that has Class.txt files");
}

static void
test_number_of_classes (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();

  assert_refused (folder, ": there is no .txt file; give a folder that has a Class.txt for each class");
  names_folder_write (folder, "C00.txt", "Bob\n");
  assert_refused (folder, ": there is 1 class; there must be from 2 to 64, each with its own Class.txt");
  for (guint i = 1; i < 65; i++)
    {
      g_autofree char *file = g_strdup_printf ("C%02u.txt", i);
      names_folder_write (folder, file, "Bob\n");
    }
  assert_refused (folder, ": there are 65 classes; there must be from 2 to 64, each with its own Class.txt");
}

static void
test_no_name (void)
{
  g_autofree char *long_name = g_strnfill (65, 'a');

  assert_file_refused ("B.txt", "", 0, "/B.txt: " NO_NAME);
  assert_file_refused ("B.txt", "\xEF\xBB\xBF", 3, "/B.txt: " NO_NAME);
  assert_file_refused ("B.txt", "\n \r\n\t\n", 6, "/B.txt: " NO_NAME);
  assert_file_refused ("B.txt", "毛\n123\n", 8, "/B.txt: " NO_NAME);
  assert_file_refused ("B.txt", long_name, 65, "/B.txt: " NO_NAME);
}

static void
test_invalid_utf8 (void)
{
  static const char latin1[] = "Bob\r\n\r\n\nNov\xE1k\n";
  static const char cut[] = "Nov\xC3";
  static const char surrogate[] = "\xED\xA0\x80\n";

  assert_file_refused ("B.txt", latin1, strlen (latin1),
                       "/B.txt:4: the line is not valid UTF-8; save the file as UTF-8");
  assert_file_refused ("B.txt", cut, strlen (cut), "/B.txt:1: the line is not valid UTF-8; save the file as UTF-8");
  assert_file_refused ("B.txt", surrogate, strlen (surrogate),
                       "/B.txt:1: the line is not valid UTF-8; save the file as UTF-8");
}

static void
test_nul (void)
{
  static const char within[] = "Bob\nNo\0vak\n";
  static const char at_end[] = "Bob\nNovak\n\0";
  static const char utf16[] = "B\0o\0b\0\n\0";

  assert_file_refused ("B.txt", within, sizeof within - 1,
                       "/B.txt:2: the line has a NUL byte; save the file as UTF-8 text");
  assert_file_refused ("B.txt", at_end, sizeof at_end - 1,
                       "/B.txt:3: the line has a NUL byte; save the file as UTF-8 text");
  assert_file_refused ("B.txt", utf16, sizeof utf16 - 1,
                       "/B.txt:1: the line has a NUL byte; save the file as UTF-8 text");
}

static void
test_long_line (void)
{
  g_autofree char *blanks = g_strnfill (1022, ' ');
  g_autofree char *text = g_strconcat ("Bob\n", blanks, "Bob\r\n", NULL);

  assert_file_refused ("B.txt", text, strlen (text),
                       "/B.txt:2: the line has 1025 bytes; write one name a line, in at most 1024 bytes");
}

/* Of 64 MiB and a byte, all holes: the size is what is wrong. One byte less, and it is the NULs. */
static void
test_large_file (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autofree char *path = g_build_filename (folder, "B.txt", NULL);

  names_folder_write (folder, "A.txt", "Bob\n");
  names_folder_write (folder, "B.txt", "Bob\n");
  g_assert_cmpint (truncate (path, 64 * 1024 * 1024 + 1), ==, 0);
  assert_refused (folder, "/B.txt: the file is over 64 MiB; spread its names over more classes, or keep fewer");
  g_assert_cmpint (truncate (path, 64 * 1024 * 1024), ==, 0);
  assert_refused (folder, "/B.txt:2: the line has a NUL byte; save the file as UTF-8 text");
}

/* None of these may be opened: a pipe that nobody writes to would keep us waiting for ever. */
static void
test_no_regular_file (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autofree char *path = g_build_filename (folder, "B.txt", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autofree char *expected = NULL;
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  names_folder_write (folder, "A.txt", "Bob\n");
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (folder, "/B.txt: not a regular file; take it out of the folder");
  g_assert_cmpint (g_remove (path), ==, 0);

  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  assert_refused (folder, "/B.txt: not a regular file; take it out of the folder");
  g_assert_cmpint (g_remove (path), ==, 0);

  g_assert_cmpuint (g_strlcpy (address.sun_path, path, sizeof address.sun_path), <, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  assert_refused (folder, "/B.txt: not a regular file; take it out of the folder");
  close (fd);
  g_assert_cmpint (g_remove (path), ==, 0);

  g_assert_cmpint (symlink ("nowhere", path), ==, 0);
  expected = unreadable_file (ENOENT);
  assert_refused (folder, expected);
}

static void
test_class_names (void)
{
  assert_file_refused ("B\xFF.txt", "Bob\n", 4,
                       "/B\uFFFD.txt: the name of the class is not valid UTF-8; give it another name");
  assert_file_refused ("B\nC.txt", "Bob\n", 4,
                       "/B\uFFFD" "C.txt: the name of the class has a control character; give it another name");
  assert_file_refused ("B\xC2\x85.txt", "Bob\n", 4,
                       "/B\uFFFD.txt: the name of the class has a control character; give it another name");
}

/* The child's answer: what loading as an ordinary user says; or nothing where it can't become one, or can't get to the
 * folder at all. */
static void
load_as_nobody (const char *folder, int out)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (GError) error = NULL;
  const char *message = "loaded";

  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    _exit (0);
  if (access (parent, X_OK) != 0)
    _exit (0);
  if (nn_dataset_load (folder, &error) == NULL)
    message = error->message;
  _exit (write (out, message, strlen (message)) == (gssize) strlen (message) ? 0 : 1);
}

/* Root can read everything, so a child loads the folder that has given root away. */
static char *
message_as_nobody (const char *folder)
{
  char message[4096] = "";
  gsize length = 0;
  int ends[2];
  gssize n;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    load_as_nobody (folder, ends[1]);
  close (ends[1]);
  while ((n = read (ends[0], message + length, sizeof message - 1 - length)) > 0)
    length += (gsize) n;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  return length > 0 ? g_strndup (message, length) : NULL;
}

static void
assert_unreadable (const char *folder, const char *expected)
{
  g_autofree char *message = message_as_nobody (folder);
  g_autofree char *whole = g_strconcat (folder, expected, NULL);

  if (message == NULL)
    g_test_skip ("needs to become an ordinary user, and a folder of temporary files that one can enter");
  else
    g_assert_cmpstr (message, ==, whole);
}

static void
test_unreadable_file (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autofree char *path = g_build_filename (folder, "B.txt", NULL);
  g_autofree char *expected = NULL;

  names_folder_write (folder, "A.txt", "Bob\n");
  names_folder_write (folder, "B.txt", "Bob\n");
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  expected = unreadable_file (EACCES);
  assert_unreadable (folder, expected);
}

static void
test_unreadable_folder (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autofree char *expected = NULL;

  names_folder_write (folder, "A.txt", "Bob\n");
  names_folder_write (folder, "B.txt", "Bob\n");
  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  expected = unreadable_folder (EACCES);
  assert_unreadable (folder, expected);
}

static void
assert_rows_refused (const char *const *names, const char *const *raw, guint n_rows, const char *expected)
{
  static const guint classes[] = { 0, 1, 1 };
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_dataset_new_from_rows (names, raw, classes, n_rows, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DATA);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_rows (void)
{
  static const char *const good[] = { "A", "B", NULL };
  static const char *const one[] = { "A", NULL };
  static const char *const none[] = { NULL };
  static const char *const disordered[] = { "B", "A", NULL };
  static const char *const twice[] = { "A", "A", NULL };
  static const char *const nameless[] = { "", "A", NULL };
  static const char *const raw[] = { "x", "y", "z" };
  static const char *const invalid[] = { "x", "y", "\xFF" };
  static const char *const unusable[] = { "x", "1", "2" };

  assert_rows_refused (one, raw, 1, "there is 1 class; there must be from 2 to 64, each with its own Class.txt");
  assert_rows_refused (none, raw, 0, "there are 0 classes; there must be from 2 to 64, each with its own Class.txt");
  assert_rows_refused (disordered, raw, 3,
                       "class 2: the class doesn't come after “B”; give each class once, in byte order");
  assert_rows_refused (twice, raw, 3, "class 2: the class doesn't come after “A”; give each class once, in byte order");
  assert_rows_refused (nameless, raw, 3, "class 1: the name of the class is empty; give it another name");
  assert_rows_refused (good, invalid, 3, "row 3: the line is not valid UTF-8; save the file as UTF-8");
  assert_rows_refused (good, unusable, 3, "B: " NO_NAME);
  assert_rows_refused (good, raw, 1, "B: " NO_NAME);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset-errors/no-folder", test_no_folder);
  g_test_add_func ("/dataset-errors/empty-path", test_empty_path);
  g_test_add_func ("/dataset-errors/number-of-classes", test_number_of_classes);
  g_test_add_func ("/dataset-errors/no-name", test_no_name);
  g_test_add_func ("/dataset-errors/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/dataset-errors/nul", test_nul);
  g_test_add_func ("/dataset-errors/long-line", test_long_line);
  g_test_add_func ("/dataset-errors/large-file", test_large_file);
  g_test_add_func ("/dataset-errors/no-regular-file", test_no_regular_file);
  g_test_add_func ("/dataset-errors/class-names", test_class_names);
  g_test_add_func ("/dataset-errors/unreadable-file", test_unreadable_file);
  g_test_add_func ("/dataset-errors/unreadable-folder", test_unreadable_folder);
  g_test_add_func ("/dataset-errors/rows", test_rows);
  return g_test_run ();
}
