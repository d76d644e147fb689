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

/* A gate that is held, as the figure marks it. */
typedef struct
{
  NnState state;        /* NN_STATE_FORGET, _INPUT, _CANDIDATE or _OUTPUT */
  const char *value;    /* what it is held at: "0", "1", "its mean", in the user's language; borrowed */
  const guint64 *units; /* (nullable): bit u % 64 of element u / 64: unit u is held; NULL: all units */
  guint64 letters;      /* bit t: held at letter t, from 0; G_MAXUINT64: at every letter */
} FigClamp;

/* A network's reading of the name. Everything is borrowed; what is zero is not there. */
typedef struct
{
  const char *label; /* (nullable): NULL for the kind's name */
  NnKind kind;
  const NnTrace *trace; /* (nullable): NULL where there is none yet */
  guint64 iterations;   /* how far the network is trained; 0: not at all, its weights are those it starts with;
                           * NN_ITERATION_UNKNOWN: nobody knows */

  const guint *order;               /* (nullable): [H]: row r of every state shows unit order[r]; NULL: by index */
  const guint *telling[NN_N_STATES]; /* (nullable): [n_telling] units of each state, the most telling first */
  guint n_telling;                  /* FIG_MAX_TELLING at most; as many are drawn for each state */
  const guint *pinned;              /* [n_pinned] units that are marked in every state */
  guint n_pinned;

  const FigClamp *clamps; /* [n_clamps]: what @trace was read with */
  guint n_clamps;
  const NnTrace *unclamped; /* (nullable): the same name without the clamps */

  const NnTrace *second;           /* (nullable): another name, with the same clamps, drawn below the first */
  const NnTrace *second_unclamped; /* (nullable) */
} FigReading;

#define FIG_MAX_TELLING 8

typedef enum
{
  FIG_GATES_STACKED,      /* one network under the other, the letters once, at the top */
  FIG_GATES_SIDE_BY_SIDE, /* a column a network, the same state at the same height */
} FigGatesArrangement;

typedef enum
{
  FIG_GATES_UNITS,   /* every unit of every state, as a strip of colours */
  FIG_GATES_SUMMARY, /* the mean and the quartiles of the units, and below them the few units that tell most */
} FigGatesDetail;

/* The figure's numbers. Everything is borrowed. */
typedef struct
{
  const char *name; /* (nullable): the name as it was typed, for the description; NULL or "" where there is none */
  const FigReading *readings; /* FIG_MAX_READINGS at most; all traces are of the same name, all second ones too */
  guint n_readings;
  const char *const *classes; /* n_classes names, NULL-terminated */
  guint n_classes;
  FigGatesArrangement arrangement;
  gboolean all_states; /* a network keeps the places of the states that it lacks free, so that figures of one network
                        * each, side by side, have the same state at the same height */
  const char *title;   /* (nullable) */
  FigGatesDetail detail;
  const char *second_name; /* (nullable): as it was typed */
  gboolean keep_unclamped; /* a network without clamps keeps the places of the unclamped reading free, likewise */
  const char *order_name;  /* (nullable): what the units are ordered by, in the user's language, for the words above */
  gboolean has_cursor;     /* the letter that is pointed at, in this figure or in another one */
  guint cursor_letter;     /* from 0 */
  guint n_columns;         /* 0: the letters of the name; more, where letters are still to come */
} FigGates;

typedef enum
{
  FIG_GATES_NOTHING,
  FIG_GATES_LETTER,   /* a letter at the top */
  FIG_GATES_GUESS,    /* the guess after a letter: its name, or a part of the bar of probabilities */
  FIG_GATES_STATE,    /* a unit's value at a letter */
  FIG_GATES_UNITS_OF, /* the summary of a state at a letter */
} FigGatesPart;

/* What lies at a point of the figure. */
typedef struct
{
  FigGatesPart part;
  guint reading;
  guint letter;   /* from 0 */
  NnState state;  /* of FIG_GATES_STATE and FIG_GATES_UNITS_OF */
  guint unit;     /* of FIG_GATES_STATE: from 0, as the network counts */
  double value;   /* of FIG_GATES_STATE; of FIG_GATES_UNITS_OF the mean */
  gboolean second;    /* in the reading of the second name */
  gboolean unclamped; /* in the reading without the clamps */
  FigRect place;  /* what to mark: the cell, the column of the summary, the bar, the letter */
} FigGatesHit;

/* What the units of a state have in common after a letter; quartiles as R's type 7 has them. */
typedef struct
{
  double mean, lower_quartile, median, upper_quartile;
} FigUnitSummary;

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

/* fig_gates_label_at:
 * Whether the words for a state stand at (x, y), left of its strips.
 * @reading, @state, @place: (out): whose, which, and where the words are */
gboolean fig_gates_label_at (const FigGates *gates,
                             const FigTheme *theme,
                             double width,
                             double height,
                             double x,
                             double y,
                             guint *reading,
                             NnState *state,
                             FigRect *place);

/* fig_gates_find:
 * Gives where the figure has what @hit tells of: its part, letter, state, unit, and which of the readings. Where there is
 * no such part, as no single unit in a summary, the nearest to it: its state as a whole, or a first unit.
 * Returns: FALSE where there is nothing like it. */
gboolean fig_gates_find (const FigGates *gates,
                         const FigTheme *theme,
                         double width,
                         double height,
                         const FigGatesHit *hit,
                         FigRect *place);

/* fig_gates_letters_bottom: where the row of the first name's letters ends. */
double fig_gates_letters_bottom (const FigGates *gates, const FigTheme *theme, double width, double height);

/* fig_gates_strip:
 * Gives where fig_gates_draw draws a state of the first name: the strip of all units, or the plot of their summary.
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

/* fig_gates_letter_text: what a status line says of a letter of the name: "letter 3 (t): LSTM Japanese 61 %, ..." with
 * the guess of every network. (transfer full) */
char *fig_gates_letter_text (const FigGates *gates, const FigTheme *theme, guint letter);

/* fig_unit_summary: the mean and the quartiles of the H values of @state after @letter, which must be there. */
void fig_unit_summary (const NnTrace *trace, NnState state, guint letter, FigUnitSummary *summary);

/* fig_reading_label: the reading's label, or its kind's name. (transfer none) */
const char *fig_reading_label (const FigReading *reading);

/* fig_gates_class: the name of a class, "?" where there's none. (transfer none) */
const char *fig_gates_class (const FigGates *gates, guint index);

/* fig_reading_guess: the class guessed after @letter and its probability, 0..1. */
guint fig_reading_guess (const FigReading *reading, guint letter, double *probability);

G_END_DECLS
