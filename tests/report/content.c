/* content.c: what the report says, and that its sentences follow the numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "engine/error.h"
#include "report/report-figures.h"
#include "support/known-weights.h"

#include <math.h>
#include <string.h>

static void
assert_says (const SampleAccuracies *accuracies, const char *words, gboolean says)
{
  g_autoptr (ReportRuns) runs = sample_runs_new (accuracies);
  g_autofree char *text = sample_text (runs);

  if ((strstr (text, words) != NULL) != says)
    g_error ("\"%s\" is %sthere:\n%s", words, says ? "not " : "", text);
}

/* As PyTorch 1.13 prints the three modules of the report. */
static void
test_structures (void)
{
  static const char *const structures[] = {
    "RNN(\n"
    "  (i2h): Linear(in_features=185, out_features=128, bias=True)\n"
    "  (i2o): Linear(in_features=185, out_features=18, bias=True)\n"
    "  (softmax): LogSoftmax(dim=1)\n"
    ")",
    "LSTM(\n"
    "  (lstm): LSTM(57, 128)\n"
    "  (linear): Linear(in_features=128, out_features=18, bias=True)\n"
    "  (softmax): LogSoftmax(dim=1)\n"
    ")",
    "LSTM(\n"
    "  (forget_gate): Linear(in_features=185, out_features=128, bias=True)\n"
    "  (input_gate): Linear(in_features=185, out_features=128, bias=True)\n"
    "  (cell_update): Linear(in_features=185, out_features=128, bias=True)\n"
    "  (output_gate): Linear(in_features=185, out_features=128, bias=True)\n"
    "  (classify): Linear(in_features=128, out_features=18, bias=True)\n"
    "  (softmax): LogSoftmax(dim=1)\n"
    ")",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (structures); i++)
    {
      g_autofree char *block = g_strdup_printf ("\n%s\n", structures[i]);
      assert_says (&sample_as_reported, block, TRUE);
    }
}

/* 95 % of 60.0 % of 18,000 draws: 1.96 sqrt (0.6 * 0.4 / 18000) = 0.0072; of 47 % of 18 times 100 names:
 * 1.96 sqrt (18 * 0.47 * 0.53 / 100) / 18 = 0.0231. */
static void
test_tables (void)
{
  assert_says (&sample_as_reported,
               "Final accuracies: report and here\n"
               "Network\tReport\tHere\t95 % interval\tLoss\n"
               "RNN\t60 %\t60.0 %\t± 0.7\t1.25\n"
               "LSTM\t85 %\t85.0 %\t± 0.5\t1.25\n"
               "LSTM by hand\t70 %\t70.0 %\t± 0.7\t1.25\n"
               "LSTM by hand, corrected\t–\t87.0 %\t± 0.5\t1.25\n",
               TRUE);
  assert_says (&sample_as_reported,
               "RNN\t60.0 %\t47.0 %\t± 2.3\t13.0\n"
               "LSTM\t85.0 %\t54.0 %\t± 2.3\t31.0\n",
               TRUE);
  assert_says (&sample_as_reported,
               "Accuracy\tAs in the listing\tCorrected\tDifference (points)\n"
               "names trained on\t70.0 %\t87.0 %\t+17.0\n"
               "names never seen\t52.0 %\t54.0 %\t+2.0\n",
               TRUE);
  assert_says (&sample_as_reported,
               "Network\tParameters\tIterations\tLearning rate\tSeed\n"
               "RNN\t12,345\t100,000\t0.005\t1\n"
               "LSTM\t12,345\t100,000\t0.1\t1\n",
               TRUE);
}

static void
test_report_holds (void)
{
  assert_says (&sample_as_reported, "\nWhy the LSTM does better than the RNN\n", TRUE);
  assert_says (&sample_as_reported, "The three stand in the report's order", TRUE);
  assert_says (&sample_as_reported,
               "The LSTM is ahead of the RNN by 25.0 percentage points; the report has 25.", TRUE);
  assert_says (&sample_as_reported, "This one line turns 70.0 % into 87.0 %, 17.0 percentage points more.", TRUE);
  assert_says (&sample_as_reported, "Much of what the LSTM gets right is memory: it is right in 85.0 %", TRUE);
  assert_says (&sample_as_reported, "did not win", FALSE);
  assert_says (&sample_as_reported, "The settings are those of the preset", TRUE);
  assert_says (&sample_as_reported, "The loss falls from 2.00, the mean of the first 1,000 iterations, to 1.00", TRUE);
}

static void
test_rnn_wins (void)
{
  static const SampleAccuracies rnn_wins = { { 850, 600, 700, 650 }, { 60, 40, 50, 50 } };

  assert_says (&rnn_wins, "Why the LSTM does better", FALSE);
  assert_says (&rnn_wins, "\nDoes the LSTM do better than the RNN?\n", TRUE);
  assert_says (&rnn_wins,
               "Here the LSTM did not win: the RNN is ahead of it by 25.0 percentage points, where the report has the "
               "LSTM ahead by 25.",
               TRUE);
  assert_says (&rnn_wins,
               "On names that they have never seen the RNN is ahead of the LSTM by 20.0 percentage points.", TRUE);
  assert_says (&rnn_wins, "Here this line turns 70.0 % into 65.0 %, 5.0 percentage points less.", TRUE);
  assert_says (&rnn_wins, "The LSTM is ahead", FALSE);
  assert_says (&rnn_wins, "stand in the report's order:", FALSE);
}

