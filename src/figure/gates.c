/* gates.c: what every gate of every network does at every letter of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates.h"

#include "figure/gates-layout.h"
#include "figure/heatmap.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"
#include "figure/text.h"

#include <math.h>

const char *
fig_reading_label (const FigReading *reading)
{
  return reading->label != NULL ? reading->label : fig_kind_name (reading->kind);
}

guint
fig_reading_guess (const FigReading *reading, guint letter, double *probability)
{
  const NnTrace *trace = reading->trace;
  guint guess;

  g_return_val_if_fail (trace != NULL && letter < trace->length, 0);
  guess = trace->guess[letter];
  if (probability != NULL)
    *probability = exp (trace->log_probs[(gsize) letter * trace->n_classes + guess]);
  return guess;
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

static guint
n_letters (const FigGatesLayout *layout, const FigReading *reading)
{
  return MIN (layout->n_letters, reading->trace->length);
}

static double
column_middle (const FigGatesPlace *place, guint letter)
{
  return place->left + (letter + 0.5) * place->column;
}

static void
draw_letters (cairo_t *cr, const FigTheme *theme, const FigGatesLayout *layout, const FigRect *area)
{
  FigText text = fig_text (theme, layout->letter_factor);
  double column;

  if (layout->first == NULL || area->height <= 0)
    return;
  text.bold = TRUE;
  column = area->width / layout->n_letters;
  for (guint i = 0; i < layout->n_letters; i++)
    {
      g_autofree char *letter = fig_letter (layout->first->ascii[i]);

      fig_text_draw (cr, theme, &text, area->x + (i + 0.5) * column, area->y + area->height / 2, 0.5, 0.5, letter);
    }
}

/* "LSTM: Japanese 87 %" over how far it is trained. */
static void
draw_title (cairo_t *cr, const FigTheme *theme, const FigGates *gates, const FigReading *reading, const FigRect *area)
{
  FigText text = fig_text (theme, 1.1), note = fig_text_faint (theme, 0.9);
  g_autofree char *heading = g_strdup (fig_reading_label (reading)), *facts = NULL, *done = NULL, *units = NULL;
  double line = fig_text_line_height (theme, &text);

  text.bold = TRUE;
  note.max_width = MAX (area->width, 1);
  done = fig_number ((double) reading->iterations, 0, theme->plain_numbers);
  if (reading->trace != NULL)
    {
      double probability;
      guint guess = fig_reading_guess (reading, reading->trace->length - 1, &probability);
      g_autofree char *percent = fig_percent (probability, 0, theme->plain_numbers);

      g_free (heading);
      /* Translators: a network's name, the language that it guesses, and the probability that it gives it. */
      heading = g_strdup_printf (_ ("%s: %s %s"), fig_reading_label (reading), fig_gates_class (gates, guess), percent);
    }
  if (reading->trace != NULL)
    units = fig_number (reading->trace->hidden, 0, theme->plain_numbers);
  if (reading->trace == NULL)
    facts = g_strdup ("");
  else if (reading->iterations == NN_ITERATION_UNKNOWN)
    facts = g_strdup_printf (_ ("%s units"), units);
  else if (reading->iterations == 0)
    facts = g_strdup_printf (_ ("untrained (random weights), %s units"), units);
  else
    facts = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s iteration, %s units", "%s iterations, %s units",
                   (gulong) reading->iterations),
      done, units);
  fig_text_fit (theme, &text, heading, MAX (area->width, 1), FIG_SMALLEST_TYPE);
  fig_text_draw (cr, theme, &text, area->x, area->y, 0, 0, heading);
  fig_text_draw (cr, theme, &note, area->x, area->y + line, 0, 0, facts);
}

/* The classes guessed; strong where the network changes its mind, so that one sees where it made it up. */
static void
draw_guesses (cairo_t *cr,
              const FigTheme *theme,
              const FigGates *gates,
              const FigGatesLayout *layout,
              const FigReading *reading,
              const FigGatesPlace *place)
{
  FigText text = fig_text (theme, layout->names_factor);
  double bottom = fig_rect_bottom (&place->names) - 0.2 * theme->font_size, taken = -INFINITY;
  double line = text.size * 1.12, last = column_middle (place, n_letters (layout, reading) - 1);

  text.max_width = layout->names_mode == FIG_NAMES_ACROSS ? place->column : place->names.height;
  for (guint i = 0; i < n_letters (layout, reading); i++)
    {
      guint guess = fig_reading_guess (reading, i, NULL);
      gboolean changed = i == 0 || guess != fig_reading_guess (reading, i - 1, NULL);
      double x = column_middle (place, i);

      text.color = changed ? theme->ink : fig_color_mix (theme->faint_ink, theme->background, 0.30);
      if (layout->names_mode == FIG_NAMES_ACROSS)
        fig_text_draw (cr, theme, &text, x, bottom, 0.5, 1, fig_gates_class (gates, guess));
      else if (layout->names_mode == FIG_NAMES_UPWARDS)
        fig_text_draw_upwards (cr, theme, &text, x, bottom, 0.5, 1, fig_gates_class (gates, guess));
      else if (x == last || (changed && x - taken >= line && last - x >= line))
        {
          text.color = theme->ink;
          fig_text_draw_upwards (cr, theme, &text, x, bottom, 0.5, 1, fig_gates_class (gates, guess));
          taken = x;
        }
    }
}

