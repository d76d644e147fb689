/* curves-lines.c: the lines of a figure of curves: a run each, or the mean of several seeds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/curves-lines.h"

#include "figure/i18n.h"
#include "figure/names.h"

#include <math.h>

/* More markers abreast could not be counted at a glance. */
#define MOST_TWINS 3

const char *
fig_series_label (const FigSeries *series)
{
  return series->label != NULL ? series->label : fig_kind_name (series->kind);
}

double
fig_point_value (const NnPoint *point, FigMeasure measure, gboolean held_out)
{
  double value = measure == FIG_MEASURE_LOSS ? point->loss : held_out ? point->held_out_accuracy : point->accuracy;

  return isfinite (value) && !(held_out && measure == FIG_MEASURE_LOSS) ? value : NAN;
}

double
fig_report_accuracy (NnKind kind)
{
  static const double accuracies[NN_N_KINDS] = { [NN_RNN] = 0.60, [NN_LSTM] = 0.85, [NN_GATE_LSTM] = 0.70 };

  return (guint) kind < NN_N_KINDS && accuracies[kind] > 0 ? accuracies[kind] : NAN;
}

gboolean
fig_curves_shows_held_out (const FigCurves *curves)
{
  return curves->held_out && curves->measure == FIG_MEASURE_ACCURACY;
}

/* ---- Which lines there are ---- */

void
fig_line_free (FigLine *line)
{
  g_free (line->label);
  g_free (line->series);
  g_free (line);
}

static gboolean
can_join (const FigCurves *curves, const FigSeries *series)
{
  return curves->bands && series->group != 0 && series->diverged_at == 0 && series->history != NULL
         && nn_history_length (series->history) > 0;
}

/* The line that @index belongs to, or NULL. */
static FigLine *
find_group (const FigCurves *curves, GPtrArray *lines, guint index)
{
  for (guint i = 0; can_join (curves, &curves->series[index]) && i < lines->len; i++)
    {
      FigLine *line = g_ptr_array_index (lines, i);
      const FigSeries *first = &curves->series[line->series[0]];

      if (can_join (curves, first) && first->group == curves->series[index].group)
        return line;
    }
  return NULL;
}

/* Lines of one network share its colour and marker; the second is darker and has its markers in twos, and so on. */
static FigStyle
style_of (const FigTheme *theme, NnKind kind, guint variant)
{
  FigStyle style = fig_style_of_kind (theme, kind);

  style.n_twins = MIN (variant, MOST_TWINS);
  if (variant > 0)
    style.color = variant % 2 == 1 ? fig_color_mix (style.color, theme->ink, 0.45)
                                   : fig_color_mix (style.color, theme->background, 0.4);
  return style;
}

static void
finish_line (const FigCurves *curves, const FigTheme *theme, GPtrArray *lines, guint index)
{
  FigLine *line = g_ptr_array_index (lines, index);
  guint variant = 0, bands = 0, shown = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const FigLine *other = g_ptr_array_index (lines, i);

      bands += other->kind == line->kind && other->n_series > 1;
      variant += other->kind == line->kind && i < index;
    }
  for (guint i = 0; i < line->n_series; i++)
    shown += !curves->series[line->series[i]].hidden;
  line->hidden = shown == 0;
  line->has_band = line->n_series > 1;
  if (theme != NULL)
    line->style = style_of (theme, line->kind, variant);
  if (line->has_band)
    /* Translators: the mean line of several runs that differ in their seed; %s is a network. */
    line->label = g_strdup_printf (
      ngettext ("%s, %u seed", "%s, mean of %u seeds", MAX (shown, 1)),
      bands > 1 ? fig_series_label (&curves->series[line->series[0]]) : fig_kind_name (line->kind), MAX (shown, 1));
  else
    line->label = g_strdup (fig_series_label (&curves->series[line->series[0]]));
}

GPtrArray *
fig_curves_lines (const FigCurves *curves, const FigTheme *theme)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) fig_line_free);

  for (guint i = 0; i < curves->n_series; i++)
    {
      FigLine *line = find_group (curves, lines, i);

      if (line == NULL)
        {
          line = g_new0 (FigLine, 1);
          line->kind = curves->series[i].kind;
          line->series = g_new (guint, curves->n_series);
          g_ptr_array_add (lines, line);
        }
      line->series[line->n_series++] = i;
    }
  for (guint i = 0; i < lines->len; i++)
    finish_line (curves, theme, lines, i);
  return lines;
}

/* ---- A line's numbers ---- */

/* (transfer full): of FigPoint, iteration against value; NaN where there's none. */
static GArray *
training_points (const NnPoint *from, guint n, FigMeasure measure)
{
  gsize offset = measure == FIG_MEASURE_LOSS ? G_STRUCT_OFFSET (NnPoint, loss) : G_STRUCT_OFFSET (NnPoint, accuracy);
  GArray *points = g_array_sized_new (FALSE, FALSE, sizeof (FigPoint), n);
  FigPoint *to;

  g_array_set_size (points, n);
  to = (FigPoint *) (gpointer) points->data;
  for (guint i = 0; i < n; i++)
    {
      double value = G_STRUCT_MEMBER (double, &from[i], offset);

      to[i] = (FigPoint){ (double) from[i].iteration, isfinite (value) ? value : NAN };
    }
  return points;
}

