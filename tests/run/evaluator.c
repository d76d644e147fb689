/* evaluator.c: counts on a thread of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/evaluator.h"
#include "support/known-weights.h"
#include "support/small-data.h"
#include "support/wait.h"

#define LIMIT 60.0

typedef struct
{
  guint calls;
  guint slot;
  NnConfusion *confusion;
} Seen;

static void
on_evaluated (guint slot, NnSnapshot *snapshot, const NnConfusion *confusion, gpointer data)
{
  Seen *seen = data;

  seen->calls++;
  seen->slot = slot;
  nn_confusion_free (seen->confusion);
  seen->confusion = nn_confusion_copy (confusion);
}

static NnSnapshot *
snapshot_for (NnSplit *split, guint seed)
{
  NnModel *model = nn_model_new (NN_LSTM, 64, nn_dataset_class_names (nn_split_dataset (split)), NULL);

  known_weights_fill (model, seed);
  return nn_snapshot_new_take (model, seed);
}

static gboolean
was_called (gpointer data)
{
  return ((Seen *) data)->calls > 0;
}

static void
test_counts_as_the_engine (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnSnapshot) snapshot = snapshot_for (split, 1);
  g_autoptr (NnConfusion) expected = nn_evaluate_draws (snapshot->model, split, 5000, 7, NULL, NULL);
  Seen seen = { 0 };
  g_autoptr (ScopeEvaluator) evaluator = scope_evaluator_new (on_evaluated, &seen);

  scope_evaluator_request (evaluator, 2, snapshot, split, NN_COUNTED_DRAWS, 5000, 7);
  wait_until (was_called, &seen, LIMIT);
  g_assert_cmpuint (seen.slot, ==, 2);
  g_assert_cmpmem (seen.confusion->counts, 72, expected->counts, 72);
  g_assert_false (scope_evaluator_is_busy (evaluator, 2));
  nn_confusion_free (seen.confusion);
}

/* All rows, and the held-out ones. */
static void
test_counts_other_names (void)
{
  g_autoptr (NnSplit) split = small_data_split (0.3);
  g_autoptr (NnSnapshot) snapshot = snapshot_for (split, 1);

  for (guint counted = NN_COUNTED_ROWS; counted <= NN_COUNTED_HELD_OUT; counted++)
    {
      g_autoptr (NnConfusion) expected = nn_evaluate (snapshot->model, split, (NnCounted) counted, 0, 0, NULL, NULL);
      Seen seen = { 0 };
      g_autoptr (ScopeEvaluator) evaluator = scope_evaluator_new (on_evaluated, &seen);

      scope_evaluator_request (evaluator, 0, snapshot, split, (NnCounted) counted, 0, 0);
      wait_until (was_called, &seen, LIMIT);
      g_assert_cmpuint (seen.confusion->total, >, 0);
      g_assert_cmpmem (seen.confusion->counts, 72, expected->counts, 72);
      nn_confusion_free (seen.confusion);
    }
}

static void
test_forgotten_is_not_told (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnSnapshot) snapshot = snapshot_for (split, 1);
  Seen seen = { 0 };
  g_autoptr (ScopeEvaluator) evaluator = scope_evaluator_new (on_evaluated, &seen);

  scope_evaluator_request (evaluator, 0, snapshot, split, NN_COUNTED_DRAWS, 100000, 7);
  scope_evaluator_forget (evaluator, 0);
  scope_evaluator_request (evaluator, 1, snapshot, split, NN_COUNTED_DRAWS, 1, 7);
  wait_until (was_called, &seen, LIMIT);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (seen.calls, ==, 1);
  g_assert_cmpuint (seen.slot, ==, 1);
  nn_confusion_free (seen.confusion);
}

/* Freed with work waiting and under way. */
static void
test_freed_while_busy (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnSnapshot) snapshot = snapshot_for (split, 1);
  Seen seen = { 0 };
  ScopeEvaluator *evaluator = scope_evaluator_new (on_evaluated, &seen);

  for (guint slot = 0; slot < SCOPE_EVALUATOR_SLOTS; slot++)
    scope_evaluator_request (evaluator, slot, snapshot, split, NN_COUNTED_DRAWS, G_MAXUINT, 7);
  g_assert_true (scope_evaluator_is_busy (evaluator, 5));
  scope_evaluator_free (evaluator);
  g_assert_cmpuint (seen.calls, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluator/counts-as-the-engine", test_counts_as_the_engine);
  g_test_add_func ("/evaluator/counts-other-names", test_counts_other_names);
  g_test_add_func ("/evaluator/forgotten-is-not-told", test_forgotten_is_not_told);
  g_test_add_func ("/evaluator/freed-while-busy", test_freed_while_busy);
  return g_test_run ();
}
