/* report-content.c: the report's words and tables: all but why the LSTM does better.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-content.h"

#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"
#include "report/report-figures.h"

#include <math.h>

#define COMMAND_LENGTH 80 /* of a listing's line */

/* ---- Numbers ---- */

const char *
report_network (NnKind kind)
{
  return fig_kind_name (kind);
}

char *
report_percent (double share)
{
  return isfinite (share) ? fig_percent (share, 1, TRUE) : fig_number (share, 1, TRUE);
}

char *
report_points (double difference)
{
  return fig_number (fabs (difference) * 100, 1, TRUE);
}

char *
report_signed_points (double difference)
{
  g_autofree char *number = fig_number (difference * 100, 1, TRUE);

  return difference > 0 ? g_strdup_printf ("+%s", number) : g_steal_pointer (&number);
}

char *
report_whole (double value)
{
  return fig_number (value, 0, TRUE);
}

char *
report_rate (double learning_rate)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (digits, sizeof digits, "%g", learning_rate));
}

static const NnRunRecord *
record_of (const ReportRuns *runs, NnKind kind)
{
  return runs->runs[REPORT_ALL_ROWS][kind].record;
}

/* ---- Summary ---- */

/* Who is ahead of whom on the names of @split, and whether the draws can tell. */
static char *
lead_text (const ReportRuns *runs, ReportSplit split)
{
  double difference = report_accuracy (runs, split, NN_LSTM) - report_accuracy (runs, split, NN_RNN);
  g_autofree char *points = report_points (difference);

  if (!report_differ (runs, split, NN_LSTM, NN_RNN))
    return g_strdup_printf (_ ("Between the RNN and the LSTM lie %s percentage points, fewer than so many names could "
                               "tell apart."),
                            points);
  if (difference > 0)
    return g_strdup_printf (_ ("The LSTM is ahead of the RNN by %s percentage points."), points);
  return g_strdup_printf (_ ("Here the LSTM did not win: the RNN is ahead of it by %s percentage points."), points);
}

/* @format: takes the accuracies of the report's three networks on the names of @split. (transfer full) */
static char *
three_accuracies (const ReportRuns *runs, ReportSplit split, const char *format)
{
  g_autofree char *rnn = report_percent (report_accuracy (runs, split, NN_RNN));
  g_autofree char *lstm = report_percent (report_accuracy (runs, split, NN_LSTM));
  g_autofree char *gate_lstm = report_percent (report_accuracy (runs, split, NN_GATE_LSTM));

  return g_strdup_printf (format, rnn, lstm, gate_lstm);
}

static void
add_summary (ReportDocument *document, const ReportRuns *runs)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *rows = report_whole (nn_dataset_n_rows (runs->dataset));
  g_autofree char *classes = report_whole (nn_dataset_n_classes (runs->dataset));
  g_autofree char *chance = report_percent (1.0 / nn_dataset_n_classes (runs->dataset));

  report_add_chapter (document, NULL, _ ("Summary"));
  report_sentences_add (
    document, text,
    g_strdup_printf (_ ("Three recurrent networks read a surname letter by letter and guess which of %s languages it "
                        "comes from: an RNN, the LSTM of PyTorch's library, and an LSTM written by hand, gate by "
                        "gate. There are %s names; guessing blindly is right in %s of all cases."),
                     classes, rows, chance));
  report_sentences_add (document, text,
                        three_accuracies (runs, REPORT_ALL_ROWS,
                                          _ ("Trained on all of them, the RNN is right in %s, the LSTM in %s and the "
                                             "LSTM by hand in %s of class-uniform draws from these names.")));
  report_sentences_add (document, text, lead_text (runs, REPORT_ALL_ROWS));
  if (isfinite (report_accuracy (runs, REPORT_HELD_OUT, NN_LSTM)))
    {
      report_sentences_add (document, text,
                            three_accuracies (runs, REPORT_HELD_OUT,
                                              _ ("On names that they have never seen, the three reach %s, %s and "
                                                 "%s.")));
      report_sentences_add (document, text, lead_text (runs, REPORT_HELD_OUT));
    }
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
}

/* ---- Data and method ---- */

