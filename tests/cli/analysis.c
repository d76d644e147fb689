/* analysis.c: clamped gates, the letters of a name and the damage of a clamp, by what the engine says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-network.h"

#include "engine/damage.h"
#include "engine/decomposition.h"
#include "engine/gradient-x-input.h"
#include "engine/inspect.h"
#include "engine/occlusion.h"
#include "engine/substitution.h"
#include "engine/weights.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

/* ---- Clamps ---- */

static void
check_clamped (const json_t *object, const NnTrace *trace)
{
  const json_t *steps = json_object_get (object, "steps");

  g_assert_cmpuint (json_array_size (steps), ==, trace->length);
  for (guint t = 0; t < trace->length; t++)
    {
      const json_t *step = json_array_get (steps, t);

      /* The keys are those without a clamp. */
      assert_keys (step, "letter guess log_probs input forget candidate output cell hidden hidden_gradient_norm "
                         "cell_gradient_norm");
      assert_log_probs (json_object_get (step, "log_probs"), trace->log_probs + t * 3);
      for (guint state = 0; state < NN_N_STATES; state++)
        for (guint unit = 0; unit < KNOWN_HIDDEN; unit++)
          g_assert_cmpfloat ((float) json_number_value (json_array_get (
                                 json_object_get (step, nn_state_id ((NnState) state)), unit)),
                             ==, nn_trace_state (trace, (NnState) state, t)[unit]);
      g_assert_cmpfloat_with_epsilon (number_of (step, "hidden_gradient_norm"), trace->hidden_gradient_norm[t], 1e-7);
    }
  g_assert_cmpfloat_with_epsilon (number_of (object, "loss"), trace->loss, 1e-6);
}

static void
add_clamp (NnClamps *clamps, const char *text)
{
  g_autoptr (GError) error = NULL;
  NnClamp clamp;

  nn_clamp_parse (text, &clamp, &error);
  g_assert_no_error (error);
  nn_clamps_add (clamps, &clamp);
}

static void
test_clamp_json (Place *place, gconstpointer data)
{
  const NnKind kind = (NnKind) GPOINTER_TO_INT (data);
  g_autoptr (NnModel) model = known_network_write (place, kind);
  g_autoptr (NnClamps) clamps = nn_clamps_new ();
  g_autofree char *line
      = g_strdup_printf ("gates --weights %s.safetensors --clamp forget=0:3,7-9@2 --clamp output=1@3 --target Obo "
                         "--json -- Obo",
                         nn_kind_id (kind));
  g_autofree char *output = program_succeed (place, line);
  g_autoptr (json_t) object = only_object (output);
  g_autoptr (NnTrace) trace = NULL;

  add_clamp (clamps, "forget=0:3,7-9@2");
  add_clamp (clamps, "output=1@3");
  trace = nn_trace_new_clamped (model, "Obo", 1, clamps);
  for (guint unit = 0; unit < KNOWN_HIDDEN; unit++)
    {
      const gboolean held = unit == 3 || (unit >= 7 && unit <= 9);

      g_assert_true ((nn_trace_state (trace, NN_STATE_FORGET, 1)[unit] == 0.0f) == held);
      g_assert_true (nn_trace_state (trace, NN_STATE_OUTPUT, 2)[unit] == 1.0f);
    }
  check_clamped (object, trace);
}

static void
check_means (const Place *place, const char *line, const NnModel *model, NnGateMeans *means)
{
  g_autofree char *output = program_succeed (place, line);
  g_autoptr (json_t) object = only_object (output);
  g_autoptr (NnClamps) clamps = nn_clamps_new ();
  g_autoptr (NnTrace) trace = NULL;

  add_clamp (clamps, "input=mean");
  nn_clamps_take_means (clamps, means);
  trace = nn_trace_new_clamped (model, "Obo", 1, clamps);
  check_clamped (object, trace);
}

