/* attribution.c: which letters of a name counted for the guess.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/attribution.h"

#include "figure/attribution-layout.h"
#include "figure/colormap.h"
#include "figure/heatmap.h"
#include "figure/i18n.h"
#include "figure/number.h"
#include "figure/text.h"
#include "figure/ticks.h"

#include <math.h>
#include <string.h>

/* In times of the font's size. */
#define TITLE_ROW 1.8
#define LEGEND_ROW 1.6
#define PANEL_GAP 0.9
#define COMFORT_PANEL 6.0
#define LEAST_PANEL 4.6
#define MOST_PANEL 14.0
#define WITHOUT_ROW 6.4
#define SUM_ROW 1.8
#define NUMBER_COLUMN 2.1

static gboolean
has_place (const FigAttribution *figure, FigMeasured measure)
{
  return fig_attribution_values (figure, measure) != NULL
         || (measure == FIG_MEASURED_CONTRIBUTION && figure->keep_contributions);
}

/* The end of the measure's scale: the next round number above all of its values. */
static double
limit_of (const FigAttribution *figure, FigMeasured measure, guint length)
{
  const double *values = fig_attribution_values (figure, measure);
  double most = measure == FIG_MEASURED_CONTRIBUTION ? fabs (figure->bias) : 0;

  for (guint i = 0; values != NULL && i < length; i++)
    if (isfinite (values[i]))
      most = MAX (most, fabs (values[i]));
  return most > 0 ? fig_nice_ceiling (most) : 1;
}

void
fig_attribution_layout_init (FigAttributionLayout *layout,
                             const FigAttribution *figure,
                             const FigTheme *theme,
                             double width,
                             double height)
{
  double em = theme->font_size, y, fixed, panel_height;
  guint n = 0;

  *layout = (FigAttributionLayout){ .length = (guint) strlen (figure->ascii) };
  fig_letter_grid_init (&layout->grid, theme, width, MAX (figure->n_columns, layout->length));
  layout->title = layout->grid.margin;
  layout->legend = layout->title + TITLE_ROW * em;
  layout->letters = layout->legend + LEGEND_ROW * em;
  y = layout->letters + fig_letter_grid_letters_height (theme);
  for (guint i = 0; i < FIG_N_MEASURED; i++)
    n += has_place (figure, i);
  fixed = y + n * PANEL_GAP * em + (figure->left_out != NULL ? WITHOUT_ROW * em : 0)
          + (has_place (figure, FIG_MEASURED_CONTRIBUTION) ? SUM_ROW * em : 0) + layout->grid.margin;
  layout->natural_height = ceil (fixed + n * COMFORT_PANEL * em);
  panel_height = height <= 0 ? COMFORT_PANEL * em
                             : CLAMP ((height - fixed) / MAX (n, 1), LEAST_PANEL * em, MOST_PANEL * em);
  for (guint i = 0; i < FIG_N_MEASURED; i++)
    {
      double from = fig_snap (theme, y), to = fig_snap (theme, y + panel_height);

      if (!has_place (figure, i))
        continue;
      layout->panels[i].limit = limit_of (figure, i, layout->length);
      layout->panels[i].plot = (FigRect){ layout->grid.left, from, layout->grid.column * layout->grid.n, to - from };
      y = to;
      if (i == FIG_MEASURED_LEFT_OUT)
        {
          layout->without = (FigRect){ layout->grid.left, y, layout->panels[i].plot.width, WITHOUT_ROW * em };
          y += WITHOUT_ROW * em;
        }
      y += PANEL_GAP * em;
    }
  layout->bottom = y - PANEL_GAP * em;
  layout->sum = layout->bottom + 0.4 * em;
}

/* Orange where a letter speaks for the guess, blue where it speaks against it; what is lost by taking a letter out, it
 * spoke for. */
static FigColor
color_of (const FigTheme *theme, FigMeasured measure, double value)
{
  FigColormap map = { FIG_MAP_DIVERGING, theme->dark, -1, 1 };
  gboolean speaks_for = measure == FIG_MEASURED_LEFT_OUT ? value < 0 : value > 0;

  return fig_colormap_color (&map, speaks_for ? 0.8 : -0.8);
}

