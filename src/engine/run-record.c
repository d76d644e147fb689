/* run-record.c: what is known of a training run, as a file: K.run.json.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run-record.h"

#include "engine/dataset.h"
#include "engine/file.h"
#include "engine/i18n.h"
#include "engine/model.h"
#include "engine/run-record-json.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#define FORMAT "gatescope-run"
#define VERSION 1
#define MAX_FILE_BYTES ((gsize) 256 << 20)
/* So large that no run counts so far, so small that sums over a matrix can't overflow. */
#define MAX_COUNT ((json_int_t) 1 << 50)

/* The settings of an update that are numbers and need not be whole. */
static const struct
{
  const char *field;
  double most;
  gsize offset;
} descent_reals[] = {
  { "clip", NN_MAX_CLIP, G_STRUCT_OFFSET (NnSettings, clip) },
  { "decay", NN_MAX_DECAY, G_STRUCT_OFFSET (NnSettings, decay) },
  { "weight_decay", NN_MAX_WEIGHT_DECAY, G_STRUCT_OFFSET (NnSettings, weight_decay) },
  { "dropout", NN_MAX_DROPOUT, G_STRUCT_OFFSET (NnSettings, dropout) },
  { "letter_dropout", NN_MAX_DROPOUT, G_STRUCT_OFFSET (NnSettings, letter_dropout) },
  { "averaging", NN_MAX_AVERAGING, G_STRUCT_OFFSET (NnSettings, averaging) },
};

/* A file that is being read. The first fault is kept, and all that is read after it counts for nothing. */
typedef struct
{
  const char *path;
  GError *fault;
} Loader;

NnRunRecord *
nn_run_record_new (void)
{
  NnRunRecord *record = g_new0 (NnRunRecord, 1);

  nn_settings_preset ("default", NN_RNN, &record->settings);
  record->seconds = record->names_per_second = NAN;
  record->train_accuracy = record->held_out_accuracy = record->held_out_macro = record->final_loss = NAN;
  return record;
}

void
nn_run_record_free (NnRunRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->preset);
  g_free (record->data_hash);
  g_strfreev (record->classes);
  nn_history_free (record->history);
  g_free (record->reason);
  g_clear_pointer (&record->confusion, nn_confusion_free);
  g_clear_pointer (&record->held_out_confusion, nn_confusion_free);
  g_free (record->weights);
  g_free (record->order_losses);
  g_free (record);
}

/* ---- Saving ---- */

static json_t *
strings_json (char **strings)
{
  json_t *list = json_array ();

  for (guint i = 0; strings[i] != NULL; i++)
    json_array_append_new (list, nn_json_string (strings[i]));
  return list;
}

static json_t *
reals_json (const double *values, guint n)
{
  json_t *list = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (list, nn_json_real (values[i]));
  return list;
}

static json_t *
curve_json (const NnHistory *history)
{
  json_t *list = json_array ();

  for (guint i = 0; history != NULL && i < nn_history_length (history); i++)
    {
      const NnPoint *point = nn_history_point (history, i);

      json_array_append_new (list,
                             json_pack ("{s:I, s:o, s:o, s:o}", "iteration", (json_int_t) point->iteration, "loss",
                                        nn_json_real (point->loss), "accuracy", nn_json_real (point->accuracy),
                                        "held_out_accuracy", nn_json_real (point->held_out_accuracy)));
    }
  return list;
}

static json_t *
matrix_json (const NnConfusion *confusion)
{
  json_t *rows;

  if (confusion == NULL)
    return json_null ();
  rows = json_array ();
  for (guint truth = 0; truth < confusion->n_classes; truth++)
    {
      json_t *row = json_array ();

      for (guint guess = 0; guess < confusion->n_classes; guess++)
        json_array_append_new (row,
                               json_integer ((json_int_t) confusion->counts[truth * confusion->n_classes + guess]));
      json_array_append_new (rows, row);
    }
  return rows;
}

static void
put_settings (json_t *object, const NnRunRecord *record)
{
  const NnSettings *settings = &record->settings;

  json_object_set_new (object, "model", json_string (nn_kind_id (settings->kind)));
  json_object_set_new (object, "preset", nn_json_string (record->preset));
  json_object_set_new (object, "hidden", json_integer (settings->hidden));
  json_object_set_new (object, "seed", json_integer (settings->seed));
  json_object_set_new (object, "hold_out", nn_json_real (settings->hold_out));
  json_object_set_new (object, "learning_rate", nn_json_real (settings->learning_rate));
  json_object_set_new (object, "iterations_planned", json_integer ((json_int_t) settings->iterations));
  json_object_set_new (object, "batch", json_integer (settings->batch));
  json_object_set_new (object, "optimizer", json_string (nn_optimizer_type (settings->optimizer)->id));
  for (gsize i = 0; i < G_N_ELEMENTS (descent_reals); i++)
    json_object_set_new (object, descent_reals[i].field,
                         nn_json_real (G_STRUCT_MEMBER (double, settings, descent_reals[i].offset)));
}

