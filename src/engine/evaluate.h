/* evaluate.h: how often a network is right, and what it takes for what.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"
#include "engine/split.h"

G_BEGIN_DECLS

/* The draws with which the report counts training accuracy. */
#define NN_EVALUATION_DRAWS 10000

/* Which names are counted. */
typedef enum
{
  NN_COUNTED_DRAWS,    /* class-uniform draws from the training rows, as the report counts */
  NN_COUNTED_ROWS,     /* all rows */
  NN_COUNTED_HELD_OUT, /* the rows held out */
} NnCounted;

/* Counts of true class against guess; precision and the like are worked out from them. */
typedef struct
{
  guint n_classes;  /* C */
  guint64 total;    /* names counted */
  guint64 *counts;  /* [C x C], row = true class, column = guess */
  double loss;      /* mean negative log-likelihood of the names counted, NaN when there are none */
} NnConfusion;

/* Called now and then with the share done, 0..1; returning FALSE stops the evaluation, which then gives NULL. */
typedef gboolean (*NnProgress) (double done, gpointer data);

NnConfusion *nn_confusion_new (guint n_classes);
NnConfusion *nn_confusion_copy (const NnConfusion *confusion);
void nn_confusion_free (NnConfusion *confusion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnConfusion, nn_confusion_free)

/* nn_evaluate_rows:
 * Counts @model's guesses on the given rows (all rows where @rows is NULL). The model's classes are the dataset's.
 * Returns: (transfer full) (nullable): NULL only where @progress said to stop. */
NnConfusion *nn_evaluate_rows (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows,
                               NnProgress progress, gpointer data);

/* nn_evaluate_draws:
 * Counts @model's guesses as the report does: @n_draws times a class, uniformly, then one of its training rows,
 * uniformly; the same draws for every network with the same seed.
 * Returns: (transfer full) (nullable): NULL only where @progress said to stop. */
NnConfusion *nn_evaluate_draws (const NnModel *model, const NnSplit *split, guint n_draws, guint32 seed,
                                NnProgress progress, gpointer data);

/* nn_evaluate:
 * Counts @model's guesses on the names that @counted says, of the data of @split; @n_draws and @seed are of the draws.
 * Returns: (transfer full) (nullable): NULL only where @progress said to stop. */
NnConfusion *nn_evaluate (const NnModel *model, const NnSplit *split, NnCounted counted, guint n_draws, guint32 seed,
                          NnProgress progress, gpointer data);

/* nn_counted_id: "draws", "rows" or "held-out". (transfer none) */
const char *nn_counted_id (NnCounted counted);

/* nn_counted_from_id: FALSE, leaving @counted alone, for an unknown one. */
gboolean nn_counted_from_id (const char *id, NnCounted *counted);

/* nn_evaluate_guesses:
 * @model's guess for each of the given rows (all rows where @rows is NULL), one after the other: a class each. A string
 * that stands in several rows is read once.
 * Returns: (transfer full) (nullable): [n_rows]; NULL only where @progress said to stop. */
guint8 *nn_evaluate_guesses (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows,
                             NnProgress progress, gpointer data);

guint64 nn_confusion_count (const NnConfusion *confusion, guint truth, guint guess);
/* Names whose true class is @truth, and names taken for @guess. */
guint64 nn_confusion_row_total (const NnConfusion *confusion, guint truth);
guint64 nn_confusion_column_total (const NnConfusion *confusion, guint guess);

/* All 0..1. NaN where there is nothing to divide by: no names, no name of that class, no guess of it. */
double nn_confusion_accuracy (const NnConfusion *confusion);
/* The mean of the recalls of the classes that have names (class-balanced accuracy). */
double nn_confusion_macro_accuracy (const NnConfusion *confusion);
double nn_confusion_precision (const NnConfusion *confusion, guint index);
double nn_confusion_recall (const NnConfusion *confusion, guint index);
/* 2 TP / (2 TP + FP + FN). */
double nn_confusion_f1 (const NnConfusion *confusion, guint index);

G_END_DECLS
