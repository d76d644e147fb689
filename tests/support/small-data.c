/* small-data.c: a few invented classes that a network can learn in a moment.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "small-data.h"

NnDataset *
small_data_new (void)
{
  static const char *const classes[] = { "Ala", "Obo", "Usk", NULL };
  static const char *const names[] = {
    "Alana",  "Bala",   "Calada", "Dalama", "Faralan", "Garala", "Halata", "Jala",   "Kalana", "Lalada", "Mala", "Nova",
    "Obolo",  "Bobo",   "Colobo", "Dombo",  "Foboro",  "Gombo",  "Hobolo", "Jobo",   "Kolobo", "Lobo",   "Mobo", "Nova",
    "Uskin",  "Buskin", "Cuski",  "Duskin", "Fusk",    "Guskin", "Huski",  "Juskin", "Kusk",   "Luskin", "Musk", "Nusk",
  };
  guint of_row[G_N_ELEMENTS (names)];
  g_autoptr (GError) error = NULL;
  NnDataset *dataset;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    of_row[i] = i / 12;
  dataset = nn_dataset_new_from_rows (classes, names, of_row, G_N_ELEMENTS (names), &error);
  g_assert_no_error (error);
  return dataset;
}

NnSplit *
small_data_split (double fraction)
{
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (GError) error = NULL;
  NnSplit *split = nn_split_new (dataset, fraction, 1, &error);

  g_assert_no_error (error);
  return split;
}
