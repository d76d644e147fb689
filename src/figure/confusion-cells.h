/* confusion-cells.h: draws the cells of matrices and what is written into them. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion-layout.h"

G_BEGIN_DECLS

/* fig_confusion_cells_draw: the cells of a panel that has counts, and its scores where there are some. */
void fig_confusion_cells_draw (cairo_t *cr,
                               const FigTheme *theme,
                               const FigConfusion *confusion,
                               const FigConfusionLayout *layout,
                               guint panel);

G_END_DECLS
