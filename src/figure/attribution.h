/* attribution.h: which letters of a name counted for the guess.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/alphabet.h"
#include "engine/kind.h"
#include "figure/export.h"
#include "figure/geometry.h"

G_BEGIN_DECLS

/* The figure's numbers. Everything is borrowed; each of the measures may be missing. */
typedef struct
{
  const char *label; /* (nullable): the network; NULL for the kind's name */
  NnKind kind;
  const char *ascii;      /* (nullable): the name's T letters; NULL where there is nothing to show */
  const char *class_name; /* the guess */
  double probability;     /* of it, 0..1 */
  const double *left_out; /* (nullable): [T]: what the log-probability of the guess changes by when the letter is taken
                           * out, in nats: negative where the letter speaks for it; all NaN for a name of one letter */
  const char *const *guess_without; /* (nullable): [T]: the guess without the letter */
  const double *gradient;           /* (nullable): [T]: gradient of the guess' logit times the input */
  const double *contributions;      /* (nullable): [T]: of the linear RNN: what the letter adds to the guess' logit */
  double bias;                      /* what the biases add to it */
  gboolean keep_contributions; /* a network without them keeps their place free, so that figures beside each other have
                                * the same measure at the same height */
  gboolean has_cursor;
  guint cursor_letter; /* from 0 */
  guint n_columns;     /* 0: the letters of the name; more, where the columns should stand under a longer name's */
} FigAttribution;

typedef enum
{
  FIG_MEASURED_LEFT_OUT,
  FIG_MEASURED_GRADIENT,
  FIG_MEASURED_CONTRIBUTION,
  FIG_N_MEASURED
} FigMeasured;

typedef struct
{
  guint letter;
  gboolean has_measure;
  FigMeasured measure;
  FigRect place; /* what to mark */
} FigAttributionHit;

void fig_attribution_draw (cairo_t *cr,
                           double width,
                           double height,
                           const FigAttribution *figure,
                           const FigTheme *theme);
double fig_attribution_height (const FigAttribution *figure, const FigTheme *theme, double width);

/* fig_attribution_hit: FALSE where there is no letter's column. */
gboolean fig_attribution_hit (const FigAttribution *figure,
                              const FigTheme *theme,
                              double width,
                              double height,
                              double x,
                              double y,
                              FigAttributionHit *hit);

/* fig_attribution_hit_text: "RNN without letter 3 (t): ln p of Russian changes by -2.31 nats, the guess becomes Czech"
 * or the like. (transfer full) */
char *fig_attribution_hit_text (const FigAttribution *figure, const FigTheme *theme, const FigAttributionHit *hit);

/* fig_attribution_sum: the sum of the letters' contributions and the bias: the guess' logit. */
double fig_attribution_sum (const FigAttribution *figure);

/* fig_attribution_describe: a few sentences. (transfer full) */
char *fig_attribution_describe (const FigAttribution *figure);

/* fig_attribution_csv:
 * Columns: network, guess, letter_number (from 1; empty for the biases), letter, left_out (nats), guess_without,
 * gradient_x_input, contribution. (transfer full)
 * @metadata: (nullable) */
char *fig_attribution_csv (const FigAttribution *figure, const FigMetadata *metadata);

G_END_DECLS
