/* known-network.c: files of small networks whose weights follow from a rule.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-network.h"

#include "engine/safetensors-write.h"
#include "engine/weights.h"
#include "support/known-weights.h"

const char *const known_classes[] = { "Ala", "Obo", "Usk", NULL };

NnModel *
known_network (NnKind kind)
{
  g_autoptr (GError) error = NULL;
  NnModel *model = nn_model_new (kind, KNOWN_HIDDEN, known_classes, &error);

  g_assert_no_error (error);
  known_weights_fill (model, 3);
  return model;
}

NnModel *
known_network_write (const Place *place, NnKind kind)
{
  g_autofree char *name = g_strconcat (nn_kind_id (kind), ".safetensors", NULL);
  g_autofree char *path = place_path (place, name);
  g_autoptr (GError) error = NULL;
  NnModel *model = known_network (kind);
  NnWeightsFacts facts = { .has_seed = TRUE, .seed = KNOWN_SEED };

  nn_weights_save (model, &facts, path, &error);
  g_assert_no_error (error);
  return model;
}

void
known_network_write_bare (const Place *place, const NnModel *model)
{
  g_autofree char *path = place_path (place, "bare");
  g_autoptr (NnSafetensorsWriter) writer = nn_safetensors_writer_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < model->n_tensors; i++)
    {
      const NnTensor *tensor = &model->tensors[i];
      const guint64 shape[] = { tensor->rows, tensor->columns };
      g_autofree float *values = g_new (float, nn_tensor_n_elements (tensor));

      nn_tensor_read (tensor, model->parameters, values);
      nn_safetensors_writer_add_tensor (writer, tensor->name, shape, tensor->n_dimensions, values);
    }
  nn_safetensors_writer_save (writer, path, &error);
  g_assert_no_error (error);
}

json_t *
only_object (const char *output)
{
  g_autoptr (GPtrArray) objects = lines_json (output);

  g_assert_cmpuint (objects->len, ==, 1);
  return json_incref (g_ptr_array_index (objects, 0));
}

void
assert_log_probs (const json_t *log_probs, const float *expected)
{
  assert_keys (log_probs, "Ala Obo Usk");
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat ((float) number_of (log_probs, known_classes[i]), ==, expected[i]);
}