static void
add_data (ReportDocument *document, const ReportRuns *runs)
{
  NnDataset *dataset = runs->dataset;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shared = report_whole (nn_dataset_shared_strings (dataset));
  g_autofree char *strings = report_whole (nn_dataset_n_strings (dataset));
  g_autofree char *ceiling = report_percent (nn_dataset_ceiling_macro (dataset));

  report_sentences_add (
    document, text,
    g_strdup (_ ("A name is reduced to 57 signs (the letters a to z and A to Z, the blank and . , ; ') and read one "
                 "sign at a time, each as a vector that is 1 in one place and 0 in the others. An iteration draws a "
                 "language, each as likely as the others, then one of its names, and takes one step of gradient "
                 "descent on the negative log-likelihood of the language after the last letter.")));
  if (nn_dataset_shared_strings (dataset) > 0)
    report_sentences_add (
      document, text,
      g_strdup_printf (_ ("Of the %s different names %s stand in more than one language, so nothing that sees the "
                          "letters alone can be right in more than %s of the draws."),
                       strings, shared, ceiling));
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
}

static gboolean
settings_fit (const ReportRuns *runs)
{
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      const NnRunRecord *record = record_of (runs, (NnKind) kind);

      if (record != NULL && !report_settings_fit (&record->settings, record->settings.seed))
        return FALSE;
    }
  return TRUE;
}

static char *
settings_text (const ReportRuns *runs)
{
  NnSettings rnn, lstm;
  g_autofree char *iterations = NULL, *of_rnn = NULL, *of_lstm = NULL;

  if (settings_fit (runs))
    return g_strdup (_ ("The settings are those of the preset “As in the report”."));
  nn_settings_preset ("report", NN_RNN, &rnn);
  nn_settings_preset ("report", NN_LSTM, &lstm);
  iterations = report_whole ((double) rnn.iterations);
  of_rnn = report_rate (rnn.learning_rate);
  of_lstm = report_rate (lstm.learning_rate);
  return g_strdup_printf (_ ("The settings are not all those of the preset “As in the report”, which has %s iterations "
                             "at a learning rate of %s for the RNN and %s for the others; the table has them."),
                          iterations, of_rnn, of_lstm);
}

static void
add_method (ReportDocument *document, const ReportRuns *runs)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const NnRunRecord *held_out = runs->runs[REPORT_HELD_OUT][NN_LSTM].record;
  g_autofree char *draws = report_whole ((double) record_of (runs, NN_RNN)->confusion->total);
  g_autofree char *point = report_whole (NN_POINT_ITERATIONS);

  report_sentences_add (document, text, settings_text (runs));
  report_sentences_add (
    document, text,
    g_strdup_printf (_ ("A point of the curves is the mean over %s iterations, each counted before its own step. The "
                        "final accuracy is counted over %s draws of the same kind from the names that were trained "
                        "on, and so are the prediction matrices."),
                     point, draws));
  if (held_out != NULL && held_out->held_out_confusion != NULL)
    {
      g_autofree char *share = fig_percent (held_out->settings.hold_out, 0, TRUE);
      g_autofree char *rows = report_whole ((double) held_out->held_out_confusion->total);

      report_sentences_add (
        document, text,
        g_strdup_printf (_ ("For the accuracy on names that were never seen each network was trained a second time, "
                            "without %s of the different names (%s rows), on which it was then tried; there every "
                            "language counts the same, however many names it has."),
                         share, rows));
    }
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
}

static void
add_settings (ReportDocument *document, const ReportRuns *runs)
{
  ReportBlock *table = report_add_table (document, 5, _ ("What each network was trained with"));

  report_table_add (table, g_strdup (C_ ("column", "Network")));
  report_table_add (table, g_strdup (C_ ("column", "Parameters")));
  report_table_add (table, g_strdup (C_ ("column", "Iterations")));
  report_table_add (table, g_strdup (C_ ("column", "Learning rate")));
  report_table_add (table, g_strdup (C_ ("column", "Seed")));
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      const NnRunRecord *record = record_of (runs, (NnKind) kind);

      if (record == NULL)
        continue;
      report_table_add (table, g_strdup (report_network ((NnKind) kind)));
      report_table_add (table, report_whole (record->parameters));
      report_table_add (table, report_whole ((double) record->iterations));
      report_table_add (table, report_rate (record->settings.learning_rate));
      report_table_add (table, g_strdup_printf ("%u", record->settings.seed));
    }
}

