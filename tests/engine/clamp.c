/* clamp.c: gates that are held at a value, against a pass by hand; and how a clamp is written.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/error.h"
#include "engine/inspect.h"
#include "reference/plain-clamped.h"
#include "support/known-weights.h"
#include "support/plain-model.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 2e-6
#define HIDDEN 21
#define CLASSES 5
#define NAME "O'Neill"

/* ---- By hand ---- */

static const NnState states[PLAIN_N_VALUES] = { NN_STATE_FORGET, NN_STATE_INPUT,  NN_STATE_CANDIDATE,
                                                NN_STATE_OUTPUT, NN_STATE_CELL,   NN_STATE_HIDDEN };

/* What is held, said once more in words of the test. */
typedef struct
{
  const char *text;
  PlainReplace replace;
} Held;

/* A mean that no gate has by chance. */
static double
mean_of (PlainGate gate, int unit)
{
  return 0.1 * (gate + 1) + 0.01 * unit;
}

static double
nothing (PlainGate gate, int letter, int unit, double a, void *data)
{
  return a;
}

static double
no_forget (PlainGate gate, int letter, int unit, double a, void *data)
{
  return gate == PLAIN_FORGET ? 0 : a;
}

static double
open_output_at_the_end (PlainGate gate, int letter, int unit, double a, void *data)
{
  return gate == PLAIN_OUTPUT && letter == 6 ? 1 : a;
}

static double
some_candidates (PlainGate gate, int letter, int unit, double a, void *data)
{
  return gate == PLAIN_CANDIDATE && (unit == 3 || (unit >= 7 && unit <= 20)) && (letter == 0 || letter == 2) ? 0 : a;
}

static double
mean_input (PlainGate gate, int letter, int unit, double a, void *data)
{
  return gate == PLAIN_INPUT ? mean_of (gate, unit) : a;
}

static double
two (PlainGate gate, int letter, int unit, double a, void *data)
{
  if (gate == PLAIN_FORGET && unit == 4)
    return 1;
  return gate == PLAIN_OUTPUT ? mean_of (gate, unit) : no_forget (gate, letter, unit, a, data);
}

static const Held held[] = {
  { "", nothing },
  { "forget=0", no_forget },
  { "output=1@7", open_output_at_the_end },
  { "candidate=0:3,7-20@1,3", some_candidates },
  { "input=mean", mean_input },
  /* Of two that hold the same the last one counts. */
  { "forget=0 output=mean forget=1:4", two },
};

static NnClamps *
clamps_of (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  NnClamps *clamps = nn_clamps_new ();
  NnGateMeans *means = g_new0 (NnGateMeans, 1);

  for (guint i = 0; *text != '\0' && words[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      NnClamp clamp;

      nn_clamp_parse (words[i], &clamp, &error);
      g_assert_no_error (error);
      nn_clamps_add (clamps, &clamp);
    }
  means->hidden = HIDDEN;
  for (guint gate = 0; gate < NN_N_GATES; gate++)
    {
      static const PlainGate plain[NN_N_GATES] = { PLAIN_INPUT, PLAIN_FORGET, PLAIN_CANDIDATE, PLAIN_OUTPUT };

      means->means[gate] = g_new (float, HIDDEN);
      for (int unit = 0; unit < HIDDEN; unit++)
        means->means[gate][unit] = (float) mean_of (plain[gate], unit);
    }
  nn_clamps_take_means (clamps, means);
  return clamps;
}

static void
assert_as_by_hand (NnKind kind, const Held *what)
{
  g_autoptr (NnModel) model = known_model (kind, HIDDEN, CLASSES, 7);
  g_autoptr (PlainNetwork) plain = plain_model (model);
  g_autoptr (NnClamps) clamps = clamps_of (what->text);
  g_autoptr (NnTrace) trace = nn_trace_new_clamped (model, NAME, -1, clamps);
  int letters[NN_MAX_LETTERS], steps = plain_letters (NAME, letters);
  g_autofree double *values = g_new (double, (gsize) steps * PLAIN_N_VALUES * HIDDEN);
  double logits[CLASSES], sum = 0;

  plain_clamped_forward (plain, letters, steps, what->replace, NULL, values, logits);
  for (int t = 0; t < steps; t++)
    for (int i = 0; i < PLAIN_N_VALUES; i++)
      for (int u = 0; u < HIDDEN; u++)
        g_assert_cmpfloat_with_epsilon ((double) nn_trace_state (trace, states[i], (guint) t)[u],
                                        values[(t * PLAIN_N_VALUES + i) * HIDDEN + u], TOLERANCE);
  for (int k = 0; k < CLASSES; k++)
    sum += exp (logits[k]);
  for (int k = 0; k < CLASSES; k++)
    g_assert_cmpfloat_with_epsilon ((double) trace->log_probs[(steps - 1) * CLASSES + k], logits[k] - log (sum),
                                    TOLERANCE);
}

static void
test_as_by_hand (gconstpointer data)
{
  const NnKind kind = (NnKind) GPOINTER_TO_INT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (held); i++)
    assert_as_by_hand (kind, &held[i]);
}

