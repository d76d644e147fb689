/* gates-guess.c: the guess after each letter as a stacked bar.
 *
 * The classes stand in the same order in every bar of a network, the last guess at the bottom, so that one sees where
 * it made up its mind.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates-guess.h"

#include "figure/class-color.h"
#include "figure/i18n.h"
#include "figure/number.h"

#include <math.h>

#define LEGEND_ROWS 2
#define SAMPLE 0.8 /* in times of the font's size, as are the next two */
#define SAMPLE_GAP 0.3
#define ITEM_GAP 0.9

static double
probability_of (const NnTrace *trace, guint letter, guint class)
{
  return exp (trace->log_probs[(gsize) letter * trace->n_classes + class]);
}

/* How much a class matters: the most that any reading gives it after any letter, and the last guess most of all. */
static double
weight_of (const FigReading *reading, guint class)
{
  double weight = 0;

  for (guint voice = 0; voice < FIG_N_VOICES; voice++)
    {
      const NnTrace *trace = fig_gates_voice (reading, voice);

      for (guint letter = 0; trace != NULL && letter < trace->length; letter++)
        weight = MAX (weight, probability_of (trace, letter, class));
      if (trace != NULL && trace->guess[trace->length - 1] == class)
        weight += voice == FIG_VOICE_FIRST ? 2 : 1;
    }
  return weight;
}

/* Places what fits into the legend's rows, with "others" at the end. */
static void
place_legend (const FigTheme *theme, const FigGates *gates, const FigRect *area, FigLeading *leading)
{
  FigText text = fig_text (theme, 0.82);
  double em = theme->font_size, sign = (SAMPLE + SAMPLE_GAP + ITEM_GAP) * em, x = 0;
  double others = sign + fig_text_width (theme, &text, C_ ("classes", "others")), line = area->height / LEGEND_ROWS;
  guint line_number = 0, n = 0;

  for (guint i = 0; i < leading->n; i++)
    {
      double width = sign + fig_text_width (theme, &text, fig_gates_class (gates, leading->classes[i]));
      gboolean last = line_number + 1 == LEGEND_ROWS;

      if (x > 0 && x + width + (last ? others : 0) > area->width)
        {
          if (last)
            break;
          x = 0;
          line_number++;
        }
      leading->boxes[n++] = (FigRect){ area->x + x, area->y + line_number * line, width, line };
      x += width;
    }
  leading->n = n;
  if (x + others - ITEM_GAP * em > area->width && line_number + 1 < LEGEND_ROWS)
    {
      x = 0;
      line_number++;
    }
  leading->boxes[n] = (FigRect){ area->x + x, area->y + line_number * line, others, line };
}

void
fig_gates_leading (const FigTheme *theme,
                   const FigGates *gates,
                   const FigGatesLayout *layout,
                   guint index,
                   FigLeading *leading)
{
  const FigReading *reading = &gates->readings[index];
  double weights[FIG_MAX_LEADING];

  *leading = (FigLeading){ 0 };
  for (guint class = 0; reading->trace != NULL && class < reading->trace->n_classes; class++)
    {
      double weight = weight_of (reading, class);
      guint at = leading->n;

      while (at > 0 && weights[at - 1] < weight)
        at--;
      if (at == FIG_MAX_LEADING)
        continue;
      leading->n = MIN (leading->n + 1, FIG_MAX_LEADING);
      for (guint i = leading->n - 1; i > at; i--)
        {
          weights[i] = weights[i - 1];
          leading->classes[i] = leading->classes[i - 1];
        }
      weights[at] = weight;
      leading->classes[at] = class;
    }
  place_legend (theme, gates, &layout->places[index].legend, leading);
}

