/* gates-hit.c: what lies where in the gates' figure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates.h"

#include "figure/gates-layout.h"
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

  g_return_val_if_fail (gates != NULL && theme != NULL && gates->n_readings <= FIG_MAX_READINGS, FALSE);
  g_return_val_if_fail (reading < gates->n_readings && state < NN_N_STATES && strip != NULL, FALSE);
  fig_gates_layout_init (&layout, gates, theme, width, height);
  if (gates->readings[reading].trace == NULL || gates->readings[reading].trace->states[state] == NULL)
    return FALSE;
  *strip = layout.places[reading].strips[state];
  return TRUE;
}

static gboolean
hit_network (const FigGates *gates, const FigGatesLayout *layout, guint index, double x, double y, FigGatesHit *hit)
{
  const FigGatesPlace *place = &layout->places[index];
  const NnTrace *trace = gates->readings[index].trace;
  double column = floor ((x - place->left) / place->column);

  if (trace == NULL || column < 0 || column >= MIN (layout->n_letters, trace->length))
    return FALSE;
  hit->reading = index;
  hit->letter = (guint) column;
  if (fig_rect_contains (&layout->letters, x, y) || fig_rect_contains (&place->letters, x, y))
    hit->part = FIG_GATES_LETTER;
  if (fig_rect_contains (&place->names, x, y) || fig_rect_contains (&place->bars, x, y))
    hit->part = FIG_GATES_GUESS;
  for (guint state = 0; state < NN_N_STATES; state++)
    if (trace->states[state] != NULL && fig_rect_contains (&place->strips[state], x, y))
      {
        double share = (y - place->strips[state].y) / place->strips[state].height;

        hit->part = FIG_GATES_STATE;
        hit->state = state;
        hit->unit = MIN ((guint) (share * trace->hidden), trace->hidden - 1);
        hit->value = nn_trace_state (trace, state, hit->letter)[hit->unit];
      }
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
  *hit = (FigGatesHit){ .part = FIG_GATES_NOTHING };
  fig_gates_layout_init (&layout, gates, theme, width, height);
  for (guint i = 0; i < gates->n_readings; i++)
    if (hit_network (gates, &layout, i, x, y, hit))
      return TRUE;
  *hit = (FigGatesHit){ .part = FIG_GATES_NOTHING };
  return FALSE;
}

char *
fig_gates_hit_text (const FigGates *gates, const FigTheme *theme, const FigGatesHit *hit)
{
  const FigReading *reading = &gates->readings[hit->reading];
  gboolean plain = theme->plain_numbers;
  g_autofree char *letter = NULL, *number = NULL;
  double probability;
  guint guess;

  g_return_val_if_fail (hit->part != FIG_GATES_NOTHING && reading->trace != NULL, NULL);
  letter = fig_letter (reading->trace->ascii[hit->letter]);
  if (hit->part == FIG_GATES_LETTER)
    /* Translators: the place of a letter in the name, and the letter. */
    return g_strdup_printf (_ ("letter %u: %s"), hit->letter + 1, letter);
  if (hit->part == FIG_GATES_STATE)
    {
      number = fig_number (hit->value, 3, plain);
      /* Translators: network; gate or state; its unit's number; the place of the letter and the letter; the value. */
      return g_strdup_printf (_ ("%s, %s, unit %u, letter %u (%s): %s"), fig_reading_label (reading),
                              fig_state_name (hit->state), hit->unit, hit->letter + 1, letter, number);
    }
  guess = fig_reading_guess (reading, hit->letter, &probability);
  number = fig_percent (probability, 1, plain);
  /* Translators: network; the place of the letter and the letter; the language guessed and its probability. */
  return g_strdup_printf (_ ("%s after letter %u (%s): %s %s"), fig_reading_label (reading), hit->letter + 1, letter,
                          fig_gates_class (gates, guess), number);
}
