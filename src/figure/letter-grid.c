/* letter-grid.c: columns under the letters of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/letter-grid.h"

#include "figure/gates-layout.h"
#include "figure/names.h"
#include "figure/text.h"

#include <math.h>

/* In times of the font's size, as in the gates' figure. */
#define MARGIN 0.6
#define WIDEST_COLUMN 14.0
#define LETTER_ROW 2.0

void
fig_letter_grid_init (FigLetterGrid *grid, const FigTheme *theme, double width, guint n)
{
  double em = theme->font_size, labels = fig_gates_label_width (theme), bar = fig_gates_bar_width (theme);
  double column = CLAMP ((width - 2 * MARGIN * em - labels - bar) / MAX (n, 1), 1.0, WIDEST_COLUMN * em);

  if (column >= 4)
    column = MAX (1.0, floor (column * theme->device_scale) / theme->device_scale);
  *grid = (FigLetterGrid){ MAX (n, 1), MARGIN * em, fig_snap (theme, MARGIN * em + labels), column, 0 };
  grid->end = fig_letter_grid_right (grid) + bar;
}

double
fig_letter_grid_middle (const FigLetterGrid *grid, guint letter)
{
  return grid->left + (letter + 0.5) * grid->column;
}

double
fig_letter_grid_right (const FigLetterGrid *grid)
{
  return grid->left + grid->n * grid->column;
}

int
fig_letter_grid_find (const FigLetterGrid *grid, double x)
{
  double column = floor ((x - grid->left) / grid->column);

  return column >= 0 && column < grid->n ? (int) column : -1;
}

double
fig_letter_grid_letters_height (const FigTheme *theme)
{
  return LETTER_ROW * theme->font_size;
}

void
fig_letter_grid_draw_letters (cairo_t *cr,
                              const FigTheme *theme,
                              const FigLetterGrid *grid,
                              const char *ascii,
                              double y)
{
  FigText text = fig_text (theme, CLAMP (grid->column / theme->font_size * 1.15, 0.5, 1.45));

  text.bold = TRUE;
  for (guint i = 0; ascii[i] != '\0' && i < grid->n; i++)
    {
      g_autofree char *letter = fig_letter (ascii[i]);

      fig_text_draw (cr, theme, &text, fig_letter_grid_middle (grid, i), y + fig_letter_grid_letters_height (theme) / 2,
                     0.5, 0.5, letter);
    }
}

void
fig_letter_grid_draw_cursor (cairo_t *cr,
                             const FigTheme *theme,
                             const FigLetterGrid *grid,
                             guint letter,
                             double top,
                             double bottom)
{
  if (letter >= grid->n)
    return;
  cairo_save (cr);
  fig_set_color (cr, theme->accent);
  cairo_set_line_width (cr, MAX (fig_hairline (theme), fig_snap (theme, 0.15 * theme->font_size)));
  cairo_rectangle (cr, fig_snap (theme, grid->left + letter * grid->column), top, grid->column, bottom - top);
  cairo_stroke (cr);
  cairo_restore (cr);
}
