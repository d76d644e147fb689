/* gates-labels.c: the words at the left of the gates' rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates-layout.h"

#include "figure/i18n.h"

/* What a reading is called where there are several; NULL where there is one alone. */
static const char *
voice_name (const FigGates *gates, const FigGatesLayout *layout, guint voice)
{
  if (voice % 2 == 1)
    return _ ("without the clamps");
  if (layout->second == NULL)
    return NULL;
  if (voice == FIG_VOICE_SECOND)
    return gates->second_name != NULL ? gates->second_name : layout->second->ascii;
  return gates->name != NULL ? gates->name : layout->first->ascii;
}

static void
draw_guess_labels (cairo_t *cr,
                   const FigTheme *theme,
                   const FigGates *gates,
                   const FigGatesLayout *layout,
                   const FigGatesPlace *place)
{
  FigText note = fig_text_faint (theme, 0.82);
  double x = place->left - 0.5 * theme->font_size, line = fig_text_line_height (theme, &note);

  note.max_width = MAX (x - place->area.x, 1);
  for (guint voice = 0; voice < FIG_N_VOICES; voice++)
    {
      const FigGatesRows *rows = &place->rows[voice];
      const char *name = voice_name (gates, layout, voice);
      double bottom = fig_rect_bottom (&rows->bars);

      if (rows->bars.height <= 0)
        continue;
      fig_text_draw (cr, theme, &note, x, fig_rect_bottom (&rows->names) - 0.2 * theme->font_size, 1, 1, _ ("guess"));
      fig_text_draw (cr, theme, &note, x, bottom, 1, 1, _ ("probability, %"));
      if (name == NULL)
        continue;
      note.color = theme->ink;
      fig_text_draw (cr, theme, &note, x, bottom - 1.2 * line, 1, 1, name);
      note.color = theme->faint_ink;
    }
}

static void
draw_state_label (cairo_t *cr,
                  const FigTheme *theme,
                  const FigGates *gates,
                  const FigGatesLayout *layout,
                  const FigGatesPlace *place,
                  guint voice,
                  NnState state,
                  NnKind kind,
                  const FigRect *strip)
{
  FigText name = fig_text (theme, 0.95), note = fig_text_faint (theme, 0.82);
  double x = place->left - 0.5 * theme->font_size, line = fig_text_line_height (theme, &note);
  double middle = strip->y + strip->height / 2;
  g_autofree char *label = fig_gates_state_label (state);
  g_autofree char *range = fig_gates_range_label (kind, state, theme->plain_numbers);
  const char *second = voice_name (gates, layout, voice);

  name.markup = TRUE;
  note.max_width = MAX (x - place->area.x, 1);
  if (voice != FIG_VOICE_FIRST)
    fig_text_draw (cr, theme, &note, x, middle, 1, 0.5, second != NULL ? second : "");
  else if (strip->height < 2.6 * line)
    fig_text_draw (cr, theme, &name, x, middle, 1, 0.5, label);
  else
    {
      fig_text_draw (cr, theme, &name, x, middle, 1, 0.9, label);
      fig_text_draw (cr, theme, &note, x, middle + 0.25 * line, 1, 0, second != NULL ? second : range);
    }
}

/* What the strips show, in a sentence. */
static void
draw_caption (cairo_t *cr,
              const FigTheme *theme,
              const FigGates *gates,
              const FigGatesLayout *layout,
              const FigGatesPlace *place)
{
  FigText text = fig_text_faint (theme, 0.82);
  g_autofree char *ordered = NULL;
  const char *words = _ ("A row is a unit, a column a letter; the colour is the unit's value after it.");

  if (gates->detail == FIG_GATES_SUMMARY && layout->has_voice[FIG_VOICE_FIRST_UNCLAMPED])
    words = _ ("Line: mean of all units; grey: without the clamps. Band: the middle half of them. Strips: the units "
               "that change most.");
  else if (gates->detail == FIG_GATES_SUMMARY)
    words = _ ("Line: mean of all units. Band: the middle half of them. Strips: the units that change most.");
  /* Translators: %s is a sentence; the other one is for instance "last value". */
  if (gates->detail == FIG_GATES_UNITS && gates->order_name != NULL)
    words = ordered = g_strdup_printf (_ ("%s Units by %s."), words, gates->order_name);
  text.wrap = TRUE;
  text.max_width = MAX (place->caption.width, 1);
  if (place->caption.height > 0)
    fig_text_draw (cr, theme, &text, place->caption.x, place->caption.y, 0, 0, words);
}

void
fig_gates_draw_labels (cairo_t *cr,
                       const FigTheme *theme,
                       const FigGates *gates,
                       const FigGatesLayout *layout,
                       guint index)
{
  const FigGatesPlace *place = &layout->places[index];

  draw_guess_labels (cr, theme, gates, layout, place);
  draw_caption (cr, theme, gates, layout, place);
  for (guint voice = 0; voice < FIG_N_VOICES; voice++)
    for (guint state = 0; state < NN_N_STATES; state++)
      {
        const FigRect *strip = &place->rows[voice].blocks[state];
        NnKind kind = gates->readings[index].kind;

        /* Side by side, the labels stand at the first network and are those of all. */
        for (guint i = index; i < gates->n_readings && strip->height <= 0; i++)
          {
            if (layout->places[i].area.y > place->area.y)
              break;
            strip = &layout->places[i].rows[voice].blocks[state];
            kind = gates->readings[i].kind;
          }
        if (strip->height > 0)
          draw_state_label (cr, theme, gates, layout, place, voice, state, kind, strip);
      }
}