/* Held-out accuracy is measured at some points only; its line runs from one to the next. (transfer full) */
static GArray *
held_out_points (const NnPoint *from, guint n)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (FigPoint));

  for (guint i = 0; i < n; i++)
    if (isfinite (from[i].held_out_accuracy))
      {
        FigPoint point = { (double) from[i].iteration, from[i].held_out_accuracy };

        g_array_append_val (points, point);
      }
  return points;
}

static GArray *
series_points (const FigSeries *series, FigMeasure measure, gboolean held_out)
{
  guint n = series->history != NULL ? nn_history_length (series->history) : 0;
  const NnPoint *from = n > 0 ? nn_history_point (series->history, 0) : NULL;

  if (held_out)
    return held_out_points (from, measure == FIG_MEASURE_ACCURACY ? n : 0);
  return training_points (from, n, measure);
}

static void
get_series (const FigCurves *curves, guint index, FigMeasure measure, gboolean held_out, FigLineData *data)
{
  *data = (FigLineData){ .raw = series_points (&curves->series[index], measure, held_out) };
  data->drawn = held_out || !(curves->smoothing > 0) ? g_array_ref (data->raw) : g_array_copy (data->raw);
  if (data->drawn != data->raw)
    fig_series_smooth ((FigPoint *) (gpointer) data->drawn->data, data->drawn->len, curves->smoothing);
}

static const FigPoint *
points_of (const GArray *points)
{
  return (const FigPoint *) (gconstpointer) points->data;
}

/* Moves each of @at on to the next iteration that all have. FALSE where there is no more. */
static gboolean
next_common (const FigLineData *seeds, guint n, guint *at)
{
  for (gboolean same = FALSE; !same;)
    {
      double furthest = -INFINITY;

      for (guint i = 0; i < n; i++)
        {
          if (at[i] == seeds[i].raw->len)
            return FALSE;
          furthest = MAX (furthest, points_of (seeds[i].raw)[at[i]].x);
        }
      same = TRUE;
      for (guint i = 0; i < n; i++)
        if (points_of (seeds[i].raw)[at[i]].x < furthest)
          {
            at[i]++;
            same = FALSE;
          }
    }
  return TRUE;
}

/* Point @index of the mean; NaN where one of the seeds has no number. */
static void
set_mean (const FigLineData *seeds, guint n, const guint *at, FigLineData *data, guint index)
{
  FigPoint raw = { 0 }, drawn = { 0 };
  double squares = 0, deviation;

  for (guint i = 0; i < n; i++)
    {
      raw.y += points_of (seeds[i].raw)[at[i]].y;
      drawn.y += points_of (seeds[i].drawn)[at[i]].y;
    }
  raw.y /= n;
  drawn.y /= n;
  for (guint i = 0; i < n; i++)
    {
      double away = points_of (seeds[i].drawn)[at[i]].y - drawn.y;

      squares += away * away;
    }
  raw.x = drawn.x = points_of (seeds[0].raw)[at[0]].x;
  deviation = n > 1 ? sqrt (squares / (n - 1)) : 0;
  g_array_index (data->raw, FigPoint, index) = raw;
  g_array_index (data->drawn, FigPoint, index) = drawn;
  g_array_index (data->deviation, double, index) = deviation;
}

static void
set_length (FigLineData *data, guint length)
{
  g_array_set_size (data->raw, length);
  g_array_set_size (data->drawn, length);
  g_array_set_size (data->deviation, length);
}

void
fig_line_get (const FigCurves *curves, const FigLine *line, FigMeasure measure, gboolean held_out, FigLineData *data)
{
  g_autofree FigLineData *seeds = NULL;
  g_autofree guint *at = NULL;
  guint n = 0, length = 0;

  if (!line->has_band)
    {
      get_series (curves, line->series[0], measure, held_out, data);
      return;
    }
  seeds = g_new0 (FigLineData, line->n_series);
  at = g_new0 (guint, line->n_series);
  for (guint i = 0; i < line->n_series; i++)
    if (!curves->series[line->series[i]].hidden)
      get_series (curves, line->series[i], measure, held_out, &seeds[n++]);
  *data = (FigLineData){
    .raw = g_array_new (FALSE, FALSE, sizeof (FigPoint)),
    .drawn = g_array_new (FALSE, FALSE, sizeof (FigPoint)),
    .deviation = g_array_new (FALSE, FALSE, sizeof (double)),
  };
  set_length (data, n > 0 ? seeds[0].raw->len : 0);
  while (n > 0 && next_common (seeds, n, at))
    {
      set_mean (seeds, n, at, data, length++);
      for (guint i = 0; i < n; i++)
        at[i]++;
    }
  set_length (data, length);
  for (guint i = 0; i < n; i++)
    fig_line_data_clear (&seeds[i]);
}

void
fig_line_data_clear (FigLineData *data)
{
  g_clear_pointer (&data->raw, g_array_unref);
  g_clear_pointer (&data->drawn, g_array_unref);
  g_clear_pointer (&data->deviation, g_array_unref);
}
