/* gates-layout.h: where the parts of the gates' figure stand. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/gates.h"

G_BEGIN_DECLS

/* How the class guessed is written under its letter. */
typedef enum
{
  FIG_NAMES_ACROSS,  /* the columns are wide enough for every class's name */
  FIG_NAMES_UPWARDS, /* turned, one in each column */
  FIG_NAMES_SPARSE,  /* turned, where the guess changes and there's room */
} FigNamesMode;

/* One network's part. */
typedef struct
{
  FigRect area;
  double left;    /* of the first letter's column */
  double column;  /* the width of a letter's column */
  FigRect title;
  FigRect letters; /* height 0 where the letters stand above another network */
  FigRect names;   /* the guesses */
  FigRect bars;    /* their probabilities */
  FigRect strips[NN_N_STATES]; /* height 0 where there is no such state */
  FigRect message; /* where there is no trace: the words instead */
  gboolean has_labels; /* what the rows are, at the left */
} FigGatesPlace;

typedef struct
{
  FigRect title;
  FigRect letters; /* those above all networks; height 0 where each has its own, or there are none */
  FigGatesPlace places[FIG_MAX_READINGS];
  guint n_letters;
  const NnTrace *first; /* whose letters stand above; NULL where nobody has any */
  FigNamesMode names_mode;
  double names_factor;  /* the size of the guesses, in times of the theme's */
  double letter_factor;
  double natural_height;
} FigGatesLayout;

/* fig_gates_layout_init: @height 0: the natural one. */
void fig_gates_layout_init (FigGatesLayout *layout,
                            const FigGates *gates,
                            const FigTheme *theme,
                            double width,
                            double height);

/* The words at the left of a state's strip: its name, with its symbol as markup, and its range. (transfer full) */
char *fig_gates_state_label (NnState state);
char *fig_gates_range_label (NnKind kind, NnState state, gboolean plain);

G_END_DECLS
