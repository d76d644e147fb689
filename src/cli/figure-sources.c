/* figure-sources.c: the runs and the weights that a figure is drawn from, in the order of the command line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-sources.h"

#include "cli/error.h"
#include "cli/inputs.h"

#include <glib/gi18n.h>
#include <string.h>

static void
source_free (gpointer data)
{
  CliSource *source = data;

  g_free (source->label);
  g_clear_pointer (&source->record, nn_run_record_free);
  g_clear_pointer (&source->model, nn_model_free);
  g_clear_pointer (&source->facts, nn_weights_facts_free);
  g_free (source->preset);
  g_free (source);
}

void
cli_sources_clear (CliSources *sources)
{
  g_clear_pointer (&sources->items, g_ptr_array_unref);
  g_clear_pointer (&sources->dataset, nn_dataset_unref);
  g_clear_pointer (&sources->description, g_free);
}

const CliSource *
cli_source_at (const CliSources *sources, guint index)
{
  return g_ptr_array_index (sources->items, index);
}

char **
cli_source_classes (const CliSource *source)
{
  return source->record != NULL ? source->record->classes : source->model->classes;
}

/* ---- Reading ---- */

static gboolean
load_weights (CliSources *sources, CliSource *source, gboolean needs_data, GError **error)
{
  const CliWeightsInput input = { source->path, sources->options->model, sources->options->data, needs_data };
  g_autoptr (NnDataset) dataset = NULL;

  source->model = cli_input_weights (&input, &dataset, &source->facts, error);
  if (source->model == NULL)
    return FALSE;
  source->kind = source->model->kind;
  source->preset = nn_run_record_preset_beside (source->path);
  if (sources->dataset == NULL)
    sources->dataset = g_steal_pointer (&dataset);
  return TRUE;
}

static gboolean
load_run (CliSource *source, GError **error)
{
  source->record = nn_run_record_load (source->path, error);
  if (source->record == NULL)
    return FALSE;
  source->kind = source->record->settings.kind;
  source->preset = g_strdup (source->record->preset);
  return TRUE;
}

/* ---- What they are called ---- */

/* Files of one name in several folders: their runs are told apart by their seeds. */
static void
add_seeds (CliSources *sources)
{
  g_autofree gboolean *alike = g_new0 (gboolean, sources->items->len);

  for (guint i = 0; i < sources->items->len; i++)
    for (guint j = 0; j < sources->items->len; j++)
      alike[i] = alike[i]
                 || (i != j && strcmp (cli_source_at (sources, i)->label, cli_source_at (sources, j)->label) == 0);
  for (guint i = 0; i < sources->items->len; i++)
    {
      CliSource *source = g_ptr_array_index (sources->items, i);
      g_autofree char *plain = NULL;

      if (!alike[i] || source->record == NULL)
        continue;
      plain = g_steal_pointer (&source->label);
      /* Translators: a network, and the seed of its run. */
      source->label = g_strdup_printf (_("%s, seed %u"), plain, source->record->settings.seed);
    }
}

static gboolean
label_sources (CliSources *sources, GError **error)
{
  char **labels = sources->options->labels;
  guint n = sources->items->len, n_labels = labels != NULL ? g_strv_length (labels) : 0;
  g_autofree NnKind *kinds = g_new (NnKind, n);

  if (n_labels > 0 && n_labels != n)
    return cli_misuse (error, _("there are %u labels for %u files; give --label for each file, in their order"),
                       n_labels, n);
  for (guint i = 0; i < n; i++)
    kinds[i] = cli_source_at (sources, i)->kind;
  for (guint i = 0; i < n; i++)
    {
      CliSource *source = g_ptr_array_index (sources->items, i);

      source->label = n_labels > 0 ? g_utf8_make_valid (labels[i], -1) : cli_figure_label (kinds, n, i, source->path);
    }
  if (n_labels == 0)
    add_seeds (sources);
  return TRUE;
}

/* Says of each what it is, whatever the language. */
static char *
describe (const CliSources *sources)
{
  g_autofree FigOrigin *origins = g_new0 (FigOrigin, sources->items->len);

  for (guint i = 0; i < sources->items->len; i++)
    {
      const CliSource *source = cli_source_at (sources, i);

      if (source->record != NULL)
        fig_origin_init (&origins[i], source->record);
      else
        fig_origin_init_of_weights (&origins[i], source->model, source->facts, source->preset);
    }
  return fig_origins_describe (origins, sources->items->len);
}

gboolean
cli_sources_load (CliSources *sources, const CliFigureOptions *options, gboolean needs_data, GError **error)
{
  g_return_val_if_fail (options->sources != NULL, FALSE);
  sources->options = options;
  sources->items = g_ptr_array_new_with_free_func (source_free);
  for (guint i = 0; options->sources[i].path != NULL; i++)
    {
      CliSource *source = g_new0 (CliSource, 1);

      g_ptr_array_add (sources->items, source);
      source->path = options->sources[i].path;
      if (!(options->sources[i].weights ? load_weights (sources, source, needs_data, error) : load_run (source, error)))
        return FALSE;
    }
  if (!label_sources (sources, error))
    return FALSE;
  sources->description = describe (sources);
  return TRUE;
}

