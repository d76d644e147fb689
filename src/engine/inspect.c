/* inspect.c: what every gate does at every letter of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/inspect.h"

#include "engine/clamped-pass.h"
#include "engine/loss.h"
#include "engine/network.h"

#include <math.h>
#include <string.h>

const char *
nn_state_id (NnState state)
{
  static const char *const ids[NN_N_STATES] = { "forget", "input", "candidate", "output", "cell", "hidden" };

  g_return_val_if_fail ((guint) state < NN_N_STATES, NULL);
  return ids[state];
}

gboolean
nn_state_is_gate (NnState state)
{
  return state == NN_STATE_FORGET || state == NN_STATE_INPUT || state == NN_STATE_OUTPUT;
}

static void
copy_gate (NnTrace *trace, NnState state, const NnModel *model, const NnWorkspace *workspace, NnGate gate)
{
  float *values = g_new (float, (gsize) trace->length * trace->hidden);

  for (guint half = 0; half < NN_N_HALVES; half++)
    {
      const guint first = model->layout.first_unit[half], n = model->layout.n_units[half];
      const gsize column = n > 0 ? nn_layout_column (&model->layout, gate, first) : 0;

      for (guint t = 0; t < trace->length; t++)
        memcpy (values + (gsize) t * trace->hidden + first, workspace->gates + t * workspace->stride + column,
                n * sizeof (float));
    }
  trace->states[state] = values;
}

/* @rows: [T+1 x units], of which row 0 is the state before the first letter. */
static void
copy_rows (NnTrace *trace, NnState state, const NnWorkspace *workspace, const float *rows)
{
  float *values = g_new (float, (gsize) trace->length * trace->hidden);

  for (guint t = 0; t < trace->length; t++)
    memcpy (values + (gsize) t * trace->hidden, rows + (t + 1) * workspace->units, trace->hidden * sizeof (float));
  trace->states[state] = values;
}

static double
norm (const float *x, guint n)
{
  double sum = 0;

  for (guint k = 0; k < n; k++)
    sum += (double) x[k] * x[k];
  return sqrt (sum);
}

static void
measure_gradients (NnTrace *trace, const NnModel *model, NnWorkspace *workspace, guint target, const NnClamps *clamps)
{
  const float *last = trace->log_probs + (gsize) (trace->length - 1) * trace->n_classes;

  trace->has_target = TRUE;
  trace->loss = -last[target];
  nn_nll_backward (last, model->n_classes, target, workspace->logit_gradients);
  if (clamps != NULL)
    nn_clamped_backward (model, workspace, clamps);
  else
    nn_network_for (model->kind)->backward (model, workspace);
  for (guint t = 0; t < trace->length; t++)
    {
      const gsize row = (t + 1) * workspace->units;

      trace->hidden_gradient_norm[t] = norm (workspace->hidden_gradients + row, model->hidden);
      if (nn_kind_has_gates (model->kind))
        trace->cell_gradient_norm[t] = norm (workspace->cell_gradients + row, model->hidden);
    }
}

NnTrace *
nn_trace_new (const NnModel *model, const char *ascii, int target)
{
  return nn_trace_new_clamped (model, ascii, target, NULL);
}

NnTrace *
nn_trace_new_clamped (const NnModel *model, const char *ascii, int target, const NnClamps *clamps)
{
  g_autoptr (NnWorkspace) workspace = nn_workspace_new_for_length (model, (guint) strlen (ascii));
  const NnNetwork *network = nn_network_for (model->kind);
  NnTrace *trace = g_new0 (NnTrace, 1);
  float logits[NN_MAX_CLASSES];

  nn_workspace_set_name (workspace, ascii);
  trace->kind = model->kind;
  trace->hidden = model->hidden;
  trace->n_classes = model->n_classes;
  trace->length = workspace->length;
  g_strlcpy (trace->ascii, ascii, sizeof trace->ascii);
  trace->log_probs = g_new (float, (gsize) trace->length * trace->n_classes);

  if (clamps != NULL && clamps->clamps->len == 0)
    clamps = NULL;
  if (clamps != NULL)
    nn_clamped_forward (model, workspace, clamps);
  else
    network->forward (model, workspace, 0, FALSE);
  for (guint t = 0; t < trace->length; t++)
    {
      network->read (model, workspace, t, logits);
      trace->guess[t] = nn_log_softmax (logits, model->n_classes, trace->log_probs + (gsize) t * trace->n_classes);
    }
  if (nn_kind_has_gates (model->kind))
    {
      copy_gate (trace, NN_STATE_INPUT, model, workspace, NN_GATE_INPUT);
      copy_gate (trace, NN_STATE_FORGET, model, workspace, NN_GATE_FORGET);
      copy_gate (trace, NN_STATE_CANDIDATE, model, workspace, NN_GATE_CANDIDATE);
      copy_gate (trace, NN_STATE_OUTPUT, model, workspace, NN_GATE_OUTPUT);
      copy_rows (trace, NN_STATE_CELL, workspace, workspace->cell);
    }
  copy_rows (trace, NN_STATE_HIDDEN, workspace, workspace->hidden);
  if (target >= 0)
    measure_gradients (trace, model, workspace, (guint) target, clamps);
  return trace;
}

void
nn_trace_free (NnTrace *trace)
{
  if (trace == NULL)
    return;
  for (guint state = 0; state < NN_N_STATES; state++)
    g_free (trace->states[state]);
  g_free (trace->log_probs);
  g_free (trace);
}

const float *
nn_trace_state (const NnTrace *trace, NnState state, guint step)
{
  g_return_val_if_fail (trace != NULL && (guint) state < NN_N_STATES && step < trace->length, NULL);
  return trace->states[state] != NULL ? trace->states[state] + (gsize) step * trace->hidden : NULL;
}

guint
nn_model_predict (const NnModel *model, const char *ascii, float *log_probs)
{
  g_autoptr (NnWorkspace) workspace = nn_workspace_new_for_length (model, (guint) strlen (ascii));
  guint guess;

  nn_workspace_set_name (workspace, ascii);
  guess = nn_network_guess (model, workspace);
  memcpy (log_probs, workspace->log_probs, model->n_classes * sizeof (float));
  return guess;
}