static void
put_results (json_t *object, const NnRunRecord *record)
{
  const NnConfusion *held_out = record->held_out_confusion;

  json_object_set_new (object, "seconds", nn_json_real (record->seconds));
  json_object_set_new (object, "names_per_second", nn_json_real (record->names_per_second));
  json_object_set_new (object, "diverged", json_boolean (record->diverged));
  json_object_set_new (object, "reason", nn_json_string (record->reason));
  json_object_set_new (object, "train_accuracy", nn_json_real (record->train_accuracy));
  json_object_set_new (object, "held_out_accuracy", nn_json_real (record->held_out_accuracy));
  json_object_set_new (object, "held_out_macro", nn_json_real (record->held_out_macro));
  json_object_set_new (object, "final_loss", nn_json_real (record->final_loss));
  json_object_set_new (object, "held_out_loss", nn_json_real (held_out != NULL ? held_out->loss : NAN));
  json_object_set_new (object, "curve", curve_json (record->history));
  json_object_set_new (object, "confusion", matrix_json (record->confusion));
  json_object_set_new (object, "held_out_confusion", matrix_json (held_out));
}

json_t *
nn_run_record_to_json (const NnRunRecord *record)
{
  json_t *object = json_object ();

  json_object_set_new (object, "format", json_string (FORMAT));
  json_object_set_new (object, "version", json_integer (VERSION));
  put_settings (object, record);
  json_object_set_new (object, "iterations", json_integer ((json_int_t) record->iterations));
  json_object_set_new (object, "data_hash", nn_json_string (record->data_hash));
  json_object_set_new (object, "classes", strings_json (record->classes));
  json_object_set_new (object, "parameters", json_integer (record->parameters));
  put_results (object, record);
  json_object_set_new (object, "weights", nn_json_string (record->weights));
  json_object_set_new (object, "order_losses",
                       record->order_losses != NULL ? reals_json (record->order_losses, record->n_order_losses)
                                                    : json_null ());
  return object;
}

gboolean
nn_run_record_save (const NnRunRecord *record, const char *path, GError **error)
{
  g_autoptr (json_t) object = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  g_return_val_if_fail (record != NULL && record->classes != NULL && path != NULL, FALSE);
  object = nn_run_record_to_json (record);
  text = nn_json_text (object, 0);
  line = g_strconcat (text, "\n", NULL);
  return nn_file_replace (path, line, strlen (line), error);
}

/* ---- Loading: one field each ----
 *
 * @field names the field for messages, such as "curve[3].loss"; @value is NULL where the file lacks it, which counts as
 * null. */

static void fault (Loader *loader, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
fault (Loader *loader, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (loader->fault != NULL)
    return;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  nn_file_fail (&loader->fault, NN_ERROR_DATA, loader->path, "%s", message);
}

static void
fault_in_range (Loader *loader, const char *field, double most)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.9g", most);
  fault (loader, _("its field \"%s\" must be a number from 0 to %s; choose another file"), field, text);
}

static json_int_t
get_integer (Loader *loader, const char *field, const json_t *value, json_int_t least, json_int_t most)
{
  if (json_is_integer (value) && json_integer_value (value) >= least && json_integer_value (value) <= most)
    return json_integer_value (value);
  if (loader->fault == NULL)
    {
      g_autofree char *from = g_strdup_printf ("%" JSON_INTEGER_FORMAT, least);
      g_autofree char *to = g_strdup_printf ("%" JSON_INTEGER_FORMAT, most);

      fault (loader, _("its field \"%s\" must be a whole number from %s to %s; choose another file"), field, from, to);
    }
  return least;
}

/* A number, or NaN for null; @least and @most may be infinite. */
static double
get_real_or_null (Loader *loader, const char *field, const json_t *value, double least, double most)
{
  double number = json_number_value (value);

  if (value == NULL || json_is_null (value))
    return NAN;
  if (!json_is_number (value))
    fault (loader, _("its field \"%s\" must be a number or null; choose another file"), field);
  else if (!(number >= least && number <= most))
    fault (loader,
           most == 1.0 ? _("its field \"%s\" must be from 0 to 1; choose another file")
                       : _("its field \"%s\" must not be negative; choose another file"),
           field);
  return number;
}