static guint
decimals_of (double limit)
{
  return limit < 1 ? 2 : limit < 20 ? 1 : 0;
}

/* A bar from 0 up or down, its number at its end where the column has room. */
static void
draw_bar (cairo_t *cr,
          const FigTheme *theme,
          const FigAttributionPanel *panel,
          FigMeasured measure,
          double value,
          double middle,
          double column)
{
  double zero = fig_snap (theme, panel->plot.y + panel->plot.height / 2), em = theme->font_size;
  double width = fig_snap (theme, CLAMP (column * 0.62, 1, 3 * em));
  /* The outer part of each half is for the numbers. */
  double reach = value / panel->limit * (panel->plot.height / 2 - 1.1 * em);
  g_autofree char *number = NULL;
  FigText text = fig_text (theme, 0.75);

  if (!isfinite (value))
    return;
  fig_set_color (cr, color_of (theme, measure, value));
  cairo_rectangle (cr, fig_snap (theme, middle - width / 2), MIN (zero, zero - reach), width, fabs (reach));
  cairo_fill (cr);
  number = fig_number (value, decimals_of (panel->limit), theme->plain_numbers);
  if (column >= NUMBER_COLUMN * em)
    fig_text_draw (cr, theme, &text, middle, zero - reach, 0.5, value >= 0 ? 1 : 0, number);
}

static void
draw_panel_words (cairo_t *cr,
                  const FigTheme *theme,
                  const FigAttributionLayout *layout,
                  const FigAttributionPanel *panel,
                  FigMeasured measure)
{
  static const char *const titles[FIG_N_MEASURED]
    = { N_ ("letter taken out"), N_ ("gradient \xc3\x97 input"), N_ ("share of the logit") };
  static const char *const units[FIG_N_MEASURED]
    = { N_ ("change of ln p, nats"), N_ ("first order, logits"), N_ ("exact, adds up") };
  FigText name = fig_text (theme, 0.95), note = fig_text_faint (theme, 0.82);
  double x = layout->grid.left - 0.5 * theme->font_size, y = panel->plot.y + panel->plot.height / 2;
  double line = fig_text_line_height (theme, &note), room = x - layout->grid.margin;
  guint decimals = decimals_of (panel->limit);
  g_autofree char *low = fig_number (-panel->limit, decimals, theme->plain_numbers);
  g_autofree char *high = fig_number (panel->limit, decimals, theme->plain_numbers);
  /* Translators: the two numbers are the ends of a scale. */
  g_autofree char *range = g_strdup_printf (_ ("%s to %s"), low, high);

  fig_text_fit (theme, &name, _ (titles[measure]), room, FIG_SMALLEST_TYPE);
  fig_text_draw (cr, theme, &name, x, y - 0.6 * line, 1, 1, _ (titles[measure]));
  fig_text_draw (cr, theme, &note, x, y + 0.7 * line, 1, 0, range);
  fig_text_fit (theme, &note, _ (units[measure]), room, FIG_SMALLEST_TYPE);
  fig_text_draw (cr, theme, &note, x, y, 1, 0.5, _ (units[measure]));
}

/* The biases' bar stands right of the letters'. */
static void
draw_bias (cairo_t *cr,
           const FigTheme *theme,
           const FigAttribution *figure,
           const FigAttributionLayout *layout,
           const FigAttributionPanel *panel)
{
  FigText note = fig_text_faint (theme, 0.75);
  double room = layout->grid.end - fig_rect_right (&panel->plot), middle = fig_rect_right (&panel->plot) + 0.55 * room;

  draw_bar (cr, theme, panel, FIG_MEASURED_CONTRIBUTION, figure->bias, middle,
            MAX (0.8 * room, NUMBER_COLUMN * theme->font_size));
  fig_text_fit (theme, &note, _ ("biases"), 0.9 * room, 5);
  fig_text_draw (cr, theme, &note, middle, fig_rect_bottom (&panel->plot), 0.5, 1, _ ("biases"));
}

