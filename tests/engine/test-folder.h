/* test-folder.h: a folder of its own for each test that writes files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  char *folder;
  char *path; /* of a file in it, which isn't there yet */
} TestFolder;

/* For g_test_add; the folder goes with all that is in it. */
void test_folder_set_up (TestFolder *test, gconstpointer data);
void test_folder_tear_down (TestFolder *test, gconstpointer data);

/* How many files it has: leftovers count. */
guint test_folder_count (const TestFolder *test);

/* The bytes of test->path. (transfer full) */
GBytes *test_folder_read (const TestFolder *test);

/* Makes test->path of these bytes. */
void test_folder_write (const TestFolder *test, gconstpointer bytes, gsize n);

/* Whether @error says "PATH: " and then @message, in one line; clears it. An asterisk at the end of @message stands for
 * any rest. */
void test_folder_assert_error (const TestFolder *test, GError **error, int code, const char *message);

#define TEST_ADD(name, function)                                                                                       \
  g_test_add (name, TestFolder, NULL, test_folder_set_up, function, test_folder_tear_down)
