/* plain-model.c: the engine's networks as plain ones in double.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain-model.h"

#include "known-weights.h"

NnModel *
known_model (NnKind kind, guint hidden, guint n_classes, guint seed)
{
  g_auto (GStrv) classes = g_new0 (char *, n_classes + 1);
  g_autoptr (GError) error = NULL;
  NnModel *model;

  for (guint k = 0; k < n_classes; k++)
    classes[k] = g_strdup_printf ("Class%02u", k);
  model = nn_model_new (kind, hidden, (const char *const *) classes, &error);
  g_assert_no_error (error);
  known_weights_fill (model, seed);
  return model;
}

PlainNetwork *
plain_model (const NnModel *model)
{
  PlainNetwork *plain = plain_network_new ((PlainKind) model->kind, (int) model->hidden, (int) model->n_classes);

  g_assert_cmpint (plain->n_tensors, ==, (int) model->n_tensors);
  for (guint k = 0; k < model->n_tensors; k++)
    {
      const gsize n = nn_tensor_n_elements (&model->tensors[k]);
      g_autofree float *values = g_new (float, n);

      g_assert_cmpstr (plain->names[k], ==, model->tensors[k].name);
      nn_tensor_read (&model->tensors[k], model->parameters, values);
      for (gsize j = 0; j < n; j++)
        plain->weights[k][j] = (double) values[j];
    }
  return plain;
}

int
plain_letters (const char *ascii, int *letters)
{
  int n = 0;

  for (; ascii[n] != '\0'; n++)
    letters[n] = nn_letter_index (ascii[n]);
  return n;
}
