/* figure-weights.c: figures of trained networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-confusion.h"
#include "cli/figure-gates.h"

#include "cli/error.h"
#include "cli/inputs.h"
#include "cli/name.h"
#include "engine/evaluate.h"
#include "engine/preset.h"
#include "engine/run-record.h"

#include <glib/gi18n.h>
#include <string.h>

/* Millimetres. */
#define GATES_WIDTH 160.0
#define NAME_WIDTH 120.0
#define MAX_NETWORKS 16

typedef struct
{
  guint n;
  NnModel *models[MAX_NETWORKS];
  NnWeightsFacts *facts[MAX_NETWORKS];
  NnKind kinds[MAX_NETWORKS];
  char *labels[MAX_NETWORKS];
  char *presets[MAX_NETWORKS]; /* each nullable */
  NnDataset *dataset; /* NULL where it was not needed */
  char *description;
} Networks;

static void
networks_clear (Networks *networks)
{
  for (guint i = 0; i < networks->n; i++)
    {
      nn_model_free (networks->models[i]);
      nn_weights_facts_free (networks->facts[i]);
      g_free (networks->labels[i]);
      g_free (networks->presets[i]);
    }
  g_clear_pointer (&networks->dataset, nn_dataset_unref);
  g_free (networks->description);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Networks, networks_clear)

/* Says of each network what it is, whatever the language. */
static char *
describe (const Networks *networks)
{
  FigOrigin origins[MAX_NETWORKS];

  for (guint i = 0; i < networks->n; i++)
    {
      const NnWeightsFacts *facts = networks->facts[i];

      origins[i] = (FigOrigin){
        .kind = networks->kinds[i],
        .hidden = networks->models[i]->hidden,
        .has_iterations = facts->has_iterations,
        .iterations = facts->iterations,
        .has_seed = facts->has_seed,
        .seed = facts->seed,
        .preset = networks->presets[i],
        .data_hash = facts->data_hash,
      };
    }
  return fig_origins_describe (origins, networks->n);
}

/* The preset is told by the run's record, which stands beside the weights where both were saved. (nullable) */
static char *
find_preset (const char *weights)
{
  g_autofree char *stem = g_str_has_suffix (weights, ".safetensors")
                            ? g_strndup (weights, strlen (weights) - strlen (".safetensors"))
                            : NULL;
  g_autofree char *path = stem != NULL ? g_strconcat (stem, ".run.json", NULL) : NULL;
  g_autofree char *base = g_path_get_basename (weights);
  g_autoptr (NnRunRecord) record = path != NULL ? nn_run_record_load (path, NULL) : NULL;

  return record != NULL && g_strcmp0 (record->weights, base) == 0 ? g_strdup (record->preset) : NULL;
}

static gboolean
load_network (Networks *networks, const CliFigureOptions *options, guint i, gboolean needs_data, GError **error)
{
  const CliWeightsInput input = { options->weights[i], options->model, options->data, needs_data };
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnWeightsFacts) facts = NULL;
  NnModel *model = cli_input_weights (&input, &dataset, &facts, error);

  if (model == NULL)
    return FALSE;
  networks->models[i] = model;
  networks->facts[i] = g_steal_pointer (&facts);
  networks->kinds[i] = model->kind;
  networks->n++;
  if (networks->dataset == NULL)
    networks->dataset = g_steal_pointer (&dataset);
  return cli_figure_classes_equal (networks->models[0]->classes, options->weights[0], model->classes,
                                   options->weights[i], error);
}

static gboolean
load_networks (Networks *networks, const CliFigureOptions *options, gboolean needs_data, guint most, GError **error)
{
  if (options->weights == NULL)
    return cli_misuse (error, _("--weights FILE is missing"));
  if (g_strv_length (options->weights) > most)
    return cli_misuse (error, _("there are %u networks; one figure holds %u"), g_strv_length (options->weights), most);
  for (guint i = 0; options->weights[i] != NULL; i++)
    if (!load_network (networks, options, i, needs_data, error))
      return FALSE;
  for (guint i = 0; i < networks->n; i++)
    {
      networks->labels[i] = cli_figure_label (networks->kinds, networks->n, i, options->weights[i]);
      networks->presets[i] = find_preset (options->weights[i]);
    }
  networks->description = describe (networks);
  return TRUE;
}

