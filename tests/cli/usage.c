/* usage.c: help, version, and every way of using the program wrongly.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "program.h"

#include <string.h>

static const char *const commands[] = { "train", "evaluate", "predict", "gates", "data", "figure" };

static void
test_version (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, "--version");

  g_assert_cmpstr (output, ==, "gatescope-cli " GATESCOPE_VERSION "\n");
}

static void
test_help (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, "--help");
  g_autofree char *shorter = program_succeed (place, "-h");

  g_assert_true (g_str_has_prefix (output, "Usage:\n  gatescope-cli COMMAND [OPTION…]\n"));
  g_assert_cmpstr (output, ==, shorter);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *row = g_strdup_printf ("\n  %s  ", commands[i]);
      g_assert_nonnull (strstr (output, row));
    }
}

/* Each command's help names each of its options, and wins over whatever else is wrong. */
static void
test_help_of_commands (Place *place, gconstpointer data)
{
  static const char *const options[] = {
    "model data preset iterations learning-rate hidden seed seeds threads hold-out batch optimizer clip decay "
    "weight-decay dropout "
    "letter-dropout averaging init order out json quiet",
    "weights model data held-out hold-out seed damage json",
    "weights model data top json",
    "weights model data target clamp letters substitutions json csv",
    "data json",
    "run weights model data label held-out smoothing log iterations loss-range accuracy-range hide report-values band "
    "counted draws seed hold-out cells order difference scores "
    "detail clamp pin second out width height dpi font-size dark transparent title no-title side-by-side language",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_strconcat (commands[i], " --help", NULL);
      g_autofree char *with_more = g_strconcat (commands[i], " --data nowhere -h", NULL);
      g_autofree char *usage = g_strdup_printf ("Usage:\n  gatescope-cli %s [OPTION…]", commands[i]);
      g_autofree char *output = program_succeed (place, line);
      g_autofree char *same = program_succeed (place, with_more);
      g_auto (GStrv) names = g_strsplit (options[i], " ", -1);
      guint n_options = 0;

      g_assert_true (g_str_has_prefix (output, usage));
      g_assert_cmpstr (output, ==, same);
      for (guint j = 0; names[j] != NULL; j++)
        {
          g_autofree char *shown = g_strconcat ("\n  --", names[j], NULL);
          g_assert_nonnull (strstr (output, shown));
        }
      for (const char *at = output; (at = strstr (at, "\n  --")) != NULL; at++)
        n_options++;
      g_assert_cmpuint (n_options, ==, g_strv_length (names));
    }
}

static void
test_commands (Place *place, gconstpointer data)
{
  program_fail (place, 2, "no command was given; see gatescope-cli --help", "");
  program_fail (place, 2, "there is no command “trian”; see gatescope-cli --help", "trian");
  program_fail (place, 2, "there is no command “”; see gatescope-cli --help", "''");
  program_fail (place, 2, "“--json” is no option that stands before the command; see gatescope-cli --help",
                "--json data");
  program_fail (place, 2, "there is no command “a�b”; see gatescope-cli --help", "'a\tb'");
}

static void
test_options (Place *place, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_strconcat (commands[i], " --nope", NULL);
      g_autofree char *abbreviated = g_strconcat (commands[i], " --dat names", NULL);
      g_autofree char *missing = g_strconcat (commands[i], " --data", NULL);
      g_autofree char *empty = g_strconcat (commands[i], " --data ''", NULL);
      g_autofree char *unknown
          = g_strdup_printf ("Unknown option --nope; see gatescope-cli %s --help", commands[i]);
      g_autofree char *no_abbreviation
          = g_strdup_printf ("Unknown option --dat; see gatescope-cli %s --help", commands[i]);
      g_autofree char *no_value
          = g_strdup_printf ("Missing argument for --data; see gatescope-cli %s --help", commands[i]);
      g_auto (Outcome) of_empty = program_run (place, empty);

      program_fail (place, 2, unknown, line);
      program_fail (place, 2, no_abbreviation, abbreviated);
      program_fail (place, 2, no_value, missing);
      g_assert_cmpint (of_empty.status, ==, 2);
    }
  program_fail (place, 2, "--json takes no value; see gatescope-cli data --help", "data --json=no");
  program_fail (place, 2, "--dark takes no value; see gatescope-cli figure --help", "figure loss --dark=");
  program_fail (place, 2, "“names” is no option of this command; see gatescope-cli data --help", "data names");
  program_fail (place, 2, "“names” is no option of this command; see gatescope-cli data --help", "data -- names");
  program_fail (place, 2, "--data is empty; see gatescope-cli data --help", "data --data ''");
}

#define FAIL_VALUE(option, value, must)                                                                       \
  program_fail (place, 2, "--" option " is “" value "”; it must be " must "; see gatescope-cli train --help", \
                "train --" option " '" value "'")

