/* weights-files.c: networks and files for the tests of weights.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights-files.h"

#include "engine/random.h"

#include <string.h>

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
  g_assert_cmpuint (a->layout.size, ==, b->layout.size);
  g_assert_true (memcmp (a->parameters, b->parameters, a->layout.size * sizeof (float)) == 0);
}

char *
test_header_text (const char *header)
{
  return g_strdelimit (g_strdup (header), "'", '"');
}

void
test_write_raw (const TestFolder *test, const char *header, gsize n_data)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *text = test_header_text (header);
  guint64 length = GUINT64_TO_LE ((guint64) strlen (text));
  const guint8 half[] = { 0x00, 0x00, 0x00, 0x3f };

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  for (gsize i = 0; i < n_data; i++)
    g_byte_array_append (bytes, &half[i % sizeof half], 1);
  test_folder_write (test, bytes->data, bytes->len);
}