static guint
count_weights (const CliFigureOptions *options)
{
  return options->weights != NULL ? g_strv_length (options->weights) : 0;
}

/* ---- Matrices ---- */

/* Which rows it was trained on follows from the seed of the weights and from what was held out, which stands in the
 * .run.json beside them; where that is missing, it is what training holds out unless it is told otherwise. */
static NnConfusion *
count_network (const Networks *networks, const CliFigureOptions *options, guint i, NnCounted counted, GError **error)
{
  const NnModel *model = networks->models[i];
  const NnWeightsFacts *facts = networks->facts[i];
  g_autofree char *shown = g_filename_display_name (options->weights[i]);
  g_autoptr (NnSplit) split = NULL;
  NnSettings usual;
  guint32 seed;
  guint n_held_out;

  if (counted == NN_COUNTED_ROWS)
    return nn_evaluate_rows (model, networks->dataset, NULL, 0, NULL, NULL);
  nn_settings_preset ("default", model->kind, &usual);
  cli_input_hold_out (model, facts, options->weights[i], &usual.hold_out);
  seed = facts->has_seed ? facts->seed : usual.seed;
  split = nn_split_new (networks->dataset, usual.hold_out, seed, error);
  if (split == NULL)
    return NULL;
  nn_split_held_out_rows (split, &n_held_out);
  if (counted == NN_COUNTED_HELD_OUT && n_held_out == 0)
    {
      cli_fail (error, _("%s: the training held no row out; count draws or rows"), shown);
      return NULL;
    }
  return nn_evaluate (model, split, counted, NN_EVALUATION_DRAWS, seed, NULL, NULL);
}

gboolean
cli_figure_confusion_of_weights (const CliFigureOptions *options, GError **error)
{
  g_auto (Networks) networks = { 0 };
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_confusion_free);
  FigMatrix matrices[MAX_NETWORKS];
  CliConfusionChoice choice;

  if (!cli_confusion_choice_init (&choice, options, error)
      || !load_networks (&networks, options, TRUE, MAX_NETWORKS, error))
    return FALSE;
  for (guint i = 0; i < networks.n; i++)
    {
      NnConfusion *counted = count_network (&networks, options, i, choice.counted, error);

      if (counted == NULL)
        return FALSE;
      g_ptr_array_add (counts, counted);
      matrices[i] = (FigMatrix){ networks.labels[i], networks.kinds[i], counted, (FigCounted) choice.counted };
    }
  return cli_figure_confusion_save (options, &choice, matrices, networks.n,
                                    (const char *const *) networks.models[0]->classes, networks.description, error);
}

/* ---- A name ---- */

/* Reads the name with every network. */
static gboolean
read_name (const Networks *networks, const CliFigureOptions *options, CliGatesChoice *choice, const char *ascii,
           FigReading *readings, GError **error)
{
  gboolean has_gates = FALSE;

  for (guint i = 0; i < networks->n; i++)
    {
      const CliClamped network = { networks->models[i], networks->facts[i], options->weights[i], networks->dataset };

      has_gates = has_gates || nn_kind_has_gates (networks->kinds[i]);
      readings[i] = (FigReading){
        .label = networks->labels[i],
        .kind = networks->kinds[i],
        .iterations = networks->facts[i]->has_iterations ? networks->facts[i]->iterations : NN_ITERATION_UNKNOWN,
      };
      if (!cli_gates_choice_read (choice, &network, i, ascii, &readings[i], error))
        return FALSE;
    }
  return has_gates || options->clamps == NULL || cli_misuse (error, _("--clamp: none of the networks has gates"));
}

