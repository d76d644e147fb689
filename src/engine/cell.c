/* cell.c: the names behind one cell of a confusion matrix.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/cell.h"

#include "engine/network.h"
#include "engine/sampler.h"

#include <math.h>

/* Names between two calls of a progress function. */
#define PROGRESS_NAMES 64

/* How often each row of class @truth is counted, from its first row on. (transfer full) */
static guint *
count_rows (const NnSplit *split, NnCounted counted, guint n_draws, guint32 seed, guint first, guint n_rows)
{
  guint *times = g_new0 (guint, MAX (n_rows, 1));
  g_autoptr (gsl_rng) random = NULL;

  switch (counted)
    {
    case NN_COUNTED_ROWS:
      for (guint i = 0; i < n_rows; i++)
        times[i] = 1;
      break;
    case NN_COUNTED_HELD_OUT:
      for (guint i = 0; i < n_rows; i++)
        times[i] = nn_split_row_held_out (split, first + i);
      break;
    case NN_COUNTED_DRAWS:
    default:
      random = nn_random_new (seed, NN_STREAM_EVALUATION);
      for (guint i = 0; i < n_draws; i++)
        {
          guint row = nn_sampler_draw (split, random);

          if (row >= first && row - first < n_rows)
            times[row - first]++;
        }
      break;
    }
  return times;
}

/* The likeliest classes, the likeliest first; of equals the first. */
static void
take_top (NnCellName *name, guint n_top, const float *log_probs, guint n_classes)
{
  for (guint k = 0; k < n_top; k++)
    {
      int best = -1;

      for (guint i = 0; i < n_classes; i++)
        {
          gboolean taken = FALSE;

          for (guint j = 0; j < k; j++)
            taken = taken || name->top[j] == i;
          if (!taken && (best < 0 || log_probs[i] > log_probs[best]))
            best = (int) i;
        }
      name->top[k] = (guint8) best;
      name->probability[k] = expf (log_probs[best]);
    }
}

NnCell *
nn_cell_new (const NnModel *model, const NnSplit *split, NnCounted counted, guint n_draws, guint32 seed, guint truth,
             guint guess, NnProgress progress, gpointer data)
{
  NnDataset *dataset = nn_split_dataset (split);
  g_autoptr (NnWorkspace) workspace = NULL;
  g_autofree guint *times = NULL;
  g_autoptr (NnCell) cell = g_new0 (NnCell, 1);
  GArray *names = g_array_new (FALSE, FALSE, sizeof (NnCellName));
  guint first, n_rows;
  gboolean goes_on = TRUE;

  g_assert (model->n_classes == nn_dataset_n_classes (dataset) && truth < model->n_classes && guess < model->n_classes);
  nn_dataset_class_rows (dataset, truth, &first, &n_rows);
  times = count_rows (split, counted, n_draws, seed, first, n_rows);
  workspace = nn_workspace_new (model);
  cell->n_top = MIN (model->n_classes, NN_CELL_GUESSES);
  for (guint i = 0; i < n_rows && goes_on; i++)
    {
      NnCellName name = { .row = first + i, .times = times[i] };

      goes_on = progress == NULL || i % PROGRESS_NAMES != 0 || progress ((double) i / n_rows, data);
      if (times[i] == 0 || !goes_on)
        continue;
      cell->row_total += times[i];
      nn_workspace_set_name (workspace, nn_dataset_row_ascii (dataset, name.row));
      if (nn_network_guess (model, workspace) != guess)
        continue;
      cell->count += times[i];
      name.truth = expf (workspace->log_probs[truth]);
      name.guess = expf (workspace->log_probs[guess]);
      take_top (&name, cell->n_top, workspace->log_probs, model->n_classes);
      g_array_append_val (names, name);
    }
  cell->n_names = names->len;
  cell->names = (NnCellName *) (gpointer) g_array_free (names, FALSE);
  return goes_on ? g_steal_pointer (&cell) : NULL;
}

void
nn_cell_free (NnCell *cell)
{
  if (cell == NULL)
    return;
  g_free (cell->names);
  g_free (cell);
}
