/* series-dense.h: a line of many more points than pixels, as the area that its stroke would cover.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/series.h"

G_BEGIN_DECLS

/* fig_series_fill_dense:
 * Fills what the solid line through @points (values of @axes, x rising on a linear axis) would cover.
 * @column: the width, in points of the figure, of the columns of which each keeps its lowest and highest value
 * @line_width: of the line, in points */
void fig_series_fill_dense (cairo_t *cr,
                            const FigAxes *axes,
                            const FigPoint *points,
                            guint n_points,
                            double column,
                            double line_width);

G_END_DECLS
