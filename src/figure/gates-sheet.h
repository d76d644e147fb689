/* gates-sheet.h: any number of networks' gates on one sheet, in rows of as many as a figure holds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/export.h"
#include "figure/gates.h"

G_BEGIN_DECLS

typedef struct
{
  FigGates *rows; /* [n_rows] */
  guint n_rows;   /* 1 at least */
} FigGatesSheet;

/* fig_gates_sheet_init:
 * Arranges @gates, which may have more readings than a figure holds, in rows of about equally many. Networks that are
 * wanted side by side, but would be too narrow there at @width points, go on in another row, or stand one under the
 * other.
 * @sheet: borrows what @gates borrows */
void fig_gates_sheet_init (FigGatesSheet *sheet, const FigGates *gates, const FigTheme *theme, double width);
void fig_gates_sheet_clear (FigGatesSheet *sheet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FigGatesSheet, fig_gates_sheet_clear)

/* fig_gates_sheet_draw: draws the sheet into (0, 0, width, height) of @cr, in points. */
void fig_gates_sheet_draw (cairo_t *cr, double width, double height, const FigGatesSheet *sheet, const FigTheme *theme);

/* fig_gates_sheet_height: as fig_gates_height. */
double fig_gates_sheet_height (const FigGatesSheet *sheet, const FigTheme *theme, double width);

/* fig_gates_sheet_csv, fig_gates_sheet_tex: as fig_gates_csv, and as fig_gates_tex with a picture a row. */
char *fig_gates_sheet_csv (const FigGatesSheet *sheet, const FigMetadata *metadata);
char *fig_gates_sheet_tex (const FigGatesSheet *sheet, const FigPage *page);

G_END_DECLS
