/* safetensors-write.c: writes float32 tensors as a safetensors file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/safetensors-write.h"

#include "engine/file.h"
#include "engine/json.h"

#include <string.h>

/* Readers map the file and point into it: the data start on a multiple of this. */
#define ALIGNMENT 8

struct _NnSafetensorsWriter
{
  json_t *header;   /* the tensors' entries */
  json_t *metadata; /* strings */
  GByteArray *data;
};

NnSafetensorsWriter *
nn_safetensors_writer_new (void)
{
  NnSafetensorsWriter *writer = g_new0 (NnSafetensorsWriter, 1);

  writer->header = json_object ();
  writer->metadata = json_object ();
  writer->data = g_byte_array_new ();
  return writer;
}

void
nn_safetensors_writer_free (NnSafetensorsWriter *writer)
{
  if (writer == NULL)
    return;
  json_decref (writer->header);
  json_decref (writer->metadata);
  g_byte_array_unref (writer->data);
  g_free (writer);
}

void
nn_safetensors_writer_add_fact (NnSafetensorsWriter *writer, const char *key, const char *value)
{
  g_return_if_fail (writer != NULL && key != NULL && value != NULL);
  g_return_if_fail (json_object_get (writer->metadata, key) == NULL);
  json_object_set_new (writer->metadata, key, nn_json_string (value));
}

static void
append_values (GByteArray *data, const float *values, gsize n)
{
  guint start = data->len;

  g_byte_array_set_size (data, start + (guint) (n * sizeof (float)));
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_TO_LE (bits);
      memcpy (data->data + start + i * sizeof bits, &bits, sizeof bits);
    }
}

void
nn_safetensors_writer_add_tensor (NnSafetensorsWriter *writer, const char *name, const guint64 *shape,
                                  guint n_dimensions, const float *values)
{
  json_t *lengths;
  gsize n = 1;
  guint begin;

  g_return_if_fail (writer != NULL && name != NULL && shape != NULL && values != NULL);
  g_return_if_fail (json_object_get (writer->header, name) == NULL);
  lengths = json_array ();
  for (guint i = 0; i < n_dimensions; i++)
    {
      json_array_append_new (lengths, json_integer ((json_int_t) shape[i]));
      n *= shape[i];
    }
  begin = writer->data->len;
  append_values (writer->data, values, n);
  json_object_set_new (writer->header, name,
                       json_pack ("{s:s, s:o, s:[I, I]}", "dtype", "F32", "shape", lengths, "data_offsets",
                                  (json_int_t) begin, (json_int_t) writer->data->len));
}

/* The metadata stand first, where a person who looks into the file sees them. */
static char *
header_text (const NnSafetensorsWriter *writer)
{
  g_autoptr (json_t) whole = json_object ();

  if (json_object_size (writer->metadata) > 0)
    json_object_set (whole, "__metadata__", writer->metadata);
  json_object_update (whole, writer->header);
  return nn_json_text (whole, JSON_COMPACT);
}

gboolean
nn_safetensors_writer_save (const NnSafetensorsWriter *writer, const char *path, GError **error)
{
  g_autofree char *header = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  guint64 length, length_bytes;

  g_return_val_if_fail (writer != NULL && path != NULL, FALSE);
  header = header_text (writer);
  length = (strlen (header) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  length_bytes = GUINT64_TO_LE (length);
  bytes = g_byte_array_sized_new ((guint) (sizeof length_bytes + length) + writer->data->len);
  g_byte_array_append (bytes, (const guint8 *) &length_bytes, sizeof length_bytes);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  while (bytes->len < sizeof length_bytes + length)
    g_byte_array_append (bytes, (const guint8 *) " ", 1);
  g_byte_array_append (bytes, writer->data->data, writer->data->len);
  return nn_file_replace (path, bytes->data, bytes->len, error);
}
