/* sheets.c: the tables of a sheet of several figures are those of the figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "figure/confusion-layout.h"
#include "figure/legend.h"
#include "figure/ticks.h"

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

  fig_theme_init (&theme, FALSE);
  fig_gates_sheet_init (&sheet, &gates, &theme, 400);
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
  g_assert_cmpfloat (fig_gates_sheet_height (&sheet, &theme, 400), >=, 2 * fig_gates_height (&sheet.rows[1], &theme, 400));
  sample_assert_inside (FIG_DRAW (fig_gates_sheet_draw), &sheet, &theme, 400, 700);
  nn_trace_free (trace);
}

/* On paper of a column's width all names of 18 classes stand beside their matrix, in type that is read in print, and
 * nothing is cut off below; on wide paper the matrices are abreast. */
static void
test_narrow_matrices (void)
{
  static const double widths[] = { 85, 170, 500 };
  g_autoptr (NnConfusion) counts = sample_confusion (18, 1);
  g_auto (GStrv) classes = sample_classes (18);
  FigMatrix matrices[3];
  FigConfusion confusion = { .matrices = matrices, .n_matrices = 3, .classes = (const char *const *) classes,
                             .n_classes = 18 };
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  theme.plain_numbers = TRUE;
  theme.font_size = 9;
  theme.target = FIG_TARGET_VECTOR;
  for (guint i = 0; i < 3; i++)
    matrices[i] = (FigMatrix){ NULL, (NnKind) i, counts, FIG_COUNTED_DRAWS };
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      double width = widths[i] * 72 / 25.4, height = fig_confusion_height (&confusion, &theme, width);
      g_auto (FigConfusionLayout) layout = { 0 };

      fig_confusion_layout_init (&layout, &confusion, &theme, width, height);
      g_assert_cmpuint (layout.label_every, ==, 1);
      g_assert_cmpfloat (layout.label_factor * theme.font_size, >=, 5 - 1e-6);
      g_assert_cmpfloat (fig_rect_bottom (&layout.places[2].footer), <=, height);
      if (i == 0)
        g_assert_cmpfloat (layout.places[1].cells.y, >, fig_rect_bottom (&layout.places[0].footer) - 1);
      if (i == 2)
        g_assert_cmpfloat (layout.places[2].cells.y, ==, layout.places[0].cells.y);
      sample_assert_inside (FIG_DRAW (fig_confusion_draw), &confusion, &theme, width, height);
    }
}

/* Where networks side by side would be too narrow, they stand one under the other. */
static void
test_narrow_gates (void)
{
  NnTrace *trace = sample_trace (NN_LSTM, "Dostoevsky", 8, 3);
  g_auto (GStrv) classes = sample_classes (3);
  const FigReading readings[] = { { "a", NN_LSTM, trace, 1 }, { "b", NN_LSTM, trace, 1 }, { "c", NN_LSTM, trace, 1 } };
  FigGates gates = { .name = "Dostoevsky", .readings = readings, .n_readings = 3,
                     .classes = (const char *const *) classes, .n_classes = 3,
                     .arrangement = FIG_GATES_SIDE_BY_SIDE };
  g_auto (FigGatesSheet) narrow = { 0 }, wide = { 0 };
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  theme.font_size = 9;
  fig_gates_sheet_init (&narrow, &gates, &theme, 85 * 72 / 25.4);
  g_assert_cmpuint (narrow.n_rows, ==, 1);
  g_assert_cmpint (narrow.rows[0].arrangement, ==, FIG_GATES_STACKED);
  fig_gates_sheet_init (&wide, &gates, &theme, 170 * 72 / 25.4);
  g_assert_cmpuint (wide.n_rows, ==, 1);
  g_assert_cmpint (wide.rows[0].arrangement, ==, FIG_GATES_SIDE_BY_SIDE);
  nn_trace_free (trace);
}

/* A mere sentence of a legend goes on in another line; the words beside a sample are cut. */
static void
test_whole_sentence (void)
{
  const FigLegendItem sentence = { .label = "a sentence of some words, to be read to its end", .new_row = TRUE };
  const FigLegendItem sample = { .label = "a sentence of some words, beside a sample", .has_line = TRUE };
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  g_assert_cmpfloat (fig_legend_height (&theme, &sentence, 1, 100), >, 2 * fig_legend_height (&theme, &sentence, 1, 900));
  g_assert_cmpfloat (fig_legend_height (&theme, &sample, 1, 100), ==, fig_legend_height (&theme, &sample, 1, 900));
}

/* A short axis has two ticks at least, and a long title of it lines of about equal length. */
static void
test_short_axis (void)
{
  FigScale scale = { .kind = FIG_SCALE_LINEAR, .low = 0, .high = 3.4 };
  FigTicks ticks;

  fig_ticks_init (&ticks, &scale, 2, FIG_TICKS_NUMBER, TRUE);
  g_assert_cmpuint (ticks.n, ==, 2);
  g_assert_cmpfloat (ticks.values[1], ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheets/compare", test_compare);
  g_test_add_func ("/sheets/gates", test_gates);
  g_test_add_func ("/sheets/narrow-matrices", test_narrow_matrices);
  g_test_add_func ("/sheets/narrow-gates", test_narrow_gates);
  g_test_add_func ("/sheets/whole-sentence", test_whole_sentence);
  g_test_add_func ("/sheets/short-axis", test_short_axis);
  return g_test_run ();
}
