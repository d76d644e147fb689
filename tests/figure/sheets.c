/* sheets.c: the tables of a sheet of several figures are those of the figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <string.h>

static const FigMetadata metadata = { "A sheet", "seed 1", "gatescope-cli figure compare" };

/* The text below the line that names the figure, up to the next. (transfer full) */
static char *
part_of (const char *csv, const char *name)
{
  g_autofree char *head = g_strdup_printf ("# figure: %s\n", name);
  const char *from = strstr (csv, head), *to;

  g_assert_nonnull (from);
  from += strlen (head);
  to = strstr (from, "\n# figure: ");
  return to != NULL ? g_strndup (from, (gsize) (to - from)) : g_strdup (from);
}

static void
test_compare (void)
{
  g_autoptr (NnHistory) history = sample_history (5, 0.5, 0.8);
  g_autoptr (NnConfusion) counts = sample_confusion (3, 1);
  g_auto (GStrv) classes = sample_classes (3);
  const FigSeries series[] = { { NULL, NN_LSTM, history, 0 } };
  const FigMatrix matrices[] = { { NULL, NN_LSTM, counts, FIG_COUNTED_DRAWS } };
  FigCompare compare = {
    .loss = { .measure = FIG_MEASURE_LOSS, .series = series, .n_series = 1, .logarithmic = TRUE },
    .accuracy = { .measure = FIG_MEASURE_ACCURACY, .series = series, .n_series = 1, .x = { 2000, 4000 } },
    .confusion = { .matrices = matrices, .n_matrices = 1, .classes = (const char *const *) classes, .n_classes = 3 },
  };
  g_autofree char *csv = fig_compare_csv (&compare, &metadata);
  g_autofree char *loss = part_of (csv, "Loss"), *of_loss = fig_curves_csv (&compare.loss, NULL);
  g_autofree char *accuracy = part_of (csv, "Accuracy"), *of_accuracy = fig_curves_csv (&compare.accuracy, NULL);
  g_autofree char *matrix = part_of (csv, "Confusion matrices"), *of_matrix = fig_confusion_csv (&compare.confusion, NULL);

  g_assert_true (g_str_has_prefix (csv, "# title: A sheet\n# description: seed 1\n# command: gatescope-cli figure "
                                        "compare\n\n# figure: Loss\n"));
  g_assert_cmpstr (loss, ==, of_loss);
  g_assert_cmpstr (accuracy, ==, of_accuracy);
  g_assert_cmpstr (matrix, ==, of_matrix);
  g_assert_nonnull (strstr (loss, "\nLSTM,5000,"));
  g_assert_null (strstr (accuracy, "\nLSTM,5000,"));
}

/* Of five networks, in two rows, each is in the table once, under one line of columns. */
static void
test_gates (void)
{
  NnTrace *trace = sample_trace (NN_LSTM, "Bo", 8, 3);
  g_auto (GStrv) classes = sample_classes (3);
  const FigReading readings[] = {
    { "a", NN_LSTM, trace, 1 }, { "b", NN_LSTM, trace, 1 }, { "c", NN_LSTM, trace, 1 },
    { "d", NN_LSTM, trace, 1 }, { "e", NN_LSTM, trace, 1 },
  };
  FigGates gates = { .name = "Bo", .readings = readings, .n_readings = 5, .classes = (const char *const *) classes,
                     .n_classes = 3, .title = "Of five" };
  g_auto (FigGatesSheet) sheet = { 0 };
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;
  guint found[5] = { 0 };
  FigTheme theme;

  fig_gates_sheet_init (&sheet, &gates);
  g_assert_cmpstr (sheet.rows[0].title, ==, "Of five");
  g_assert_null (sheet.rows[1].title);
  csv = fig_gates_sheet_csv (&sheet, NULL);
  lines = g_strsplit (csv, "\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "network,name,"));
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_assert_cmpint (lines[i][0], >=, 'a');
      g_assert_cmpint (lines[i][0], <=, 'e');
      g_assert_cmpint (lines[i][1], ==, ',');
      found[lines[i][0] - 'a']++;
    }
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (found[i], ==, found[0]);
  g_assert_cmpuint (found[0], >=, 2 * 6 * 8);
  fig_theme_init (&theme, FALSE);
  g_assert_cmpfloat (fig_gates_sheet_height (&sheet, &theme, 400), >=, 2 * fig_gates_height (&sheet.rows[1], &theme, 400));
  sample_assert_inside (FIG_DRAW (fig_gates_sheet_draw), &sheet, &theme, 400, 700);
  nn_trace_free (trace);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheets/compare", test_compare);
  g_test_add_func ("/sheets/gates", test_gates);
  return g_test_run ();
}
