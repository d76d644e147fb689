/* tables.c: the networks' numbers in every format, letter by letter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/figure.h"

#include <math.h>
#include <string.h>

static const FigMetadata metadata = { "Numbers", "data abc; preset default\nseed 1", NULL };

/* A network that was measured, one of the moment of which little is known, one that diverged. */
static const FigNumbers rows[] = {
  {
    .label = "LSTM",
    .kind = NN_LSTM,
    .parameters = 98066,
    .iterations = 100000,
    .loss = 0.5,
    .training = { 0.8412, 0.75, 0.875, 10000 },
    .held_out = { 0.523, 0.498, 0.5475, 2000 },
    .macro = { 0.5, 0.25, 0.75, 2000 },
    .names_per_second = 25000.5,
    .seconds = 4,
  },
  {
    .label = "A|b & 5 %_#, \"x\"",
    .kind = NN_RNN,
    .state = FIG_NUMBERS_MOMENT,
    .parameters = 8,
    .iterations = 0,
    .loss = NAN,
    .training = { NAN, NAN, NAN, 0 },
    .held_out = { 0.25, NAN, NAN, 0 },
    .macro = { NAN, NAN, NAN, 0 },
    .names_per_second = NAN,
    .seconds = NAN,
  },
};

static const FigPairing pairings[] = { { 0, 1, 1799, 310, 1, 0.00001 } };
static const FigNumbersTable table = { rows, 2, pairings, 1 };
static const FigNumbersTable alone = { rows, 1, NULL, 0 };

static void
assert_written (const FigNumbersTable *written, FigSheetFormat format, const char *expected)
{
  g_autofree char *text = fig_numbers_write (written, format, &metadata);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void)
{
  assert_written (
    &table, FIG_SHEET_TEXT,
    "Network            Parameters  Iterations  Loss, nats   Training accuracy   Held-out accuracy      Held-out macro  "
    "Names/s  Time, s\n"
    "LSTM                   98,066     100,000       0.500  84.1 % (75.0–87.5)  52.3 % (49.8–54.8)  50.0 % (25.0–75.0)  "
    " 25,000      4.0\n"
    "A|b & 5 %_#, \"x\"*           8           0           –                   –              25.0 %                   –  "
    "      –        –\n"
    "\n"
    "In brackets: 95 % intervals, Wilson's; that of the macro accuracy is put together from those of the languages.\n"
    "* The run is not over: numbers of the moment.\n"
    "\n"
    "McNemar's exact test, two-sided, on the held-out names, each different name once:\n"
    "\n"
    "First  Second            Held-out names  Only first right  Only second right         p\n"
    "LSTM   A|b & 5 %_#, \"x\"           1,799               310                  1  < 0.0001\n");
}

static void
test_markdown (void)
{
  assert_written (
    &alone, FIG_SHEET_MARKDOWN,
    "| Network | Parameters | Iterations | Loss, nats |  Training accuracy |  Held-out accuracy |     Held-out macro | "
    "Names/s | Time, s |\n"
    "| ------- | ---------: | ---------: | ---------: | -----------------: | -----------------: | -----------------: | "
    "------: | ------: |\n"
    "| LSTM    |     98,066 |    100,000 |      0.500 | 84.1 % (75.0–87.5) | 52.3 % (49.8–54.8) | 50.0 % (25.0–75.0) | "
    " 25,000 |     4.0 |\n"
    "\n"
    "In brackets: 95 % intervals, Wilson's; that of the macro accuracy is put together from those of the languages.\n");
}

static void
test_latex (void)
{
  assert_written (
    &alone, FIG_SHEET_LATEX,
    "% title: Numbers\n"
    "% description: data abc; preset default\n"
    "%   seed 1\n"
    "\\begin{tabular}{lrrrrrrrr}\n"
    "  \\toprule\n"
    "  Network & Parameters & Iterations & Loss, nats &    Training accuracy &    Held-out accuracy &       Held-out macro & "
    "Names/s & Time, s \\\\\n"
    "  \\midrule\n"
    "  LSTM    &     98,066 &    100,000 &      0.500 & 84.1 \\% (75.0--87.5) & 52.3 \\% (49.8--54.8) & 50.0 \\% "
    "(25.0--75.0) &  25,000 &     4.0 \\\\\n"
    "  \\bottomrule\n"
    "\\end{tabular}\n"
    "% In brackets: 95 % intervals, Wilson's; that of the macro accuracy is put together from those of the languages.\n");
}

