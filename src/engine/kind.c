/* kind.c: the four networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/kind.h"

static const char *const ids[NN_N_KINDS] = { "rnn", "lstm", "gate-lstm", "gate-lstm-hidden" };

const char *
nn_kind_id (NnKind kind)
{
  g_return_val_if_fail ((guint) kind < NN_N_KINDS, NULL);
  return ids[kind];
}

gboolean
nn_kind_from_id (const char *id, NnKind *kind)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    if (g_strcmp0 (id, ids[i]) == 0)
      {
        *kind = (NnKind) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
nn_kind_has_gates (NnKind kind)
{
  return kind != NN_RNN;
}
