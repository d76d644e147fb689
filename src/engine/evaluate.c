/* evaluate.c: how often a network is right, and what it takes for what.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/evaluate.h"

#include "engine/network.h"
#include "engine/sampler.h"

#include <math.h>
#include <string.h>

/* Names between two calls of a progress function. */
#define PROGRESS_NAMES 64

NnConfusion *
nn_confusion_new (guint n_classes)
{
  NnConfusion *confusion = g_new0 (NnConfusion, 1);

  confusion->n_classes = n_classes;
  confusion->counts = g_new0 (guint64, (gsize) n_classes * n_classes);
  confusion->loss = NAN;
  return confusion;
}

NnConfusion *
nn_confusion_copy (const NnConfusion *confusion)
{
  NnConfusion *copy = g_memdup2 (confusion, sizeof *confusion);

  copy->counts
      = g_memdup2 (confusion->counts, sizeof (guint64) * confusion->n_classes * confusion->n_classes);
  return copy;
}

void
nn_confusion_free (NnConfusion *confusion)
{
  if (confusion == NULL)
    return;
  g_free (confusion->counts);
  g_free (confusion);
}

/* What a reduced string was taken for, so that a string is read once however often it stands or is drawn. Few strings
 * stand in several classes, so the likelihood is kept for the last class asked about alone. */
typedef struct
{
  guint8 known;
  guint8 guess;
  guint8 truth;
  float log_prob; /* of truth */
} Answer;

typedef struct
{
  const NnModel *model;
  NnDataset *dataset;
  NnWorkspace *workspace;
  Answer *answers; /* one a string */
  NnConfusion *confusion;
  double loss;
} Counter;

static void
counter_init (Counter *counter, const NnModel *model, NnDataset *dataset)
{
  g_assert (model->n_classes == nn_dataset_n_classes (dataset));
  counter->model = model;
  counter->dataset = dataset;
  counter->workspace = nn_workspace_new (model);
  counter->answers = g_new0 (Answer, nn_dataset_n_strings (dataset));
  counter->confusion = nn_confusion_new (model->n_classes);
  counter->loss = 0;
}

/* Returns: the guess. */
static guint8
counter_add (Counter *counter, guint row)
{
  guint truth = nn_dataset_row_class (counter->dataset, row);
  Answer *answer = &counter->answers[nn_dataset_row_string (counter->dataset, row)];

  if (!answer->known || answer->truth != truth)
    {
      nn_workspace_set_name (counter->workspace, nn_dataset_row_ascii (counter->dataset, row));
      answer->guess = (guint8) nn_network_guess (counter->model, counter->workspace);
      answer->truth = (guint8) truth;
      answer->log_prob = counter->workspace->log_probs[truth];
      answer->known = TRUE;
    }
  counter->confusion->counts[truth * counter->model->n_classes + answer->guess]++;
  counter->confusion->total++;
  counter->loss -= (double) answer->log_prob;
  return answer->guess;
}

/* (transfer full): the counts, or NULL where the counting was broken off. */
static NnConfusion *
counter_finish (Counter *counter, gboolean whole)
{
  NnConfusion *confusion = g_steal_pointer (&counter->confusion);

  nn_workspace_free (counter->workspace);
  g_free (counter->answers);
  if (!whole)
    {
      nn_confusion_free (confusion);
      return NULL;
    }
  if (confusion->total > 0)
    confusion->loss = counter->loss / (double) confusion->total;
  return confusion;
}

static gboolean
goes_on (NnProgress progress, gpointer data, guint done, guint n)
{
  return progress == NULL || done % PROGRESS_NAMES != 0 || progress (n > 0 ? (double) done / n : 1.0, data);
}

NnConfusion *
nn_evaluate_rows (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows, NnProgress progress,
                  gpointer data)
{
  Counter counter;
  guint n = rows != NULL ? n_rows : nn_dataset_n_rows (dataset);
  gboolean whole = TRUE;

  counter_init (&counter, model, dataset);
  for (guint i = 0; i < n && whole; i++)
    {
      counter_add (&counter, rows != NULL ? rows[i] : i);
      whole = goes_on (progress, data, i + 1, n);
    }
  return counter_finish (&counter, whole);
}

NnConfusion *
nn_evaluate_draws (const NnModel *model, const NnSplit *split, guint n_draws, guint32 seed, NnProgress progress,
                   gpointer data)
{
  g_autoptr (gsl_rng) random = nn_random_new (seed, NN_STREAM_EVALUATION);
  Counter counter;
  gboolean whole = TRUE;

  counter_init (&counter, model, nn_split_dataset (split));
  for (guint i = 0; i < n_draws && whole; i++)
    {
      counter_add (&counter, nn_sampler_draw (split, random));
      whole = goes_on (progress, data, i + 1, n_draws);
    }
  return counter_finish (&counter, whole);
}

