/* gate-means.c: the mean of every gate of every unit over names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/gate-means.h"

#include "engine/distinct.h"
#include "engine/network.h"

#include <math.h>

/* Names between two calls of a progress function. */
#define PROGRESS_NAMES 64

/* @sums: [N], in the layout's columns */
static void
add_name (const NnModel *model, const NnWorkspace *workspace, guint count, double *sums)
{
  for (guint t = 0; t < workspace->length; t++)
    {
      const float *gates = workspace->gates + t * workspace->stride;

      for (gsize column = 0; column < model->layout.columns; column++)
        sums[column] += (double) count * (double) gates[column];
    }
}

static NnGateMeans *
means_of_sums (const NnModel *model, const double *sums, guint64 letters)
{
  NnGateMeans *means = g_new0 (NnGateMeans, 1);

  means->hidden = model->hidden;
  means->letters = letters;
  for (guint gate = 0; gate < NN_N_GATES; gate++)
    {
      means->means[gate] = g_new (float, model->hidden);
      for (guint unit = 0; unit < model->hidden; unit++)
        means->means[gate][unit]
            = letters > 0 ? (float) (sums[nn_layout_column (&model->layout, gate, unit)] / (double) letters) : NAN;
    }
  return means;
}

static NnGateMeans *
means_of (const NnModel *model, NnDataset *dataset, const NnDistinct *distinct, NnProgress progress, gpointer data)
{
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  g_autofree double *sums = g_new0 (double, model->layout.columns);
  guint64 letters = 0;

  for (guint i = 0; i < distinct->n; i++)
    {
      nn_workspace_set_name (workspace, nn_dataset_row_ascii (dataset, distinct->first_rows[i]));
      nn_network_for (model->kind)->forward (model, workspace, 0, FALSE);
      add_name (model, workspace, distinct->counts[i], sums);
      letters += (guint64) distinct->counts[i] * workspace->length;
      if (progress != NULL && (i + 1) % PROGRESS_NAMES == 0 && !progress ((double) (i + 1) / distinct->n, data))
        return NULL;
    }
  return means_of_sums (model, sums, letters);
}

NnGateMeans *
nn_gate_means_new (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows, NnProgress progress,
                   gpointer data)
{
  g_autoptr (NnDistinct) distinct = NULL;

  g_return_val_if_fail (model != NULL && nn_kind_has_gates (model->kind) && dataset != NULL, NULL);
  distinct = nn_distinct_new (dataset, rows, n_rows);
  return means_of (model, dataset, distinct, progress, data);
}

NnGateMeans *
nn_gate_means_new_training (const NnModel *model, const NnSplit *split, NnProgress progress, gpointer data)
{
  g_autoptr (NnDistinct) distinct = NULL;

  g_return_val_if_fail (model != NULL && nn_kind_has_gates (model->kind) && split != NULL, NULL);
  distinct = nn_distinct_new_training (split);
  return means_of (model, nn_split_dataset (split), distinct, progress, data);
}

NnGateMeans *
nn_gate_means_copy (const NnGateMeans *means)
{
  NnGateMeans *copy = g_memdup2 (means, sizeof *means);

  for (guint gate = 0; gate < NN_N_GATES; gate++)
    copy->means[gate] = g_memdup2 (means->means[gate], means->hidden * sizeof (float));
  return copy;
}

void
nn_gate_means_free (NnGateMeans *means)
{
  if (means == NULL)
    return;
  for (guint gate = 0; gate < NN_N_GATES; gate++)
    g_free (means->means[gate]);
  g_free (means);
}