/* Over all rows of the data, or where the record beside the weights tells them, those that were trained on. */
static void
test_clamp_mean (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) known = known_network_write (place, NN_LSTM);
  g_autofree char *trained = program_succeed (
      place, "train --data names --hidden 16 --iterations 100 --hold-out 0.4 --seed 6 --out t --quiet");
  g_autofree char *path = place_path (place, "t/lstm.safetensors");
  g_autoptr (NnModel) model = nn_weights_load (path, NULL, NULL, NULL, NULL);
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnSplit) split = nn_split_new (dataset, 0.4, 6, NULL);

  check_means (place,
               "gates --weights lstm.safetensors --data names --clamp input=mean --target Obo --json -- Obo", known,
               nn_gate_means_new (known, dataset, NULL, 0, NULL, NULL));
  check_means (place,
               "gates --weights t/lstm.safetensors --data names --clamp input=mean --target Obo --json -- Obo", model,
               nn_gate_means_new_training (model, split, NULL, NULL));
}

static void
test_clamp_text (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  g_autofree char *usual = program_succeed (place, "gates --weights lstm.safetensors -- Obo");
  g_autofree char *output
      = program_succeed (place, "gates --weights lstm.safetensors --clamp forget=0 --clamp input=1:2 -- Obo");
  g_autofree char *csv
      = program_succeed (place, "gates --weights lstm.safetensors --clamp forget=0 --csv -- Obo");
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  g_assert_cmpstr (lines[1], ==, "  clamped: forget=0 input=1:2");
  g_assert_true (g_str_has_prefix (lines[2], "  letter  guess"));
  g_assert_nonnull (strstr (lines[2], "unclamped"));
  g_assert_nonnull (strstr (lines[3], "0.000"));
  g_assert_null (strstr (usual, "clamped"));
  g_assert_nonnull (strstr (csv, "\nObo,lstm,2,b,forget,7,0\n"));
}

#define FORGET "gates --weights lstm.safetensors --clamp "
#define SEE "; see gatescope-cli gates --help"

static void
test_clamp_errors (Place *place, gconstpointer data)
{
  static const char *const wrong[][2] = {
    { "forgt=0", "there is no gate \"forgt\"; it must be forget, input, candidate or output" },
    { "forget", "the value is missing; write GATE=0, GATE=1 or GATE=mean" },
    { "forget=2", "the value is \"2\"; it must be 0, 1 or mean" },
    { "forget=0:x", "the units are \"x\"; they must be numbers from 0 to 1023 and ranges of them, such as 3,7-9" },
    { "forget=0@0", "the letters are \"0\"; they must be numbers from 1 to 64 and ranges of them, such as 1,3-5" },
    { "forget=0:16", "there is no unit 16; the network has 16 units, from 0 to 15" },
  };
  g_autoptr (NnModel) lstm = known_network_write (place, NN_LSTM);
  g_autoptr (NnModel) rnn = known_network_write (place, NN_RNN);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *line = g_strconcat (FORGET, wrong[i][0], " -- Obo", NULL);
      g_autofree char *message = g_strdup_printf ("--clamp “%s”: %s" SEE, wrong[i][0], wrong[i][1]);

      program_fail (place, 2, message, line);
    }
  program_fail (place, 2,
                "--clamp “forget=0”: the RNN has no gates that could be clamped; choose one of the LSTMs" SEE,
                "gates --weights rnn.safetensors --clamp forget=0 -- Obo");
  program_fail (place, 1, "nowhere: *", FORGET "forget=mean --data nowhere -- Obo");
}

/* ---- Letters ---- */

static void
check_row (const json_t *row, const double *expected)
{
  assert_keys (row, "Ala Obo Usk");
  for (guint k = 0; k < 3; k++)
    g_assert_cmpfloat (number_of (row, known_classes[k]), ==, expected[k]);
}

static void
check_letter (const json_t *letter, const NnOcclusion *occlusion, const NnGradientXInput *gradient,
              const NnDecomposition *sum, guint t)
{
  const json_t *changes = json_object_get (letter, "log_prob_changes");

  assert_keys (letter, sum != NULL ? "letter guess_without log_prob_changes gradient_x_input contributions"
                                   : "letter guess_without log_prob_changes gradient_x_input");
  g_assert_cmpfloat (number_of (letter, "gradient_x_input"), ==, gradient->values[t]);
  if (sum != NULL)
    check_row (json_object_get (letter, "contributions"), nn_decomposition_row (sum, t));
  if (!occlusion->has_effects)
    {
      g_assert_true (json_is_null (changes));
      g_assert_true (json_is_null (json_object_get (letter, "guess_without")));
      return;
    }
  g_assert_cmpstr (string_of (letter, "guess_without"), ==, known_classes[occlusion->guess_without[t]]);
  for (guint k = 0; k < 3; k++)
    g_assert_cmpfloat (number_of (changes, known_classes[k]), ==, nn_occlusion_change (occlusion, t, k));
}

