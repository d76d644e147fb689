/* counts.c: what the results of a session take for what, over the names that are chosen.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "run/counts.h"

#include "run/evaluator.h"
#include "run/moment.h"
#include "run/network-private.h"

/* The least time between two counts of one network, in microseconds, and how many times as long as a count took. */
#define LEAST_INTERVAL 500000
#define SHARE_OF_TIME 4

/* One result, counted over one kind of names. */
typedef struct
{
  ScopeResult *result;
  NnCounted counted;
  gboolean is_earlier; /* of a moment of the training that is chosen; else of the newest weights */
  NnSplit *split; /* that it was counted by; NULL before it was */
  ScopeRun *run;  /* (nullable) */
  NnConfusion *confusion;
  guint64 iteration; /* of the weights counted */
  int slot;          /* at which it is being counted, or -1 */
  gint64 asked_at;
  gint64 told_at;
  gint64 took;
} Entry;

struct _ScopeCounts
{
  GObject parent_instance;

  ScopeSession *session;
  ScopeEvaluator *evaluator;
  NnCounted counted;
  double time;
  gboolean watched;
  GPtrArray *entries; /* of Entry */
};

G_DEFINE_FINAL_TYPE (ScopeCounts, scope_counts, G_TYPE_OBJECT)

enum
{
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
entry_clear (Entry *entry)
{
  g_clear_pointer (&entry->split, nn_split_unref);
  g_clear_object (&entry->run);
  g_clear_pointer (&entry->confusion, nn_confusion_free);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  entry_clear (entry);
  g_object_unref (entry->result);
  g_free (entry);
}

static Entry *
find_entry (ScopeCounts *counts, ScopeResult *result, gboolean is_earlier)
{
  for (guint i = 0; i < counts->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (counts->entries, i);

      if (entry->result == result && entry->counted == counts->counted && entry->is_earlier == is_earlier)
        return entry;
    }
  return NULL;
}

static Entry *
ensure_entry (ScopeCounts *counts, ScopeResult *result, gboolean is_earlier)
{
  Entry *entry = find_entry (counts, result, is_earlier);

  if (entry != NULL)
    return entry;
  entry = g_new0 (Entry, 1);
  entry->result = g_object_ref (result);
  entry->counted = counts->counted;
  entry->is_earlier = is_earlier;
  entry->slot = -1;
  g_ptr_array_add (counts->entries, entry);
  return entry;
}

static Entry *
entry_at_slot (ScopeCounts *counts, int slot)
{
  for (guint i = 0; i < counts->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (counts->entries, i);

      if (entry->slot == slot)
        return entry;
    }
  return NULL;
}

static void
forget (ScopeCounts *counts, Entry *entry)
{
  if (entry->slot >= 0)
    scope_evaluator_forget (counts->evaluator, (guint) entry->slot);
  entry->slot = -1;
  entry_clear (entry);
}

/* ---- What is counted ---- */

static gboolean
classes_fit (ScopeCounts *counts, NnSnapshot *snapshot)
{
  NnDataset *dataset = scope_session_get_dataset (counts->session);

  return dataset != NULL && snapshot != NULL
         && g_strv_equal ((const char *const *) snapshot->model->classes, nn_dataset_class_names (dataset));
}

static gboolean
is_trained (ScopeResult *result)
{
  ScopeNetwork *network = scope_result_get_network (result);

  return network == NULL || scope_network_is_trained (network);
}

gboolean
scope_counts_get_counting (ScopeCounts *counts, ScopeResult *result, ScopeCounting *counting)
{
  ScopeRun *run;
  NnSnapshot *earlier;
  const NnConfusion *draws;

  g_return_val_if_fail (SCOPE_IS_COUNTS (counts) && SCOPE_IS_RESULT (result) && counting != NULL, FALSE);
  run = scope_result_get_run (result);
  draws = scope_result_get_confusion (result);
  earlier = scope_moment_of_run (counts->session, run, counts->time);
  *counting = (ScopeCounting){
    .snapshot = earlier != NULL ? earlier : scope_result_get_snapshot (result),
    .split = run != NULL ? scope_run_get_split (run) : scope_session_get_split (counts->session),
    .counted = counts->counted,
    .n_draws = draws != NULL ? (guint) draws->total : NN_EVALUATION_DRAWS,
    .seed = run != NULL ? scope_run_get_settings (run)->seed : scope_session_get_settings (counts->session)->seed,
  };
  return counting->split != NULL && classes_fit (counts, counting->snapshot)
         && (earlier != NULL || is_trained (result));
}

/* Whether the entry's counts are so new that others needn't be asked for. */
static gboolean
is_new_enough (const Entry *entry, const ScopeCounting *counting)
{
  gint64 now = g_get_monotonic_time ();

  if (entry->confusion == NULL)
    return FALSE;
  if (entry->iteration == counting->snapshot->iteration)
    return TRUE;
  /* What is no longer trained gets no later chance, and whoever moves through time waits for nothing. */
  return !entry->is_earlier && entry->run != NULL && scope_run_get_state (entry->run) == SCOPE_RUN_RUNNING
         && now - entry->told_at < MAX (LEAST_INTERVAL, SHARE_OF_TIME * entry->took);
}

/* Whether the weights that are counted are not the newest. */
static gboolean
is_of_moment (ScopeCounts *counts, ScopeResult *result)
{
  return scope_moment_of_run (counts->session, scope_result_get_run (result), counts->time) != NULL;
}

static void
count (ScopeCounts *counts, ScopeResult *result)
{
  ScopeRun *run = scope_result_get_run (result);
  ScopeCounting counting;
  Entry *entry;
  gboolean is_earlier = is_of_moment (counts, result);
  guint n_held_out;
  int slot = 0;

  if (!scope_counts_get_counting (counts, result, &counting) || (!is_earlier && counts->counted == NN_COUNTED_DRAWS))
    return;
  nn_split_held_out_rows (counting.split, &n_held_out);
  if (counts->counted == NN_COUNTED_HELD_OUT
      && (n_held_out == 0 || (!is_earlier && scope_result_get_held_out_confusion (result) != NULL)))
    return;
  entry = ensure_entry (counts, result, is_earlier);
  if (entry->split != counting.split || entry->run != run)
    {
      forget (counts, entry);
      entry->split = nn_split_ref (counting.split);
      entry->run = run != NULL ? g_object_ref (run) : NULL;
    }
  while (slot < SCOPE_EVALUATOR_SLOTS && entry_at_slot (counts, slot) != NULL)
    slot++;
  if (entry->slot >= 0 || slot >= SCOPE_EVALUATOR_SLOTS || is_new_enough (entry, &counting))
    return;
  entry->slot = slot;
  entry->asked_at = g_get_monotonic_time ();
  scope_evaluator_request (counts->evaluator, (guint) slot, counting.snapshot, counting.split, counting.counted,
                           counting.n_draws, counting.seed);
}

static void
count_all (ScopeCounts *counts)
{
  g_autoptr (GPtrArray) shown = NULL;

  if (!counts->watched || (counts->counted == NN_COUNTED_DRAWS && counts->time >= 1))
    return;
  shown = scope_session_get_shown_results (counts->session);
  for (guint i = 0; i < shown->len; i++)
    count (counts, g_ptr_array_index (shown, i));
}

static void
on_evaluated (guint slot, NnSnapshot *snapshot, const NnConfusion *confusion, gpointer data)
{
  ScopeCounts *counts = data;
  Entry *entry = entry_at_slot (counts, (int) slot);

  if (entry == NULL)
    return;
  g_clear_pointer (&entry->confusion, nn_confusion_free);
  entry->confusion = nn_confusion_copy (confusion);
  entry->iteration = snapshot->iteration;
  entry->slot = -1;
  entry->told_at = g_get_monotonic_time ();
  entry->took = entry->told_at - entry->asked_at;
  g_signal_emit (counts, signals[UPDATED], 0);
  count_all (counts);
}

static gboolean
is_listed (ScopeCounts *counts, ScopeResult *result)
{
  GListModel *results = scope_session_get_results (counts->session);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr (ScopeResult) listed = g_list_model_get_item (results, i);

      if (listed == result)
        return TRUE;
    }
  return FALSE;
}

