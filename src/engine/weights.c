/* weights.c: networks in safetensors files, as PyTorch reads and writes them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/weights.h"

#include "engine/dataset.h"
#include "engine/error.h"
#include "engine/file.h"
#include "engine/i18n.h"
#include "engine/json.h"
#include "engine/safetensors-read.h"
#include "engine/safetensors-write.h"
#include "engine/tensor-table.h"

#include "config.h"

#include <math.h>
#include <string.h>

#define FACT_VERSION "gatescope.version"
#define FACT_MODEL "gatescope.model"
#define FACT_HIDDEN "gatescope.hidden"
#define FACT_CLASSES "gatescope.classes"
#define FACT_ITERATIONS "gatescope.iterations"
#define FACT_SEED "gatescope.seed"
#define FACT_DATA_HASH "gatescope.data_hash"
#define FACT_GENERATOR "gatescope.generator"

/* What JSON's integers, and those who read our files in other languages, can hold. */
#define MAX_ITERATIONS ((guint64) G_MAXINT64)

/* A file that has been read, on its way to a network. */
typedef struct
{
  const char *path;
  const NnSafetensors *file;
  NnKind kind;
  guint hidden, n_classes;
} Loader;

#define FAIL(loader, error, ...) nn_file_fail (error, NN_ERROR_WEIGHTS, (loader)->path, __VA_ARGS__)

NnWeightsFacts *
nn_weights_facts_new (void)
{
  return g_new0 (NnWeightsFacts, 1);
}

void
nn_weights_facts_free (NnWeightsFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->data_hash);
  g_free (facts->generator);
  g_free (facts);
}

/* ---- Which network a file holds ---- */

/* The two LSTMs by hand have the same tensors. */
static NnKind
same_tensors_as (NnKind kind)
{
  return kind == NN_GATE_LSTM_HIDDEN ? NN_GATE_LSTM : kind;
}

/* The tensors of a kind by name and number of dimensions; their lengths are those of the smallest network. */
static guint
fill_smallest (NnTensor *tensors, NnKind kind)
{
  NnLayout layout;

  nn_layout_init (&layout, kind, NN_MIN_HIDDEN, NN_MIN_CLASSES);
  return nn_tensor_table_fill (tensors, kind, &layout, NN_MIN_HIDDEN, NN_MIN_CLASSES);
}

/* The kind with the most tensors of the file, so that one tensor that is missing does not hide what the file is. */
static gboolean
kind_from_tensors (Loader *loader, NnKind *kind, GError **error)
{
  static const NnKind candidates[] = { NN_RNN, NN_LSTM, NN_GATE_LSTM };
  guint most = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      NnTensor tensors[NN_MAX_TENSORS];
      guint n = fill_smallest (tensors, candidates[i]);
      guint found = 0;

      for (guint j = 0; j < n; j++)
        found += nn_safetensors_find (loader->file, tensors[j].name) != NULL;
      if (found > most)
        {
          most = found;
          *kind = candidates[i];
        }
    }
  if (most == 0)
    {
      g_autofree char *first = nn_json_shown (loader->file->tensors[0].name);
      return FAIL (loader, error,
                   _("none of its tensors belongs to a network of this program (the first is %s); choose another file"),
                   first);
    }
  return TRUE;
}

/* @asked: (nullable) */
static gboolean
find_kind (Loader *loader, const NnKind *asked, GError **error)
{
  const char *id = nn_safetensors_fact (loader->file, FACT_MODEL);
  NnKind by_tensors;

  if (!kind_from_tensors (loader, &by_tensors, error))
    return FALSE;
  loader->kind = by_tensors;
  if (id != NULL && !nn_kind_from_id (id, &loader->kind))
    {
      g_autofree char *shown = nn_json_shown (id);
      return FAIL (loader, error, _("its metadata %s names the unknown network %s; choose another file"), FACT_MODEL,
                   shown);
    }
  if (same_tensors_as (loader->kind) != by_tensors)
    return FAIL (loader, error,
                 _("its metadata %s says %s, but its tensors are those of %s; choose another file"), FACT_MODEL,
                 nn_kind_id (loader->kind), nn_kind_id (by_tensors));
  if (asked == NULL)
    return TRUE;
  /* Tensors alone can't tell the twins apart: there the caller knows better. */
  if (id == NULL && same_tensors_as (*asked) == by_tensors)
    loader->kind = *asked;
  if (*asked != loader->kind)
    return FAIL (loader, error, _("it holds the network %s, but %s is asked for; choose another file or ask for %s"),
                 nn_kind_id (loader->kind), nn_kind_id (*asked), nn_kind_id (loader->kind));
  return TRUE;
}

