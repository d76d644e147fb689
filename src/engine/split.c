/* split.c: which rows are trained on, and which are held out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/split.h"

#include "engine/error.h"
#include "engine/i18n.h"
#include "engine/random.h"

#include <math.h>
#include <stdlib.h>

#define MAX_FRACTION 0.9

struct _NnSplit
{
  gatomicrefcount references;
  NnDataset *dataset;
  guint8 *held;         /* [n_strings]: whether the string is held out */
  guint *training_rows; /* the classes one after the other */
  guint *first;         /* [n_classes + 1]: where the training rows of a class begin */
  guint *held_rows;     /* NULL where there are none */
  guint n_held_rows;
};

/* The draw, class by class. A class is a bit of a string's mask. */
typedef struct
{
  NnDataset *dataset;
  double fraction;
  gsl_rng *random;
  guint8 *held;
  guint8 *decided;              /* [n_strings] */
  guint64 *masks;               /* [n_strings]: the classes the string stands in */
  guint n_held[NN_MAX_CLASSES]; /* strings of the class that are held out */
  guint *undecided;             /* room for the strings of any one class */
} Draw;

typedef struct
{
  guint index;
  guint different;
} ClassSize;

G_STATIC_ASSERT (NN_MAX_CLASSES <= 64);

static int
compare_sizes (const void *a, const void *b)
{
  const ClassSize *x = a;
  const ClassSize *y = b;

  if (x->different != y->different)
    return x->different < y->different ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

/* Marks the strings of class @index as decided, and lists those that were not. */
static guint
take_undecided (Draw *draw, guint index)
{
  guint first, n_rows;
  guint n = 0;

  nn_dataset_class_rows (draw->dataset, index, &first, &n_rows);
  for (guint row = first; row < first + n_rows; row++)
    {
      guint string = nn_dataset_row_string (draw->dataset, row);

      if (!draw->decided[string])
        draw->undecided[n++] = string;
      draw->decided[string] = TRUE;
    }
  return n;
}

static gboolean
stands_in (const Draw *draw, guint string, guint index)
{
  return (draw->masks[string] >> index & 1) != 0;
}

/* Holds the string out in all its classes, unless that took the last one that a class of them can train on. */
static void
hold_out (Draw *draw, guint string)
{
  guint n_classes = nn_dataset_n_classes (draw->dataset);

  for (guint i = 0; i < n_classes; i++)
    if (stands_in (draw, string, i) && draw->n_held[i] + 1 >= nn_dataset_class_facts (draw->dataset, i)->different)
      return;
  for (guint i = 0; i < n_classes; i++)
    draw->n_held[i] += (guint) stands_in (draw, string, i);
  draw->held[string] = TRUE;
}

/* Fisher and Yates's shuffle, as far as it is needed. */
static void
draw_class (Draw *draw, guint index)
{
  double target = round (draw->fraction * nn_dataset_class_facts (draw->dataset, index)->different);
  guint n = take_undecided (draw, index);

  for (guint i = 0; i < n && draw->n_held[index] < target; i++)
    {
      guint other = i + (guint) gsl_rng_uniform_int (draw->random, n - i);
      guint string = draw->undecided[other];

      draw->undecided[other] = draw->undecided[i];
      hold_out (draw, string);
    }
}

/* The small classes come first: what a string that they share brings a large class hardly shows there, while the other
 * way round it could be several times a small one's share. */
static void
draw_strings (Draw *draw)
{
  ClassSize sizes[NN_MAX_CLASSES];
  guint n_classes = nn_dataset_n_classes (draw->dataset);
  guint n_rows = nn_dataset_n_rows (draw->dataset);

  for (guint row = 0; row < n_rows; row++)
    draw->masks[nn_dataset_row_string (draw->dataset, row)] |= G_GUINT64_CONSTANT (1)
                                                               << nn_dataset_row_class (draw->dataset, row);
  for (guint i = 0; i < n_classes; i++)
    sizes[i] = (ClassSize){ i, nn_dataset_class_facts (draw->dataset, i)->different };
  qsort (sizes, n_classes, sizeof *sizes, compare_sizes);
  for (guint i = 0; i < n_classes; i++)
    draw_class (draw, sizes[i].index);
}

static void
draw_held (NnSplit *split, double fraction, guint32 seed)
{
  guint n_strings = nn_dataset_n_strings (split->dataset);
  g_autoptr (gsl_rng) random = nn_random_new (seed, NN_STREAM_SPLIT);
  g_autofree guint8 *decided = g_new0 (guint8, n_strings);
  g_autofree guint64 *masks = g_new0 (guint64, n_strings);
  g_autofree guint *undecided = g_new (guint, n_strings);
  Draw draw = {
    .dataset = split->dataset,
    .fraction = fraction,
    .random = random,
    .held = split->held,
    .decided = decided,
    .masks = masks,
    .undecided = undecided,
  };

  draw_strings (&draw);
}

static void
list_rows (NnSplit *split)
{
  guint n_classes = nn_dataset_n_classes (split->dataset);
  guint n_rows = nn_dataset_n_rows (split->dataset);
  guint n_training = 0;

  for (guint row = 0; row < n_rows; row++)
    split->n_held_rows += nn_split_row_held_out (split, row);
  split->training_rows = g_new (guint, n_rows - split->n_held_rows);
  split->held_rows = g_new (guint, split->n_held_rows);
  split->first = g_new (guint, n_classes + 1);
  split->n_held_rows = 0;
  for (guint index = 0; index < n_classes; index++)
    {
      guint first, n;

      nn_dataset_class_rows (split->dataset, index, &first, &n);
      split->first[index] = n_training;
      for (guint row = first; row < first + n; row++)
        if (nn_split_row_held_out (split, row))
          split->held_rows[split->n_held_rows++] = row;
        else
          split->training_rows[n_training++] = row;
      g_assert (n_training > split->first[index]);
    }
  split->first[n_classes] = n_training;
}

NnSplit *
nn_split_new (NnDataset *dataset, double fraction, guint32 seed, GError **error)
{
  NnSplit *split;

  g_return_val_if_fail (dataset != NULL, NULL);
  if (!(fraction >= 0.0 && fraction <= MAX_FRACTION))
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   _("the share of names to hold out is %s; it must be from 0 to 0.9"),
                   g_ascii_formatd (number, sizeof number, "%g", fraction));
      return NULL;
    }

  split = g_new0 (NnSplit, 1);
  g_atomic_ref_count_init (&split->references);
  split->dataset = nn_dataset_ref (dataset);
  split->held = g_new0 (guint8, nn_dataset_n_strings (dataset));
  if (fraction > 0.0)
    draw_held (split, fraction, seed);
  list_rows (split);
  return split;
}

