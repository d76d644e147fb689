/* confusion-cells.h: draws the cells of matrices and what is written into them. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion-layout.h"

G_BEGIN_DECLS

/* What is written into a cell of the matrix or of the scores: one line, or two of which the first stands above. */
typedef void (*FigCellWriter) (
  guint row, guint column, const char *first, const char *second, double size, FigColor color, gpointer data);

/* fig_confusion_cells_write, fig_confusion_scores_write:
 * Call @writer for every number in the cells of a panel that has counts, in the order of the rows. */
void fig_confusion_cells_write (const FigTheme *theme,
                                const FigConfusion *confusion,
                                const FigConfusionLayout *layout,
                                guint panel,
                                FigCellWriter writer,
                                gpointer data);
void fig_confusion_scores_write (const FigTheme *theme,
                                 const FigConfusion *confusion,
                                 const FigConfusionLayout *layout,
                                 guint panel,
                                 FigCellWriter writer,
                                 gpointer data);

/* fig_confusion_readable_cell: the side of a cell in which every number that is to be written has room at a size that is
 * read at ease, whatever the counts will be; 0 where nothing is written. */
double fig_confusion_readable_cell (const FigConfusion *confusion, const FigTheme *theme);

/* fig_confusion_scores_are_colored: whether scores have the colours of the panel, which are of shares then. */
gboolean fig_confusion_scores_are_colored (const FigConfusion *confusion, guint panel);

/* A number beside a bar of colours. @position: 0 at its low end, 1 at its high one */
typedef void (*FigBarWriter) (double value, double position, const char *number, gpointer data);

/* fig_confusion_bar_write: calls @writer for every number beside the panel's bar, from the lowest. (confusion.c) */
void fig_confusion_bar_write (const FigTheme *theme,
                              const FigConfusion *confusion,
                              const FigRect *bar,
                              guint panel,
                              FigBarWriter writer,
                              gpointer data);

/* fig_confusion_bar_caption: what those numbers are of; @brief: in fewer words. (transfer none) (confusion.c) */
const char *fig_confusion_bar_caption (const FigConfusion *confusion, gboolean difference, gboolean brief);

/* fig_confusion_cells_draw: the cells of a panel that has counts, and its scores where there are some. */
void fig_confusion_cells_draw (cairo_t *cr,
                               const FigTheme *theme,
                               const FigConfusion *confusion,
                               const FigConfusionLayout *layout,
                               guint panel);

G_END_DECLS
