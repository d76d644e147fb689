/* preset.c: the presets, and what is said of settings that are out of range.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/preset.h"

#include "engine/error.h"

#include <math.h>

static void
test_presets (void)
{
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      NnSettings report, standard;
      GError *error = NULL;

      g_assert_true (nn_settings_preset ("report", (NnKind) kind, &report));
      g_assert_cmpint (report.kind, ==, kind);
      g_assert_cmpuint (report.hidden, ==, 128);
      g_assert_cmpuint (report.iterations, ==, 100000);
      g_assert_cmpfloat (report.learning_rate, ==, kind == NN_RNN ? 0.005 : 0.1);
      g_assert_cmpuint (report.seed, ==, 1);
      g_assert_cmpfloat (report.hold_out, ==, 0.0);
      g_assert_true (nn_settings_check (&report, &error));
      g_assert_no_error (error);

      g_assert_true (nn_settings_preset ("default", (NnKind) kind, &standard));
      g_assert_cmpfloat (standard.hold_out, ==, 0.1);
      g_assert_true (nn_settings_check (&standard, &error));
      g_assert_no_error (error);
      standard.hold_out = 0.0;
      g_assert_cmpint (standard.kind, ==, report.kind);
      g_assert_cmpuint (standard.hidden, ==, report.hidden);
      g_assert_cmpuint (standard.iterations, ==, report.iterations);
      g_assert_cmpfloat (standard.learning_rate, ==, report.learning_rate);
      g_assert_cmpuint (standard.seed, ==, report.seed);
    }
}

static void
test_careful (void)
{
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      NnSettings report, standard, careful;
      GError *error = NULL;

      g_assert_true (nn_settings_preset ("report", (NnKind) kind, &report));
      g_assert_true (nn_settings_preset ("default", (NnKind) kind, &standard));
      g_assert_true (nn_settings_preset ("careful", (NnKind) kind, &careful));
      g_assert_true (nn_settings_check (&careful, &error));
      g_assert_no_error (error);
      g_assert_true (nn_settings_are_plain (&report));
      g_assert_true (nn_settings_are_plain (&standard));
      g_assert_false (nn_settings_are_plain (&careful));
      /* It holds out what the default does, so that the two can be compared. */
      g_assert_cmpfloat (careful.hold_out, ==, standard.hold_out);
      g_assert_cmpuint (careful.seed, ==, standard.seed);
      g_assert_cmpuint (careful.hidden, ==, 128);
      g_assert_false (nn_settings_equal (&report, &standard));
      g_assert_true (nn_settings_equal (&careful, &careful));
    }
}

static void
test_unknown_preset (void)
{
  NnSettings settings = { .hidden = 77 };

  g_assert_false (nn_settings_preset ("fast", NN_RNN, &settings));
  g_assert_false (nn_settings_preset ("", NN_RNN, &settings));
  g_assert_false (nn_settings_preset (NULL, NN_RNN, &settings));
  g_assert_cmpuint (settings.hidden, ==, 77);
}

static NnSettings
sound (void)
{
  NnSettings settings;

  g_assert_true (nn_settings_preset ("default", NN_LSTM, &settings));
  return settings;
}

static void
assert_check (NnSettings settings, const char *message)
{
  GError *error = NULL;

  g_assert_cmpint (nn_settings_check (&settings, &error), ==, message == NULL);
  if (message == NULL)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, NN_ERROR, NN_ERROR_SETTINGS);
      g_assert_cmpstr (error->message, ==, message);
    }
  g_clear_error (&error);
}

static void
test_whole_numbers (void)
{
  NnSettings settings = sound ();

  settings.hidden = 7;
  assert_check (settings, "the hidden size is 7; it must be from 8 to 1024");
  settings.hidden = 8;
  assert_check (settings, NULL);
  settings.hidden = 1024;
  assert_check (settings, NULL);
  settings.hidden = 1025;
  assert_check (settings, "the hidden size is 1025; it must be from 8 to 1024");

  settings = sound ();
  settings.iterations = 0;
  assert_check (settings, "the number of iterations is 0; it must be from 1 to 1000000000");
  settings.iterations = 1;
  assert_check (settings, NULL);
  settings.iterations = NN_MAX_ITERATIONS;
  assert_check (settings, NULL);
  settings.iterations++;
  assert_check (settings, "the number of iterations is 1000000001; it must be from 1 to 1000000000");

  settings = sound ();
  settings.seed = 0;
  assert_check (settings, NULL);
  settings.seed = G_MAXUINT32;
  assert_check (settings, NULL);
}

