/* gates.c: what every gate of every network does at every letter of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates.h"

#include "figure/gates-layout.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

const char *
fig_reading_label (const FigReading *reading)
{
  return reading->label != NULL ? reading->label : fig_kind_name (reading->kind);
}

static guint
guess_of (const NnTrace *trace, guint letter, double *probability)
{
  guint guess = trace->guess[letter];

  if (probability != NULL)
    *probability = exp (trace->log_probs[(gsize) letter * trace->n_classes + guess]);
  return guess;
}

guint
fig_reading_guess (const FigReading *reading, guint letter, double *probability)
{
  g_return_val_if_fail (reading->trace != NULL && letter < reading->trace->length, 0);
  return guess_of (reading->trace, letter, probability);
}

FigColormap
fig_gates_colormap (const FigTheme *theme, NnKind kind, NnState state)
{
  FigRange range = fig_state_range (kind, state);

  return (FigColormap){
    nn_state_is_gate (state) ? FIG_MAP_SEQUENTIAL : FIG_MAP_DIVERGING, theme->dark, range.low, range.high,
  };
}

const char *
fig_gates_class (const FigGates *gates, guint index)
{
  return index < gates->n_classes ? gates->classes[index] : "?";
}

/* @other: (nullable): letters that these are compared with: what differs is of the accent's colour */
static void
draw_letters (cairo_t *cr,
              const FigTheme *theme,
              const FigGatesLayout *layout,
              const NnTrace *trace,
              const NnTrace *other,
              const FigRect *area)
{
  FigText text = fig_text (theme, layout->letter_factor);
  double column;

  if (trace == NULL || area->height <= 0)
    return;
  text.bold = TRUE;
  column = area->width / layout->n_letters;
  for (guint i = 0; i < trace->length; i++)
    {
      g_autofree char *letter = fig_letter (trace->ascii[i]);
      gboolean differs = other != NULL && (i >= other->length || other->ascii[i] != trace->ascii[i]);

      text.color = differs ? theme->accent : theme->ink;
      fig_text_draw (cr, theme, &text, area->x + (i + 0.5) * column, area->y + area->height / 2, 0.5, 0.5, letter);
    }
}

char *
fig_gates_title_text (const FigTheme *theme, const FigGates *gates, const FigReading *reading)
{
  g_autofree char *guesses[FIG_N_VOICES] = { NULL };

  for (guint voice = 0; voice < FIG_N_VOICES; voice++)
    {
      const NnTrace *trace = fig_gates_voice (reading, voice);
      g_autofree char *percent = NULL;
      double probability;
      guint guess;

      if (trace == NULL)
        continue;
      guess = guess_of (trace, trace->length - 1, &probability);
      percent = fig_percent (probability, 0, theme->plain_numbers);
      /* Translators: a language and its probability. */
      guesses[voice] = g_strdup_printf (C_ ("guess", "%s %s"), fig_gates_class (gates, guess), percent);
    }
  if (guesses[0] == NULL)
    return g_strdup (fig_reading_label (reading));
  if (guesses[FIG_VOICE_SECOND] != NULL)
    /* Translators: a network's name and what it guesses, a language and its probability; a second surname and what it
     * guesses of that. */
    return g_strdup_printf (_ ("%s: %s; %s: %s"), fig_reading_label (reading), guesses[0],
                            gates->second_name != NULL ? gates->second_name : reading->second->ascii,
                            guesses[FIG_VOICE_SECOND]);
  if (guesses[FIG_VOICE_FIRST_UNCLAMPED] != NULL)
    /* Translators: a network's name, what it guesses while gates are held, and what it would guess otherwise. */
    return g_strdup_printf (_ ("%s: %s, without the clamps %s"), fig_reading_label (reading), guesses[0],
                            guesses[FIG_VOICE_FIRST_UNCLAMPED]);
  /* Translators: a network's name, and the language that it guesses with its probability. */
  return g_strdup_printf (C_ ("guess", "%s: %s"), fig_reading_label (reading), guesses[0]);
}

/* How far the network is trained. (transfer full) */
static char *
facts_of (const FigTheme *theme, const FigReading *reading)
{
  g_autofree char *done = fig_number ((double) reading->iterations, 0, theme->plain_numbers), *units = NULL;

  if (reading->trace == NULL)
    return g_strdup ("");
  units = fig_number (reading->trace->hidden, 0, theme->plain_numbers);
  if (reading->iterations == NN_ITERATION_UNKNOWN)
    return g_strdup_printf (_ ("%s units"), units);
  if (reading->iterations == 0)
    return g_strdup_printf (_ ("untrained (random weights), %s units"), units);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s iteration, %s units", "%s iterations, %s units",
                                       (gulong) reading->iterations),
                          done, units);
}

