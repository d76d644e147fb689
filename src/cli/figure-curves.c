/* figure-curves.c: how "figure loss" and "figure accuracy" draw their lines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-curves.h"

#include "cli/error.h"
#include "cli/options.h"

#include <glib/gi18n.h>

#define MAX_SMOOTHING 0.999
#define MAX_LOSS 1e6

void
cli_curves_options_clear (CliCurvesOptions *options)
{
  g_clear_pointer (&options->smoothing, g_free);
  g_clear_pointer (&options->iterations, g_free);
  g_clear_pointer (&options->loss_range, g_free);
  g_clear_pointer (&options->accuracy_range, g_free);
}

gboolean
cli_curves_options_check_unused (const CliCurvesOptions *options, GError **error)
{
  const char *given = options->smoothing != NULL    ? "--smoothing"
                      : options->iterations != NULL ? "--iterations"
                      : options->loss_range         ? "--loss-range"
                      : options->accuracy_range     ? "--accuracy-range"
                      : options->logarithmic        ? "--log"
                      : options->report_values      ? "--report-values"
                      : options->bands              ? "--band"
                                                    : NULL;

  if (given != NULL)
    return cli_misuse (error, _("%s goes with the curves alone, loss and accuracy"), given);
  return TRUE;
}

/* FROM:TO, each of which may be missing. */
static gboolean
read_iterations (const char *text, FigLimits *limits, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  g_autofree char *quoted = cli_quoted (text);
  guint64 from = 0, to = NN_MAX_ITERATIONS;

  if (g_strv_length (parts) != 2 || (*parts[0] == '\0' && *parts[1] == '\0'))
    return cli_misuse (error, _("--iterations is %s; it must be FROM:TO, such as 20000:50000"), quoted);
  if ((*parts[0] != '\0' && !cli_option_whole ("--iterations", parts[0], 0, NN_MAX_ITERATIONS, &from, error))
      || (*parts[1] != '\0' && !cli_option_whole ("--iterations", parts[1], 1, NN_MAX_ITERATIONS, &to, error)))
    return FALSE;
  if (from >= to)
    return cli_misuse (error, _("--iterations is %s; its end must be above its beginning"), quoted);
  *limits = (FigLimits){ (double) from, *parts[1] != '\0' ? (double) to : -1 };
  return TRUE;
}

/* FROM:TO of the axis upwards. */
static gboolean
read_range (const char *option, const char *text, double most, FigLimits *limits, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  g_autofree char *quoted = cli_quoted (text);

  if (g_strv_length (parts) != 2 || *parts[0] == '\0' || *parts[1] == '\0')
    return cli_misuse (error, _("%s is %s; it must be FROM:TO, such as 0.5:0.9"), option, quoted);
  if (!cli_option_real (option, parts[0], 0, FALSE, most, &limits->low, error)
      || !cli_option_real (option, parts[1], 0, TRUE, most, &limits->high, error))
    return FALSE;
  return limits->low < limits->high
         || cli_misuse (error, _("%s is %s; its end must be above its beginning"), option, quoted);
}

static gboolean
read_ranges (const CliCurvesOptions *options, FigCurves *curves, GError **error)
{
  gboolean of_loss = curves->measure == FIG_MEASURE_LOSS;

  if ((of_loss ? options->accuracy_range : options->loss_range) != NULL)
    return cli_misuse (error, _("--accuracy-range goes with accuracy, and --loss-range with loss"));
  if (of_loss && options->loss_range != NULL)
    return read_range ("--loss-range", options->loss_range, MAX_LOSS, &curves->y, error);
  if (!of_loss && options->accuracy_range != NULL)
    return read_range ("--accuracy-range", options->accuracy_range, 1, &curves->y, error);
  return TRUE;
}

static double
last_iteration (const FigCurves *curves)
{
  guint64 last = curves->iterations;

  for (guint i = 0; i < curves->n_series; i++)
    if (curves->series[i].history != NULL && nn_history_length (curves->series[i].history) > 0)
      last = MAX (last, nn_history_last (curves->series[i].history)->iteration);
  return (double) last;
}

gboolean
cli_curves_options_apply (const CliCurvesOptions *options, FigCurves *curves, GError **error)
{
  if (options->smoothing != NULL
      && !cli_option_real ("--smoothing", options->smoothing, 0, FALSE, MAX_SMOOTHING, &curves->smoothing, error))
    return FALSE;
  if (options->logarithmic && curves->measure == FIG_MEASURE_ACCURACY)
    return cli_misuse (error, _("--log goes with loss: the axis of accuracy is linear"));
  if (options->report_values && curves->measure == FIG_MEASURE_LOSS)
    return cli_misuse (error, _("--report-values goes with accuracy: the report has no final loss"));
  if (options->iterations != NULL && !read_iterations (options->iterations, &curves->x, error))
    return FALSE;
  if (!read_ranges (options, curves, error))
    return FALSE;
  if (curves->x.high < 0)
    curves->x.high = last_iteration (curves);
  if (options->iterations != NULL && curves->x.low >= last_iteration (curves))
    {
      g_autofree char *quoted = cli_quoted (options->iterations);

      return cli_misuse (error, _("--iterations is %s; the runs end at %.0f"), quoted, last_iteration (curves));
    }
  curves->logarithmic = options->logarithmic;
  curves->report_values = options->report_values;
  curves->bands = options->bands;
  curves->for_paper = TRUE;
  return TRUE;
}
