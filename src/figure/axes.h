/* axes.h: the frame around a plot: its ticks, grid and titles.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/geometry.h"
#include "figure/text.h"
#include "figure/ticks.h"

G_BEGIN_DECLS

typedef struct
{
  /* set by the caller */
  FigScale x;
  FigScale y;
  FigTickFormat x_format;
  FigTickFormat y_format;
  const char *x_title; /* (nullable): what is drawn, and its unit */
  const char *y_title; /* (nullable) */

  /* set by fig_axes_layout */
  FigRect area;
  FigRect plot; /* within the frame */
  FigTicks x_ticks;
  FigTicks y_ticks;
} FigAxes;

/* fig_axes_layout: places the plot within @area so that ticks and titles have room, and chooses the ticks. */
void fig_axes_layout (FigAxes *axes, const FigTheme *theme, const FigRect *area);

/* Where a value comes to lie, in points; NaN where the axis has no place for it. */
double fig_axes_x (const FigAxes *axes, double value);
double fig_axes_y (const FigAxes *axes, double value);

/* fig_axes_draw_grid: what lies under the data. */
void fig_axes_draw_grid (cairo_t *cr, const FigTheme *theme, const FigAxes *axes);

/* fig_axes_draw: frame, tick labels and titles. */
void fig_axes_draw (cairo_t *cr, const FigTheme *theme, const FigAxes *axes);

G_END_DECLS
