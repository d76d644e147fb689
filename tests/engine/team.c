/* team.c: two threads give the bits of one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/lstm-team.h"
#include "engine/network.h"
#include "engine/trainer.h"
#include "support/known-weights.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

#define N_STEPS 48

static const char *const classes[] = { "A", "B", "C", NULL };
static const char *const names[] = { "X", "Li", "Satoshi", "Van den Berg", "O'Neill", "Dostoevsky" };

typedef struct
{
  NnModel *model;
  NnWorkspace *workspace;
} Learner;

static Learner
learner_new (NnKind kind, guint hidden, gboolean two)
{
  Learner learner = { nn_model_new (kind, hidden, classes, NULL), NULL };

  known_weights_fill (learner.model, 3);
  learner.workspace = nn_workspace_new (learner.model);
  if (two)
    {
      learner.workspace->team = nn_team_new (learner.model, learner.workspace);
      g_assert_nonnull (learner.workspace->team);
      nn_team_set_always (learner.workspace->team, TRUE);
    }
  return learner;
}

static void
learner_clear (Learner *learner)
{
  nn_workspace_free (learner->workspace);
  nn_model_free (learner->model);
}

static float
learn (Learner *learner, guint step)
{
  guint guess;
  float loss;

  nn_workspace_set_name (learner->workspace, names[step % G_N_ELEMENTS (names)]);
  g_assert_true (nn_network_learn (learner->model, learner->workspace, step % 3, learner->model->parameters, -0.1f,
                                   &guess, &loss));
  return loss;
}

static void
test_same_bits (gconstpointer data)
{
  static const guint sizes[] = { 17, 33, 64, 128 };
  NnKind kind = (NnKind) GPOINTER_TO_INT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Learner one = learner_new (kind, sizes[i], FALSE);
      Learner two = learner_new (kind, sizes[i], TRUE);

      for (guint step = 0; step < N_STEPS; step++)
        g_assert_cmpfloat (learn (&one, step), ==, learn (&two, step));
      nn_team_flush (two.workspace->team);
      g_assert_cmpmem (one.model->parameters, one.model->layout.size * sizeof (float), two.model->parameters,
                       two.model->layout.size * sizeof (float));
      learner_clear (&one);
      learner_clear (&two);
    }
}

static void
test_what_has_no_half (void)
{
  g_autoptr (NnModel) rnn = nn_model_new (NN_RNN, 128, classes, NULL);
  g_autoptr (NnModel) small = nn_model_new (NN_LSTM, 16, classes, NULL);
  g_autoptr (NnWorkspace) of_rnn = nn_workspace_new (rnn);
  g_autoptr (NnWorkspace) of_small = nn_workspace_new (small);

  g_assert_null (nn_team_new (rnn, of_rnn));
  g_assert_null (nn_team_new (small, of_small));
}

/* Nothing may change where the loss is not finite, and the second thread must not wait for ever. */
static void
test_not_finite (void)
{
  Learner two = learner_new (NN_LSTM, 64, TRUE);
  g_autofree float *kept = NULL;
  gsize size = two.model->layout.size * sizeof (float);
  guint guess;
  float loss;

  two.model->parameters[two.model->layout.read_bias] = NAN;
  kept = g_memdup2 (two.model->parameters, size);
  for (guint i = 0; i < 3; i++)
    {
      nn_workspace_set_name (two.workspace, "Satoshi");
      g_assert_false (nn_network_learn (two.model, two.workspace, 0, two.model->parameters, -0.1f, &guess, &loss));
    }
  nn_team_flush (two.workspace->team);
  g_assert_cmpint (memcmp (kept, two.model->parameters, size), ==, 0);
  learner_clear (&two);
}

static NnTrainer *
trained (guint threads)
{
  NnSettings settings
      = { .kind = NN_GATE_LSTM_HIDDEN, .hidden = 64, .iterations = 9000, .learning_rate = 0.1, .seed = 3, .batch = 1 };
  g_autoptr (NnSplit) split = small_data_split (0);
  NnTrainer *trainer;

  trainer = nn_trainer_new (&settings, split, NULL, NULL);
  nn_trainer_set_threads (trainer, threads);
  while (nn_trainer_run (trainer, 1000) == NN_TRAINER_RUNNING)
    ;
  return trainer;
}

/* Through its trials of each way, whichever wins. */
static void
test_trainer (void)
{
  g_autoptr (NnTrainer) one = trained (1);
  g_autoptr (NnTrainer) two = trained (2);
  gsize size = nn_trainer_model (one)->layout.size * sizeof (float);

  g_assert_cmpmem (nn_trainer_model (one)->parameters, size, nn_trainer_model (two)->parameters, size);
  nn_trainer_set_threads (two, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/team/same-bits/lstm", GINT_TO_POINTER (NN_LSTM), test_same_bits);
  g_test_add_data_func ("/team/same-bits/gate-lstm", GINT_TO_POINTER (NN_GATE_LSTM), test_same_bits);
  g_test_add_data_func ("/team/same-bits/gate-lstm-hidden", GINT_TO_POINTER (NN_GATE_LSTM_HIDDEN), test_same_bits);
  g_test_add_func ("/team/what-has-no-half", test_what_has_no_half);
  g_test_add_func ("/team/not-finite", test_not_finite);
  g_test_add_func ("/team/trainer", test_trainer);
  return g_test_run ();
}
