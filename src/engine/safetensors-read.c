/* safetensors-read.c: reads a safetensors file of float32 tensors into a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/safetensors-read.h"

#include "engine/file.h"
#include "engine/i18n.h"
#include "engine/json.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_FILE_BYTES ((gsize) 1 << 30)
/* The format allows 100 MB, but parsed JSON takes up to fifty times its text, and a network's header has some 10 kB. */
#define MAX_HEADER_BYTES ((gsize) 4 << 20)
#define LENGTH_BYTES 8
#define MAX_SHOWN_DIMENSIONS 8

/* A file as it is being read. */
typedef struct
{
  const char *path;
  NnSafetensors *file;
  gsize data_size;
} Reader;

#define FAIL(reader, error, ...) nn_file_fail (error, NN_ERROR_WEIGHTS, (reader)->path, __VA_ARGS__)

char *
nn_safetensors_shape_text (const guint64 *shape, guint n_dimensions)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < MIN (n_dimensions, MAX_SHOWN_DIMENSIONS); i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? ", " : "", shape[i]);
  g_string_append (text, n_dimensions > MAX_SHOWN_DIMENSIONS ? ", …]" : "]");
  return g_string_free (text, FALSE);
}

static gboolean
read_metadata (Reader *reader, json_t *metadata, GError **error)
{
  const char *key;
  json_t *value;

  if (json_is_null (metadata))
    return TRUE;
  if (!json_is_object (metadata))
    return FAIL (reader, error, _("its __metadata__ is no JSON object; get or save the file anew"));
  json_object_foreach (metadata, key, value)
    {
      if (!json_is_string (value))
        {
          g_autofree char *shown = nn_json_shown (key);
          return FAIL (reader, error, _("its metadata %s is no string; get or save the file anew"), shown);
        }
      g_hash_table_insert (reader->file->metadata, g_strdup (key), g_strdup (json_string_value (value)));
    }
  return TRUE;
}

static gboolean
check_type (Reader *reader, const char *shown, json_t *type, GError **error)
{
  static const char *const other_floats[] = { "F64", "F16", "BF16", "F8_E4M3", "F8_E5M2", NULL };
  const char *text = json_string_value (type);
  g_autofree char *shown_type = text != NULL ? nn_json_shown (text) : NULL;

  if (text == NULL)
    return FAIL (reader, error, _("the tensor %s has no dtype; get or save the file anew"), shown);
  if (strcmp (text, "F32") == 0)
    return TRUE;
  if (g_strv_contains (other_floats, text))
    return FAIL (reader, error, _("the tensor %s has the unsupported dtype %s; save it as float32 (F32)"), shown,
                 shown_type);
  return FAIL (reader, error,
               _("the tensor %s has the dtype %s, but a network's weights are float32 (F32); "
                 "save the network's weights alone"),
               shown, shown_type);
}

/* Works out how many bytes the shape takes. */
static gboolean
read_shape (Reader *reader, NnSafetensor *tensor, const char *shown, json_t *shape, gsize *size, GError **error)
{
  if (!json_is_array (shape))
    return FAIL (reader, error, _("the tensor %s has no shape; get or save the file anew"), shown);
  tensor->n_dimensions = (guint) json_array_size (shape);
  tensor->shape = g_new0 (guint64, tensor->n_dimensions);
  *size = sizeof (float);
  for (guint i = 0; i < tensor->n_dimensions; i++)
    {
      json_t *length = json_array_get (shape, i);

      if (!json_is_integer (length) || json_integer_value (length) < 0)
        return FAIL (reader, error, _("the shape of the tensor %s is no list of lengths; get or save the file anew"),
                     shown);
      tensor->shape[i] = (guint64) json_integer_value (length);
      if (!g_size_checked_mul (size, *size, tensor->shape[i]))
        return FAIL (reader, error, _("the shape of the tensor %s is larger than any file; get or save the file anew"),
                     shown);
    }
  return TRUE;
}

