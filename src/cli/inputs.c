/* inputs.c: the data and the weights that options name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inputs.h"

#include "cli/error.h"
#include "cli/options.h"
#include "engine/run-record.h"
#include "engine/safetensors-read.h"
#include "run/paths.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
cli_input_kind (const char *id, NnKind *kind, GError **error)
{
  g_autofree char *quoted = NULL;

  if (nn_kind_from_id (id, kind))
    return TRUE;
  quoted = cli_quoted (id);
  return cli_misuse (error, _("--model is %s; it must be rnn, lstm, gate-lstm or gate-lstm-hidden"), quoted);
}

NnDataset *
cli_input_data (const char *folder, GError **error)
{
  g_autofree char *own = NULL;

  if (!cli_option_not_empty ("--data", folder, error))
    return NULL;
  if (folder == NULL)
    folder = own = scope_paths_names_folder ();
  return nn_dataset_load (folder, error);
}

gboolean
cli_input_check_classes (const NnModel *model, const char *path, NnDataset *dataset, GError **error)
{
  const char *const *classes = nn_dataset_class_names (dataset);
  guint n_classes = nn_dataset_n_classes (dataset);
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *of_weights = NULL;
  g_autofree char *of_data = NULL;
  guint i = 0;

  if (g_strv_equal ((const char *const *) model->classes, classes))
    return TRUE;
  if (model->n_classes != n_classes)
    return cli_fail (error,
                     _("%s: the weights are for %u classes, the data has %u; give with --data what they were trained "
                       "on"),
                     shown, model->n_classes, n_classes);
  while (strcmp (model->classes[i], classes[i]) == 0)
    i++;
  of_weights = cli_quoted (model->classes[i]);
  of_data = cli_quoted (classes[i]);
  return cli_fail (error,
                   _("%s: class %u is %s in the weights and %s in the data; give with --data what they were trained "
                     "on"),
                   shown, i + 1, of_weights, of_data);
}

gboolean
cli_input_hold_out (const NnModel *model, const NnWeightsFacts *facts, const char *path, double *hold_out)
{
  g_autofree char *record_path = nn_run_record_path (path);
  g_autoptr (NnRunRecord) record = nn_run_record_load (record_path, NULL);

  if (record == NULL || record->settings.kind != model->kind || !facts->has_seed
      || record->settings.seed != facts->seed || !facts->has_iterations || record->iterations != facts->iterations
      || facts->data_hash == NULL || g_strcmp0 (record->data_hash, facts->data_hash) != 0)
    return FALSE;
  *hold_out = record->settings.hold_out;
  return TRUE;
}

/* @names: (out): whether the file says what its classes are called */
static gboolean
names_its_classes (const char *path, gboolean *names, GError **error)
{
  g_autoptr (NnSafetensors) file = nn_safetensors_read (path, error);

  if (file == NULL)
    return FALSE;
  *names = nn_safetensors_fact (file, "gatescope.classes") != NULL;
  return TRUE;
}

NnModel *
cli_input_weights (const CliWeightsInput *input, NnDataset **dataset, NnWeightsFacts **facts, GError **error)
{
  g_autoptr (NnDataset) data = NULL;
  g_autoptr (NnModel) model = NULL;
  g_autoptr (NnWeightsFacts) found = NULL;
  gboolean named = FALSE;
  NnKind kind;

  if (input->path == NULL)
    {
      cli_misuse (error, _("--weights FILE is missing"));
      return NULL;
    }
  if (!cli_option_not_empty ("--weights", input->path, error)
      || (input->kind != NULL && !cli_input_kind (input->kind, &kind, error))
      || !names_its_classes (input->path, &named, error))
    return NULL;
  if (input->needs_data || input->folder != NULL || !named)
    {
      data = cli_input_data (input->folder, error);
      if (data == NULL)
        return NULL;
    }
  model = nn_weights_load (input->path, input->kind != NULL ? &kind : NULL,
                           data != NULL ? nn_dataset_class_names (data) : NULL, &found, error);
  if (model == NULL || (data != NULL && !cli_input_check_classes (model, input->path, data, error)))
    return NULL;
  if (dataset != NULL)
    *dataset = g_steal_pointer (&data);
  if (facts != NULL)
    *facts = g_steal_pointer (&found);
  return g_steal_pointer (&model);
}