static gboolean
check_names (Loader *loader, GError **error)
{
  NnTensor tensors[NN_MAX_TENSORS];
  guint n = fill_smallest (tensors, loader->kind);

  for (guint i = 0; i < n; i++)
    if (nn_safetensors_find (loader->file, tensors[i].name) == NULL)
      return FAIL (loader, error, _("the tensor \"%s\" of the network %s is missing; save the whole state_dict"),
                   tensors[i].name, nn_kind_id (loader->kind));
  for (guint i = 0; i < loader->file->n_tensors; i++)
    {
      gboolean known = FALSE;
      g_autofree char *shown = nn_json_shown (loader->file->tensors[i].name);

      for (guint j = 0; j < n && !known; j++)
        known = strcmp (loader->file->tensors[i].name, tensors[j].name) == 0;
      if (!known)
        return FAIL (loader, error,
                     _("the tensor %s does not belong to the network %s; save the network's own state_dict alone"),
                     shown, nn_kind_id (loader->kind));
    }
  return TRUE;
}

/* ---- Its size and its classes ---- */

static gboolean
check_fact_hidden (Loader *loader, GError **error)
{
  const char *text = nn_safetensors_fact (loader->file, FACT_HIDDEN);
  g_autofree char *shown = NULL;
  guint64 value;

  if (text == NULL || (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &value, NULL) && value == loader->hidden))
    return TRUE;
  shown = nn_json_shown (text);
  return FAIL (loader, error,
               _("its metadata %s says %s, but its tensors have a hidden size of %u; choose another file"), FACT_HIDDEN,
               shown, loader->hidden);
}

/* The hidden size and the number of classes are each read off one tensor, by which all others are then measured. */
static gboolean
find_size (Loader *loader, GError **error)
{
  const char *hidden_name = loader->kind == NN_RNN    ? "i2h.weight"
                            : loader->kind == NN_LSTM ? "lstm.weight_hh_l0"
                                                      : "forget_gate.weight";
  const char *classes_name = loader->kind == NN_RNN    ? "i2o.weight"
                             : loader->kind == NN_LSTM ? "linear.weight"
                                                       : "classify.weight";
  const NnSafetensor *of_hidden = nn_safetensors_find (loader->file, hidden_name);
  const NnSafetensor *of_classes = nn_safetensors_find (loader->file, classes_name);
  const NnSafetensor *flat = of_hidden->n_dimensions != 2    ? of_hidden
                             : of_classes->n_dimensions != 2 ? of_classes
                                                             : NULL;
  guint64 hidden, n_classes;

  if (flat != NULL)
    {
      g_autofree char *shape = nn_safetensors_shape_text (flat->shape, flat->n_dimensions);
      return FAIL (loader, error,
                   _("the tensor \"%s\" has the shape %s, but it must have 2 dimensions; save the network anew"),
                   flat->name, shape);
    }
  hidden = of_hidden->shape[loader->kind == NN_LSTM ? 1 : 0];
  n_classes = of_classes->shape[0];
  if (hidden < NN_MIN_HIDDEN || hidden > NN_MAX_HIDDEN)
    {
      g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, hidden);
      return FAIL (loader, error,
                   _("by its tensor \"%s\" its hidden size is %s; it must be from %d to %d; choose another file"),
                   hidden_name, size, NN_MIN_HIDDEN, NN_MAX_HIDDEN);
    }
  if (n_classes < NN_MIN_CLASSES || n_classes > NN_MAX_CLASSES)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, n_classes);
      return FAIL (loader, error,
                   _("by its tensor \"%s\" its number of classes is %s; it must be from %d to %d; choose another file"),
                   classes_name, number, NN_MIN_CLASSES, NN_MAX_CLASSES);
    }
  loader->hidden = (guint) hidden;
  loader->n_classes = (guint) n_classes;
  return check_fact_hidden (loader, error);
}

static gboolean
is_one_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

