/* lstm-halves.h: one half of an LSTM's units at one letter, for one thread or for two with a half each.
 *
 * Whoever computes both halves one after the other gets the same bits as two threads with one half each: no sum crosses
 * the halves but that of backward, which is taken in two parts (see nn_lstm_hidden_gradient_part).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/workspace.h"

G_BEGIN_DECLS

/* A half's parameters may be in a block of their own: letter [57 x S], recurrent [H x S], bias [S], second bias [S], S
 * being the half's columns, padded. In the model's block the two halves share every row, and a processor fetches ahead
 * along rows: two threads that each write their part of the same rows take the other's lines away all the time, which
 * makes both half as fast. Where workspace.own holds such a block the functions below that are said to know it use it in
 * the model's place. */

/* nn_lstm_own_size: the floats of that block. */
gsize nn_lstm_own_size (const NnModel *model, guint half);

/* nn_lstm_own_load, nn_lstm_own_store: copies the half's parameters from the model into workspace.own, and back. */
void nn_lstm_own_load (const NnModel *model, NnWorkspace *workspace, guint half);
void nn_lstm_own_store (NnModel *model, const NnWorkspace *workspace, guint half);

/* nn_lstm_sum_biases_half: nn_lstm_sum_biases for the half's columns; knows workspace.own. */
void nn_lstm_sum_biases_half (const NnModel *model, NnWorkspace *workspace, guint half);

/* nn_lstm_begin_pre_activations_half, nn_lstm_end_pre_activations_half: nn_lstm_pre_activations for the half's gates from @gate on; knows workspace.own.
 * It is begun with what the letter, the biases and the first half's hidden units add, and ended with what the second
 * half's add; both together give the bits of one sum over all. */
void nn_lstm_begin_pre_activations_half (const NnModel *model, NnWorkspace *workspace, guint t, guint half, guint gate);
void nn_lstm_end_pre_activations_half (const NnModel *model, NnWorkspace *workspace, guint t, guint half, guint gate);

/* nn_lstm_sum_biases: the sum of the network's one or two biases, which every letter's pre-activations begin with. */
void nn_lstm_sum_biases (const NnModel *model, NnWorkspace *workspace);

/* nn_lstm_pre_activations: of the columns first..first+n-1 at letter @t, into gates. */
void nn_lstm_pre_activations (const NnModel *model, NnWorkspace *workspace, guint t, gsize first, gsize n);

/* nn_lstm_cells: gates, cell and hidden state of the half's units at letter @t from their pre-activations. */
void nn_lstm_cells (const NnModel *model, NnWorkspace *workspace, guint t, guint half);

/* nn_lstm_output_gate: the half's output gate at letter @t, and nothing else of it; knows workspace.own. */
void nn_lstm_output_gate (const NnModel *model, NnWorkspace *workspace, guint t, guint half);

/* nn_lstm_cells_backward: from the total dL/dh_t of the half's units and dL/dc_t by way of later letters: the derivative
 * by the half's pre-activations of letter @t, and dL/dc_(t-1) by way of it. */
void nn_lstm_cells_backward (const NnModel *model, NnWorkspace *workspace, guint t, guint half);

/* nn_lstm_output_gate_backward: the same at gate-lstm's last letter @t, where the loss reaches o_T alone. */
void nn_lstm_output_gate_backward (const NnModel *model, NnWorkspace *workspace, guint t, guint half);

/* nn_lstm_hidden_gradient_part: the half's part of dL/dh_(t-1) = U dL/d pre-activations of letter @t, for the @n_units
 * units from @first_unit on. Knows workspace.own.
 * @part: (out): [H], of which those units are written */
void nn_lstm_hidden_gradient_part (const NnModel *model, const NnWorkspace *workspace, guint t, guint half,
                                   guint first_unit, guint n_units, float *part);

/* nn_lstm_add_gradient_half: block += scale * gradient, for the recurrent and letter weights and the biases of the half;
 * where @block is the model's own and workspace.own is there, into that. */
void nn_lstm_add_gradient_half (const NnModel *model, const NnWorkspace *workspace, float *block, float scale, guint half);

/* nn_lstm_learn_recurrent_part: nn_lstm_hidden_gradient_part of the second letter, and in the same pass those rows'
 * update in place, by all letters from the second on. Knows workspace.own. */
void nn_lstm_learn_recurrent_part (const NnModel *model, NnWorkspace *workspace, float scale, guint half,
                                   guint first_unit, guint n_units, float *part);

/* nn_lstm_learn_recurrent: the same for all units and both halves, where neither has a block of its own; the product
 * goes into hidden_gradients. */
void nn_lstm_learn_recurrent (const NnModel *model, NnWorkspace *workspace, float scale);

/* nn_lstm_learn_inputs_half: the update in place of the half's letter weights and biases; knows workspace.own. */
void nn_lstm_learn_inputs_half (const NnModel *model, NnWorkspace *workspace, float scale, guint half);

/* nn_lstm_learn_inputs: the same for both halves, where neither has a block of its own. */
void nn_lstm_learn_inputs (const NnModel *model, NnWorkspace *workspace, float scale);

/* nn_lstm_recurrent_sum_half: the sum of |w| over the half's recurrent weights; knows workspace.own. */
float nn_lstm_recurrent_sum_half (const NnModel *model, const NnWorkspace *workspace, guint half);

/* nn_lstm_bound_of_first: with backward done down to the second letter: an upper bound on what the half's part in
 * dL/dh and dL/dc of the first letter can bring into the gradients of its pre-activations, for the derivatives of gates
 * and cell are at most 1.
 * @recurrent_sum: an upper bound on the sum of |w| over the half's recurrent weights */
float nn_lstm_bound_of_first (const NnModel *model, const NnWorkspace *workspace, guint half, float recurrent_sum);

/* nn_lstm_add_read_gradient: the same for the classifier. */
void nn_lstm_add_read_gradient (const NnModel *model, const NnWorkspace *workspace, float *block, float scale);

/* nn_lstm_readout_gradient: the derivative of the loss by what the classifier reads, into hidden_gradients of the last
 * letter, for gate-lstm into readout_gradient; the cell's gradient by way of later letters becomes 0. */
void nn_lstm_readout_gradient (const NnModel *model, NnWorkspace *workspace);

/* nn_lstm_output_alone: whether of letter @t training computes the output gate alone. */
gboolean nn_lstm_output_alone (const NnModel *model, const NnWorkspace *workspace, guint t);

G_END_DECLS