gboolean
cli_figure_gates (const CliFigureOptions *options, const char *given, GError **error)
{
  g_auto (Networks) networks = { 0 };
  g_auto (CliName) name = { 0 };
  g_auto (CliGatesChoice) choice = { 0 };
  g_autofree char *title = NULL;
  FigReading readings[FIG_MAX_READINGS];
  FigGates gates = { .readings = readings };
  double width = options->width > 0 ? options->width : cli_points (GATES_WIDTH);

  cli_name_init (&name, given, strlen (given));
  if (name.problem != NULL)
    return cli_fail (error, _("%s; give another name"), _(name.problem));
  if (!cli_gates_choice_init (&choice, options, count_weights (options), error)
      || !load_networks (&networks, options, cli_gates_choice_needs_data (&choice), FIG_MAX_READINGS, error)
      || !read_name (&networks, options, &choice, name.ascii, readings, error))
    return FALSE;
  gates.detail = choice.detail;
  gates.order_name = fig_unit_order_name (choice.order);
  gates.name = name.given;
  gates.second_name = choice.second.given;
  gates.n_readings = networks.n;
  gates.classes = (const char *const *) networks.models[0]->classes;
  gates.n_classes = networks.models[0]->n_classes;
  gates.arrangement = options->beside ? FIG_GATES_SIDE_BY_SIDE : FIG_GATES_STACKED;
  title = fig_title_of_gates (name.given);
  gates.title = options->titled ? title : NULL;
  return cli_figure_save (options, FIG_DRAW (fig_gates_draw), FIG_CSV (fig_gates_csv), FIG_TEX (fig_gates_tex), &gates,
                          width,
                          fig_gates_height (&gates, &options->theme, width), title, networks.description, error);
}

static gboolean
has_rnn (const Networks *networks)
{
  for (guint i = 0; i < networks->n; i++)
    if (networks->kinds[i] == NN_RNN)
      return TRUE;
  return FALSE;
}

static void
init_beside (FigBeside *beside, CliNameFigure figure)
{
  static const FigBeside kinds[] = {
    [CLI_FIGURE_UNITS] = { FIG_DRAW (fig_unit_traces_draw), FIG_HEIGHT (fig_unit_traces_height),
                           FIG_CSV (fig_unit_traces_csv) },
    [CLI_FIGURE_ATTRIBUTION] = { FIG_DRAW (fig_attribution_draw), FIG_HEIGHT (fig_attribution_height),
                                 FIG_CSV (fig_attribution_csv) },
    [CLI_FIGURE_SUBSTITUTIONS] = { FIG_DRAW (fig_substitution_draw), FIG_HEIGHT (fig_substitution_height),
                                   FIG_CSV (fig_substitution_csv) },
  };

  *beside = kinds[figure];
}

static char *
title_of (CliNameFigure figure, const char *name)
{
  return figure == CLI_FIGURE_UNITS         ? fig_title_of_units (name)
         : figure == CLI_FIGURE_ATTRIBUTION ? fig_title_of_attribution (name)
                                            : fig_title_of_substitutions (name);
}

gboolean
cli_figure_of_name (const CliFigureOptions *options, CliNameFigure figure, const char *given, GError **error)
{
  g_auto (Networks) networks = { 0 };
  g_auto (CliName) name = { 0 };
  g_auto (CliGatesChoice) choice = { 0 };
  g_autofree char *title = NULL;
  FigReading readings[FIG_MAX_READINGS];
  CliNameDrawing drawings[FIG_MAX_READINGS] = { 0 };
  gconstpointer figures[FIG_MAX_READINGS];
  FigBeside beside;
  double width;
  gboolean saved;
  guint n = 0;

  cli_name_init (&name, given, strlen (given));
  if (name.problem != NULL)
    return cli_fail (error, _("%s; give another name"), _(name.problem));
  if (!cli_gates_choice_init (&choice, options, count_weights (options), error)
      || !load_networks (&networks, options, cli_gates_choice_needs_data (&choice), FIG_MAX_READINGS, error))
    return FALSE;
  if (figure == CLI_FIGURE_UNITS && choice.pins->len == 0)
    return cli_misuse (error, _("--pin UNIT is missing"));
  if (!read_name (&networks, options, &choice, name.ascii, readings, error))
    return FALSE;
  init_beside (&beside, figure);
  for (guint i = 0; i < networks.n; i++)
    if (figure != CLI_FIGURE_UNITS || readings[i].n_pinned > 0)
      figures[n++] = cli_name_drawing_init (&drawings[i], figure, networks.models[i], &readings[i],
                                            has_rnn (&networks), &choice);
  title = title_of (figure, name.given);
  beside.figures = figures;
  beside.n = n;
  beside.title = options->titled ? title : NULL;
  width = options->width > 0 ? options->width : n * cli_points (NAME_WIDTH);
  saved = cli_figure_save (options, FIG_DRAW (fig_beside_draw), FIG_CSV (fig_beside_csv), NULL, &beside, width,
                           fig_beside_height (&beside, &options->theme, width), title, networks.description, error);
  for (guint i = 0; i < networks.n; i++)
    cli_name_drawing_clear (&drawings[i]);
  return saved;
}
