/* descent.c: one update of a network's weights from a batch of names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/descent.h"

#include "engine/batch-kernels.h"
#include "engine/random.h"

#include <math.h>
#include <string.h>

/* A gradient so long is as good as infinite: its square would leave float32's range in the optimizer. Refusing it keeps
 * every weight that is kept finite. */
#define LARGEST_NORM 1e18

struct _NnDescent
{
  NnSettings settings;
  NnModel *model;
  NnModel *average; /* NULL without averaging */
  NnBatch *batch;
  NnOptimizer *optimizer;
  float *gradient;     /* of the parameters' layout */
  NnBatchName *sorted; /* [settings.batch] */
  gsl_rng *random;     /* of dropout */
  guint64 steps;       /* taken */
};

NnDescent *
nn_descent_new (const NnSettings *settings, NnModel *model)
{
  NnDescent *descent;

  g_return_val_if_fail (settings != NULL && model != NULL && settings->batch > 0, NULL);
  descent = g_new0 (NnDescent, 1);
  descent->settings = *settings;
  descent->model = model;
  descent->average = settings->averaging > 0 ? nn_model_copy (model) : NULL;
  descent->batch = nn_batch_new (model, settings->dropout > 0);
  descent->optimizer = nn_optimizer_new (settings->optimizer, model->layout.size);
  descent->gradient = nn_model_new_block (model);
  descent->sorted = g_new (NnBatchName, settings->batch);
  descent->random = nn_random_new (settings->seed, NN_STREAM_DROPOUT);
  return descent;
}

void
nn_descent_free (NnDescent *descent)
{
  if (descent == NULL)
    return;
  nn_model_free (descent->average);
  nn_batch_free (descent->batch);
  nn_optimizer_free (descent->optimizer);
  g_aligned_free (descent->gradient);
  g_free (descent->sorted);
  gsl_rng_free (descent->random);
  g_free (descent);
}

const NnModel *
nn_descent_model (const NnDescent *descent)
{
  return descent->average != NULL ? descent->average : descent->model;
}

/* Inverted dropout (Srivastava et al. 2014): what is kept is scaled up, so that reading a name later needs no
 * change. */
static void
draw_mask (NnDescent *descent, float *mask)
{
  const NnBatch *batch = descent->batch;
  const float kept = (float) (1.0 / (1.0 - descent->settings.dropout));

  for (guint i = 0; i < batch->n; i++)
    for (guint u = 0; u < descent->model->hidden; u++)
      mask[i * batch->units + u] = gsl_rng_uniform (descent->random) < descent->settings.dropout ? 0.0f : kept;
}

/* What the batch leaves out. One mask serves all letters of a name, and the classifier has another (Gal and Ghahramani
 * 2016). */
static void
draw_dropout (NnDescent *descent)
{
  NnBatch *batch = descent->batch;
  const double letters = descent->settings.letter_dropout;
  const guint n_rows = batch->first_row[batch->longest];

  if (batch->mask != NULL)
    {
      draw_mask (descent, batch->mask);
      draw_mask (descent, batch->recurrent_mask);
    }
  for (guint row = 0; letters > 0 && row < n_rows; row++)
    if (gsl_rng_uniform (descent->random) < letters)
      batch->letters[row] = NN_BATCH_NO_LETTER;
}

/* The mean gradient of the names into the block. */
static gboolean
add_gradients (NnDescent *descent, const NnBatchName *names, guint n, double *loss, guint *right)
{
  memset (descent->gradient, 0, descent->model->layout.size * sizeof (float));
  nn_batch_sort (names, n, descent->sorted);
  nn_batch_begin (descent->batch, descent->model);
  for (guint i = 0; i < n; i += NN_BATCH_PART)
    {
      nn_batch_set_names (descent->batch, descent->sorted + i, MIN (n - i, NN_BATCH_PART));
      draw_dropout (descent);
      if (!nn_batch_learn (descent->batch, descent->model, descent->gradient, 1.0f / (float) n, loss, right))
        return FALSE;
    }
  return TRUE;
}

/* The weights' running mean: of all so far at first, then exponential. */
static void
update_average (NnDescent *descent)
{
  const double share = MAX (1.0 - descent->settings.averaging, 1.0 / (double) descent->steps);

  nn_batch_approach (descent->average->parameters, descent->model->parameters, (float) share,
                     descent->model->layout.size);
}

gboolean
nn_descent_step (NnDescent *descent, const NnBatchName *names, guint n, guint64 done, double *loss, guint *right)
{
  const NnSettings *settings = &descent->settings;
  const gsize size = descent->model->layout.size;
  double norm;

  g_assert (n > 0 && n <= settings->batch);
  *loss = 0;
  *right = 0;
  if (!add_gradients (descent, names, n, loss, right))
    return FALSE;
  *loss /= n;
  norm = sqrt (nn_batch_sum_squares (descent->gradient, size));
  /* Written so that a norm that is no number is refused too. */
  if (!(norm < LARGEST_NORM))
    return FALSE;
  if (settings->clip > 0)
    nn_gradient_clip (descent->gradient, size, norm, settings->clip);
  nn_optimizer_step (descent->optimizer, descent->model->parameters, descent->gradient,
                     nn_settings_rate_at (settings, done), settings->weight_decay);
  descent->steps++;
  if (descent->average != NULL)
    update_average (descent);
  return TRUE;
}
