/* figure-weights.c: figures of trained networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-gates.h"
#include "cli/figure-sources.h"

#include "cli/error.h"
#include "cli/name.h"

#include <glib/gi18n.h>
#include <string.h>

/* Millimetres. */
#define GATES_WIDTH 160.0

/* @most: as many as the figure holds; 0: any number */
static gboolean
load_networks (CliSources *networks, const CliFigureOptions *options, guint most, GError **error)
{
  if (options->weights == NULL)
    return cli_misuse (error, _("--weights FILE is missing"));
  if (most > 0 && g_strv_length (options->weights) > most)
    return cli_misuse (error, _("there are %u networks; one figure holds %u"), g_strv_length (options->weights), most);
  if (!cli_sources_load (networks, options, FALSE, error))
    return FALSE;
  for (guint i = 1; i < networks->items->len; i++)
    {
      const CliSource *first = cli_source_at (networks, 0), *other = cli_source_at (networks, i);

      if (!cli_figure_classes_equal (first->model->classes, first->path, other->model->classes, other->path, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- Gates ---- */

/* @readings: room for one a network; @owned: takes what they borrow */
static void
init_readings (FigReading *readings, const CliSources *networks, const CliGatesChoice *choice, const char *ascii,
               GPtrArray *traces, GPtrArray *owned)
{
  for (guint i = 0; i < networks->items->len; i++)
    {
      const CliSource *network = cli_source_at (networks, i);
      NnTrace *trace = nn_trace_new (network->model, ascii, -1);

      g_ptr_array_add (traces, trace);
      readings[i] = (FigReading){
        .label = network->label,
        .kind = network->kind,
        .trace = trace,
        .iterations = network->facts->has_iterations ? network->facts->iterations : NN_ITERATION_UNKNOWN,
      };
      cli_gates_choice_apply (choice, &readings[i], owned);
    }
}

gboolean
cli_figure_gates (const CliFigureOptions *options, const char *given, GError **error)
{
  g_auto (CliSources) networks = { 0 };
  g_auto (CliName) name = { 0 };
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_trace_free);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autofree FigReading *readings = NULL;
  g_autofree char *title = NULL;
  g_auto (FigGatesSheet) sheet = { 0 };
  FigGates gates = { 0 };
  CliGatesChoice choice;
  double width = options->width > 0 ? options->width : cli_points (GATES_WIDTH);

  cli_name_init (&name, given, strlen (given));
  if (name.problem != NULL)
    return cli_fail (error, _("%s; give another name"), _(name.problem));
  if (!cli_gates_choice_init (&choice, options, error) || !load_networks (&networks, options, 0, error))
    return FALSE;
  readings = g_new0 (FigReading, networks.items->len);
  init_readings (readings, &networks, &choice, name.ascii, traces, owned);
  title = fig_title_of_gates (name.given);
  gates = (FigGates){
    .name = name.given,
    .readings = readings,
    .n_readings = networks.items->len,
    .classes = (const char *const *) cli_source_at (&networks, 0)->model->classes,
    .n_classes = cli_source_at (&networks, 0)->model->n_classes,
    .title = options->titled ? title : NULL,
    .detail = choice.detail,
    .order_name = choice.order_name,
    .arrangement = options->beside ? FIG_GATES_SIDE_BY_SIDE : FIG_GATES_STACKED,
  };
  fig_gates_sheet_init (&sheet, &gates, &options->theme, width);
  return cli_figure_save (options, FIG_DRAW (fig_gates_sheet_draw), FIG_CSV (fig_gates_sheet_csv),
                          FIG_TEX (fig_gates_sheet_tex), &sheet, width,
                          fig_gates_sheet_height (&sheet, &options->theme, width), title, networks.description, error);
}

/* ---- Analyses of a name ---- */

gboolean
cli_figure_of_name (const CliFigureOptions *options, CliNameFigure figure, const char *given, GError **error)
{
  g_auto (CliSources) networks = { 0 };
  g_auto (CliName) name = { 0 };
  const CliSource *network;

  cli_name_init (&name, given, strlen (given));
  if (name.problem != NULL)
    return cli_fail (error, _("%s; give another name"), _(name.problem));
  if (!load_networks (&networks, options, 1, error))
    return FALSE;
  network = cli_source_at (&networks, 0);
  if (figure == CLI_FIGURE_SUBSTITUTIONS)
    return cli_figure_substitutions_of (options, network->model, name.ascii, network->label, networks.description,
                                        error);
  return cli_figure_attribution_of (options, network->model, name.ascii, network->label, networks.description, error);
}
