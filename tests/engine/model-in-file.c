/* model-in-file.c: weights that are put aside have the same values and take no memory, or are in memory where they can't
 * be in a file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/model-in-file.h"
#include "support/known-weights.h"
#include "support/memory.h"
#include "test-folder.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define MANY 40

static NnModel *
new_model (guint seed)
{
  static const char *const classes[] = { "Ala", "Obo", "Uru", NULL };
  GError *error = NULL;
  NnModel *model = nn_model_new (NN_LSTM, 128, classes, &error);

  g_assert_no_error (error);
  known_weights_fill (model, seed);
  return model;
}

static void
assert_same (const NnModel *a, const NnModel *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->hidden, ==, b->hidden);
  g_assert_true (g_strv_equal ((const char *const *) a->classes, (const char *const *) b->classes));
  g_assert_cmpuint (a->layout.size, ==, b->layout.size);
  g_assert_cmpint (memcmp (a->parameters, b->parameters, a->layout.size * sizeof (float)), ==, 0);
}

static void
test_copies (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = new_model (1), other = new_model (2);
  g_autoptr (NnModel) put_aside = nn_model_copy_in_file (model, test->folder);
  g_autoptr (NnModel) copy = nn_model_copy (put_aside);

  g_assert_nonnull (put_aside->file);
  g_assert_cmpuint (test_folder_count (test), ==, 0);
  assert_same (put_aside, model);
  g_assert_cmpuint ((gsize) put_aside->parameters % 64, ==, 0);
  /* What the original learns since then is not in it, and a copy of it can learn again. */
  memcpy (model->parameters, other->parameters, model->layout.size * sizeof (float));
  assert_same (put_aside, copy);
  g_assert_null (copy->file);
  copy->parameters[0] += 1;
  g_assert_cmpfloat (copy->parameters[0], ==, put_aside->parameters[0] + 1);
}

static void
test_takes_no_memory (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = new_model (1);
  NnModel *many[MANY];
  const guint64 size = model->layout.size * sizeof (float) / 1024, before = own_memory ();
  guint64 after;
  float sum = 0;

  if (before == 0)
    {
      g_test_skip ("the system doesn't tell how much memory is the program's alone");
      return;
    }
  for (guint i = 0; i < MANY; i++)
    many[i] = nn_model_copy_in_file (model, test->folder);
  for (guint i = 0; i < MANY; i++)
    for (gsize k = 0; k < model->layout.size; k++)
      sum += many[i]->parameters[k];
  after = own_memory ();
  g_test_message ("%u copies of %" G_GUINT64_FORMAT " KiB took %" G_GINT64_FORMAT " KiB (sum %g)", MANY, size,
                  (gint64) (after - before), (double) sum);
  g_assert_cmpint ((gint64) (after - before), <, (gint64) (MANY * size / 8));
  for (guint i = 0; i < MANY; i++)
    nn_model_free (many[i]);
}

static void
test_makes_its_folder (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = new_model (1);
  g_autofree char *inner = g_build_filename (test->path, "inner", NULL);
  g_autoptr (NnModel) put_aside = nn_model_copy_in_file (model, inner);

  g_assert_nonnull (put_aside->file);
  assert_same (put_aside, model);
  g_assert_cmpint (g_rmdir (inner), ==, 0);
}

static void
test_no_folder (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = new_model (1), put_aside = NULL;

  test_folder_write (test, "a file", 6);
  put_aside = nn_model_copy_in_file (model, test->path);
  g_assert_null (put_aside->file);
  assert_same (put_aside, model);
  put_aside->parameters[0] += 1;
}

static void
test_no_room (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = new_model (1), put_aside = NULL;
  struct rlimit before, little;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  little = before;
  little.rlim_cur = 64 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  put_aside = nn_model_copy_in_file (model, test->folder);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null (put_aside->file);
  assert_same (put_aside, model);
  g_assert_cmpuint (test_folder_count (test), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST_ADD ("/model-in-file/copies", test_copies);
  TEST_ADD ("/model-in-file/takes-no-memory", test_takes_no_memory);
  TEST_ADD ("/model-in-file/makes-its-folder", test_makes_its_folder);
  TEST_ADD ("/model-in-file/no-folder", test_no_folder);
  TEST_ADD ("/model-in-file/no-room", test_no_room);
  return g_test_run ();
}