static gboolean
read_place (Reader *reader, NnSafetensor *tensor, const char *shown, json_t *place, gsize size, GError **error)
{
  json_t *begin = json_array_get (place, 0);
  json_t *end = json_array_get (place, 1);
  g_autofree char *shape = NULL;

  if (json_array_size (place) != 2 || !json_is_integer (begin) || !json_is_integer (end)
      || json_integer_value (begin) < 0 || json_integer_value (begin) > json_integer_value (end))
    return FAIL (reader, error,
                 _("the data_offsets of the tensor %s are no two places in order; get or save the file anew"), shown);
  tensor->begin = (gsize) json_integer_value (begin);
  tensor->end = (gsize) json_integer_value (end);
  if (tensor->end - tensor->begin != size)
    {
      shape = nn_safetensors_shape_text (tensor->shape, tensor->n_dimensions);
      return FAIL (reader, error,
                   _("the tensor %s of shape %s needs %zu bytes, but its data_offsets give it %zu; "
                     "get or save the file anew"),
                   shown, shape, size, tensor->end - tensor->begin);
    }
  if (tensor->end > reader->data_size)
    return FAIL (reader, error,
                 _("it is cut short: the tensor %s ends at byte %zu of the data, of which there are %zu; "
                   "get or save the file anew"),
                 shown, tensor->end, reader->data_size);
  return TRUE;
}

static gboolean
read_tensor (Reader *reader, NnSafetensor *tensor, const char *name, json_t *facts, GError **error)
{
  static const char *const known[] = { "dtype", "shape", "data_offsets", NULL };
  g_autofree char *shown = nn_json_shown (name);
  const char *key;
  json_t *value;
  gsize size = 0;

  tensor->name = g_strdup (name);
  if (!json_is_object (facts))
    return FAIL (reader, error, _("the header's entry of the tensor %s is no JSON object; get or save the file anew"),
                 shown);
  json_object_foreach (facts, key, value)
    if (!g_strv_contains (known, key))
      {
        g_autofree char *shown_key = nn_json_shown (key);
        return FAIL (reader, error, _("the tensor %s has an unknown field %s; get or save the file anew"),
                     shown, shown_key);
      }
  return check_type (reader, shown, json_object_get (facts, "dtype"), error)
         && read_shape (reader, tensor, shown, json_object_get (facts, "shape"), &size, error)
         && read_place (reader, tensor, shown, json_object_get (facts, "data_offsets"), size, error);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const NnSafetensor *first = *(const NnSafetensor *const *) a;
  const NnSafetensor *second = *(const NnSafetensor *const *) b;

  if (first->begin != second->begin)
    return first->begin < second->begin ? -1 : 1;
  return first->end < second->end ? -1 : first->end > second->end;
}

/* Whether each byte of the data belongs to exactly one tensor. */
static gboolean
check_places (Reader *reader, GError **error)
{
  const NnSafetensors *file = reader->file;
  g_autofree const NnSafetensor **order = g_new (const NnSafetensor *, file->n_tensors);
  gsize end = 0;

  for (guint i = 0; i < file->n_tensors; i++)
    order[i] = &file->tensors[i];
  qsort (order, file->n_tensors, sizeof *order, compare_places);
  for (guint i = 0; i < file->n_tensors; i++)
    {
      g_autofree char *shown = nn_json_shown (order[i]->name);

      if (order[i]->begin < end)
        return FAIL (reader, error, _("the tensor %s overlaps another one; get or save the file anew"), shown);
      if (order[i]->begin > end)
        return FAIL (reader, error,
                     _("there is a hole of %zu bytes before the tensor %s; get or save the file anew"),
                     order[i]->begin - end, shown);
      end = order[i]->end;
    }
  if (end != reader->data_size)
    return FAIL (reader, error, _("%zu bytes follow the last tensor; get or save the file anew"),
                 reader->data_size - end);
  return TRUE;
}

static gboolean
read_header (Reader *reader, const char *text, gsize length, GError **error)
{
  NnSafetensors *file = reader->file;
  json_error_t problem;
  g_autoptr (json_t) header = nn_json_parse (text, length, &problem);
  const char *name;
  json_t *value;

  if (header == NULL)
    {
      g_autofree char *what = nn_json_problem (&problem);
      return FAIL (reader, error, _("its header is no valid JSON: %s; get or save the file anew"), what);
    }
  if (!json_is_object (header) || text[0] != '{')
    return FAIL (reader, error, _("its header is no JSON object; save a state_dict with safetensors.torch.save_file"));
  file->tensors = g_new0 (NnSafetensor, json_object_size (header));
  json_object_foreach (header, name, value)
    {
      if (strcmp (name, "__metadata__") == 0)
        {
          if (!read_metadata (reader, value, error))
            return FALSE;
        }
      else if (!read_tensor (reader, &file->tensors[file->n_tensors++], name, value, error))
        return FALSE;
    }
  if (file->n_tensors == 0)
    return FAIL (reader, error, _("it holds no tensor; save a state_dict with safetensors.torch.save_file"));
  return check_places (reader, error);
}

