/* batch.c: forward, backward and gradient of a network over several names at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/batch.h"

#include "engine/batch-kernels.h"
#include "engine/kernels.h"
#include "engine/loss.h"

#include <math.h>
#include <string.h>

#define ALIGNMENT 64

/* ---- Memory ---- */

static gsize
padded (gsize n)
{
  return (n + ALIGNMENT / sizeof (float) - 1) / (ALIGNMENT / sizeof (float)) * (ALIGNMENT / sizeof (float));
}

/* @next is NULL while sizes are added up. */
static void
take (float **field, float *start, gsize *offset, gsize n)
{
  *field = start != NULL ? start + *offset : NULL;
  *offset += padded (n);
}

/* Carves the arrays out of @start, or with NULL only gives the floats that they need. */
static gsize
carve (NnBatch *batch, const NnModel *model, gboolean with_masks, float *start)
{
  const gsize rows = NN_BATCH_PART * NN_MAX_LETTERS;
  const gsize names = NN_BATCH_PART * batch->units;
  const gboolean gates = nn_kind_has_gates (model->kind);
  gsize offset = 0;

  take (&batch->gates, start, &offset, gates ? rows * batch->stride : 0);
  take (&batch->gate_gradients, start, &offset, rows * batch->stride);
  take (&batch->hidden_before, start, &offset, rows * batch->units);
  take (&batch->cell_before, start, &offset, gates ? rows * batch->units : 0);
  take (&batch->cell_tanh, start, &offset, gates ? rows * batch->units : 0);
  take (&batch->hidden_after, start, &offset, names);
  take (&batch->cell_after, start, &offset, names);
  take (&batch->hidden_gradients, start, &offset, names);
  take (&batch->cell_gradients[0], start, &offset, names);
  take (&batch->cell_gradients[1], start, &offset, names);
  take (&batch->readout, start, &offset, names);
  take (&batch->readout_gradients, start, &offset, names);
  take (&batch->mask, start, &offset, with_masks ? names : 0);
  take (&batch->recurrent_mask, start, &offset, with_masks ? names : 0);
  take (&batch->no_letter, start, &offset, batch->stride);
  take (&batch->bias, start, &offset, batch->stride);
  take (&batch->transposed, start, &offset, model->layout.columns * batch->units);
  take (&batch->logit_gradients, start, &offset, NN_BATCH_PART * NN_MAX_CLASSES);
  return offset;
}

