/* figure-gates.c: what the figures of one name have of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-gates.h"

#include "cli/error.h"
#include "cli/options.h"
#include "figure/analysis.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME_WIDTH 120.0 /* millimetres */
#define N_TELLING 3

/* @ids: NULL-terminated. Returns: -1 where @text is none of them. */
static int
find_id (const char *text, const char *const *ids)
{
  for (int i = 0; ids[i] != NULL; i++)
    if (strcmp (text, ids[i]) == 0)
      return i;
  return -1;
}

gboolean
cli_gates_choice_init (CliGatesChoice *choice, const CliFigureOptions *options, GError **error)
{
  static const char *const details[] = { "units", "summary", NULL };
  static const char *const orders[] = { "index", "last", "clustered", NULL };
  static const char *const names[] = { NULL, N_ ("last value"), N_ ("likeness") };
  int detail = options->detail != NULL ? find_id (options->detail, details) : FIG_GATES_SUMMARY;
  int order = options->order != NULL ? find_id (options->order, orders) : NN_UNITS_BY_INDEX;

  if (detail < 0)
    {
      g_autofree char *quoted = cli_quoted (options->detail);
      return cli_misuse (error, _("--detail is %s; it must be summary or units"), quoted);
    }
  if (order < 0)
    {
      g_autofree char *quoted = cli_quoted (options->order);
      return cli_misuse (error, _("--order is %s; for gates it must be index, last or clustered"), quoted);
    }
  *choice = (CliGatesChoice){ (FigGatesDetail) detail, (NnUnitOrder) order,
                              order != NN_UNITS_BY_INDEX ? _(names[order]) : NULL };
  return TRUE;
}

void
cli_gates_choice_apply (const CliGatesChoice *choice, FigReading *reading, GPtrArray *owned)
{
  guint *order = g_new (guint, reading->trace->hidden);

  g_ptr_array_add (owned, order);
  nn_units_order (reading->trace, choice->order, order);
  reading->order = order;
  for (guint state = 0; state < NN_N_STATES; state++)
    if (reading->trace->states[state] != NULL)
      {
        guint *units = g_new (guint, N_TELLING);

        g_ptr_array_add (owned, units);
        reading->n_telling = nn_units_most_telling (reading->trace, state, N_TELLING, units);
        reading->telling[state] = units;
      }
}

static double
width_of (const CliFigureOptions *options)
{
  return options->width > 0 ? options->width : cli_points (NAME_WIDTH);
}

gboolean
cli_figure_substitutions_of (const CliFigureOptions *options,
                             const NnModel *model,
                             const char *ascii,
                             const char *label,
                             const char *description,
                             GError **error)
{
  g_autoptr (NnSubstitution) map = nn_substitution_new (model, ascii, NULL, NULL);
  g_autofree char *title = g_strdup_printf ("Substitutions: %s", ascii);
  FigSubstitution figure;

  fig_substitution_init (&figure, model, map);
  figure.label = label;
  return cli_figure_save (options, FIG_DRAW (fig_substitution_draw), FIG_CSV (fig_substitution_csv), NULL, &figure,
                          width_of (options),
                          fig_substitution_height (&figure, &options->theme, width_of (options)), title, description,
                          error);
}

gboolean
cli_figure_attribution_of (const CliFigureOptions *options,
                           const NnModel *model,
                           const char *ascii,
                           const char *label,
                           const char *description,
                           GError **error)
{
  g_autoptr (NnOcclusion) occlusion = nn_occlusion_new (model, ascii);
  g_autoptr (NnDecomposition) sum = nn_kind_has_gates (model->kind) ? NULL : nn_decomposition_new (model, ascii);
  g_autofree char *title = g_strdup_printf ("Letters: %s", ascii);
  NnGradientXInput gradient;
  FigAttribution figure;
  FigLetters letters;

  nn_gradient_x_input (model, ascii, (int) occlusion->guess, &gradient);
  fig_attribution_init (&figure, &letters, model, ascii, occlusion, &gradient, sum);
  figure.label = label;
  return cli_figure_save (options, FIG_DRAW (fig_attribution_draw), FIG_CSV (fig_attribution_csv), NULL, &figure,
                          width_of (options),
                          fig_attribution_height (&figure, &options->theme, width_of (options)), title, description,
                          error);
}
