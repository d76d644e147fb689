/* decomposition.c: the RNN's logits as a sum of what each letter contributes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decomposition.h"

#include <string.h>

/* state [H] = state W_h, with @next [H] as scratch. */
static void
step (const NnModel *model, double **state, double **next)
{
  const NnLayout *layout = &model->layout;
  double *swap;

  memset (*next, 0, model->hidden * sizeof (double));
  for (guint k = 0; k < model->hidden; k++)
    {
      const float *row = model->parameters + layout->recurrent + k * layout->stride;

      for (guint unit = 0; unit < model->hidden; unit++)
        (*next)[unit] += (*state)[k] * (double) row[unit];
    }
  swap = *state;
  *state = *next;
  *next = swap;
}

static void
add (const NnModel *model, double *state, gsize offset)
{
  for (guint unit = 0; unit < model->hidden; unit++)
    state[unit] += (double) model->parameters[offset + unit];
}

/* out [C] = V_h state. */
static void
read_state (const NnModel *model, const double *state, double *out)
{
  const NnLayout *layout = &model->layout;

  for (guint k = 0; k < model->n_classes; k++)
    {
      const float *row = model->parameters + layout->read + k * layout->units_stride;

      out[k] = 0;
      for (guint unit = 0; unit < model->hidden; unit++)
        out[k] += (double) row[unit] * state[unit];
    }
}

/* What a network reads that is shown this letter alone, and no bias. */
static void
letter_row (const NnModel *model, const char *ascii, guint length, guint t, double **state, double **scratch,
            double *out)
{
  const NnLayout *layout = &model->layout;
  const gsize letter = (gsize) nn_letter_index (ascii[t]);

  if (t == length - 1)
    {
      for (guint k = 0; k < model->n_classes; k++)
        out[k] = (double) model->parameters[layout->read_letter + letter * layout->classes_stride + k];
      return;
    }
  memset (*state, 0, model->hidden * sizeof (double));
  add (model, *state, layout->letter + letter * layout->stride);
  for (guint later = t + 1; later < length - 1; later++)
    step (model, state, scratch);
  read_state (model, *state, out);
}

/* What a network reads that is shown no letter. */
static void
bias_row (const NnModel *model, guint length, double **state, double **scratch, double *out)
{
  const NnLayout *layout = &model->layout;

  memset (*state, 0, model->hidden * sizeof (double));
  for (guint t = 0; t + 1 < length; t++)
    {
      if (t > 0)
        step (model, state, scratch);
      add (model, *state, layout->bias);
    }
  read_state (model, *state, out);
  for (guint k = 0; k < model->n_classes; k++)
    out[k] += (double) model->parameters[layout->read_bias + k];
}

NnDecomposition *
nn_decomposition_new (const NnModel *model, const char *ascii)
{
  g_autofree double *memory = NULL;
  double *state, *scratch;
  NnDecomposition *decomposition;
  guint n_classes, length;

  g_return_val_if_fail (model != NULL && model->kind == NN_RNN && *ascii != '\0', NULL);
  n_classes = model->n_classes;
  length = (guint) strlen (ascii);
  state = memory = g_new0 (double, 2 * (gsize) model->hidden);
  scratch = memory + model->hidden;
  decomposition = g_new0 (NnDecomposition, 1);
  decomposition->length = length;
  decomposition->n_classes = n_classes;
  decomposition->contributions = g_new0 (double, (gsize) (length + 1) * n_classes);
  decomposition->logits = g_new0 (double, n_classes);
  for (guint t = 0; t < length; t++)
    letter_row (model, ascii, length, t, &state, &scratch, decomposition->contributions + (gsize) t * n_classes);
  bias_row (model, length, &state, &scratch, decomposition->contributions + (gsize) length * n_classes);
  for (guint t = 0; t <= length; t++)
    for (guint k = 0; k < n_classes; k++)
      decomposition->logits[k] += decomposition->contributions[(gsize) t * n_classes + k];
  return decomposition;
}

void
nn_decomposition_free (NnDecomposition *decomposition)
{
  if (decomposition == NULL)
    return;
  g_free (decomposition->contributions);
  g_free (decomposition->logits);
  g_free (decomposition);
}

const double *
nn_decomposition_row (const NnDecomposition *decomposition, guint letter)
{
  g_return_val_if_fail (decomposition != NULL && letter <= decomposition->length, NULL);
  return decomposition->contributions + (gsize) letter * decomposition->n_classes;
}
