/* command-gates.c: "gates": what a network holds after each letter of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"

#include "cli/error.h"
#include "cli/gates-clamp.h"
#include "cli/gates-letters.h"
#include "cli/inputs.h"
#include "cli/name.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/table.h"
#include "engine/inspect.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static const CliCommandFacts facts = {
  .name = "gates",
  .parameters = N_ ("-- NAME…"),
  .summary = N_ ("Prints what every gate, the cell and the hidden state hold after each letter of each name."),
  .description
  = N_ ("The text form gives the mean of each gate and the root mean square of each other state; JSON and\n"
        "comma-separated values give every unit. The RNN has a hidden state only.\n\n"
        "CLAMP is GATE=VALUE[:UNITS][@LETTERS]: GATE is forget, input, candidate or output, VALUE is 0, 1 or mean.\n"
        "Units are counted from 0 and letters from 1, as 3,7-9; without them all are meant. The mean is each unit's\n"
        "own over the rows of the data that were trained on, or over all rows where no .run.json beside the weights\n"
        "tells which. --clamp may be given several times.\n\n"
        "--letters prints for each letter the guess without it, the change of the logarithm of the probability of the\n"
        "class (--target, or the guess), the gradient of its logit times the input, and for the RNN, whose logits\n"
        "are a sum over the letters, the letter's share. --substitutions prints what the guess would become with each\n"
        "other of the 57 letters at each place."),
};

typedef struct
{
  const NnModel *model;
  const NnClamps *clamps; /* (nullable) */
  int target;             /* a class, or -1 */
  gboolean json, csv, letters, substitutions;
} Reading;

/* The order in which states are printed. */
static const NnState states[NN_N_STATES] = {
  NN_STATE_INPUT, NN_STATE_FORGET, NN_STATE_CANDIDATE, NN_STATE_OUTPUT, NN_STATE_CELL, NN_STATE_HIDDEN,
};

static void
letter_text (const NnTrace *trace, guint step, char text[2])
{
  text[0] = trace->ascii[step];
  text[1] = '\0';
}

/* ---- JSON ---- */

static json_t *
step_json (const NnModel *model, const NnTrace *trace, guint step)
{
  json_t *object = json_object ();
  json_t *log_probs = json_object ();
  char letter[2];

  letter_text (trace, step, letter);
  for (guint i = 0; i < model->n_classes; i++)
    json_object_set_new (log_probs, model->classes[i], nn_json_real (trace->log_probs[step * model->n_classes + i]));
  json_object_set_new (object, "letter", json_string (letter));
  json_object_set_new (object, "guess", nn_json_string (model->classes[trace->guess[step]]));
  json_object_set_new (object, "log_probs", log_probs);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const float *values = nn_trace_state (trace, states[i], step);

      if (values != NULL)
        json_object_set_new (object, nn_state_id (states[i]), cli_json_floats (values, trace->hidden));
    }
  if (trace->has_target)
    json_object_set_new (object, "hidden_gradient_norm", nn_json_real (trace->hidden_gradient_norm[step]));
  if (trace->has_target && nn_kind_has_gates (trace->kind))
    json_object_set_new (object, "cell_gradient_norm", nn_json_real (trace->cell_gradient_norm[step]));
  return object;
}

static void
print_json (const Reading *reading, const CliName *name, const NnTrace *trace)
{
  const NnModel *model = reading->model;
  json_t *steps = json_array ();
  g_autoptr (json_t) object = json_pack ("{s:o, s:s, s:s, s:o}", "name", nn_json_string (name->given), "ascii",
                                         name->ascii, "model", nn_kind_id (model->kind), "steps", steps);

  for (guint step = 0; trace != NULL && step < trace->length; step++)
    json_array_append_new (steps, step_json (model, trace, step));
  if (trace != NULL && trace->has_target)
    json_object_set_new (object, "loss", nn_json_real (trace->loss));
  if (name->problem != NULL)
    json_object_set_new (object, "error", nn_json_string (name->problem));
  cli_print_json (object, CLI_DIGITS_FLOAT);
}

/* ---- Comma-separated values ---- */

/* @unit: -1 for a number that is no unit's */
static void
print_csv_row (const NnTrace *trace, const char *given, guint step, const char *state, int unit, double value)
{
  char letter[2];

  letter_text (trace, step, letter);
  cli_print_field (given);
  cli_print (",%s,%u,", nn_kind_id (trace->kind), step + 1);
  cli_print_field (letter);
  cli_print (",%s,", state);
  if (unit >= 0)
    cli_print ("%d", unit);
  /* A number that is not finite is an empty field. */
  if (isfinite (value))
    cli_print (",%.9g\n", value);
  else
    cli_print_text (",\n");
}

