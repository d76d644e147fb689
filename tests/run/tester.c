/* tester.c: guesses for the held-out names come from another thread, once, and end with who asked for them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/tester.h"

#include "support/known-weights.h"
#include "support/small-data.h"
#include "support/wait.h"

#include <string.h>

#define LIMIT 60.0

typedef struct
{
  ScopeTester *tester;
  NnSplit *split;
  NnSnapshot *snapshots[2];
  guint told;
} Fixture;

static void
on_tested (gpointer data)
{
  ((Fixture *) data)->told++;
}

static NnSnapshot *
new_snapshot (NnSplit *split, guint seed)
{
  NnModel *model = nn_model_new (NN_LSTM, 16, nn_dataset_class_names (nn_split_dataset (split)), NULL);

  known_weights_fill (model, seed);
  return nn_snapshot_new_take (model, 1);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tester = scope_tester_new (on_tested, fixture);
  fixture->split = small_data_split (0.4);
  for (guint i = 0; i < 2; i++)
    fixture->snapshots[i] = new_snapshot (fixture->split, i + 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  scope_tester_free (fixture->tester);
  nn_split_unref (fixture->split);
  for (guint i = 0; i < 2; i++)
    nn_snapshot_unref (fixture->snapshots[i]);
}

static gboolean
is_told (gpointer data)
{
  return ((Fixture *) data)->told > 0;
}

static gboolean
is_told_twice (gpointer data)
{
  return ((Fixture *) data)->told > 1;
}

/* They are those of the engine, and the same array each time. */
static void
test_guesses (Fixture *fixture, gconstpointer data)
{
  NnTestNames *names = scope_tester_names (fixture->tester, fixture->split);

  g_assert_true (scope_tester_names (fixture->tester, fixture->split) == names);
  for (guint i = 0; i < 2; i++)
    g_assert_null (scope_tester_guesses (fixture->tester, fixture->snapshots[i], fixture->split));
  /* Asking again while they are found starts nothing more. */
  g_assert_null (scope_tester_guesses (fixture->tester, fixture->snapshots[0], fixture->split));
  wait_until (is_told_twice, fixture, LIMIT);
  g_assert_cmpuint (fixture->told, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const guint8 *guesses = scope_tester_guesses (fixture->tester, fixture->snapshots[i], fixture->split);
      g_autofree guint8 *expected = nn_evaluate_guesses (fixture->snapshots[i]->model, names->dataset, names->rows,
                                                         names->n_names, NULL, NULL);

      g_assert_nonnull (guesses);
      g_assert_cmpmem (guesses, names->n_names, expected, names->n_names);
    }
}

/* What nobody asks for any more is dropped, and found anew when somebody does. */
static void
test_forgets (Fixture *fixture, gconstpointer data)
{
  scope_tester_guesses (fixture->tester, fixture->snapshots[0], fixture->split);
  wait_until (is_told, fixture, LIMIT);
  scope_tester_forget_unused (fixture->tester);
  g_assert_nonnull (scope_tester_guesses (fixture->tester, fixture->snapshots[0], fixture->split));
  scope_tester_forget_unused (fixture->tester);
  scope_tester_forget_unused (fixture->tester);
  g_assert_null (scope_tester_guesses (fixture->tester, fixture->snapshots[0], fixture->split));
  wait_until (is_told_twice, fixture, LIMIT);
}

/* One that is freed while it works tells nothing any more, and its thread's leavings are cleared away. */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  Fixture other = { 0 };
  g_autoptr (NnSnapshot) snapshot = new_snapshot (fixture->split, 3);

  other.tester = scope_tester_new (on_tested, &other);
  scope_tester_guesses (other.tester, snapshot, fixture->split);
  g_clear_pointer (&other.tester, scope_tester_free);
  /* By the time another's guesses have come, so would its own. */
  scope_tester_guesses (fixture->tester, fixture->snapshots[0], fixture->split);
  wait_until (is_told, fixture, LIMIT);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (other.told, ==, 0);
}

#define ADD(name, function) g_test_add ("/run/tester/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("guesses", test_guesses);
  ADD ("forgets", test_forgets);
  ADD ("ends", test_ends);
  return g_test_run ();
}
