/* compare-numbers.c: the numbers of what a session shows, and how its networks fare against each other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-numbers.h"

#include "engine/interval.h"

#include <math.h>

/* ---- A row ---- */

static double
last_held_out (const NnHistory *history)
{
  for (guint i = history != NULL ? nn_history_length (history) : 0; i > 0; i--)
    if (!isnan (nn_history_point (history, i - 1)->held_out_accuracy))
      return nn_history_point (history, i - 1)->held_out_accuracy;
  return NAN;
}

/* The curve has the share alone; how many rows it is of tells the split, which an earlier run may lack. */
static void
set_held_out_of_moment (FigNumbers *row, ScopeRun *run)
{
  double share = last_held_out (scope_run_get_history (run));
  NnSplit *split = scope_run_get_split (run);
  NnInterval interval;
  guint n = 0;

  if (split != NULL)
    nn_split_held_out_rows (split, &n);
  if (isnan (share) || n == 0)
    return;
  interval = nn_wilson_interval ((guint64) (share * n + 0.5), n, NN_INTERVAL_LEVEL);
  row->held_out = (FigShare){ share, interval.low, interval.high, n };
}

static void
set_run (FigNumbers *row, ScopeRun *run)
{
  ScopeRunState state = scope_run_get_state (run);

  row->state = state == SCOPE_RUN_DIVERGED    ? FIG_NUMBERS_DIVERGED
               : scope_run_is_over (run) ? FIG_NUMBERS_FINAL
                                         : FIG_NUMBERS_MOMENT;
  row->iterations = (double) scope_run_get_iteration (run);
  row->names_per_second = scope_run_get_names_per_second (run);
  if (state == SCOPE_RUN_READY)
    return;
  row->seconds = scope_run_get_seconds (run);
  scope_run_get_recent (run, &row->loss, &row->training.value);
  set_held_out_of_moment (row, run);
}

static void
fill_row (FigNumbers *row, ScopeResult *result, guint n_classes)
{
  NnSnapshot *snapshot = scope_result_get_snapshot (result);
  ScopeRun *run = scope_result_get_run (result);
  const NnConfusion *confusion = scope_result_get_confusion (result);

  fig_numbers_init (row, scope_result_get_title (result), scope_result_get_kind (result));
  if (snapshot != NULL)
    {
      row->parameters = snapshot->model->n_parameters;
      if (snapshot->iteration != NN_ITERATION_UNKNOWN)
        row->iterations = (double) snapshot->iteration;
    }
  if (run != NULL)
    set_run (row, run);
  /* An opened network may still have counts of other data. */
  if (run != NULL || (confusion != NULL && confusion->n_classes == n_classes))
    fig_numbers_set_training (row, confusion);
  fig_numbers_set_held_out (row, scope_result_get_held_out_confusion (result));
}

/* ---- Who is tested against whom ---- */

/* Opened networks are not: nobody knows which names they were trained on. Nor are runs whose names are not open. */
static void
find_guesses (ScopeCompareNumbers *numbers, guint index, ScopeTester *tester)
{
  ScopeResult *result = g_ptr_array_index (numbers->results, index);
  ScopeRun *run = scope_result_get_run (result);
  NnTestNames *names;

  if (run == NULL || scope_run_get_split (run) == NULL)
    return;
  names = scope_tester_names (tester, scope_run_get_split (run));
  if (names->n_names == 0)
    return;
  numbers->names[index] = names;
  if (scope_run_is_over (run))
    numbers->guesses[index]
      = scope_tester_guesses (tester, scope_result_get_snapshot (result), scope_run_get_split (run));
}

static gboolean
are_comparable (const ScopeCompareNumbers *numbers, guint first, guint second)
{
  return numbers->names[first] != NULL && numbers->names[second] != NULL
         && (numbers->names[first] == numbers->names[second]
             || nn_test_names_equal (numbers->names[first], numbers->names[second]));
}

static void
make_pairings (ScopeCompareNumbers *numbers)
{
  for (guint first = 0; first < numbers->results->len; first++)
    for (guint second = first + 1; second < numbers->results->len; second++)
      {
        FigPairing pairing = { .first = first, .second = second, .p = NAN };
        NnPairedTest test;

        if (!are_comparable (numbers, first, second))
          continue;
        if (numbers->guesses[first] == NULL || numbers->guesses[second] == NULL)
          {
            g_array_append_val (numbers->awaited, pairing);
            continue;
          }
        test = nn_test_names_compare (numbers->names[first], numbers->guesses[first], numbers->guesses[second]);
        pairing.n_names = numbers->names[first]->n_names;
        pairing.only_first = test.only_first;
        pairing.only_second = test.only_second;
        pairing.p = test.p;
        g_array_append_val (numbers->pairings, pairing);
      }
}

