/* command-data.c: "data": what is in a folder of names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"

#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/table.h"

#include <glib/gi18n.h>

static const CliCommandFacts facts = {
  .name = "data",
  .summary = N_ ("Counts the names of each class, the rows left out, and the names that stand in several classes."),
  .description
  = N_ ("A row of which no letter is left, or more than 64, is left out. The ceiling is the accuracy that no\n"
        "classifier of the name alone can pass, because some names stand in several classes."),
};

static guint
left_out (const NnClassFacts *class_facts)
{
  return class_facts->left_out_empty + class_facts->left_out_long;
}

static void
print_json (NnDataset *dataset)
{
  json_t *classes = json_array ();
  g_autoptr (json_t) object = NULL;

  for (guint i = 0; i < nn_dataset_n_classes (dataset); i++)
    {
      const NnClassFacts *class_facts = nn_dataset_class_facts (dataset, i);

      json_array_append_new (classes, json_pack ("{s:o, s:i, s:i, s:i}", "class",
                                                 nn_json_string (nn_dataset_class_names (dataset)[i]), "rows",
                                                 (int) class_facts->rows, "different", (int) class_facts->different,
                                                 "left_out", (int) left_out (class_facts)));
    }
  object = json_pack ("{s:i, s:o, s:i, s:o, s:o}", "rows", (int) nn_dataset_n_rows (dataset), "classes", classes,
                      "shared_strings", (int) nn_dataset_shared_strings (dataset), "ceiling",
                      nn_json_real (nn_dataset_ceiling (dataset)), "ceiling_macro",
                      nn_json_real (nn_dataset_ceiling_macro (dataset)));
  cli_print_json (object, CLI_DIGITS_DOUBLE);
}

static void
add_row (CliTable *table, const char *name, const NnClassFacts *class_facts)
{
  cli_table_add (table, "%s", name);
  cli_table_add (table, "%u", class_facts->rows);
  cli_table_add (table, "%u", class_facts->different);
  cli_table_add (table, "%u", left_out (class_facts));
  cli_table_add (table, "%u", class_facts->with_dropped);
}

static void
print_text (NnDataset *dataset)
{
  g_autoptr (CliTable) table = cli_table_new ("lrrrr");
  guint shared = nn_dataset_shared_strings (dataset);
  NnClassFacts all = { 0 };

  cli_table_add (table, "%s", _("class"));
  cli_table_add (table, "%s", _("rows"));
  cli_table_add (table, "%s", _("different"));
  cli_table_add (table, "%s", _("left out"));
  cli_table_add (table, "%s", _("lost a letter"));
  for (guint i = 0; i < nn_dataset_n_classes (dataset); i++)
    {
      const NnClassFacts *class_facts = nn_dataset_class_facts (dataset, i);

      add_row (table, nn_dataset_class_names (dataset)[i], class_facts);
      all.rows += class_facts->rows;
      all.left_out_empty += class_facts->left_out_empty;
      all.left_out_long += class_facts->left_out_long;
      all.with_dropped += class_facts->with_dropped;
    }
  all.different = nn_dataset_n_strings (dataset);
  add_row (table, _("all"), &all);
  cli_table_print (table, 0);
  cli_print (ngettext ("\n%u name stands in more than one class.\n", "\n%u names stand in more than one class.\n",
                       shared),
             shared);
  cli_print (_("No classifier of the name alone can pass %.1f %% of the rows, or %.1f %% as the mean of the "
               "classes.\n"),
             100.0 * nn_dataset_ceiling (dataset), 100.0 * nn_dataset_ceiling_macro (dataset));
}

gboolean
cli_command_data (char **arguments, GError **error)
{
  g_autofree char *folder = NULL;
  gboolean json = FALSE, helped;
  const GOptionEntry entries[] = {
    CLI_OPTION_TEXT ("data", &folder, N_ ("Folder of names, a CLASS.txt for each class"), N_ ("DIR")),
    CLI_OPTION_FLAG ("json", &json, N_ ("Print JSON, one object a line")),
    CLI_OPTION_END,
  };
  g_autoptr (NnDataset) dataset = NULL;

  if (!cli_options_parse (&facts, entries, arguments, &helped, error) || helped)
    return helped;
  dataset = cli_input_data (folder, error);
  if (dataset == NULL)
    return FALSE;
  if (json)
    print_json (dataset);
  else
    print_text (dataset);
  return TRUE;
}
