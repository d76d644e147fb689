/* clamped-pass.h: forward and backward of an LSTM over one name while gates are clamped.
 *
 * Held gates replace the activations that the network computed, and the cell and hidden state of those units are worked
 * out again: c_t = f c_(t-1) + i g, h_t = o tanh c_t. What follows, follows from these. Units and letters at which
 * nothing is held go through the same kernels as ever: without a clamp every number is the same bit for bit as without
 * this file. With one, tanh is the C library's in place of the kernels' rational function (error 4e-7).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/clamp.h"
#include "engine/workspace.h"

G_BEGIN_DECLS

/* nn_clamped_forward: as NnNetwork's forward from the first letter on; @model has gates. */
void nn_clamped_forward (const NnModel *model, NnWorkspace *workspace, const NnClamps *clamps);

/* nn_clamped_backward: as NnNetwork's backward, after nn_clamped_forward: the derivatives of the clamped pass. A held
 * gate is a constant, so that nothing flows into its pre-activation. */
void nn_clamped_backward (const NnModel *model, NnWorkspace *workspace, const NnClamps *clamps);

G_END_DECLS
