/* gates-hit.c: what lies where in the gates' figure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates.h"

#include "figure/gates-guess.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

double
fig_gates_height (const FigGates *gates, const FigTheme *theme, double width)
{
  FigGatesLayout layout;

  g_return_val_if_fail (gates != NULL && theme != NULL && gates->n_readings <= FIG_MAX_READINGS, 0);
  fig_gates_layout_init (&layout, gates, theme, width, 0);
  return layout.natural_height;
}

gboolean
fig_gates_strip (const FigGates *gates,
                 const FigTheme *theme,
                 double width,
                 double height,
                 guint reading,
                 NnState state,
                 FigRect *strip)
{
  FigGatesLayout layout;
  const NnTrace *trace;

  g_return_val_if_fail (gates != NULL && theme != NULL && gates->n_readings <= FIG_MAX_READINGS, FALSE);
  g_return_val_if_fail (reading < gates->n_readings && state < NN_N_STATES && strip != NULL, FALSE);
  fig_gates_layout_init (&layout, gates, theme, width, height);
  trace = gates->readings[reading].trace;
  if (trace == NULL || trace->states[state] == NULL)
    return FALSE;
  *strip = layout.places[reading].rows[FIG_VOICE_FIRST].blocks[state];
  strip->width = layout.places[reading].column * trace->length;
  return TRUE;
}

/* What is being looked for. */
typedef struct
{
  const FigGates *gates;
  const FigGatesLayout *layout;
  const FigTheme *theme;
  const FigReading *reading;
  const FigGatesPlace *place;
  const NnTrace *trace;
  guint voice;
  double x, y;
} Search;

static void
found_unit (const Search *search, NnState state, guint unit, FigGatesHit *hit)
{
  hit->part = FIG_GATES_STATE;
  hit->state = state;
  hit->unit = unit;
  hit->value = nn_trace_state (search->trace, state, hit->letter)[unit];
}

static void
hit_state (const Search *search, NnState state, FigGatesHit *hit)
{
  const FigGatesRows *rows = &search->place->rows[search->voice];
  const FigRect *block = &rows->blocks[state];
  guint n_telling = MIN (search->reading->n_telling, search->layout->n_telling);
  FigUnitSummary summary;

  if (fig_rect_contains (block, search->x, search->y) && search->gates->detail == FIG_GATES_UNITS)
    {
      double unit = block->height / search->trace->hidden;
      guint row = MIN ((guint) ((search->y - block->y) / unit), search->trace->hidden - 1);

      found_unit (search, state, fig_gates_unit (search->reading, row), hit);
      hit->place.y = block->y + (row + 0.5) * unit - MAX (unit, 4) / 2;
      hit->place.height = MAX (unit, 4);
    }
  else if (fig_rect_contains (block, search->x, search->y))
    {
      fig_unit_summary (search->trace, state, hit->letter, &summary);
      hit->part = FIG_GATES_UNITS_OF;
      hit->state = state;
      hit->value = summary.mean;
      hit->place.y = block->y;
      hit->place.height = block->height;
    }
  for (guint i = 0; search->reading->telling[state] != NULL && i < n_telling; i++)
    {
      FigRect area = fig_gates_telling_row (search->layout, rows, state, i);

      if (!fig_rect_contains (&area, search->x, search->y))
        continue;
      found_unit (search, state, search->reading->telling[state][i], hit);
      hit->place.y = area.y;
      hit->place.height = area.height;
    }
}

static gboolean
hit_voice (const Search *search, guint index, FigGatesHit *hit)
{
  const FigGatesPlace *place = search->place;
  const FigGatesRows *rows = &place->rows[search->voice];
  double column = floor ((search->x - place->left) / place->column);
  gboolean above
    = search->voice == FIG_VOICE_FIRST && fig_rect_contains (&search->layout->letters, search->x, search->y);

  if (column < 0 || column >= search->trace->length)
    return FALSE;
  *hit = (FigGatesHit){
    .reading = index,
    .letter = (guint) column,
    .second = search->voice >= FIG_VOICE_SECOND,
    .unclamped = search->voice % 2 == 1,
    .place = { place->left + column * place->column, 0, place->column, 0 },
  };
  if (above || fig_rect_contains (&rows->letters, search->x, search->y))
    {
      hit->part = FIG_GATES_LETTER;
      hit->place.y = above ? search->layout->letters.y : rows->letters.y;
      hit->place.height = above ? search->layout->letters.height : rows->letters.height;
    }
  if (fig_rect_contains (&rows->names, search->x, search->y) || fig_rect_contains (&rows->bars, search->x, search->y))
    {
      hit->part = FIG_GATES_GUESS;
      hit->place.y = rows->bars.y;
      hit->place.height = rows->bars.height;
    }
  for (guint state = 0; state < NN_N_STATES; state++)
    if (search->trace->states[state] != NULL)
      hit_state (search, state, hit);
  return hit->part != FIG_GATES_NOTHING;
}

