/* substitution.h: what the guess would become with any letter at any place of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/alphabet.h"
#include "engine/kind.h"
#include "figure/export.h"
#include "figure/geometry.h"

G_BEGIN_DECLS

/* The figure's numbers. Everything is borrowed. The maps are [57 x T]: element letter * T + place, the letter as its
 * one-hot position. */
typedef struct
{
  const char *label; /* (nullable): the network; NULL for the kind's name */
  NnKind kind;
  const char *ascii;  /* (nullable): the name's T letters; NULL where there is nothing to show */
  guint guess;        /* for the name itself */
  double probability; /* of it, 0..1 */
  const guint8 *guesses;      /* what it becomes */
  const float *probabilities; /* of what it becomes, 0..1 */
  const float *kept;          /* that is left to the name's own guess, 0..1 */
  const char *const *classes; /* n_classes names */
  guint n_classes;
  gboolean has_cursor;
  guint cursor_letter; /* the place, from 0 */
  guint n_columns; /* 0: the letters of the name; more, where the columns should stand under a longer name's */
} FigSubstitution;

typedef struct
{
  guint place;   /* from 0 */
  gboolean has_letter; /* in the map, not in the row of the name's letters */
  guint letter;  /* the one that is put there, as its one-hot position */
  FigRect cell;  /* what to mark */
} FigSubstitutionHit;

void fig_substitution_draw (cairo_t *cr,
                            double width,
                            double height,
                            const FigSubstitution *figure,
                            const FigTheme *theme);
double fig_substitution_height (const FigSubstitution *figure, const FigTheme *theme, double width);

gboolean fig_substitution_hit (const FigSubstitution *figure,
                               const FigTheme *theme,
                               double width,
                               double height,
                               double x,
                               double y,
                               FigSubstitutionHit *hit);

/* fig_substitution_hit_text: "LSTM: with k instead of t at letter 3: Japanese 61 %". (transfer full) */
char *fig_substitution_hit_text (const FigSubstitution *figure, const FigTheme *theme, const FigSubstitutionHit *hit);

/* fig_substitution_cell: where the figure draws a cell. */
FigRect fig_substitution_cell (const FigSubstitution *figure,
                               const FigTheme *theme,
                               double width,
                               double height,
                               guint letter,
                               guint place);

/* fig_substitution_color: the colour of a cell: neutral where the guess stays, else that of the class that it becomes,
 * the stronger the more likely the network finds it. */
FigColor fig_substitution_color (const FigSubstitution *figure, const FigTheme *theme, guint letter, guint place);

/* fig_substitution_describe: a few sentences. (transfer full) */
char *fig_substitution_describe (const FigSubstitution *figure);

/* fig_substitution_csv:
 * Columns: network, place (from 1), letter (that stands there), instead (the one put there), guess, probability,
 * probability_of_own_guess. (transfer full)
 * @metadata: (nullable) */
char *fig_substitution_csv (const FigSubstitution *figure, const FigMetadata *metadata);

G_END_DECLS