static void
check_letters (const Place *place, const NnModel *model, const char *name, int target)
{
  g_autofree char *line = g_strdup_printf ("gates --weights %s.safetensors --letters %s%s --json -- %s",
                                           nn_kind_id (model->kind), target >= 0 ? "--target " : "",
                                           target >= 0 ? known_classes[target] : "", name);
  g_autofree char *output = program_succeed (place, line);
  g_autoptr (json_t) object = only_object (output);
  g_autoptr (NnOcclusion) occlusion = nn_occlusion_new (model, name);
  g_autoptr (NnDecomposition) sum = model->kind == NN_RNN ? nn_decomposition_new (model, name) : NULL;
  const json_t *letters = json_object_get (object, "letters");
  NnGradientXInput gradient;

  nn_gradient_x_input (model, name, target, &gradient);
  assert_keys (object, sum != NULL ? "name ascii model guess class logit letters bias_contributions logits"
                                   : "name ascii model guess class logit letters");
  g_assert_cmpstr (string_of (object, "guess"), ==, known_classes[occlusion->guess]);
  g_assert_cmpstr (string_of (object, "class"), ==, known_classes[gradient.target]);
  g_assert_cmpfloat (number_of (object, "logit"), ==, gradient.logit);
  g_assert_cmpuint (json_array_size (letters), ==, strlen (name));
  for (guint t = 0; t < strlen (name); t++)
    check_letter (json_array_get (letters, t), occlusion, &gradient, sum, t);
  if (sum == NULL)
    return;
  check_row (json_object_get (object, "bias_contributions"), nn_decomposition_row (sum, sum->length));
  check_row (json_object_get (object, "logits"), sum->logits);
}

static void
test_letters_json (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, (NnKind) GPOINTER_TO_INT (data));

  check_letters (place, model, "Bobo", -1);
  check_letters (place, model, "Bobo", 2);
  check_letters (place, model, "O", -1);
}

/* The columns of a row of the RNN's table add up as its JSON says, to the digits that are shown. */
static void
test_letters_text (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_RNN);
  g_autoptr (NnDecomposition) sum = nn_decomposition_new (model, "Bo");
  g_autofree char *output
      = program_succeed (place, "gates --weights rnn.safetensors --letters --target Usk -- Bo 9 A");
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  g_autofree char *of_b = g_strdup_printf (" %+.3f", nn_decomposition_row (sum, 0)[2]);
  g_autofree char *of_biases = g_strdup_printf (" %+.3f", nn_decomposition_row (sum, 2)[2]);
  g_autofree char *of_all = g_strdup_printf (" %+.3f", sum->logits[2]);
  g_autofree char *end = g_strdup_printf ("numbers of Usk, whose logit is %.3f", sum->logits[2]);

  g_assert_cmpstr (lines[0], ==, "Bo");
  g_assert_true (g_str_has_suffix (lines[2], of_b));
  g_assert_true (g_str_has_prefix (lines[4], "  biases ") && g_str_has_suffix (lines[4], of_biases));
  g_assert_true (g_str_has_prefix (lines[5], "  sum ") && g_str_has_suffix (lines[5], of_all));
  g_assert_true (g_str_has_suffix (lines[6], end));
  g_assert_nonnull (strstr (output, "9\n  “9” has no letter that the networks read"));
  g_assert_nonnull (strstr (output, "\n  of a name of one letter nothing is left without it\n"));
}

/* ---- Substitutions ---- */