/* @size: of the file */
static gboolean
read_length (Reader *reader, const guchar *bytes, gsize size, gsize *length, GError **error)
{
  g_autofree char *shown = NULL;
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  value = GUINT64_FROM_LE (value);
  if (memcmp (bytes, "PK\003\004", 4) == 0)
    return FAIL (reader, error,
                 _("it is an archive, such as torch.save writes; save a state_dict with safetensors.torch.save_file"));
  shown = g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  if (value > size - LENGTH_BYTES)
    return FAIL (reader, error,
                 _("its header would be %s bytes long, but only %zu follow: it is cut short or no safetensors file; "
                   "get or save the file anew"),
                 shown, size - LENGTH_BYTES);
  if (value > MAX_HEADER_BYTES)
    return FAIL (reader, error,
                 _("its header is %s bytes long, but a network's has at most %zu; choose another file"), shown,
                 MAX_HEADER_BYTES);
  *length = (gsize) value;
  return TRUE;
}

/* The data are taken into memory only after the header has been found sound. */
static gboolean
read_file (Reader *reader, int fd, gsize size, GError **error)
{
  guchar bytes[LENGTH_BYTES];
  gsize length = 0;
  g_autofree char *text = NULL;

  if (size < LENGTH_BYTES)
    return FAIL (reader, error,
                 _("it has only %zu bytes: it is cut short or no safetensors file; get or save the file anew"), size);
  if (!nn_file_read (fd, reader->path, bytes, LENGTH_BYTES, error)
      || !read_length (reader, bytes, size, &length, error))
    return FALSE;
  text = g_malloc0 (length + 1);
  reader->data_size = size - LENGTH_BYTES - length;
  if (!nn_file_read (fd, reader->path, text, length, error) || !read_header (reader, text, length, error))
    return FALSE;
  reader->file->data = g_try_malloc (MAX (reader->data_size, 1));
  if (reader->file->data == NULL)
    return nn_file_fail (error, NN_ERROR_FILE, reader->path, _("there is no memory for its %zu bytes"), size);
  return nn_file_read (fd, reader->path, reader->file->data, reader->data_size, error);
}

NnSafetensors *
nn_safetensors_read (const char *path, GError **error)
{
  g_autoptr (NnSafetensors) file = NULL;
  Reader reader = { .path = path };
  gboolean done;
  gsize size = 0;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);
  fd = nn_file_open (path, MAX_FILE_BYTES, &size, error);
  if (fd < 0)
    return NULL;
  file = reader.file = g_new0 (NnSafetensors, 1);
  file->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = read_file (&reader, fd, size, error);
  close (fd);
  return done ? g_steal_pointer (&file) : NULL;
}

void
nn_safetensors_free (NnSafetensors *file)
{
  if (file == NULL)
    return;
  for (guint i = 0; i < file->n_tensors; i++)
    {
      g_free (file->tensors[i].name);
      g_free (file->tensors[i].shape);
    }
  g_free (file->tensors);
  g_hash_table_unref (file->metadata);
  g_free (file->data);
  g_free (file);
}

const NnSafetensor *
nn_safetensors_find (const NnSafetensors *file, const char *name)
{
  g_return_val_if_fail (file != NULL && name != NULL, NULL);
  for (guint i = 0; i < file->n_tensors; i++)
    if (strcmp (file->tensors[i].name, name) == 0)
      return &file->tensors[i];
  return NULL;
}

const char *
nn_safetensors_fact (const NnSafetensors *file, const char *key)
{
  g_return_val_if_fail (file != NULL && key != NULL, NULL);
  return g_hash_table_lookup (file->metadata, key);
}

void
nn_safetensors_values (const NnSafetensors *file, const NnSafetensor *tensor, float *values)
{
  g_return_if_fail (file != NULL && tensor != NULL && values != NULL);
  for (gsize i = 0; i < (tensor->end - tensor->begin) / sizeof (float); i++)
    {
      guint32 bits;

      memcpy (&bits, file->data + tensor->begin + i * sizeof bits, sizeof bits);
      bits = GUINT32_FROM_LE (bits);
      memcpy (&values[i], &bits, sizeof bits);
    }
}
