/* letter-grid.h: columns under the letters of a name, where the gates' figure of one network has them.
 *
 * Figures of the same width that stand under each other have the same letters under each other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/geometry.h"
#include "figure/theme.h"

G_BEGIN_DECLS

/* In points. */
typedef struct
{
  guint n;        /* columns */
  double margin;  /* around the figure */
  double left;    /* of the first column; the words of the rows end before it */
  double column;  /* the width of one */
  double end;     /* right of the columns' scales */
} FigLetterGrid;

/* fig_letter_grid_init: @n: how many letters have a place, at least 1. */
void fig_letter_grid_init (FigLetterGrid *grid, const FigTheme *theme, double width, guint n);

/* The middle of a column, and the right end of the last one. */
double fig_letter_grid_middle (const FigLetterGrid *grid, guint letter);
double fig_letter_grid_right (const FigLetterGrid *grid);

/* fig_letter_grid_find: the column at @x, or -1. */
int fig_letter_grid_find (const FigLetterGrid *grid, double x);

/* fig_letter_grid_letters_height: what the row of letters takes. */
double fig_letter_grid_letters_height (const FigTheme *theme);

/* fig_letter_grid_draw_letters: the letters of @ascii in the row whose top is @y. */
void fig_letter_grid_draw_letters (cairo_t *cr,
                                   const FigTheme *theme,
                                   const FigLetterGrid *grid,
                                   const char *ascii,
                                   double y);

/* fig_letter_grid_draw_cursor: a frame around a column from @top to @bottom; nothing where there's no such column. */
void fig_letter_grid_draw_cursor (cairo_t *cr,
                                  const FigTheme *theme,
                                  const FigLetterGrid *grid,
                                  guint letter,
                                  double top,
                                  double bottom);

G_END_DECLS
