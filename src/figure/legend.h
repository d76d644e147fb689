/* legend.h: the row of samples above a plot.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/geometry.h"
#include "figure/text.h"

G_BEGIN_DECLS

typedef struct
{
  const char *label;
  FigStyle style;
  gboolean has_line;
  gboolean dashed;
  gboolean has_marker;
  gboolean hollow;
  gboolean faint; /* a note on how lines are drawn, not a line of the plot */
  gboolean new_row;
  gboolean has_band;
  gboolean hidden; /* the plot doesn't have it: greyed */
} FigLegendItem;

/* fig_legend_height: what @items take at this width, in as many rows as they need. */
double fig_legend_height (const FigTheme *theme, const FigLegendItem *items, guint n_items, double width);

/* fig_legend_draw: draws the rows from the top of @area. */
void fig_legend_draw (cairo_t *cr,
                      const FigTheme *theme,
                      const FigLegendItem *items,
                      guint n_items,
                      const FigRect *area);

/* fig_legend_hit: the item at (x, y) of the legend that fig_legend_draw draws in @area, or -1. */
int fig_legend_hit (const FigTheme *theme,
                    const FigLegendItem *items,
                    guint n_items,
                    const FigRect *area,
                    double x,
                    double y);

/* fig_legend_box: where fig_legend_draw draws item @index in @area. */
FigRect fig_legend_box (const FigTheme *theme,
                        const FigLegendItem *items,
                        guint n_items,
                        const FigRect *area,
                        guint index);

G_END_DECLS
