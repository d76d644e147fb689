/* numbers.c: the CSV of a figure has its numbers, and its description says them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <math.h>
#include <string.h>

static const FigMetadata metadata = { "Loss, of three", "preset report\nseed 1", "gatescope-cli figure loss" };

/* A reader of RFC 4180 that knows comment lines. Returns: (transfer full): of GPtrArray of strings, a line each. */
static GPtrArray *
read_csv (const char *text, GPtrArray *comments)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  while (*text != '\0')
    {
      GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);
      GString *field = g_string_new (NULL);

      if (*text == '#')
        {
          const char *end = strchr (text, '\n');

          g_ptr_array_add (comments, g_strndup (text, (gsize) (end - text)));
          text = end + 1;
          g_ptr_array_unref (fields);
          g_string_free (field, TRUE);
          continue;
        }
      for (gboolean quoted = FALSE;; text++)
        {
          if (*text == '"' && quoted && text[1] == '"')
            g_string_append_c (field, *text++);
          else if (*text == '"')
            quoted = !quoted;
          else if (!quoted && (*text == ',' || *text == '\n'))
            {
              g_ptr_array_add (fields, g_strdup (field->str));
              g_string_set_size (field, 0);
              if (*text == '\n')
                break;
            }
          else
            g_string_append_c (field, *text);
        }
      text++;
      g_string_free (field, TRUE);
      g_ptr_array_add (lines, fields);
    }
  return lines;
}

static const char *
field (GPtrArray *lines, guint line, guint column)
{
  GPtrArray *fields = g_ptr_array_index (lines, line);

  g_assert_cmpuint (column, <, fields->len);
  return g_ptr_array_index (fields, column);
}

static double
number (GPtrArray *lines, guint line, guint column)
{
  char *end;
  const char *text = field (lines, line, column);
  double value = g_ascii_strtod (text, &end);

  g_assert_true (end != text && *end == '\0');
  return value;
}

static void
test_curves (void)
{
  g_autoptr (NnHistory) first = sample_history (12, 0.7, 0.613), second = nn_history_new ();
  NnPoint point = { 1000, 1.0 / 3.0, 2.0 / 7.0, 0.1 }, wild = { 2000, INFINITY, NAN, NAN };
  FigSeries series[] = { { "a \"quoted\", name", NN_RNN, first, 0 }, { NULL, NN_LSTM, second, 2000 } };
  FigCurves curves = { FIG_MEASURE_LOSS, series, 2, 12000, 18, TRUE, 0, NULL };
  g_autoptr (GPtrArray) comments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *csv = NULL;

  nn_history_add (second, &point);
  nn_history_add (second, &wild);
  csv = fig_curves_csv (&curves, &metadata);
  lines = read_csv (csv, comments);
  g_assert_cmpuint (comments->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (comments, 0), ==, "# title: Loss, of three");
  g_assert_cmpstr (g_ptr_array_index (comments, 1), ==, "# description: preset report");
  g_assert_cmpstr (g_ptr_array_index (comments, 2), ==, "#   seed 1");
  g_assert_cmpstr (g_ptr_array_index (comments, 3), ==, "# command: gatescope-cli figure loss");
  g_assert_cmpuint (lines->len, ==, 1 + 12 + 2);
  g_assert_cmpstr (field (lines, 0, 4), ==, "held_out_accuracy");
  for (guint i = 0; i < 12; i++)
    {
      const NnPoint *expected = nn_history_point (first, i);

      g_assert_cmpstr (field (lines, i + 1, 0), ==, "a \"quoted\", name");
      g_assert_cmpfloat (number (lines, i + 1, 1), ==, (double) expected->iteration);
      g_assert_cmpfloat (number (lines, i + 1, 2), ==, expected->loss);
      g_assert_cmpfloat (number (lines, i + 1, 3), ==, expected->accuracy);
      if (isnan (expected->held_out_accuracy))
        g_assert_cmpstr (field (lines, i + 1, 4), ==, "");
      else
        g_assert_cmpfloat (number (lines, i + 1, 4), ==, expected->held_out_accuracy);
    }
  g_assert_cmpstr (field (lines, 13, 0), ==, "LSTM");
  g_assert_cmpfloat (number (lines, 13, 2), ==, 1.0 / 3.0);
  g_assert_cmpstr (field (lines, 13, 4), ==, "0.1");
  g_assert_cmpstr (field (lines, 14, 2), ==, "");
}

static void
test_confusion (void)
{
  g_autoptr (NnConfusion) counts = sample_confusion (5, 3);
  g_auto (GStrv) classes = sample_classes (5);
  FigMatrix matrices[] = { { NULL, NN_RNN, counts }, { NULL, NN_LSTM, NULL } };
  FigConfusion figure = { matrices, 2, (const char *const *) classes, 5, NULL };
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *csv = fig_confusion_csv (&figure, NULL);

  lines = read_csv (csv, NULL);
  g_assert_cmpuint (lines->len, ==, 1 + 25);
  for (guint i = 0; i < 25; i++)
    {
      g_assert_cmpstr (field (lines, i + 1, 1), ==, classes[i / 5]);
      g_assert_cmpstr (field (lines, i + 1, 2), ==, classes[i % 5]);
      g_assert_cmpfloat (number (lines, i + 1, 3), ==, (double) counts->counts[i]);
      g_assert_cmpfloat (number (lines, i + 1, 4), ==, fig_confusion_share (counts, i / 5, i % 5));
    }
}