static void
draw_title (cairo_t *cr, const FigTheme *theme, const FigGates *gates, const FigReading *reading, const FigRect *area)
{
  FigText text = fig_text (theme, 1.1), note = fig_text_faint (theme, 0.9);
  g_autofree char *heading = fig_gates_title_text (theme, gates, reading), *facts = facts_of (theme, reading);
  double line = fig_text_line_height (theme, &text);

  text.bold = TRUE;
  fig_text_fit (theme, &note, facts, MAX (area->width, 1), fig_text_smallest (theme));
  fig_text_fit (theme, &text, heading, MAX (area->width, 1), fig_text_smallest (theme));
  fig_text_draw (cr, theme, &text, area->x, area->y, 0, 0, heading);
  fig_text_draw (cr, theme, &note, area->x, area->y + line, 0, 0, facts);
}

/* The letter that is pointed at: a frame around its column, from the letters down to the last state. */
static void
draw_cursor (cairo_t *cr, const FigTheme *theme, const FigGates *gates, const FigGatesLayout *layout, guint index)
{
  const FigGatesPlace *place = &layout->places[index];
  const FigGatesRows *rows = &place->rows[0];
  const FigRect *letters = rows->letters.height > 0 ? &rows->letters : &rows->names;
  double top = layout->letters.height > 0 && index == 0 ? layout->letters.y : letters->y;
  double bottom = fig_rect_bottom (&place->area);
  double line = MAX (fig_hairline (theme), fig_snap (theme, 0.15 * theme->font_size));

  if (!gates->has_cursor || gates->cursor_letter >= layout->n_letters)
    return;
  cairo_save (cr);
  fig_set_color (cr, theme->accent);
  cairo_set_line_width (cr, line);
  cairo_rectangle (cr, fig_snap (theme, place->left + gates->cursor_letter * place->column), top, place->column,
                   bottom - top);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_network (cairo_t *cr, const FigTheme *theme, const FigGates *gates, const FigGatesLayout *layout, guint index)
{
  const FigReading *reading = &gates->readings[index];
  const FigGatesPlace *place = &layout->places[index];
  const FigRect *hidden = &place->rows[0].blocks[NN_STATE_HIDDEN];

  draw_title (cr, theme, gates, reading, &place->title);
  if (place->has_labels)
    fig_gates_draw_labels (cr, theme, gates, layout, index);
  if (reading->trace == NULL)
    {
      fig_text_draw_message (cr, theme, &place->message, _ ("not trained yet"));
      return;
    }
  draw_letters (cr, theme, layout, layout->first, NULL, &place->rows[FIG_VOICE_FIRST].letters);
  draw_letters (cr, theme, layout, layout->second, layout->first, &place->rows[FIG_VOICE_SECOND].letters);
  fig_gates_draw_guesses (cr, theme, gates, layout, index);
  fig_gates_draw_states (cr, theme, gates, layout, index);
  if (!nn_kind_has_gates (reading->kind) && hidden->y - place->message.y > 3 * theme->font_size)
    {
      FigRect free_place = place->message;

      free_place.height = hidden->y - free_place.y;
      fig_text_draw_message (cr, theme, &free_place,
                             _ ("no gates and no cell: the hidden state is a linear function of the letter and of the "
                                "previous hidden state"));
    }
  draw_cursor (cr, theme, gates, layout, index);
}

/* What to say instead of the figure, or NULL. */
static const char *
message_for (const FigGates *gates, const FigGatesLayout *layout)
{
  if (gates->n_readings == 0)
    return _ ("no network is chosen");
  if (layout->first != NULL)
    return NULL;
  if (gates->name == NULL || *gates->name == '\0')
    return _ ("Type a name to see how the networks read it, letter by letter.");
  return _ ("not trained yet");
}

void
fig_gates_draw (cairo_t *cr, double width, double height, const FigGates *gates, const FigTheme *theme)
{
  FigRect all = { 0, 0, width, height };
  FigText title = fig_text (theme, 1.15);
  FigGatesLayout layout;
  const char *message;

  g_return_if_fail (cr != NULL && gates != NULL && theme != NULL && gates->n_readings <= FIG_MAX_READINGS);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  fig_gates_layout_init (&layout, gates, theme, width, height);
  title.bold = TRUE;
  title.max_width = layout.title.width;
  if (gates->title != NULL)
    fig_text_draw (cr, theme, &title, layout.title.x, layout.title.y, 0, 0, gates->title);
  message = message_for (gates, &layout);
  if (message != NULL)
    fig_text_draw_message (cr, theme, &all, message);
  else
    {
      draw_letters (cr, theme, &layout, layout.first, NULL, &layout.letters);
      for (guint i = 0; i < gates->n_readings; i++)
        draw_network (cr, theme, gates, &layout, i);
    }
  cairo_restore (cr);
}