static void
draw_legend (cairo_t *cr, const FigTheme *theme, const FigGates *gates, const FigLeading *leading, const FigRect *area)
{
  FigText text = fig_text (theme, 0.82);
  double em = theme->font_size;

  for (guint i = 0; i <= leading->n; i++)
    {
      const FigRect *box = &leading->boxes[i];
      gboolean others = i == leading->n;

      fig_set_color (cr, others ? fig_other_color (theme) : fig_class_color (theme, leading->classes[i]));
      cairo_rectangle (cr, fig_snap (theme, box->x), fig_snap (theme, box->y + box->height / 2 - SAMPLE * em / 2),
                       fig_snap (theme, SAMPLE * em), fig_snap (theme, SAMPLE * em));
      cairo_fill (cr);
      text.max_width = MAX (fig_rect_right (area) - box->x - (SAMPLE + SAMPLE_GAP) * em, 1);
      fig_text_draw (cr, theme, &text, box->x + (SAMPLE + SAMPLE_GAP) * em, box->y + box->height / 2, 0, 0.5,
                     others ? C_ ("classes", "others") : fig_gates_class (gates, leading->classes[i]));
    }
}

/* The classes guessed; strong where the network changes its mind, so that one sees where it made it up. */
static void
draw_names (cairo_t *cr,
            const FigTheme *theme,
            const FigGates *gates,
            const FigGatesLayout *layout,
            const FigGatesPlace *place,
            const NnTrace *trace,
            const FigRect *names)
{
  FigText text = fig_text (theme, layout->names_factor);
  double bottom = fig_rect_bottom (names) - 0.2 * theme->font_size, taken = -INFINITY;
  double line = text.size * 1.12, last = fig_gates_column (place, trace->length - 1);

  text.max_width = layout->names_mode == FIG_NAMES_ACROSS ? place->column : names->height;
  for (guint i = 0; i < trace->length; i++)
    {
      gboolean changed = i == 0 || trace->guess[i] != trace->guess[i - 1];
      const char *name = fig_gates_class (gates, trace->guess[i]);
      double x = fig_gates_column (place, i);

      text.color = changed ? theme->ink : fig_color_mix (theme->faint_ink, theme->background, 0.30);
      if (layout->names_mode == FIG_NAMES_ACROSS)
        fig_text_draw (cr, theme, &text, x, bottom, 0.5, 1, name);
      else if (layout->names_mode == FIG_NAMES_UPWARDS)
        fig_text_draw_upwards (cr, theme, &text, x, bottom, 0.5, 1, name);
      else if (x == last || (changed && x - taken >= line && last - x >= line))
        {
          text.color = theme->ink;
          fig_text_draw_upwards (cr, theme, &text, x, bottom, 0.5, 1, name);
          taken = x;
        }
    }
}

FigRect
fig_gates_bar (const FigTheme *theme, const FigGatesPlace *place, const FigRect *bars, guint letter)
{
  FigText text = fig_text (theme, 0.82);
  double width = fig_snap (theme, CLAMP (place->column * 0.72, 1, 3.4 * theme->font_size));
  double top = fig_snap (theme, bars->y + fig_text_line_height (theme, &text));

  return (FigRect){
    fig_snap (theme, fig_gates_column (place, letter) - width / 2), top, width,
    fig_snap (theme, fig_rect_bottom (bars)) - top,
  };
}

/* The parts of a bar from the bottom up; what the legend doesn't tell apart is the rest. */
static void
draw_bar (cairo_t *cr,
          const FigTheme *theme,
          const FigLeading *leading,
          const NnTrace *trace,
          guint letter,
          const FigRect *bar)
{
  double sum = 0, line = fig_hairline (theme);

  fig_set_color (cr, fig_other_color (theme));
  cairo_rectangle (cr, bar->x, bar->y, bar->width, bar->height);
  cairo_fill (cr);
  for (guint i = 0; i < leading->n; i++)
    {
      double share = probability_of (trace, letter, leading->classes[i]);
      double from = fig_rect_bottom (bar) - sum * bar->height, height = MIN (share, 1 - sum) * bar->height;

      sum = MIN (sum + share, 1);
      fig_set_color (cr, fig_class_color (theme, leading->classes[i]));
      cairo_rectangle (cr, bar->x, from - height, bar->width, height);
      cairo_fill (cr);
      if (height < 3 * line)
        continue;
      fig_set_color (cr, theme->background);
      cairo_rectangle (cr, bar->x, from - height, bar->width, line);
      cairo_fill (cr);
    }
}