/* (transfer full) */
static char *
get_string_or_null (Loader *loader, const char *field, const json_t *value)
{
  if (value != NULL && !json_is_string (value) && !json_is_null (value))
    fault (loader, _("its field \"%s\" must be a string or null; choose another file"), field);
  return g_strdup (json_string_value (value));
}

static gboolean
is_list (Loader *loader, const char *field, const json_t *value)
{
  if (json_is_array (value))
    return TRUE;
  fault (loader, _("its field \"%s\" must be a list; choose another file"), field);
  return FALSE;
}

static char **
get_classes (Loader *loader, const json_t *value)
{
  g_autoptr (GPtrArray) classes = g_ptr_array_new_with_free_func (g_free);
  gsize n = json_array_size (value);

  if (!is_list (loader, "classes", value))
    return NULL;
  if (n < NN_MIN_CLASSES || n > NN_MAX_CLASSES)
    {
      fault (loader, _("its field \"%s\" must name from %d to %d classes; choose another file"), "classes",
             NN_MIN_CLASSES, NN_MAX_CLASSES);
      return NULL;
    }
  for (gsize i = 0; i < n && loader->fault == NULL; i++)
    {
      const char *name = json_string_value (json_array_get (value, i));

      if (name == NULL || *name == '\0')
        fault (loader, _("its field \"%s\" must be names that are not empty; choose another file"), "classes");
      else if (g_ptr_array_find_with_equal_func (classes, name, g_str_equal, NULL))
        fault (loader, _("its field \"%s\" must not name a class twice; choose another file"), "classes");
      else
        g_ptr_array_add (classes, g_strdup (name));
    }
  g_ptr_array_add (classes, NULL);
  return loader->fault == NULL ? (char **) g_ptr_array_steal (classes, NULL) : NULL;
}

static NnHistory *
get_curve (Loader *loader, const json_t *value)
{
  g_autoptr (NnHistory) history = nn_history_new ();
  guint64 last = 0;

  if (!is_list (loader, "curve", value))
    return NULL;
  for (gsize i = 0; i < json_array_size (value) && loader->fault == NULL; i++)
    {
      const json_t *item = json_array_get (value, i);
      g_autofree char *iteration = g_strdup_printf ("curve[%" G_GSIZE_FORMAT "].iteration", i);
      g_autofree char *loss = g_strdup_printf ("curve[%" G_GSIZE_FORMAT "].loss", i);
      g_autofree char *accuracy = g_strdup_printf ("curve[%" G_GSIZE_FORMAT "].accuracy", i);
      g_autofree char *held_out = g_strdup_printf ("curve[%" G_GSIZE_FORMAT "].held_out_accuracy", i);
      NnPoint point = {
        .iteration = (guint64) get_integer (loader, iteration, json_object_get (item, "iteration"), 1, G_MAXINT64),
        .loss = get_real_or_null (loader, loss, json_object_get (item, "loss"), -INFINITY, INFINITY),
        .accuracy = get_real_or_null (loader, accuracy, json_object_get (item, "accuracy"), 0.0, 1.0),
        .held_out_accuracy = get_real_or_null (loader, held_out, json_object_get (item, "held_out_accuracy"), 0.0, 1.0),
      };

      if (point.iteration <= last)
        fault (loader, _("its field \"%s\" must be larger than the one before it; choose another file"), iteration);
      if (loader->fault == NULL)
        nn_history_add (history, &point);
      last = point.iteration;
    }
  return g_steal_pointer (&history);
}

static void
fault_in_shape (Loader *loader, const char *field, guint n_classes)
{
  fault (loader, _("its field \"%s\" must be %u lists of %u counts, one a class; choose another file"), field,
         n_classes, n_classes);
}

/* NULL for null. @loss: the mean loss of the names that the matrix counts */
static NnConfusion *
get_matrix (Loader *loader, const char *field, const json_t *value, guint n_classes, double loss)
{
  g_autoptr (NnConfusion) confusion = NULL;

  if (value == NULL || json_is_null (value) || loader->fault != NULL)
    return NULL;
  confusion = nn_confusion_new (n_classes);
  confusion->loss = loss;
  if (json_array_size (value) != n_classes)
    fault_in_shape (loader, field, n_classes);
  for (guint truth = 0; truth < n_classes && loader->fault == NULL; truth++)
    {
      const json_t *row = json_array_get (value, truth);

      if (json_array_size (row) != n_classes)
        fault_in_shape (loader, field, n_classes);
      for (guint guess = 0; guess < n_classes && loader->fault == NULL; guess++)
        {
          guint64 count = (guint64) get_integer (loader, field, json_array_get (row, guess), 0, MAX_COUNT);

          confusion->counts[truth * n_classes + guess] = count;
          confusion->total += count;
        }
    }
  return g_steal_pointer (&confusion);
}

