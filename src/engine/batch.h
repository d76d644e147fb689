/* batch.h: forward, backward and gradient of a network over several names at once.
 *
 * The names of a batch are sorted by length, the longest first, so that those that have a letter t are the first so
 * many of them. What a letter of a name leaves is a row; the rows of letter 0 of all names come first, then those of
 * letter 1, and so on, without gaps. So a letter is read by all names at once, in one product with the recurrent
 * weights, and the gradient of those is one product over all rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/dataset.h"
#include "engine/model.h"

G_BEGIN_DECLS

/* The most names that go through at once; larger batches go through in parts. Their rows still fit the second-level
 * cache. */
#define NN_BATCH_PART 32

/* Stands for a letter that is left out: it adds nothing. */
#define NN_BATCH_NO_LETTER NN_ALPHABET_SIZE

/* A name and its class. */
typedef struct
{
  const char *ascii; /* 1 to 64 letters of the alphabet */
  guint target;
} NnBatchName;

/* M names, R rows, B the most of either. Rows of letter t are first_row[t] to first_row[t+1]-1. */
typedef struct
{
  guint n;                              /* M */
  guint longest;                        /* letters of name 0 */
  guint length[NN_BATCH_PART];          /* falling */
  guint target[NN_BATCH_PART];
  guint first_row[NN_MAX_LETTERS + 2];
  guint8 letters[NN_BATCH_PART * NN_MAX_LETTERS]; /* [R]: one-hot positions, or NN_BATCH_NO_LETTER */

  gsize stride;             /* of gates and gate_gradients: layout.stride */
  gsize units;              /* of the rest: layout.units_stride */
  float *gates;             /* [R x stride]: pre-activations, then activations; the RNN has none */
  float *gate_gradients;    /* [R x stride]: dL/d pre-activation; the RNN's dL/dh_t */
  float *hidden_before;     /* [R x units]: h_(t-1) */
  float *cell_before;       /* [R x units]: c_(t-1) */
  float *cell_tanh;         /* [R x units] */
  float *hidden_after;      /* [M x units]: h of a name's last letter */
  float *cell_after;        /* [M x units]: c of a name's last letter */
  float *hidden_gradients;  /* [M x units]: dL/dh of the letter that is under way */
  float *cell_gradients[2]; /* [M x units]: dL/dc of that letter and of the one before it */
  float *readout;           /* [M x units]: what the classifier reads */
  float *readout_gradients; /* [M x units] */
  float *mask;              /* [M x units]: what dropout multiplies readout with; NULL, like the next, without it */
  float *recurrent_mask;    /* [M x units]: what it multiplies h_(t-1) with, wherever the next letter reads that */
  float *no_letter;         /* [stride]: 0 */
  float *bias;              /* [stride]: the biases' sum, and later its gradient */
  float *transposed;        /* [N x units]: the recurrent weights the other way round, for backward */
  float *logit_gradients;   /* [M x C] */
  gpointer memory;
} NnBatch;

/* nn_batch_new: room for NN_BATCH_PART names of up to 64 letters. @with_masks: with the masks. (transfer full) */
NnBatch *nn_batch_new (const NnModel *model, gboolean with_masks);
void nn_batch_free (NnBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBatch, nn_batch_free)

/* nn_batch_sort: @sorted [n] = @names [n] by length, the longest first; names of a length keep their order. */
void nn_batch_sort (const NnBatchName *names, guint n, NnBatchName *sorted);

/* nn_batch_set_names: puts 1 to NN_BATCH_PART sorted names in. */
void nn_batch_set_names (NnBatch *batch, const NnBatchName *names, guint n);

/* nn_batch_begin: prepares for a model whose weights have changed since the last time. */
void nn_batch_begin (NnBatch *batch, const NnModel *model);

/* nn_batch_learn:
 * Forward and backward over the batch's names, then block += scale * the sum of their gradients.
 * @loss: += the sum of the negative log-likelihoods
 * @right: += the names whose class had the largest likelihood
 * Returns: FALSE, having changed nothing in @block, where a loss is not finite. A gradient may still be so. */
gboolean nn_batch_learn (NnBatch *batch, const NnModel *model, float *block, float scale, double *loss, guint *right);

/* nn_batch_letter: what the letter of @row adds to the first @stride pre-activations. (transfer none) */
const float *nn_batch_letter (const NnBatch *batch, const NnModel *model, guint row);

/* One way to compute a network over a batch: as NnNetwork, see network.h. */
typedef struct
{
  void (*forward) (NnBatch *batch, const NnModel *model);  /* up to readout */
  void (*backward) (NnBatch *batch, const NnModel *model); /* from readout_gradients */
} NnBatchNetwork;

extern const NnBatchNetwork nn_batch_lstm;
extern const NnBatchNetwork nn_batch_rnn;

G_END_DECLS
