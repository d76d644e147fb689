/* gates-strips.c: the states of a network: every unit, or their summary and the units that tell most.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates-layout.h"

#include "figure/heatmap.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

/* The values of a strip: rows of units against letters. */
typedef struct
{
  const FigReading *reading;
  const float *values; /* [T x H] */
  guint hidden;
  const guint *units; /* (nullable): the unit of each row; NULL: all, in the reading's order */
} Strip;

static double
strip_value (guint row, guint letter, gconstpointer data)
{
  const Strip *strip = data;
  guint unit = strip->units != NULL ? strip->units[row] : fig_gates_unit (strip->reading, row);

  return strip->values[(gsize) letter * strip->hidden + unit];
}

static void
draw_color_bar (cairo_t *cr, const FigTheme *theme, NnKind kind, NnState state, const FigRect *strip)
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
  g_autofree char *top = g_strdup_printf ("%s%s", range.clipped ? "\xe2\x89\xa5" : "", high);
  g_autofree char *bottom = g_strdup_printf ("%s%s", range.clipped ? "\xe2\x89\xa4" : "", low);
  double x = fig_rect_right (&bar) + 0.25 * em;

  fig_colorbar_draw (cr, theme, &map, &bar);
  fig_frame_draw (cr, theme, &bar);
  if (strip->height < 1.6 * line)
    return;
  fig_text_draw (cr, theme, &text, x, bar.y, 0, 0.15, top);
  fig_text_draw (cr, theme, &text, x, fig_rect_bottom (&bar), 0, 0.85, bottom);
  if (range.low < 0 && strip->height >= 2.4 * line)
    fig_text_draw (cr, theme, &text, x, bar.y + bar.height / 2, 0, 0.5, "0");
}

/* A gap between the letters, in the colour of the ground. */
static void
draw_gaps (cairo_t *cr, const FigTheme *theme, const FigGatesPlace *place, const FigRect *area, guint n)
{
  if (place->column < 6)
    return;
  fig_set_color (cr, theme->background);
  for (guint i = 1; i < n; i++)
    cairo_rectangle (cr, fig_snap (theme, area->x + i * place->column), area->y, fig_hairline (theme), area->height);
  cairo_fill (cr);
}

static gboolean
is_pinned (const FigReading *reading, guint unit)
{
  for (guint i = 0; i < reading->n_pinned; i++)
    if (reading->pinned[i] == unit)
      return TRUE;
  return FALSE;
}

/* Pointers at both ends of the row of every pinned unit. */
static void
draw_pins (cairo_t *cr, const FigTheme *theme, const FigReading *reading, const NnTrace *trace, const FigRect *area)
{
  double size = 0.42 * theme->font_size, row = area->height / trace->hidden;

  if (reading->n_pinned == 0)
    return;
  fig_set_color (cr, theme->accent);
  for (guint i = 0; i < trace->hidden; i++)
    {
      double y = area->y + (i + 0.5) * row, right = fig_rect_right (area);

      if (!is_pinned (reading, fig_gates_unit (reading, i)))
        continue;
      cairo_move_to (cr, area->x - 1, y);
      cairo_line_to (cr, area->x - 1 - size, y - size / 2);
      cairo_line_to (cr, area->x - 1 - size, y + size / 2);
      cairo_close_path (cr);
      cairo_move_to (cr, right + 1, y);
      cairo_line_to (cr, right + 1 + size, y - size / 2);
      cairo_line_to (cr, right + 1 + size, y + size / 2);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

static void
draw_units (cairo_t *cr,
            const FigTheme *theme,
            const FigReading *reading,
            const FigGatesPlace *place,
            const NnTrace *trace,
            NnState state,
            const FigRect *area)
{
  Strip strip = { reading, trace->states[state], trace->hidden, NULL };
  FigHeatmap heatmap
    = { trace->hidden, trace->length, strip_value, &strip, fig_gates_colormap (theme, trace->kind, state) };

  fig_heatmap_draw (cr, theme, &heatmap, area);
  draw_gaps (cr, theme, place, area, trace->length);
  draw_pins (cr, theme, reading, trace, area);
}

/* The few units that tell most, a thin strip each, its number at the left. */
static void
draw_telling (cairo_t *cr,
              const FigTheme *theme,
              const FigReading *reading,
              const FigGatesLayout *layout,
              const FigGatesPlace *place,
              const FigGatesRows *rows,
              const NnTrace *trace,
              NnState state)
{
  FigText text = fig_text_faint (theme, 0.75);

  for (guint i = 0; reading->telling[state] != NULL && i < MIN (reading->n_telling, layout->n_telling); i++)
    {
      guint unit = reading->telling[state][i];
      Strip strip = { reading, trace->states[state], trace->hidden, &unit };
      FigHeatmap heatmap
        = { 1, trace->length, strip_value, &strip, fig_gates_colormap (theme, trace->kind, state) };
      FigRect area = fig_gates_telling_row (layout, rows, state, i);
      g_autofree char *words = NULL;

      area.width = place->column * trace->length;
      area.height -= 2 * fig_hairline (theme);
      fig_heatmap_draw (cr, theme, &heatmap, &area);
      draw_gaps (cr, theme, place, &area, trace->length);
      text.bold = is_pinned (reading, unit);
      text.color = text.bold ? theme->accent : theme->faint_ink;
      /* Translators: the number of a unit of a network. */
      words = place->has_labels ? g_strdup_printf (_ ("unit %u"), unit) : g_strdup_printf ("%u", unit);
      fig_text_draw (cr, theme, &text, area.x - 0.5 * theme->font_size, area.y + area.height / 2, 1, 0.5, words);
    }
}

static void
draw_state (cairo_t *cr,
            const FigTheme *theme,
            const FigGates *gates,
            const FigGatesLayout *layout,
            guint index,
            guint voice,
            NnState state)
{
  const FigReading *reading = &gates->readings[index];
  const FigGatesPlace *place = &layout->places[index];
  const FigGatesRows *rows = &place->rows[voice];
  const NnTrace *trace = fig_gates_voice (reading, voice);
  gboolean summary = gates->detail == FIG_GATES_SUMMARY;
  FigRect area = rows->blocks[state];

  if (trace == NULL || trace->states[state] == NULL || area.height <= 0)
    return;
  area.width = place->column * trace->length;
  if (summary)
    fig_gates_draw_summary (cr, theme, place, trace, fig_gates_voice (reading, voice + 1), state, &area);
  else
    draw_units (cr, theme, reading, place, trace, state, &area);
  fig_frame_draw (cr, theme, &area);
  if (summary)
    draw_telling (cr, theme, reading, layout, place, rows, trace, state);
  area.width = rows->blocks[state].width;
  draw_color_bar (cr, theme, trace->kind, state, &area);
  if (voice % 2 == 0)
    fig_gates_draw_clamps (cr, theme, reading, place, trace, state, &area, !summary);
}

void
fig_gates_draw_states (cairo_t *cr,
                       const FigTheme *theme,
                       const FigGates *gates,
                       const FigGatesLayout *layout,
                       guint index)
{
  for (guint state = 0; state < NN_N_STATES; state++)
    for (guint voice = 0; voice < FIG_N_VOICES; voice++)
      {
        cairo_save (cr);
        draw_state (cr, theme, gates, layout, index, voice, state);
        cairo_restore (cr);
      }
}
