/* names.h: what figures call the networks and their states.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/inspect.h"

G_BEGIN_DECLS

/* fig_kind_name: the network's name in the user's language. (transfer none) */
const char *fig_kind_name (NnKind kind);

/* fig_state_name: the state's name in the user's language: "forget gate", "hidden state", ... (transfer none) */
const char *fig_state_name (NnState state);

/* fig_state_explanation: what the state of such a network is for, half a sentence in the user's language.
 * (transfer none) */
const char *fig_state_explanation (NnKind kind, NnState state);

/* fig_state_symbol: the letter that formulas have for it: f, i, g, o, c or h. */
char fig_state_symbol (NnState state);

/* The values that a state's colours tell apart; they don't depend on the name or on how far the network is. */
typedef struct
{
  double low;
  double high;
  gboolean clipped; /* the state may pass them; then it gets the end's colour */
} FigRange;

/* fig_state_range: gates 0..1; candidate and hidden -1..1; cell, and hidden of the RNN, -2..2 clipped. */
FigRange fig_state_range (NnKind kind, NnState state);

/* fig_letter: a letter of a name as figures show it, with a space made visible. (transfer full) */
char *fig_letter (char letter);

G_END_DECLS