/* ---- A network ---- */

/* The structure is the same whatever the weights are. */
static void
add_structure (ReportDocument *document, const ReportRuns *runs, NnKind kind)
{
  const NnRunRecord *record = record_of (runs, kind);
  g_autoptr (NnModel) model = nn_model_new (kind, record->settings.hidden, (const char *const *) record->classes, NULL);
  g_autofree char *lines = model != NULL ? nn_model_print (model) : NULL;

  if (lines != NULL)
    report_add_listing (document, lines);
}

static void
add_figure (ReportDocument *document, guint index)
{
  g_autofree char *title = report_figure_title (index);

  report_add_figure (document, index, report_figures[index].number, title);
}

static char *
loss_text (const ReportRuns *runs, NnKind kind)
{
  const NnRunRecord *record = record_of (runs, kind);
  const NnPoint *first = nn_history_point (record->history, 0), *last = nn_history_last (record->history);
  g_autofree char *begin = fig_number (first->loss, 2, TRUE), *end = fig_number (last->loss, 2, TRUE);
  g_autofree char *at = report_whole ((double) first->iteration), *done = report_whole ((double) last->iteration);
  g_autofree char *chance = fig_number (log (nn_dataset_n_classes (runs->dataset)), 2, TRUE);

  if (nn_history_length (record->history) < 2)
    return g_strdup_printf (_ ("The mean loss over its %s iterations is %s; guessing blindly costs %s."), done, end,
                            chance);
  if (last->loss < first->loss)
    return g_strdup_printf (_ ("The loss falls from %s, the mean of the first %s iterations, to %s after %s; guessing "
                               "blindly costs %s."),
                            begin, at, end, done, chance);
  return g_strdup_printf (_ ("The loss does not fall: it is %s, the mean of the first %s iterations, and %s after %s; "
                             "guessing blindly costs %s."),
                          begin, at, end, done, chance);
}

/* Against the number of the report, if it has one. */
static char *
accuracy_text (const ReportRuns *runs, NnKind kind)
{
  double here = report_accuracy (runs, REPORT_ALL_ROWS, kind), there = report_accuracy_in_report (kind);
  g_autofree char *accuracy = report_percent (here);
  g_autofree char *error = report_points (1.96 * report_error (runs, REPORT_ALL_ROWS, kind));
  g_autofree char *reported = isfinite (there) ? fig_percent (there, 0, TRUE) : NULL;

  /* Translators: a percentage, and how many percentage points it may be off. */
  return g_strdup_printf (_ ("In the end it is right in %s of the draws (95 %% interval: ± %s points); the report has "
                             "about %s."),
                          accuracy, error, reported);
}

static void
add_training (ReportDocument *document, const ReportRuns *runs, NnKind kind, guint first_figure)
{
  const NnRunRecord *record = record_of (runs, kind);
  g_autofree char *loss = report_figure_reference (report_figures[first_figure].number);
  g_autofree char *accuracy = report_figure_reference (report_figures[first_figure + 1].number);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: two figures. */
  report_sentences_add (document, text, g_strdup_printf (_ ("%s and %s show the training."), loss, accuracy));
  /* Who diverges at the very first iteration has no curve. */
  if (nn_history_length (record->history) > 0)
    report_sentences_add (document, text, loss_text (runs, kind));
  if (record->diverged)
    {
      g_autofree char *iteration = report_whole ((double) record->iterations);

      report_sentences_add (document, text,
                            g_strdup_printf (_ ("After %s iterations it diverged: its loss was no longer a number. "
                                                "What is said of it here is of its last good weights."),
                                             iteration));
    }
  report_sentences_add (document, text, accuracy_text (runs, kind));
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
  add_figure (document, first_figure);
  add_figure (document, first_figure + 1);
}

/* The classes that are known best and least, and the confusion that is most frequent. */
typedef struct
{
  guint best, worst;
  guint truth, guess;
  double share;
} Extremes;

