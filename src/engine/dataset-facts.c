/* dataset-facts.c: what is known of a dataset as a whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/dataset-private.h"

#include <string.h>

/* What has been seen of one string, the classes taken one after the other. */
typedef struct
{
  double share;      /* the sum, over the classes, of the share of the class's rows that are this string */
  double best_share; /* the greatest of them */
  guint best;        /* the most rows it has in one class */
  guint count;       /* its rows in the class at hand */
  guint n_classes;
} Tally;

/* The rows of class @index, once they are all counted: each string met is entered once, and its count set back. */
static void
close_class (NnDataset *dataset, Tally *tallies, guint index)
{
  guint first = dataset->first_rows[index];
  guint last = dataset->first_rows[index + 1];

  dataset->facts[index].different = 0;
  for (guint row = first; row < last; row++)
    {
      Tally *tally = &tallies[dataset->rows[row].string];
      double share = (double) tally->count / (last - first);

      if (tally->count == 0)
        continue;
      tally->share += share;
      tally->best_share = MAX (tally->best_share, share);
      tally->best = MAX (tally->best, tally->count);
      tally->n_classes++;
      tally->count = 0;
      dataset->facts[index].different++;
    }
}

/* A classifier that sees the string alone answers all its rows with one class. Over rows it does best with the class
 * that has the most of them; class-balanced, where each class weighs the same, with the class of which the string is
 * the greatest share. */
static void
measure_ceilings (NnDataset *dataset)
{
  g_autofree Tally *tallies = g_new0 (Tally, dataset->n_strings);
  guint64 right = 0;
  double lost_share = 0.0;

  for (guint index = 0; index < dataset->n_classes; index++)
    {
      for (guint row = dataset->first_rows[index]; row < dataset->first_rows[index + 1]; row++)
        tallies[dataset->rows[row].string].count++;
      close_class (dataset, tallies, index);
    }

  dataset->shared_strings = 0;
  for (guint i = 0; i < dataset->n_strings; i++)
    {
      dataset->shared_strings += tallies[i].n_classes > 1;
      right += tallies[i].best;
      lost_share += tallies[i].share - tallies[i].best_share;
    }
  dataset->ceiling = (double) right / dataset->n_rows;
  dataset->ceiling_macro = 1.0 - lost_share / dataset->n_classes;
}

/* What goes into the checksum, gathered so that it is told seldom. */
typedef struct
{
  GChecksum *checksum;
  gsize n;
  guchar bytes[4096];
} Gathered;

static void
tell (Gathered *gathered)
{
  g_checksum_update (gathered->checksum, gathered->bytes, (gssize) gathered->n);
  gathered->n = 0;
}

static void
gather_line (Gathered *gathered, const char *text, gsize length)
{
  if (gathered->n + length + 1 > sizeof gathered->bytes)
    tell (gathered);
  if (length + 1 > sizeof gathered->bytes)
    {
      g_checksum_update (gathered->checksum, (const guchar *) text, (gssize) length);
      length = 0;
    }
  /* Not memcpy: GCC makes of it, for lengths that it knows to be below 256, instructions that are slow to start. */
  memmove (gathered->bytes + gathered->n, text, length);
  gathered->n += length;
  gathered->bytes[gathered->n++] = '\n';
}

/* No class name has a line break and no row is empty, so an empty line can only be the end of a class. */
static void
measure_hash (NnDataset *dataset)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Gathered gathered = { .checksum = checksum };

  for (guint index = 0; index < dataset->n_classes; index++)
    {
      gather_line (&gathered, dataset->class_names[index], strlen (dataset->class_names[index]));
      for (guint row = dataset->first_rows[index]; row < dataset->first_rows[index + 1]; row++)
        {
          const NnDatasetString *string = &dataset->strings[dataset->rows[row].string];
          gather_line (&gathered, dataset->text + string->ascii, string->length);
        }
      gather_line (&gathered, "", 0);
    }
  tell (&gathered);
  dataset->hash = g_strdup (g_checksum_get_string (checksum));
}

void
nn_dataset_measure (NnDataset *dataset)
{
  g_assert (dataset->n_classes > 0 && dataset->n_rows > 0 && dataset->hash == NULL);
  measure_ceilings (dataset);
  measure_hash (dataset);
}