static void
print_csv (const CliName *name, const NnTrace *trace)
{
  for (guint step = 0; step < trace->length; step++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
        {
          const float *values = nn_trace_state (trace, states[i], step);

          for (guint unit = 0; values != NULL && unit < trace->hidden; unit++)
            print_csv_row (trace, name->given, step, nn_state_id (states[i]), (int) unit, (double) values[unit]);
        }
      if (trace->has_target)
        print_csv_row (trace, name->given, step, "hidden_gradient_norm", -1, trace->hidden_gradient_norm[step]);
      if (trace->has_target && nn_kind_has_gates (trace->kind))
        print_csv_row (trace, name->given, step, "cell_gradient_norm", -1, trace->cell_gradient_norm[step]);
    }
}

/* ---- Text ---- */

static double
mean (const float *values, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (double) values[i];
  return sum / n;
}

static double
root_mean_square (const float *values, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (double) values[i] * (double) values[i];
  return sqrt (sum / n);
}

static void
add_header (CliTable *table, const NnTrace *trace, const NnTrace *unclamped)
{
  cli_table_add (table, "%s", _("letter"));
  cli_table_add (table, "%s", _("guess"));
  cli_table_add (table, "%s", "");
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (trace->states[states[i]] != NULL)
      cli_table_add (table, "%s", nn_state_id (states[i]));
  if (trace->has_target)
    cli_table_add (table, "%s", "|dL/dh|");
  if (trace->has_target && nn_kind_has_gates (trace->kind))
    cli_table_add (table, "%s", "|dL/dc|");
  if (unclamped != NULL)
    {
      cli_table_add (table, "%s", _("unclamped"));
      cli_table_add (table, "%s", "");
    }
}

static void
add_guess (CliTable *table, const NnModel *model, const NnTrace *trace, guint step)
{
  const guint guess = trace->guess[step];

  cli_table_add (table, "%s", model->classes[guess]);
  cli_table_add_percent (table, exp ((double) trace->log_probs[step * model->n_classes + guess]));
}

static void
add_step (CliTable *table, const NnModel *model, const NnTrace *trace, const NnTrace *unclamped, guint step)
{
  cli_table_add (table, "%c", trace->ascii[step]);
  add_guess (table, model, trace, step);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const float *values = nn_trace_state (trace, states[i], step);

      if (values != NULL)
        cli_table_add_number (table,
                              nn_state_is_gate (states[i]) ? mean (values, trace->hidden)
                                                           : root_mean_square (values, trace->hidden),
                              3);
    }
  if (trace->has_target)
    cli_table_add (table, "%.3g", trace->hidden_gradient_norm[step]);
  if (trace->has_target && nn_kind_has_gates (trace->kind))
    cli_table_add (table, "%.3g", trace->cell_gradient_norm[step]);
  if (unclamped != NULL)
    add_guess (table, model, unclamped, step);
}

static CliTable *
new_table (const NnTrace *trace, const NnTrace *unclamped)
{
  g_autofree char *columns
      = g_strconcat ("llr", nn_kind_has_gates (trace->kind) ? "rrrrrr" : "r",
                     !trace->has_target ? "" : nn_kind_has_gates (trace->kind) ? "rr" : "r",
                     unclamped != NULL ? "lr" : "", NULL);

  return cli_table_new (columns);
}

static void
print_clamps (const NnClamps *clamps)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *line = NULL;

  for (guint i = 0; i < clamps->clamps->len; i++)
    g_ptr_array_add (texts, nn_clamp_text (&g_array_index (clamps->clamps, NnClamp, i)));
  g_ptr_array_add (texts, NULL);
  line = g_strjoinv (" ", (char **) texts->pdata);
  cli_print (_("  clamped: %s\n"), line);
}

static void
print_text (const Reading *reading, const CliName *name, const NnTrace *trace)
{
  g_autoptr (CliTable) table = NULL;
  g_autoptr (NnTrace) unclamped = NULL;

  cli_name_print (name);
  if (trace == NULL)
    return;
  if (reading->clamps != NULL)
    {
      print_clamps (reading->clamps);
      unclamped = nn_trace_new (reading->model, name->ascii, -1);
    }
  table = new_table (trace, unclamped);
  add_header (table, trace, unclamped);
  for (guint step = 0; step < trace->length; step++)
    add_step (table, reading->model, trace, unclamped, step);
  cli_table_print (table, 2);
  if (trace->has_target)
    cli_print (_("  loss %.3f as %s\n"), trace->loss, reading->model->classes[reading->target]);
}

/* ---- The command ---- */

