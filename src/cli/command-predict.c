/* command-predict.c: "predict": where names come from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"

#include "cli/error.h"
#include "cli/inputs.h"
#include "cli/lines.h"
#include "cli/name.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/table.h"
#include "engine/inspect.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define USUAL_TOP 3
/* Of a line of the standard input: far more than any name has, however many accents its letters carry. */
#define MAX_LINE_BYTES 65536

static const CliCommandFacts facts = {
  .name = "predict",
  .parameters = N_ ("[-- NAME…]"),
  .summary = N_ ("Guesses the class of each name; without one, of each line of the standard input."),
  .description = N_ ("A name without a usable letter, or with more than 64, is reported and the others go on."),
};

typedef struct
{
  NnModel *model;
  guint top;
  gboolean json;
} Prediction;

static void
print_json (const Prediction *prediction, const CliName *name)
{
  const NnModel *model = prediction->model;
  float log_probs[NN_MAX_CLASSES];
  guint guess = name->problem == NULL ? nn_model_predict (model, name->ascii, log_probs) : 0;
  g_autoptr (json_t) object = json_pack ("{s:o, s:s, s:o, s:s}", "name", nn_json_string (name->given), "ascii",
                                         name->ascii, "dropped", nn_json_string (name->dropped), "model",
                                         nn_kind_id (model->kind));

  if (name->problem == NULL)
    {
      json_t *list = json_object ();

      for (guint i = 0; i < model->n_classes; i++)
        json_object_set_new (list, model->classes[i], nn_json_real (log_probs[i]));
      json_object_set_new (object, "guess", nn_json_string (model->classes[guess]));
      json_object_set_new (object, "log_probs", list);
    }
  else
    {
      json_object_set_new (object, "guess", json_null ());
      json_object_set_new (object, "log_probs", json_null ());
      json_object_set_new (object, "error", nn_json_string (name->problem));
    }
  cli_print_json (object, CLI_DIGITS_FLOAT);
}

/* The class of the largest value that is not taken yet. */
static guint
take_largest (float *values, guint n)
{
  guint largest = 0;

  for (guint i = 1; i < n; i++)
    if (values[i] > values[largest])
      largest = i;
  return largest;
}

static void
print_text (const Prediction *prediction, const CliName *name)
{
  const NnModel *model = prediction->model;
  g_autoptr (CliTable) table = cli_table_new ("lr");
  float log_probs[NN_MAX_CLASSES];

  cli_name_print (name);
  if (name->problem != NULL)
    return;
  nn_model_predict (model, name->ascii, log_probs);
  for (guint i = 0; i < MIN (prediction->top, model->n_classes); i++)
    {
      guint largest = take_largest (log_probs, model->n_classes);

      cli_table_add (table, "%s", model->classes[largest]);
      cli_table_add_percent (table, exp ((double) log_probs[largest]));
      log_probs[largest] = -INFINITY;
    }
  cli_table_print (table, 2);
}

static void
print_name (const Prediction *prediction, const CliName *name)
{
  if (prediction->json)
    print_json (prediction, name);
  else
    print_text (prediction, name);
}

static void
predict_arguments (const Prediction *prediction, char **names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (CliName) name = { 0 };

      cli_name_init (&name, names[i], strlen (names[i]));
      print_name (prediction, &name);
    }
}

/* Answers each line before it reads the next, so that another program can talk with this one. */
static gboolean
predict_lines (const Prediction *prediction, GError **error)
{
  g_auto (CliLines) lines = { 0 };

  cli_lines_init (&lines, stdin, MAX_LINE_BYTES);
  while (cli_lines_next (&lines))
    {
      g_auto (CliName) name = { 0 };

      if (lines.too_long)
        cli_name_init_too_long (&name, lines.text->str, lines.text->len);
      else
        cli_name_init (&name, lines.text->str, lines.text->len);
      print_name (prediction, &name);
      if (!cli_output_flush ())
        break;
    }
  if (!ferror (stdin))
    return TRUE;
  return cli_fail (error, _("the standard input can't be read: %s; give the names as arguments"), g_strerror (errno));
}

gboolean
cli_command_predict (char **arguments, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *top_text = NULL;
  g_auto (GStrv) names = NULL;
  guint64 top = USUAL_TOP;
  gboolean json = FALSE, helped, done = TRUE;
  const GOptionEntry entries[] = {
    CLI_OPTION_TEXT ("weights", &path, N_ ("Weights, a safetensors file"), N_ ("FILE")),
    CLI_OPTION_TEXT ("model", &kind, N_ ("Network that the weights are of"), "K"),
    CLI_OPTION_TEXT ("data", &folder, N_ ("Folder of names, for weights that do not name their classes"), N_ ("DIR")),
    CLI_OPTION_TEXT ("top", &top_text, N_ ("Classes to print for each name (3); JSON has all"), "N"),
    CLI_OPTION_FLAG ("json", &json, N_ ("Print JSON, one object a line")),
    CLI_OPTION_REST (&names),
    CLI_OPTION_END,
  };
  g_autoptr (NnModel) model = NULL;
  Prediction prediction;

  if (!cli_options_parse (&facts, entries, arguments, &helped, error) || helped)
    return helped;
  if (top_text != NULL && !cli_option_whole ("--top", top_text, 1, NN_MAX_CLASSES, &top, error))
    return FALSE;
  model = cli_input_weights (&(CliWeightsInput){ path, kind, folder, FALSE }, NULL, NULL, error);
  if (model == NULL)
    return FALSE;
  prediction = (Prediction){ .model = model, .top = (guint) top, .json = json };
  if (names != NULL)
    predict_arguments (&prediction, names);
  else
    done = predict_lines (&prediction, error);
  return done;
}
