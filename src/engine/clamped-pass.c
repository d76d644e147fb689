/* clamped-pass.c: forward and backward of an LSTM over one name while gates are clamped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/clamped-pass.h"

#include "engine/lstm-halves.h"
#include "engine/lstm.h"

#include <math.h>

/* Writes @value, or the clamp's own where it is NULL, into every element of @rows that a clamp holds at letter @t.
 * @rows: [T x stride]: gates or their gradients
 * @touched: (out) (nullable): [H]: set for units of which a gate is held */
static void
hold (const NnModel *model, const NnWorkspace *workspace, const NnClamps *clamps, guint t, float *rows,
      const float *value, gboolean *touched)
{
  for (guint i = 0; i < clamps->clamps->len; i++)
    {
      const NnClamp *clamp = &g_array_index (clamps->clamps, NnClamp, i);

      if (!nn_clamp_holds_letter (clamp, t))
        continue;
      for (guint unit = 0; unit < model->hidden; unit++)
        if (nn_clamp_holds_unit (clamp, unit))
          {
            rows[t * workspace->stride + nn_layout_column (&model->layout, clamp->gate, unit)]
                = value != NULL ? *value : nn_clamps_value (clamps, i, unit);
            if (touched != NULL)
              touched[unit] = TRUE;
          }
    }
}

static float
gate_of (const NnModel *model, const NnWorkspace *workspace, NnGate gate, guint t, guint unit)
{
  return workspace->gates[t * workspace->stride + nn_layout_column (&model->layout, gate, unit)];
}

static void
compute_cell (const NnModel *model, NnWorkspace *workspace, guint t, guint unit)
{
  const gsize before = t * workspace->units + unit;
  const gsize after = before + workspace->units;

  workspace->cell[after]
      = gate_of (model, workspace, NN_GATE_FORGET, t, unit) * workspace->cell[before]
        + gate_of (model, workspace, NN_GATE_INPUT, t, unit) * gate_of (model, workspace, NN_GATE_CANDIDATE, t, unit);
  workspace->cell_tanh[before] = tanhf (workspace->cell[after]);
  workspace->hidden[after] = gate_of (model, workspace, NN_GATE_OUTPUT, t, unit) * workspace->cell_tanh[before];
}

void
nn_clamped_forward (const NnModel *model, NnWorkspace *workspace, const NnClamps *clamps)
{
  gboolean touched[NN_MAX_HIDDEN];

  g_assert (nn_kind_has_gates (model->kind) && (clamps->means != NULL || !nn_clamps_need_means (clamps)));
  nn_lstm_sum_biases (model, workspace);
  for (guint t = 0; t < workspace->length; t++)
    {
      for (guint unit = 0; unit < model->hidden; unit++)
        touched[unit] = FALSE;
      nn_lstm_pre_activations (model, workspace, t, 0, model->layout.columns);
      for (guint half = 0; half < NN_N_HALVES; half++)
        nn_lstm_cells (model, workspace, t, half);
      hold (model, workspace, clamps, t, workspace->gates, NULL, touched);
      for (guint unit = 0; unit < model->hidden; unit++)
        if (touched[unit])
          compute_cell (model, workspace, t, unit);
    }
}

void
nn_clamped_backward (const NnModel *model, NnWorkspace *workspace, const NnClamps *clamps)
{
  const float nothing = 0.0f;

  nn_lstm_readout_gradient (model, workspace);
  for (guint t = workspace->length; t-- > 0;)
    {
      for (guint half = 0; half < NN_N_HALVES; half++)
        if (nn_lstm_output_alone (model, workspace, t))
          nn_lstm_output_gate_backward (model, workspace, t, half);
        else
          nn_lstm_cells_backward (model, workspace, t, half);
      hold (model, workspace, clamps, t, workspace->gate_gradients, &nothing, NULL);
      if (t > 0)
        nn_lstm_hidden_gradient (model, workspace, t);
    }
}
