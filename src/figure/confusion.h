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
  FIG_COUNTED_DRAWS = NN_COUNTED_DRAWS,       /* class-uniform draws from the training rows, as the report counts */
  FIG_COUNTED_ROWS = NN_COUNTED_ROWS,         /* all rows */
  FIG_COUNTED_HELD_OUT = NN_COUNTED_HELD_OUT, /* the rows held out */
} FigCounted;

/* One network's matrix. Everything is borrowed. */
typedef struct
{
  const char *label; /* (nullable): NULL for the kind's name */
  NnKind kind;
  const NnConfusion *confusion; /* (nullable): NULL where there is none yet */
  FigCounted counted;
  gboolean is_earlier; /* counted with weights of an earlier moment of the training, which the panel then says */
  guint64 iteration;   /* that moment */
} FigMatrix;

/* What is written into the cells, where it can be read: what has no room is left out rather than made smaller than type
 * that is read, and a percentage below 2 beside the diagonal isn't worth a number. */
typedef enum
{
  FIG_CELLS_PERCENT, /* of the names of the row; the colours are those shares */
  FIG_CELLS_COUNTS,  /* names; the colours are the counts, on one scale for all matrices */
  FIG_CELLS_BOTH,    /* the percentage, and under it the count; the colours are the shares */
  FIG_CELLS_NONE,    /* the colours alone, which are the shares */
} FigCells;

/* What is told of a class beside the matrix. */
typedef enum
{
  FIG_SCORE_NONE,
  FIG_SCORE_PRECISION,
  FIG_SCORE_RECALL,
  FIG_SCORE_F1,
} FigScore;
#define FIG_N_SCORES 3

/* The figure's numbers. Everything is borrowed. Row = true class, column = guess; a row's cells are shares of it. With
 * @difference a panel more follows the matrices: the shares of the first minus those of the second. */
typedef struct
{
  const FigMatrix *matrices;
  guint n_matrices;
  const char *const *classes; /* n_classes names, NULL-terminated */
  guint n_classes;            /* of every matrix */
  const char *title;          /* (nullable) */
  FigCells cells;
  const guint *order;         /* (nullable): [n_classes]: which class stands first, second, ...; NULL: as in classes */
  gboolean difference;        /* wants two matrices at least */
  gboolean scores;            /* precision, recall and F1 of each class beside each matrix */
} FigConfusion;

/* A cell of the figure. Classes are numbered as in FigConfusion's classes, whatever the order. */
typedef struct
{
  guint matrix; /* n_matrices is the difference */
  guint truth;
  guint guess;    /* of a score: the same class */
  FigScore score; /* FIG_SCORE_NONE for a cell of the matrix itself */
  FigRect cell;   /* where it is drawn */
} FigConfusionHit;

/* fig_cells_id: "percent", "counts", "both" or "none". (transfer none) */
const char *fig_cells_id (FigCells cells);

/* fig_cells_from_id: FALSE, leaving @cells alone, for an unknown one. */
gboolean fig_cells_from_id (const char *id, FigCells *cells);

/* fig_confusion_n_panels: the matrices, and one more where their difference is shown. */
guint fig_confusion_n_panels (const FigConfusion *confusion);

/* fig_confusion_is_difference: whether that panel is the difference. */
gboolean fig_confusion_is_difference (const FigConfusion *confusion, guint panel);

/* fig_confusion_has_counts: whether the panel has something to show. */
gboolean fig_confusion_has_counts (const FigConfusion *confusion, guint panel);

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

/* fig_confusion_readable_height:
 * Gives the height, in points, at which every cell of the matrices has room for its numbers in this width: side by side
 * where the cells are large enough then, else in rows of fewer. Cells are no larger than that takes, and the height does
 * not depend on how large the counts happen to be within the names that are counted. */
double fig_confusion_readable_height (const FigConfusion *confusion, const FigTheme *theme, double width);

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

/* fig_confusion_cell: where fig_confusion_draw draws that cell; @matrix may be the difference. */
FigRect fig_confusion_cell (const FigConfusion *confusion,
                            const FigTheme *theme,
                            double width,
                            double height,
                            guint matrix,
                            guint truth,
                            guint guess);

/* fig_confusion_score_cell: where it draws a score of class @truth; without width where there are no scores. */
FigRect fig_confusion_score_cell (const FigConfusion *confusion,
                                  const FigTheme *theme,
                                  double width,
                                  double height,
                                  guint matrix,
                                  guint truth,
                                  FigScore score);

/* fig_confusion_share: the count of the cell over that of its row, 0..1; NaN where the row has no name. */
double fig_confusion_share (const NnConfusion *confusion, guint truth, guint guess);

/* fig_confusion_score: precision, recall or F1 of a class, 0..1; NaN where there is nothing to divide by. */
double fig_confusion_score (const NnConfusion *confusion, guint truth, FigScore score);

/* fig_confusion_value:
 * What the colour of a cell stands for: a share, 0..1; a count, where the cells have counts; in the difference the
 * difference of the shares, -1..1. NaN where the row has no name.
 * @panel: one that has counts */
double fig_confusion_value (const FigConfusion *confusion, guint panel, guint truth, guint guess);

/* fig_confusion_panel_score: the same of a score; in the difference, the first matrix' score minus the second's. */
double fig_confusion_panel_score (const FigConfusion *confusion, guint panel, guint truth, FigScore score);

/* fig_confusion_colormap: which share gets which colour. */
FigColormap fig_confusion_colormap (const FigTheme *theme);

/* fig_confusion_panel_colormap:
 * Which of the panel's values gets which colour: one map for all the matrices, and one for the difference, centred on 0
 * and as wide as the largest one needs. */
FigColormap fig_confusion_panel_colormap (const FigConfusion *confusion, const FigTheme *theme, guint panel);

/* fig_confusion_hit_text:
 * "Czech taken for Polish: 12 of 98 (12.2 %)"; of the difference, what it is of each of the two; of a score, all three
 * of the class. It may have several lines. (transfer full) */
char *fig_confusion_hit_text (const FigConfusion *confusion, const FigTheme *theme, const FigConfusionHit *hit);

/* fig_confusion_panel_label: that of the matrix, or "LSTM − RNN" of the difference. (transfer full) */
char *fig_confusion_panel_label (const FigConfusion *confusion, guint panel);

/* fig_confusion_panel_counted_text: what the panel counts, as fig_matrix_counted_text. (transfer full) */
char *fig_confusion_panel_counted_text (const FigConfusion *confusion, guint panel, gboolean plain);

/* fig_score_name: "precision", "recall", "F1". (transfer none) */
const char *fig_score_name (FigScore score);

/* fig_matrix_label: the matrix' label, or its kind's name. (transfer none) */
const char *fig_matrix_label (const FigMatrix *matrix);

/* fig_matrix_counted_text: "10,000 class-uniform draws, 61.2 % right". (transfer full) */
char *fig_matrix_counted_text (const FigMatrix *matrix, gboolean plain);

G_END_DECLS
