/* confusion-layout.h: where the parts of the matrices' figure stand. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion.h"

G_BEGIN_DECLS

/* One matrix and what is written around it. */
typedef struct
{
  FigRect cells;
  FigRect title;  /* above the cells */
  FigRect footer; /* under the labels of the columns */
  gboolean has_row_labels;
} FigMatrixPlace;

typedef struct
{
  FigRect title;
  FigMatrixPlace *places; /* one a matrix */
  FigRect bar;
  double cell;         /* the side of a cell */
  double label_factor; /* the size of the classes' names, in times of the theme's */
  double label_width;  /* the widest of them */
  guint label_every;   /* every k-th class is named where not all have room */
} FigConfusionLayout;

/* The line above the cells, at the left of a row of matrices, and so on, in times of the font's size. */
#define FIG_CONFUSION_GAP 0.45

void fig_confusion_layout_init (FigConfusionLayout *layout,
                                const FigConfusion *confusion,
                                const FigTheme *theme,
                                double width,
                                double height);
void fig_confusion_layout_clear (FigConfusionLayout *layout);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FigConfusionLayout, fig_confusion_layout_clear)

G_END_DECLS