/* A bar from 0 to 100 % a letter, its number above where it has room. */
static void
draw_probabilities (cairo_t *cr,
                    const FigTheme *theme,
                    const FigGatesLayout *layout,
                    const FigReading *reading,
                    const FigGatesPlace *place)
{
  FigText text = fig_text (theme, 0.82);
  FigStyle style = fig_style_of_kind (theme, reading->kind);
  double line = fig_text_line_height (theme, &text), widest = 3 * theme->font_size;
  double top = fig_snap (theme, place->bars.y + line), bottom = fig_snap (theme, fig_rect_bottom (&place->bars));
  double width = fig_snap (theme, CLAMP (place->column * 0.62, 1, widest));
  g_autofree char *most = fig_percent (1.0, 0, theme->plain_numbers);
  gboolean with_sign = fig_text_width (theme, &text, most) + 2 <= place->column;
  double shrink = place->column / (fig_text_width (theme, &text, "100") + 1);

  if (shrink < 1)
    text.size *= 0.98 * shrink;
  cairo_save (cr);
  for (guint i = 0; i < n_letters (layout, reading); i++)
    {
      double probability, x = fig_snap (theme, column_middle (place, i) - width / 2);
      g_autofree char *number = NULL;

      fig_reading_guess (reading, i, &probability);
      fig_set_color (cr, fig_color_mix (theme->background, theme->ink, 0.08));
      cairo_rectangle (cr, x, top, width, bottom - top);
      cairo_fill (cr);
      fig_set_color (cr, style.color);
      cairo_rectangle (cr, x, bottom - probability * (bottom - top), width, probability * (bottom - top));
      cairo_fill (cr);
      if (text.size < FIG_SMALLEST_TYPE)
        continue;
      number = with_sign ? fig_percent (probability, 0, theme->plain_numbers)
                         : fig_number (100 * probability, 0, theme->plain_numbers);
      fig_text_draw (cr, theme, &text, column_middle (place, i), top, 0.5, 1, number);
    }
  cairo_restore (cr);
}

/* The values of a strip: unit against letter. */
typedef struct
{
  const float *values; /* [T x H] */
  guint hidden;
} Strip;

static double
strip_value (guint unit, guint letter, gconstpointer data)
{
  const Strip *strip = data;

  return strip->values[(gsize) letter * strip->hidden + unit];
}

static void
draw_strip_bar (cairo_t *cr, const FigTheme *theme, NnKind kind, NnState state, const FigRect *strip)
{
  FigColormap map = fig_gates_colormap (theme, kind, state);
  FigRange range = fig_state_range (kind, state);
  FigText text = fig_text (theme, 0.82);
  double em = theme->font_size, line = fig_text_line_height (theme, &text);
  FigRect bar = {
    fig_snap (theme, fig_rect_right (strip) + 0.5 * em), strip->y, fig_snap (theme, 0.7 * em), strip->height,
  };
  g_autofree char *high = fig_number (range.high, 0, theme->plain_numbers);
  g_autofree char *low = fig_number (range.low, 0, theme->plain_numbers);
  g_autofree char *top = range.clipped ? g_strconcat ("\xe2\x89\xa5", high, NULL) : g_strdup (high);
  g_autofree char *bottom = range.clipped ? g_strconcat ("\xe2\x89\xa4", low, NULL) : g_strdup (low);
  double x = fig_rect_right (&bar) + 0.35 * em;

  fig_colorbar_draw (cr, theme, &map, &bar);
  fig_frame_draw (cr, theme, &bar);
  if (strip->height < 1.6 * line)
    return;
  fig_text_draw (cr, theme, &text, x, bar.y, 0, 0.15, top);
  fig_text_draw (cr, theme, &text, x, fig_rect_bottom (&bar), 0, 0.85, bottom);
  if (range.low < 0 && strip->height >= 3 * line)
    fig_text_draw (cr, theme, &text, x, bar.y + bar.height / 2, 0, 0.5, "0");
}

