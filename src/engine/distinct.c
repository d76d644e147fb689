/* distinct.c: the different strings among some rows of a dataset, so that each is read once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/distinct.h"

NnDistinct *
nn_distinct_new (const NnDataset *dataset, const guint *rows, guint n_rows)
{
  NnDistinct *distinct = g_new0 (NnDistinct, 1);
  const guint n_strings = nn_dataset_n_strings (dataset);
  /* One more than the string's place; 0 where it has none yet. */
  g_autofree guint *places = g_new0 (guint, MAX (n_strings, 1));

  distinct->n_rows = rows != NULL ? n_rows : nn_dataset_n_rows (dataset);
  distinct->first_rows = g_new (guint, MAX (MIN (n_strings, distinct->n_rows), 1));
  distinct->counts = g_new0 (guint, MAX (MIN (n_strings, distinct->n_rows), 1));
  for (guint i = 0; i < distinct->n_rows; i++)
    {
      const guint row = rows != NULL ? rows[i] : i;
      guint *place = &places[nn_dataset_row_string (dataset, row)];

      if (*place == 0)
        {
          distinct->first_rows[distinct->n] = row;
          *place = ++distinct->n;
        }
      distinct->counts[*place - 1]++;
    }
  return distinct;
}

NnDistinct *
nn_distinct_new_training (const NnSplit *split)
{
  NnDataset *dataset = nn_split_dataset (split);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint k = 0; k < nn_dataset_n_classes (dataset); k++)
    {
      guint n_of_class;
      const guint *of_class = nn_split_training_rows (split, k, &n_of_class);

      g_array_append_vals (rows, of_class, n_of_class);
    }
  return nn_distinct_new (dataset, (const guint *) (gpointer) rows->data, rows->len);
}

void
nn_distinct_free (NnDistinct *distinct)
{
  if (distinct == NULL)
    return;
  g_free (distinct->first_rows);
  g_free (distinct->counts);
  g_free (distinct);
}
