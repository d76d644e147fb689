/* gates-layout.h: where the parts of the gates' figure stand. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/gates.h"
#include "figure/text.h"

G_BEGIN_DECLS

/* The readings of one network: of the first name and the second one, each with and without clamps. */
enum
{
  FIG_VOICE_FIRST,
  FIG_VOICE_FIRST_UNCLAMPED,
  FIG_VOICE_SECOND,
  FIG_VOICE_SECOND_UNCLAMPED,
  FIG_N_VOICES
};

/* How the class guessed is written under its letter. */
typedef enum
{
  FIG_NAMES_ACROSS,  /* the columns are wide enough for every class's name */
  FIG_NAMES_UPWARDS, /* turned, one in each column */
  FIG_NAMES_SPARSE,  /* turned, where the guess changes and there's room */
} FigNamesMode;

/* One reading's rows. What is not there has the height 0. */
typedef struct
{
  FigRect letters;
  FigRect names; /* the guesses */
  FigRect bars;  /* their probabilities */
  FigRect blocks[NN_N_STATES];  /* the strip of all units, or the plot of their summary */
  FigRect telling[NN_N_STATES]; /* the strips of the most telling units, of equal heights */
} FigGatesRows;

/* One network's part. */
typedef struct
{
  FigRect area;
  double left;   /* of the first letter's column */
  double column; /* the width of a letter's column */
  FigRect title;
  FigRect legend; /* which class has which colour */
  FigGatesRows rows[FIG_N_VOICES];
  FigRect caption; /* what the strips below it show */
  FigRect message; /* where there is no trace: the words instead */
  gboolean has_labels; /* what the rows are, at the left */
} FigGatesPlace;

typedef struct
{
  FigRect title;
  FigRect letters; /* those above all networks; height 0 where each has its own, or there are none */
  FigGatesPlace places[FIG_MAX_READINGS];
  guint n_letters;
  gboolean has_voice[FIG_N_VOICES];
  guint n_telling;
  const NnTrace *first;  /* whose letters stand above; NULL where nobody has any */
  const NnTrace *second; /* likewise of the second name */
  FigNamesMode names_mode;
  double names_factor; /* the size of the guesses, in times of the theme's */
  double letter_factor;
  double natural_height;
} FigGatesLayout;

/* fig_gates_layout_init: @height 0: the natural one. */
void fig_gates_layout_init (FigGatesLayout *layout,
                            const FigGates *gates,
                            const FigTheme *theme,
                            double width,
                            double height);

/* fig_gates_voice: that reading's trace, or NULL. (transfer none) */
const NnTrace *fig_gates_voice (const FigReading *reading, guint voice);

/* fig_gates_unit: the unit that stands in @row, of the network's units in their order. */
guint fig_gates_unit (const FigReading *reading, guint row);

/* fig_gates_telling_row: the strip of the telling unit @index (from 0) of a state. */
FigRect fig_gates_telling_row (const FigGatesLayout *layout, const FigGatesRows *rows, NnState state, guint index);

/* fig_gates_column: the middle of a letter's column. */
double fig_gates_column (const FigGatesPlace *place, guint letter);

/* The words at the left of a state's strip: its name, with its symbol as markup, and its range. (transfer full) */
char *fig_gates_state_label (NnState state);
char *fig_gates_range_label (NnKind kind, NnState state, gboolean plain);

/* What the words at the left and the colour bars at the right take, the same in every figure whose columns are the
 * letters of a name, so that they stand under each other. */
double fig_gates_label_width (const FigTheme *theme);
double fig_gates_bar_width (const FigTheme *theme);

/* The parts, each of one network. */
void fig_gates_draw_guesses (cairo_t *cr,
                             const FigTheme *theme,
                             const FigGates *gates,
                             const FigGatesLayout *layout,
                             guint index);
void fig_gates_draw_states (cairo_t *cr,
                            const FigTheme *theme,
                            const FigGates *gates,
                            const FigGatesLayout *layout,
                            guint index);
void fig_gates_draw_labels (cairo_t *cr,
                            const FigTheme *theme,
                            const FigGates *gates,
                            const FigGatesLayout *layout,
                            guint index);

/* fig_gates_draw_summary: the plot of the mean and the quartiles of a state; the unclamped mean is a thin line. */
void fig_gates_draw_summary (cairo_t *cr,
                             const FigTheme *theme,
                             const FigGatesPlace *place,
                             const NnTrace *trace,
                             const NnTrace *unclamped,
                             NnState state,
                             const FigRect *area);

/* fig_gates_draw_clamps: marks what is held in the rows from @first_unit's on, and says at what. */
void fig_gates_draw_clamps (cairo_t *cr,
                            const FigTheme *theme,
                            const FigReading *reading,
                            const FigGatesPlace *place,
                            const NnTrace *trace,
                            NnState state,
                            const FigRect *area,
                            gboolean by_unit);

/* fig_gates_draw_hatching: thin slanted lines over @area. */
void fig_gates_draw_hatching (cairo_t *cr, const FigTheme *theme, const FigRect *area);

/* fig_gates_title_text: "LSTM: Japanese 87 %" or the like, of all its readings. (transfer full) */
char *fig_gates_title_text (const FigTheme *theme, const FigGates *gates, const FigReading *reading);

G_END_DECLS
