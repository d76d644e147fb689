/* kept-run.c: a run as the window keeps it from one start to the next: its record and its weights in one file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/kept-run.h"

#include "engine/file.h"
#include "engine/i18n.h"
#include "engine/run-record-json.h"

#include <string.h>

#define FORMAT "gatescope-kept-run"
#define VERSION 1
/* The largest network takes 17 MiB, and a third more in base64; the longest curve 10 MiB. */
#define MAX_FILE_BYTES ((gsize) 64 << 20)

static const char *const end_ids[NN_N_RUN_ENDS] = {
  [NN_RUN_FINISHED] = "finished",
  [NN_RUN_DIVERGED] = "diverged",
  [NN_RUN_STOPPED] = "stopped",
};

NnKeptRun *
nn_kept_run_new (void)
{
  return g_new0 (NnKeptRun, 1);
}

void
nn_kept_run_free (NnKeptRun *kept)
{
  if (kept == NULL)
    return;
  g_free (kept->title);
  g_clear_pointer (&kept->record, nn_run_record_free);
  g_clear_pointer (&kept->snapshot, nn_snapshot_unref);
  g_free (kept);
}

/* ---- Tensors ---- */

/* In place, from the machine's order of bytes to the file's or back. */
static void
swap_bytes (float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_TO_LE (bits);
      memcpy (&values[i], &bits, sizeof bits);
    }
}

static json_t *
tensors_json (const NnModel *model)
{
  json_t *object = json_object ();

  for (guint i = 0; i < model->n_tensors; i++)
    {
      const NnTensor *tensor = &model->tensors[i];
      const gsize n = nn_tensor_n_elements (tensor);
      g_autofree float *values = g_new (float, n);
      g_autofree char *text = NULL;

      nn_tensor_read (tensor, model->parameters, values);
      swap_bytes (values, n);
      text = g_base64_encode ((const guchar *) values, n * sizeof (float));
      json_object_set_new (object, tensor->name, json_string (text));
    }
  return object;
}

static gboolean
load_tensor (const char *path, NnModel *model, const NnTensor *tensor, const json_t *tensors, GError **error)
{
  const char *text = json_string_value (json_object_get (tensors, tensor->name));
  const gsize n = nn_tensor_n_elements (tensor);
  g_autofree float *values = NULL;
  gsize length = 0;

  if (text != NULL && *text != '\0')
    values = (float *) g_base64_decode (text, &length);
  if (values == NULL || length != n * sizeof (float))
    {
      g_autofree char *number = g_strdup_printf ("%" G_GSIZE_FORMAT, n);

      return nn_file_fail (error, NN_ERROR_DATA, path, _("its weights %s must be %s numbers in base64"), tensor->name,
                           number);
    }
  swap_bytes (values, n);
  nn_tensor_write (tensor, model->parameters, values);
  return TRUE;
}

