/* gates.c: "gates": what a network holds after each letter, by what the engine says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-network.h"

#include "engine/inspect.h"

#include <string.h>

static void
check_values (const json_t *list, const float *expected)
{
  g_assert_cmpuint (json_array_size (list), ==, KNOWN_HIDDEN);
  for (guint unit = 0; unit < KNOWN_HIDDEN; unit++)
    g_assert_cmpfloat ((float) json_number_value (json_array_get (list, unit)), ==, expected[unit]);
}

static void
check_step (const json_t *step, const NnTrace *trace, guint t)
{
  gboolean gates = nn_kind_has_gates (trace->kind);
  g_autofree char *keys = g_strconcat ("letter guess log_probs ", gates ? "input forget candidate output cell " : "",
                                       "hidden", trace->has_target ? " hidden_gradient_norm" : "",
                                       trace->has_target && gates ? " cell_gradient_norm" : "", NULL);
  const char letter[2] = { trace->ascii[t], '\0' };

  assert_keys (step, keys);
  g_assert_cmpstr (string_of (step, "letter"), ==, letter);
  g_assert_cmpstr (string_of (step, "guess"), ==, known_classes[trace->guess[t]]);
  assert_log_probs (json_object_get (step, "log_probs"), trace->log_probs + t * 3);
  for (guint state = 0; state < NN_N_STATES; state++)
    if (trace->states[state] != NULL)
      check_values (json_object_get (step, nn_state_id ((NnState) state)), nn_trace_state (trace, (NnState) state, t));
  if (trace->has_target)
    g_assert_cmpfloat_with_epsilon (number_of (step, "hidden_gradient_norm"), trace->hidden_gradient_norm[t], 1e-7);
  if (trace->has_target && gates)
    g_assert_cmpfloat_with_epsilon (number_of (step, "cell_gradient_norm"), trace->cell_gradient_norm[t], 1e-7);
}

static void
test_gates_json (Place *place, gconstpointer data)
{
  NnKind kind = (NnKind) GPOINTER_TO_INT (data);
  g_autoptr (NnModel) model = known_network_write (place, kind);

  for (int target = -1; target < 2; target++)
    {
      g_autofree char *line =
        g_strdup_printf ("gates --weights %s.safetensors %s%s --json -- \"Ö'B\"", nn_kind_id (kind),
                         target >= 0 ? "--target " : "", target >= 0 ? known_classes[target] : "");
      g_autofree char *output = program_succeed (place, line);
      g_autoptr (json_t) object = only_object (output);
      g_autoptr (NnTrace) trace = nn_trace_new (model, "O'B", target);
      const json_t *steps = json_object_get (object, "steps");

      assert_keys (object, target >= 0 ? "name ascii model steps loss" : "name ascii model steps");
      g_assert_cmpstr (string_of (object, "name"), ==, "Ö'B");
      g_assert_cmpstr (string_of (object, "ascii"), ==, "O'B");
      g_assert_cmpstr (string_of (object, "model"), ==, nn_kind_id (kind));
      g_assert_cmpuint (json_array_size (steps), ==, 3);
      for (guint t = 0; t < 3; t++)
        check_step (json_array_get (steps, t), trace, t);
      if (target >= 0)
        g_assert_cmpfloat_with_epsilon (number_of (object, "loss"), trace->loss, 1e-7);
    }
}

static void
test_gates_csv (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  g_autofree char *output
      = program_succeed (place, "gates --weights lstm.safetensors --csv --target Obo -- 'a, \"b\"'");
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  g_autoptr (NnTrace) trace = nn_trace_new (model, "a, b", 1);
  static const NnState order[] = { NN_STATE_INPUT, NN_STATE_FORGET, NN_STATE_CANDIDATE,
                                   NN_STATE_OUTPUT, NN_STATE_CELL, NN_STATE_HIDDEN };
  static const char *const letters[] = { "a", "\",\"", "\" \"", "b" };
  guint at = 0;

  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 4 * (6 * KNOWN_HIDDEN + 2) + 1);
  g_assert_cmpstr (lines[at++], ==, "name,model,step,letter,state,unit,value");
  for (guint t = 0; t < 4; t++)
    {
      g_autofree char *hidden = g_strdup_printf ("\"a, \"\"b\"\"\",lstm,%u,%s,hidden_gradient_norm,,%.9g", t + 1,
                                                 letters[t], trace->hidden_gradient_norm[t]);
      g_autofree char *cell = g_strdup_printf ("\"a, \"\"b\"\"\",lstm,%u,%s,cell_gradient_norm,,%.9g", t + 1,
                                               letters[t], trace->cell_gradient_norm[t]);

      for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
        for (guint unit = 0; unit < KNOWN_HIDDEN; unit++)
          {
            g_autofree char *line
                = g_strdup_printf ("\"a, \"\"b\"\"\",lstm,%u,%s,%s,%u,%.9g", t + 1, letters[t], nn_state_id (order[i]),
                                   unit, (double) nn_trace_state (trace, order[i], t)[unit]);
            g_assert_cmpstr (lines[at++], ==, line);
          }
      g_assert_cmpstr (lines[at++], ==, hidden);
      g_assert_cmpstr (lines[at++], ==, cell);
    }
}

static void
test_gates_unreadable (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_RNN);
  g_autofree char *json = program_succeed (place, "gates --weights rnn.safetensors --json -- 9 Bobo");
  g_autofree char *text = program_succeed (place, "gates --weights rnn.safetensors -- 9 Bobo");
  g_auto (Outcome) csv = program_run (place, "gates --weights rnn.safetensors --csv -- 9 Bobo 8");
  g_autoptr (GPtrArray) objects = lines_json (json);
  const json_t *first = g_ptr_array_index (objects, 0);

  g_assert_cmpuint (objects->len, ==, 2);
  assert_keys (first, "name ascii model steps error");
  g_assert_cmpuint (json_array_size (json_object_get (first, "steps")), ==, 0);
  g_assert_cmpuint (json_array_size (json_object_get (g_ptr_array_index (objects, 1), "steps")), ==, 4);
  g_assert_true (g_str_has_prefix (text, "9\n  “9” has no letter that the networks read"));
  g_assert_nonnull (strstr (text, "\nBobo\n  letter  guess "));
  /* A table of values has no place for it. */
  g_assert_cmpint (csv.status, ==, 1);
  g_assert_cmpstr (csv.errors, ==,
                   "gatescope-cli: “9” can't be read by the networks (2 of the names can't); leave it out\n");
  g_assert_nonnull (strstr (csv.output, "\nBobo,rnn,4,o,hidden,15,"));
}

