/* gates-letters.c: "gates --letters": what each letter of a name does to the guess.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/gates-letters.h"

#include "cli/output.h"
#include "cli/table.h"
#include "engine/decomposition.h"
#include "engine/dataset.h"
#include "engine/gradient-x-input.h"
#include "engine/occlusion.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  const NnModel *model;
  const char *ascii;
  NnOcclusion *occlusion;
  NnGradientXInput gradient;
  NnDecomposition *sum; /* (nullable): the RNN's alone */
} Letters;

static void
letters_init (Letters *letters, const NnModel *model, const char *ascii, int target)
{
  letters->model = model;
  letters->ascii = ascii;
  letters->occlusion = nn_occlusion_new (model, ascii);
  nn_gradient_x_input (model, ascii, target, &letters->gradient);
  letters->sum = model->kind == NN_RNN ? nn_decomposition_new (model, ascii) : NULL;
}

static void
letters_clear (Letters *letters)
{
  nn_occlusion_free (letters->occlusion);
  nn_decomposition_free (letters->sum);
}

/* ---- JSON ---- */

/* A number a class. */
static json_t *
row_json (const NnModel *model, const double *values)
{
  json_t *object = json_object ();

  for (guint k = 0; k < model->n_classes; k++)
    json_object_set_new (object, model->classes[k], nn_json_real (values[k]));
  return object;
}

static json_t *
changes_json (const Letters *letters, guint t)
{
  double changes[NN_MAX_CLASSES];

  for (guint k = 0; k < letters->model->n_classes; k++)
    changes[k] = nn_occlusion_change (letters->occlusion, t, k);
  return row_json (letters->model, changes);
}

/* What a name of one letter has not is null. */
static json_t *
letter_json (const Letters *letters, guint t)
{
  const NnOcclusion *occlusion = letters->occlusion;
  const char letter[2] = { letters->ascii[t], '\0' };
  json_t *object
    = json_pack ("{s:s, s:o, s:o, s:o}", "letter", letter, "guess_without",
                 nn_json_string (occlusion->has_effects ? letters->model->classes[occlusion->guess_without[t]] : NULL),
                 "log_prob_changes", occlusion->has_effects ? changes_json (letters, t) : json_null (),
                 "gradient_x_input", nn_json_real (letters->gradient.values[t]));

  if (letters->sum != NULL)
    json_object_set_new (object, "contributions", row_json (letters->model, nn_decomposition_row (letters->sum, t)));
  return object;
}

static void
add_json (json_t *object, const Letters *letters)
{
  const NnModel *model = letters->model;
  json_t *list = json_array ();

  json_object_set_new (object, "guess", nn_json_string (model->classes[letters->occlusion->guess]));
  json_object_set_new (object, "class", nn_json_string (model->classes[letters->gradient.target]));
  json_object_set_new (object, "logit", nn_json_real (letters->gradient.logit));
  json_object_set_new (object, "letters", list);
  for (guint t = 0; t < letters->gradient.length; t++)
    json_array_append_new (list, letter_json (letters, t));
  if (letters->sum == NULL)
    return;
  json_object_set_new (object, "bias_contributions",
                       row_json (model, nn_decomposition_row (letters->sum, letters->sum->length)));
  json_object_set_new (object, "logits", row_json (model, letters->sum->logits));
}

/* ---- Text ---- */

static double
probability_without (const Letters *letters, guint t)
{
  const guint guess = letters->occlusion->guess_without[t];

  return exp ((double) letters->occlusion->log_probs[guess] + nn_occlusion_change (letters->occlusion, t, guess));
}

static void
add_contribution (CliTable *table, const Letters *letters, guint t)
{
  if (letters->sum != NULL)
    cli_table_add (table, "%+.3f", nn_decomposition_row (letters->sum, t)[letters->gradient.target]);
}

static void
add_letter (CliTable *table, const Letters *letters, guint t)
{
  const gboolean has_effects = letters->occlusion->has_effects;

  cli_table_add (table, "%c", letters->ascii[t]);
  cli_table_add (table, "%s", has_effects ? letters->model->classes[letters->occlusion->guess_without[t]] : "-");
  cli_table_add_percent (table, has_effects ? probability_without (letters, t) : NAN);
  if (has_effects)
    cli_table_add (table, "%+.3f", nn_occlusion_change (letters->occlusion, t, letters->gradient.target));
  else
    cli_table_add (table, "-");
  cli_table_add (table, "%+.3f", letters->gradient.values[t]);
  add_contribution (table, letters, t);
}

/* A row of the sum: its label, and the number in the last column. */
static void
add_sum (CliTable *table, const char *label, double value)
{
  cli_table_add (table, "%s", label);
  for (guint i = 0; i < 4; i++)
    cli_table_add (table, "%s", "");
  cli_table_add (table, "%+.3f", value);
}

static void
print_text (const Letters *letters)
{
  const guint target = letters->gradient.target;
  g_autoptr (CliTable) table = cli_table_new (letters->sum != NULL ? "llrrrr" : "llrrr");

  cli_table_add (table, "%s", _("letter"));
  cli_table_add (table, "%s", _("guess without it"));
  cli_table_add (table, "%s", "");
  cli_table_add (table, "%s", _("change of log p"));
  cli_table_add (table, "%s", _("gradient x input"));
  if (letters->sum != NULL)
    cli_table_add (table, "%s", _("share of the logit"));
  for (guint t = 0; t < letters->gradient.length; t++)
    add_letter (table, letters, t);
  if (letters->sum != NULL)
    {
      add_sum (table, _("biases"), nn_decomposition_row (letters->sum, letters->sum->length)[target]);
      add_sum (table, C_("letters", "sum"), letters->sum->logits[target]);
    }
  cli_table_print (table, 2);
  cli_print (_("  guess %s; numbers of %s, whose logit is %.3f\n"), letters->model->classes[letters->occlusion->guess],
             letters->model->classes[target], letters->gradient.logit);
  if (!letters->occlusion->has_effects)
    cli_print_text (_("  of a name of one letter nothing is left without it\n"));
}

void
cli_print_letters (const NnModel *model, const CliName *name, int target, gboolean json)
{
  Letters letters = { 0 };
  g_autoptr (json_t) object = NULL;

  if (name->problem == NULL)
    letters_init (&letters, model, name->ascii, target);
  if (!json)
    {
      cli_name_print (name);
      if (name->problem == NULL)
        print_text (&letters);
      letters_clear (&letters);
      return;
    }
  object = json_pack ("{s:o, s:s, s:s}", "name", nn_json_string (name->given), "ascii", name->ascii, "model",
                      nn_kind_id (model->kind));
  if (name->problem == NULL)
    add_json (object, &letters);
  else
    json_object_set_new (object, "error", nn_json_string (name->problem));
  cli_print_json (object, CLI_DIGITS_DOUBLE);
  letters_clear (&letters);
}
