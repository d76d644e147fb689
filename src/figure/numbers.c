/* numbers.c: the numbers of the networks that are compared, as a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/numbers.h"

#include "engine/interval.h"
#include "figure/csv.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

#define EN_DASH "\xe2\x80\x93"

/* Below it a p-value is said to be less, with so many digits. */
#define LEAST_P 0.0001

static const struct
{
  const char *title;
  const char *explanation;
} columns[FIG_N_COLUMNS] = {
  [FIG_COLUMN_PARAMETERS] = { NC_ ("column", "Parameters"), N_ ("Weights and biases that are trained") },
  [FIG_COLUMN_ITERATIONS]
  = { NC_ ("column", "Iterations"), N_ ("Names that the network was trained on, one at a time") },
  [FIG_COLUMN_LOSS] = { NC_ ("column", "Loss, nats"), N_ ("Mean negative log-likelihood of the right language") },
  [FIG_COLUMN_TRAINING]
  = { NC_ ("column", "Training accuracy"),
      /* xgettext:no-c-format */
      N_ ("Of names drawn from those trained on, each language equally often; in brackets the 95 % interval (Wilson's "
          "score interval)") },
  [FIG_COLUMN_HELD_OUT]
  = { NC_ ("column", "Held-out accuracy"),
      /* xgettext:no-c-format */
      N_ ("Of names that the network was not trained on; in brackets the 95 % interval (Wilson's score interval). A "
          "name that stands in several rows counts in each, and the interval takes rows to be independent.") },
  [FIG_COLUMN_MACRO]
  = { NC_ ("column", "Held-out macro"),
      /* xgettext:no-c-format */
      N_ ("The mean of the languages' held-out accuracies, so that each language counts equally. It is no share of "
          "names, so its 95 % interval is put together from Wilson's interval of each language (Zou & Donner's method "
          "of variance estimates recovery); a language with few names makes it wide.") },
  [FIG_COLUMN_SPEED] = { NC_ ("column", "Names/s"), N_ ("Names trained on each second, over the whole run") },
  [FIG_COLUMN_SECONDS]
  = { NC_ ("column", "Time, s"), N_ ("Seconds spent training, without pauses and measurements") },
};

/* ---- Rows ---- */

void
fig_numbers_init (FigNumbers *numbers, const char *label, NnKind kind)
{
  const FigShare unknown = { NAN, NAN, NAN, 0 };

  *numbers = (FigNumbers){
    .label = label,
    .kind = kind,
    .parameters = NAN,
    .iterations = NAN,
    .loss = NAN,
    .training = unknown,
    .held_out = unknown,
    .macro = unknown,
    .names_per_second = NAN,
    .seconds = NAN,
  };
}

static FigShare
accuracy_of (const NnConfusion *confusion)
{
  NnInterval interval;
  guint64 right = 0;

  for (guint k = 0; k < confusion->n_classes; k++)
    right += nn_confusion_count (confusion, k, k);
  interval = nn_wilson_interval (right, confusion->total, NN_INTERVAL_LEVEL);
  return (FigShare){ nn_confusion_accuracy (confusion), interval.low, interval.high, confusion->total };
}

void
fig_numbers_set_training (FigNumbers *numbers, const NnConfusion *draws)
{
  if (draws == NULL)
    return;
  numbers->training = accuracy_of (draws);
  numbers->loss = draws->loss;
}

void
fig_numbers_set_held_out (FigNumbers *numbers, const NnConfusion *rows)
{
  NnInterval interval;

  if (rows == NULL)
    return;
  numbers->held_out = accuracy_of (rows);
  interval = nn_macro_interval (rows, NN_INTERVAL_LEVEL);
  numbers->macro = (FigShare){ nn_confusion_macro_accuracy (rows), interval.low, interval.high, rows->total };
}

const char *
fig_numbers_label (const FigNumbers *numbers)
{
  return numbers->label != NULL ? numbers->label : fig_kind_name (numbers->kind);
}

const char *
fig_column_title (FigColumn column)
{
  g_return_val_if_fail (column < FIG_N_COLUMNS, NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "column", columns[column].title);
}