/* A table of values has no place for a name that could not be read; the others go on all the same. */
static gboolean
read_name (const Reading *reading, const char *given)
{
  g_auto (CliName) name = { 0 };
  g_autoptr (NnTrace) trace = NULL;

  cli_name_init (&name, given, strlen (given));
  if (reading->letters || reading->substitutions)
    {
      if (reading->letters)
        cli_print_letters (reading->model, &name, reading->target, reading->json);
      else
        cli_print_substitutions (reading->model, &name, reading->json);
      return TRUE;
    }
  if (name.problem == NULL)
    trace = nn_trace_new_clamped (reading->model, name.ascii, reading->target, reading->clamps);
  if (reading->json)
    print_json (reading, &name, trace);
  else if (!reading->csv)
    print_text (reading, &name, trace);
  else if (trace != NULL)
    print_csv (&name, trace);
  return trace != NULL || !reading->csv;
}

static gboolean
read_names (const Reading *reading, char **names, GError **error)
{
  guint left_out = 0;
  g_autofree char *quoted = NULL;

  if (reading->csv)
    cli_print_text ("name,model,step,letter,state,unit,value\n");
  for (guint i = 0; names[i] != NULL && cli_output_flush (); i++)
    if (!read_name (reading, names[i]) && left_out++ == 0)
      quoted = cli_quoted (names[i]);
  if (left_out == 0)
    return TRUE;
  return cli_fail (error, _("%s can't be read by the networks (%u of the names can't); leave it out"), quoted,
                   left_out);
}

static gboolean
find_target (const NnModel *model, const char *name, int *target, GError **error)
{
  g_autofree char *classes = NULL;
  g_autofree char *quoted = NULL;

  *target = -1;
  for (guint i = 0; name != NULL && i < model->n_classes; i++)
    if (strcmp (model->classes[i], name) == 0)
      *target = (int) i;
  if (name == NULL || *target >= 0)
    return TRUE;
  classes = g_strjoinv (", ", model->classes);
  quoted = cli_quoted (name);
  return cli_misuse (error, _("--target is %s; it must be one of %s"), quoted, classes);
}

/* What is printed is one of three things. */
static gboolean
check_choice (const Reading *reading, char **clamps, GError **error)
{
  const char *what = reading->letters ? "--letters" : "--substitutions";

  if (reading->json && reading->csv)
    return cli_misuse (error, _("--json and --csv exclude each other; give one"));
  if (reading->letters && reading->substitutions)
    return cli_misuse (error, _("--letters and --substitutions exclude each other; give one"));
  if (!reading->letters && !reading->substitutions)
    return TRUE;
  if (reading->csv)
    return cli_misuse (error, _("%s and --csv exclude each other; give --json"), what);
  if (clamps != NULL)
    return cli_misuse (error, _("%s and --clamp exclude each other; give one"), what);
  return TRUE;
}

gboolean
cli_command_gates (char **arguments, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *target = NULL;
  g_auto (GStrv) clamp_texts = NULL;
  g_auto (GStrv) names = NULL;
  Reading reading = { 0 };
  gboolean helped;
  const GOptionEntry entries[] = {
    CLI_OPTION_TEXT ("weights", &path, N_ ("Weights, a safetensors file"), N_ ("FILE")),
    CLI_OPTION_TEXT ("model", &kind, N_ ("Network that the weights are of"), "K"),
    CLI_OPTION_TEXT ("data", &folder, N_ ("Folder of names, for means and for unnamed classes"), N_ ("DIR")),
    CLI_OPTION_TEXT ("target", &target, N_ ("True class of the names: adds loss and gradients"), N_ ("CLASS")),
    CLI_OPTION_LIST ("clamp", &clamp_texts, N_ ("Hold a gate at a value; see below"), N_ ("CLAMP")),
    CLI_OPTION_FLAG ("letters", &reading.letters, N_ ("Print what each letter does to the guess")),
    CLI_OPTION_FLAG ("substitutions", &reading.substitutions, N_ ("Print what other letters would make of the guess")),
    CLI_OPTION_FLAG ("json", &reading.json, N_ ("Print JSON, one object a line")),
    CLI_OPTION_FLAG ("csv", &reading.csv, N_ ("Print comma-separated values, a line each")),
    CLI_OPTION_REST (&names),
    CLI_OPTION_END,
  };
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnModel) model = NULL;
  g_autoptr (NnWeightsFacts) weights = NULL;
  g_autoptr (NnClamps) clamps = NULL;

  if (!cli_options_parse (&facts, entries, arguments, &helped, error) || helped)
    return helped;
  if (!check_choice (&reading, clamp_texts, error) || !cli_clamps_parse (clamp_texts, &clamps, error))
    return FALSE;
  if (names == NULL)
    return cli_misuse (error, _("NAME is missing"));
  model = cli_input_weights (&(CliWeightsInput){ path, kind, folder, cli_clamps_need_data (clamps) }, &dataset,
                             &weights, error);
  if (model == NULL || !find_target (model, target, &reading.target, error)
      || !cli_clamps_prepare (clamps, &(CliClamped){ model, weights, path, dataset }, error))
    return FALSE;
  reading.model = model;
  reading.clamps = clamps;
  return read_names (&reading, names, error);
}