/* ---- Counting ---- */

/* Which names are drawn and held out follows from the seed and from the share that was held out. */
typedef struct
{
  guint32 seed;
  double hold_out;
} Draws;

static NnConfusion *
count_model (CliSources *sources, const CliSource *source, const NnModel *model, const Draws *draws,
             const CliConfusionChoice *choice, GError **error)
{
  g_autofree char *shown = g_filename_display_name (source->path);
  g_autoptr (NnSplit) split = NULL;
  guint n_held_out;

  if (choice->counted == NN_COUNTED_ROWS)
    return nn_evaluate_rows (model, sources->dataset, NULL, 0, NULL, NULL);
  split = nn_split_new (sources->dataset, choice->has_hold_out ? choice->hold_out : draws->hold_out,
                        choice->has_seed ? choice->seed : draws->seed, error);
  if (split == NULL)
    return NULL;
  nn_split_held_out_rows (split, &n_held_out);
  if (choice->counted == NN_COUNTED_HELD_OUT && n_held_out == 0)
    {
      cli_fail (error, _("%s: the training held no row out; count draws or rows"), shown);
      return NULL;
    }
  return nn_evaluate (model, split, choice->counted, choice->draws, choice->has_seed ? choice->seed : draws->seed, NULL,
                      NULL);
}

/* The hold-out stands in the .run.json beside the weights; where that is missing, it is what training holds out unless
 * it is told otherwise. */
static NnConfusion *
count_weights (CliSources *sources, const CliSource *source, const CliConfusionChoice *choice, GError **error)
{
  const NnWeightsFacts *facts = source->facts;
  NnSettings usual;
  Draws draws;

  nn_settings_preset ("default", source->kind, &usual);
  draws = (Draws){ facts->has_seed ? facts->seed : usual.seed, usual.hold_out };
  cli_input_hold_out (source->model, facts, source->path, &draws.hold_out);
  return count_model (sources, source, source->model, &draws, choice, error);
}

/* The weights that lie beside a run and are its own, or NULL. */
static NnModel *
load_weights_of_run (CliSources *sources, const CliSource *source, GError **error)
{
  const NnRunRecord *record = source->record;
  g_autofree char *shown = g_filename_display_name (source->path), *folder = g_path_get_dirname (source->path);
  g_autofree char *name = record->weights != NULL ? g_path_get_basename (record->weights) : NULL;
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr (NnWeightsFacts) facts = NULL;
  g_autoptr (NnModel) model = NULL;

  if (path == NULL)
    {
      cli_fail (error, _("%s: this was not counted in the run, and no weights were saved with it"), shown);
      return NULL;
    }
  model = nn_weights_load (path, &source->kind, (const char *const *) record->classes, &facts, error);
  if (model == NULL)
    return NULL;
  if (facts->has_iterations && facts->iterations == record->iterations && facts->has_seed
      && facts->seed == record->settings.seed)
    return g_steal_pointer (&model);
  cli_fail (error, _("%s: the weights %s are of another run; save the run and its weights again"), shown, name);
  return NULL;
}

static NnConfusion *
count_run (CliSources *sources, const CliSource *source, const CliConfusionChoice *choice, GError **error)
{
  const NnRunRecord *record = source->record;
  const NnConfusion *measured = choice->counted == NN_COUNTED_DRAWS      ? record->confusion
                                : choice->counted == NN_COUNTED_HELD_OUT ? record->held_out_confusion
                                                                         : NULL;
  const Draws draws = { record->settings.seed, record->settings.hold_out };
  g_autofree char *shown = g_filename_display_name (source->path);
  g_autoptr (NnModel) model = NULL;

  if (measured != NULL)
    return nn_confusion_copy (measured);
  if (choice->counted == NN_COUNTED_HELD_OUT && !(record->settings.hold_out > 0))
    {
      cli_fail (error, _("%s: nothing was held out in this run; leave --held-out out"), shown);
      return NULL;
    }
  model = load_weights_of_run (sources, source, error);
  if (model == NULL)
    return NULL;
  if (sources->dataset == NULL)
    sources->dataset = cli_input_data (sources->options->data, error);
  if (sources->dataset == NULL || !cli_input_check_classes (model, source->path, sources->dataset, error))
    return NULL;
  return count_model (sources, source, model, &draws, choice, error);
}

NnConfusion *
cli_sources_count (CliSources *sources, guint index, const CliConfusionChoice *choice, GError **error)
{
  const CliSource *first = cli_source_at (sources, 0), *source = cli_source_at (sources, index);

  if (!cli_figure_classes_equal (cli_source_classes (first), first->path, cli_source_classes (source), source->path,
                                 error))
    return NULL;
  return source->record != NULL ? count_run (sources, source, choice, error)
                                : count_weights (sources, source, choice, error);
}
