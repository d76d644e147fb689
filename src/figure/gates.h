/* gates.h: what every gate of every network does at every letter of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/inspect.h"
#include "engine/snapshot.h"
#include "figure/colormap.h"
#include "figure/geometry.h"
#include "figure/theme.h"

G_BEGIN_DECLS

/* The networks that one figure holds. */
#define FIG_MAX_READINGS 4

/* A network's reading of the name. Everything is borrowed. */
typedef struct
{
  const char *label; /* (nullable): NULL for the kind's name */
  NnKind kind;
  const NnTrace *trace; /* (nullable): NULL where there is none yet */
  guint64 iterations;   /* how far the network is trained; 0: not at all, its weights are those it starts with;
                           * NN_ITERATION_UNKNOWN: nobody knows */
} FigReading;

typedef enum
{
  FIG_GATES_STACKED,      /* one network under the other, the letters once, at the top */
  FIG_GATES_SIDE_BY_SIDE, /* a column a network, the same state at the same height */
} FigGatesArrangement;

/* The figure's numbers. Everything is borrowed. */
typedef struct
{
  const char *name; /* (nullable): the name as it was typed, for the description; NULL or "" where there is none */
  const FigReading *readings; /* FIG_MAX_READINGS at most; all traces are of the same name */
  guint n_readings;
  const char *const *classes; /* n_classes names, NULL-terminated */
  guint n_classes;
  FigGatesArrangement arrangement;
  gboolean all_states; /* a network keeps the places of the states that it lacks free, so that figures of one network
                        * each, side by side, have the same state at the same height */
  const char *title;   /* (nullable) */
} FigGates;

typedef enum
{
  FIG_GATES_NOTHING,
  FIG_GATES_LETTER, /* a letter at the top */
  FIG_GATES_GUESS,  /* the guess after a letter: its name, or the bar of its probability */
  FIG_GATES_STATE,  /* a unit's value at a letter */
} FigGatesPart;

/* What lies at a point of the figure. */
typedef struct
{
  FigGatesPart part;
  guint reading;
  guint letter;   /* from 0 */
  NnState state;  /* of FIG_GATES_STATE, as are those below */
  guint unit;     /* from 0, at the top */
  double value;
} FigGatesHit;

/* fig_gates_draw: draws the figure into (0, 0, width, height) of @cr, in points, and nowhere else. */
void fig_gates_draw (cairo_t *cr, double width, double height, const FigGates *gates, const FigTheme *theme);

/* fig_gates_height:
 * Gives the height, in points, at which the figure is comfortably read at this width. It is drawn at any other, too:
 * the strips take what there is. It depends on the networks and the number of letters, not on what the networks say. */
double fig_gates_height (const FigGates *gates, const FigTheme *theme, double width);

/* fig_gates_hit:
 * Tells what fig_gates_draw draws at (x, y) for this width and height.
 * Returns: FALSE where there is nothing to tell (part is then FIG_GATES_NOTHING). */
gboolean fig_gates_hit (const FigGates *gates,
                        const FigTheme *theme,
                        double width,
                        double height,
                        double x,
                        double y,
                        FigGatesHit *hit);

/* fig_gates_strip:
 * Gives where fig_gates_draw draws the strip of a state.
 * Returns: FALSE where the network has no such state, or no trace. */
gboolean fig_gates_strip (const FigGates *gates,
                          const FigTheme *theme,
                          double width,
                          double height,
                          guint reading,
                          NnState state,
                          FigRect *strip);

/* fig_gates_colormap: which value of a state gets which colour. */
FigColormap fig_gates_colormap (const FigTheme *theme, NnKind kind, NnState state);

/* fig_gates_hit_text: "LSTM, forget gate, unit 17 at letter 3 (t): 0.91" or the like. (transfer full) */
char *fig_gates_hit_text (const FigGates *gates, const FigTheme *theme, const FigGatesHit *hit);

/* fig_reading_label: the reading's label, or its kind's name. (transfer none) */
const char *fig_reading_label (const FigReading *reading);

/* fig_gates_class: the name of a class, "?" where there's none. (transfer none) */
const char *fig_gates_class (const FigGates *gates, guint index);

/* fig_reading_guess: the class guessed after @letter and its probability, 0..1. */
guint fig_reading_guess (const FigReading *reading, guint letter, double *probability);

G_END_DECLS
