/* sheet-draw.h: a table of words and numbers as a figure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/sheet.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  const FigSheet *sheet;
  const char *title; /* (nullable) */
} FigSheetFigure;

/* fig_sheet_draw: the table from the top left; where it is wider than there is room its type becomes smaller. */
void fig_sheet_draw (cairo_t *cr, double width, double height, const FigSheetFigure *figure, const FigTheme *theme);
double fig_sheet_height (const FigSheetFigure *figure, const FigTheme *theme, double width);

/* fig_sheet_csv: (transfer full). @metadata: (nullable) */
char *fig_sheet_csv (const FigSheetFigure *figure, const FigMetadata *metadata);

G_END_DECLS