/* A clamp that holds nothing of this name leaves every bit as it is. */
static void
test_nothing_held (gconstpointer data)
{
  g_autoptr (NnModel) model = known_model ((NnKind) GPOINTER_TO_INT (data), HIDDEN, CLASSES, 7);
  g_autoptr (NnClamps) clamps = clamps_of ("forget=1@8-64");
  g_autoptr (NnTrace) trace = nn_trace_new_clamped (model, NAME, 1, clamps);
  g_autoptr (NnTrace) usual = nn_trace_new (model, NAME, 1);

  for (guint state = 0; state < NN_N_STATES; state++)
    g_assert_cmpmem (trace->states[state], 7 * HIDDEN * sizeof (float), usual->states[state],
                     7 * HIDDEN * sizeof (float));
  g_assert_cmpmem (trace->log_probs, 7 * CLASSES * sizeof (float), usual->log_probs, 7 * CLASSES * sizeof (float));
  for (guint t = 0; t < 7; t++)
    {
      g_assert_cmpfloat (trace->hidden_gradient_norm[t], ==, usual->hidden_gradient_norm[t]);
      g_assert_cmpfloat (trace->cell_gradient_norm[t], ==, usual->cell_gradient_norm[t]);
    }
}

/* With the output gate held at 0 nothing of the cell can be seen, and nothing flows back. */
static void
test_gradients_of_held (void)
{
  g_autoptr (NnModel) model = known_model (NN_LSTM, HIDDEN, CLASSES, 7);
  g_autoptr (NnClamps) closed = clamps_of ("output=0");
  g_autoptr (NnClamps) no_forget_gate = clamps_of ("forget=0@7 input=0@7 candidate=0@7 output=1@7");
  g_autoptr (NnTrace) without_output = nn_trace_new_clamped (model, NAME, 1, closed);
  g_autoptr (NnTrace) without_memory = nn_trace_new_clamped (model, NAME, 1, no_forget_gate);

  for (guint t = 0; t < 7; t++)
    g_assert_cmpfloat (without_output->cell_gradient_norm[t], ==, 0);
  g_assert_cmpfloat (without_memory->cell_gradient_norm[6], >, 0);
  for (guint t = 0; t < 6; t++)
    g_assert_cmpfloat (without_memory->hidden_gradient_norm[t], ==, 0);
}

static double
replace_by_output (PlainGate gate, int letter, int unit, double a, void *data)
{
  const double *shift = data;

  if (gate == PLAIN_FORGET && letter >= 2)
    return mean_of (gate, unit);
  return gate == PLAIN_OUTPUT && letter == 3 && unit == (int) shift[0] ? a + shift[1] : a;
}

/* dL/dh after letter 4 under a clamp, by differences: what is added to one unit's output gate is added to its hidden
 * state times tanh c. */
static void
test_gradient_by_differences (void)
{
  g_autoptr (NnModel) model = known_model (NN_GATE_LSTM_HIDDEN, HIDDEN, CLASSES, 7);
  g_autoptr (PlainNetwork) plain = plain_model (model);
  g_autoptr (NnClamps) clamps = clamps_of ("forget=mean@3-64");
  g_autoptr (NnTrace) trace = nn_trace_new_clamped (model, NAME, 2, clamps);
  int letters[NN_MAX_LETTERS], steps = plain_letters (NAME, letters);
  g_autofree double *values = g_new (double, (gsize) steps * PLAIN_N_VALUES * HIDDEN);
  double squares = 0;

  for (int unit = 0; unit < HIDDEN; unit++)
    {
      double losses[2], gradient, tanh_cell;

      for (int side = 0; side < 2; side++)
        {
          double logits[CLASSES], sum = 0, shift[2] = { unit, side == 0 ? 1e-5 : -1e-5 };

          plain_clamped_forward (plain, letters, steps, replace_by_output, shift, values, logits);
          for (int k = 0; k < CLASSES; k++)
            sum += exp (logits[k]);
          losses[side] = log (sum) - logits[2];
        }
      tanh_cell = tanh (values[(3 * PLAIN_N_VALUES + 4) * HIDDEN + unit]);
      gradient = (losses[0] - losses[1]) / 2e-5 / tanh_cell;
      squares += gradient * gradient;
    }
  g_assert_cmpfloat_with_epsilon (trace->hidden_gradient_norm[3], sqrt (squares), 1e-5);
}

