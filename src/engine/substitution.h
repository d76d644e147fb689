/* substitution.h: what would the guess become with another letter at a place?
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"

G_BEGIN_DECLS

/* Every one of the 57 letters at every place of a name of T letters; element letter * T + place, the letter as its
 * one-hot position. At the letter that stands there already, all is as in the name itself. */
typedef struct
{
  guint length; /* T letters */
  char ascii[NN_MAX_LETTERS + 1];
  guint guess;         /* for the name itself */
  float probability;   /* that the network gives that guess, 0..1 */
  guint8 *guesses;     /* [57 x T] */
  float *probabilities; /* [57 x T]: of the guess that it becomes */
  float *kept;          /* [57 x T]: that is left to the name's own guess */
} NnSubstitution;

/* nn_substitution_new:
 * @ascii: a reduced name that passes nn_name_check
 * The states before a place are those of the name itself and are not computed again, so that all of it takes
 * 57 T (T+1) / 2 steps of the network. With 128 units an LSTM takes 5 ms for a name of 7 letters, 13 ms for one of 10
 * and 0.6 s for one of 64; with 512 units, which no second-level cache holds, 0.4 s, 1 s and half a minute. @progress
 * is called after each letter.
 * Returns: (transfer full) (nullable): NULL only where @progress said to stop. */
NnSubstitution *nn_substitution_new (const NnModel *model, const char *ascii, NnProgress progress, gpointer data);
void nn_substitution_free (NnSubstitution *substitution);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSubstitution, nn_substitution_free)

G_END_DECLS