static void
test_csv (void)
{
  assert_written (&table, FIG_SHEET_CSV,
                  "# title: Numbers\n"
                  "# description: data abc; preset default\n"
                  "#   seed 1\n"
                  "network,state,parameters,iterations,final_loss,train_accuracy,train_accuracy_low,train_accuracy_high,"
                  "train_draws,held_out_accuracy,held_out_accuracy_low,held_out_accuracy_high,held_out_rows,"
                  "held_out_macro,held_out_macro_low,held_out_macro_high,names_per_second,seconds,only_right_vs_LSTM,"
                  "mcnemar_p_vs_LSTM,\"only_right_vs_A|b & 5 %_#, \"\"x\"\"\",\"mcnemar_p_vs_A|b & 5 %_#, \"\"x\"\"\"\n"
                  "LSTM,final,98066,100000,0.5,0.8412,0.75,0.875,10000,0.523,0.498,0.5475,2000,0.5,0.25,0.75,25000.5,4,,,"
                  "310,1e-05\n"
                  "\"A|b & 5 %_#, \"\"x\"\"\",moment,8,0,,,,,,0.25,,,,,,,,,1,1e-05,,\n");
}

/* What a format gives a meaning to is written so that it has none. */
static void
test_escapes (void)
{
  g_autoptr (FigSheet) sheet = fig_sheet_new ();
  g_autoptr (GString) latex = g_string_new (NULL), markdown = g_string_new (NULL), text = g_string_new (NULL);

  fig_sheet_add_column (sheet, "a", FALSE);
  fig_sheet_add_column (sheet, "b", FALSE);
  fig_sheet_add (sheet, "\\&%$#_{}~^<>");
  fig_sheet_add (sheet, "|*_`<&[]\\");
  fig_sheet_add (sheet, "two\nlines\x1b[1m");
  fig_sheet_add (sheet, "");
  fig_sheet_append (sheet, FIG_SHEET_LATEX, latex);
  fig_sheet_append (sheet, FIG_SHEET_MARKDOWN, markdown);
  fig_sheet_append (sheet, FIG_SHEET_TEXT, text);
  g_assert_nonnull (strstr (latex->str, "  \\textbackslash{}\\&\\%\\$\\#\\_\\{\\}\\textasciitilde{}\\textasciicircum{}$<$$>$ & "
                                        "|*\\_`$<$\\&[]\\textbackslash{}"));
  g_assert_nonnull (strstr (markdown->str, "\\|\\*\\_\\`&lt;&amp;\\[\\]\\\\ |\n"));
  g_assert_nonnull (strstr (latex->str, "two lines [1m"));
  g_assert_nonnull (strstr (latex->str, "& --"));
  g_assert_cmpstr (text->str, ==,
                   "a              b\n"
                   "\\&%$#_{}~^<>   |*_`<&[]\\\n"
                   "two lines [1m  –\n");
}

/* A wide character takes two columns of a terminal, a combining mark none. */
static void
test_widths (void)
{
  g_assert_cmpuint (fig_text_columns ("abc"), ==, 3);
  g_assert_cmpuint (fig_text_columns ("网络"), ==, 4);
  g_assert_cmpuint (fig_text_columns ("e\xcc\x81"), ==, 1);
}

