/* workspace.c: the memory in which a network reads one name and learns from it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/workspace.h"

#include "engine/lstm-team.h"

#include <string.h>

#define ALIGNMENT 64

NnWorkspace *
nn_workspace_new (const NnModel *model)
{
  return nn_workspace_new_for_length (model, NN_MAX_LETTERS);
}

static void
init_half (NnWorkspace *workspace, const NnModel *model, guint half)
{
  const gsize first = model->layout.first_column[half];

  workspace->half_gates[half] = workspace->gates + first;
  workspace->half_gradients[half] = workspace->gate_gradients + first;
  workspace->half_bias[half] = workspace->bias + first;
  workspace->half_stride[half] = workspace->stride;
}

NnWorkspace *
nn_workspace_new_for_length (const NnModel *model, guint letters)
{
  NnWorkspace *workspace;
  gsize wide, narrow;
  float *next;

  g_return_val_if_fail (model != NULL && letters > 0 && letters <= NN_MAX_LETTERS, NULL);
  wide = letters * model->layout.stride;
  narrow = (letters + 1) * model->layout.units_stride;
  workspace = g_new0 (NnWorkspace, 1);
  workspace->most_letters = letters;
  workspace->stride = model->layout.stride;
  workspace->units = model->layout.units_stride;
  workspace->memory = g_aligned_alloc0 (
      2 * wide + 5 * narrow + model->layout.stride + 3 * model->layout.units_stride, sizeof (float), ALIGNMENT);
  next = workspace->memory;
  workspace->gates = next, next += wide;
  workspace->gate_gradients = next, next += wide;
  workspace->cell = next, next += narrow;
  workspace->cell_tanh = next, next += narrow;
  workspace->hidden = next, next += narrow;
  workspace->hidden_gradients = next, next += narrow;
  workspace->cell_gradients = next, next += narrow;
  workspace->bias = next, next += model->layout.stride;
  workspace->readout = next, next += model->layout.units_stride;
  workspace->readout_gradient = next, next += model->layout.units_stride;
  workspace->part = next;
  for (guint half = 0; half < NN_N_HALVES; half++)
    init_half (workspace, model, half);
  return workspace;
}

void
nn_workspace_free (NnWorkspace *workspace)
{
  if (workspace == NULL)
    return;
  nn_team_free (workspace->team);
  g_aligned_free (workspace->memory);
  g_free (workspace);
}

void
nn_workspace_set_name (NnWorkspace *workspace, const char *ascii)
{
  guint length = 0;

  for (; ascii[length] != '\0'; length++)
    {
      int letter = nn_letter_index (ascii[length]);

      g_assert (length < workspace->most_letters && letter >= 0);
      workspace->letters[length] = (guint8) letter;
    }
  g_assert (length > 0);
  workspace->length = length;
}
