/* gates-clamps.c: the marks of gates that are held.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates-layout.h"

#include "figure/i18n.h"

#include <math.h>

void
fig_gates_draw_hatching (cairo_t *cr, const FigTheme *theme, const FigRect *area)
{
  double step = 0.55 * theme->font_size, bottom = fig_rect_bottom (area);

  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  fig_set_color (cr, fig_color_fade (theme->accent, 0.75));
  cairo_set_line_width (cr, MAX (fig_hairline (theme), 0.07 * theme->font_size));
  /* On one raster for the whole figure, so that the lines of neighbours meet. */
  for (double x = floor ((area->x - area->height) / step) * step; x < fig_rect_right (area); x += step)
    {
      double start = x + fmod (area->y + area->height, step);

      cairo_move_to (cr, start, bottom);
      cairo_line_to (cr, start + area->height, area->y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static gboolean
holds_unit (const FigClamp *clamp, guint unit)
{
  return clamp->units == NULL || (clamp->units[unit / 64] >> (unit % 64) & 1) != 0;
}

static gboolean
holds_letter (const FigClamp *clamp, guint letter)
{
  return (clamp->letters >> MIN (letter, 63) & 1) != 0;
}

/* The rows of the units that are held, over the letters at which they are. */
static void
hatch_column (cairo_t *cr,
              const FigTheme *theme,
              const FigReading *reading,
              const FigClamp *clamp,
              const NnTrace *trace,
              const FigRect *column,
              gboolean by_unit)
{
  double row = column->height / trace->hidden;

  if (!by_unit || clamp->units == NULL)
    {
      fig_gates_draw_hatching (cr, theme, column);
      return;
    }
  for (guint i = 0; i < trace->hidden; i++)
    {
      FigRect part = { column->x, column->y + i * row, column->width, row };
      guint n = 0;

      while (i + n < trace->hidden && holds_unit (clamp, fig_gates_unit (reading, i + n)))
        n++;
      part.height = n * row;
      if (n > 0)
        fig_gates_draw_hatching (cr, theme, &part);
      i += n;
    }
}

static guint
count_held (const FigClamp *clamp, guint hidden)
{
  guint n = 0;

  for (guint unit = 0; unit < hidden; unit++)
    n += holds_unit (clamp, unit);
  return n;
}

/* "held at 0", "3 units held at 1". (transfer full) */
static char *
words_of (const FigClamp *clamp, guint hidden)
{
  guint n = count_held (clamp, hidden);

  if (clamp->units == NULL || n == hidden)
    /* Translators: a gate is held at a value: 0, 1 or its mean. */
    return g_strdup_printf (_ ("held at %s"), clamp->value);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u unit held at %s", "%u units held at %s", n), n,
                          clamp->value);
}

void
fig_gates_draw_clamps (cairo_t *cr,
                       const FigTheme *theme,
                       const FigReading *reading,
                       const FigGatesPlace *place,
                       const NnTrace *trace,
                       NnState state,
                       const FigRect *area,
                       gboolean by_unit)
{
  FigText text = fig_text (theme, 0.85);
  double y = area->y + 0.15 * theme->font_size, line = fig_text_line_height (theme, &text);

  text.bold = TRUE;
  text.color = theme->accent;
  for (guint i = 0; i < reading->n_clamps; i++)
    {
      const FigClamp *clamp = &reading->clamps[i];
      g_autofree char *words = words_of (clamp, trace->hidden);
      int first = -1;

      if (clamp->state != state)
        continue;
      for (guint letter = 0; letter < trace->length; letter++)
        {
          FigRect column = { area->x + letter * place->column, area->y, place->column, area->height };

          if (!holds_letter (clamp, letter))
            continue;
          if (first < 0)
            first = (int) letter;
          hatch_column (cr, theme, reading, clamp, trace, &column, by_unit);
        }
      if (first < 0)
        continue;
      text.max_width = MAX (fig_rect_right (area) - area->x, 1);
      fig_text_draw_on (cr, theme, &text,
                        CLAMP (area->x + first * place->column, area->x,
                               MAX (area->x, fig_rect_right (area) - fig_text_width (theme, &text, words)))
                          + 0.3 * theme->font_size,
                        y, 0, 0, words);
      y += line;
    }
}
