/* compare.h: loss, accuracy and confusion matrices on one sheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion.h"
#include "figure/curves.h"
#include "figure/export.h"

G_BEGIN_DECLS

/* Everything is borrowed. */
typedef struct
{
  FigCurves loss;
  FigCurves accuracy;
  FigConfusion confusion;
  const char *title; /* (nullable) */
} FigCompare;

/* fig_compare_draw: draws the sheet into (0, 0, width, height) of @cr, in points. */
void fig_compare_draw (cairo_t *cr, double width, double height, const FigCompare *compare, const FigTheme *theme);

/* fig_compare_height: the height at which it is comfortably read at this width. */
double fig_compare_height (const FigCompare *compare, const FigTheme *theme, double width);

/* fig_compare_csv: the tables of its three figures, each below a line "# figure:" and its name. @metadata: (nullable).
 * (transfer full) */
char *fig_compare_csv (const FigCompare *compare, const FigMetadata *metadata);

/* fig_compare_tex: its three figures as pictures, the matrices below the curves. (transfer full) */
char *fig_compare_tex (const FigCompare *compare, const FigPage *page);

/* fig_curves_height: the same for one figure of curves. */
double fig_curves_height (const FigTheme *theme, double width);

G_END_DECLS
