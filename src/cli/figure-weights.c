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
#define NAME_WIDTH 120.0

/* @most: as many as the figure holds; 0: any number */
static gboolean
load_networks (CliSources *networks, const CliFigureOptions *options, gboolean needs_data, guint most, GError **error)
{
  if (options->weights == NULL)
    return cli_misuse (error, _("--weights FILE is missing"));
  if (most > 0 && g_strv_length (options->weights) > most)
    return cli_misuse (error, _("there are %u networks; one figure holds %u"), g_strv_length (options->weights), most);
  if (!cli_sources_load (networks, options, needs_data, error))
    return FALSE;
  for (guint i = 1; i < networks->items->len; i++)
    {
      const CliSource *first = cli_source_at (networks, 0), *other = cli_source_at (networks, i);

      if (!cli_figure_classes_equal (first->model->classes, first->path, other->model->classes, other->path, error))
        return FALSE;
    }
  return TRUE;
}

static guint
count_weights (const CliFigureOptions *options)
{
  return options->weights != NULL ? g_strv_length (options->weights) : 0;
}

/* ---- A name ---- */

/* Reads the name with every network. */
static gboolean
read_name (const CliSources *networks, const CliFigureOptions *options, CliGatesChoice *choice, const char *ascii,
           FigReading *readings, GError **error)
{
  gboolean has_gates = FALSE;

  for (guint i = 0; i < networks->items->len; i++)
    {
      const CliSource *source = cli_source_at (networks, i);
      const CliClamped network = { source->model, source->facts, source->path, networks->dataset };

      has_gates = has_gates || nn_kind_has_gates (source->kind);
      readings[i] = (FigReading){
        .label = source->label,
        .kind = source->kind,
        .iterations = source->facts->has_iterations ? source->facts->iterations : NN_ITERATION_UNKNOWN,
      };
      if (!cli_gates_choice_read (choice, &network, i, ascii, &readings[i], error))
        return FALSE;
    }
  return has_gates || options->clamps == NULL || cli_misuse (error, _("--clamp: none of the networks has gates"));
}

gboolean
cli_figure_gates (const CliFigureOptions *options, const char *given, GError **error)
{
  g_auto (CliSources) networks = { 0 };
  g_auto (CliName) name = { 0 };
  g_auto (CliGatesChoice) choice = { 0 };
  g_auto (FigGatesSheet) sheet = { 0 };
  g_autofree FigReading *readings = g_new0 (FigReading, count_weights (options) + 1);
  g_autofree char *title = NULL;
  FigGates gates = { .readings = readings };
  double width = options->width > 0 ? options->width : cli_points (GATES_WIDTH);

  cli_name_init (&name, given, strlen (given));
  if (name.problem != NULL)
    return cli_fail (error, _("%s; give another name"), _(name.problem));
  if (!cli_gates_choice_init (&choice, options, count_weights (options), error)
      || !load_networks (&networks, options, cli_gates_choice_needs_data (&choice), 0, error)
      || !read_name (&networks, options, &choice, name.ascii, readings, error))
    return FALSE;
  gates.detail = choice.detail;
  gates.order_name = fig_unit_order_name (choice.order);
  gates.name = name.given;
  gates.second_name = choice.second.given;
  gates.n_readings = networks.items->len;
  gates.classes = (const char *const *) cli_source_at (&networks, 0)->model->classes;
  gates.n_classes = cli_source_at (&networks, 0)->model->n_classes;
  gates.arrangement = options->beside ? FIG_GATES_SIDE_BY_SIDE : FIG_GATES_STACKED;
  title = fig_title_of_gates (name.given);
  gates.title = options->titled ? title : NULL;
  fig_gates_sheet_init (&sheet, &gates, &options->theme, width);
  return cli_figure_save (options, FIG_DRAW (fig_gates_sheet_draw), FIG_CSV (fig_gates_sheet_csv),
                          FIG_TEX (fig_gates_sheet_tex), &sheet, width,
                          fig_gates_sheet_height (&sheet, &options->theme, width), title, networks.description, error);
}

static gboolean
has_rnn (const CliSources *networks)
{
  for (guint i = 0; i < networks->items->len; i++)
    if (cli_source_at (networks, i)->kind == NN_RNN)
      return TRUE;
  return FALSE;
}

static char *
title_of (FigBesideKind figure, const char *name)
{
  return figure == FIG_BESIDE_UNITS         ? fig_title_of_units (name)
         : figure == FIG_BESIDE_ATTRIBUTION ? fig_title_of_attribution (name)
                                            : fig_title_of_substitutions (name);
}

gboolean
cli_figure_of_name (const CliFigureOptions *options, FigBesideKind figure, const char *given, GError **error)
{
  g_auto (CliSources) networks = { 0 };
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
  if (figure == FIG_BESIDE_UNITS && choice.pins->len == 0)
    return cli_misuse (error, _("--pin UNIT is missing"));
  if (!read_name (&networks, options, &choice, name.ascii, readings, error))
    return FALSE;
  for (guint i = 0; i < networks.items->len; i++)
    if (figure != FIG_BESIDE_UNITS || readings[i].n_pinned > 0)
      figures[n++] = cli_name_drawing_init (&drawings[i], figure, cli_source_at (&networks, i)->model, &readings[i],
                                            has_rnn (&networks), &choice);
  title = title_of (figure, name.given);
  fig_beside_init (&beside, figure, figures, n, options->titled ? title : NULL);
  width = options->width > 0 ? options->width : n * cli_points (NAME_WIDTH);
  saved = cli_figure_save (options, FIG_DRAW (fig_beside_draw), FIG_CSV (fig_beside_csv), NULL, &beside, width,
                           fig_beside_height (&beside, &options->theme, width), title, networks.description, error);
  for (guint i = 0; i < networks.items->len; i++)
    cli_name_drawing_clear (&drawings[i]);
  return saved;
}