/* Classes are kept as lines, and told apart by their names. */
static gboolean
check_class_names (const char *path, const char *const *classes, GError **error)
{
  for (guint i = 0; classes[i] != NULL; i++)
    {
      g_autofree char *shown = nn_json_shown (classes[i]);

      if (classes[i][0] == '\0')
        return nn_file_fail (error, NN_ERROR_WEIGHTS, path, _("the name of class %u is empty; name every class"),
                             i + 1);
      if (!is_one_line (classes[i]))
        return nn_file_fail (error, NN_ERROR_WEIGHTS, path,
                             _("the class name %s is not one line of text; rename the class"), shown);
      for (guint j = 0; j < i; j++)
        if (strcmp (classes[i], classes[j]) == 0)
          return nn_file_fail (error, NN_ERROR_WEIGHTS, path, _("two classes are named %s; rename one"), shown);
    }
  return TRUE;
}

/* The file's own classes, or else those that the caller gives.
 * Returns: (transfer full). */
static char **
find_classes (Loader *loader, const char *const *given, GError **error)
{
  const char *text = nn_safetensors_fact (loader->file, FACT_CLASSES);
  g_auto (GStrv) classes = NULL;
  guint n;

  if (text == NULL && given == NULL)
    {
      FAIL (loader, error, _("it does not name its %u classes; give the data that it was trained on"),
            loader->n_classes);
      return NULL;
    }
  if (text != NULL)
    classes = g_strsplit (text, "\n", NN_MAX_CLASSES + 1);
  else
    classes = g_strdupv ((char **) given);
  n = g_strv_length (classes);
  if (text != NULL && n > NN_MAX_CLASSES)
    FAIL (loader, error,
          _("its metadata %s has more than %d names, but its tensors are for %u classes; choose another file"),
          FACT_CLASSES, NN_MAX_CLASSES, loader->n_classes);
  else if (text != NULL && n != loader->n_classes)
    FAIL (loader, error,
          g_dngettext (GETTEXT_PACKAGE,
                       "its metadata %s has %u name, but its tensors are for %u classes; choose another file",
                       "its metadata %s has %u names, but its tensors are for %u classes; choose another file", n),
          FACT_CLASSES, n, loader->n_classes);
  else if (n != loader->n_classes)
    FAIL (loader, error, _("it is for %u classes, but the data has %u; give the data that it was trained on"),
          loader->n_classes, n);
  else if (check_class_names (loader->path, (const char *const *) classes, error))
    return g_steal_pointer (&classes);
  return NULL;
}

/* ---- Its numbers ---- */

static gboolean
load_tensor (Loader *loader, NnModel *model, const NnTensor *tensor, GError **error)
{
  const NnSafetensor *found = nn_safetensors_find (loader->file, tensor->name);
  const guint64 shape[] = { tensor->rows, tensor->columns };
  gsize n = nn_tensor_n_elements (tensor);
  g_autofree float *values = NULL;

  if (found->n_dimensions != tensor->n_dimensions
      || memcmp (found->shape, shape, tensor->n_dimensions * sizeof *shape) != 0)
    {
      g_autofree char *has = nn_safetensors_shape_text (found->shape, found->n_dimensions);
      g_autofree char *needs = nn_safetensors_shape_text (shape, tensor->n_dimensions);

      return FAIL (loader, error,
                   _("the tensor \"%s\" has the shape %s, but with a hidden size of %u and %u classes it must have %s; "
                     "save the network anew"),
                   tensor->name, has, loader->hidden, loader->n_classes, needs);
    }
  values = g_new (float, n);
  nn_safetensors_values (loader->file, found, values);
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FAIL (loader, error,
                   _("the tensor \"%s\" has a value that is not finite (row %zu, column %zu), as after training that "
                     "diverged; choose another file"),
                   tensor->name, i / tensor->columns, i % tensor->columns);
  nn_tensor_write (tensor, model->parameters, values);
  return TRUE;
}

/* @known: (out): whether the file says it */
static gboolean
read_number (Loader *loader, const char *key, guint64 limit, gboolean *known, guint64 *value, GError **error)
{
  const char *text = nn_safetensors_fact (loader->file, key);
  g_autofree char *shown = NULL;
  g_autofree char *most = NULL;

  *known = text != NULL;
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, limit, value, NULL))
    return TRUE;
  shown = nn_json_shown (text);
  most = g_strdup_printf ("%" G_GUINT64_FORMAT, limit);
  return FAIL (loader, error,
               _("its metadata %s is %s; it must be a whole number from 0 to %s; get or save the file anew"), key,
               shown, most);
}