/* ---- Means ---- */

static gboolean
stop (double done, gpointer data)
{
  return FALSE;
}

/* Row by row and letter by letter, from the traces. */
static void
test_means (gconstpointer data)
{
  g_autoptr (NnSplit) split = small_data_split (0.3);
  NnDataset *dataset = nn_split_dataset (split);
  g_autoptr (NnModel) model = known_model ((NnKind) GPOINTER_TO_INT (data), HIDDEN, 3, 4);
  g_autoptr (NnGateMeans) means = nn_gate_means_new_training (model, split, NULL, NULL);
  g_autoptr (NnGateMeans) all = nn_gate_means_new (model, dataset, NULL, 0, NULL, NULL);
  double sums[2][HIDDEN] = { 0 };
  guint letters[2] = { 0 };

  for (guint row = 0; row < nn_dataset_n_rows (dataset); row++)
    {
      g_autoptr (NnTrace) trace = nn_trace_new (model, nn_dataset_row_ascii (dataset, row), -1);

      for (guint which = nn_split_row_held_out (split, row); which < 2; which++)
        for (guint t = 0; t < trace->length; t++, letters[which]++)
          for (guint unit = 0; unit < HIDDEN; unit++)
            sums[which][unit] += (double) nn_trace_state (trace, NN_STATE_CANDIDATE, t)[unit];
    }
  g_assert_cmpuint (letters[0], <, letters[1]);
  g_assert_cmpuint (means->letters, ==, letters[0]);
  g_assert_cmpuint (all->letters, ==, letters[1]);
  for (guint unit = 0; unit < HIDDEN; unit++)
    {
      g_assert_cmpfloat_with_epsilon ((double) means->means[NN_GATE_CANDIDATE][unit], sums[0][unit] / letters[0], 1e-6);
      g_assert_cmpfloat_with_epsilon ((double) all->means[NN_GATE_CANDIDATE][unit], sums[1][unit] / letters[1], 1e-6);
    }
}

static void
test_means_stop (void)
{
  g_auto (GStrv) names = g_new0 (char *, 101);
  guint classes[100] = { 0 };
  static const char *const class_names[] = { "A", "B", NULL };
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnModel) model = known_model (NN_LSTM, 8, 2, 4);

  for (guint i = 0; i < 100; i++)
    {
      names[i] = g_strdup_printf ("%c%c", 'a' + (char) (i / 10), 'a' + (char) (i % 10));
      classes[i] = i / 50;
    }
  dataset = nn_dataset_new_from_rows (class_names, (const char *const *) names, classes, 100, NULL);
  g_assert_null (nn_gate_means_new (model, dataset, NULL, 0, stop, NULL));
}

/* ---- Text ---- */

static void
test_text (void)
{
  static const char *const texts[] = {
    "forget=0",           "input=1",         "candidate=mean", "output=mean:0",
    "output=mean:3,7-9@1", "forget=1@2-5,64", "input=0:0-1023",
  };
  NnClamp clamp;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      nn_clamp_parse (texts[i], &clamp, &error);
      g_assert_no_error (error);
      text = nn_clamp_text (&clamp);
      g_assert_cmpstr (text, ==, texts[i]);
    }
  nn_clamp_parse ("output=mean:9,3,7-8@3,1", &clamp, NULL);
  g_assert_cmpint (clamp.gate, ==, NN_GATE_OUTPUT);
  g_assert_cmpint (clamp.value, ==, NN_CLAMP_MEAN);
  for (guint i = 0; i < 12; i++)
    {
      g_assert_cmpint (nn_clamp_holds_unit (&clamp, i), ==, i == 3 || (i >= 7 && i <= 9));
      g_assert_cmpint (nn_clamp_holds_letter (&clamp, i), ==, i == 0 || i == 2);
    }
}