const char *
fig_column_explanation (FigColumn column)
{
  g_return_val_if_fail (column < FIG_N_COLUMNS, NULL);
  return _ (columns[column].explanation);
}

/* ---- Cells ---- */

static char *
share_cell (const FigShare *share, gboolean plain)
{
  g_autofree char *value = NULL, *low = NULL, *high = NULL;

  if (!isfinite (share->value))
    return g_strdup (EN_DASH);
  value = fig_percent (share->value, 1, plain);
  if (!isfinite (share->low) || !isfinite (share->high))
    return g_steal_pointer (&value);
  low = fig_number (share->low * 100, 1, plain);
  high = fig_number (share->high * 100, 1, plain);
  /* Translators: a percentage, and in brackets the two ends of its interval, in per cent as well. */
  return g_strdup_printf (C_ ("interval", "%s (%s–%s)"), value, low, high);
}

char *
fig_numbers_cell (const FigNumbers *numbers, FigColumn column, gboolean plain)
{
  switch (column)
    {
    case FIG_COLUMN_PARAMETERS:
      return fig_number (numbers->parameters, 0, plain);
    case FIG_COLUMN_ITERATIONS:
      return fig_number (numbers->iterations, 0, plain);
    case FIG_COLUMN_LOSS:
      return fig_number (numbers->loss, 3, plain);
    case FIG_COLUMN_TRAINING:
      return share_cell (&numbers->training, plain);
    case FIG_COLUMN_HELD_OUT:
      return share_cell (&numbers->held_out, plain);
    case FIG_COLUMN_MACRO:
      return share_cell (&numbers->macro, plain);
    case FIG_COLUMN_SPEED:
      return fig_number (numbers->names_per_second, 0, plain);
    case FIG_COLUMN_SECONDS:
      return fig_number (numbers->seconds, 1, plain);
    case FIG_N_COLUMNS:
      break;
    }
  g_return_val_if_reached (NULL);
}

/* "0.034", or "< 0.0001". */
static char *
p_cell (double p, gboolean plain)
{
  g_autofree char *number = fig_number (MAX (p, LEAST_P), p < 0.01 ? 4 : 3, plain);

  return p < LEAST_P ? g_strconcat ("< ", number, NULL) : g_steal_pointer (&number);
}

char *
fig_p_value (double p, gboolean plain)
{
  g_autofree char *cell = p_cell (p, plain);

  return g_strconcat (p < LEAST_P ? "p " : "p = ", cell, NULL);
}

char *
fig_pairing_describe (const FigNumbersTable *table, const FigPairing *pairing, gboolean plain)
{
  const char *first = fig_numbers_label (&table->rows[pairing->first]);
  const char *second = fig_numbers_label (&table->rows[pairing->second]);
  g_autofree char *only_first = fig_number (pairing->only_first, 0, plain);
  g_autofree char *only_second = fig_number (pairing->only_second, 0, plain);
  g_autofree char *p = fig_p_value (pairing->p, plain);

  if (isnan (pairing->p))
    /* Translators: two networks that are not tested against each other yet. */
    return g_strdup_printf (_ ("%s against %s: –"), first, second);
  /* Translators: two networks; how many names only the first of them gets right, its name; the same of the second; what
   * McNemar's test says, such as "p = 0.034". */
  return g_strdup_printf (ngettext ("%s against %s: %s name only %s gets right, %s only %s; %s",
                                    "%s against %s: %s names only %s gets right, %s only %s; %s", pairing->only_first),
                          first, second, only_first, first, only_second, second, p);
}

/* ---- For people to read ---- */

static const char *
mark_of (FigNumbersState state)
{
  return state == FIG_NUMBERS_MOMENT ? "*" : state == FIG_NUMBERS_DIVERGED ? "\xe2\x80\xa0" : "";
}

