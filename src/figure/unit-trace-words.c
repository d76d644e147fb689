/* unit-trace-words.c: what a unit's figure says: the update with its numbers, readings, sentences and a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/unit-trace.h"

#include "figure/csv-lines.h"
#include "figure/i18n.h"
#include "figure/number.h"
#include "figure/unit-trace-layout.h"

#include <math.h>

#define TIMES "\xc3\x97"
#define MINUS "\xe2\x88\x92"
#define DECIMALS 2

/* A symbol of the formula at a letter: "f_t", or with a subscript as markup. */
static void
add_symbol (GString *text, char symbol, gboolean before, gboolean markup)
{
  if (markup)
    g_string_append_printf (text, "<i>%c</i><sub>%s</sub>", symbol, before ? "t" MINUS "1" : "t");
  else
    g_string_append_printf (text, "%c_%s", symbol, before ? "(t" MINUS "1)" : "t");
}

/* Writes @template, in which a small letter is a symbol, a capital one the same of the letter before, and T "tanh(". */
static void
add_formula (GString *text, const char *template, gboolean markup)
{
  for (; *template != '\0'; template ++)
    if (*template == 'T')
      g_string_append (text, "tanh(");
    else if (g_ascii_isalpha (*template))
      add_symbol (text, g_ascii_tolower (*template), g_ascii_isupper (*template), markup);
    else
      g_string_append_c (text, *template);
}

static double
value_at (const NnTrace *trace, NnState state, guint letter, guint unit)
{
  return nn_trace_state (trace, state, letter)[unit];
}

static void
add_number (GString *text, const char *before, double value, gboolean plain)
{
  g_autofree char *number = fig_number (value, DECIMALS, plain);

  g_string_append_printf (text, "%s%s", before, number);
}

static void
add_gated_update (GString *text, const NnTrace *trace, guint unit, guint letter, gboolean plain, gboolean markup)
{
  double before = letter > 0 ? value_at (trace, NN_STATE_CELL, letter - 1, unit) : 0;

  add_formula (text, "c = f C + i g", markup);
  add_number (text, " = ", value_at (trace, NN_STATE_FORGET, letter, unit), plain);
  add_number (text, " " TIMES " ", before, plain);
  add_number (text, " + ", value_at (trace, NN_STATE_INPUT, letter, unit), plain);
  add_number (text, " " TIMES " ", value_at (trace, NN_STATE_CANDIDATE, letter, unit), plain);
  add_number (text, " = ", value_at (trace, NN_STATE_CELL, letter, unit), plain);
  g_string_append_c (text, '\n');
  add_formula (text, "h = o Tc)", markup);
  add_number (text, " = ", value_at (trace, NN_STATE_OUTPUT, letter, unit), plain);
  add_number (text, " " TIMES " tanh(", value_at (trace, NN_STATE_CELL, letter, unit), plain);
  add_number (text, ") = ", value_at (trace, NN_STATE_HIDDEN, letter, unit), plain);
  g_string_append_c (text, '\n');
  g_string_append (text, trace->kind == NN_GATE_LSTM ? _ ("This network reads its guess from the output gate.")
                                                     : _ ("The network reads its guess from the hidden state."));
}

char *
fig_unit_trace_update (const NnTrace *trace, guint unit, guint letter, gboolean plain_numbers, gboolean markup)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (trace != NULL && unit < trace->hidden && letter < trace->length,
                        g_string_free (text, FALSE));
  if (nn_kind_has_gates (trace->kind))
    {
      add_gated_update (text, trace, unit, letter, plain_numbers, markup);
      return g_string_free (text, FALSE);
    }
  add_formula (text, "h", markup);
  add_number (text, " = ", value_at (trace, NN_STATE_HIDDEN, letter, unit), plain_numbers);
  g_string_append (text, C_ ("list", ", "));
  add_formula (text, "H", markup);
  add_number (text, " = ", letter > 0 ? value_at (trace, NN_STATE_HIDDEN, letter - 1, unit) : 0, plain_numbers);
  g_string_append_c (text, '\n');
  g_string_append (text, _ ("No gate decides what is kept: the new value is a weighted sum of the letter, of all "
                            "units' previous values and of a bias."));
  return g_string_free (text, FALSE);
}

