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

/* Most of many names stand in one row alone, of which there is nothing to count. */
typedef struct
{
  guint32 *numbers; /* [n_strings]: of the string's tally, from 1 on; 0 for a string of one row */
  Tally *tallies;
  guint32 n_tallies;
} Tallies;

static void
tallies_init (Tallies *tallies, const NnDataset *dataset)
{
  *tallies = (Tallies){ .numbers = g_new0 (guint32, dataset->n_strings) };
  for (guint row = 0; row < dataset->n_rows; row++)
    {
      guint32 *rows = &tallies->numbers[dataset->rows[row].string];

      *rows = MIN (*rows + 1, 2);
    }
  for (guint i = 0; i < dataset->n_strings; i++)
    tallies->numbers[i] = tallies->numbers[i] > 1 ? ++tallies->n_tallies : 0;
  tallies->tallies = g_new0 (Tally, tallies->n_tallies);
}

static void
tallies_clear (Tallies *tallies)
{
  g_free (tallies->numbers);
  g_free (tallies->tallies);
}

/* (nullable): of a row's string */
static Tally *
tally_of (const Tallies *tallies, const NnDataset *dataset, guint row)
{
  const guint32 number = tallies->numbers[dataset->rows[row].string];

  return number > 0 ? &tallies->tallies[number - 1] : NULL;
}

/* The rows of class @index, once they are all counted: each string met is entered once, and its count set back. */
static void
close_class (NnDataset *dataset, const Tallies *tallies, guint index)
{
  guint first = dataset->first_rows[index];
  guint last = dataset->first_rows[index + 1];

  dataset->facts[index].different = 0;
  for (guint row = first; row < last; row++)
    {
      Tally *tally = tally_of (tallies, dataset, row);
      double share;

      if (tally != NULL && tally->count == 0)
        continue;
      dataset->facts[index].different++;
      if (tally == NULL)
        continue;
      share = (double) tally->count / (last - first);
      tally->share += share;
      tally->best_share = MAX (tally->best_share, share);
      tally->best = MAX (tally->best, tally->count);
      tally->n_classes++;
      tally->count = 0;
    }
}

/* A classifier that sees the string alone answers all its rows with one class. Over rows it does best with the class
 * that has the most of them; class-balanced, where each class weighs the same, with the class of which the string is
 * the greatest share. */
static void
measure_ceilings (NnDataset *dataset)
{
  Tallies tallies;
  guint64 right;
  double lost_share = 0.0;

  tallies_init (&tallies, dataset);
  for (guint index = 0; index < dataset->n_classes; index++)
    {
      for (guint row = dataset->first_rows[index]; row < dataset->first_rows[index + 1]; row++)
        {
          Tally *tally = tally_of (&tallies, dataset, row);

          if (tally != NULL)
            tally->count++;
        }
      close_class (dataset, &tallies, index);
    }

  dataset->shared_strings = 0;
  right = dataset->n_strings - tallies.n_tallies;
  for (guint i = 0; i < tallies.n_tallies; i++)
    {
      const Tally *tally = &tallies.tallies[i];

      dataset->shared_strings += tally->n_classes > 1;
      right += tally->best;
      lost_share += tally->share - tally->best_share;
    }
  tallies_clear (&tallies);
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