static FigSheet *
sheet_of_rows (const FigNumbersTable *table)
{
  FigSheet *sheet = fig_sheet_new ();

  fig_sheet_add_column (sheet, C_ ("column", "Network"), FALSE);
  for (guint column = 0; column < FIG_N_COLUMNS; column++)
    fig_sheet_add_column (sheet, fig_column_title ((FigColumn) column), TRUE);
  for (guint i = 0; i < table->n_rows; i++)
    {
      const FigNumbers *row = &table->rows[i];

      fig_sheet_take (sheet, g_strconcat (fig_numbers_label (row), mark_of (row->state), NULL));
      for (guint column = 0; column < FIG_N_COLUMNS; column++)
        fig_sheet_take (sheet, fig_numbers_cell (row, (FigColumn) column, TRUE));
    }
  return sheet;
}

static FigSheet *
sheet_of_pairings (const FigNumbersTable *table)
{
  FigSheet *sheet = fig_sheet_new ();

  fig_sheet_add_column (sheet, C_ ("column", "First"), FALSE);
  fig_sheet_add_column (sheet, C_ ("column", "Second"), FALSE);
  fig_sheet_add_column (sheet, C_ ("column", "Held-out names"), TRUE);
  fig_sheet_add_column (sheet, C_ ("column", "Only first right"), TRUE);
  fig_sheet_add_column (sheet, C_ ("column", "Only second right"), TRUE);
  fig_sheet_add_column (sheet, "p", TRUE);
  for (guint i = 0; i < table->n_pairings; i++)
    {
      const FigPairing *pairing = &table->pairings[i];

      fig_sheet_add (sheet, fig_numbers_label (&table->rows[pairing->first]));
      fig_sheet_add (sheet, fig_numbers_label (&table->rows[pairing->second]));
      fig_sheet_take (sheet, fig_number (pairing->n_names, 0, TRUE));
      fig_sheet_take (sheet, fig_number (pairing->only_first, 0, TRUE));
      fig_sheet_take (sheet, fig_number (pairing->only_second, 0, TRUE));
      fig_sheet_take (sheet, p_cell (pairing->p, TRUE));
    }
  return sheet;
}

/* A paragraph; a comment where a table has its words in a caption. */
static void
append_paragraph (GString *text, FigSheetFormat format, const char *words)
{
  g_string_append_printf (text, format == FIG_SHEET_LATEX ? "%% %s\n" : "%s\n", words);
}

static gboolean
has_state (const FigNumbersTable *table, FigNumbersState state)
{
  for (guint i = 0; i < table->n_rows; i++)
    if (table->rows[i].state == state)
      return TRUE;
  return FALSE;
}

/* What the reader must know to read the table. */
static void
append_legend (const FigNumbersTable *table, FigSheetFormat format, GString *text)
{
  const char *separator = format == FIG_SHEET_MARKDOWN ? "\n" : "";

  g_string_append (text, format == FIG_SHEET_LATEX ? "" : "\n");
  append_paragraph (text, format,
                    /* xgettext:no-c-format */
                    _ ("In brackets: 95 % intervals, Wilson's; that of the macro accuracy is put together from those "
                       "of the languages."));
  if (has_state (table, FIG_NUMBERS_MOMENT))
    {
      g_string_append (text, separator);
      append_paragraph (text, format,
                        format == FIG_SHEET_MARKDOWN ? _ ("\\* The run is not over: numbers of the moment.")
                                                     : _ ("* The run is not over: numbers of the moment."));
    }
  if (has_state (table, FIG_NUMBERS_DIVERGED))
    {
      g_string_append (text, separator);
      append_paragraph (text, format, _ ("† The run diverged: numbers of its last finite weights."));
    }
}

static void
append_tables (const FigNumbersTable *table, FigSheetFormat format, GString *text)
{
  g_autoptr (FigSheet) rows = sheet_of_rows (table);

  fig_sheet_append (rows, format, text);
  append_legend (table, format, text);
  if (table->n_pairings > 0)
    {
      g_autoptr (FigSheet) pairings = sheet_of_pairings (table);

      g_string_append_c (text, '\n');
      append_paragraph (text, format,
                        _ ("McNemar's exact test, two-sided, on the held-out names, each different name once:"));
      g_string_append (text, format == FIG_SHEET_LATEX ? "" : "\n");
      fig_sheet_append (pairings, format, text);
    }
}

/* ---- For programs to read ---- */