char *
fig_unit_title (const FigUnitTrace *figure)
{
  const char *label = figure->label != NULL ? figure->label : fig_kind_name (figure->trace->kind);

  /* Translators: a network and the number of one of its units. */
  return g_strdup_printf (_ ("%s, unit %u"), label, figure->unit);
}

char *
fig_unit_trace_hit_text (const FigUnitTrace *figure, const FigTheme *theme, const FigUnitTraceHit *hit)
{
  g_autofree char *title = NULL, *letter = NULL, *words = NULL;

  g_return_val_if_fail (figure->trace != NULL && hit->letter < figure->trace->length, NULL);
  title = fig_unit_title (figure);
  letter = fig_letter (figure->trace->ascii[hit->letter]);
  if (hit->has_state)
    {
      words = fig_number (hit->value, 3, theme->plain_numbers);
      /* Translators: network and unit; gate or state; the place of the letter and the letter; the value. */
      return g_strdup_printf (_ ("%s, %s, letter %u (%s): %s"), title, fig_state_name (hit->state), hit->letter + 1,
                              letter, words);
    }
  words = fig_unit_trace_update (figure->trace, figure->unit, hit->letter, theme->plain_numbers, FALSE);
  /* Translators: network and unit; the place of the letter and the letter; formulas in lines follow. */
  return g_strdup_printf (_ ("%s, letter %u (%s)\n%s"), title, hit->letter + 1, letter, words);
}

char *
fig_unit_trace_describe (const FigUnitTrace *figure)
{
  g_autofree char *title = NULL, *letter = NULL, *words = NULL;
  guint at;

  if (figure->trace == NULL)
    return g_strdup (_ ("No unit is chosen."));
  title = fig_unit_title (figure);
  at = fig_unit_letter (figure);
  letter = fig_letter (figure->trace->ascii[at]);
  words = fig_unit_trace_update (figure->trace, figure->unit, at, FALSE, FALSE);
  /* Translators: network and unit; a name; the place of a letter and the letter; formulas in lines follow. */
  return g_strdup_printf (_ ("%s over the letters of %s. At letter %u (%s):\n%s"), title, figure->trace->ascii, at + 1,
                          letter, words);
}

static void
add_rows (GString *csv, const FigUnitTrace *figure, const NnTrace *trace, guint clamped)
{
  const char *label = figure->label != NULL ? figure->label : fig_kind_name (trace->kind);

  for (guint letter = 0; letter < trace->length; letter++)
    for (guint state = 0; state < NN_N_STATES; state++)
      {
        const char shown[2] = { trace->ascii[letter], '\0' };

        if (trace->states[state] == NULL)
          continue;
        fig_csv_add_text (csv, label);
        g_string_append_printf (csv, ",%u,%u,", figure->unit, letter + 1);
        fig_csv_add_text (csv, shown);
        g_string_append_printf (csv, ",%u,%s", clamped, nn_state_id (state));
        fig_csv_add_number (csv, value_at (trace, state, letter, figure->unit));
        g_string_append_c (csv, '\n');
      }
}

char *
fig_unit_trace_csv (const FigUnitTrace *figure, const FigMetadata *metadata)
{
  GString *csv = fig_csv_begin (metadata, "network,unit,letter_number,letter,clamped,state,value");

  if (figure->trace != NULL)
    add_rows (csv, figure, figure->trace, figure->unclamped != NULL);
  if (figure->trace != NULL && figure->unclamped != NULL)
    add_rows (csv, figure, figure->unclamped, 0);
  return g_string_free (csv, FALSE);
}