static Extremes
find_extremes (const NnConfusion *confusion)
{
  Extremes found = { .share = -1 };

  for (guint truth = 0; truth < confusion->n_classes; truth++)
    {
      if (nn_confusion_recall (confusion, truth) > nn_confusion_recall (confusion, found.best))
        found.best = truth;
      if (nn_confusion_recall (confusion, truth) < nn_confusion_recall (confusion, found.worst))
        found.worst = truth;
      for (guint guess = 0; guess < confusion->n_classes; guess++)
        if (guess != truth && fig_confusion_share (confusion, truth, guess) > found.share)
          {
            found.truth = truth;
            found.guess = guess;
            found.share = fig_confusion_share (confusion, truth, guess);
          }
    }
  return found;
}

static void
add_predictions (ReportDocument *document, const ReportRuns *runs, NnKind kind, guint figure)
{
  const NnConfusion *confusion = record_of (runs, kind)->confusion;
  const char *const *classes = nn_dataset_class_names (runs->dataset);
  Extremes found = find_extremes (confusion);
  g_autofree char *reference = report_figure_reference (report_figures[figure].number);
  g_autofree char *best = report_percent (nn_confusion_recall (confusion, found.best));
  g_autofree char *worst = report_percent (nn_confusion_recall (confusion, found.worst));
  g_autofree char *share = report_percent (found.share);
  g_autoptr (GString) text = g_string_new (NULL);

  report_sentences_add (document, text,
                        g_strdup_printf (_ ("%s shows what it takes for what: a row is a language, a column a guess, "
                                            "and a cell the share of the row's names."),
                                         reference));
  report_sentences_add (document, text,
                        g_strdup_printf (_ ("It knows %s best (%s right) and %s least (%s right)."),
                                         classes[found.best], best, classes[found.worst], worst));
  if (found.share > 0)
    /* Translators: two languages, and the share of the first one's names. */
    report_sentences_add (document, text,
                          g_strdup_printf (_ ("The most frequent confusion is to take %s for %s, in %s of its names."),
                                           classes[found.truth], classes[found.guess], share));
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
  add_figure (document, figure);
}

static char *
parameters_text (const ReportRuns *runs, NnKind kind)
{
  g_autofree char *parameters = report_whole (record_of (runs, kind)->parameters);

  return g_strdup_printf (_ ("PyTorch prints this network as follows; it has %s parameters."), parameters);
}

static void
add_network (ReportDocument *document, const ReportRuns *runs, NnKind kind, guint first_figure, const char *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  report_sentences_add (document, text, g_strdup (words));
  report_sentences_add (document, text, parameters_text (runs, kind));
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
  add_structure (document, runs, kind);
  add_training (document, runs, kind, first_figure);
  add_predictions (document, runs, kind, first_figure + 2);
}

/* ---- The corrected network ---- */

static char *
correction_text (const ReportRuns *runs)
{
  double listing = report_accuracy (runs, REPORT_ALL_ROWS, NN_GATE_LSTM);
  double corrected = report_accuracy (runs, REPORT_ALL_ROWS, NN_GATE_LSTM_HIDDEN);
  g_autofree char *before = report_percent (listing), *after = report_percent (corrected);
  g_autofree char *points = report_points (corrected - listing);

  if (!report_differ (runs, REPORT_ALL_ROWS, NN_GATE_LSTM, NN_GATE_LSTM_HIDDEN))
    return g_strdup_printf (_ ("Here that makes no difference that the draws could show: %s before, %s after."), before,
                            after);
  if (corrected > listing)
    return g_strdup_printf (_ ("This one line turns %s into %s, %s percentage points more."), before, after, points);
  return g_strdup_printf (_ ("Here this line turns %s into %s, %s percentage points less."), before, after, points);
}

static void
add_correction_row (ReportBlock *table, const ReportRuns *runs, const char *head, ReportSplit split)
{
  double listing = report_accuracy (runs, split, NN_GATE_LSTM);
  double corrected = report_accuracy (runs, split, NN_GATE_LSTM_HIDDEN);

  if (!isfinite (listing) || !isfinite (corrected))
    return;
  report_table_add (table, g_strdup (head));
  report_table_add (table, report_percent (listing));
  report_table_add (table, report_percent (corrected));
  report_table_add (table, report_signed_points (corrected - listing));
}