static void
test_values (Place *place, gconstpointer data)
{
  static const char *const whole[] = { "0", "-1", "1.5", "1e3", "nan", "0x10", " 5", "5 ", "", "1000000001",
                                       "99999999999999999999", "+5", "1,000" };
  static const char *const rates[] = { "0", "-0.1", "nan", "inf", "0,1", "0x1p-3", "1e400", "", " 1", "1 ", "100.1",
                                       "1e-400", "." };

  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autofree char *line = g_strdup_printf ("train --data names --iterations '%s'", whole[i]);
      g_autofree char *message =
        g_strdup_printf ("--iterations is “%s”; it must be a whole number from 1 to 1000000000; "
                         "see gatescope-cli train --help",
                         whole[i]);
      program_fail (place, 2, message, line);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autofree char *line = g_strdup_printf ("train --data names --learning-rate '%s'", rates[i]);
      g_autofree char *message =
        g_strdup_printf ("--learning-rate is “%s”; it must be a number above 0 and at most 100; "
                         "see gatescope-cli train --help",
                         rates[i]);
      program_fail (place, 2, message, line);
    }
  FAIL_VALUE ("hidden", "7", "a whole number from 8 to 1024");
  FAIL_VALUE ("hidden", "1025", "a whole number from 8 to 1024");
  FAIL_VALUE ("seed", "-1", "a whole number from 0 to 4294967295");
  FAIL_VALUE ("seed", "4294967296", "a whole number from 0 to 4294967295");
  FAIL_VALUE ("hold-out", "-0.1", "a number from 0 to 0.9");
  FAIL_VALUE ("hold-out", "0.91", "a number from 0 to 0.9");
  FAIL_VALUE ("hold-out", "nan", "a number from 0 to 0.9");
  FAIL_VALUE ("model", "gru", "rnn, lstm, gate-lstm, gate-lstm-hidden or all");
  FAIL_VALUE ("preset", "best", "report, default or careful");
  FAIL_VALUE ("batch", "0", "a whole number from 1 to 1024");
  FAIL_VALUE ("batch", "1025", "a whole number from 1 to 1024");
  FAIL_VALUE ("optimizer", "rmsprop", "sgd or adam");
  FAIL_VALUE ("clip", "-1", "a number from 0 to 100000");
  FAIL_VALUE ("decay", "1", "a number from 0 to 0.99");
  FAIL_VALUE ("weight-decay", "1.5", "a number from 0 to 1");
  FAIL_VALUE ("dropout", "0.95", "a number from 0 to 0.9");
  FAIL_VALUE ("letter-dropout", "0.95", "a number from 0 to 0.9");
  FAIL_VALUE ("averaging", "1", "a number from 0 to 0.99999");
  program_fail (place, 2, "--out is empty; see gatescope-cli train --help", "train --out ''");
  program_fail (place, 2, "--init is empty; see gatescope-cli train --help", "train --init ''");
  program_fail (place, 2, "--order is empty; see gatescope-cli train --help", "train --order ''");
  program_fail (place, 2,
                "--init is a file, which holds one network: say with --model which one, or give a folder that has "
                "rnn.safetensors, lstm.safetensors and gate-lstm.safetensors; see gatescope-cli train --help",
                "train --init some.safetensors");
}

static void
test_values_of_readers (Place *place, gconstpointer data)
{
  program_fail (place, 2, "--weights FILE is missing; see gatescope-cli evaluate --help", "evaluate");
  program_fail (place, 2, "--weights FILE is missing; see gatescope-cli predict --help", "predict");
  program_fail (place, 2, "--weights FILE is missing; see gatescope-cli gates --help", "gates -- Nova");
  program_fail (place, 2, "--weights is empty; see gatescope-cli predict --help", "predict --weights ''");
  program_fail (place, 2, "NAME is missing; see gatescope-cli gates --help", "gates --weights w");
  program_fail (place, 2, "--json and --csv exclude each other; give one; see gatescope-cli gates --help",
                "gates --weights w --json --csv -- Nova");
  program_fail (
    place, 2,
    "--model is “all”; it must be rnn, lstm, gate-lstm or gate-lstm-hidden; see gatescope-cli predict --help",
    "predict --weights w --model all");
  program_fail (place, 2, "--top is “0”; it must be a whole number from 1 to 64; see gatescope-cli predict --help",
                "predict --weights w --top 0");
  program_fail (place, 2,
                "--hold-out and --seed say which rows are held out, so they go with --held-out; see gatescope-cli "
                "evaluate --help",
                "evaluate --weights w --seed 2");
  program_fail (place, 2, "--hold-out is “1”; it must be a number from 0 to 0.9; see gatescope-cli evaluate --help",
                "evaluate --weights w --held-out --hold-out 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/usage/version", test_version);
  PLACE_ADD ("/usage/help", test_help);
  PLACE_ADD ("/usage/help-of-commands", test_help_of_commands);
  PLACE_ADD ("/usage/commands", test_commands);
  PLACE_ADD ("/usage/options", test_options);
  PLACE_ADD ("/usage/values", test_values);
  PLACE_ADD ("/usage/values-of-readers", test_values_of_readers);
  return g_test_run ();
}
