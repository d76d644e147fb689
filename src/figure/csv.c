/* csv.c: the numbers of a figure as comma-separated values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/csv.h"

#include "figure/curves-lines.h"
#include "figure/curves-read.h"

#include <math.h>
#include <string.h>

/* Enough digits to give a double back exactly. */
#define DOUBLE_FORMAT "%.17g"

/* A note goes on in further comment lines where it has several. */
static void
append_note (GString *csv, char mark, const char *what, const char *note)
{
  g_auto (GStrv) lines = NULL;

  if (note == NULL || *note == '\0')
    return;
  lines = g_strsplit (note, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strdelimit (lines[i], "\r", ' ');
      g_string_append_printf (csv, i == 0 ? "%c %s: %s\n" : "%c %s  %s\n", mark, i == 0 ? what : "", lines[i]);
    }
}

void
fig_csv_append_notes (const FigMetadata *metadata, char mark, GString *text)
{
  append_note (text, mark, "title", metadata->title);
  append_note (text, mark, "description", metadata->description);
  append_note (text, mark, "command", metadata->command);
}

/* @state: (nullable): how the numbers are shown */
static GString *
new_csv (const FigMetadata *metadata, const char *state, const char *columns)
{
  GString *csv = g_string_new (NULL);

  if (metadata != NULL)
    fig_csv_append_notes (metadata, '#', csv);
  append_note (csv, '#', "drawn", state);
  g_string_append (csv, columns);
  g_string_append_c (csv, '\n');
  return csv;
}

/* RFC 4180: a field with a comma, a quote or a line's end stands in quotes, its own quotes doubled. Blanks at its ends
 * and a # at its beginning, too, lest a reader drop them. */
static void
append_text (GString *csv, const char *text)
{
  gsize length = strlen (text);

  if (strpbrk (text, ",\"\r\n") == NULL && *text != '#' && *text != ' ' && (length == 0 || text[length - 1] != ' '))
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *text);
    }
  g_string_append_c (csv, '"');
}

static void
append_number (GString *csv, double value, const char *format)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return;
  g_ascii_formatd (digits, sizeof digits, format, value);
  g_string_append (csv, digits);
}

/* The shortest digits that give the number back. */
static void
append_double (GString *csv, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  append_number (csv, value, g_ascii_strtod (digits, NULL) == value ? "%.15g" : DOUBLE_FORMAT);
}

/* A line of the figure, as it is drawn. */
typedef struct
{
  FigLineData loss, accuracy, held_out;
} LineNumbers;

/* The number of @points at @iteration; *at goes along with it. NaN where there is none. */
static double
number_at (const GArray *points, double iteration, guint *at)
{
  while (*at < points->len && g_array_index (points, FigPoint, *at).x < iteration)
    (*at)++;
  if (*at < points->len && g_array_index (points, FigPoint, *at).x == iteration)
    return g_array_index (points, FigPoint, *at).y;
  return NAN;
}

/* NaN for a line without a band. */
static double
deviation_at (const FigLineData *data, guint index)
{
  return data->deviation != NULL ? g_array_index (data->deviation, double, index) : NAN;
}

static void
append_fields (GString *csv, const double *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (csv, ',');
      append_double (csv, fields[i]);
    }
}

static void
append_line (GString *csv, const FigCurves *curves, const FigLine *line, gboolean has_bands)
{
  LineNumbers numbers = { 0 };
  guint at = 0;

  fig_line_get (curves, line, FIG_MEASURE_LOSS, FALSE, &numbers.loss);
  fig_line_get (curves, line, FIG_MEASURE_ACCURACY, FALSE, &numbers.accuracy);
  fig_line_get (curves, line, FIG_MEASURE_ACCURACY, TRUE, &numbers.held_out);
  for (guint i = 0; i < numbers.loss.raw->len; i++)
    {
      FigPoint loss = g_array_index (numbers.loss.raw, FigPoint, i);
      double held_out = number_at (numbers.held_out.raw, loss.x, &at), fields[8];
      guint n = 0;

      if (fig_limits_are_set (&curves->x) && (loss.x < curves->x.low || loss.x > curves->x.high))
        continue;
      fields[n++] = loss.y;
      fields[n++] = g_array_index (numbers.accuracy.raw, FigPoint, i).y;
      fields[n++] = held_out;
      if (curves->smoothing > 0)
        {
          fields[n++] = g_array_index (numbers.loss.drawn, FigPoint, i).y;
          fields[n++] = g_array_index (numbers.accuracy.drawn, FigPoint, i).y;
        }
      if (has_bands)
        {
          fields[n++] = deviation_at (&numbers.loss, i);
          fields[n++] = deviation_at (&numbers.accuracy, i);
          fields[n++] = isnan (held_out) ? NAN : deviation_at (&numbers.held_out, at);
        }
      append_text (csv, line->label);
      g_string_append_printf (csv, ",%.0f", loss.x);
      append_fields (csv, fields, n);
      g_string_append_c (csv, '\n');
    }
  fig_line_data_clear (&numbers.loss);
  fig_line_data_clear (&numbers.accuracy);
  fig_line_data_clear (&numbers.held_out);
}

