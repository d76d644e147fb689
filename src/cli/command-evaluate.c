/* command-evaluate.c: "evaluate": how often a trained network is right, and on what.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"

#include "cli/error.h"
#include "cli/evaluate-damage.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/table.h"
#include "cli/work.h"
#include "engine/evaluate.h"
#include "engine/preset.h"

#include <glib/gi18n.h>
#include <math.h>

static const CliCommandFacts facts = {
  .name = "evaluate",
  .summary = N_ ("Counts what a trained network guesses for all rows of the data, or for the held-out ones."),
  .description
  = N_ ("Which rows are held out follows from --hold-out and --seed. Without them, the seed is that of the weights, and\n"
        "the share is found in the .run.json beside them; where that is missing, it is 0.1.\n\n"
        "--damage clamps the forget, input and output gate at 0, at 1 and at their means, and the candidate at 0. The\n"
        "means are those over the rows that were trained on; without --held-out those over all rows."),
};

/* ---- Counting ---- */

static NnConfusion *
count (const NnModel *model, NnDataset *dataset, const guint *rows, guint n_rows)
{
  g_auto (CliWork) work = { 0 };

  cli_work_init (&work, nn_kind_id (model->kind));
  return nn_evaluate_rows (model, dataset, rows, n_rows, cli_work_goes_on, &work);
}

/* ---- Which rows are held out ---- */

typedef struct
{
  gboolean held_out;
  char *hold_out_text, *seed_text;
  double hold_out;
  guint64 seed;
} Rows;

static gboolean
read_rows (Rows *rows, GError **error)
{
  NnSettings usual;

  nn_settings_preset ("default", NN_RNN, &usual);
  rows->hold_out = usual.hold_out;
  rows->seed = usual.seed;
  if (!rows->held_out && (rows->hold_out_text != NULL || rows->seed_text != NULL))
    return cli_misuse (error, _("--hold-out and --seed say which rows are held out, so they go with --held-out"));
  return (rows->hold_out_text == NULL
          || cli_option_real ("--hold-out", rows->hold_out_text, 0.0, FALSE, NN_MAX_HOLD_OUT, &rows->hold_out, error))
         && (rows->seed_text == NULL
             || cli_option_whole ("--seed", rows->seed_text, 0, G_MAXUINT32, &rows->seed, error));
}

/* What is not said is what the training was told: other rows would be names that the network has learned. */
static NnSplit *
held_out_split (const NnModel *model,
                const char *path,
                NnDataset *dataset,
                const NnWeightsFacts *weights,
                const Rows *rows,
                GError **error)
{
  double hold_out = rows->hold_out;
  gboolean known = rows->hold_out_text == NULL && cli_input_hold_out (model, weights, path, &hold_out);
  guint32 seed = (guint32) (rows->seed_text == NULL && weights->has_seed ? weights->seed : rows->seed);
  g_autoptr (NnSplit) split = nn_split_new (dataset, hold_out, seed, error);
  guint n_held_out;

  if (split == NULL)
    return NULL;
  nn_split_held_out_rows (split, &n_held_out);
  if (n_held_out == 0 && known)
    cli_fail (error, _("the training held no row out; leave --held-out out"));
  else if (n_held_out == 0)
    cli_fail (error, _("no row is held out at %g of the names; give a larger --hold-out"), hold_out);
  return n_held_out > 0 ? g_steal_pointer (&split) : NULL;
}

/* ---- Printing ---- */

static json_t *
matrix_json (const NnConfusion *confusion)
{
  json_t *matrix = json_array ();

  for (guint truth = 0; truth < confusion->n_classes; truth++)
    {
      json_t *row = json_array ();

      for (guint guess = 0; guess < confusion->n_classes; guess++)
        json_array_append_new (row, json_integer ((json_int_t) nn_confusion_count (confusion, truth, guess)));
      json_array_append_new (matrix, row);
    }
  return matrix;
}

static void
print_json (const NnModel *model, const NnConfusion *confusion)
{
  json_t *classes = json_array ();
  json_t *per_class = json_array ();
  g_autoptr (json_t) object = NULL;

  for (guint i = 0; i < model->n_classes; i++)
    {
      json_array_append_new (classes, nn_json_string (model->classes[i]));
      json_array_append_new (
        per_class, json_pack ("{s:o, s:o, s:o, s:o, s:I}", "class", nn_json_string (model->classes[i]), "precision",
                              nn_json_real (nn_confusion_precision (confusion, i)), "recall",
                              nn_json_real (nn_confusion_recall (confusion, i)), "f1",
                              nn_json_real (nn_confusion_f1 (confusion, i)), "support",
                              (json_int_t) nn_confusion_row_total (confusion, i)));
    }
  object = json_pack ("{s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "model", nn_kind_id (model->kind), "rows",
                      (json_int_t) confusion->total, "accuracy", nn_json_real (nn_confusion_accuracy (confusion)),
                      "macro_accuracy", nn_json_real (nn_confusion_macro_accuracy (confusion)), "classes", classes,
                      "confusion", matrix_json (confusion), "per_class", per_class);
  cli_print_json (object, CLI_DIGITS_DOUBLE);
}