static NnWeightsFacts *
read_facts (Loader *loader, GError **error)
{
  g_autoptr (NnWeightsFacts) facts = nn_weights_facts_new ();
  guint64 seed = 0;

  if (!read_number (loader, FACT_ITERATIONS, MAX_ITERATIONS, &facts->has_iterations, &facts->iterations, error)
      || !read_number (loader, FACT_SEED, G_MAXUINT32, &facts->has_seed, &seed, error))
    return NULL;
  facts->seed = (guint32) seed;
  facts->data_hash = g_strdup (nn_safetensors_fact (loader->file, FACT_DATA_HASH));
  facts->generator = g_strdup (nn_safetensors_fact (loader->file, FACT_GENERATOR));
  return g_steal_pointer (&facts);
}

NnModel *
nn_weights_load (const char *path, const NnKind *kind, const char *const *classes, NnWeightsFacts **facts,
                 GError **error)
{
  g_autoptr (NnSafetensors) file = NULL;
  g_autoptr (NnWeightsFacts) found = NULL;
  g_autoptr (NnModel) model = NULL;
  g_auto (GStrv) names = NULL;
  Loader loader = { .path = path };

  g_return_val_if_fail (path != NULL && (kind == NULL || (guint) *kind < NN_N_KINDS), NULL);
  file = nn_safetensors_read (path, error);
  if (file == NULL)
    return NULL;
  loader.file = file;
  if (!find_kind (&loader, kind, error) || !check_names (&loader, error) || !find_size (&loader, error))
    return NULL;
  names = find_classes (&loader, classes, error);
  if (names == NULL)
    return NULL;
  found = read_facts (&loader, error);
  if (found == NULL)
    return NULL;
  model = nn_model_new (loader.kind, loader.hidden, (const char *const *) names, error);
  if (model == NULL)
    return NULL;
  for (guint i = 0; i < model->n_tensors; i++)
    if (!load_tensor (&loader, model, &model->tensors[i], error))
      return NULL;
  if (facts != NULL)
    *facts = g_steal_pointer (&found);
  return g_steal_pointer (&model);
}

/* ---- Saving ---- */

static void
add_number (NnSafetensorsWriter *writer, const char *key, guint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  nn_safetensors_writer_add_fact (writer, key, text);
}

static void
add_facts (NnSafetensorsWriter *writer, const NnModel *model, const NnWeightsFacts *facts)
{
  g_autofree char *classes = g_strjoinv ("\n", model->classes);

  nn_safetensors_writer_add_fact (writer, "format", "pt");
  nn_safetensors_writer_add_fact (writer, FACT_VERSION, GATESCOPE_VERSION);
  nn_safetensors_writer_add_fact (writer, FACT_MODEL, nn_kind_id (model->kind));
  add_number (writer, FACT_HIDDEN, model->hidden);
  nn_safetensors_writer_add_fact (writer, FACT_CLASSES, classes);
  if (facts == NULL)
    return;
  if (facts->has_iterations)
    add_number (writer, FACT_ITERATIONS, facts->iterations);
  if (facts->has_seed)
    add_number (writer, FACT_SEED, facts->seed);
  if (facts->data_hash != NULL)
    nn_safetensors_writer_add_fact (writer, FACT_DATA_HASH, facts->data_hash);
  if (facts->generator != NULL)
    nn_safetensors_writer_add_fact (writer, FACT_GENERATOR, facts->generator);
}

gboolean
nn_weights_save (const NnModel *model, const NnWeightsFacts *facts, const char *path, GError **error)
{
  g_autoptr (NnSafetensorsWriter) writer = NULL;

  g_return_val_if_fail (model != NULL && path != NULL, FALSE);
  /* What could not be read back is not written either. */
  if (!nn_model_is_finite (model))
    return nn_file_fail (error, NN_ERROR_WEIGHTS, path,
                         _("not written: the network has a value that is not finite; train it anew"));
  if (!check_class_names (path, (const char *const *) model->classes, error))
    return FALSE;
  writer = nn_safetensors_writer_new ();
  add_facts (writer, model, facts);
  for (guint i = 0; i < model->n_tensors; i++)
    {
      const NnTensor *tensor = &model->tensors[i];
      const guint64 shape[] = { tensor->rows, tensor->columns };
      g_autofree float *values = g_new (float, nn_tensor_n_elements (tensor));

      nn_tensor_read (tensor, model->parameters, values);
      nn_safetensors_writer_add_tensor (writer, tensor->name, shape, tensor->n_dimensions, values);
    }
  return nn_safetensors_writer_save (writer, path, error);
}
