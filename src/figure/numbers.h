/* numbers.h: the numbers of the networks that are compared, as a table: on the screen, in the terminal, in a report.
 *
 * What was not measured is NaN.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"
#include "engine/kind.h"
#include "figure/sheet.h"

G_BEGIN_DECLS

/* A measured share, 0..1, and its 95 % interval. */
typedef struct
{
  double value;
  double low;
  double high;
  guint64 n; /* names that it was measured on */
} FigShare;

typedef enum
{
  FIG_NUMBERS_FINAL,    /* measured when the run was over */
  FIG_NUMBERS_MOMENT,   /* of the moment: the run is not over */
  FIG_NUMBERS_DIVERGED, /* of the last finite weights of a run that diverged */
} FigNumbersState;

/* A network's row. */
typedef struct
{
  const char *label; /* (nullable): NULL for the name of its kind */
  NnKind kind;
  FigNumbersState state;
  double parameters;
  double iterations;
  double loss;       /* mean over the draws of @training */
  FigShare training; /* class-uniform draws from the training rows */
  FigShare held_out; /* the held-out rows */
  FigShare macro;    /* the mean of their recalls */
  double names_per_second;
  double seconds;
} FigNumbers;

/* Two networks on the same held-out names: McNemar's exact test. */
typedef struct
{
  guint first;  /* rows of the table */
  guint second;
  guint n_names; /* different names that both read */
  guint only_first;
  guint only_second;
  double p;
} FigPairing;

/* Everything is borrowed. */
typedef struct
{
  const FigNumbers *rows;
  guint n_rows;
  const FigPairing *pairings;
  guint n_pairings;
} FigNumbersTable;

typedef enum
{
  FIG_COLUMN_PARAMETERS,
  FIG_COLUMN_ITERATIONS,
  FIG_COLUMN_LOSS,
  FIG_COLUMN_TRAINING,
  FIG_COLUMN_HELD_OUT,
  FIG_COLUMN_MACRO,
  FIG_COLUMN_SPEED,
  FIG_COLUMN_SECONDS,
  FIG_N_COLUMNS
} FigColumn;

/* fig_numbers_init: a row without numbers. */
void fig_numbers_init (FigNumbers *numbers, const char *label, NnKind kind);

/* fig_numbers_set_training, fig_numbers_set_held_out:
 * Fills loss and training, or held_out and macro, with Wilson's intervals, the macro accuracy's put together from those
 * of the classes (see engine/interval.h). NULL leaves them as they are. */
void fig_numbers_set_training (FigNumbers *numbers, const NnConfusion *draws);
void fig_numbers_set_held_out (FigNumbers *numbers, const NnConfusion *rows);

/* fig_numbers_label: (transfer none) */
const char *fig_numbers_label (const FigNumbers *numbers);

/* fig_column_title, fig_column_explanation: of a column, in the user's language. (transfer none) */
const char *fig_column_title (FigColumn column);
const char *fig_column_explanation (FigColumn column);

/* fig_numbers_cell: "97,042", "52.3 % (49.8–54.7)"; an en dash for what was not measured. @plain: as in number.h.
 * (transfer full) */
char *fig_numbers_cell (const FigNumbers *numbers, FigColumn column, gboolean plain);

/* fig_p_value: "p = 0.034", "p < 0.0001". (transfer full) */
char *fig_p_value (double p, gboolean plain);

/* fig_pairing_describe:
 * "LSTM against RNN: 310 names only LSTM gets right, 210 only RNN; p = 0.0001"; an en dash instead of the numbers where p
 * is NaN. (transfer full) */
char *fig_pairing_describe (const FigNumbersTable *table, const FigPairing *pairing, gboolean plain);

/* fig_numbers_write:
 * The table in a format. Words are in the user's language, numbers in the C locale; CSV has the columns network, state
 * (final, moment or diverged), parameters, iterations, final_loss, train_accuracy, train_accuracy_low,
 * train_accuracy_high, train_draws, the like for held_out_accuracy (with held_out_rows) and held_out_macro,
 * names_per_second, seconds, and where networks were tested against each other for each network X "only_right_vs_X",
 * the names that the row's network alone of both gets right, and "mcnemar_p_vs_X". In the other formats the tests are a
 * table of their own, below.
 * @metadata: (nullable): for comments, where the format has some
 * Returns: (transfer full). */
char *fig_numbers_write (const FigNumbersTable *table, FigSheetFormat format, const FigMetadata *metadata);

G_END_DECLS