static void
check_place (const json_t *place, const NnSubstitution *map, guint t)
{
  const json_t *others = json_object_get (place, "substitutions");

  assert_keys (place, "letter substitutions");
  g_assert_cmpint (string_of (place, "letter")[0], ==, map->ascii[t]);
  g_assert_cmpuint (json_array_size (others), ==, NN_ALPHABET_SIZE);
  for (guint i = 0; i < NN_ALPHABET_SIZE; i++)
    {
      const json_t *other = json_array_get (others, i);
      const gsize at = i * map->length + t;

      assert_keys (other, "letter guess probability kept");
      g_assert_cmpint (string_of (other, "letter")[0], ==, nn_letter (i));
      g_assert_cmpstr (string_of (other, "guess"), ==, known_classes[map->guesses[at]]);
      g_assert_cmpfloat ((float) number_of (other, "probability"), ==, map->probabilities[at]);
      g_assert_cmpfloat ((float) number_of (other, "kept"), ==, map->kept[at]);
    }
}

static void
test_substitutions (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_GATE_LSTM);
  g_autoptr (NnSubstitution) map = nn_substitution_new (model, "Bo", NULL, NULL);
  g_autofree char *json
      = program_succeed (place, "gates --weights gate-lstm.safetensors --substitutions --json -- Bo");
  g_autofree char *text = program_succeed (place, "gates --weights gate-lstm.safetensors --substitutions -- Bo 9");
  g_autofree char *first = NULL;
  g_autoptr (json_t) object = only_object (json);
  const json_t *places = json_object_get (object, "places");
  guint changed = 0;

  assert_keys (object, "name ascii model guess probability places");
  g_assert_cmpstr (string_of (object, "guess"), ==, known_classes[map->guess]);
  g_assert_cmpfloat ((float) number_of (object, "probability"), ==, map->probability);
  g_assert_cmpuint (json_array_size (places), ==, 2);
  for (guint t = 0; t < 2; t++)
    check_place (json_array_get (places, t), map, t);
  for (guint i = 0; i < NN_ALPHABET_SIZE; i++)
    changed += map->guesses[i * 2] != map->guess;
  first = g_strdup_printf ("\n  B %*s%u of 56", 27 - (changed > 9), "", changed);
  g_assert_nonnull (strstr (text, first));
  g_assert_nonnull (strstr (text, "\n9\n  “9” has no letter"));
}

static void
test_choice_errors (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);

  program_fail (place, 2, "--letters and --substitutions exclude each other; give one" SEE,
                "gates --weights lstm.safetensors --letters --substitutions -- Bo");
  program_fail (place, 2, "--letters and --csv exclude each other; give --json" SEE,
                "gates --weights lstm.safetensors --letters --csv -- Bo");
  program_fail (place, 2, "--substitutions and --clamp exclude each other; give one" SEE,
                "gates --weights lstm.safetensors --substitutions --clamp forget=0 -- Bo");
}

/* ---- Damage ---- */

static void
check_damage (const json_t *object, const NnDamage *damage)
{
  static const char *const clamps[NN_DAMAGE_ROWS]
      = { NULL,      "forget=0", "forget=1", "forget=mean", "input=0",    "input=1",
          "input=mean", "output=0", "output=1", "output=mean", "candidate=0" };
  const json_t *rows = json_object_get (object, "damage");

  assert_keys (object, "model rows held_out damage");
  g_assert_cmpfloat (number_of (object, "rows"), ==, damage->n_rows);
  g_assert_cmpint (json_is_true (json_object_get (object, "held_out")), ==, damage->held_out);
  g_assert_cmpuint (json_array_size (rows), ==, NN_DAMAGE_ROWS);
  for (guint i = 0; i < NN_DAMAGE_ROWS; i++)
    {
      const json_t *row = json_array_get (rows, i);

      assert_keys (row, "clamp accuracy macro_accuracy");
      g_assert_cmpstr (json_string_value (json_object_get (row, "clamp")), ==, clamps[i]);
      g_assert_cmpfloat (number_of (row, "accuracy"), ==, damage->rows[i].accuracy);
      g_assert_cmpfloat (number_of (row, "macro_accuracy"), ==, damage->rows[i].macro_accuracy);
    }
}

