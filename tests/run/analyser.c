/* analyser.c: analyses on a thread of their own: told, replaced, cancelled.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/analyser.h"
#include "support/known-weights.h"
#include "support/small-data.h"
#include "support/wait.h"

#include <string.h>

#define LIMIT 60.0

/* A name whose map takes a while, and one whose map is there at once. */
#define LONG "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'abcdefg"
#define OTHER_LONG "Abcdefghijklmnopqrstuvwxyz"
#define SHORT "Bo"

typedef struct
{
  guint answers;
  guint wanted; /* answers to wait for */
  guint slot;
  NnSnapshot *first, *snapshot; /* of the first and of the newest answer; compared only */
  ScopeAnalysis what;
  char ascii[NN_MAX_LETTERS + 1];
  guint8 guess; /* for the first letter of the alphabet at the first place */
  double accuracy;
  guint first_row;
  guint progresses;
  double last_done;
} Seen;

static void
on_analysed (const ScopeAnalysisAnswer *answer, gpointer data)
{
  Seen *seen = data;

  seen->answers++;
  seen->slot = answer->slot;
  seen->snapshot = answer->request->snapshot;
  if (seen->answers == 1)
    seen->first = seen->snapshot;
  seen->what = answer->request->what;
  if (answer->substitution != NULL)
    {
      g_assert_cmpstr (answer->substitution->ascii, ==, answer->request->ascii);
      g_strlcpy (seen->ascii, answer->substitution->ascii, sizeof seen->ascii);
      seen->guess = answer->substitution->guesses[0];
    }
  if (answer->damage != NULL)
    seen->accuracy = answer->damage->rows[0].accuracy;
  if (answer->drivers != NULL)
    seen->first_row = answer->drivers->drivers[0].row;
}

static void
on_progress (guint slot, ScopeAnalysis what, double done, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpfloat (done, >, 0);
  g_assert_cmpfloat (done, <=, 1);
  seen->progresses++;
  seen->last_done = done;
}

static gboolean
has_all (gpointer data)
{
  return ((Seen *) data)->answers >= ((Seen *) data)->wanted;
}

/* Something is under way, or was too quick to be. */
static gboolean
has_progress (gpointer data)
{
  return ((Seen *) data)->progresses > 0 || ((Seen *) data)->answers > 0;
}

static gboolean
is_idle (gpointer data)
{
  return !scope_analyser_is_busy (data, 0, SCOPE_ANALYSIS_SUBSTITUTION);
}

static NnSnapshot *
snapshot_for (NnSplit *split, guint hidden, guint seed)
{
  NnModel *model = nn_model_new (NN_LSTM, hidden, nn_dataset_class_names (nn_split_dataset (split)), NULL);

  known_weights_fill (model, seed);
  return nn_snapshot_new_take (model, seed);
}

static ScopeAnalysisRequest
map_of (NnSnapshot *snapshot, const char *ascii)
{
  return (ScopeAnalysisRequest){ .what = SCOPE_ANALYSIS_SUBSTITUTION, .snapshot = snapshot, .ascii = ascii };
}

/* All three kinds at once, each as the engine gives it. */
static void
test_as_the_engine (void)
{
  static const guint units[] = { 3, 5 };
  g_autoptr (NnSplit) split = small_data_split (0.5);
  g_autoptr (NnSnapshot) snapshot = snapshot_for (split, 32, 1);
  g_autoptr (NnSubstitution) map = nn_substitution_new (snapshot->model, SHORT, NULL, NULL);
  g_autofree NnDamage *damage = nn_damage_new_split (snapshot->model, split, NULL, NULL);
  g_autoptr (NnDrivers) drivers
      = nn_drivers_new (snapshot->model, nn_split_dataset (split), NN_STATE_CELL, units, 2, 4, NULL, NULL);
  const ScopeAnalysisRequest of_map = map_of (snapshot, SHORT);
  const ScopeAnalysisRequest of_damage = { .what = SCOPE_ANALYSIS_DAMAGE, .snapshot = snapshot, .split = split };
  const ScopeAnalysisRequest of_drivers = { .what = SCOPE_ANALYSIS_DRIVERS, .snapshot = snapshot, .split = split,
                                            .state = NN_STATE_CELL, .units = units, .n_units = 2, .top = 4 };
  Seen seen = { .wanted = 3 };
  g_autoptr (ScopeAnalyser) analyser = scope_analyser_new (on_analysed, NULL, &seen);

  scope_analyser_request (analyser, 2, &of_map);
  scope_analyser_request (analyser, 2, &of_damage);
  scope_analyser_request (analyser, 2, &of_drivers);
  g_assert_true (scope_analyser_is_busy (analyser, 2, SCOPE_ANALYSIS_SUBSTITUTION));
  wait_until (has_all, &seen, LIMIT);
  g_assert_cmpuint (seen.slot, ==, 2);
  g_assert_true (seen.snapshot == snapshot);
  g_assert_cmpstr (seen.ascii, ==, SHORT);
  g_assert_cmpuint (seen.guess, ==, map->guesses[0]);
  g_assert_cmpfloat (seen.accuracy, ==, damage->rows[0].accuracy);
  g_assert_cmpuint (seen.first_row, ==, drivers->drivers[0].row);
  for (guint what = 0; what < SCOPE_N_ANALYSES; what++)
    g_assert_false (scope_analyser_is_busy (analyser, 2, (ScopeAnalysis) what));
}