#define UNITS "; they must be numbers from 0 to 1023 and ranges of them, such as 3,7-9"
#define LETTERS "; they must be numbers from 1 to 64 and ranges of them, such as 1,3-5"

static void
test_errors (void)
{
  static const char *const wrong[][2] = {
    { "", "there is no gate \"\"; it must be forget, input, candidate or output" },
    { "forgt=0", "there is no gate \"forgt\"; it must be forget, input, candidate or output" },
    { "cell=0", "there is no gate \"cell\"; it must be forget, input, candidate or output" },
    { "forget", "the value is missing; write GATE=0, GATE=1 or GATE=mean" },
    { "forget:3", "the value is missing; write GATE=0, GATE=1 or GATE=mean" },
    { "forget=", "the value is \"\"; it must be 0, 1 or mean" },
    { "forget=0.5", "the value is \"0.5\"; it must be 0, 1 or mean" },
    { "forget=0:", "the units are \"\"" UNITS },
    { "forget=0:3,", "the units are \"3,\"" UNITS },
    { "forget=0:-3", "the units are \"-3\"" UNITS },
    { "forget=0:9-7", "the units are \"9-7\"" UNITS },
    { "forget=0:1024", "the units are \"1024\"" UNITS },
    { "forget=0:99999999999999999999", "the units are \"99999999999999999999\"" UNITS },
    { "forget=0:1 2", "the units are \"1 2\"" UNITS },
    { "forget=0@", "the letters are \"\"" LETTERS },
    { "forget=0@0", "the letters are \"0\"" LETTERS },
    { "forget=0@65", "the letters are \"65\"" LETTERS },
    { "forget=0@1:3", "the letters are \"1:3\"" LETTERS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      NnClamp clamp;

      g_assert_false (nn_clamp_parse (wrong[i][0], &clamp, &error));
      g_assert_error (error, NN_ERROR, NN_ERROR_SETTINGS);
      g_assert_cmpstr (error->message, ==, wrong[i][1]);
    }
}

static void
test_check (void)
{
  g_autoptr (NnModel) rnn = known_model (NN_RNN, 8, 2, 1);
  g_autoptr (NnModel) lstm = known_model (NN_LSTM, 8, 2, 1);
  g_autoptr (GError) no_gates = NULL;
  g_autoptr (GError) no_unit = NULL;
  NnClamp clamp;

  nn_clamp_parse ("forget=0:7", &clamp, NULL);
  g_assert_true (nn_clamp_check (&clamp, lstm, NULL));
  g_assert_false (nn_clamp_check (&clamp, rnn, &no_gates));
  g_assert_cmpstr (no_gates->message, ==, "the RNN has no gates that could be clamped; choose one of the LSTMs");
  nn_clamp_parse ("forget=0:2,8-9", &clamp, NULL);
  g_assert_false (nn_clamp_check (&clamp, lstm, &no_unit));
  g_assert_cmpstr (no_unit->message, ==, "there is no unit 8; the network has 8 units, from 0 to 7");
}

int
main (int argc, char **argv)
{
  static const NnKind kinds[] = { NN_LSTM, NN_GATE_LSTM, NN_GATE_LSTM_HIDDEN };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *by_hand = g_strconcat ("/clamp/as-by-hand/", nn_kind_id (kinds[i]), NULL);
      g_autofree char *nothing_held = g_strconcat ("/clamp/nothing-held/", nn_kind_id (kinds[i]), NULL);
      g_autofree char *means = g_strconcat ("/clamp/means/", nn_kind_id (kinds[i]), NULL);

      g_test_add_data_func (by_hand, GINT_TO_POINTER (kinds[i]), test_as_by_hand);
      g_test_add_data_func (nothing_held, GINT_TO_POINTER (kinds[i]), test_nothing_held);
      g_test_add_data_func (means, GINT_TO_POINTER (kinds[i]), test_means);
    }
  g_test_add_func ("/clamp/gradients-of-held", test_gradients_of_held);
  g_test_add_func ("/clamp/gradient-by-differences", test_gradient_by_differences);
  g_test_add_func ("/clamp/means-stop", test_means_stop);
  g_test_add_func ("/clamp/text", test_text);
  g_test_add_func ("/clamp/errors", test_errors);
  g_test_add_func ("/clamp/check", test_check);
  return g_test_run ();
}