NnSplit *
nn_split_ref (NnSplit *split)
{
  g_return_val_if_fail (split != NULL, NULL);
  g_atomic_ref_count_inc (&split->references);
  return split;
}

void
nn_split_unref (NnSplit *split)
{
  g_return_if_fail (split != NULL);
  if (!g_atomic_ref_count_dec (&split->references))
    return;
  nn_dataset_unref (split->dataset);
  g_free (split->held);
  g_free (split->training_rows);
  g_free (split->first);
  g_free (split->held_rows);
  g_free (split);
}

NnDataset *
nn_split_dataset (const NnSplit *split)
{
  g_return_val_if_fail (split != NULL, NULL);
  return split->dataset;
}

gboolean
nn_split_row_held_out (const NnSplit *split, guint row)
{
  g_return_val_if_fail (split != NULL && row < nn_dataset_n_rows (split->dataset), FALSE);
  return split->held[nn_dataset_row_string (split->dataset, row)];
}

const guint *
nn_split_training_rows (const NnSplit *split, guint index, guint *n_rows)
{
  g_return_val_if_fail (split != NULL && index < nn_dataset_n_classes (split->dataset) && n_rows != NULL, NULL);
  *n_rows = split->first[index + 1] - split->first[index];
  return split->training_rows + split->first[index];
}

const guint *
nn_split_held_out_rows (const NnSplit *split, guint *n_rows)
{
  g_return_val_if_fail (split != NULL && n_rows != NULL, NULL);
  *n_rows = split->n_held_rows;
  return split->held_rows;
}
