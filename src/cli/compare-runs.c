/* compare-runs.c: the runs of "compare": their records, and what their networks guess for the held-out names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/compare-runs.h"

#include "cli/error.h"
#include "cli/figure-page.h"
#include "cli/inputs.h"
#include "engine/weights.h"

#include <glib/gi18n.h>

void
cli_compare_runs_clear (CliCompareRuns *runs)
{
  g_clear_pointer (&runs->records, g_ptr_array_unref);
  g_clear_pointer (&runs->labels, g_ptr_array_unref);
  g_clear_pointer (&runs->guesses, g_ptr_array_unref);
  g_clear_pointer (&runs->names, nn_test_names_unref);
}

/* ---- Records ---- */

static gboolean
check_data (const CliCompareRuns *runs, guint index, GError **error)
{
  const NnRunRecord *first = cli_compare_runs_record (runs, 0);
  const NnRunRecord *record = cli_compare_runs_record (runs, index);
  g_autofree char *first_shown = g_filename_display_name (runs->paths[0]);
  g_autofree char *shown = g_filename_display_name (runs->paths[index]);

  if (g_strcmp0 (first->data_hash, record->data_hash) == 0
      && g_strv_equal ((const char *const *) first->classes, (const char *const *) record->classes))
    return TRUE;
  return cli_fail (error,
                   _ ("%s and %s are of different data, so their numbers say nothing of each other; compare runs of "
                      "the same names"),
                   first_shown, shown);
}

gboolean
cli_compare_runs_load (CliCompareRuns *runs, char **paths, GError **error)
{
  g_autofree NnKind *kinds = g_new0 (NnKind, g_strv_length (paths));

  runs->paths = paths;
  runs->records = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_run_record_free);
  runs->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      NnRunRecord *record = nn_run_record_load (paths[i], error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (runs->records, record);
      kinds[i] = record->settings.kind;
      if (!check_data (runs, i, error))
        return FALSE;
    }
  for (guint i = 0; i < runs->records->len; i++)
    g_ptr_array_add (runs->labels, cli_figure_label (kinds, runs->records->len, i, paths[i]));
  return TRUE;
}

/* ---- Names ---- */

static gboolean
check_split (const CliCompareRuns *runs, guint index, GError **error)
{
  const NnSettings *first = &cli_compare_runs_record (runs, 0)->settings;
  const NnSettings *settings = &cli_compare_runs_record (runs, index)->settings;
  g_autofree char *first_shown = g_filename_display_name (runs->paths[0]);
  g_autofree char *shown = g_filename_display_name (runs->paths[index]);

  if (settings->hold_out == 0.0)
    return cli_fail (error,
                     _ ("%s: nothing was held out in this run, so there is nothing to test it on; leave --data and "
                        "--only-right out, or train with --hold-out"),
                     shown);
  if (first->hold_out != settings->hold_out || first->seed != settings->seed)
    return cli_fail (error,
                     _ ("%s held out %g of the names with seed %u, %s %g with seed %u: the test needs the same names; "
                        "leave --data and --only-right out, or train with the same seed and share"),
                     first_shown, first->hold_out, first->seed, shown, settings->hold_out, settings->seed);
  return TRUE;
}

static NnDataset *
load_data (const CliCompareRuns *runs, const char *folder, GError **error)
{
  g_autoptr (NnDataset) dataset = cli_input_data (folder, error);
  g_autofree char *shown = g_filename_display_name (runs->paths[0]);
  g_autofree char *data = NULL;

  if (dataset == NULL)
    return NULL;
  if (g_strcmp0 (nn_dataset_hash (dataset), cli_compare_runs_record (runs, 0)->data_hash) == 0)
    return g_steal_pointer (&dataset);
  data = g_filename_display_name (nn_dataset_folder (dataset));
  cli_fail (error, _ ("%s: it was trained on other names than those of %s; give with --data what it was trained on"),
            shown, data);
  return NULL;
}

/* The weights that the record names, which must be the run's and not of a later one in the same place. */
static NnModel *
load_weights (const CliCompareRuns *runs, guint index, GError **error)
{
  const NnRunRecord *record = cli_compare_runs_record (runs, index);
  g_autofree char *shown = g_filename_display_name (runs->paths[index]);
  g_autofree char *folder = g_path_get_dirname (runs->paths[index]);
  g_autofree char *name = record->weights != NULL ? g_path_get_basename (record->weights) : NULL;
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *weights_shown = NULL;
  g_autoptr (NnWeightsFacts) facts = NULL;
  g_autoptr (NnModel) model = NULL;

  if (path == NULL)
    {
      cli_fail (error,
                _ ("%s: no weights were written in this run, so it can't be tested; leave --data and --only-right out, "
                   "or train with --out"),
                shown);
      return NULL;
    }
  model = nn_weights_load (path, &record->settings.kind, (const char *const *) record->classes, &facts, error);
  if (model == NULL)
    return NULL;
  if (facts->has_seed && facts->seed == record->settings.seed && facts->has_iterations
      && facts->iterations == record->iterations && g_strcmp0 (facts->data_hash, record->data_hash) == 0
      && g_strv_equal ((const char *const *) model->classes, (const char *const *) record->classes))
    return g_steal_pointer (&model);
  weights_shown = g_filename_display_name (path);
  cli_fail (error, _ ("%s: these weights are not of the run %s; put those beside it that train wrote with it"),
            weights_shown, shown);
  return NULL;
}

gboolean
cli_compare_runs_test (CliCompareRuns *runs, const char *folder, GError **error)
{
  const NnSettings *settings = &cli_compare_runs_record (runs, 0)->settings;
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnSplit) split = NULL;

  for (guint i = 0; i < runs->records->len; i++)
    if (!check_split (runs, i, error))
      return FALSE;
  dataset = load_data (runs, folder, error);
  split = dataset != NULL ? nn_split_new (dataset, settings->hold_out, settings->seed, error) : NULL;
  if (split == NULL)
    return FALSE;
  runs->names = nn_test_names_new (split);
  if (runs->names->n_names == 0)
    return cli_fail (error, _ ("no row is held out at %g of the names; train with a larger --hold-out"),
                     settings->hold_out);
  runs->guesses = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < runs->records->len; i++)
    {
      g_autoptr (NnModel) model = load_weights (runs, i, error);

      if (model == NULL)
        return FALSE;
      g_ptr_array_add (runs->guesses, nn_test_names_guess (runs->names, model, NULL, NULL));
    }
  return TRUE;
}
