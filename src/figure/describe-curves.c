/* describe-curves.c: what curves show, in sentences with their numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/describe.h"

#include "figure/curves-lines.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

/* Ends @text with @sentence (transfer full). */
static void
add_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

/* ---- Lines ---- */

/* The newest number of held-out names, or NaN. */
static double
last_held_out (const FigCurves *curves, const FigLine *line)
{
  g_auto (FigLineData) data = { 0 };

  if (!curves->held_out)
    return NAN;
  fig_line_get (curves, line, FIG_MEASURE_ACCURACY, TRUE, &data);
  return data.raw->len > 0 ? g_array_index (data.raw, FigPoint, data.raw->len - 1).y : NAN;
}

static void
describe_run (GString *text, const FigCurves *curves, const FigLine *line)
{
  const FigSeries *series = &curves->series[line->series[0]];
  const NnPoint *last = series->history != NULL ? nn_history_last (series->history) : NULL;
  double held_out = last_held_out (curves, line);
  g_autofree char *done = NULL, *loss = NULL, *accuracy = NULL;

  if (last == NULL)
    {
      add_sentence (text, g_strdup_printf (_ ("%s: not trained yet."), line->label));
      return;
    }
  done = fig_number ((double) last->iteration, 0, FALSE);
  loss = fig_number (last->loss, 2, FALSE);
  accuracy = fig_percent (last->accuracy, 1, FALSE);
  /* Translators: network, loss, accuracy, number of iterations. */
  add_sentence (text, g_strdup_printf (_ ("%s: loss %s, accuracy %s after %s iterations."), line->label, loss,
                                       accuracy, done));
  if (!isnan (held_out))
    {
      g_autofree char *number = fig_percent (held_out, 1, FALSE);

      add_sentence (text, g_strdup_printf (_ ("On names held out: %s."), number));
    }
  if (series->diverged_at > 0)
    {
      g_autofree char *number = fig_number ((double) series->diverged_at, 0, FALSE);

      add_sentence (text, g_strdup_printf (_ ("It diverged at iteration %s."), number));
    }
}

/* "0.51 ± 0.02", at the last iteration that all seeds have. (transfer full) */
static char *
last_mean (const FigCurves *curves, const FigLine *line, FigMeasure measure)
{
  FigCurves plain = *curves;
  g_auto (FigLineData) data = { 0 };
  g_autofree char *mean = NULL, *deviation = NULL;
  double value = NAN, spread = NAN;

  plain.smoothing = 0;
  fig_line_get (&plain, line, measure, FALSE, &data);
  if (data.raw->len > 0)
    {
      value = g_array_index (data.raw, FigPoint, data.raw->len - 1).y;
      spread = g_array_index (data.deviation, double, data.raw->len - 1);
    }
  mean = measure == FIG_MEASURE_LOSS ? fig_number (value, 2, FALSE) : fig_percent (value, 1, FALSE);
  deviation = measure == FIG_MEASURE_LOSS ? fig_number (spread, 2, FALSE) : fig_percent (spread, 1, FALSE);
  return g_strdup_printf ("%s ± %s", mean, deviation);
}

static void
describe_band (GString *text, const FigCurves *curves, const FigLine *line)
{
  g_autofree char *loss = last_mean (curves, line, FIG_MEASURE_LOSS);
  g_autofree char *accuracy = last_mean (curves, line, FIG_MEASURE_ACCURACY);

  /* Translators: a line's name in the legend; loss and accuracy, each with its standard deviation. */
  add_sentence (text, g_strdup_printf (_ ("%s: loss %s, accuracy %s at the end."), line->label, loss, accuracy));
}

/* ---- How they are drawn ---- */

static void
describe_report (GString *text, const FigCurves *curves)
{
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      double value = fig_report_accuracy ((NnKind) kind);
      g_autofree char *number = fig_percent (value, 0, FALSE);

      if (!isnan (value))
        g_string_append_printf (values, "%s%s %s", values->len > 0 ? C_ ("list", ", ") : "",
                                fig_kind_name ((NnKind) kind), number);
    }
  /* Translators: %s is for instance "RNN 60 %, LSTM 85 %". */
  add_sentence (text, g_strdup_printf (_ ("The report ends with %s."), values->str));
}

static void
describe_view (GString *text, const FigCurves *curves, GPtrArray *lines)
{
  if (curves->smoothing > 0)
    {
      g_autofree char *factor = fig_number (curves->smoothing, 2, FALSE);

      /* Translators: a formula; %s is a smoothing factor, 0 to 1. */
      add_sentence (text, g_strdup_printf (_ ("Training lines are smoothed over all points: "
                                              "s_n = Σ a^(n−k) y_k / Σ a^(n−k), k = 0…n, a = %s."),
                                           factor));
    }
  if (curves->logarithmic && curves->measure == FIG_MEASURE_LOSS)
    add_sentence (text, g_strdup (_ ("The axis is logarithmic.")));
  if (fig_limits_are_set (&curves->x))
    {
      g_autofree char *from = fig_number (curves->x.low, 0, FALSE), *to = fig_number (curves->x.high, 0, FALSE);

      add_sentence (text, g_strdup_printf (_ ("Iterations %s to %s are shown."), from, to));
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const FigLine *line = g_ptr_array_index (lines, i);

      if (line->hidden)
        /* Translators: %s is a network. */
        add_sentence (text, g_strdup_printf (_ ("The line of %s is switched off."), line->label));
    }
  if (curves->report_values && curves->measure == FIG_MEASURE_ACCURACY)
    describe_report (text, curves);
}

char *
fig_curves_describe (const FigCurves *curves)
{
  g_autoptr (GPtrArray) lines = NULL;
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (curves != NULL, g_string_free (text, FALSE));
  lines = fig_curves_lines (curves, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const FigLine *line = g_ptr_array_index (lines, i);

      if (line->has_band)
        describe_band (text, curves, line);
      else
        describe_run (text, curves, line);
    }
  if (lines->len > 0)
    describe_view (text, curves, lines);
  else
    g_string_append (text, _ ("No network is chosen."));
  return g_string_free (text, FALSE);
}