NnConfusion *
nn_evaluate (const NnModel *model, const NnSplit *split, NnCounted counted, guint n_draws, guint32 seed,
             NnProgress progress, gpointer data)
{
  static const guint no_rows[1] = { 0 };
  const guint *rows;
  guint n_rows;

  switch (counted)
    {
    case NN_COUNTED_ROWS:
      return nn_evaluate_rows (model, nn_split_dataset (split), NULL, 0, progress, data);
    case NN_COUNTED_HELD_OUT:
      rows = nn_split_held_out_rows (split, &n_rows);
      /* No rows at all would stand for all of them. */
      return nn_evaluate_rows (model, nn_split_dataset (split), rows != NULL ? rows : no_rows, n_rows, progress, data);
    case NN_COUNTED_DRAWS:
    default:
      return nn_evaluate_draws (model, split, n_draws, seed, progress, data);
    }
}

static const char *const counted_ids[] = {
  [NN_COUNTED_DRAWS] = "draws",
  [NN_COUNTED_ROWS] = "rows",
  [NN_COUNTED_HELD_OUT] = "held-out",
};

const char *
nn_counted_id (NnCounted counted)
{
  g_return_val_if_fail (counted < G_N_ELEMENTS (counted_ids), NULL);
  return counted_ids[counted];
}

gboolean
nn_counted_from_id (const char *id, NnCounted *counted)
{
  for (guint i = 0; i < G_N_ELEMENTS (counted_ids); i++)
    if (strcmp (id, counted_ids[i]) == 0)
      {
        *counted = (NnCounted) i;
        return TRUE;
      }
  return FALSE;
}

guint8 *
nn_evaluate_guesses (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows, NnProgress progress,
                     gpointer data)
{
  g_autoptr (NnConfusion) confusion = NULL;
  g_autofree guint8 *guesses = NULL;
  Counter counter;
  guint n = rows != NULL ? n_rows : nn_dataset_n_rows (dataset);
  gboolean whole = TRUE;

  counter_init (&counter, model, dataset);
  guesses = g_new (guint8, MAX (n, 1));
  for (guint i = 0; i < n && whole; i++)
    {
      guesses[i] = counter_add (&counter, rows != NULL ? rows[i] : i);
      whole = goes_on (progress, data, i + 1, n);
    }
  confusion = counter_finish (&counter, whole);
  return confusion != NULL ? g_steal_pointer (&guesses) : NULL;
}

guint64
nn_confusion_count (const NnConfusion *confusion, guint truth, guint guess)
{
  g_return_val_if_fail (truth < confusion->n_classes && guess < confusion->n_classes, 0);
  return confusion->counts[truth * confusion->n_classes + guess];
}

guint64
nn_confusion_row_total (const NnConfusion *confusion, guint truth)
{
  guint64 total = 0;

  for (guint k = 0; k < confusion->n_classes; k++)
    total += nn_confusion_count (confusion, truth, k);
  return total;
}

guint64
nn_confusion_column_total (const NnConfusion *confusion, guint guess)
{
  guint64 total = 0;

  for (guint k = 0; k < confusion->n_classes; k++)
    total += nn_confusion_count (confusion, k, guess);
  return total;
}

static double
ratio (guint64 part, guint64 whole)
{
  return whole > 0 ? (double) part / (double) whole : NAN;
}

double
nn_confusion_accuracy (const NnConfusion *confusion)
{
  guint64 right = 0;

  for (guint k = 0; k < confusion->n_classes; k++)
    right += nn_confusion_count (confusion, k, k);
  return ratio (right, confusion->total);
}

double
nn_confusion_macro_accuracy (const NnConfusion *confusion)
{
  double sum = 0;
  guint present = 0;

  for (guint k = 0; k < confusion->n_classes; k++)
    if (nn_confusion_row_total (confusion, k) > 0)
      {
        sum += nn_confusion_recall (confusion, k);
        present++;
      }
  return present > 0 ? sum / present : NAN;
}

double
nn_confusion_precision (const NnConfusion *confusion, guint index)
{
  return ratio (nn_confusion_count (confusion, index, index), nn_confusion_column_total (confusion, index));
}

double
nn_confusion_recall (const NnConfusion *confusion, guint index)
{
  return ratio (nn_confusion_count (confusion, index, index), nn_confusion_row_total (confusion, index));
}

double
nn_confusion_f1 (const NnConfusion *confusion, guint index)
{
  return ratio (2 * nn_confusion_count (confusion, index, index),
                nn_confusion_row_total (confusion, index) + nn_confusion_column_total (confusion, index));
}
