/* evaluator.c: counts a network's guesses on a thread of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/evaluator.h"

#include "run/give-way.h"
#include "run/lock.h"

typedef struct
{
  NnSnapshot *snapshot; /* NULL: nothing is asked */
  NnSplit *split;
  NnCounted counted;
  guint n_draws;
  guint32 seed;
} Request;

typedef struct
{
  Request waiting;
  guint number; /* of the newest request; an answer to an older one is not told */

  /* Counted, not yet told. */
  NnSnapshot *snapshot;
  NnConfusion *confusion;
} Slot;

struct _ScopeEvaluator
{
  ScopeEvaluated evaluated;
  gpointer data;
  GMainContext *context;
  GThread *thread;
  GSource *idle_source;

  GMutex mutex;
  GCond cond;
  gboolean wants_join;
  int serving;    /* the slot that is being counted, or -1 */
  guint next;     /* the slot to look at first, so that each gets its turn */
  Slot slots[SCOPE_EVALUATOR_SLOTS];
};

static void
request_clear (Request *request)
{
  g_clear_pointer (&request->snapshot, nn_snapshot_unref);
  g_clear_pointer (&request->split, nn_split_unref);
}

static void
answer_clear (Slot *slot)
{
  g_clear_pointer (&slot->snapshot, nn_snapshot_unref);
  g_clear_pointer (&slot->confusion, nn_confusion_free);
}

static gboolean
deliver (gpointer data)
{
  ScopeEvaluator *evaluator = data;

  scope_lock (&evaluator->mutex);
  g_clear_pointer (&evaluator->idle_source, g_source_unref);
  scope_unlock (&evaluator->mutex);
  for (guint i = 0; i < SCOPE_EVALUATOR_SLOTS; i++)
    {
      Slot *slot = &evaluator->slots[i];
      g_autoptr (NnSnapshot) snapshot = NULL;
      g_autoptr (NnConfusion) confusion = NULL;

      scope_lock (&evaluator->mutex);
      snapshot = g_steal_pointer (&slot->snapshot);
      confusion = g_steal_pointer (&slot->confusion);
      scope_unlock (&evaluator->mutex);
      if (confusion != NULL)
        evaluator->evaluated (i, snapshot, confusion, evaluator->data);
    }
  return G_SOURCE_REMOVE;
}

