/* heatmap.h: a table of numbers as a picture, and the bar that tells its colours.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/colormap.h"
#include "figure/geometry.h"

G_BEGIN_DECLS

/* A vector file draws up to so many cells as rectangles; larger maps are an embedded image. */
#define FIG_MAX_RECTANGLES 20000

/* The value of (row, column), both from 0. */
typedef double (*FigCellValue) (guint row, guint column, gconstpointer data);

typedef struct
{
  guint n_rows; /* from the top */
  guint n_columns;
  FigCellValue value;
  gconstpointer data; /* given to @value */
  FigColormap map;
} FigHeatmap;

/* fig_heatmap_draw:
 * Fills @area with the map, each cell of the same size and of one colour. On the screen, rows too thin for a pixel are
 * averaged so that none is lost. */
void fig_heatmap_draw (cairo_t *cr, const FigTheme *theme, const FigHeatmap *heatmap, const FigRect *area);

/* fig_colorbar_draw: a bar that runs through the map's colours from its lower value at the bottom to the higher. */
void fig_colorbar_draw (cairo_t *cr, const FigTheme *theme, const FigColormap *map, const FigRect *area);

/* fig_frame_draw: a thin line around @area, outside of it. */
void fig_frame_draw (cairo_t *cr, const FigTheme *theme, const FigRect *area);

G_END_DECLS