/* Whatever is waiting or under way for another name is not told. */
static void
test_replaced (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnSnapshot) large = snapshot_for (split, 256, 1);
  g_autoptr (NnSnapshot) small = snapshot_for (split, 32, 1);
  const ScopeAnalysisRequest first = map_of (large, LONG), second = map_of (large, OTHER_LONG);
  const ScopeAnalysisRequest last = map_of (small, SHORT);
  Seen seen = { .wanted = 1 };
  g_autoptr (ScopeAnalyser) analyser = scope_analyser_new (on_analysed, on_progress, &seen);

  scope_analyser_request (analyser, 0, &first);
  wait_until (has_progress, &seen, LIMIT);
  scope_analyser_request (analyser, 0, &second);
  scope_analyser_request (analyser, 0, &last);
  wait_until (has_all, &seen, LIMIT);
  g_assert_cmpstr (seen.ascii, ==, SHORT);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (seen.answers, ==, 1);
}

/* The same name with newer weights: what is under way is told first. */
static void
test_newer_weights (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnSnapshot) older = snapshot_for (split, 64, 1);
  g_autoptr (NnSnapshot) between = snapshot_for (split, 32, 2);
  g_autoptr (NnSnapshot) newest = snapshot_for (split, 32, 3);
  const ScopeAnalysisRequest first = map_of (older, LONG), second = map_of (between, LONG);
  const ScopeAnalysisRequest last = map_of (newest, LONG);
  Seen seen = { .wanted = 2 };
  g_autoptr (ScopeAnalyser) analyser = scope_analyser_new (on_analysed, on_progress, &seen);

  scope_analyser_request (analyser, 0, &first);
  wait_until (has_progress, &seen, LIMIT);
  scope_analyser_request (analyser, 0, &second);
  scope_analyser_request (analyser, 0, &last);
  wait_until (has_all, &seen, LIMIT);
  wait_until (is_idle, analyser, LIMIT);
  g_assert_true (seen.first == older);
  g_assert_true (seen.snapshot == newest);
}

static void
test_cancelled (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnSnapshot) large = snapshot_for (split, 256, 1);
  g_autoptr (NnSnapshot) small = snapshot_for (split, 32, 1);
  const ScopeAnalysisRequest slow = map_of (large, LONG), quick = map_of (small, SHORT);
  Seen seen = { .wanted = 1 };
  g_autoptr (ScopeAnalyser) analyser = scope_analyser_new (on_analysed, on_progress, &seen);

  scope_analyser_request (analyser, 0, &slow);
  wait_until (has_progress, &seen, LIMIT);
  g_assert_true (scope_analyser_is_busy (analyser, 0, SCOPE_ANALYSIS_SUBSTITUTION));
  scope_analyser_cancel (analyser, 0, SCOPE_ANALYSIS_SUBSTITUTION);
  g_assert_false (scope_analyser_is_busy (analyser, 0, SCOPE_ANALYSIS_SUBSTITUTION));
  /* The thread is free for another at once. */
  scope_analyser_request (analyser, 1, &quick);
  wait_until (has_all, &seen, LIMIT);
  g_assert_cmpuint (seen.slot, ==, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (seen.answers, ==, 1);
}

/* With work waiting and under way. */
static void
test_freed_while_busy (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnSnapshot) large = snapshot_for (split, 256, 1);
  const ScopeAnalysisRequest slow = map_of (large, LONG);
  Seen seen = { 0 };
  ScopeAnalyser *analyser = scope_analyser_new (on_analysed, on_progress, &seen);

  for (guint slot = 0; slot < SCOPE_ANALYSER_SLOTS; slot++)
    scope_analyser_request (analyser, slot, &slow);
  wait_until (has_progress, &seen, LIMIT);
  scope_analyser_free (analyser);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (seen.answers, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analyser/as-the-engine", test_as_the_engine);
  g_test_add_func ("/analyser/replaced", test_replaced);
  g_test_add_func ("/analyser/newer-weights", test_newer_weights);
  g_test_add_func ("/analyser/cancelled", test_cancelled);
  g_test_add_func ("/analyser/freed-while-busy", test_freed_while_busy);
  return g_test_run ();
}