static void
test_gates (void)
{
  g_autoptr (NnTrace) rnn = sample_trace (NN_RNN, "O, N", 8, 3), lstm = sample_trace (NN_LSTM, "O, N", 8, 3);
  g_auto (GStrv) classes = sample_classes (3);
  FigReading readings[] = { { NULL, NN_RNN, rnn, 10 }, { NULL, NN_LSTM, lstm, 10 }, { NULL, NN_GATE_LSTM, NULL, 0 } };
  FigGates gates = {
    .name = "O, N", .readings = readings, .n_readings = 3, .classes = (const char *const *) classes, .n_classes = 3,
  };
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *csv = fig_gates_csv (&gates, NULL);
  guint line = 1;

  lines = read_csv (csv, NULL);
  g_assert_cmpuint (lines->len, ==, 1 + 4 * 8 + 4 * 8 * 6);
  for (guint i = 0; i < 2; i++)
    for (guint letter = 0; letter < 4; letter++)
      for (guint state = 0; state < NN_N_STATES; state++)
        for (guint unit = 0; unit < 8; unit++)
          {
            const NnTrace *trace = readings[i].trace;
            double probability;

            if (nn_trace_state (trace, state, letter) == NULL)
              continue;
            fig_reading_guess (&readings[i], letter, &probability);
            g_assert_cmpfloat (number (lines, line, 3), ==, letter + 1);
            g_assert_cmpint (field (lines, line, 4)[0], ==, "O, N"[letter]);
            g_assert_cmpstr (field (lines, line, 5), ==, classes[trace->guess[letter]]);
            g_assert_cmpfloat_with_epsilon (number (lines, line, 6), probability, 1e-8);
            g_assert_cmpstr (field (lines, line, 7), ==, nn_state_id (state));
            g_assert_cmpfloat (number (lines, line, 8), ==, unit);
            /* All the digits of a float. */
            g_assert_cmpfloat ((float) number (lines, line, 9), ==, nn_trace_state (trace, state, letter)[unit]);
            line++;
          }
}

static void
assert_says (char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("\"%s\" is not in: %s", words[i], text);
  g_free (text);
}

static void
test_describe_curves (void)
{
  static const char *const words[] = {
    "RNN: loss 1.21, accuracy 58.0 % after 100,000 iterations. On names held out: 46.4 %.", "LSTM: not trained yet.",
    "LSTM by hand: loss 0.90, accuracy 30.0 % after 20,000 iterations.", "It diverged at iteration 20,400.", NULL,
  };
  static const char *const none[] = { "No network is chosen.", NULL };
  g_autoptr (NnHistory) first = sample_history (100, 1.21, 0.58), second = sample_history (20, 0.9, 0.3);
  FigSeries series[]
    = { { NULL, NN_RNN, first, 0 }, { NULL, NN_LSTM, NULL, 0 }, { NULL, NN_GATE_LSTM, second, 20400 } };
  FigCurves curves = { FIG_MEASURE_LOSS, series, 3, 100000, 18, TRUE, 0, NULL }, empty = { 0 };

  assert_says (fig_curves_describe (&curves), words);
  assert_says (fig_curves_describe (&empty), none);
}

static void
test_describe_confusion (void)
{
  static const char *const words[] = {
    "RNN: all 200 names, 69.0 % right.",
    "Most often taken: Czech for Arabic (40.0 %), Arabic for Chinese (20.0 %), Arabic for Czech (10.0 %).",
    "LSTM: nothing counted yet.", NULL,
  };
  g_autoptr (NnConfusion) counts = nn_confusion_new (3);
  g_auto (GStrv) classes = sample_classes (3);
  FigMatrix matrices[] = { { NULL, NN_RNN, counts, FIG_COUNTED_ROWS }, { NULL, NN_LSTM, NULL } };
  FigConfusion figure = { matrices, 2, (const char *const *) classes, 3, NULL };
  static const guint64 numbers[] = { 70, 20, 10, 0, 20, 0, 32, 0, 48 };

  for (guint i = 0; i < 9; i++)
    {
      counts->counts[i] = numbers[i];
      counts->total += numbers[i];
    }
  assert_says (fig_confusion_describe (&figure), words);
}

static void
test_describe_gates (void)
{
  static const char *const words[] = {
    "The name Ngo, read letter by letter.", "RNN: Chinese 50 %, guessed since letter 3 (o).",
    "LSTM: Chinese 50 %", "Mean forget gate at the end: 0.25.", NULL,
  };
  static const char *const nameless[] = { "No name is typed.", NULL };
  g_autoptr (NnTrace) rnn = sample_trace (NN_RNN, "Ngo", 8, 4), lstm = sample_trace (NN_LSTM, "Ngo", 8, 4);
  g_auto (GStrv) classes = sample_classes (4);
  FigReading readings[] = { { NULL, NN_RNN, rnn, 10 }, { NULL, NN_LSTM, lstm, 10 } };
  FigGates gates = {
    .name = "Ngo", .readings = readings, .n_readings = 2, .classes = (const char *const *) classes, .n_classes = 4,
  };

  for (guint unit = 0; unit < 8; unit++)
    lstm->states[NN_STATE_FORGET][2 * 8 + unit] = unit % 2 ? 0.5f : 0.0f;
  assert_says (fig_gates_describe (&gates), words);
  gates.name = "";
  assert_says (fig_gates_describe (&gates), nameless);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/numbers/csv/curves", test_curves);
  g_test_add_func ("/numbers/csv/confusion", test_confusion);
  g_test_add_func ("/numbers/csv/gates", test_gates);
  g_test_add_func ("/numbers/describe/curves", test_describe_curves);
  g_test_add_func ("/numbers/describe/confusion", test_describe_confusion);
  g_test_add_func ("/numbers/describe/gates", test_describe_gates);
  return g_test_run ();
}