static void
test_damage (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  g_autoptr (NnModel) rnn = known_network_write (place, NN_RNN);
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnSplit) split = nn_split_new (dataset, 0.4, KNOWN_SEED, NULL);
  g_autoptr (NnGateMeans) means = nn_gate_means_new (model, dataset, NULL, 0, NULL, NULL);
  g_autofree NnDamage *of_all = nn_damage_new (model, dataset, NULL, 0, means, NULL, NULL);
  g_autofree NnDamage *of_held_out = nn_damage_new_split (model, split, NULL, NULL);
  g_autofree char *all = program_succeed (place, "evaluate --weights lstm.safetensors --data names --damage --json");
  g_autofree char *held_out = program_succeed (
      place, "evaluate --weights lstm.safetensors --data names --damage --held-out --hold-out 0.4 --json");
  g_autofree char *text = program_succeed (place, "evaluate --weights lstm.safetensors --data names --damage");
  g_autoptr (json_t) all_object = only_object (all);
  g_autoptr (json_t) held_out_object = only_object (held_out);

  check_damage (all_object, of_all);
  check_damage (held_out_object, of_held_out);
  g_assert_true (g_str_has_prefix (text, "lstm, 36 rows, with a whole gate clamped\n\nclamped "));
  g_assert_nonnull (strstr (text, "\nforget=mean "));
  program_fail (place, 1, "the RNN has no gates that could be clamped; choose one of the LSTMs",
                "evaluate --weights rnn.safetensors --data names --damage");
}

/* ---- Figures of a name ---- */

static char *
figure_csv (Place *place, const char *options)
{
  g_autofree char *line = g_strdup_printf ("figure %s", options), *output = program_succeed (place, line);
  g_autofree char *path = g_build_filename (place->folder, "f.csv", NULL);
  char *csv;

  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  return csv;
}

static void
assert_value (const char *csv, const char *row, float value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *line = g_strdup_printf ("%s,%s\n", row, g_ascii_formatd (digits, sizeof digits, "%.9g", (double) value));

  if (strstr (csv, line) == NULL)
    g_error ("there is no row %s", line);
}

/* What is held, of all networks with gates or of one, and another name, are in the numbers of the figure. */
static void
test_held_figures (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) rnn = known_network_write (place, NN_RNN), lstm = known_network_write (place, NN_LSTM);
  g_autoptr (NnModel) by_hand = known_network_write (place, NN_GATE_LSTM);
  g_autoptr (NnClamps) all = nn_clamps_new (), one = nn_clamps_new ();
  g_autoptr (NnTrace) held = NULL, more = NULL, second = NULL, plain = nn_trace_new (lstm, "Obo", -1);
  g_autofree char *csv = figure_csv (place, "gates --weights rnn.safetensors --weights lstm.safetensors "
                                            "--weights gate-lstm.safetensors --clamp forget=0 --clamp 3:input=1:2@2 "
                                            "--second Uru --out f.csv -- Obo");
  g_autofree char *units = figure_csv (place, "units --weights lstm.safetensors --pin 4 --pin 1 --clamp forget=0 "
                                              "--out f.csv -- Obo");

  add_clamp (all, "forget=0");
  add_clamp (one, "forget=0");
  add_clamp (one, "input=1:2@2");
  held = nn_trace_new_clamped (lstm, "Obo", -1, all);
  second = nn_trace_new_clamped (lstm, "Uru", -1, all);
  more = nn_trace_new_clamped (by_hand, "Obo", -1, one);
  for (guint unit = 0; unit < KNOWN_HIDDEN; unit++)
    {
      g_autofree char *row = g_strdup_printf (",cell,%u", unit);

      assert_value (csv, row, nn_trace_state (held, NN_STATE_CELL, 2)[unit]);
      assert_value (csv, row, nn_trace_state (plain, NN_STATE_CELL, 2)[unit]);
      assert_value (csv, row, nn_trace_state (second, NN_STATE_CELL, 2)[unit]);
      assert_value (csv, row, nn_trace_state (more, NN_STATE_CELL, 2)[unit]);
    }
  assert_value (units, "LSTM,4,3,o,1,cell", nn_trace_state (held, NN_STATE_CELL, 2)[4]);
  assert_value (units, "LSTM,4,3,o,0,cell", nn_trace_state (plain, NN_STATE_CELL, 2)[4]);
  assert_value (units, "LSTM,1,3,o,1,forget", 0);
  g_assert_null (strstr (units, "LSTM,2,"));
}