static void
add_correction (ReportDocument *document, const ReportRuns *runs)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ReportBlock *table;

  if (record_of (runs, NN_GATE_LSTM_HIDDEN) == NULL)
    return;
  report_add_section (document, _ ("The corrected network"));
  report_sentences_add (
    document, text,
    g_strdup (_ ("The listing classifies the output gate of the last letter, `classify(sigmoid(output_gate(s)))`, and "
                 "not the hidden state: what the cell holds after the last letter never reaches the classifier, only "
                 "what it held before. The corrected network classifies the hidden state, `classify(h)`; its structure "
                 "is printed the same, and all else is equal.")));
  report_sentences_add (document, text, correction_text (runs));
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
  table = report_add_table (document, 4, _ ("The network of the listing and the corrected one"));
  report_table_add (table, g_strdup (C_ ("column", "Accuracy")));
  report_table_add (table, g_strdup (C_ ("column", "As in the listing")));
  report_table_add (table, g_strdup (C_ ("column", "Corrected")));
  report_table_add (table, g_strdup (C_ ("column", "Difference (points)")));
  add_correction_row (table, runs, _ ("names trained on"), REPORT_ALL_ROWS);
  add_correction_row (table, runs, _ ("names never seen"), REPORT_HELD_OUT);
}

/* ---- The whole ---- */

static void
add_recipe (ReportDocument *document, const ReportOrder *order, const ReportRuns *runs)
{
  g_autofree char *command = report_order_command (order, COMMAND_LENGTH);

  report_add_chapter (document, NULL, _ ("How to make this report again"));
  report_add_paragraph (document,
                        g_strdup (_ ("The same names and the same seed give the same report on the same kind of "
                                     "machine. The line, to which `--out` and a folder are to be added, is")));
  report_add_listing (document, command);
  /* Translators: %s is a program's version. */
  report_add_paragraph (document, g_strdup_printf (_ ("with Gatescope %s; the SHA-256 of the names is"),
                                                   GATESCOPE_VERSION));
  report_add_listing (document, nn_dataset_hash (runs->dataset));
}

ReportDocument *
report_content_new (const ReportOrder *order, const ReportRuns *runs)
{
  ReportDocument *document;
  g_autofree char *rows = NULL, *classes = NULL;

  g_return_val_if_fail (order != NULL && runs != NULL, NULL);
  document = report_document_new (order->language);
  rows = report_whole (nn_dataset_n_rows (runs->dataset));
  classes = report_whole (nn_dataset_n_classes (runs->dataset));
  document->title = g_strdup (_ ("Where a surname comes from: RNN, LSTM and LSTM by hand"));
  document->author = g_strdup (order->author);
  /* Translators: two numbers. */
  document->subtitle = g_strdup_printf (_ ("%s names in %s languages"), rows, classes);
  add_summary (document, runs);
  report_add_chapter (document, NULL, _ ("Data and method"));
  add_data (document, runs);
  add_method (document, runs);
  add_settings (document, runs);
  report_add_chapter (document, "1", _ ("The RNN"));
  add_network (document, runs, NN_RNN, 0,
               _ ("From letter to letter the RNN is linear: the next hidden state is a matrix times the letter and the "
                  "last hidden state, and nothing bends in between."));
  report_add_chapter (document, "2", _ ("The LSTM"));
  report_add_section (document, _ ("The library's LSTM"));
  add_network (document, runs, NN_LSTM, 3,
               _ ("The LSTM keeps a cell beside its hidden state; gates between 0 and 1 say what of it is forgotten, "
                  "what is written and what is shown."));
  report_add_section (document, _ ("The LSTM by hand"));
  add_network (document, runs, NN_GATE_LSTM, 6,
               _ ("The LSTM by hand has the same gates, each a layer of its own on the letter and the last hidden "
                  "state."));
  add_correction (document, runs);
  report_add_why (document, order, runs);
  add_recipe (document, order, runs);
  return document;
}
