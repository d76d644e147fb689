/* inspect.h: what every gate does at every letter of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/clamp.h"

G_BEGIN_DECLS

/* What a network shows of itself at a letter. The RNN has NN_STATE_HIDDEN alone. */
typedef enum
{
  NN_STATE_FORGET,    /* f_t, 0..1 */
  NN_STATE_INPUT,     /* i_t, 0..1 */
  NN_STATE_CANDIDATE, /* g_t, -1..1 */
  NN_STATE_OUTPUT,    /* o_t, 0..1 */
  NN_STATE_CELL,      /* c_t */
  NN_STATE_HIDDEN,    /* h_t, -1..1 with gates, unbounded for the RNN */
  NN_N_STATES
} NnState;

/* A name as a network reads it. Immutable after it is made. */
typedef struct
{
  NnKind kind;
  guint hidden;                /* H */
  guint n_classes;             /* C */
  guint length;                /* T letters */
  char ascii[NN_MAX_LETTERS + 1];
  float *states[NN_N_STATES];  /* each [T x H], NULL where the network has no such state */
  float *log_probs;            /* [T x C]: what the network would say if the name ended at each letter */
  guint guess[NN_MAX_LETTERS]; /* the class of the largest log-probability after each letter */

  /* With a target class; else has_target is FALSE and the rest 0. */
  gboolean has_target;
  double loss;                                 /* negative log-likelihood after the last letter */
  double hidden_gradient_norm[NN_MAX_LETTERS]; /* |dL/dh_t|, the total derivative */
  double cell_gradient_norm[NN_MAX_LETTERS];   /* |dL/dc_t|, the total derivative; 0 for the RNN */
} NnTrace;

/* nn_trace_new:
 * Reads @ascii with @model, keeping every state.
 * @ascii: a reduced name that passes nn_name_check
 * @target: the true class, for the loss and its gradients, or -1
 * Returns: (transfer full): to free with nn_trace_free. */
NnTrace *nn_trace_new (const NnModel *model, const char *ascii, int target);

/* nn_trace_new_clamped:
 * The same while gates are clamped, see clamped-pass.h; loss and gradients are those of the clamped pass.
 * @clamps: (nullable): NULL or none of them gives exactly what nn_trace_new gives; each passes nn_clamp_check
 * Returns: (transfer full). */
NnTrace *nn_trace_new_clamped (const NnModel *model, const char *ascii, int target, const NnClamps *clamps);
void nn_trace_free (NnTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTrace, nn_trace_free)

/* nn_trace_state: the H values of @state after letter @step (from 0), or NULL. (transfer none) */
const float *nn_trace_state (const NnTrace *trace, NnState state, guint step);

/* nn_state_id: "input", "forget", "candidate", "output", "cell" or "hidden". (transfer none) */
const char *nn_state_id (NnState state);

/* nn_state_is_gate: whether the values are a sigmoid's, from 0 to 1; the others are signed. */
gboolean nn_state_is_gate (NnState state);

/* nn_model_predict:
 * The log-probabilities [C] of @ascii after its last letter.
 * Returns: the class with the largest one. */
guint nn_model_predict (const NnModel *model, const char *ascii, float *log_probs);

G_END_DECLS
