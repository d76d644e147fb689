/* names.c: the names that everybody trains on, in one order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "names.h"

#include "engine/random.h"
#include "engine/sampler.h"
#include "engine/weights.h"

gboolean
names_load (Names *names, const char *folder, guint n, GError **error)
{
  gsl_rng *random;

  names->dataset = nn_dataset_load (folder, error);
  if (names->dataset == NULL)
    return FALSE;
  names->split = nn_split_new (names->dataset, 0.0, 1, error);
  if (names->split == NULL)
    return FALSE;
  names->order = g_new0 (NnExample, n);
  names->n = n;
  random = nn_random_new (1, NN_STREAM_DRAWS);
  for (guint i = 0; i < n; i++)
    {
      const guint row = nn_sampler_draw (names->split, random);

      g_strlcpy (names->order[i].ascii, nn_dataset_row_ascii (names->dataset, row), sizeof names->order[i].ascii);
      names->order[i].target = nn_dataset_row_class (names->dataset, row);
    }
  gsl_rng_free (random);
  return TRUE;
}

void
names_clear (Names *names)
{
  g_clear_pointer (&names->split, nn_split_unref);
  g_clear_pointer (&names->dataset, nn_dataset_unref);
  g_clear_pointer (&names->order, g_free);
}

NnSettings
names_settings (NnKind kind, guint hidden)
{
  NnSettings settings;

  g_assert_true (nn_settings_preset ("report", kind, &settings));
  settings.hidden = hidden;
  return settings;
}

NnModel *
names_model (const Names *names, NnKind kind, guint hidden)
{
  NnModel *model = nn_model_new (kind, hidden, nn_dataset_class_names (names->dataset), NULL);
  gsl_rng *random = nn_random_new (1, NN_STREAM_WEIGHTS);

  g_assert_nonnull (model);
  nn_model_initialise (model, random);
  gsl_rng_free (random);
  return model;
}

gboolean
names_save (const Names *names, const char *folder, GError **error)
{
  static const NnKind kinds[] = { NN_RNN, NN_LSTM, NN_GATE_LSTM };
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *order = g_build_filename (folder, "order.tsv", NULL);

  for (guint i = 0; i < names->n; i++)
    g_string_append_printf (lines, "%s\t%u\n", names->order[i].ascii, names->order[i].target);
  if (!g_file_set_contents (order, lines->str, (gssize) lines->len, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *file = g_strconcat (nn_kind_id (kinds[i]), ".safetensors", NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autoptr (NnModel) model = names_model (names, kinds[i], 128);
      g_autoptr (NnWeightsFacts) facts = nn_weights_facts_new ();

      if (!nn_weights_save (model, facts, path, error))
        return FALSE;
    }
  return TRUE;
}
