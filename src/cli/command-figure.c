/* command-figure.c: "figure": draws curves, matrices or what networks make of a name into a file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"

#include "cli/error.h"
#include "cli/figure-confusion.h"
#include "cli/options.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
draw_curves (const CliFigureOptions *options, const char *kind, GError **error)
{
  if (options->weights != NULL)
    return cli_misuse (error, _("%s is drawn from runs, not from weights: give --run FILE"), kind);
  if (!cli_figure_confusion_none_of (options, kind, error))
    return FALSE;
  return cli_figure_curves (options, strcmp (kind, "loss") == 0 ? FIG_MEASURE_LOSS : FIG_MEASURE_ACCURACY, error);
}

static gboolean
draw_compare (const CliFigureOptions *options, GError **error)
{
  if (options->runs == NULL && options->weights != NULL)
    return cli_misuse (error, _("compare has the curves of runs: give --run FILE; --weights FILE adds a matrix"));
  return cli_figure_compare (options, error);
}

static gboolean
draw_confusion (const CliFigureOptions *options, GError **error)
{
  if (options->runs == NULL && options->weights == NULL)
    return cli_misuse (error, _("confusion is drawn from runs or from weights: give --run FILE or --weights FILE"));
  if (options->held_out && options->runs == NULL)
    return cli_misuse (error, _("--held-out goes with --run; with weights, give --counted held-out"));
  return cli_figure_confusion (options, error);
}

/* The figures of a name. */
static gboolean
is_of_name (const char *kind)
{
  static const char *const kinds[] = { "gates", "units", "substitutions", "attribution", NULL };

  return g_strv_contains (kinds, kind);
}

static gboolean
draw_name (const CliFigureOptions *options, const char *kind, GError **error)
{
  if (options->runs != NULL)
    return cli_misuse (error, _("%s is drawn from weights, not from runs: give --weights FILE"), kind);
  if (options->rest[1] == NULL)
    return cli_misuse (error, _("NAME is missing"));
  if (options->rest[2] != NULL)
    return cli_misuse (error, _("there are several names; a figure is of one"));
  if (!cli_figure_confusion_none_of (options, kind, error))
    return FALSE;
  if (strcmp (kind, "gates") == 0)
    return cli_figure_gates (options, options->rest[1], error);
  return cli_figure_of_name (options,
                             strcmp (kind, "units") == 0           ? FIG_BESIDE_UNITS
                             : strcmp (kind, "substitutions") == 0 ? FIG_BESIDE_SUBSTITUTIONS
                                                                   : FIG_BESIDE_ATTRIBUTION,
                             options->rest[1], error);
}

/* What goes with figures of a name alone. */
static gboolean
check_name_options (const CliFigureOptions *options, const char *kind, GError **error)
{
  gboolean is_gates = strcmp (kind, "gates") == 0, is_units = strcmp (kind, "units") == 0;

  if (options->detail != NULL && !is_gates)
    return cli_misuse (error, _("--detail goes with gates alone"));
  if (options->second != NULL && !is_gates)
    return cli_misuse (error, _("--second goes with gates alone"));
  if (options->clamps != NULL && !is_gates && !is_units)
    return cli_misuse (error, _("--clamp goes with gates and units"));
  if (options->pins != NULL && !is_gates && !is_units)
    return cli_misuse (error, _("--pin goes with gates and units"));
  return TRUE;
}

static gboolean
draw (const CliFigureOptions *options, GError **error)
{
  const char *kind = options->rest[0];
  g_autofree char *quoted = NULL;

  if (strcmp (kind, "loss") != 0 && strcmp (kind, "accuracy") != 0
      && strcmp (kind, "compare") != 0 && !cli_curves_options_check_unused (&options->curves, error))
    return FALSE;
  if (options->hidden != NULL && strcmp (kind, "compare") != 0)
    return cli_misuse (error, _("--hide goes with compare alone; elsewhere, leave the file out"));
  if (!check_name_options (options, kind, error))
    return FALSE;
  if (is_of_name (kind))
    return draw_name (options, kind, error);
  quoted = cli_quoted (options->rest[1] != NULL ? options->rest[1] : kind);
  if (options->rest[1] != NULL)
    return cli_misuse (error, _("%s is not wanted here"), quoted);
  if (strcmp (kind, "loss") == 0 || strcmp (kind, "accuracy") == 0)
    return draw_curves (options, kind, error);
  if (strcmp (kind, "compare") == 0)
    return draw_compare (options, error);
  if (strcmp (kind, "confusion") == 0)
    return draw_confusion (options, error);
  return cli_misuse (error, _("there is no figure %s; it must be loss, accuracy, confusion, compare, gates, units, "
                             "substitutions or attribution"), quoted);
}

gboolean
cli_command_figure (char **arguments, GError **error)
{
  g_auto (CliFigureOptions) options = { 0 };
  gboolean helped, drawn;

  if (!cli_figure_options_parse (&options, arguments, &helped, error) || helped)
    return helped;
  /* For labels and for what is measured before anything is drawn. */
  fig_language_push (options.language);
  drawn = draw (&options, error);
  fig_language_pop ();
  return drawn;
}
