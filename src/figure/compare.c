/* compare.c: loss, accuracy and confusion matrices on one sheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/compare.h"

#include "figure/text.h"

#include <math.h>

/* Height over width, and the least height in times of the type. */
#define CURVES_RATIO 0.62
#define CURVES_LEAST 20.0

/* More matrices than these stand in another row. */
#define MATRICES_ABREAST 3

double
fig_curves_height (const FigTheme *theme, double width)
{
  return ceil (MAX (CURVES_RATIO * width, CURVES_LEAST * theme->font_size));
}

static double
title_height (const FigCompare *compare, const FigTheme *theme)
{
  FigText title = fig_text (theme, 1.15);

  return compare->title != NULL ? fig_text_line_height (theme, &title) + theme->font_size : 0;
}

static double
matrices_height (const FigCompare *compare, const FigTheme *theme, double width)
{
  FigConfusion line = compare->confusion;
  guint lines = MAX ((fig_confusion_n_panels (&line) + MATRICES_ABREAST - 1) / MATRICES_ABREAST, 1);

  line.n_matrices = (line.n_matrices + lines - 1) / lines;
  return lines * fig_confusion_height (&line, theme, width);
}

double
fig_compare_height (const FigCompare *compare, const FigTheme *theme, double width)
{
  return ceil (title_height (compare, theme) + fig_curves_height (theme, width / 2)
               + matrices_height (compare, theme, width));
}

void
fig_compare_draw (cairo_t *cr, double width, double height, const FigCompare *compare, const FigTheme *theme)
{
  double top = title_height (compare, theme), natural = fig_compare_height (compare, theme, width);
  /* What there is of height is shared as it would be at the natural one. */
  double curves = (height - top) * fig_curves_height (theme, width / 2) / MAX (natural - top, 1);
  FigText title = fig_text (theme, 1.15);

  title.bold = TRUE;
  fig_paint_background (cr, theme, width, height);
  if (compare->title != NULL)
    fig_text_draw (cr, theme, &title, theme->font_size * 0.6, theme->font_size * 0.6, 0, 0, compare->title);
  cairo_save (cr);
  cairo_translate (cr, 0, top);
  fig_curves_draw (cr, width / 2, curves, &compare->loss, theme);
  cairo_translate (cr, width / 2, 0);
  fig_curves_draw (cr, width / 2, curves, &compare->accuracy, theme);
  cairo_restore (cr);
  cairo_save (cr);
  cairo_translate (cr, 0, top + curves);
  fig_confusion_draw (cr, width, height - top - curves, &compare->confusion, theme);
  cairo_restore (cr);
}
