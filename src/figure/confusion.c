/* confusion.c: what networks take for what: matrices side by side on one scale of colours.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/confusion.h"

#include "figure/confusion-cells.h"
#include "figure/heatmap.h"
#include "figure/i18n.h"
#include "figure/number.h"
#include "figure/text.h"
#include "figure/ticks.h"

#include <math.h>
#include <string.h>

#define MAX_BAR_STEPS 5

/* The classes' names; where not all have room, every k-th one, with a mark at each cell that is named. */
static void
draw_class_names (cairo_t *cr,
                  const FigTheme *theme,
                  const FigConfusion *confusion,
                  const FigConfusionLayout *layout,
                  const FigMatrixPlace *place)
{
  FigText text = fig_text (theme, layout->label_factor);
  double gap = theme->font_size * FIG_CONFUSION_GAP;
  const FigRect *cells = &place->cells;

  text.max_width = layout->cuts_labels ? layout->label_width + 0.5 : 0;
  cairo_save (cr);
  fig_set_color (cr, theme->faint_ink);
  cairo_set_line_width (cr, fig_hairline (theme));
  for (guint i = 0; i < confusion->n_classes; i += layout->label_every)
    {
      const char *name = confusion->classes[fig_confusion_class_at (confusion, i)];
      double at = (i + 0.5) * layout->cell;

      if (place->has_row_labels)
        fig_text_draw (cr, theme, &text, cells->x - gap, cells->y + at, 1, 0.5, name);
      fig_text_draw_upwards (cr, theme, &text, cells->x + at, fig_rect_bottom (cells) + gap, 0.5, 0, name);
      if (layout->label_every == 1)
        continue;
      fig_set_color (cr, theme->faint_ink);
      cairo_move_to (cr, cells->x - gap * 0.7, cells->y + at);
      cairo_line_to (cr, cells->x, cells->y + at);
      cairo_move_to (cr, cells->x + at, fig_rect_bottom (cells));
      cairo_line_to (cr, cells->x + at, fig_rect_bottom (cells) + gap * 0.7);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* Under the scores, as the classes' names are under the columns; with a percent sign or in points, as their numbers. */
static void
draw_score_names (cairo_t *cr,
                  const FigTheme *theme,
                  const FigConfusionLayout *layout,
                  const FigMatrixPlace *place,
                  const char *unit_name)
{
  FigText text = fig_text (theme, layout->label_factor), unit = fig_text_faint (theme, 0.95);
  double gap = theme->font_size * FIG_CONFUSION_GAP, column = place->scores.width / FIG_N_SCORES;

  for (guint i = 0; i < FIG_N_SCORES; i++)
    fig_text_draw_upwards (cr, theme, &text, place->scores.x + (i + 0.5) * column,
                           fig_rect_bottom (&place->scores) + gap, 0.5, 0,
                           fig_score_name ((FigScore) (FIG_SCORE_PRECISION + i)));
  fig_text_draw (cr, theme, &unit, place->scores.x + place->scores.width / 2,
                 fig_rect_bottom (&place->scores) + gap + layout->label_width, 0.5, 0, unit_name);
}

/* A footer that takes two lines breaks between its numbers, not within "61.2 % right". */
static char *
bind_last_words (const char *text)
{
  const char *comma = strrchr (text, ',');
  gsize kept = comma != NULL ? (gsize) (comma - text) + 2 : 0;
  g_autoptr (GString) bound = NULL;

  if (kept == 0 || kept > strlen (text))
    return g_strdup (text);
  bound = g_string_new (text + kept);
  g_string_replace (bound, " ", "\u00a0", 0);
  g_string_prepend_len (bound, text, (gssize) kept);
  return g_strdup (bound->str);
}

static void
draw_panel (cairo_t *cr,
            const FigTheme *theme,
            const FigConfusion *confusion,
            const FigConfusionLayout *layout,
            guint panel)
{
  const FigMatrixPlace *place = &layout->places[panel];
  const FigRect *cells = &place->cells;
  FigText title = fig_text (theme, 1.05), axis = fig_text_faint (theme, 0.95), footer = fig_text (theme, 0.92);
  double gap = theme->font_size * FIG_CONFUSION_GAP;
  gboolean has_counts = fig_confusion_has_counts (confusion, panel);
  g_autofree char *label = fig_confusion_panel_label (confusion, panel);
  g_autofree char *facts = fig_confusion_panel_counted_text (confusion, panel, theme->plain_numbers);
  g_autofree char *counted = bind_last_words (facts);

  title.bold = TRUE;
  /* Runs of one setting differ at the end of their titles. */
  title.keeps_end = TRUE;
  fig_text_fit (theme, &title, label, place->title.width, FIG_SMALLEST_TYPE);
  fig_text_draw (cr, theme, &title, place->title.x, place->title.y, 0, 0, label);
  if (has_counts)
    fig_confusion_cells_draw (cr, theme, confusion, layout, panel);
  else
    fig_text_draw_message (cr, theme, cells, _ ("not evaluated yet"));
  fig_frame_draw (cr, theme, cells);
  draw_class_names (cr, theme, confusion, layout, place);
  if (place->scores.width > 0)
    draw_score_names (cr, theme, layout, place,
                      fig_confusion_is_difference (confusion, panel) ? C_ ("unit", "points") : "%");
  fig_text_draw (cr, theme, &axis, cells->x + cells->width / 2, fig_rect_bottom (cells) + gap + layout->label_width,
                 0.5, 0, C_ ("matrix column", "guess"));
  if (place->has_row_labels)
    fig_text_draw_upwards (cr, theme, &axis, cells->x - 1.5 * gap - layout->label_width, cells->y + cells->height / 2,
                           1, 0.5, C_ ("matrix row", "true language"));
  footer.max_width = place->footer.width;
  footer.wrap = TRUE;
  if (has_counts)
    fig_text_draw (cr, theme, &footer, place->footer.x + place->footer.width / 2, place->footer.y, 0.5, 0, counted);
}

const char *
fig_confusion_bar_caption (const FigConfusion *confusion, gboolean difference, gboolean brief)
{
  gboolean draws = confusion->n_matrices > 0 && confusion->matrices[0].counted == FIG_COUNTED_DRAWS;

  if (difference)
    return brief ? C_ ("colour bar", "points") : _ ("difference in percentage points");
  if (confusion->cells != FIG_CELLS_COUNTS)
    return brief ? C_ ("colour bar", "share of row") : _ ("share of the names in the row");
  if (draws)
    return brief ? C_ ("colour bar", "draws") : C_ ("colour bar", "number of draws");
  return brief ? C_ ("colour bar", "names") : C_ ("colour bar", "number of names");
}

/* Turned beside the bar, in the words that have room there; a bar too low for any has none. */
static void
draw_bar_caption (cairo_t *cr, const FigTheme *theme, const FigConfusion *confusion, const FigRect *bar, double x,
                  gboolean difference)
{
  for (guint brief = 0; brief < 2; brief++)
    {
      FigText text = fig_text_faint (theme, 0.95);
      const char *caption = fig_confusion_bar_caption (confusion, difference, brief);
      double width = fig_text_width (theme, &text, caption);

      if (width > bar->height)
        text.size = MAX (text.size * bar->height / width * 0.98, brief ? FIG_SMALLEST_TYPE : text.size * 0.8);
      if (fig_text_width (theme, &text, caption) > bar->height)
        continue;
      fig_text_draw_upwards (cr, theme, &text, x, bar->y + bar->height / 2, 0, 0.5, caption);
      return;
    }
}

/* The number at @value of the bar. (transfer full) */
static char *
bar_number (const FigConfusion *confusion, const FigTheme *theme, gboolean difference, double value)
{
  g_autofree char *points = NULL;

  if (!difference && confusion->cells != FIG_CELLS_COUNTS)
    return fig_percent (value, 0, theme->plain_numbers);
  if (!difference)
    return fig_number (value, 0, theme->plain_numbers);
  points = fig_number (value * 100, 0, theme->plain_numbers);
  return g_strconcat (value > 0 ? "+" : "", points, NULL);
}

/* How far apart the numbers of a bar are, so that its ends have some. */
static double
bar_step (const FigColormap *map, double height, double font_size)
{
  double range = map->high - map->low, half = map->high / 2;
  double step = fig_nice_step (range, MAX_BAR_STEPS);

  /* A difference: -50, -25, 0, +25, +50, in whole points. */
  if (map->low < 0)
    return height <= 12 * font_size || fabs (half * 100 - round (half * 100)) > 1e-6 ? map->high : half;
  if (height <= 12 * font_size || fabs (range / step - round (range / step)) > 1e-6)
    return range;
  return step;
}

void
fig_confusion_bar_write (const FigTheme *theme,
                         const FigConfusion *confusion,
                         const FigRect *bar,
                         guint panel,
                         FigBarWriter writer,
                         gpointer data)
{
  gboolean difference = fig_confusion_is_difference (confusion, panel);
  FigColormap map = fig_confusion_panel_colormap (confusion, theme, panel);
  double step = bar_step (&map, bar->height, theme->font_size);

  for (double at = ceil (map.low / step - 1e-9) * step; at <= map.high + step * 1e-6; at += step)
    {
      double value = fabs (at) < step * 1e-6 ? 0 : at;
      g_autofree char *number = bar_number (confusion, theme, difference, value);

      writer (value, (value - map.low) / (map.high - map.low), number, data);
    }
}

/* Where a bar's numbers are drawn. */
typedef struct
{
  cairo_t *cr;
  const FigTheme *theme;
  const FigRect *bar;
  double widest; /* of them so far */
} Bar;

static void
draw_bar_number (double value, double position, const char *number, gpointer data)
{
  Bar *bar = data;
  FigText label = fig_text (bar->theme, 0.9);
  /* The outer two stay within the bar's height, so that they don't stick out of the figure. */
  double align = position < 1e-6 ? 0.8 : position > 1 - 1e-6 ? 0.2 : 0.5;

  fig_text_draw (bar->cr, bar->theme, &label, fig_rect_right (bar->bar) + bar->theme->font_size * FIG_CONFUSION_GAP,
                 bar->bar->y + (1 - position) * bar->bar->height, 0, align, number);
  bar->widest = MAX (bar->widest, fig_text_width (bar->theme, &label, number));
}

static void
draw_bar (cairo_t *cr, const FigTheme *theme, const FigConfusion *confusion, const FigRect *area, guint panel)
{
  FigColormap map = fig_confusion_panel_colormap (confusion, theme, panel);
  Bar bar = { cr, theme, area, 0 };

  fig_colorbar_draw (cr, theme, &map, area);
  fig_frame_draw (cr, theme, area);
  fig_confusion_bar_write (theme, confusion, area, panel, draw_bar_number, &bar);
  draw_bar_caption (cr, theme, confusion, area,
                    fig_rect_right (area) + 2 * theme->font_size * FIG_CONFUSION_GAP + bar.widest,
                    fig_confusion_is_difference (confusion, panel));
}

void
fig_confusion_draw (cairo_t *cr, double width, double height, const FigConfusion *confusion, const FigTheme *theme)
{
  g_auto (FigConfusionLayout) layout = { 0 };
  FigRect all = { 0, 0, width, height };
  FigText title = fig_text (theme, 1.15);

  g_return_if_fail (cr != NULL && confusion != NULL && theme != NULL);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  if (confusion->n_matrices == 0 || confusion->n_classes == 0)
    fig_text_draw_message (cr, theme, &all, _ ("no network is chosen"));
  else
    {
      fig_confusion_layout_init (&layout, confusion, theme, width, height);
      title.bold = TRUE;
      title.max_width = layout.title.width;
      if (confusion->title != NULL)
        fig_text_draw (cr, theme, &title, layout.title.x, layout.title.y, 0, 0, confusion->title);
      for (guint i = 0; i < fig_confusion_n_panels (confusion); i++)
        draw_panel (cr, theme, confusion, &layout, i);
      draw_bar (cr, theme, confusion, &layout.bars[0], 0);
      if (fig_confusion_is_difference (confusion, confusion->n_matrices))
        draw_bar (cr, theme, confusion, &layout.bars[1], confusion->n_matrices);
    }
  cairo_restore (cr);
}

/* ---- Cells ---- */

static FigRect
cell_rect (const FigConfusion *confusion, const FigConfusionLayout *layout, guint matrix, guint truth, guint guess)
{
  const FigRect *cells = &layout->places[matrix].cells;
  double side = layout->cell;

  return (FigRect){ cells->x + fig_confusion_place_of (confusion, guess) * side,
                    cells->y + fig_confusion_place_of (confusion, truth) * side, side, side };
}

static FigRect
score_rect (const FigConfusion *confusion, const FigConfusionLayout *layout, guint matrix, guint truth, FigScore score)
{
  const FigRect *scores = &layout->places[matrix].scores;
  double width = scores->width / FIG_N_SCORES;

  return (FigRect){ scores->x + (score - FIG_SCORE_PRECISION) * width,
                    scores->y + fig_confusion_place_of (confusion, truth) * layout->cell, width, layout->cell };
}

FigRect
fig_confusion_cell (const FigConfusion *confusion,
                    const FigTheme *theme,
                    double width,
                    double height,
                    guint matrix,
                    guint truth,
                    guint guess)
{
  g_auto (FigConfusionLayout) layout = { 0 };

  g_return_val_if_fail (confusion != NULL && theme != NULL, (FigRect){ 0 });
  g_return_val_if_fail (matrix < fig_confusion_n_panels (confusion), (FigRect){ 0 });
  fig_confusion_layout_init (&layout, confusion, theme, width, height);
  return cell_rect (confusion, &layout, matrix, truth, guess);
}

FigRect
fig_confusion_score_cell (const FigConfusion *confusion,
                          const FigTheme *theme,
                          double width,
                          double height,
                          guint matrix,
                          guint truth,
                          FigScore score)
{
  g_auto (FigConfusionLayout) layout = { 0 };

  g_return_val_if_fail (confusion != NULL && theme != NULL && score != FIG_SCORE_NONE, (FigRect){ 0 });
  g_return_val_if_fail (matrix < fig_confusion_n_panels (confusion), (FigRect){ 0 });
  fig_confusion_layout_init (&layout, confusion, theme, width, height);
  return score_rect (confusion, &layout, matrix, truth, score);
}

/* What lies at (x, y) of one panel. */
static gboolean
hit_panel (const FigConfusion *confusion, const FigConfusionLayout *layout, guint panel, double x, double y,
           FigConfusionHit *hit)
{
  const FigMatrixPlace *place = &layout->places[panel];
  gboolean in_scores = fig_rect_contains (&place->scores, x, y);
  guint last = confusion->n_classes - 1;

  if (!in_scores && !fig_rect_contains (&place->cells, x, y))
    return FALSE;
  hit->matrix = panel;
  hit->truth = fig_confusion_class_at (confusion, MIN ((guint) ((y - place->cells.y) / layout->cell), last));
  if (in_scores)
    {
      guint column = (guint) ((x - place->scores.x) / place->scores.width * FIG_N_SCORES);

      hit->guess = hit->truth;
      hit->score = (FigScore) (FIG_SCORE_PRECISION + MIN (column, FIG_N_SCORES - 1));
      hit->cell = score_rect (confusion, layout, panel, hit->truth, hit->score);
      return TRUE;
    }
  hit->guess = fig_confusion_class_at (confusion, MIN ((guint) ((x - place->cells.x) / layout->cell), last));
  hit->score = FIG_SCORE_NONE;
  hit->cell = cell_rect (confusion, layout, panel, hit->truth, hit->guess);
  return TRUE;
}

gboolean
fig_confusion_hit (const FigConfusion *confusion,
                   const FigTheme *theme,
                   double width,
                   double height,
                   double x,
                   double y,
                   FigConfusionHit *hit)
{
  g_auto (FigConfusionLayout) layout = { 0 };

  g_return_val_if_fail (confusion != NULL && theme != NULL && hit != NULL, FALSE);
  if (confusion->n_matrices == 0 || confusion->n_classes == 0)
    return FALSE;
  fig_confusion_layout_init (&layout, confusion, theme, width, height);
  for (guint i = 0; i < fig_confusion_n_panels (confusion); i++)
    if (fig_confusion_has_counts (confusion, i) && hit_panel (confusion, &layout, i, x, y, hit))
      return TRUE;
  return FALSE;
}
