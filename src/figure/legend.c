/* legend.c: the row of samples above a plot.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/legend.h"

#include "figure/series.h"

/* In times of the font's size. */
#define SAMPLE 2.4
#define SAMPLE_GAP 0.5
#define ITEM_GAP 1.6
#define ROW_HEIGHT 1.7

/* What the sample takes; a mere sentence has none. */
static double
sample_width (const FigTheme *theme, const FigLegendItem *item)
{
  return item->has_line || item->has_marker || item->has_band ? (SAMPLE + SAMPLE_GAP) * theme->font_size : 0;
}

static FigText
item_text (const FigTheme *theme, const FigLegendItem *item, double width)
{
  FigText text = item->faint ? fig_text_faint (theme, 0.92) : fig_text (theme, 1.0);

  text.max_width = MAX (width - sample_width (theme, item), 1);
  /* A mere sentence is to be read to its end. */
  text.wrap = item->new_row && sample_width (theme, item) <= 0;
  if (item->hidden)
    text.color = fig_color_mix (theme->ink, theme->background, 0.55);
  return text;
}

/* Places item after item, in a new row where the next one doesn't fit. Returns: the height of all rows. */
static double
place (const FigTheme *theme, const FigLegendItem *items, guint n_items, double width, FigRect *boxes)
{
  double x = 0, y = 0, size = theme->font_size, height = 0;

  for (guint i = 0; i < n_items; i++)
    {
      FigText text = item_text (theme, &items[i], width);
      double wide, high;

      fig_text_measure (theme, &text, items[i].label, &wide, &high);
      wide += sample_width (theme, &items[i]);
      if (x > 0 && (x + wide > width || items[i].new_row))
        {
          x = 0;
          y += height;
          height = 0;
        }
      /* Of several lines, the further ones stand closer. */
      height = MAX (height, ROW_HEIGHT * size + MAX (high - fig_text_line_height (theme, &text), 0));
      boxes[i] = (FigRect){ x, y, wide, height };
      x += wide + ITEM_GAP * size;
    }
  return y + height;
}

double
fig_legend_height (const FigTheme *theme, const FigLegendItem *items, guint n_items, double width)
{
  g_autofree FigRect *boxes = g_new (FigRect, n_items + 1);

  return place (theme, items, n_items, width, boxes);
}

static void
draw_sample (cairo_t *cr, const FigTheme *theme, const FigLegendItem *item, double x, double y)
{
  double width = SAMPLE * theme->font_size, half = 0.45 * theme->font_size;
  FigStyle style = item->style;

  if (item->hidden)
    style.color = fig_color_mix (theme->ink, theme->background, 0.7);
  if (item->has_band)
    {
      fig_set_color (cr, fig_color_fade (style.color, FIG_BAND_ALPHA));
      cairo_rectangle (cr, x, y - half, width, 2 * half);
      cairo_fill (cr);
    }
  if (item->has_line)
    {
      fig_series_set_line (cr, theme, &style, item->dashed);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x + width, y);
      cairo_stroke (cr);
    }
  if (item->has_marker)
    fig_series_draw_marker (cr, theme, &style, item->hollow, x + width / 2, y);
}

void
fig_legend_draw (cairo_t *cr, const FigTheme *theme, const FigLegendItem *items, guint n_items, const FigRect *area)
{
  g_autofree FigRect *boxes = g_new (FigRect, n_items + 1);

  place (theme, items, n_items, area->width, boxes);
  for (guint i = 0; i < n_items; i++)
    {
      FigText text = item_text (theme, &items[i], area->width);
      double x = area->x + boxes[i].x, y = area->y + boxes[i].y + boxes[i].height / 2;

      cairo_save (cr);
      draw_sample (cr, theme, &items[i], x, y);
      cairo_restore (cr);
      fig_text_draw (cr, theme, &text, x + sample_width (theme, &items[i]), y, 0, 0.5, items[i].label);
    }
}

int
fig_legend_hit (const FigTheme *theme,
                const FigLegendItem *items,
                guint n_items,
                const FigRect *area,
                double x,
                double y)
{
  g_autofree FigRect *boxes = g_new (FigRect, n_items + 1);

  place (theme, items, n_items, area->width, boxes);
  for (guint i = 0; i < n_items; i++)
    if (fig_rect_contains (&boxes[i], x - area->x, y - area->y))
      return (int) i;
  return -1;
}

FigRect
fig_legend_box (const FigTheme *theme, const FigLegendItem *items, guint n_items, const FigRect *area, guint index)
{
  g_autofree FigRect *boxes = g_new (FigRect, n_items + 1);

  place (theme, items, n_items, area->width, boxes);
  return (FigRect){ area->x + boxes[index].x, area->y + boxes[index].y, boxes[index].width, boxes[index].height };
}