static void
get_order_losses (Loader *loader, NnRunRecord *record, const json_t *value)
{
  if (value == NULL || json_is_null (value) || !is_list (loader, "order_losses", value))
    return;
  record->n_order_losses = (guint) json_array_size (value);
  record->order_losses = g_new0 (double, MAX (record->n_order_losses, 1));
  for (guint i = 0; i < record->n_order_losses; i++)
    record->order_losses[i] = get_real_or_null (loader, "order_losses", json_array_get (value, i), -INFINITY, INFINITY);
}

/* ---- Loading: the whole ---- */

/* Records from before there were these settings lack them: they are of plain descent. */
static void
get_descent (Loader *loader, NnSettings *settings, const json_t *object)
{
  const json_t *batch = json_object_get (object, "batch");
  const json_t *optimizer = json_object_get (object, "optimizer");

  if (batch != NULL)
    settings->batch = (guint) get_integer (loader, "batch", batch, 1, NN_MAX_BATCH);
  if (optimizer != NULL && !nn_optimizer_from_id (json_string_value (optimizer), &settings->optimizer))
    fault (loader, _("its field \"%s\" must be sgd or adam; choose another file"), "optimizer");
  for (gsize i = 0; i < G_N_ELEMENTS (descent_reals); i++)
    {
      const json_t *value = json_object_get (object, descent_reals[i].field);
      const double real = json_number_value (value);

      if (value != NULL && (!json_is_number (value) || !(real >= 0.0 && real <= descent_reals[i].most)))
        fault_in_range (loader, descent_reals[i].field, descent_reals[i].most);
      G_STRUCT_MEMBER (double, settings, descent_reals[i].offset) = real;
    }
}

static void
get_settings (Loader *loader, NnRunRecord *record, const json_t *object)
{
  NnSettings *settings = &record->settings;
  const json_t *rate = json_object_get (object, "learning_rate");
  const json_t *hold_out = json_object_get (object, "hold_out");
  json_int_t most = (json_int_t) NN_MAX_ITERATIONS;

  if (!nn_kind_from_id (json_string_value (json_object_get (object, "model")), &settings->kind))
    fault (loader, _("its field \"%s\" must be rnn, lstm, gate-lstm or gate-lstm-hidden; choose another file"),
           "model");
  record->preset = get_string_or_null (loader, "preset", json_object_get (object, "preset"));
  settings->hidden
    = (guint) get_integer (loader, "hidden", json_object_get (object, "hidden"), NN_MIN_HIDDEN, NN_MAX_HIDDEN);
  settings->seed = (guint32) get_integer (loader, "seed", json_object_get (object, "seed"), 0, G_MAXUINT32);
  settings->iterations
    = (guint64) get_integer (loader, "iterations_planned", json_object_get (object, "iterations_planned"), 1, most);
  settings->hold_out = json_number_value (hold_out);
  if (!json_is_number (hold_out) || settings->hold_out < 0.0 || settings->hold_out > NN_MAX_HOLD_OUT)
    fault_in_range (loader, "hold_out", NN_MAX_HOLD_OUT);
  settings->learning_rate = json_number_value (rate);
  if (!json_is_number (rate) || settings->learning_rate <= 0.0 || settings->learning_rate > NN_MAX_LEARNING_RATE)
    fault (loader, _("its field \"%s\" must be a number above 0 and at most 100; choose another file"),
           "learning_rate");
  get_descent (loader, settings, object);
}

static double
get_share (Loader *loader, const json_t *object, const char *field)
{
  return get_real_or_null (loader, field, json_object_get (object, field), 0.0, 1.0);
}