/* Drops what was counted of results and runs that are no more. */
static void
on_session_changed (ScopeCounts *counts)
{
  for (guint i = counts->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (counts->entries, i - 1);

      if (is_listed (counts, entry->result) && entry->run == scope_result_get_run (entry->result))
        continue;
      forget (counts, entry);
      g_ptr_array_remove_index (counts->entries, i - 1);
    }
  count_all (counts);
}

/* ---- Reading ---- */

const NnConfusion *
scope_counts_get (ScopeCounts *counts, ScopeResult *result)
{
  const NnConfusion *confusion = NULL;
  gboolean is_earlier;
  ScopeRun *run;
  Entry *entry;

  g_return_val_if_fail (SCOPE_IS_COUNTS (counts) && SCOPE_IS_RESULT (result), NULL);
  run = scope_result_get_run (result);
  if (!classes_fit (counts, scope_result_get_snapshot (result)))
    return NULL;
  is_earlier = is_of_moment (counts, result);
  if (counts->counted == NN_COUNTED_DRAWS && !is_earlier)
    return scope_result_get_confusion (result);
  if (counts->counted == NN_COUNTED_HELD_OUT && !is_earlier)
    confusion = scope_result_get_held_out_confusion (result);
  entry = find_entry (counts, result, is_earlier);
  if (confusion != NULL || entry == NULL || entry->run != run
      || (run == NULL && entry->split != scope_session_get_split (counts->session)))
    return confusion;
  return entry->confusion;
}