/* The other class that names of @truth are taken for most often, or -1. */
static int
most_confused (const NnConfusion *confusion, guint truth)
{
  int most = -1;

  for (guint guess = 0; guess < confusion->n_classes; guess++)
    if (guess != truth && nn_confusion_count (confusion, truth, guess) > 0
        && (most < 0
            || nn_confusion_count (confusion, truth, guess) > nn_confusion_count (confusion, truth, (guint) most)))
      most = (int) guess;
  return most;
}

static void
add_row (CliTable *table, const NnModel *model, const NnConfusion *confusion, guint i)
{
  int confused = most_confused (confusion, i);

  cli_table_add (table, "%s", model->classes[i]);
  cli_table_add (table, "%" G_GUINT64_FORMAT, nn_confusion_row_total (confusion, i));
  cli_table_add_percent (table, nn_confusion_precision (confusion, i));
  cli_table_add_percent (table, nn_confusion_recall (confusion, i));
  cli_table_add_percent (table, nn_confusion_f1 (confusion, i));
  if (confused >= 0)
    cli_table_add (table, "%s (%" G_GUINT64_FORMAT ")", model->classes[confused],
                   nn_confusion_count (confusion, i, (guint) confused));
  else
    cli_table_add (table, "-");
}

static void
print_text (const NnModel *model, const NnConfusion *confusion, gboolean held_out)
{
  g_autoptr (CliTable) table = cli_table_new ("lrrrrl");
  double macro = nn_confusion_macro_accuracy (confusion);

  cli_print (held_out ? _("%s, %lu held-out rows: %.1f %% right, %.1f %% as the mean of the classes\n\n")
                      : _("%s, %lu rows: %.1f %% right, %.1f %% as the mean of the classes\n\n"),
             nn_kind_id (model->kind), (gulong) confusion->total, 100.0 * nn_confusion_accuracy (confusion),
             100.0 * macro);
  cli_table_add (table, "%s", _("class"));
  cli_table_add (table, "%s", _("rows"));
  cli_table_add (table, "%s", _("precision"));
  cli_table_add (table, "%s", _("recall"));
  cli_table_add (table, "%s", _("F1"));
  cli_table_add (table, "%s", _("mostly taken for"));
  for (guint i = 0; i < model->n_classes; i++)
    add_row (table, model, confusion, i);
  cli_table_print (table, 0);
}

/* @split: (nullable): all rows */
static void
evaluate (const NnModel *model, NnDataset *dataset, const NnSplit *split, gboolean json)
{
  g_autoptr (NnConfusion) confusion = NULL;
  const guint *rows = NULL;
  guint n_rows = 0;

  if (split != NULL)
    rows = nn_split_held_out_rows (split, &n_rows);
  confusion = count (model, dataset, rows, n_rows);
  if (json)
    print_json (model, confusion);
  else
    print_text (model, confusion, split != NULL);
}

gboolean
cli_command_evaluate (char **arguments, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *hold_out = NULL;
  g_autofree char *seed = NULL;
  Rows rows = { 0 };
  gboolean json = FALSE, damage = FALSE, helped;
  const GOptionEntry entries[] = {
    CLI_OPTION_TEXT ("weights", &path, N_ ("Weights, a safetensors file"), N_ ("FILE")),
    CLI_OPTION_TEXT ("model", &kind, N_ ("Network that the weights are of"), "K"),
    CLI_OPTION_TEXT ("data", &folder, N_ ("Folder of names, a CLASS.txt for each class"), N_ ("DIR")),
    CLI_OPTION_FLAG ("held-out", &rows.held_out, N_ ("Count the held-out rows alone")),
    CLI_OPTION_TEXT ("hold-out", &hold_out, N_ ("Share of the names that is held out (that of the training)"), "F"),
    CLI_OPTION_TEXT ("seed", &seed, N_ ("Seed that they were drawn with (that of the weights)"), "S"),
    CLI_OPTION_FLAG ("damage", &damage, N_ ("Print the accuracy that is left while a whole gate is clamped")),
    CLI_OPTION_FLAG ("json", &json, N_ ("Print JSON, one object a line")),
    CLI_OPTION_END,
  };
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnModel) model = NULL;
  g_autoptr (NnWeightsFacts) weights = NULL;
  g_autoptr (NnSplit) split = NULL;

  if (!cli_options_parse (&facts, entries, arguments, &helped, error) || helped)
    return helped;
  rows.hold_out_text = hold_out;
  rows.seed_text = seed;
  if (!read_rows (&rows, error))
    return FALSE;
  model = cli_input_weights (&(CliWeightsInput){ path, kind, folder, TRUE }, &dataset, &weights, error);
  if (model == NULL)
    return FALSE;
  if (rows.held_out)
    split = held_out_split (model, path, dataset, weights, &rows, error);
  if (rows.held_out && split == NULL)
    return FALSE;
  if (damage)
    return cli_evaluate_damage (model, dataset, split, json, error);
  evaluate (model, dataset, split, json);
  return TRUE;
}