static void
schedule (ScopeEvaluator *evaluator)
{
  if (evaluator->idle_source != NULL)
    return;
  evaluator->idle_source = g_idle_source_new ();
  g_source_set_priority (evaluator->idle_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (evaluator->idle_source, deliver, evaluator, NULL);
  g_source_attach (evaluator->idle_source, evaluator->context);
}

static gboolean
goes_on (double done, gpointer data)
{
  ScopeEvaluator *evaluator = data;
  gboolean wants_join;

  scope_lock (&evaluator->mutex);
  wants_join = evaluator->wants_join;
  scope_unlock (&evaluator->mutex);
  return !wants_join;
}

/* Waits for a request and takes it out. Returns FALSE where the thread is to leave. */
static gboolean
take_request (ScopeEvaluator *evaluator, guint *index, Request *request, guint *number)
{
  gboolean found = FALSE;

  scope_lock (&evaluator->mutex);
  while (!evaluator->wants_join && !found)
    {
      for (guint i = 0; i < SCOPE_EVALUATOR_SLOTS && !found; i++)
        {
          *index = (evaluator->next + i) % SCOPE_EVALUATOR_SLOTS;
          found = evaluator->slots[*index].waiting.snapshot != NULL;
        }
      if (!found)
        scope_wait (&evaluator->cond, &evaluator->mutex);
    }
  if (found)
    {
      Slot *slot = &evaluator->slots[*index];

      *request = slot->waiting;
      slot->waiting = (Request){ 0 };
      *number = slot->number;
      evaluator->serving = (int) *index;
      evaluator->next = (*index + 1) % SCOPE_EVALUATOR_SLOTS;
    }
  scope_unlock (&evaluator->mutex);
  return found;
}

static gpointer
work (gpointer data)
{
  ScopeEvaluator *evaluator = data;
  Request request = { 0 };
  guint index, number;

  scope_give_way ();
  while (take_request (evaluator, &index, &request, &number))
    {
      Slot *slot = &evaluator->slots[index];
      NnConfusion *confusion = nn_evaluate (request.snapshot->model, request.split, request.counted,
                                            request.n_draws, request.seed, goes_on, evaluator);

      scope_lock (&evaluator->mutex);
      evaluator->serving = -1;
      if (confusion != NULL && slot->number == number)
        {
          answer_clear (slot);
          slot->snapshot = g_steal_pointer (&request.snapshot);
          slot->confusion = g_steal_pointer (&confusion);
          schedule (evaluator);
        }
      scope_unlock (&evaluator->mutex);
      nn_confusion_free (confusion);
      request_clear (&request);
    }
  return NULL;
}

ScopeEvaluator *
scope_evaluator_new (ScopeEvaluated evaluated, gpointer data)
{
  ScopeEvaluator *evaluator = g_new0 (ScopeEvaluator, 1);

  g_return_val_if_fail (evaluated != NULL, NULL);
  evaluator->evaluated = evaluated;
  evaluator->data = data;
  evaluator->serving = -1;
  evaluator->context = g_main_context_ref_thread_default ();
  g_mutex_init (&evaluator->mutex);
  g_cond_init (&evaluator->cond);
  evaluator->thread = g_thread_new ("evaluate", work, evaluator);
  return evaluator;
}

void
scope_evaluator_free (ScopeEvaluator *evaluator)
{
  if (evaluator == NULL)
    return;
  scope_lock (&evaluator->mutex);
  evaluator->wants_join = TRUE;
  g_cond_broadcast (&evaluator->cond);
  scope_unlock (&evaluator->mutex);
  g_thread_join (evaluator->thread);
  if (evaluator->idle_source != NULL)
    {
      g_source_destroy (evaluator->idle_source);
      g_source_unref (evaluator->idle_source);
    }
  for (guint i = 0; i < SCOPE_EVALUATOR_SLOTS; i++)
    {
      request_clear (&evaluator->slots[i].waiting);
      answer_clear (&evaluator->slots[i]);
    }
  g_mutex_clear (&evaluator->mutex);
  g_cond_clear (&evaluator->cond);
  g_main_context_unref (evaluator->context);
  g_free (evaluator);
}

void
scope_evaluator_request (ScopeEvaluator *evaluator, guint slot, NnSnapshot *snapshot, NnSplit *split,
                         NnCounted counted, guint n_draws, guint32 seed)
{
  g_return_if_fail (evaluator != NULL && slot < SCOPE_EVALUATOR_SLOTS && snapshot != NULL && split != NULL);
  scope_lock (&evaluator->mutex);
  request_clear (&evaluator->slots[slot].waiting);
  evaluator->slots[slot].waiting = (Request){
    nn_snapshot_ref (snapshot), nn_split_ref (split), counted, n_draws, seed,
  };
  evaluator->slots[slot].number++;
  g_cond_broadcast (&evaluator->cond);
  scope_unlock (&evaluator->mutex);
}

gboolean
scope_evaluator_is_busy (ScopeEvaluator *evaluator, guint slot)
{
  gboolean busy;

  g_return_val_if_fail (evaluator != NULL && slot < SCOPE_EVALUATOR_SLOTS, FALSE);
  scope_lock (&evaluator->mutex);
  busy = evaluator->slots[slot].waiting.snapshot != NULL || evaluator->serving == (int) slot;
  scope_unlock (&evaluator->mutex);
  return busy;
}

void
scope_evaluator_forget (ScopeEvaluator *evaluator, guint slot)
{
  g_return_if_fail (evaluator != NULL && slot < SCOPE_EVALUATOR_SLOTS);
  scope_lock (&evaluator->mutex);
  request_clear (&evaluator->slots[slot].waiting);
  answer_clear (&evaluator->slots[slot]);
  evaluator->slots[slot].number++;
  scope_unlock (&evaluator->mutex);
}
