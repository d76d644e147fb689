/* predict.c: "predict": where names come from, by what the engine says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-network.h"

#include "engine/inspect.h"

#include <math.h>
#include <string.h>

static void
test_predict_json (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  g_autofree char *output = program_succeed (place, "predict --weights lstm.safetensors --top 1 --json -- "
                                                    "Bobo 'Ünö, ' 'A9ß' -x --json");
  g_autoptr (GPtrArray) objects = lines_json (output);
  static const char *const expected[][3] = { { "Bobo", "Bobo", "" },
                                             { "Ünö, ", "Uno,", "" },
                                             { "A9ß", "A", "9ß" },
                                             { "-x", "x", "-" },
                                             { "--json", "json", "--" } };

  g_assert_cmpuint (objects->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < objects->len; i++)
    {
      const json_t *object = g_ptr_array_index (objects, i);
      float log_probs[3];
      guint guess = nn_model_predict (model, expected[i][1], log_probs);

      assert_keys (object, "name ascii dropped model guess log_probs");
      g_assert_cmpstr (string_of (object, "name"), ==, expected[i][0]);
      g_assert_cmpstr (string_of (object, "ascii"), ==, expected[i][1]);
      g_assert_cmpstr (string_of (object, "dropped"), ==, expected[i][2]);
      g_assert_cmpstr (string_of (object, "model"), ==, "lstm");
      g_assert_cmpstr (string_of (object, "guess"), ==, known_classes[guess]);
      assert_log_probs (json_object_get (object, "log_probs"), log_probs);
    }
}

static void
test_predict_unreadable (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_RNN);
  g_autoptr (GString) input = g_string_new ("王\n\nx\xff\ny");
  static const char *const errors[] = {
    "“王” *",
    "“” *",
    "the name is not valid UTF-8",
    "the name has a NUL byte",
    "“aaaa* 65 letters*",
    NULL, /* 64 letters are fine */
    "the line is too long to be a name",
    NULL,
  };
  Outcome outcome;
  g_autoptr (GPtrArray) objects = NULL;

  g_string_append_c (input, '\0');
  g_string_append (input, "z\n");
  for (guint i = 0; i < 65; i++)
    g_string_append_c (input, 'a');
  g_string_append_c (input, '\n');
  for (guint i = 0; i < 64; i++)
    g_string_append_c (input, 'b');
  g_string_append (input, "\r\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (input, 'c');
  g_string_append (input, "\nBobo");

  outcome = program_run_with (place, input->str, (gssize) input->len, "predict --weights rnn.safetensors --json");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpstr (outcome.errors, ==, "");
  objects = lines_json (outcome.output);
  g_assert_cmpuint (objects->len, ==, G_N_ELEMENTS (errors));
  for (guint i = 0; i < objects->len; i++)
    {
      const json_t *object = g_ptr_array_index (objects, i);

      if (errors[i] == NULL)
        {
          assert_keys (object, "name ascii dropped model guess log_probs");
          continue;
        }
      assert_keys (object, "name ascii dropped model guess log_probs error");
      g_assert_true (json_is_null (json_object_get (object, "guess")));
      if (!g_pattern_match_simple (errors[i], string_of (object, "error")))
        g_error ("line %u has the error %s", i + 1, string_of (object, "error"));
    }
  g_assert_cmpuint (strlen (string_of (g_ptr_array_index (objects, 5), "ascii")), ==, 64);
  g_assert_cmpstr (string_of (g_ptr_array_index (objects, 2), "name"), ==, "x\xEF\xBF\xBD");
  outcome_clear (&outcome);

  /* In words, too, it says so where the answer would stand, and goes on. */
  outcome = program_run_with (place, "9\n\033[1mBobo\n", -1, "predict --weights rnn.safetensors --top 1");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_true (
    g_pattern_match_simple ("9\n  “9” *\n\xEF\xBF\xBD[1mBobo (read as “mBobo”) (dropped: *", outcome.output));
  g_assert_null (strchr (outcome.output, '\033'));
  outcome_clear (&outcome);
}

static void
test_predict_text (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_GATE_LSTM);
  g_autofree char *three = program_succeed (place, "predict --weights gate-lstm.safetensors -- Bobo Álana");
  g_autofree char *two = program_succeed (place, "predict --weights gate-lstm.safetensors --top 2 -- Bobo");
  g_autofree char *many = program_succeed (place, "predict --weights gate-lstm.safetensors --top 64 -- Bobo");
  g_auto (GStrv) lines = g_strsplit (three, "\n", -1);
  float log_probs[3];
  guint guess = nn_model_predict (model, "Bobo", log_probs);
  g_autofree char *first =
    g_strdup_printf ("  %s  %.1f %%", known_classes[guess], 100 * exp ((double) log_probs[guess]));

  g_assert_cmpuint (g_strv_length (lines), ==, 9);
  g_assert_cmpstr (lines[0], ==, "Bobo");
  g_assert_cmpstr (lines[1], ==, first);
  g_assert_cmpstr (lines[4], ==, "Álana (read as “Alana”)");
  g_assert_true (g_str_has_prefix (many, two));
  g_assert_true (g_str_has_prefix (three, many));
  g_assert_cmpuint (strlen (two), <, strlen (many));
}

/* A line is answered before the next is there. */
static void
test_predict_conversation (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_RNN);
  g_autoptr (GSubprocessLauncher) launcher
      = program_launcher (place, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) program = program_start (launcher, "predict --weights rnn.safetensors --json");
  g_autoptr (GDataInputStream) answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program));
  GOutputStream *questions = g_subprocess_get_stdin_pipe (program);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *answer = NULL;

      g_assert_true (g_output_stream_write_all (questions, "Bobo\n", 5, NULL, NULL, &error));
      answer = g_data_input_stream_read_line_utf8 (answers, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (answer, "{\"name\": \"Bobo\", "));
    }
  g_assert_true (g_output_stream_close (questions, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (program, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/predict/json", test_predict_json);
  PLACE_ADD ("/predict/unreadable", test_predict_unreadable);
  PLACE_ADD ("/predict/text", test_predict_text);
  PLACE_ADD ("/predict/conversation", test_predict_conversation);
  return g_test_run ();
}
