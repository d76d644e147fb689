/* workspace.h: the memory in which a network reads one name and learns from it.
 *
 * Nothing is allocated while training runs. Arrays of states have a row for each letter; those of cell and hidden have
 * one more, row 0, which is the state before the first letter and is 0.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/dataset.h"
#include "engine/model.h"

G_BEGIN_DECLS

typedef struct
{
  guint length;                       /* T */
  guint most_letters;                 /* that there is room for */
  guint8 letters[NN_MAX_LETTERS];     /* one-hot positions */
  gsize stride;                       /* of gates and gate_gradients: layout.stride */
  gsize units;                        /* of the rest: layout.units_stride */
  float *gates;                       /* [T x stride]: pre-activations, then activations, in the layout's columns */
  float *cell;                        /* [T+1 x units] */
  float *cell_tanh;                   /* [T x units] */
  float *hidden;                      /* [T+1 x units] */
  float *gate_gradients;              /* [T x stride]: dL/d pre-activation; the RNN has none */
  float *hidden_gradients;            /* [T+1 x units]: the total dL/dh_t */
  float *cell_gradients;              /* [T+1 x units]: the total dL/dc_t */
  float *bias;                        /* [stride]: the biases' sum, until they learn */
  float *readout;                     /* [units]: what the classifier reads, where it is not a row of hidden */
  float *readout_gradient;            /* [units] */
  float *part;                        /* [units]: half of a sum */
  /* Each half's part of gates, gate_gradients and bias, within those, rows at half_stride. */
  float *half_gates[NN_N_HALVES];
  float *half_gradients[NN_N_HALVES];
  float *half_bias[NN_N_HALVES];
  gsize half_stride[NN_N_HALVES];
  float *own[NN_N_HALVES];            /* (nullable): a half's parameters, see lstm-halves.h; belongs to the team */
  struct _NnTeam *team;               /* (nullable): a second thread that takes half of the units; owned */
  float logits[NN_MAX_CLASSES];       /* [C] */
  float log_probs[NN_MAX_CLASSES];    /* [C] */
  float logit_gradients[NN_MAX_CLASSES]; /* [C] */
  float recurrent_sum;                /* see nn_network_recurrent_sum */
  guint names_until_sum;              /* after which it is looked up again */
  float *memory;                      /* the block that holds the arrays */
} NnWorkspace;

/* nn_workspace_new: room for names of up to 64 letters. (transfer full) */
NnWorkspace *nn_workspace_new (const NnModel *model);

/* nn_workspace_new_for_length: room for names of up to @letters letters (1 to 64), for a name that is read once. */
NnWorkspace *nn_workspace_new_for_length (const NnModel *model, guint letters);
void nn_workspace_free (NnWorkspace *workspace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnWorkspace, nn_workspace_free)

/* nn_workspace_set_name: puts the letters of a reduced name in (of the alphabet, no more than there is room for). */
void nn_workspace_set_name (NnWorkspace *workspace, const char *ascii);

G_END_DECLS