static void
draw_panel (cairo_t *cr,
            const FigTheme *theme,
            const FigAttribution *figure,
            const FigAttributionLayout *layout,
            FigMeasured measure)
{
  const FigAttributionPanel *panel = &layout->panels[measure];
  const double *values = fig_attribution_values (figure, measure);
  double line = fig_hairline (theme);

  if (panel->plot.height <= 0)
    return;
  if (values == NULL)
    {
      fig_text_draw_message (cr, theme, &panel->plot,
                             _ ("only the linear RNN is an exact sum of its letters"));
      return;
    }
  fig_set_color (cr, theme->grid);
  for (guint i = 1; i < layout->grid.n && layout->grid.column >= 6; i++)
    cairo_rectangle (cr, fig_snap (theme, layout->grid.left + i * layout->grid.column), panel->plot.y, line,
                     panel->plot.height);
  cairo_fill (cr);
  for (guint i = 0; i < layout->length; i++)
    draw_bar (cr, theme, panel, measure, values[i], fig_letter_grid_middle (&layout->grid, i), layout->grid.column);
  fig_set_color (cr, theme->faint_ink);
  cairo_rectangle (cr, panel->plot.x, fig_snap (theme, panel->plot.y + panel->plot.height / 2), panel->plot.width,
                   line);
  cairo_fill (cr);
  fig_frame_draw (cr, theme, &panel->plot);
  draw_panel_words (cr, theme, layout, panel, measure);
  if (measure == FIG_MEASURED_CONTRIBUTION)
    draw_bias (cr, theme, figure, layout, panel);
  if (measure == FIG_MEASURED_LEFT_OUT && layout->length == 1)
    fig_text_draw_message (cr, theme, &panel->plot, _ ("without its one letter nothing is left"));
}

/* The guess without each letter, where it is another one. */
static void
draw_without (cairo_t *cr, const FigTheme *theme, const FigAttribution *figure, const FigAttributionLayout *layout)
{
  FigText text = fig_text (theme, CLAMP (layout->grid.column / theme->font_size / 1.12, 0.6, 0.88));
  FigText note = fig_text_faint (theme, 0.82);
  double y = layout->without.y + 0.3 * theme->font_size;

  if (layout->without.height <= 0 || figure->guess_without == NULL || layout->length < 2)
    return;
  fig_text_fit (theme, &note, _ ("guess without it"), layout->grid.left - layout->grid.margin - theme->font_size,
                FIG_SMALLEST_TYPE);
  fig_text_draw (cr, theme, &note, layout->grid.left - 0.5 * theme->font_size, y, 1, 0, _ ("guess without it"));
  text.max_width = layout->without.height - 0.5 * theme->font_size;
  for (guint i = 0; i < layout->length; i++)
    if (strcmp (figure->guess_without[i], figure->class_name) != 0)
      fig_text_draw_upwards (cr, theme, &text, fig_letter_grid_middle (&layout->grid, i), y, 0.5, 0,
                             figure->guess_without[i]);
}

static void
draw_heading (cairo_t *cr, const FigTheme *theme, const FigAttribution *figure, const FigAttributionLayout *layout)
{
  FigText title = fig_text (theme, 1.1), text = fig_text (theme, 0.82);
  g_autofree char *percent = fig_percent (figure->probability, 0, theme->plain_numbers);
  /* Translators: a network; the language that it guesses, and its probability. */
  g_autofree char *heading = g_strdup_printf (_ ("%s: which letters counted for %s (%s)"),
                                              fig_attribution_label (figure), figure->class_name, percent);
  const char *const words[] = { _ ("speaks for the guess"), _ ("speaks against it") };
  double x = layout->grid.margin, em = theme->font_size, y = layout->legend + LEGEND_ROW * em / 2;

  title.bold = TRUE;
  fig_text_fit (theme, &title, heading, MAX (layout->grid.end - x, 1), FIG_SMALLEST_TYPE);
  fig_text_draw (cr, theme, &title, x, layout->title, 0, 0, heading);
  for (guint i = 0; i < 2; i++)
    {
      fig_set_color (cr, color_of (theme, FIG_MEASURED_GRADIENT, i == 0 ? 1 : -1));
      cairo_rectangle (cr, fig_snap (theme, x), fig_snap (theme, y - 0.4 * em), fig_snap (theme, 0.8 * em),
                       fig_snap (theme, 0.8 * em));
      cairo_fill (cr);
      fig_text_draw (cr, theme, &text, x + 1.1 * em, y, 0, 0.5, words[i]);
      x += 2.4 * em + fig_text_width (theme, &text, words[i]);
    }
}

