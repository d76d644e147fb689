/* confusion-layout.h: where the parts of the matrices' figure stand. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion.h"

G_BEGIN_DECLS

/* Between the cells and what is written around them, in times of the font's size. */
#define FIG_CONFUSION_GAP 0.45
#define FIG_MAX_BARS 2

/* The type of the numbers in the cells of scores, in times of the theme's. */
#define FIG_SCORE_TYPE 0.78

/* The height of a line of numbers in cells, in times of their size. */
#define FIG_CELL_LEADING 1.22

/* One panel, a matrix or the difference, and what is written around it. */
typedef struct
{
  FigRect cells;
  FigRect title;  /* above the cells */
  FigRect footer; /* under the labels of the columns */
  FigRect scores; /* right of the cells; no width where there are none */
  gboolean has_row_labels;
} FigMatrixPlace;

typedef struct
{
  FigRect title;
  FigMatrixPlace *places;      /* one a panel */
  FigRect bars[FIG_MAX_BARS]; /* of the matrices' colours, and of the difference's */
  double cell;         /* the side of a cell */
  double label_factor; /* the size of the classes' names, in times of the theme's */
  double label_width;  /* the widest of them */
  gboolean cuts_labels; /* whether a longer one ends there */
  guint label_every;   /* every k-th class is named where not all have room */
} FigConfusionLayout;

void fig_confusion_layout_init (FigConfusionLayout *layout,
                                const FigConfusion *confusion,
                                const FigTheme *theme,
                                double width,
                                double height);
void fig_confusion_layout_clear (FigConfusionLayout *layout);

/* fig_confusion_class_at, fig_confusion_place_of: which class stands at a place of the order, and where a class stands.
 * */
guint fig_confusion_class_at (const FigConfusion *confusion, guint place);
guint fig_confusion_place_of (const FigConfusion *confusion, guint index);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FigConfusionLayout, fig_confusion_layout_clear)

G_END_DECLS
