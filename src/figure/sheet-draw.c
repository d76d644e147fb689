/* sheet-draw.c: a table of words and numbers as a figure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/sheet-draw.h"

#include "figure/text.h"

#include <math.h>

/* In times of the font's size. */
#define MARGIN 0.6
#define ROW 1.6
#define LEAST_FONT 0.45

/* Where the columns stand, and how large the type is that fits. */
typedef struct
{
  FigText head;
  FigText cell;
  double *widths; /* [n_columns]: of the widest cell */
  double gap;
  double margin;
  double line;
  double title;
  guint n_rows;
} SheetLayout;

static const char *
cell_of (const FigSheet *sheet, guint row, guint column)
{
  return g_ptr_array_index (sheet->cells, row * sheet->titles->len + column);
}

/* Measures the columns at @factor times the type. Returns: what they take, with the margins. */
static double
measure (SheetLayout *layout, const FigSheet *sheet, const FigTheme *theme, double factor)
{
  double sum;

  layout->cell = fig_text (theme, 0.9 * factor);
  layout->head = layout->cell;
  layout->head.bold = TRUE;
  layout->margin = MARGIN * theme->font_size;
  layout->gap = 1.4 * factor * theme->font_size;
  layout->line = ROW * factor * theme->font_size;
  sum = 2 * layout->margin - layout->gap;
  for (guint column = 0; column < sheet->titles->len; column++)
    {
      double width = fig_text_width (theme, &layout->head, g_ptr_array_index (sheet->titles, column));

      for (guint row = 0; row < layout->n_rows; row++)
        width = MAX (width, fig_text_width (theme, &layout->cell, cell_of (sheet, row, column)));
      layout->widths[column] = width;
      sum += width + layout->gap;
    }
  return sum;
}

static void
layout_init (SheetLayout *layout, const FigSheetFigure *figure, const FigTheme *theme, double width)
{
  const FigSheet *sheet = figure->sheet;
  guint n = sheet->titles->len;
  FigText title = fig_text (theme, 1.15);
  double needed;

  *layout = (SheetLayout){ .widths = g_new0 (double, n + 1), .n_rows = n > 0 ? sheet->cells->len / n : 0 };
  needed = measure (layout, sheet, theme, 1);
  if (needed > width)
    measure (layout, sheet, theme,
             MAX ((width - 2 * layout->margin) / MAX (needed - 2 * layout->margin, 1), LEAST_FONT));
  layout->title = figure->title != NULL ? fig_text_line_height (theme, &title) + 0.4 * theme->font_size : 0;
}

double
fig_sheet_height (const FigSheetFigure *figure, const FigTheme *theme, double width)
{
  SheetLayout layout;

  g_return_val_if_fail (figure != NULL && theme != NULL, 0);
  layout_init (&layout, figure, theme, width);
  g_free (layout.widths);
  return ceil (2 * layout.margin + layout.title + (layout.n_rows + 1.2) * layout.line);
}

static void
draw_row (cairo_t *cr, const FigTheme *theme, const FigSheet *sheet, const SheetLayout *layout, int row, double y)
{
  const FigText *text = row < 0 ? &layout->head : &layout->cell;
  double x = layout->margin;

  for (guint column = 0; column < sheet->titles->len; column++)
    {
      const char *words = row < 0 ? g_ptr_array_index (sheet->titles, column) : cell_of (sheet, (guint) row, column);
      gboolean is_number = g_array_index (sheet->is_number, gboolean, column);

      fig_text_draw (cr, theme, text, is_number ? x + layout->widths[column] : x, y + layout->line / 2,
                     is_number ? 1 : 0, 0.5, words);
      x += layout->widths[column] + layout->gap;
    }
}

void
fig_sheet_draw (cairo_t *cr, double width, double height, const FigSheetFigure *figure, const FigTheme *theme)
{
  FigText title = fig_text (theme, 1.15);
  SheetLayout layout;
  double y;

  g_return_if_fail (cr != NULL && figure != NULL && theme != NULL);
  layout_init (&layout, figure, theme, width);
  y = layout.margin;
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  title.bold = TRUE;
  title.max_width = MAX (width - 2 * layout.margin, 1);
  if (figure->title != NULL)
    fig_text_draw (cr, theme, &title, layout.margin, y, 0, 0, figure->title);
  y += layout.title;
  draw_row (cr, theme, figure->sheet, &layout, -1, y);
  y += layout.line;
  fig_set_color (cr, theme->faint_ink);
  cairo_rectangle (cr, layout.margin, fig_snap (theme, y + 0.1 * layout.line), width - 2 * layout.margin,
                   fig_hairline (theme));
  cairo_fill (cr);
  y += 0.2 * layout.line;
  for (guint row = 0; row < layout.n_rows; row++, y += layout.line)
    draw_row (cr, theme, figure->sheet, &layout, (int) row, y);
  cairo_restore (cr);
  g_free (layout.widths);
}

char *
fig_sheet_csv (const FigSheetFigure *figure, const FigMetadata *metadata)
{
  GString *csv = g_string_new (NULL);

  g_return_val_if_fail (figure != NULL, g_string_free (csv, FALSE));
  fig_sheet_append_comments (FIG_SHEET_CSV, metadata, csv);
  fig_sheet_append (figure->sheet, FIG_SHEET_CSV, csv);
  return g_string_free (csv, FALSE);
}
