/* names.c: what figures call the networks and their states.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/names.h"

#include "figure/i18n.h"

#define OPEN_BOX "\xe2\x90\xa3" /* U+2423, the sign for a space */

const char *
fig_kind_name (NnKind kind)
{
  static const char *const names[NN_N_KINDS] = {
    [NN_RNN] = NC_ ("network", "RNN"),
    [NN_LSTM] = NC_ ("network", "LSTM"),
    [NN_GATE_LSTM] = NC_ ("network", "LSTM by hand"),
    [NN_GATE_LSTM_HIDDEN] = NC_ ("network", "LSTM by hand, corrected"),
  };

  g_return_val_if_fail ((guint) kind < NN_N_KINDS, NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "network", names[kind]);
}

const char *
fig_state_name (NnState state)
{
  static const char *const names[NN_N_STATES] = {
    [NN_STATE_FORGET] = NC_ ("state", "forget gate"),   [NN_STATE_INPUT] = NC_ ("state", "input gate"),
    [NN_STATE_CANDIDATE] = NC_ ("state", "candidate"),  [NN_STATE_OUTPUT] = NC_ ("state", "output gate"),
    [NN_STATE_CELL] = NC_ ("state", "cell state"),      [NN_STATE_HIDDEN] = NC_ ("state", "hidden state"),
  };

  g_return_val_if_fail ((guint) state < NN_N_STATES, NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "state", names[state]);
}

char
fig_state_symbol (NnState state)
{
  static const char symbols[NN_N_STATES] = {
    [NN_STATE_FORGET] = 'f', [NN_STATE_INPUT] = 'i', [NN_STATE_CANDIDATE] = 'g',
    [NN_STATE_OUTPUT] = 'o', [NN_STATE_CELL] = 'c',  [NN_STATE_HIDDEN] = 'h',
  };

  g_return_val_if_fail ((guint) state < NN_N_STATES, '?');
  return symbols[state];
}

FigRange
fig_state_range (NnKind kind, NnState state)
{
  if (state == NN_STATE_FORGET || state == NN_STATE_INPUT || state == NN_STATE_OUTPUT)
    return (FigRange){ 0, 1, FALSE };
  if (state == NN_STATE_CELL || (state == NN_STATE_HIDDEN && !nn_kind_has_gates (kind)))
    return (FigRange){ -2, 2, TRUE };
  return (FigRange){ -1, 1, FALSE };
}

char *
fig_letter (char letter)
{
  return letter == ' ' ? g_strdup (OPEN_BOX) : g_strdup_printf ("%c", letter);
}