void
fig_attribution_draw (cairo_t *cr, double width, double height, const FigAttribution *figure, const FigTheme *theme)
{
  FigRect all = { 0, 0, width, height };
  FigText text = fig_text (theme, 0.95);
  FigAttributionLayout layout;

  g_return_if_fail (cr != NULL && figure != NULL && theme != NULL);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  if (figure->ascii == NULL)
    fig_text_draw_message (cr, theme, &all, _ ("Type a name to see which of its letters counted."));
  else
    {
      fig_attribution_layout_init (&layout, figure, theme, width, height);
      draw_heading (cr, theme, figure, &layout);
      fig_letter_grid_draw_letters (cr, theme, &layout.grid, figure->ascii, layout.letters);
      for (guint i = 0; i < FIG_N_MEASURED; i++)
        draw_panel (cr, theme, figure, &layout, i);
      draw_without (cr, theme, figure, &layout);
      if (figure->contributions != NULL)
        {
          g_autofree char *sum = fig_attribution_sum_text (figure, theme->plain_numbers);

          fig_text_fit (theme, &text, sum, MAX (layout.grid.end - layout.grid.margin, 1), FIG_SMALLEST_TYPE);
          fig_text_draw (cr, theme, &text, layout.grid.end, layout.sum, 1, 0, sum);
        }
      if (figure->has_cursor)
        fig_letter_grid_draw_cursor (cr, theme, &layout.grid, figure->cursor_letter, layout.letters, layout.bottom);
    }
  cairo_restore (cr);
}

double
fig_attribution_height (const FigAttribution *figure, const FigTheme *theme, double width)
{
  FigAttributionLayout layout;

  g_return_val_if_fail (figure != NULL && theme != NULL, 0);
  if (figure->ascii == NULL)
    return 6 * theme->font_size;
  fig_attribution_layout_init (&layout, figure, theme, width, 0);
  return layout.natural_height;
}

gboolean
fig_attribution_hit (const FigAttribution *figure,
                     const FigTheme *theme,
                     double width,
                     double height,
                     double x,
                     double y,
                     FigAttributionHit *hit)
{
  FigAttributionLayout layout;
  int letter;

  g_return_val_if_fail (figure != NULL && theme != NULL && hit != NULL, FALSE);
  *hit = (FigAttributionHit){ 0 };
  if (figure->ascii == NULL)
    return FALSE;
  fig_attribution_layout_init (&layout, figure, theme, width, height);
  letter = fig_letter_grid_find (&layout.grid, x);
  if (letter < 0 || letter >= (int) layout.length || y < layout.letters || y >= layout.bottom)
    return FALSE;
  hit->letter = (guint) letter;
  hit->place = (FigRect){ layout.grid.left + letter * layout.grid.column, layout.letters, layout.grid.column,
                          fig_letter_grid_letters_height (theme) };
  for (guint i = 0; i < FIG_N_MEASURED; i++)
    if (fig_attribution_values (figure, i) != NULL
        && (fig_rect_contains (&layout.panels[i].plot, x, y)
            || (i == FIG_MEASURED_LEFT_OUT && fig_rect_contains (&layout.without, x, y))))
      {
        hit->has_measure = TRUE;
        hit->measure = i;
        hit->place.y = layout.panels[i].plot.y;
        hit->place.height = layout.panels[i].plot.height;
      }
  return TRUE;
}