gboolean
fig_gates_hit (const FigGates *gates,
               const FigTheme *theme,
               double width,
               double height,
               double x,
               double y,
               FigGatesHit *hit)
{
  FigGatesLayout layout;

  g_return_val_if_fail (gates != NULL && theme != NULL && hit != NULL, FALSE);
  g_return_val_if_fail (gates->n_readings <= FIG_MAX_READINGS, FALSE);
  fig_gates_layout_init (&layout, gates, theme, width, height);
  for (guint i = 0; i < gates->n_readings; i++)
    for (guint voice = 0; voice < FIG_N_VOICES; voice++)
      {
        Search search = {
          gates, &layout, theme, &gates->readings[i], &layout.places[i], fig_gates_voice (&gates->readings[i], voice),
          voice, x, y,
        };

        if (search.trace != NULL && hit_voice (&search, i, hit))
          return TRUE;
      }
  *hit = (FigGatesHit){ .part = FIG_GATES_NOTHING };
  return FALSE;
}

gboolean
fig_gates_label_at (const FigGates *gates,
                    const FigTheme *theme,
                    double width,
                    double height,
                    double x,
                    double y,
                    guint *reading,
                    NnState *state,
                    FigRect *place)
{
  FigGatesLayout layout;

  g_return_val_if_fail (gates != NULL && theme != NULL && gates->n_readings <= FIG_MAX_READINGS, FALSE);
  fig_gates_layout_init (&layout, gates, theme, width, height);
  for (*reading = 0; *reading < gates->n_readings; (*reading)++)
    for (guint i = 0; i < NN_N_STATES; i++)
      {
        const FigGatesPlace *network = &layout.places[*reading];
        const FigRect *block = &network->rows[FIG_VOICE_FIRST].blocks[i];

        *place = (FigRect){ network->area.x, block->y, network->left - network->area.x, block->height };
        *state = (NnState) i;
        if (network->has_labels && block->height > 0 && fig_rect_contains (place, x, y))
          return TRUE;
      }
  return FALSE;
}

/* ---- The way back ---- */

static gboolean
find_row (const FigReading *reading, const NnTrace *trace, guint unit, guint *row)
{
  for (*row = 0; *row < trace->hidden; (*row)++)
    if (fig_gates_unit (reading, *row) == unit)
      return TRUE;
  return FALSE;
}

/* A unit, or where there is none of its own, its state. */
static FigRect
find_state (const FigGates *gates, const FigGatesLayout *layout, const FigReading *reading, const FigGatesRows *rows,
            const NnTrace *trace, const FigGatesHit *hit)
{
  const FigRect *block = &rows->blocks[hit->state];
  guint n_telling = MIN (reading->n_telling, layout->n_telling), row = 0;

  if (gates->detail == FIG_GATES_SUMMARY)
    {
      for (guint i = 0; hit->part == FIG_GATES_STATE && reading->telling[hit->state] != NULL && i < n_telling; i++)
        if (reading->telling[hit->state][i] == hit->unit)
          return fig_gates_telling_row (layout, rows, hit->state, i);
      return *block;
    }
  if (hit->part == FIG_GATES_STATE && !find_row (reading, trace, hit->unit, &row))
    row = 0;
  return (FigRect){ block->x, block->y + row * block->height / trace->hidden, block->width,
                    block->height / trace->hidden };
}

gboolean
fig_gates_find (const FigGates *gates,
                const FigTheme *theme,
                double width,
                double height,
                const FigGatesHit *hit,
                FigRect *place)
{
  guint voice = (hit->second ? FIG_VOICE_SECOND : FIG_VOICE_FIRST) + (hit->unclamped ? 1 : 0);
  const FigReading *reading;
  const FigGatesRows *rows;
  FigGatesLayout layout;
  const NnTrace *trace;

  g_return_val_if_fail (gates != NULL && theme != NULL && hit != NULL && place != NULL, FALSE);
  if (hit->reading >= gates->n_readings || hit->part == FIG_GATES_NOTHING)
    return FALSE;
  reading = &gates->readings[hit->reading];
  fig_gates_layout_init (&layout, gates, theme, width, height);
  if (fig_gates_voice (reading, voice) == NULL)
    voice = FIG_VOICE_FIRST;
  trace = fig_gates_voice (reading, voice);
  rows = &layout.places[hit->reading].rows[voice];
  if (trace == NULL || (hit->part >= FIG_GATES_STATE && trace->states[hit->state] == NULL))
    return FALSE;
  *place = hit->part == FIG_GATES_LETTER  ? (rows->letters.height > 0 ? rows->letters : layout.letters)
           : hit->part == FIG_GATES_GUESS ? rows->bars
                                          : find_state (gates, &layout, reading, rows, trace, hit);
  place->width = layout.places[hit->reading].column;
  place->x = layout.places[hit->reading].left + MIN (hit->letter, trace->length - 1) * place->width;
  return place->height > 0;
}