/* 0.5 points of 18,000 draws at 70 %: 1.96 standard errors of the difference are 0.95 points. */
static void
test_nobody_wins (void)
{
  static const SampleAccuracies tie = { { 700, 705, 700, 700 }, { 50, 52, 50, 50 } };

  assert_says (&tie, "\nDoes the LSTM do better than the RNN?\n", TRUE);
  assert_says (&tie, "Here the LSTM did not win: 0.5 percentage points lie between it and the RNN", TRUE);
  assert_says (&tie, "Here that makes no difference that the draws could show: 70.0 % before, 70.0 % after.", TRUE);
  assert_says (&tie, "2.0 are left on names that they have never seen: too few for so many names to show.", TRUE);
}

static void
test_other_order (void)
{
  static const SampleAccuracies by_hand_first = { { 500, 700, 900, 900 }, { 50, 69, 85, 85 } };

  assert_says (&by_hand_first, "here the LSTM by hand comes first.", TRUE);
  assert_says (&by_hand_first, "\nWhy the LSTM does better than the RNN\n", TRUE);
  assert_says (&by_hand_first, "What the LSTM gets right is hardly memory", TRUE);
}

/* What was not measured is not spoken of. */
static void
test_missing (void)
{
  static const SampleAccuracies three = { { 600, 850, 700, -1 }, { -1, -1, -1, -1 } };

  assert_says (&three, "never seen", FALSE);
  assert_says (&three, "corrected", FALSE);
  assert_says (&three, "learning rates of", FALSE);
  assert_says (&three, "nan", FALSE);
  assert_says (&three, "The three stand in the report's order", TRUE);
}

static void
test_divergence (void)
{
  g_autoptr (ReportRuns) runs = sample_runs_new (&sample_as_reported);
  g_autofree char *none = NULL, *some = NULL;

  sample_probe (runs, 0, FALSE);
  sample_probe (runs, 1, FALSE);
  none = sample_text (runs);
  g_assert_nonnull (strstr (none, "learning rates of 0.01, 0.02. It diverged at none of them."));
  sample_probe (runs, 2, TRUE);
  sample_probe (runs, 3, TRUE);
  runs->runs[REPORT_ALL_ROWS][NN_RNN].record->diverged = TRUE;
  runs->runs[REPORT_ALL_ROWS][NN_RNN].record->iterations = 777;
  some = sample_text (runs);
  g_assert_nonnull (strstr (some, "0.01, 0.02, 0.05, 0.1. It diverged at 0.05, 0.1 (at 0.1 after 321 iterations)"));
  g_assert_nonnull (strstr (some, "the LSTM's, which learned at 0.1"));
  g_assert_nonnull (strstr (some, "After 777 iterations it diverged"));
}

/* A network that diverges at once has neither curve nor loss. */
static void
test_no_curve (void)
{
  g_autoptr (ReportRuns) runs = sample_runs_new (&sample_as_reported);
  NnRunRecord *record = runs->runs[REPORT_ALL_ROWS][NN_RNN].record;
  g_autofree char *text = NULL;

  nn_history_clear (record->history);
  record->diverged = TRUE;
  record->iterations = 0;
  text = sample_text (runs);
  g_assert_nonnull (strstr (text, "Figure 1.1 and Figure 1.2 show the training. After 0 iterations it diverged"));
}

static void
test_settings (void)
{
  g_autoptr (ReportRuns) runs = sample_runs_new (&sample_as_reported);
  g_autofree char *text = NULL;

  runs->runs[REPORT_ALL_ROWS][NN_LSTM].record->settings.learning_rate = 0.2;
  runs->runs[REPORT_ALL_ROWS][NN_LSTM].record->settings.seed = 7;
  text = sample_text (runs);
  g_assert_nonnull (strstr (text, "The settings are not all those of the preset “As in the report”, which has 100,000 "
                                  "iterations at a learning rate of 0.005 for the RNN and 0.1 for the others"));
  g_assert_nonnull (strstr (text, "LSTM\t12,345\t100,000\t0.2\t7\n"));
  g_assert_nonnull (strstr (text, "not all from one seed"));
}

/* The command tells of no folder but its last name. */
static void
test_command (void)
{
  char *runs[] = { "/secret/lstm.run.json", NULL };
  ReportOrder order = sample_order ("/secret/my report");
  g_autofree char *line = report_order_command (&order, 0), *folded = NULL;

  g_assert_cmpstr (line, ==, "gatescope-cli report --data names --seed 1 --language en");
  order.iterations = 500;
  order.author = "It's me";
  order.runs = runs;
  folded = report_order_command (&order, 60);
  g_assert_cmpstr (folded, ==,
                   "gatescope-cli report --data names --seed 1 --language en \\\n"
                   "    --iterations 500 --author 'It'\\''s me' \\\n"
                   "    --run lstm.run.json");
}

