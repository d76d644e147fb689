/* curves-layout.h: where everything stands in a figure of curves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/curves-lines.h"
#include "figure/legend.h"

G_BEGIN_DECLS

#define FIG_CURVES_MOST_NOTES 4

/* The legend has rows of its own above the plot, so it never covers a line. */
typedef struct
{
  FigRect title;
  FigRect legend;
  FigTheme legend_theme; /* of smaller type where there are many lines */
  FigAxes axes;
  GPtrArray *lines;     /* of FigLine */
  FigLegendItem *items; /* one for each line, then notes */
  guint n_items;
  char *notes[FIG_CURVES_MOST_NOTES];
} FigCurvesLayout;

/* fig_curves_layout_init: works out @layout, to be cleared. */
void fig_curves_layout_init (FigCurvesLayout *layout, const FigCurves *curves, const FigTheme *theme, double width,
                             double height);
void fig_curves_layout_clear (FigCurvesLayout *layout);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FigCurvesLayout, fig_curves_layout_clear)

/* fig_curves_fit_x, fig_curves_fit_y: the scales that show everything, whatever the figure's limits. */
FigScale fig_curves_fit_x (const FigCurves *curves);
FigScale fig_curves_fit_y (const FigCurves *curves);

/* fig_line_at: the line's point that lies nearest to @iteration, or -1 where it has none that near. */
int fig_line_at (const FigLineData *data, double iteration);

G_END_DECLS