double
fig_gates_letters_bottom (const FigGates *gates, const FigTheme *theme, double width, double height)
{
  FigGatesLayout layout;

  g_return_val_if_fail (gates != NULL && theme != NULL && gates->n_readings > 0, 0);
  fig_gates_layout_init (&layout, gates, theme, width, height);
  return layout.letters.height > 0 ? fig_rect_bottom (&layout.letters)
                                   : fig_rect_bottom (&layout.places[0].rows[FIG_VOICE_FIRST].letters);
}

/* ---- Words ---- */

/* "LSTM", or "LSTM, Johnson, without the clamps". (transfer full) */
static char *
label_of (const FigGates *gates, const FigGatesHit *hit, const NnTrace *trace)
{
  GString *label = g_string_new (fig_reading_label (&gates->readings[hit->reading]));

  if (hit->second)
    g_string_append_printf (label, "%s%s", C_ ("list", ", "),
                            gates->second_name != NULL ? gates->second_name : trace->ascii);
  if (hit->unclamped)
    g_string_append_printf (label, "%s%s", C_ ("list", ", "), _ ("without the clamps"));
  return g_string_free (label, FALSE);
}

static char *
summary_text (const char *label, const char *letter, const FigTheme *theme, const NnTrace *trace,
              const FigGatesHit *hit)
{
  FigUnitSummary summary;
  g_autofree char *mean = NULL, *lower = NULL, *upper = NULL;

  fig_unit_summary (trace, hit->state, hit->letter, &summary);
  mean = fig_number (summary.mean, 3, theme->plain_numbers);
  lower = fig_number (summary.lower_quartile, 3, theme->plain_numbers);
  upper = fig_number (summary.upper_quartile, 3, theme->plain_numbers);
  /* Translators: network; gate or state; the place of the letter and the letter; three values. */
  return g_strdup_printf (_ ("%s, %s, letter %u (%s): mean of the units %s, middle half from %s to %s"), label,
                          fig_state_name (hit->state), hit->letter + 1, letter, mean, lower, upper);
}

char *
fig_gates_hit_text (const FigGates *gates, const FigTheme *theme, const FigGatesHit *hit)
{
  const FigReading *reading = &gates->readings[hit->reading];
  guint voice = (hit->second ? FIG_VOICE_SECOND : FIG_VOICE_FIRST) + (hit->unclamped ? 1 : 0);
  const NnTrace *trace = fig_gates_voice (reading, voice);
  g_autofree char *letter = NULL, *label = NULL, *words = NULL;

  g_return_val_if_fail (hit->part != FIG_GATES_NOTHING && trace != NULL && hit->letter < trace->length, NULL);
  letter = fig_letter (trace->ascii[hit->letter]);
  label = label_of (gates, hit, trace);
  if (hit->part == FIG_GATES_LETTER)
    /* Translators: the place of a letter in the name, and the letter. */
    return g_strdup_printf (_ ("letter %u: %s"), hit->letter + 1, letter);
  if (hit->part == FIG_GATES_UNITS_OF)
    return summary_text (label, letter, theme, trace, hit);
  if (hit->part == FIG_GATES_STATE)
    {
      words = fig_number (hit->value, 3, theme->plain_numbers);
      /* Translators: network; gate or state; its unit's number; the place of the letter and the letter; the value. */
      return g_strdup_printf (_ ("%s, %s, unit %u, letter %u (%s): %s"), label, fig_state_name (hit->state), hit->unit,
                              hit->letter + 1, letter, words);
    }
  words = fig_gates_leading_text (theme, gates, trace, hit->letter);
  /* Translators: network; the place of the letter and the letter; the languages guessed and their probabilities. */
  return g_strdup_printf (_ ("%s after letter %u (%s): %s"), label, hit->letter + 1, letter, words);
}

char *
fig_gates_letter_text (const FigGates *gates, const FigTheme *theme, guint letter)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < gates->n_readings; i++)
    {
      const NnTrace *trace = gates->readings[i].trace;
      g_autofree char *percent = NULL, *shown = NULL;
      double probability;
      guint guess;

      if (trace == NULL || letter >= trace->length)
        continue;
      guess = fig_reading_guess (&gates->readings[i], letter, &probability);
      percent = fig_percent (probability, 0, theme->plain_numbers);
      shown = fig_letter (trace->ascii[letter]);
      if (text->len == 0)
        /* Translators: the place of a letter in the name, and the letter; what the networks guess follows. */
        g_string_append_printf (text, _ ("after letter %u (%s):"), letter + 1, shown);
      else
        g_string_append (text, C_ ("list", ","));
      /* Translators: a network, the language that it guesses and its probability; in a row of such. */
      g_string_append_printf (text, C_ ("guess", " %s %s %s"), fig_reading_label (&gates->readings[i]),
                              fig_gates_class (gates, guess), percent);
    }
  return g_string_free (text, FALSE);
}
