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

const char *
fig_state_explanation (NnKind kind, NnState state)
{
  switch (state)
    {
    case NN_STATE_FORGET:
      return _ ("how much of the old cell state is kept: 1 all, 0 nothing");
    case NN_STATE_INPUT:
      return _ ("how much of the candidate is added to the cell state: 1 all, 0 nothing");
    case NN_STATE_CANDIDATE:
      return _ ("what the letter would add to the cell state");
    case NN_STATE_OUTPUT:
      return kind == NN_GATE_LSTM
               ? _ ("how much of the cell state shows in the hidden state; this network reads its guess from it")
               : _ ("how much of the cell state shows in the hidden state: 1 all, 0 nothing");
    case NN_STATE_CELL:
      return _ ("what the network remembers; the gates decide what stays and what comes in");
    case NN_STATE_HIDDEN:
    default:
      return kind == NN_RNN ? _ ("all that the network remembers; no gate decides what stays")
             : kind == NN_GATE_LSTM
               ? _ ("what the network hands on to the next letter")
               : _ ("what the network hands on to the next letter, and reads its guess from");
    }
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