static gboolean
is_over (const ScopeCompareNumbers *numbers, guint index)
{
  ScopeRun *run = scope_result_get_run (g_ptr_array_index (numbers->results, index));

  return run != NULL && scope_run_is_over (run);
}

/* Whether a test waits for nothing but guesses that are being found. */
static gboolean
is_under_way (const ScopeCompareNumbers *numbers)
{
  for (guint i = 0; i < numbers->awaited->len; i++)
    {
      const FigPairing *pairing = &g_array_index (numbers->awaited, FigPairing, i);

      if (is_over (numbers, pairing->first) && is_over (numbers, pairing->second))
        return TRUE;
    }
  return FALSE;
}

static ScopeTestState
find_state (const ScopeCompareNumbers *numbers, ScopeSession *session)
{
  gboolean held_out = FALSE;

  if (scope_session_get_dataset (session) == NULL)
    return SCOPE_TEST_NO_DATA;
  if (is_under_way (numbers))
    return SCOPE_TEST_UNDER_WAY;
  if (numbers->pairings->len > 0)
    return SCOPE_TEST_DONE;
  for (guint i = 0; i < numbers->results->len; i++)
    held_out = held_out || numbers->names[i] != NULL;
  return held_out ? SCOPE_TEST_NOT_OVER : SCOPE_TEST_NOTHING_HELD_OUT;
}

void
scope_compare_numbers_init (ScopeCompareNumbers *numbers, ScopeSession *session, ScopeTester *tester)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (session);
  NnDataset *dataset = scope_session_get_dataset (session);

  *numbers = (ScopeCompareNumbers){
    .results = g_ptr_array_new_with_free_func (g_object_unref),
    .rows = g_new0 (FigNumbers, shown->len + 1),
    .names = g_new0 (NnTestNames *, shown->len + 1),
    .guesses = g_new0 (const guint8 *, shown->len + 1),
    .pairings = g_array_new (FALSE, FALSE, sizeof (FigPairing)),
    .awaited = g_array_new (FALSE, FALSE, sizeof (FigPairing)),
  };
  for (guint i = 0; i < shown->len; i++)
    {
      g_ptr_array_add (numbers->results, g_object_ref (g_ptr_array_index (shown, i)));
      fill_row (&numbers->rows[i], g_ptr_array_index (shown, i), dataset != NULL ? nn_dataset_n_classes (dataset) : 0);
      find_guesses (numbers, i, tester);
    }
  scope_tester_forget_unused (tester);
  make_pairings (numbers);
  numbers->state = find_state (numbers, session);
  numbers->table = (FigNumbersTable){
    numbers->rows, numbers->results->len, (const FigPairing *) (gpointer) numbers->pairings->data,
    numbers->pairings->len,
  };
}

void
scope_compare_numbers_clear (ScopeCompareNumbers *numbers)
{
  g_clear_pointer (&numbers->results, g_ptr_array_unref);
  g_clear_pointer (&numbers->rows, g_free);
  g_clear_pointer (&numbers->names, g_free);
  g_clear_pointer (&numbers->guesses, g_free);
  g_clear_pointer (&numbers->pairings, g_array_unref);
  g_clear_pointer (&numbers->awaited, g_array_unref);
}

int
scope_compare_numbers_init_only_right (const ScopeCompareNumbers *numbers, guint row, FigOnlyRight *right,
                                       const char **labels, const guint8 **guesses)
{
  int place = -1;
  guint n = 0;

  g_return_val_if_fail (row < numbers->results->len, -1);
  for (guint i = 0; i < numbers->results->len; i++)
    {
      if (numbers->guesses[i] == NULL || numbers->guesses[row] == NULL || !are_comparable (numbers, i, row))
        continue;
      if (i == row)
        place = (int) n;
      labels[n] = fig_numbers_label (&numbers->rows[i]);
      guesses[n++] = numbers->guesses[i];
    }
  *right = (FigOnlyRight){ numbers->names[row], labels, guesses, n };
  return n > 1 ? place : -1;
}

char *
scope_result_dup_id (ScopeResult *result)
{
  ScopeNetwork *network = scope_result_get_network (result);
  gboolean is_kind = network != NULL && scope_network_get_path (network) == NULL;

  return g_strdup (is_kind ? nn_kind_id (scope_result_get_kind (result)) : scope_result_get_title (result));
}