static void
draw_strip (cairo_t *cr,
            const FigTheme *theme,
            const FigGatesLayout *layout,
            const FigReading *reading,
            const FigGatesPlace *place,
            NnState state)
{
  const NnTrace *trace = reading->trace;
  FigRect area = place->strips[state];
  Strip strip = { trace->states[state], trace->hidden };
  FigHeatmap heatmap = {
    trace->hidden, n_letters (layout, reading), strip_value, &strip, fig_gates_colormap (theme, trace->kind, state),
  };

  if (strip.values == NULL || area.height <= 0)
    return;
  area.width = place->column * heatmap.n_columns;
  fig_heatmap_draw (cr, theme, &heatmap, &area);
  if (place->column >= 6)
    {
      /* A gap between the letters, in the colour of the ground. */
      cairo_save (cr);
      fig_set_color (cr, theme->background);
      for (guint i = 1; i < heatmap.n_columns; i++)
        cairo_rectangle (cr, fig_snap (theme, area.x + i * place->column), area.y, fig_hairline (theme), area.height);
      cairo_fill (cr);
      cairo_restore (cr);
    }
  fig_frame_draw (cr, theme, &area);
  draw_strip_bar (cr, theme, trace->kind, state, &area);
}

/* What the rows are. A state's place tells its name, and below it the range of its colours. */
static void
draw_row_labels (cairo_t *cr,
                 const FigTheme *theme,
                 const FigGates *gates,
                 const FigGatesLayout *layout,
                 guint index)
{
  const FigGatesPlace *place = &layout->places[index];
  FigText name = fig_text (theme, 0.95), note = fig_text_faint (theme, 0.82);
  double x = place->left - 0.5 * theme->font_size, line = fig_text_line_height (theme, &note);

  name.markup = TRUE;
  if (layout->n_letters > 0)
    {
      fig_text_draw (cr, theme, &note, x, fig_rect_bottom (&place->names) - 0.2 * theme->font_size, 1, 1, _ ("guess"));
      fig_text_draw (cr, theme, &note, x, fig_rect_bottom (&place->bars), 1, 1, _ ("probability, %"));
    }
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      FigRect strip = place->strips[state];
      NnKind kind = gates->readings[index].kind;
      g_autofree char *label = fig_gates_state_label (state), *range = NULL;

      /* Side by side, the labels stand at the first network and are those of all. */
      for (guint i = index; i < gates->n_readings && strip.height <= 0 && layout->letters.height <= 0; i++)
        {
          strip = layout->places[i].strips[state];
          kind = gates->readings[i].kind;
        }
      if (strip.height <= 0)
        continue;
      range = fig_gates_range_label (kind, state, theme->plain_numbers);
      if (strip.height < 2.6 * line)
        fig_text_draw (cr, theme, &name, x, strip.y + strip.height / 2, 1, 0.5, label);
      else
        {
          fig_text_draw (cr, theme, &name, x, strip.y + strip.height / 2, 1, 0.9, label);
          fig_text_draw (cr, theme, &note, x, strip.y + strip.height / 2 + 0.25 * line, 1, 0, range);
        }
    }
}

static void
draw_network (cairo_t *cr, const FigTheme *theme, const FigGates *gates, const FigGatesLayout *layout, guint index)
{
  const FigReading *reading = &gates->readings[index];
  const FigGatesPlace *place = &layout->places[index];

  draw_title (cr, theme, gates, reading, &place->title);
  if (place->has_labels)
    draw_row_labels (cr, theme, gates, layout, index);
  if (reading->trace == NULL)
    {
      fig_text_draw_message (cr, theme, &place->message, _ ("not trained yet"));
      return;
    }
  draw_letters (cr, theme, layout, &place->letters);
  draw_guesses (cr, theme, gates, layout, reading, place);
  draw_probabilities (cr, theme, layout, reading, place);
  for (guint state = 0; state < NN_N_STATES; state++)
    draw_strip (cr, theme, layout, reading, place, state);
  if (!nn_kind_has_gates (reading->kind) && place->strips[NN_STATE_HIDDEN].y - place->message.y > 3 * theme->font_size)
    {
      FigRect free_place = place->message;

      free_place.height = place->strips[NN_STATE_HIDDEN].y - free_place.y;
      fig_text_draw_message (cr, theme, &free_place,
                             _ ("no gates and no cell: the hidden state is a linear function of the letter and of the "
                                "previous hidden state"));
    }
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
      draw_letters (cr, theme, &layout, &layout.letters);
      for (guint i = 0; i < gates->n_readings; i++)
        draw_network (cr, theme, gates, &layout, i);
    }
  cairo_restore (cr);
}
