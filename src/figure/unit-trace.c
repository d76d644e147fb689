/* unit-trace.c: one unit of a network over the letters of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/unit-trace.h"

#include "figure/gates-layout.h"
#include "figure/heatmap.h"
#include "figure/i18n.h"
#include "figure/number.h"
#include "figure/unit-trace-layout.h"

#include <math.h>

/* In times of the font's size. */
#define TITLE_ROW 1.9
#define PANEL_GAP 0.8
#define COMFORT_PANEL 5.2
#define LEAST_PANEL 4.2
#define MOST_PANEL 14.0
#define UPDATE_GAP 0.7
#define LINE 0.15
#define NEAR 0.8

static const NnState panel_states[FIG_UNIT_PANELS][3] = {
  { NN_STATE_FORGET, NN_STATE_INPUT, NN_STATE_OUTPUT },
  { NN_STATE_CANDIDATE, NN_STATE_HIDDEN },
  { NN_STATE_CELL },
};

static void
init_panels (FigUnitLayout *layout, const NnTrace *trace)
{
  static const guint counts[FIG_UNIT_PANELS] = { 3, 2, 1 };

  for (guint i = 0; i < FIG_UNIT_PANELS; i++)
    for (guint j = 0; j < counts[i]; j++)
      {
        FigUnitPanel *panel = &layout->panels[i];
        NnState state = panel_states[i][j];

        if (trace->states[state] == NULL)
          continue;
        panel->range = fig_state_range (trace->kind, state);
        panel->states[panel->n_states++] = state;
      }
}

/* The update's words in the height that they need. */
static double
measure_update (const FigUnitTrace *figure, const FigTheme *theme, FigText *text, double width, char **words)
{
  double height;

  *text = fig_text (theme, 1.0);
  text->markup = TRUE;
  text->wrap = TRUE;
  text->max_width = MAX (width, 1);
  *words = fig_unit_trace_update (figure->trace, figure->unit, fig_unit_letter (figure), theme->plain_numbers, TRUE);
  fig_text_measure (theme, text, *words, NULL, &height);
  return height;
}

void
fig_unit_layout_init (FigUnitLayout *layout,
                      const FigUnitTrace *figure,
                      const FigTheme *theme,
                      double width,
                      double height)
{
  double em = theme->font_size, y, fixed, panel_height, words_height;
  g_autofree char *words = NULL;
  guint n_panels = 0;
  FigText text;

  *layout = (FigUnitLayout){ 0 };
  fig_letter_grid_init (&layout->grid, theme, width, MAX (figure->n_columns, figure->trace->length));
  init_panels (layout, figure->trace);
  for (guint i = 0; i < FIG_UNIT_PANELS; i++)
    n_panels += layout->panels[i].n_states > 0;
  words_height = measure_update (figure, theme, &text, layout->grid.end - layout->grid.margin, &words);
  layout->title = layout->grid.margin;
  layout->letters = layout->title + TITLE_ROW * em;
  y = layout->letters + fig_letter_grid_letters_height (theme);
  /* Two lines more, so that nothing moves when another letter's numbers need them. */
  words_height = MAX (words_height, 4.5 * fig_text_line_height (theme, &text));
  fixed = y + n_panels * PANEL_GAP * em + (UPDATE_GAP * em + words_height) + layout->grid.margin;
  layout->natural_height = ceil (fixed + n_panels * COMFORT_PANEL * em);
  panel_height = height <= 0 ? COMFORT_PANEL * em : (height - fixed) / MAX (n_panels, 1);
  panel_height = CLAMP (panel_height, LEAST_PANEL * em, MOST_PANEL * em);
  for (guint i = 0; i < FIG_UNIT_PANELS; i++)
    if (layout->panels[i].n_states > 0)
      {
        double from = fig_snap (theme, y), to = fig_snap (theme, y + panel_height);

        layout->panels[i].plot = (FigRect){ layout->grid.left, from, layout->grid.column * layout->grid.n, to - from };
        y = to + PANEL_GAP * em;
      }
  layout->bottom = y - PANEL_GAP * em;
  y = layout->bottom + UPDATE_GAP * em;
  layout->update = (FigRect){ layout->grid.margin, y, layout->grid.end - layout->grid.margin, words_height };
}

double
fig_unit_panel_y (const FigUnitPanel *panel, double value)
{
  double share = (value - panel->range.low) / (panel->range.high - panel->range.low);

  return fig_rect_bottom (&panel->plot) - CLAMP (share, 0, 1) * panel->plot.height;
}

guint
fig_unit_letter (const FigUnitTrace *figure)
{
  return figure->has_cursor && figure->cursor_letter < figure->trace->length ? figure->cursor_letter
                                                                               : figure->trace->length - 1;
}

