/* figure-weights.c: figures of trained networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-page.h"

#include "cli/error.h"
#include "cli/inputs.h"
#include "cli/name.h"
#include "engine/evaluate.h"

#include <glib/gi18n.h>
#include <string.h>

/* Millimetres. */
#define GATES_WIDTH 160.0
#define MATRIX_WIDTH 130.0
#define MATRIX_HEIGHT 120.0
#define MAX_NETWORKS 16

typedef struct
{
  guint n;
  NnModel *models[MAX_NETWORKS];
  NnWeightsFacts *facts[MAX_NETWORKS];
  NnKind kinds[MAX_NETWORKS];
  char *labels[MAX_NETWORKS];
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
    }
  g_clear_pointer (&networks->dataset, nn_dataset_unref);
  g_free (networks->description);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Networks, networks_clear)

/* Says of each network what it is, whatever the language. */
static char *
describe (const Networks *networks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < networks->n; i++)
    {
      const NnWeightsFacts *facts = networks->facts[i];

      g_string_append_printf (text, "%s%s: hidden %u", i > 0 ? "; " : "", nn_kind_id (networks->kinds[i]),
                              networks->models[i]->hidden);
      if (facts->has_iterations)
        g_string_append_printf (text, ", %" G_GUINT64_FORMAT " iterations", facts->iterations);
      if (facts->has_seed)
        g_string_append_printf (text, ", seed %u", facts->seed);
      if (facts->data_hash != NULL)
        g_string_append_printf (text, ", data %.12s", facts->data_hash);
    }
  return g_string_free (text, FALSE);
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
    networks->labels[i] = cli_figure_label (networks->kinds, networks->n, i, options->weights[i]);
  networks->description = describe (networks);
  return TRUE;
}

/* ---- Matrices ---- */

gboolean
cli_figure_confusion_of_weights (const CliFigureOptions *options, GError **error)
{
  g_auto (Networks) networks = { 0 };
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_confusion_free);
  g_autofree char *csv = NULL;
  FigMatrix matrices[MAX_NETWORKS];
  FigConfusion confusion = { .matrices = matrices };

  if (!load_networks (&networks, options, TRUE, MAX_NETWORKS, error))
    return FALSE;
  for (guint i = 0; i < networks.n; i++)
    {
      NnConfusion *counted = nn_evaluate_rows (networks.models[i], networks.dataset, NULL, 0, NULL, NULL);

      g_ptr_array_add (counts, counted);
      matrices[i] = (FigMatrix){ networks.labels[i], networks.kinds[i], counted, FIG_COUNTED_ROWS };
    }
  confusion.n_matrices = networks.n;
  confusion.classes = (const char *const *) networks.models[0]->classes;
  confusion.n_classes = networks.models[0]->n_classes;
  csv = fig_confusion_csv (&confusion, NULL);
  return cli_figure_save (options, FIG_DRAW (fig_confusion_draw), &confusion, csv,
                          cli_points (MATRIX_WIDTH * MIN (networks.n, 4)), cli_points (MATRIX_HEIGHT), "Confusion",
                          networks.description, error);
}

/* ---- Gates ---- */

gboolean
cli_figure_gates (const CliFigureOptions *options, const char *given, GError **error)
{
  g_auto (Networks) networks = { 0 };
  g_auto (CliName) name = { 0 };
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_trace_free);
  g_autofree char *csv = NULL;
  g_autofree char *title = NULL;
  FigReading readings[FIG_MAX_READINGS];
  FigGates gates = { .readings = readings };
  double width = options->width > 0 ? options->width : cli_points (GATES_WIDTH);

  cli_name_init (&name, given, strlen (given));
  if (name.problem != NULL)
    return cli_fail (error, _("%s; give another name"), _(name.problem));
  if (!load_networks (&networks, options, FALSE, FIG_MAX_READINGS, error))
    return FALSE;
  for (guint i = 0; i < networks.n; i++)
    {
      NnTrace *trace = nn_trace_new (networks.models[i], name.ascii, -1);

      g_ptr_array_add (traces, trace);
      readings[i] = (FigReading){ networks.labels[i], networks.kinds[i], trace,
                                  networks.facts[i]->has_iterations ? networks.facts[i]->iterations
                                                                    : NN_ITERATION_UNKNOWN };
    }
  gates.name = name.given;
  gates.n_readings = networks.n;
  gates.classes = (const char *const *) networks.models[0]->classes;
  gates.n_classes = networks.models[0]->n_classes;
  csv = fig_gates_csv (&gates, NULL);
  title = g_strdup_printf ("Gates: %s", name.given);
  return cli_figure_save (options, FIG_DRAW (fig_gates_draw), &gates, csv, width,
                          fig_gates_height (&gates, &options->theme, width), title, networks.description, error);
}
