/* curves-read.c: what curves say at an iteration, in words and numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/curves-read.h"

#include "figure/curves-layout.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

/* The point of the curve that lies nearest to @iteration. */
static guint
nearest_point (const NnHistory *history, double iteration)
{
  guint after = nn_history_after (history, iteration > 0 ? (guint64) iteration : 0);

  if (after == nn_history_length (history))
    return after - 1;
  if (after == 0)
    return 0;
  return (double) nn_history_point (history, after)->iteration - iteration
             < iteration - (double) nn_history_point (history, after - 1)->iteration
           ? after
           : after - 1;
}

double
fig_curves_nearest (const FigCurves *curves, double iteration, int by)
{
  const NnHistory *longest = NULL;
  guint most = 0;
  int index;

  for (guint i = 0; i < curves->n_series; i++)
    {
      const FigSeries *series = &curves->series[i];
      guint n = series->hidden || series->history == NULL ? 0 : nn_history_length (series->history);

      if (n > most)
        {
          most = n;
          longest = series->history;
        }
    }
  if (longest == NULL)
    return NAN;
  index = CLAMP ((int) nearest_point (longest, iteration) + by, 0, (int) most - 1);
  return (double) nn_history_point (longest, (guint) index)->iteration;
}

int
fig_line_at (const FigLineData *data, double iteration)
{
  const FigPoint *points = (const FigPoint *) (gpointer) data->drawn->data;
  int low = 0, high = (int) data->drawn->len;
  double room;

  while (low < high)
    {
      int middle = low + (high - low) / 2;

      if (points[middle].x < iteration)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == (int) data->drawn->len
      || (low > 0 && iteration - points[low - 1].x < points[low].x - iteration))
    low--;
  if (low < 0)
    return -1;
  /* A network that isn't so far has no number here. */
  room = low > 0 ? points[low].x - points[low - 1].x : 0;
  return fabs (points[low].x - iteration) < MAX (room, NN_POINT_ITERATIONS) ? low : -1;
}

/* The number of held-out accuracy that was in force at @iteration; NaN before the first. */
static double
held_out_at (const FigCurves *curves, const FigLine *line, double iteration)
{
  g_auto (FigLineData) data = { 0 };
  double value = NAN;

  if (!fig_curves_shows_held_out (curves))
    return NAN;
  fig_line_get (curves, line, FIG_MEASURE_ACCURACY, TRUE, &data);
  for (guint i = 0; i < data.drawn->len && g_array_index (data.drawn, FigPoint, i).x <= iteration; i++)
    value = g_array_index (data.drawn, FigPoint, i).y;
  return value;
}

static char *
number_of (const FigCurves *curves, double value)
{
  return curves->measure == FIG_MEASURE_LOSS ? fig_number (value, 3, FALSE) : fig_percent (value, 1, FALSE);
}

/* "84.1 % ± 0.4 %, smoothed 83.9 %, held out 52.3 %". (transfer full) */
static char *
numbers_text (const FigCurves *curves, const FigLineData *data, guint index, double held_out)
{
  GString *text = g_string_new (NULL);
  double raw = g_array_index (data->raw, FigPoint, index).y, drawn = g_array_index (data->drawn, FigPoint, index).y;
  g_autofree char *number = number_of (curves, raw);

  g_string_append (text, number);
  if (curves->smoothing > 0)
    {
      g_autofree char *smooth = number_of (curves, drawn);

      /* Translators: a number, after the one that it is made of. */
      g_string_append_printf (text, _ (", smoothed %s"), smooth);
    }
  if (data->deviation != NULL)
    {
      g_autofree char *deviation = number_of (curves, g_array_index (data->deviation, double, index));

      g_string_append_printf (text, " ± %s", deviation);
    }
  if (!isnan (held_out))
    {
      g_autofree char *share = fig_percent (held_out, 1, FALSE);

      /* Translators: an accuracy on the names held out, after that in training. */
      g_string_append_printf (text, _ (", held out %s"), share);
    }
  return g_string_free (text, FALSE);
}

/* "● LSTM: 84.1 %", the dot in the network's colour. */
static void
append_line (GString *text, const FigCurves *curves, const FigLine *line)
{
  g_auto (FigLineData) data = { 0 };
  g_autofree char *numbers = NULL, *words = NULL, *escaped = NULL;
  FigColor color = line->style.color;
  int index;

  fig_line_get (curves, line, curves->measure, FALSE, &data);
  index = fig_line_at (&data, curves->crosshair);
  if (index < 0)
    return;
  numbers = numbers_text (curves, &data, (guint) index, held_out_at (curves, line, curves->crosshair));
  /* Translators: a network, and its loss or accuracy. */
  words = g_strdup_printf (C_ ("reading", "%s: %s"),
                           line->has_band ? fig_kind_name (line->kind) : line->label, numbers);
  escaped = g_markup_escape_text (words, -1);
  g_string_append_printf (text, "\n<span foreground=\"#%02x%02x%02x\">●</span> %s", (guint) (color.red * 255 + 0.5),
                          (guint) (color.green * 255 + 0.5), (guint) (color.blue * 255 + 0.5), escaped);
}

char *
fig_curves_read (const FigCurves *curves, const FigTheme *theme)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *number = NULL;
  GString *text;

  if (!(curves->crosshair > 0) || curves->n_series == 0)
    return NULL;
  lines = fig_curves_lines (curves, theme);
  number = fig_number (curves->crosshair, 0, FALSE);
  text = g_string_new (NULL);
  /* Translators: %s is the number of an iteration. */
  g_string_append_printf (text, _ ("Iteration %s"), number);
  for (guint i = 0; i < lines->len; i++)
    {
      const FigLine *line = g_ptr_array_index (lines, i);

      if (!line->hidden)
        append_line (text, curves, line);
    }
  return g_string_free (text, FALSE);
}

static void
append_state (GString *text, const char *what)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", what);
}

char *
fig_curves_state (const FigCurves *curves)
{
  GString *text = g_string_new (NULL);
  char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

  if (curves->smoothing > 0)
    {
      g_ascii_formatd (low, sizeof low, "%g", curves->smoothing);
      append_state (text, "training smoothed: s_n = sum a^(n-k) y_k / sum a^(n-k), k = 0..n, a = ");
      g_string_append_printf (text, "%s, over all points", low);
    }
  if (curves->logarithmic && curves->measure == FIG_MEASURE_LOSS)
    append_state (text, "logarithmic axis");
  if (fig_limits_are_set (&curves->x))
    {
      g_ascii_formatd (low, sizeof low, "%.0f", curves->x.low);
      g_ascii_formatd (high, sizeof high, "%.0f", curves->x.high);
      append_state (text, "iterations ");
      g_string_append_printf (text, "%s to %s", low, high);
    }
  if (curves->bands)
    {
      g_autoptr (GPtrArray) lines = fig_curves_lines (curves, NULL);
      gboolean has_band = FALSE;

      for (guint i = 0; i < lines->len; i++)
        has_band = has_band || ((FigLine *) g_ptr_array_index (lines, i))->has_band;
      if (has_band)
        append_state (text, "seeds of one setting as their mean with a band of one sample standard deviation");
    }
  return g_string_free (text, text->len == 0);
}