/* How a state's line looks: by colour and by marker, each alone enough. Okabe and Ito's colours. */
static FigStyle
style_of (const FigTheme *theme, NnState state)
{
  static const guint32 colors[NN_N_STATES] = {
    [NN_STATE_FORGET] = 0xff0072b2,    [NN_STATE_INPUT] = 0xffe69f00, [NN_STATE_OUTPUT] = 0xff009e73,
    [NN_STATE_CANDIDATE] = 0xffcc79a7, [NN_STATE_CELL] = 0xff56b4e9,  [NN_STATE_HIDDEN] = 0xffd55e00,
  };
  static const FigMarker markers[NN_N_STATES] = {
    [NN_STATE_FORGET] = FIG_MARKER_CIRCLE,      [NN_STATE_INPUT] = FIG_MARKER_SQUARE,
    [NN_STATE_OUTPUT] = FIG_MARKER_TRIANGLE,    [NN_STATE_CANDIDATE] = FIG_MARKER_DIAMOND,
    [NN_STATE_CELL] = FIG_MARKER_CIRCLE,        [NN_STATE_HIDDEN] = FIG_MARKER_SQUARE,
  };
  FigStyle style = { fig_color_from_pixel (colors[state]), markers[state], { 0 }, 0 };

  if (theme->dark && state == NN_STATE_FORGET)
    style.color = fig_color_mix (style.color, theme->ink, 0.35);
  return style;
}

static void
draw_line (cairo_t *cr,
           const FigTheme *theme,
           const FigUnitLayout *layout,
           const FigUnitPanel *panel,
           const NnTrace *trace,
           guint unit,
           NnState state,
           const FigStyle *style)
{
  cairo_new_path (cr);
  for (guint i = 0; i < trace->length; i++)
    cairo_line_to (cr, fig_letter_grid_middle (&layout->grid, i),
                   fig_unit_panel_y (panel, nn_trace_state (trace, state, i)[unit]));
  fig_set_color (cr, style != NULL ? style->color : theme->faint_ink);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, (style != NULL ? LINE : 0.6 * LINE) * theme->font_size);
  cairo_stroke (cr);
  for (guint i = 0; style != NULL && i < trace->length; i++)
    {
      fig_marker_path (cr, style->marker, fig_letter_grid_middle (&layout->grid, i),
                       fig_unit_panel_y (panel, nn_trace_state (trace, state, i)[unit]), 0.55 * theme->font_size);
      fig_set_color (cr, style->color);
      cairo_fill (cr);
    }
}

/* The lines' names at the left, each with its marker, and the ends of the scale at the right. */
static void
draw_panel_words (cairo_t *cr, const FigTheme *theme, const FigUnitLayout *layout, const FigUnitPanel *panel)
{
  FigText name = fig_text (theme, 0.95), note = fig_text_faint (theme, 0.82);
  double x = layout->grid.left - 1.5 * theme->font_size, line = fig_text_line_height (theme, &name);
  double y = panel->plot.y + (panel->plot.height - panel->n_states * line) / 2 + line / 2;
  double right = fig_rect_right (&panel->plot) + 0.4 * theme->font_size;
  g_autofree char *high = fig_number (panel->range.high, 0, theme->plain_numbers);
  g_autofree char *low = fig_number (panel->range.low, 0, theme->plain_numbers);
  g_autofree char *top = g_strdup_printf ("%s%s", panel->range.clipped ? "\xe2\x89\xa5" : "", high);
  g_autofree char *bottom = g_strdup_printf ("%s%s", panel->range.clipped ? "\xe2\x89\xa4" : "", low);

  name.markup = TRUE;
  for (guint i = 0; i < panel->n_states; i++, y += line)
    {
      g_autofree char *label = fig_gates_state_label (panel->states[i]);
      FigStyle style = style_of (theme, panel->states[i]);

      fig_text_draw (cr, theme, &name, x, y, 1, 0.5, label);
      fig_marker_path (cr, style.marker, x + 0.7 * theme->font_size, y, 0.7 * theme->font_size);
      fig_set_color (cr, style.color);
      cairo_fill (cr);
    }
  fig_text_draw (cr, theme, &note, right, panel->plot.y, 0, 0.2, top);
  fig_text_draw (cr, theme, &note, right, fig_rect_bottom (&panel->plot), 0, 0.8, bottom);
  if (panel->range.low < 0)
    fig_text_draw (cr, theme, &note, right, fig_unit_panel_y (panel, 0), 0, 0.5, "0");
}