gboolean
scope_counts_is_current (ScopeCounts *counts, ScopeResult *result)
{
  ScopeNetwork *network = scope_result_get_network (result);
  ScopeRun *run = scope_result_get_run (result);
  guint64 now;
  Entry *entry;

  if (scope_counts_get (counts, result) == NULL)
    return FALSE;
  if (run == NULL || (scope_run_is_over (run) && counts->counted == NN_COUNTED_DRAWS)
      || (counts->counted == NN_COUNTED_HELD_OUT && scope_result_get_held_out_confusion (result) != NULL))
    return TRUE;
  now = scope_result_get_snapshot (result)->iteration;
  if (counts->counted == NN_COUNTED_DRAWS)
    return network != NULL && scope_network_confusion_iteration (network) == now;
  entry = find_entry (counts, result, FALSE);
  return entry != NULL && entry->iteration == now;
}

gboolean
scope_counts_get_moment (ScopeCounts *counts, ScopeResult *result, guint64 *iteration)
{
  const Entry *entry;
  NnSnapshot *moment;

  g_return_val_if_fail (SCOPE_IS_COUNTS (counts) && SCOPE_IS_RESULT (result) && iteration != NULL, FALSE);
  moment = scope_moment_of_run (counts->session, scope_result_get_run (result), counts->time);
  if (moment == NULL)
    return FALSE;
  /* Until the new moment is counted, those of the last one are shown. */
  entry = find_entry (counts, result, TRUE);
  *iteration = entry != NULL && entry->confusion != NULL ? entry->iteration : moment->iteration;
  return TRUE;
}

void
scope_counts_set_time (ScopeCounts *counts, double time)
{
  g_return_if_fail (SCOPE_IS_COUNTS (counts) && time >= 0 && time <= 1);
  if (counts->time == time)
    return;
  counts->time = time;
  for (guint i = counts->entries->len; time >= 1 && i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (counts->entries, i - 1);

      if (!entry->is_earlier)
        continue;
      forget (counts, entry);
      g_ptr_array_remove_index (counts->entries, i - 1);
    }
  g_signal_emit (counts, signals[UPDATED], 0);
  count_all (counts);
}

NnCounted
scope_counts_get_counted (ScopeCounts *counts)
{
  g_return_val_if_fail (SCOPE_IS_COUNTS (counts), NN_COUNTED_DRAWS);
  return counts->counted;
}

void
scope_counts_set_counted (ScopeCounts *counts, NnCounted counted)
{
  g_return_if_fail (SCOPE_IS_COUNTS (counts));
  if (counts->counted == counted)
    return;
  counts->counted = counted;
  g_signal_emit (counts, signals[UPDATED], 0);
  count_all (counts);
}

void
scope_counts_set_watched (ScopeCounts *counts, gboolean watched)
{
  g_return_if_fail (SCOPE_IS_COUNTS (counts));
  counts->watched = watched;
  count_all (counts);
}

/* ---- Object ---- */

static void
scope_counts_dispose (GObject *object)
{
  ScopeCounts *counts = SCOPE_COUNTS (object);

  g_clear_pointer (&counts->evaluator, scope_evaluator_free);
  g_ptr_array_set_size (counts->entries, 0);
  g_clear_object (&counts->session);
  G_OBJECT_CLASS (scope_counts_parent_class)->dispose (object);
}

static void
scope_counts_finalize (GObject *object)
{
  g_ptr_array_unref (SCOPE_COUNTS (object)->entries);
  G_OBJECT_CLASS (scope_counts_parent_class)->finalize (object);
}

static void
scope_counts_class_init (ScopeCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_counts_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_counts_finalize;
  signals[UPDATED]
      = g_signal_new ("updated", SCOPE_TYPE_COUNTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
scope_counts_init (ScopeCounts *counts)
{
  counts->time = 1;
  counts->entries = g_ptr_array_new_with_free_func (entry_free);
  counts->evaluator = scope_evaluator_new (on_evaluated, counts);
}

ScopeCounts *
scope_counts_new (ScopeSession *session)
{
  ScopeCounts *counts;

  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  counts = g_object_new (SCOPE_TYPE_COUNTS, NULL);
  counts->session = g_object_ref (session);
  g_signal_connect_object (session, "updated", G_CALLBACK (count_all), counts, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), counts, G_CONNECT_SWAPPED);
  return counts;
}