NnBatch *
nn_batch_new (const NnModel *model, gboolean with_masks)
{
  NnBatch *batch;
  gsize n;

  g_return_val_if_fail (model != NULL, NULL);
  batch = g_new0 (NnBatch, 1);
  batch->stride = model->layout.stride;
  batch->units = model->layout.units_stride;
  n = carve (batch, model, with_masks, NULL);
  /* Zeros that nobody has written take no memory: few names have anywhere near 64 letters. */
  batch->memory = g_malloc0 (n * sizeof (float) + ALIGNMENT);
  carve (batch, model, with_masks,
         (float *) (((guintptr) batch->memory + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT));
  if (!with_masks)
    batch->mask = batch->recurrent_mask = NULL;
  return batch;
}

void
nn_batch_free (NnBatch *batch)
{
  if (batch == NULL)
    return;
  g_free (batch->memory);
  g_free (batch);
}

/* ---- Names ---- */

/* By counting. */
void
nn_batch_sort (const NnBatchName *names, guint n, NnBatchName *sorted)
{
  guint next[NN_MAX_LETTERS + 1] = { 0 }; /* of each length: how many there are, and then where the next one goes */

  for (guint i = 0; i < n; i++)
    next[strlen (names[i].ascii)]++;
  for (guint length = NN_MAX_LETTERS + 1, before = 0; length-- > 0;)
    {
      const guint count = next[length];

      next[length] = before;
      before += count;
    }
  for (guint i = 0; i < n; i++)
    sorted[next[strlen (names[i].ascii)]++] = names[i];
}

void
nn_batch_set_names (NnBatch *batch, const NnBatchName *names, guint n)
{
  guint row = 0;

  g_assert (n > 0 && n <= NN_BATCH_PART);
  batch->n = n;
  for (guint i = 0; i < n; i++)
    {
      batch->length[i] = (guint) strlen (names[i].ascii);
      batch->target[i] = names[i].target;
      g_assert (batch->length[i] > 0 && batch->length[i] <= NN_MAX_LETTERS);
      g_assert (i == 0 || batch->length[i] <= batch->length[i - 1]);
    }
  batch->longest = batch->length[0];
  for (guint t = 0; t < batch->longest; t++)
    {
      batch->first_row[t] = row;
      for (guint i = 0; i < n && batch->length[i] > t; i++)
        {
          int letter = nn_letter_index (names[i].ascii[t]);

          g_assert (letter >= 0);
          batch->letters[row++] = (guint8) letter;
        }
    }
  batch->first_row[batch->longest] = batch->first_row[batch->longest + 1] = row;
  memset (batch->hidden_before, 0, n * batch->units * sizeof (float));
  if (batch->cell_before != NULL)
    memset (batch->cell_before, 0, n * batch->units * sizeof (float));
}

const float *
nn_batch_letter (const NnBatch *batch, const NnModel *model, guint row)
{
  const NnLayout *layout = &model->layout;

  return batch->letters[row] == NN_BATCH_NO_LETTER
             ? batch->no_letter
             : model->parameters + layout->letter + batch->letters[row] * layout->stride;
}

/* ---- Learning ---- */

/* The row of the last letter of a name, if the RNN's classifier reads it; else G_MAXUINT. */
static guint
read_letter_row (const NnBatch *batch, const NnModel *model, guint name)
{
  const guint last = batch->first_row[batch->length[name] - 1] + name;

  return model->kind == NN_RNN && batch->letters[last] != NN_BATCH_NO_LETTER ? last : G_MAXUINT;
}

void
nn_batch_begin (NnBatch *batch, const NnModel *model)
{
  const NnLayout *layout = &model->layout;

  nn_batch_transpose (batch->transposed, batch->units, model->parameters + layout->recurrent, layout->stride,
                      model->hidden, layout->columns);
}

/* Logits of every name, their likelihoods, and dL/d readout. */
static gboolean
classify (NnBatch *batch, const NnModel *model, double *loss, guint *right)
{
  const NnLayout *layout = &model->layout;
  const float *p = model->parameters;
  const guint n_classes = model->n_classes;

  for (guint i = 0; i < batch->n; i++)
    {
      float logits[NN_MAX_CLASSES], log_probs[NN_MAX_CLASSES];
      float *gradients = batch->logit_gradients + i * n_classes;
      float *readout_gradient = batch->readout_gradients + i * batch->units;
      const guint row = read_letter_row (batch, model, i);

      memcpy (logits, p + layout->read_bias, n_classes * sizeof (float));
      if (row != G_MAXUINT)
        nn_kernel_add_scaled (logits, p + layout->read_letter + batch->letters[row] * layout->classes_stride, 1.0f,
                              n_classes);
      nn_kernel_dot_rows (logits, p + layout->read, batch->readout + i * batch->units, layout->units_stride,
                          n_classes, model->hidden, model->hidden, 1, FALSE);
      *right += nn_log_softmax (logits, n_classes, log_probs) == batch->target[i];
      *loss -= (double) log_probs[batch->target[i]];
      nn_nll_backward (log_probs, n_classes, batch->target[i], gradients);
      memset (readout_gradient, 0, batch->units * sizeof (float));
      nn_kernel_add_rows (readout_gradient, gradients, p + layout->read, layout->units_stride, n_classes,
                          model->hidden);
    }
  return isfinite (*loss);
}

/* block += scale * the sum over rows. */
static void
add_gradient (NnBatch *batch, const NnModel *model, float *block, float scale)
{
  const NnLayout *layout = &model->layout;
  const guint n_rows = batch->first_row[batch->longest];
  const guint n_classes = model->n_classes;
  const guint second = batch->n; /* the first row with a letter before it */

  nn_batch_scale (batch->gate_gradients, scale, n_rows * batch->stride);
  nn_batch_scale (batch->logit_gradients, scale, batch->n * n_classes);
  nn_batch_product (block + layout->recurrent, layout->stride, batch->hidden_before + second * batch->units, 1,
                    batch->units, batch->gate_gradients + second * batch->stride, batch->stride, model->hidden,
                    n_rows - second, layout->columns);
  memset (batch->bias, 0, batch->stride * sizeof (float));
  for (guint row = 0; row < n_rows; row++)
    {
      const float *gradient = batch->gate_gradients + row * batch->stride;

      if (batch->letters[row] != NN_BATCH_NO_LETTER)
        nn_kernel_add_scaled (block + layout->letter + batch->letters[row] * layout->stride, gradient, 1.0f,
                              layout->columns);
      nn_kernel_add_scaled (batch->bias, gradient, 1.0f, layout->columns);
    }
  nn_kernel_add_scaled (block + layout->bias, batch->bias, 1.0f, layout->columns);
  if (model->kind == NN_LSTM)
    nn_kernel_add_scaled (block + layout->second_bias, batch->bias, 1.0f, layout->columns);
  nn_batch_product (block + layout->read, layout->units_stride, batch->logit_gradients, 1, n_classes, batch->readout,
                    batch->units, n_classes, batch->n, model->hidden);
  for (guint i = 0; i < batch->n; i++)
    {
      const float *gradient = batch->logit_gradients + i * n_classes;
      const guint row = read_letter_row (batch, model, i);

      nn_kernel_add_scaled (block + layout->read_bias, gradient, 1.0f, n_classes);
      if (row != G_MAXUINT)
        nn_kernel_add_scaled (block + layout->read_letter + batch->letters[row] * layout->classes_stride, gradient,
                              1.0f, n_classes);
    }
}

gboolean
nn_batch_learn (NnBatch *batch, const NnModel *model, float *block, float scale, double *loss, guint *right)
{
  const NnBatchNetwork *network = model->kind == NN_RNN ? &nn_batch_rnn : &nn_batch_lstm;

  network->forward (batch, model);
  if (batch->mask != NULL)
    nn_batch_multiply (batch->readout, batch->mask, batch->n * batch->units);
  if (!classify (batch, model, loss, right))
    return FALSE;
  if (batch->mask != NULL)
    nn_batch_multiply (batch->readout_gradients, batch->mask, batch->n * batch->units);
  network->backward (batch, model);
  add_gradient (batch, model, block, scale);
  return TRUE;
}
