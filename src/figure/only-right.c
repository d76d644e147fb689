/* only-right.c: the names that one network alone gets right, as a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/only-right.h"

#include "figure/i18n.h"

const char *
fig_only_right_name (const FigOnlyRight *right, guint index)
{
  return nn_dataset_row_raw (right->names->dataset, right->names->rows[index]);
}

static const char *
class_name (const FigOnlyRight *right, guint class)
{
  return nn_dataset_class_names (right->names->dataset)[class];
}

const char *
fig_only_right_language (const FigOnlyRight *right, guint index)
{
  return class_name (right, nn_dataset_row_class (right->names->dataset, right->names->rows[index]));
}

const char *
fig_only_right_guess (const FigOnlyRight *right, guint network, guint index)
{
  return class_name (right, right->guesses[network][index]);
}

static FigSheet *
new_sheet (const FigOnlyRight *right, gboolean for_programs)
{
  FigSheet *sheet = fig_sheet_new ();

  fig_sheet_add_column (sheet, for_programs ? "only_right" : C_ ("column", "Only right"), FALSE);
  fig_sheet_add_column (sheet, for_programs ? "name" : C_ ("column", "Name"), FALSE);
  fig_sheet_add_column (sheet, for_programs ? "language" : C_ ("column", "Language"), FALSE);
  for (guint i = 0; i < right->n_networks; i++)
    {
      /* Translators: %s is a network; the column has the languages that it takes names for. */
      g_autofree char *title = for_programs ? g_strconcat ("guess_", right->labels[i], NULL)
                                            : g_strdup_printf (C_ ("column", "%s guesses"), right->labels[i]);

      fig_sheet_add_column (sheet, title, FALSE);
    }
  return sheet;
}

static void
add_rows (FigSheet *sheet, const FigOnlyRight *right, guint network)
{
  guint n;
  g_autofree guint *found = nn_test_names_only_right (right->names, right->guesses, right->n_networks, network, &n);

  for (guint i = 0; i < n; i++)
    {
      fig_sheet_add (sheet, right->labels[network]);
      fig_sheet_add (sheet, fig_only_right_name (right, found[i]));
      fig_sheet_add (sheet, fig_only_right_language (right, found[i]));
      for (guint other = 0; other < right->n_networks; other++)
        fig_sheet_add (sheet, fig_only_right_guess (right, other, found[i]));
    }
}

char *
fig_only_right_write (const FigOnlyRight *right, int network, FigSheetFormat format, const FigMetadata *metadata)
{
  g_autoptr (FigSheet) sheet = new_sheet (right, format == FIG_SHEET_CSV);
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (network < (int) right->n_networks, g_string_free (text, FALSE));
  for (guint i = 0; i < right->n_networks; i++)
    if (network < 0 || (guint) network == i)
      add_rows (sheet, right, i);
  fig_sheet_append_comments (format, metadata, text);
  fig_sheet_append (sheet, format, text);
  return g_string_free (text, FALSE);
}
