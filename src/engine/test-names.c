/* test-names.c: the held-out names that networks are compared on, and who gets which right.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/test-names.h"

#include "engine/mcnemar.h"

#include <string.h>

static void
clear (gpointer data)
{
  NnTestNames *names = data;

  nn_dataset_unref (names->dataset);
  g_free (names->rows);
}

NnTestNames *
nn_test_names_new (const NnSplit *split)
{
  NnTestNames *names = g_atomic_rc_box_new0 (NnTestNames);
  g_autofree guint *seen = NULL;
  const guint *rows;
  guint n_rows;

  names->dataset = nn_dataset_ref (nn_split_dataset (split));
  rows = nn_split_held_out_rows (split, &n_rows);
  names->rows = g_new (guint, MAX (n_rows, 1));
  /* Rows come class by class: a string was seen in this class if this class was the last it was seen in. */
  seen = g_new0 (guint, MAX (nn_dataset_n_strings (names->dataset), 1));
  for (guint i = 0; i < n_rows; i++)
    {
      guint *last = &seen[nn_dataset_row_string (names->dataset, rows[i])];
      guint of_class = nn_dataset_row_class (names->dataset, rows[i]) + 1;

      if (*last != of_class)
        names->rows[names->n_names++] = rows[i];
      *last = of_class;
    }
  return names;
}

NnTestNames *
nn_test_names_ref (NnTestNames *names)
{
  return g_atomic_rc_box_acquire (names);
}

void
nn_test_names_unref (NnTestNames *names)
{
  g_atomic_rc_box_release_full (names, clear);
}

gboolean
nn_test_names_equal (const NnTestNames *a, const NnTestNames *b)
{
  return a->n_names == b->n_names && strcmp (nn_dataset_hash (a->dataset), nn_dataset_hash (b->dataset)) == 0
         && memcmp (a->rows, b->rows, sizeof *a->rows * a->n_names) == 0;
}

guint8 *
nn_test_names_guess (const NnTestNames *names, const NnModel *model, NnProgress progress, gpointer data)
{
  return nn_evaluate_guesses (model, names->dataset, names->rows, names->n_names, progress, data);
}

gboolean
nn_test_names_is_right (const NnTestNames *names, const guint8 *guesses, guint index)
{
  return guesses[index] == nn_dataset_row_class (names->dataset, names->rows[index]);
}

NnPairedTest
nn_test_names_compare (const NnTestNames *names, const guint8 *first, const guint8 *second)
{
  NnPairedTest test = { 0 };

  for (guint i = 0; i < names->n_names; i++)
    {
      gboolean first_right = nn_test_names_is_right (names, first, i);
      gboolean second_right = nn_test_names_is_right (names, second, i);

      test.only_first += first_right && !second_right;
      test.only_second += second_right && !first_right;
    }
  test.p = nn_mcnemar_exact (test.only_first, test.only_second);
  return test;
}

guint *
nn_test_names_only_right (const NnTestNames *names, const guint8 *const *guesses, guint n_networks, guint index,
                          guint *n_found)
{
  guint *found = g_new (guint, MAX (names->n_names, 1));

  g_return_val_if_fail (index < n_networks && n_found != NULL, found);
  *n_found = 0;
  for (guint i = 0; i < names->n_names; i++)
    {
      gboolean only = nn_test_names_is_right (names, guesses[index], i);

      for (guint other = 0; only && other < n_networks; other++)
        only = other == index || !nn_test_names_is_right (names, guesses[other], i);
      if (only)
        found[(*n_found)++] = i;
    }
  return found;
}