/* Several networks side by side, in one table. */
static void
test_figures_beside (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) rnn = known_network_write (place, NN_RNN), lstm = known_network_write (place, NN_LSTM);
  g_autoptr (NnOcclusion) occlusion = nn_occlusion_new (lstm, "Obo");
  g_autofree char *csv = figure_csv (place, "attribution --weights rnn.safetensors --weights lstm.safetensors --out f.csv "
                                            "-- Obo");
  g_autofree char *row = g_strdup_printf ("LSTM,%s,1,O,", lstm->classes[occlusion->guess]);
  guint n_lines = 0;

  g_assert_nonnull (strstr (csv, row));
  g_assert_nonnull (strstr (csv, "\nRNN,"));
  for (const char *at = csv; (at = strchr (at, '\n')) != NULL; at++)
    n_lines++;
  /* Three comments, the columns, three letters and the biases of the RNN, three letters of the LSTM. */
  g_assert_cmpuint (n_lines, ==, 3 + 1 + 4 + 3);
}

static void
test_figure_errors (Place *place, gconstpointer data)
{
  static const char *const lines[][2] = {
    { "gates --weights lstm.safetensors --clamp 2:forget=0 --out f.csv -- Obo",
      "--clamp “2:forget=0”: there is no network 2; the number of one of the --weights stands before the colon, from 1 to "
      "1; see gatescope-cli figure --help" },
    { "gates --weights rnn.safetensors --clamp forget=0 --out f.csv -- Obo",
      "--clamp: none of the networks has gates; see gatescope-cli figure --help" },
    { "gates --weights lstm.safetensors --pin x --out f.csv -- Obo",
      "--pin is “x”; it must be a unit, from 0, or N:UNIT for the network of the Nth --weights; see gatescope-cli figure "
      "--help" },
    { "units --weights lstm.safetensors --pin 500 --out f.csv -- Obo",
      "--pin 500: network 1 has the units 0 to 15; see gatescope-cli figure --help" },
    { "units --weights lstm.safetensors --out f.csv -- Obo",
      "--pin UNIT is missing; see gatescope-cli figure --help" },
    { "attribution --weights lstm.safetensors --clamp forget=0 --out f.csv -- Obo",
      "--clamp goes with gates and units; see gatescope-cli figure --help" },
    { "units --weights lstm.safetensors --pin 1 --second Uru --out f.csv -- Obo",
      "--second goes with gates alone; see gatescope-cli figure --help" },
  };
  g_autoptr (NnModel) rnn = known_network_write (place, NN_RNN), lstm = known_network_write (place, NN_LSTM);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strconcat ("figure ", lines[i][0], NULL);

      program_fail (place, 2, lines[i][1], line);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *clamp = g_strconcat ("/analysis/clamp/json/", nn_kind_id ((NnKind) kind), NULL);
      g_autofree char *letters = g_strconcat ("/analysis/letters/json/", nn_kind_id ((NnKind) kind), NULL);

      if (nn_kind_has_gates ((NnKind) kind))
        g_test_add (clamp, Place, GUINT_TO_POINTER (kind), place_set_up, test_clamp_json, place_tear_down);
      g_test_add (letters, Place, GUINT_TO_POINTER (kind), place_set_up, test_letters_json, place_tear_down);
    }
  PLACE_ADD ("/analysis/clamp/mean", test_clamp_mean);
  PLACE_ADD ("/analysis/clamp/text", test_clamp_text);
  PLACE_ADD ("/analysis/clamp/errors", test_clamp_errors);
  PLACE_ADD ("/analysis/letters/text", test_letters_text);
  PLACE_ADD ("/analysis/substitutions", test_substitutions);
  PLACE_ADD ("/analysis/choice-errors", test_choice_errors);
  PLACE_ADD ("/analysis/damage", test_damage);
  g_test_add ("/cli/analysis/held-figures", Place, NULL, place_set_up, test_held_figures, place_tear_down);
  g_test_add ("/cli/analysis/figures-beside", Place, NULL, place_set_up, test_figures_beside, place_tear_down);
  g_test_add ("/cli/analysis/figure-errors", Place, NULL, place_set_up, test_figure_errors, place_tear_down);
  return g_test_run ();
}
