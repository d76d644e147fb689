/* damage.c: what every gate is good for: the accuracy that is left while a whole gate is clamped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/damage.h"

#include "engine/clamped-pass.h"
#include "engine/distinct.h"
#include "engine/loss.h"
#include "engine/network.h"

/* Names between two calls of a progress function. */
#define PROGRESS_NAMES 64

/* A part of the whole work: from @start to @start + @share of 1. */
typedef struct
{
  double start, share;
  NnProgress progress;
  gpointer data;
} Part;

static gboolean
part_goes_on (double done, gpointer data)
{
  const Part *part = data;

  return part->progress == NULL || part->progress (part->start + part->share * done, part->data);
}

static void
fill_rows (NnDamage *damage)
{
  static const struct
  {
    NnGate gate;
    NnClampValue value;
  } clamps[NN_DAMAGE_ROWS - 1] = {
    { NN_GATE_FORGET, NN_CLAMP_ZERO }, { NN_GATE_FORGET, NN_CLAMP_ONE }, { NN_GATE_FORGET, NN_CLAMP_MEAN },
    { NN_GATE_INPUT, NN_CLAMP_ZERO },  { NN_GATE_INPUT, NN_CLAMP_ONE },  { NN_GATE_INPUT, NN_CLAMP_MEAN },
    { NN_GATE_OUTPUT, NN_CLAMP_ZERO }, { NN_GATE_OUTPUT, NN_CLAMP_ONE }, { NN_GATE_OUTPUT, NN_CLAMP_MEAN },
    { NN_GATE_CANDIDATE, NN_CLAMP_ZERO },
  };

  for (guint i = 1; i < NN_DAMAGE_ROWS; i++)
    {
      damage->rows[i].clamped = TRUE;
      nn_clamp_init (&damage->rows[i].clamp, clamps[i - 1].gate, clamps[i - 1].value);
    }
}

/* What the network takes each string for: [n_strings] of the dataset, of which those of @distinct are filled. */
static gboolean
guess_all (const NnModel *model, NnDataset *dataset, const NnDistinct *distinct, const NnClamps *clamps,
           guint8 *guesses, const Part *part)
{
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  const NnNetwork *network = nn_network_for (model->kind);

  for (guint i = 0; i < distinct->n; i++)
    {
      const guint row = distinct->first_rows[i];

      nn_workspace_set_name (workspace, nn_dataset_row_ascii (dataset, row));
      if (clamps != NULL)
        nn_clamped_forward (model, workspace, clamps);
      else
        network->forward (model, workspace, 0, TRUE);
      network->read (model, workspace, workspace->length - 1, workspace->logits);
      guesses[nn_dataset_row_string (dataset, row)]
          = (guint8) nn_log_softmax (workspace->logits, model->n_classes, workspace->log_probs);
      if ((i + 1) % PROGRESS_NAMES == 0 && !part_goes_on ((double) (i + 1) / distinct->n, (gpointer) part))
        return FALSE;
    }
  return TRUE;
}

static void
count (NnDataset *dataset, const guint *rows, guint n_rows, const guint8 *guesses, NnDamageRow *result)
{
  g_autoptr (NnConfusion) confusion = nn_confusion_new (nn_dataset_n_classes (dataset));

  for (guint i = 0; i < n_rows; i++)
    {
      const guint row = rows != NULL ? rows[i] : i;

      confusion->counts[nn_dataset_row_class (dataset, row) * confusion->n_classes
                        + guesses[nn_dataset_row_string (dataset, row)]]++;
      confusion->total++;
    }
  result->accuracy = nn_confusion_accuracy (confusion);
  result->macro_accuracy = nn_confusion_macro_accuracy (confusion);
}

static gboolean
fill (NnDamage *damage, const NnModel *model, NnDataset *dataset, const guint *rows, const NnGateMeans *means,
      const Part *whole)
{
  g_autoptr (NnDistinct) distinct = nn_distinct_new (dataset, rows, damage->n_rows);
  g_autofree guint8 *guesses = g_new0 (guint8, MAX (nn_dataset_n_strings (dataset), 1));

  for (guint i = 0; i < NN_DAMAGE_ROWS; i++)
    {
      g_autoptr (NnClamps) clamps = damage->rows[i].clamped ? nn_clamps_new () : NULL;
      const Part part = { whole->start + whole->share * i / NN_DAMAGE_ROWS, whole->share / NN_DAMAGE_ROWS,
                          whole->progress, whole->data };

      if (clamps != NULL)
        {
          nn_clamps_add (clamps, &damage->rows[i].clamp);
          nn_clamps_take_means (clamps, nn_gate_means_copy (means));
        }
      if (!guess_all (model, dataset, distinct, clamps, guesses, &part))
        return FALSE;
      count (dataset, rows, damage->n_rows, guesses, &damage->rows[i]);
    }
  return TRUE;
}

static NnDamage *
damage_of (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows, const NnGateMeans *means,
           const Part *part)
{
  g_autofree NnDamage *damage = g_new0 (NnDamage, 1);

  damage->n_rows = rows != NULL ? n_rows : nn_dataset_n_rows (dataset);
  fill_rows (damage);
  return fill (damage, model, dataset, rows, means, part) ? g_steal_pointer (&damage) : NULL;
}

NnDamage *
nn_damage_new (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows, const NnGateMeans *means,
               NnProgress progress, gpointer data)
{
  const Part part = { 0, 1, progress, data };

  g_return_val_if_fail (model != NULL && nn_kind_has_gates (model->kind) && dataset != NULL && means != NULL, NULL);
  return damage_of (model, dataset, rows, n_rows, means, &part);
}

NnDamage *
nn_damage_new_split (const NnModel *model, const NnSplit *split, NnProgress progress, gpointer data)
{
  NnDataset *dataset;
  g_autoptr (NnGateMeans) means = NULL;
  NnDamage *damage;
  const guint *rows;
  guint n_rows;
  double names, all_names;
  Part part = { 0, 0, progress, data };

  g_return_val_if_fail (model != NULL && nn_kind_has_gates (model->kind) && split != NULL, NULL);
  dataset = nn_split_dataset (split);
  rows = nn_split_held_out_rows (split, &n_rows);
  names = nn_dataset_n_rows (dataset) - n_rows;
  all_names = names + NN_DAMAGE_ROWS * (double) (n_rows > 0 ? n_rows : nn_dataset_n_rows (dataset));
  part.share = names / all_names;
  means = nn_gate_means_new_training (model, split, part_goes_on, &part);
  if (means == NULL)
    return NULL;
  part.start = part.share;
  part.share = 1 - part.start;
  damage = damage_of (model, dataset, rows, n_rows, means, &part);
  if (damage != NULL)
    damage->held_out = n_rows > 0;
  return damage;
}