static void
assert_not_taken (ReportRuns *runs, NnRunRecord *record, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (report_runs_take (runs, record, NULL, "a.run.json", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DATA);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_taking (void)
{
  static const SampleAccuracies nothing = { { -1, -1, -1, -1 }, { -1, -1, -1, -1 } };
  g_autoptr (ReportRuns) runs = sample_runs_new (&nothing), others = sample_runs_new (&sample_as_reported);
  NnRunRecord *all = g_steal_pointer (&others->runs[REPORT_ALL_ROWS][NN_LSTM].record);
  NnRunRecord *held_out = g_steal_pointer (&others->runs[REPORT_HELD_OUT][NN_LSTM].record);
  g_autoptr (NnRunRecord) second = g_steal_pointer (&others->runs[REPORT_ALL_ROWS][NN_RNN].record);
  g_autoptr (GError) error = NULL;

  g_assert_true (report_runs_take (runs, all, NULL, "a", &error));
  g_assert_true (report_runs_take (runs, held_out, NULL, "b", &error));
  g_assert_no_error (error);
  g_assert_true (runs->runs[REPORT_ALL_ROWS][NN_LSTM].record == all);
  g_assert_true (runs->runs[REPORT_HELD_OUT][NN_LSTM].record == held_out);
  second->settings.kind = NN_LSTM;
  assert_not_taken (runs, second, "a.run.json: there is another run of this network; the report has room for one, "
                                  "leave one out");
  g_clear_pointer (&second->confusion, nn_confusion_free);
  assert_not_taken (runs, second, "a.run.json: its final numbers were not measured; train it to its end, or leave it "
                                  "out");
  second->data_hash[0] ^= 1;
  assert_not_taken (runs, second, "a.run.json: it was trained on other names than the report's; give those, or leave "
                                  "it out");
}

/* The accuracy of names of a length is the mean over the classes that have such names, and no network that is not there
 * has one. Here each class has one name of each length. */
static void
test_lengths (void)
{
  static const guint least[] = { 1, 5, 7, 9 }, most[] = { 4, 6, 8, NN_MAX_LETTERS };
  g_autoptr (ReportRuns) runs = sample_runs_new (&sample_as_reported);
  NnModel *model = nn_model_new (NN_LSTM, 16, nn_dataset_class_names (runs->dataset), NULL);
  ReportLengths lengths[REPORT_N_LENGTHS];
  g_autofree guint8 *guesses = NULL;

  known_weights_fill (model, 3);
  guesses = nn_evaluate_guesses (model, runs->dataset, NULL, 0, NULL, NULL);
  g_clear_pointer (&runs->runs[REPORT_ALL_ROWS][NN_RNN].snapshot, nn_snapshot_unref);
  g_clear_pointer (&runs->runs[REPORT_ALL_ROWS][NN_LSTM].snapshot, nn_snapshot_unref);
  runs->runs[REPORT_ALL_ROWS][NN_LSTM].snapshot = nn_snapshot_new_take (model, 1);
  report_lengths_measure (runs, lengths);
  for (guint i = 0; i < REPORT_N_LENGTHS; i++)
    {
      guint n = 0, right = 0;

      for (guint row = 0; row < nn_dataset_n_rows (runs->dataset); row++)
        if (nn_dataset_row_length (runs->dataset, row) >= least[i]
            && nn_dataset_row_length (runs->dataset, row) <= most[i])
          {
            n++;
            right += guesses[row] == nn_dataset_row_class (runs->dataset, row);
          }
      g_assert_cmpuint (lengths[i].least, ==, least[i]);
      g_assert_cmpuint (lengths[i].n_rows, ==, n);
      g_assert_cmpfloat_with_epsilon (lengths[i].accuracy[NN_LSTM], (double) right / n, 1e-12);
      g_assert_true (isnan (lengths[i].accuracy[NN_RNN]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/content/lengths", test_lengths);
  g_test_add_func ("/report/content/structures", test_structures);
  g_test_add_func ("/report/content/tables", test_tables);
  g_test_add_func ("/report/content/report-holds", test_report_holds);
  g_test_add_func ("/report/content/rnn-wins", test_rnn_wins);
  g_test_add_func ("/report/content/nobody-wins", test_nobody_wins);
  g_test_add_func ("/report/content/other-order", test_other_order);
  g_test_add_func ("/report/content/missing", test_missing);
  g_test_add_func ("/report/content/divergence", test_divergence);
  g_test_add_func ("/report/content/no-curve", test_no_curve);
  g_test_add_func ("/report/content/settings", test_settings);
  g_test_add_func ("/report/content/command", test_command);
  g_test_add_func ("/report/content/taking", test_taking);
  return g_test_run ();
}