char *
fig_csv_number (double value)
{
  GString *digits = g_string_new (NULL);

  append_double (digits, value);
  return g_string_free (digits, FALSE);
}

void
fig_csv_append_sheet (const FigSheet *sheet, GString *text)
{
  guint n = sheet->titles->len;

  for (guint i = 0; i < n + sheet->cells->len; i++)
    {
      append_text (text, g_ptr_array_index (i < n ? sheet->titles : sheet->cells, i < n ? i : i - n));
      g_string_append_c (text, (i + 1) % n == 0 ? '\n' : ',');
    }
}

char *
fig_curves_csv (const FigCurves *curves, const FigMetadata *metadata)
{
  g_autoptr (GPtrArray) lines = fig_curves_lines (curves, NULL);
  g_autoptr (GString) columns = g_string_new ("network,iteration,loss,accuracy,held_out_accuracy");
  g_autofree char *state = fig_curves_state (curves);
  gboolean has_bands = FALSE;
  GString *csv;

  for (guint i = 0; i < lines->len; i++)
    has_bands = has_bands || ((FigLine *) g_ptr_array_index (lines, i))->has_band;
  if (curves->smoothing > 0)
    g_string_append (columns, ",smoothed_loss,smoothed_accuracy");
  if (has_bands)
    g_string_append (columns, ",loss_deviation,accuracy_deviation,held_out_deviation");
  csv = new_csv (metadata, state, columns->str);
  for (guint i = 0; i < lines->len; i++)
    if (!((FigLine *) g_ptr_array_index (lines, i))->hidden)
      append_line (csv, curves, g_ptr_array_index (lines, i), has_bands);
  return g_string_free (csv, FALSE);
}

/* The scores of class @truth, in three columns. */
static void
append_scores (GString *csv, const FigConfusion *confusion, guint panel, guint truth)
{
  for (guint score = FIG_SCORE_PRECISION; score <= FIG_N_SCORES; score++)
    {
      g_string_append_c (csv, ',');
      append_double (csv, fig_confusion_panel_score (confusion, panel, truth, (FigScore) score));
    }
}

static void
append_cell (GString *csv, const FigConfusion *confusion, guint panel, guint truth, guint guess)
{
  gboolean difference = fig_confusion_is_difference (confusion, panel);
  g_autofree char *label = fig_confusion_panel_label (confusion, panel);
  const NnConfusion *counts = difference ? NULL : confusion->matrices[panel].confusion;

  append_text (csv, label);
  g_string_append_c (csv, ',');
  append_text (csv, confusion->classes[truth]);
  g_string_append_c (csv, ',');
  append_text (csv, confusion->classes[guess]);
  g_string_append_c (csv, ',');
  if (counts != NULL)
    g_string_append_printf (csv, "%" G_GUINT64_FORMAT, nn_confusion_count (counts, truth, guess));
  g_string_append_c (csv, ',');
  append_double (csv, counts != NULL ? fig_confusion_share (counts, truth, guess)
                                     : fig_confusion_value (confusion, panel, truth, guess));
  if (confusion->scores)
    append_scores (csv, confusion, panel, truth);
  g_string_append_c (csv, '\n');
}

char *
fig_confusion_csv (const FigConfusion *confusion, const FigMetadata *metadata)
{
  GString *csv = new_csv (metadata, NULL, confusion->scores ? "network,true,guess,count,share,precision,recall,f1"
                                                            : "network,true,guess,count,share");

  for (guint panel = 0; panel < fig_confusion_n_panels (confusion); panel++)
    for (guint row = 0; fig_confusion_has_counts (confusion, panel) && row < confusion->n_classes; row++)
      for (guint column = 0; column < confusion->n_classes; column++)
        append_cell (csv, confusion, panel, confusion->order != NULL ? confusion->order[row] : row,
                     confusion->order != NULL ? confusion->order[column] : column);
  return g_string_free (csv, FALSE);
}