static void
get_results (Loader *loader, NnRunRecord *record, const json_t *object)
{
  const json_t *diverged = json_object_get (object, "diverged");
  guint n_classes = record->classes != NULL ? g_strv_length (record->classes) : 0;
  double held_out_loss;

  record->seconds = get_real_or_null (loader, "seconds", json_object_get (object, "seconds"), 0.0, INFINITY);
  record->names_per_second
    = get_real_or_null (loader, "names_per_second", json_object_get (object, "names_per_second"), 0.0, INFINITY);
  if (!json_is_boolean (diverged))
    fault (loader, _("its field \"%s\" must be true or false; choose another file"), "diverged");
  record->diverged = json_is_true (diverged);
  record->reason = get_string_or_null (loader, "reason", json_object_get (object, "reason"));
  record->train_accuracy = get_share (loader, object, "train_accuracy");
  record->held_out_accuracy = get_share (loader, object, "held_out_accuracy");
  record->held_out_macro = get_share (loader, object, "held_out_macro");
  record->final_loss
    = get_real_or_null (loader, "final_loss", json_object_get (object, "final_loss"), -INFINITY, INFINITY);
  held_out_loss
    = get_real_or_null (loader, "held_out_loss", json_object_get (object, "held_out_loss"), -INFINITY, INFINITY);
  record->history = get_curve (loader, json_object_get (object, "curve"));
  record->confusion
    = get_matrix (loader, "confusion", json_object_get (object, "confusion"), n_classes, record->final_loss);
  record->held_out_confusion = get_matrix (loader, "held_out_confusion", json_object_get (object, "held_out_confusion"),
                                           n_classes, held_out_loss);
}

static void
get_record (Loader *loader, NnRunRecord *record, const json_t *object)
{
  const char *format = json_string_value (json_object_get (object, "format"));

  if (g_strcmp0 (format, FORMAT) != 0)
    fault (loader, _("its field \"%s\" must be \"%s\": it is no record of a run; choose another file"),
           "format", FORMAT);
  if (json_integer_value (json_object_get (object, "version")) != VERSION)
    fault (loader, _("its field \"%s\" must be 1: another version of the program wrote it; choose another file"),
           "version");
  get_settings (loader, record, object);
  record->iterations
    = (guint64) get_integer (loader, "iterations", json_object_get (object, "iterations"), 0, G_MAXINT64);
  record->data_hash = get_string_or_null (loader, "data_hash", json_object_get (object, "data_hash"));
  record->classes = get_classes (loader, json_object_get (object, "classes"));
  record->parameters = (guint) get_integer (loader, "parameters", json_object_get (object, "parameters"), 1, G_MAXUINT);
  get_results (loader, record, object);
  record->weights = get_string_or_null (loader, "weights", json_object_get (object, "weights"));
  get_order_losses (loader, record, json_object_get (object, "order_losses"));
}

json_t *
nn_json_load (const char *path, gsize limit, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *what = NULL;
  g_autoptr (json_t) object = NULL;
  json_error_t problem;
  gboolean done;
  gsize size;
  int fd = nn_file_open (path, limit, &size, error);

  if (fd < 0)
    return NULL;
  text = g_malloc (size + 1);
  done = nn_file_read (fd, path, text, size, error);
  close (fd);
  if (!done)
    return NULL;
  object = nn_json_parse (text, size, &problem);
  if (json_is_object (object))
    return g_steal_pointer (&object);
  if (object != NULL)
    {
      nn_file_fail (error, NN_ERROR_DATA, path, _("it is no valid JSON object; choose another file"));
      return NULL;
    }
  what = nn_json_problem (&problem);
  nn_file_fail (error, NN_ERROR_DATA, path, _("it is no valid JSON object: %s; choose another file"), what);
  return NULL;
}

NnRunRecord *
nn_run_record_from_json (const char *path, const json_t *object, GError **error)
{
  g_autoptr (NnRunRecord) record = nn_run_record_new ();
  Loader loader = { .path = path };

  get_record (&loader, record, object);
  if (loader.fault != NULL)
    {
      g_propagate_error (error, loader.fault);
      return NULL;
    }
  return g_steal_pointer (&record);
}

NnRunRecord *
nn_run_record_load (const char *path, GError **error)
{
  g_autoptr (json_t) object = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  object = nn_json_load (path, MAX_FILE_BYTES, error);
  return object != NULL ? nn_run_record_from_json (path, object, error) : NULL;
}

/* ---- Beside weights ---- */

#define WEIGHTS_ENDING ".safetensors"
#define RECORD_ENDING ".run.json"

char *
nn_run_record_path (const char *weights)
{
  g_autofree char *stem = g_strdup (weights);

  if (g_str_has_suffix (stem, WEIGHTS_ENDING))
    stem[strlen (stem) - strlen (WEIGHTS_ENDING)] = '\0';
  return g_strconcat (stem, RECORD_ENDING, NULL);
}

char *
nn_run_record_preset_beside (const char *weights)
{
  g_autofree char *path = nn_run_record_path (weights), *base = g_path_get_basename (weights);
  g_autoptr (NnRunRecord) record = nn_run_record_load (path, NULL);

  return record != NULL && g_strcmp0 (record->weights, base) == 0 ? g_strdup (record->preset) : NULL;
}
