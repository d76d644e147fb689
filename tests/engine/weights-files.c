/* weights-files.c: networks and files for the tests of weights.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights-files.h"

#include "engine/random.h"

#include <glib/gstdio.h>

#include <string.h>

char *
test_folder_new (void)
{
  GError *error = NULL;
  char *folder = g_dir_make_tmp ("gatescope-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
test_folder_free (char *folder)
{
  GDir *listing = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (listing);
  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_dir_close (listing);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

guint
test_folder_count (const char *folder)
{
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (listing);
  while (g_dir_read_name (listing) != NULL)
    n++;
  return n;
}

NnModel *
test_model_new (NnKind kind, guint hidden, guint n_classes, guint32 seed)
{
  g_autoptr (gsl_rng) random = nn_random_new (seed, NN_STREAM_WEIGHTS);
  g_auto (GStrv) classes = g_new0 (char *, n_classes + 1);
  GError *error = NULL;
  NnModel *model;

  for (guint i = 0; i < n_classes; i++)
    classes[i] = g_strdup_printf ("Class %02u", i);
  model = nn_model_new (kind, hidden, (const char *const *) classes, &error);
  g_assert_no_error (error);
  nn_model_initialise (model, random);
  return model;
}

void
test_assert_same_model (const NnModel *a, const NnModel *b)
{
  g_assert_cmpstr (nn_kind_id (a->kind), ==, nn_kind_id (b->kind));
  g_assert_cmpuint (a->hidden, ==, b->hidden);
  g_assert_cmpstrv (a->classes, b->classes);
  g_assert_cmpmem (a->parameters, a->layout.size * sizeof (float), b->parameters, b->layout.size * sizeof (float));
}

void
test_write_raw (const char *path, const char *header, gsize n_data)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE ((guint64) strlen (header));
  const guint8 half[] = { 0x00, 0x00, 0x00, 0x3f };
  GError *error = NULL;

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  for (gsize i = 0; i < n_data; i++)
    g_byte_array_append (bytes, &half[i % sizeof half], 1);
  g_file_set_contents_full (path, (const char *) bytes->data, (gssize) bytes->len, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
}