/* (transfer full) (nullable) */
static NnSnapshot *
load_snapshot (const char *path, const NnRunRecord *record, const json_t *object, GError **error)
{
  g_autoptr (NnModel) model = NULL;
  const json_t *iteration = json_object_get (object, "weights_iteration");

  model = nn_model_new (record->settings.kind, record->settings.hidden, (const char *const *) record->classes, error);
  if (model == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  for (guint i = 0; i < model->n_tensors; i++)
    if (!load_tensor (path, model, &model->tensors[i], json_object_get (object, "tensors"), error))
      return NULL;
  if (!nn_model_is_finite (model))
    {
      nn_file_fail (error, NN_ERROR_DATA, path, _("its weights have a value that is not finite"));
      return NULL;
    }
  if (!json_is_integer (iteration) || json_integer_value (iteration) < 0)
    {
      nn_file_fail (error, NN_ERROR_DATA, path, _("its field \"%s\" must be a whole number from 0 on"),
                    "weights_iteration");
      return NULL;
    }
  return nn_snapshot_new_take (g_steal_pointer (&model), (guint64) json_integer_value (iteration));
}

/* ---- Files ---- */

gboolean
nn_kept_run_save (const NnKeptRun *kept, const char *path, GError **error)
{
  g_autoptr (json_t) object = json_object ();
  g_autofree char *text = NULL;

  g_return_val_if_fail (kept != NULL && kept->record != NULL && kept->snapshot != NULL && path != NULL, FALSE);
  json_object_set_new (object, "format", json_string (FORMAT));
  json_object_set_new (object, "version", json_integer (VERSION));
  json_object_set_new (object, "title", nn_json_string (kept->title));
  json_object_set_new (object, "shown", json_boolean (kept->shown));
  json_object_set_new (object, "end", json_string (end_ids[kept->end]));
  json_object_set_new (object, "ended", json_integer (kept->ended));
  json_object_set_new (object, "put_aside", json_integer (kept->put_aside));
  json_object_set_new (object, "first_iteration", json_integer ((json_int_t) kept->first_iteration));
  json_object_set_new (object, "total", json_integer ((json_int_t) kept->total));
  json_object_set_new (object, "record", nn_run_record_to_json (kept->record));
  json_object_set_new (object, "weights_iteration", json_integer ((json_int_t) kept->snapshot->iteration));
  json_object_set_new (object, "tensors", tensors_json (kept->snapshot->model));
  text = nn_json_text (object, JSON_COMPACT);
  return nn_file_replace (path, text, strlen (text), error);
}

static gboolean
check_format (const char *path, const json_t *object, GError **error)
{
  const json_t *version = json_object_get (object, "version");

  if (g_strcmp0 (json_string_value (json_object_get (object, "format")), FORMAT) != 0)
    return nn_file_fail (error, NN_ERROR_DATA, path, _("its field \"%s\" must be \"%s\": it is no run that was kept"),
                         "format", FORMAT);
  if (!json_is_integer (version) || json_integer_value (version) != VERSION)
    return nn_file_fail (error, NN_ERROR_DATA, path,
                         _("its field \"%s\" must be %d: another version of the program wrote it"), "version",
                         VERSION);
  return TRUE;
}

/* A whole number from 0 on. */
static gboolean
get_number (const char *path, const json_t *object, const char *field, gint64 *number, GError **error)
{
  const json_t *value = json_object_get (object, field);

  *number = json_integer_value (value);
  if (json_is_integer (value) && *number >= 0)
    return TRUE;
  return nn_file_fail (error, NN_ERROR_DATA, path, _("its field \"%s\" must be a whole number from 0 on"), field);
}

static gboolean
get_facts (const char *path, const json_t *object, NnKeptRun *kept, GError **error)
{
  const char *title = json_string_value (json_object_get (object, "title"));
  const char *end = json_string_value (json_object_get (object, "end"));
  gint64 first, total;

  if (title == NULL || *title == '\0')
    return nn_file_fail (error, NN_ERROR_DATA, path, _("its field \"%s\" must be a text that is not empty"), "title");
  for (kept->end = 0; kept->end < NN_N_RUN_ENDS && g_strcmp0 (end, end_ids[kept->end]) != 0;)
    kept->end++;
  if (kept->end == NN_N_RUN_ENDS)
    return nn_file_fail (error, NN_ERROR_DATA, path, _("its field \"%s\" must be finished, diverged or stopped"),
                         "end");
  if (!get_number (path, object, "ended", &kept->ended, error)
      || !get_number (path, object, "put_aside", &kept->put_aside, error)
      || !get_number (path, object, "first_iteration", &first, error)
      || !get_number (path, object, "total", &total, error))
    return FALSE;
  kept->title = g_strdup (title);
  kept->shown = json_is_true (json_object_get (object, "shown"));
  kept->first_iteration = (guint64) first;
  kept->total = (guint64) total;
  return TRUE;
}

NnKeptRun *
nn_kept_run_load (const char *path, GError **error)
{
  g_autoptr (NnKeptRun) kept = nn_kept_run_new ();
  g_autoptr (json_t) object = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  object = nn_json_load (path, MAX_FILE_BYTES, error);
  if (object == NULL || !check_format (path, object, error) || !get_facts (path, object, kept, error))
    return NULL;
  kept->record = nn_run_record_from_json (path, json_object_get (object, "record"), error);
  if (kept->record == NULL)
    return NULL;
  kept->snapshot = load_snapshot (path, kept->record, object, error);
  return kept->snapshot != NULL ? g_steal_pointer (&kept) : NULL;
}