static void
add_share_columns (FigSheet *sheet, const char *name, const char *n)
{
  static const char *const endings[] = { "", "_low", "_high" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *title = g_strconcat (name, endings[i], NULL);
      fig_sheet_add_column (sheet, title, TRUE);
    }
  if (n != NULL)
    fig_sheet_add_column (sheet, n, TRUE);
}

static void
take_number (FigSheet *sheet, double value)
{
  fig_sheet_take (sheet, fig_csv_number (value));
}

static void
take_share (FigSheet *sheet, const FigShare *share, gboolean with_n)
{
  take_number (sheet, share->value);
  take_number (sheet, share->low);
  take_number (sheet, share->high);
  if (with_n)
    take_number (sheet, share->n > 0 ? (double) share->n : NAN);
}

/* What row @index has against row @other; nothing where they were not tested. */
static void
take_pairing (FigSheet *sheet, const FigNumbersTable *table, guint index, guint other)
{
  double only = NAN, p = NAN;

  for (guint i = 0; i < table->n_pairings; i++)
    {
      const FigPairing *pairing = &table->pairings[i];

      gboolean is_first = pairing->first == index && pairing->second == other;

      if (!is_first && (pairing->first != other || pairing->second != index))
        continue;
      only = is_first ? pairing->only_first : pairing->only_second;
      p = pairing->p;
    }
  take_number (sheet, only);
  take_number (sheet, p);
}

static void
add_csv_columns (FigSheet *sheet, const FigNumbersTable *table)
{
  fig_sheet_add_column (sheet, "network", FALSE);
  fig_sheet_add_column (sheet, "state", FALSE);
  fig_sheet_add_column (sheet, "parameters", TRUE);
  fig_sheet_add_column (sheet, "iterations", TRUE);
  fig_sheet_add_column (sheet, "final_loss", TRUE);
  add_share_columns (sheet, "train_accuracy", "train_draws");
  add_share_columns (sheet, "held_out_accuracy", "held_out_rows");
  add_share_columns (sheet, "held_out_macro", NULL);
  fig_sheet_add_column (sheet, "names_per_second", TRUE);
  fig_sheet_add_column (sheet, "seconds", TRUE);
  for (guint i = 0; table->n_pairings > 0 && i < table->n_rows; i++)
    {
      const char *label = fig_numbers_label (&table->rows[i]);
      g_autofree char *only = g_strconcat ("only_right_vs_", label, NULL);
      g_autofree char *p = g_strconcat ("mcnemar_p_vs_", label, NULL);

      fig_sheet_add_column (sheet, only, TRUE);
      fig_sheet_add_column (sheet, p, TRUE);
    }
}

static void
append_csv (const FigNumbersTable *table, GString *text)
{
  static const char *const states[] = { "final", "moment", "diverged" };
  g_autoptr (FigSheet) sheet = fig_sheet_new ();

  add_csv_columns (sheet, table);
  for (guint i = 0; i < table->n_rows; i++)
    {
      const FigNumbers *row = &table->rows[i];

      fig_sheet_add (sheet, fig_numbers_label (row));
      fig_sheet_add (sheet, states[row->state]);
      take_number (sheet, row->parameters);
      take_number (sheet, row->iterations);
      take_number (sheet, row->loss);
      take_share (sheet, &row->training, TRUE);
      take_share (sheet, &row->held_out, TRUE);
      take_share (sheet, &row->macro, FALSE);
      take_number (sheet, row->names_per_second);
      take_number (sheet, row->seconds);
      for (guint j = 0; table->n_pairings > 0 && j < table->n_rows; j++)
        take_pairing (sheet, table, i, j);
    }
  fig_sheet_append (sheet, FIG_SHEET_CSV, text);
}

char *
fig_numbers_write (const FigNumbersTable *table, FigSheetFormat format, const FigMetadata *metadata)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (table != NULL, g_string_free (text, FALSE));
  fig_sheet_append_comments (format, metadata, text);
  if (format == FIG_SHEET_CSV)
    append_csv (table, text);
  else
    append_tables (table, format, text);
  return g_string_free (text, FALSE);
}
