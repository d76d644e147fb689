/* evaluate-damage.c: "evaluate --damage": the accuracy that is left while a whole gate is clamped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/evaluate-damage.h"

#include "cli/error.h"
#include "cli/gates-clamp.h"
#include "cli/output.h"
#include "cli/table.h"
#include "cli/work.h"
#include "engine/damage.h"

#include <glib/gi18n.h>

static NnDamage *
measure (const NnModel *model, NnDataset *dataset, const NnSplit *split)
{
  g_auto (CliWork) work = { 0 };
  g_autoptr (NnGateMeans) means = NULL;

  if (split == NULL)
    means = cli_gate_means (model, dataset, NULL);
  cli_work_init (&work, nn_kind_id (model->kind));
  if (split != NULL)
    return nn_damage_new_split (model, split, cli_work_goes_on, &work);
  return nn_damage_new (model, dataset, NULL, 0, means, cli_work_goes_on, &work);
}

static void
print_json (const NnModel *model, const NnDamage *damage)
{
  json_t *rows = json_array ();
  g_autoptr (json_t) object
    = json_pack ("{s:s, s:I, s:b, s:o}", "model", nn_kind_id (model->kind), "rows", (json_int_t) damage->n_rows,
                 "held_out", damage->held_out, "damage", rows);

  for (guint i = 0; i < NN_DAMAGE_ROWS; i++)
    {
      const NnDamageRow *row = &damage->rows[i];
      g_autofree char *clamp = row->clamped ? nn_clamp_text (&row->clamp) : NULL;

      json_array_append_new (rows, json_pack ("{s:o, s:o, s:o}", "clamp", nn_json_string (clamp), "accuracy",
                                              nn_json_real (row->accuracy), "macro_accuracy",
                                              nn_json_real (row->macro_accuracy)));
    }
  cli_print_json (object, CLI_DIGITS_DOUBLE);
}

static void
add_difference (CliTable *table, double share, double whole)
{
  cli_table_add_percent (table, share);
  cli_table_add (table, "%+.1f", 100.0 * (share - whole));
}

static void
print_text (const NnModel *model, const NnDamage *damage)
{
  g_autoptr (CliTable) table = cli_table_new ("lrrrr");
  const NnDamageRow *whole = &damage->rows[0];

  cli_print (damage->held_out ? _("%s, %u held-out rows, with a whole gate clamped\n\n")
                              : _("%s, %u rows, with a whole gate clamped\n\n"),
             nn_kind_id (model->kind), damage->n_rows);
  cli_table_add (table, "%s", C_("damage", "clamped"));
  cli_table_add (table, "%s", C_("damage", "right"));
  cli_table_add (table, "%s", C_("damage", "points"));
  cli_table_add (table, "%s", _("mean of the classes"));
  cli_table_add (table, "%s", C_("damage", "points"));
  for (guint i = 0; i < NN_DAMAGE_ROWS; i++)
    {
      const NnDamageRow *row = &damage->rows[i];
      g_autofree char *clamp = row->clamped ? nn_clamp_text (&row->clamp) : g_strdup (C_("damage", "nothing"));

      cli_table_add (table, "%s", clamp);
      add_difference (table, row->accuracy, whole->accuracy);
      add_difference (table, row->macro_accuracy, whole->macro_accuracy);
    }
  cli_table_print (table, 0);
}

gboolean
cli_evaluate_damage (const NnModel *model, NnDataset *dataset, const NnSplit *split, gboolean json, GError **error)
{
  g_autofree NnDamage *damage = NULL;

  if (!nn_kind_has_gates (model->kind))
    return cli_fail (error, _("the RNN has no gates that could be clamped; choose one of the LSTMs"));
  damage = measure (model, dataset, split);
  if (json)
    print_json (model, damage);
  else
    print_text (model, damage);
  return TRUE;
}
