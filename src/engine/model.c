/* model.c: a network: its kind, its size, its classes and its parameters.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/model.h"

#include "engine/dataset.h"
#include "engine/error.h"
#include "engine/i18n.h"
#include "engine/tensor-table.h"

#include <math.h>
#include <string.h>

#define ALIGNMENT 64

static float *
new_block (gsize size)
{
  return g_aligned_alloc0 (size, sizeof (float), ALIGNMENT);
}

NnModel *
nn_model_new (NnKind kind, guint hidden, const char *const *classes, GError **error)
{
  NnModel *model;
  guint n_classes;

  g_return_val_if_fail ((guint) kind < NN_N_KINDS && classes != NULL, NULL);
  n_classes = g_strv_length ((char **) classes);
  if (hidden < NN_MIN_HIDDEN || hidden > NN_MAX_HIDDEN)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("the hidden size is %u; it must be from %d to %d"), hidden,
                   NN_MIN_HIDDEN, NN_MAX_HIDDEN);
      return NULL;
    }
  if (n_classes < NN_MIN_CLASSES || n_classes > NN_MAX_CLASSES)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("there are %u classes; a network has from %d to %d"),
                   n_classes, NN_MIN_CLASSES, NN_MAX_CLASSES);
      return NULL;
    }

  model = g_new0 (NnModel, 1);
  model->kind = kind;
  model->hidden = hidden;
  model->n_classes = n_classes;
  model->classes = g_strdupv ((char **) classes);
  nn_layout_init (&model->layout, kind, hidden, n_classes);
  model->tensors = g_new0 (NnTensor, NN_MAX_TENSORS);
  model->n_tensors = nn_tensor_table_fill (model->tensors, kind, &model->layout, hidden, n_classes);
  for (guint i = 0; i < model->n_tensors; i++)
    model->n_parameters += (guint) nn_tensor_n_elements (&model->tensors[i]);
  model->parameters = new_block (model->layout.size);
  return model;
}

NnModel *
nn_model_copy_around (const NnModel *model, float *parameters)
{
  NnModel *copy;

  g_return_val_if_fail (model != NULL && parameters != NULL, NULL);
  copy = g_new (NnModel, 1);
  *copy = *model;
  copy->classes = g_strdupv (model->classes);
  copy->tensors = g_memdup2 (model->tensors, NN_MAX_TENSORS * sizeof (NnTensor));
  copy->parameters = parameters;
  copy->file = NULL;
  return copy;
}

NnModel *
nn_model_copy (const NnModel *model)
{
  float *parameters;

  g_return_val_if_fail (model != NULL, NULL);
  parameters = new_block (model->layout.size);
  memcpy (parameters, model->parameters, model->layout.size * sizeof (float));
  return nn_model_copy_around (model, parameters);
}

void
nn_model_free (NnModel *model)
{
  if (model == NULL)
    return;
  g_strfreev (model->classes);
  g_free (model->tensors);
  if (model->file != NULL)
    g_mapped_file_unref (model->file);
  else
    g_aligned_free (model->parameters);
  g_free (model);
}

double
nn_model_bound (const NnModel *model, guint index)
{
  const char *name = model->tensors[index].name;
  gboolean on_hidden
      = g_str_has_prefix (name, "lstm.") || g_str_has_prefix (name, "linear.") || g_str_has_prefix (name, "classify.");

  return 1.0 / sqrt (on_hidden ? model->hidden : NN_ALPHABET_SIZE + model->hidden);
}

void
nn_model_initialise (NnModel *model, gsl_rng *random)
{
  for (guint i = 0; i < model->n_tensors; i++)
    {
      const NnTensor *tensor = &model->tensors[i];
      gsize n = nn_tensor_n_elements (tensor);
      double bound = nn_model_bound (model, i);
      g_autofree float *values = g_new (float, n);

      for (gsize j = 0; j < n; j++)
        values[j] = (float) ((2.0 * gsl_rng_uniform (random) - 1.0) * bound);
      nn_tensor_write (tensor, model->parameters, values);
    }
}

const NnTensor *
nn_model_tensor (const NnModel *model, const char *name)
{
  for (guint i = 0; i < model->n_tensors; i++)
    if (strcmp (model->tensors[i].name, name) == 0)
      return &model->tensors[i];
  return NULL;
}

float *
nn_model_new_block (const NnModel *model)
{
  return new_block (model->layout.size);
}

gboolean
nn_model_is_finite (const NnModel *model)
{
  for (gsize i = 0; i < model->layout.size; i++)
    if (!isfinite (model->parameters[i]))
      return FALSE;
  return TRUE;
}

static void
print_linear (GString *text, const char *name, guint inputs, guint outputs)
{
  g_string_append_printf (text, "  (%s): Linear(in_features=%u, out_features=%u, bias=True)\n", name, inputs, outputs);
}

char *
nn_model_print (const NnModel *model)
{
  guint both = NN_ALPHABET_SIZE + model->hidden;
  GString *text = g_string_new (model->kind == NN_RNN ? "RNN(\n" : "LSTM(\n");

  if (model->kind == NN_RNN)
    {
      print_linear (text, "i2h", both, model->hidden);
      print_linear (text, "i2o", both, model->n_classes);
    }
  else if (model->kind == NN_LSTM)
    {
      g_string_append_printf (text, "  (lstm): LSTM(%d, %u)\n", NN_ALPHABET_SIZE, model->hidden);
      print_linear (text, "linear", model->hidden, model->n_classes);
    }
  else
    {
      print_linear (text, "forget_gate", both, model->hidden);
      print_linear (text, "input_gate", both, model->hidden);
      print_linear (text, "cell_update", both, model->hidden);
      print_linear (text, "output_gate", both, model->hidden);
      print_linear (text, "classify", model->hidden, model->n_classes);
    }
  g_string_append (text, "  (softmax): LogSoftmax(dim=1)\n)");
  return g_string_free (text, FALSE);
}