static void
test_learning_rate (void)
{
  NnSettings settings = sound ();

  settings.learning_rate = 0.0;
  assert_check (settings, "the learning rate is 0; it must be above 0 and at most 100");
  settings.learning_rate = -0.5;
  assert_check (settings, "the learning rate is -0.5; it must be above 0 and at most 100");
  settings.learning_rate = 1e-300;
  assert_check (settings, NULL);
  settings.learning_rate = 100.0;
  assert_check (settings, NULL);
  settings.learning_rate = 100.5;
  assert_check (settings, "the learning rate is 100.5; it must be above 0 and at most 100");
  settings.learning_rate = NAN;
  assert_check (settings, "the learning rate is nan; it must be above 0 and at most 100");
  settings.learning_rate = INFINITY;
  assert_check (settings, "the learning rate is inf; it must be above 0 and at most 100");
}

static void
test_hold_out (void)
{
  NnSettings settings = sound ();

  settings.hold_out = 0.0;
  assert_check (settings, NULL);
  settings.hold_out = 0.9;
  assert_check (settings, NULL);
  settings.hold_out = 0.95;
  assert_check (settings, "the hold-out is 0.95; it must be from 0 to 0.9");
  settings.hold_out = -0.1;
  assert_check (settings, "the hold-out is -0.1; it must be from 0 to 0.9");
  settings.hold_out = NAN;
  assert_check (settings, "the hold-out is nan; it must be from 0 to 0.9");
}

#define CHECK_REAL(field, most, name, range)                                                                           \
  settings = sound ();                                                                                                 \
  settings.field = most;                                                                                               \
  assert_check (settings, NULL);                                                                                       \
  settings.field = -0.5;                                                                                               \
  assert_check (settings, "the " name " is -0.5; it must be from 0" range);                                            \
  settings.field = 100001;                                                                                             \
  assert_check (settings, "the " name " is 100001; it must be from 0" range);                                          \
  settings.field = NAN;                                                                                                \
  assert_check (settings, "the " name " is nan; it must be from 0" range)

static void
test_descent (void)
{
  NnSettings settings = sound ();

  settings.batch = 0;
  assert_check (settings, "the batch is 0; it must be from 1 to 1024");
  settings.batch = 1024;
  assert_check (settings, NULL);
  settings.batch = 1025;
  assert_check (settings, "the batch is 1025; it must be from 1 to 1024");
  CHECK_REAL (clip, 100000, "clipping", ", for none, to 100000");
  CHECK_REAL (decay, 0.99, "decay", " to 0.99");
  CHECK_REAL (weight_decay, 1, "weight decay", " to 1");
  CHECK_REAL (dropout, 0.9, "dropout", " to 0.9");
  CHECK_REAL (letter_dropout, 0.9, "letter dropout", " to 0.9");
  CHECK_REAL (averaging, 0.99999, "averaging", ", for none, to 0.99999");
  settings = sound ();
  settings.learning_rate = 4;
  settings.weight_decay = 0.25;
  assert_check (settings, NULL);
  settings.weight_decay = 0.5;
  assert_check (settings, "the weight decay is 0.5; it must be at most 1 divided by the learning rate");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preset/presets", test_presets);
  g_test_add_func ("/preset/careful", test_careful);
  g_test_add_func ("/settings/descent", test_descent);
  g_test_add_func ("/preset/unknown", test_unknown_preset);
  g_test_add_func ("/settings/whole-numbers", test_whole_numbers);
  g_test_add_func ("/settings/learning-rate", test_learning_rate);
  g_test_add_func ("/settings/hold-out", test_hold_out);
  return g_test_run ();
}