static void
draw_panel (cairo_t *cr,
            const FigTheme *theme,
            const FigUnitTrace *figure,
            const FigUnitLayout *layout,
            const FigUnitPanel *panel)
{
  FigRange range = panel->range;
  double middle = fig_snap (theme, fig_unit_panel_y (panel, (range.low + range.high) / 2));

  if (panel->n_states == 0)
    return;
  fig_set_color (cr, theme->grid);
  for (guint i = 1; i < layout->grid.n && layout->grid.column >= 6; i++)
    cairo_rectangle (cr, fig_snap (theme, layout->grid.left + i * layout->grid.column), panel->plot.y,
                     fig_hairline (theme), panel->plot.height);
  cairo_rectangle (cr, panel->plot.x, middle, panel->plot.width, fig_hairline (theme));
  cairo_fill (cr);
  fig_frame_draw (cr, theme, &panel->plot);
  for (guint i = 0; i < panel->n_states; i++)
    {
      FigStyle style = style_of (theme, panel->states[i]);

      if (figure->unclamped != NULL)
        draw_line (cr, theme, layout, panel, figure->unclamped, figure->unit, panel->states[i], NULL);
      draw_line (cr, theme, layout, panel, figure->trace, figure->unit, panel->states[i], &style);
    }
  draw_panel_words (cr, theme, layout, panel);
}

void
fig_unit_trace_draw (cairo_t *cr, double width, double height, const FigUnitTrace *figure, const FigTheme *theme)
{
  FigRect all = { 0, 0, width, height };
  FigText title = fig_text (theme, 1.1), text;
  g_autofree char *heading = NULL, *words = NULL;
  FigUnitLayout layout;

  g_return_if_fail (cr != NULL && figure != NULL && theme != NULL);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  if (figure->trace == NULL)
    fig_text_draw_message (cr, theme, &all, _ ("Choose a unit to see how it comes to its values."));
  else
    {
      fig_unit_layout_init (&layout, figure, theme, width, height);
      heading = fig_unit_title (figure);
      title.bold = TRUE;
      fig_text_fit (theme, &title, heading, MAX (layout.grid.end - layout.grid.margin, 1), FIG_SMALLEST_TYPE);
      fig_text_draw (cr, theme, &title, layout.grid.margin, layout.title, 0, 0, heading);
      fig_letter_grid_draw_letters (cr, theme, &layout.grid, figure->trace->ascii, layout.letters);
      for (guint i = 0; i < FIG_UNIT_PANELS; i++)
        draw_panel (cr, theme, figure, &layout, &layout.panels[i]);
      fig_letter_grid_draw_cursor (cr, theme, &layout.grid, fig_unit_letter (figure), layout.letters, layout.bottom);
      measure_update (figure, theme, &text, layout.update.width, &words);
      fig_text_draw (cr, theme, &text, layout.update.x, layout.update.y, 0, 0, words);
    }
  cairo_restore (cr);
}

double
fig_unit_trace_height (const FigUnitTrace *figure, const FigTheme *theme, double width)
{
  FigUnitLayout layout;

  g_return_val_if_fail (figure != NULL && theme != NULL, 0);
  if (figure->trace == NULL)
    return 6 * theme->font_size;
  fig_unit_layout_init (&layout, figure, theme, width, 0);
  return layout.natural_height;
}

gboolean
fig_unit_trace_hit (const FigUnitTrace *figure,
                    const FigTheme *theme,
                    double width,
                    double height,
                    double x,
                    double y,
                    FigUnitTraceHit *hit)
{
  FigUnitLayout layout;
  double nearest = NEAR * theme->font_size;
  int letter;

  g_return_val_if_fail (figure != NULL && theme != NULL && hit != NULL, FALSE);
  *hit = (FigUnitTraceHit){ 0 };
  if (figure->trace == NULL)
    return FALSE;
  fig_unit_layout_init (&layout, figure, theme, width, height);
  letter = fig_letter_grid_find (&layout.grid, x);
  if (letter < 0 || letter >= (int) figure->trace->length || y < layout.letters || y >= layout.bottom)
    return FALSE;
  hit->letter = (guint) letter;
  hit->place = (FigRect){ layout.grid.left + letter * layout.grid.column, layout.letters, layout.grid.column,
                          layout.bottom - layout.letters };
  for (guint i = 0; i < FIG_UNIT_PANELS; i++)
    for (guint j = 0; j < layout.panels[i].n_states && fig_rect_contains (&layout.panels[i].plot, x, y); j++)
      {
        NnState state = layout.panels[i].states[j];
        double value = nn_trace_state (figure->trace, state, hit->letter)[figure->unit];
        double distance = fabs (fig_unit_panel_y (&layout.panels[i], value) - y);

        if (distance >= nearest)
          continue;
        nearest = distance;
        hit->has_state = TRUE;
        hit->state = state;
        hit->value = value;
      }
  return TRUE;
}