static void
test_p_values (void)
{
  static const struct
  {
    double p;
    const char *text;
  } values[] = {
    { 1, "p = 1.000" },     { 0.048, "p = 0.048" },   { 0.01, "p = 0.010" },   { 0.0042, "p = 0.0042" },
    { 0.0001, "p = 0.0001" }, { 0.00009, "p < 0.0001" }, { 0, "p < 0.0001" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = fig_p_value (values[i].p, TRUE);

      g_assert_cmpstr (text, ==, values[i].text);
    }
}

static void
test_pairings (void)
{
  const FigPairing one = { 0, 1, 10, 1, 1210, 0.03 }, none = { 1, 0, 10, 0, 0, NAN };
  g_autofree char *first = fig_pairing_describe (&table, &pairings[0], TRUE);
  g_autofree char *second = fig_pairing_describe (&table, &one, TRUE);
  g_autofree char *third = fig_pairing_describe (&table, &none, TRUE);

  g_assert_cmpstr (first, ==,
                   "LSTM against A|b & 5 %_#, \"x\": 310 names only LSTM gets right, 1 only A|b & 5 %_#, \"x\"; p < 0.0001");
  g_assert_cmpstr (second, ==,
                   "LSTM against A|b & 5 %_#, \"x\": 1 name only LSTM gets right, 1,210 only A|b & 5 %_#, \"x\"; p = 0.030");
  g_assert_cmpstr (third, ==, "A|b & 5 %_#, \"x\" against LSTM: –");
}

/* The marks of the states and their words come with the rows that need them. */
static void
test_states (void)
{
  FigNumbers diverged;
  FigNumbersTable one = { &diverged, 1, NULL, 0 };
  g_autofree char *text = NULL, *latex = NULL, *csv = NULL;

  fig_numbers_init (&diverged, NULL, NN_RNN);
  diverged.state = FIG_NUMBERS_DIVERGED;
  text = fig_numbers_write (&one, FIG_SHEET_TEXT, NULL);
  latex = fig_numbers_write (&one, FIG_SHEET_LATEX, NULL);
  csv = fig_numbers_write (&one, FIG_SHEET_CSV, NULL);
  g_assert_nonnull (strstr (text, "\nRNN†  "));
  g_assert_nonnull (strstr (text, "\n† The run diverged: numbers of its last finite weights.\n"));
  g_assert_null (strstr (text, "not over"));
  g_assert_nonnull (strstr (latex, "  RNN\\textdagger{} & "));
  g_assert_true (g_str_has_suffix (csv, "\nRNN,diverged,,,,,,,,,,,,,,,,\n"));
}

/* Counted by hand: 7 of 15, as a share of all and by class 4 of 5 and 3 of 10; Wilson's ends as in engine-comparison. */
static void
test_measures (void)
{
  static const guint64 counts[] = { 4, 1, 0, 2, 3, 5, 0, 0, 0 };
  g_autoptr (NnConfusion) confusion = nn_confusion_new (3);
  g_autofree char *cell = NULL;
  FigNumbers numbers;

  memcpy (confusion->counts, counts, sizeof counts);
  confusion->total = 15;
  confusion->loss = 1.25;
  fig_numbers_init (&numbers, NULL, NN_RNN);
  fig_numbers_set_training (&numbers, confusion);
  fig_numbers_set_held_out (&numbers, confusion);
  fig_numbers_set_held_out (&numbers, NULL);
  g_assert_cmpfloat (numbers.loss, ==, 1.25);
  g_assert_cmpfloat_with_epsilon (numbers.training.value, 7.0 / 15, 1e-12);
  g_assert_cmpuint (numbers.held_out.n, ==, 15);
  g_assert_cmpfloat_with_epsilon (numbers.macro.value, 0.55, 1e-12);
  /* 0.24810 and 0.69883: the roots of 15 (7/15 - p)^2 = 1.959964^2 p (1 - p). */
  cell = fig_numbers_cell (&numbers, FIG_COLUMN_HELD_OUT, TRUE);
  g_assert_cmpstr (cell, ==, "46.7 % (24.8–69.9)");
}

/* Two networks on three names. */
static void
test_only_right (void)
{
  static const char *const classes[] = { "Ala", "Obo", NULL };
  static const char *const raw[] = { "Ma, \"Na\"", "Ñu", "Pa", "To" };
  static const guint of_row[] = { 0, 0, 0, 1 };
  static const guint8 first[] = { 0, 1, 0 }, second[] = { 1, 0, 0 };
  static const char *const labels[] = { "RNN", "LSTM" };
  const guint8 *const guesses[] = { first, second };
  g_autoptr (NnDataset) dataset = nn_dataset_new_from_rows (classes, raw, of_row, G_N_ELEMENTS (raw), NULL);
  guint held_out[] = { 0, 1, 2 };
  NnTestNames names = { dataset, 3, held_out };
  FigOnlyRight right = { &names, labels, guesses, 2 };
  g_autofree char *all = fig_only_right_write (&right, -1, FIG_SHEET_CSV, NULL);
  g_autofree char *one = fig_only_right_write (&right, 1, FIG_SHEET_TEXT, NULL);

  g_assert_cmpstr (all, ==,
                   "only_right,name,language,guess_RNN,guess_LSTM\n"
                   "RNN,\"Ma, \"\"Na\"\"\",Ala,Ala,Obo\n"
                   "LSTM,Ñu,Ala,Obo,Ala\n");
  g_assert_cmpstr (one, ==,
                   "Only right  Name  Language  RNN guesses  LSTM guesses\n"
                   "LSTM        Ñu    Ala       Obo          Ala\n");
}

static void
test_format_ids (void)
{
  FigSheetFormat format;

  g_assert_true (fig_sheet_format_from_id ("latex", &format));
  g_assert_cmpint (format, ==, FIG_SHEET_LATEX);
  g_assert_false (fig_sheet_format_from_id ("html", &format));
  g_assert_false (fig_sheet_format_from_id (NULL, &format));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/tables/text", test_text);
  g_test_add_func ("/figure/tables/markdown", test_markdown);
  g_test_add_func ("/figure/tables/latex", test_latex);
  g_test_add_func ("/figure/tables/csv", test_csv);
  g_test_add_func ("/figure/tables/escapes", test_escapes);
  g_test_add_func ("/figure/tables/widths", test_widths);
  g_test_add_func ("/figure/tables/p-values", test_p_values);
  g_test_add_func ("/figure/tables/pairings", test_pairings);
  g_test_add_func ("/figure/tables/states", test_states);
  g_test_add_func ("/figure/tables/measures", test_measures);
  g_test_add_func ("/figure/tables/only-right", test_only_right);
  g_test_add_func ("/figure/tables/format-ids", test_format_ids);
  return g_test_run ();
}
