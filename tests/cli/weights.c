/* weights.c: files of weights that "predict", "gates" and "evaluate" read or refuse.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-network.h"

#include "engine/inspect.h"

#include <string.h>

static void
test_bare (Place *place, gconstpointer data)
{
  static const struct
  {
    NnKind kind;
    const char *option;
    const char *said;
  } cases[] = {
    { NN_RNN, "", "rnn" },
    { NN_LSTM, "--model lstm", "lstm" },
    { NN_GATE_LSTM, "", "gate-lstm" },
    { NN_GATE_LSTM, "--model gate-lstm", "gate-lstm" },
    { NN_GATE_LSTM_HIDDEN, "--model gate-lstm-hidden", "gate-lstm-hidden" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NnModel) model = known_network (cases[i].kind);
      g_autofree char *line =
        g_strdup_printf ("predict --weights bare %s --data names --json -- Bobo", cases[i].option);
      g_autofree char *output = NULL;
      g_autoptr (json_t) object = NULL;
      float log_probs[3];

      known_network_write_bare (place, model);
      output = program_succeed (place, line);
      object = only_object (output);
      nn_model_predict (model, "Bobo", log_probs);
      g_assert_cmpstr (string_of (object, "model"), ==, cases[i].said);
      assert_log_probs (json_object_get (object, "log_probs"), log_probs);
    }
}

static void
test_weights_errors (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  static const char *const cases[][2] = {
    /* Without --data, a bare file is read with the surnames that come with the program: 18 classes. */
    { "--weights bare", "bare: *3 classes, but the data has 18; give the data that it was trained on" },
    { "--weights bare --data two", "bare: *3 classes, but the data has 2; give the data that it was trained on" },
    { "--weights bare --data names --model rnn",
      "bare: *lstm, but rnn *" },
    { "--weights lstm.safetensors --model gate-lstm",
      "lstm.safetensors: *lstm, but gate-lstm *" },
    { "--weights lstm.safetensors --data two",
      "lstm.safetensors: the weights are for 3 classes, the data has 2; give with --data what they were trained on" },
    { "--weights lstm.safetensors --data nowhere", "nowhere: *" },
    { "--weights nothing", "nothing: can't be read: No such file or directory; choose another file" },
    { "--weights names", "names: *folder*" },
  };
  static const char *const commands[] = { "predict", "gates" };

  known_network_write_bare (place, model);
  place_write (place, "two/One.txt", "Ann\n");
  place_write (place, "two/Two.txt", "Bob\n");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (commands); j++)
      {
        g_autofree char *line = g_strdup_printf ("%s %s -- Bobo", commands[j], cases[i][0]);
        program_fail (place, 1, cases[i][1], line);
      }
  /* evaluate always counts on data, here on those that come with the program. */
  program_fail (place, 1,
                "lstm.safetensors: the weights are for 3 classes, the data has 18; give with --data what they were "
                "trained on",
                "evaluate --weights lstm.safetensors");
}

static void
test_weights_malformed (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_RNN);
  g_autoptr (GBytes) bytes = place_read (place, "rnn.safetensors");
  g_autofree char *path = place_path (place, "cut");
  gsize length;
  const char *contents = g_bytes_get_data (bytes, &length);

  for (gsize n = 0; n < length; n += MAX (n / 3, 7))
    {
      g_auto (Outcome) outcome = { 0 };

      g_assert_true (g_file_set_contents (path, contents, (gssize) n, NULL));
      outcome = program_run (place, "predict --weights cut -- Bobo");
      g_assert_cmpint (outcome.status, ==, 1);
      g_assert_true (g_str_has_prefix (outcome.errors, "gatescope-cli: cut: "));
      g_assert_nonnull (strstr (outcome.errors, "; "));
      g_assert_true (strchr (outcome.errors, '\n') == outcome.errors + strlen (outcome.errors) - 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/weights/bare", test_bare);
  PLACE_ADD ("/weights/errors", test_weights_errors);
  PLACE_ADD ("/weights/malformed", test_weights_malformed);
  return g_test_run ();
}