static void
test_gates_text (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) lstm = known_network_write (place, NN_LSTM);
  g_autoptr (NnModel) rnn = known_network_write (place, NN_RNN);
  g_autofree char *output = program_succeed (place, "gates --weights lstm.safetensors --target Usk -- Bo");
  g_autofree char *of_rnn = program_succeed (place, "gates --weights rnn.safetensors -- Bo");
  g_autoptr (NnTrace) trace = nn_trace_new (lstm, "Bo", 2);
  g_autofree char *loss = g_strdup_printf ("\n  loss %.3f as Usk\n", trace->loss);

  g_assert_nonnull (strstr (output, " input  forget  candidate  output   cell  hidden  |dL/dh|  |dL/dc|\n"));
  g_assert_true (g_str_has_suffix (output, loss));
  g_assert_null (strstr (of_rnn, "forget"));
  g_assert_null (strstr (of_rnn, "|dL"));
}

static void
test_gates_target (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_RNN);

  program_fail (place, 2, "--target is “ala”; it must be one of Ala, Obo, Usk; see gatescope-cli gates --help",
                "gates --weights rnn.safetensors --target ala -- Bobo");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *name = g_strconcat ("/gates/json/", nn_kind_id ((NnKind) kind), NULL);
      g_test_add (name, Place, GINT_TO_POINTER (kind), place_set_up, test_gates_json, place_tear_down);
    }
  PLACE_ADD ("/gates/csv", test_gates_csv);
  PLACE_ADD ("/gates/unreadable", test_gates_unreadable);
  PLACE_ADD ("/gates/text", test_gates_text);
  PLACE_ADD ("/gates/target", test_gates_target);
  return g_test_run ();
}