static void
draw_bars (cairo_t *cr,
           const FigTheme *theme,
           const FigLeading *leading,
           const FigGatesPlace *place,
           const NnTrace *trace,
           const FigRect *bars)
{
  FigText text = fig_text (theme, 0.82);
  g_autofree char *most = fig_percent (1.0, 0, theme->plain_numbers);
  gboolean with_sign = fig_text_width (theme, &text, most) + 2 <= place->column;
  double shrink = place->column / (fig_text_width (theme, &text, "100") + 1);

  if (shrink < 1)
    text.size *= 0.98 * shrink;
  for (guint i = 0; i < trace->length; i++)
    {
      double probability = probability_of (trace, i, trace->guess[i]);
      FigRect bar = fig_gates_bar (theme, place, bars, i);
      g_autofree char *number = NULL;

      draw_bar (cr, theme, leading, trace, i, &bar);
      if (text.size < FIG_SMALLEST_TYPE)
        continue;
      number = with_sign ? fig_percent (probability, 0, theme->plain_numbers)
                         : fig_number (100 * probability, 0, theme->plain_numbers);
      fig_text_draw (cr, theme, &text, fig_gates_column (place, i), bar.y, 0.5, 1, number);
    }
}

void
fig_gates_draw_guesses (cairo_t *cr,
                        const FigTheme *theme,
                        const FigGates *gates,
                        const FigGatesLayout *layout,
                        guint index)
{
  const FigGatesPlace *place = &layout->places[index];
  FigLeading leading;

  fig_gates_leading (theme, gates, layout, index, &leading);
  draw_legend (cr, theme, gates, &leading, &place->legend);
  for (guint voice = 0; voice < FIG_N_VOICES; voice++)
    {
      const NnTrace *trace = fig_gates_voice (&gates->readings[index], voice);

      if (trace == NULL || place->rows[voice].bars.height <= 0)
        continue;
      draw_names (cr, theme, gates, layout, place, trace, &place->rows[voice].names);
      draw_bars (cr, theme, &leading, place, trace, &place->rows[voice].bars);
    }
}

/* The class of the largest probability of those that aren't among the first @n of @taken. */
static guint
next_best (const NnTrace *trace, guint letter, const guint *taken, guint n)
{
  guint best = G_MAXUINT;

  for (guint class = 0; class < trace->n_classes; class++)
    {
      gboolean is_free = TRUE;

      for (guint i = 0; i < n; i++)
        is_free = is_free && taken[i] != class;
      if (is_free
          && (best == G_MAXUINT || probability_of (trace, letter, class) > probability_of (trace, letter, best)))
        best = class;
    }
  return best;
}

char *
fig_gates_leading_text (const FigTheme *theme, const FigGates *gates, const NnTrace *trace, guint letter)
{
  GString *text = g_string_new (NULL);
  guint best[3], n = MIN (G_N_ELEMENTS (best), trace->n_classes);
  double rest = 1;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *percent = NULL;

      best[i] = next_best (trace, letter, best, i);
      rest -= probability_of (trace, letter, best[i]);
      percent = fig_percent (probability_of (trace, letter, best[i]), 1, theme->plain_numbers);
      g_string_append_printf (text, "%s%s %s", i > 0 ? C_ ("list", ", ") : "", fig_gates_class (gates, best[i]),
                              percent);
    }
  if (rest > 0.0005)
    {
      g_autofree char *percent = fig_percent (rest, 1, theme->plain_numbers);

      g_string_append_printf (text, "%s%s %s", C_ ("list", ", "), C_ ("classes", "others"), percent);
    }
  return g_string_free (text, FALSE);
}
