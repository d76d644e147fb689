/* confusion.h: what networks take for what: matrices side by side on one scale of colours.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"
#include "figure/colormap.h"
#include "figure/geometry.h"
#include "figure/theme.h"

G_BEGIN_DECLS

/* Which names a matrix counts; the words under it say so. */
typedef enum
{
  FIG_COUNTED_DRAWS,    /* class-uniform draws from the training rows, as the report counts */
  FIG_COUNTED_ROWS,     /* all rows */
  FIG_COUNTED_HELD_OUT, /* the rows held out */
} FigCounted;

/* One network's matrix. Everything is borrowed. */
typedef struct
{
  const char *label; /* (nullable): NULL for the kind's name */
  NnKind kind;
  const NnConfusion *confusion; /* (nullable): NULL where there is none yet */
  FigCounted counted;
} FigMatrix;

/* The figure's numbers. Everything is borrowed. Row = true class, column = guess; a row's cells are shares of it. */
typedef struct
{
  const FigMatrix *matrices;
  guint n_matrices;
  const char *const *classes; /* n_classes names, NULL-terminated */
  guint n_classes;            /* of every matrix */
  const char *title;          /* (nullable) */
} FigConfusion;

/* A cell of the figure. */
typedef struct
{
  guint matrix;
  guint truth;
  guint guess;
  FigRect cell; /* where it is drawn */
} FigConfusionHit;

/* fig_confusion_draw: draws the figure into (0, 0, width, height) of @cr, in points, and nowhere else. */
void fig_confusion_draw (cairo_t *cr,
                         double width,
                         double height,
                         const FigConfusion *confusion,
                         const FigTheme *theme);

/* fig_confusion_height:
 * Gives the height, in points, at which the matrices stand side by side and fill this width, or less where their cells
 * would become larger than is of use. */
double fig_confusion_height (const FigConfusion *confusion, const FigTheme *theme, double width);

/* fig_confusion_hit:
 * Tells which cell fig_confusion_draw draws at (x, y) for this width and height.
 * Returns: FALSE where there is none, or its matrix is empty. */
gboolean fig_confusion_hit (const FigConfusion *confusion,
                            const FigTheme *theme,
                            double width,
                            double height,
                            double x,
                            double y,
                            FigConfusionHit *hit);

/* fig_confusion_cell: where fig_confusion_draw draws that cell. */
FigRect fig_confusion_cell (const FigConfusion *confusion,
                            const FigTheme *theme,
                            double width,
                            double height,
                            guint matrix,
                            guint truth,
                            guint guess);

/* fig_confusion_share: the count of the cell over that of its row, 0..1; NaN where the row has no name. */
double fig_confusion_share (const NnConfusion *confusion, guint truth, guint guess);

/* fig_confusion_colormap: which share gets which colour. */
FigColormap fig_confusion_colormap (const FigTheme *theme);

/* fig_confusion_hit_text: "Czech taken for Polish: 12 of 98 (12.2 %)". (transfer full) */
char *fig_confusion_hit_text (const FigConfusion *confusion, const FigTheme *theme, const FigConfusionHit *hit);

/* fig_matrix_label: the matrix' label, or its kind's name. (transfer none) */
const char *fig_matrix_label (const FigMatrix *matrix);

/* fig_matrix_counted_text: "10,000 class-uniform draws, 61.2 % right". (transfer full) */
char *fig_matrix_counted_text (const FigMatrix *matrix, gboolean plain);

G_END_DECLS
