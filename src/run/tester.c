/* tester.c: what networks guess for the held-out names, found on other threads and kept.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/tester.h"

#include "run/lock.h"

#include <gio/gio.h>

typedef struct
{
  NnSplit *split;
  NnTestNames *names;
  gboolean used;
} Names;

/* What is known of a network; also held by the task that finds it, which may outlive the tester. */
typedef struct
{
  ScopeTester *tester; /* NULL once nobody waits for it */
  NnSnapshot *snapshot;
  NnTestNames *names;
  guint8 *guesses; /* NULL while they are being found */
  GCancellable *cancellable;
  gboolean used;
} Entry;

struct _ScopeTester
{
  ScopeTested tested;
  gpointer data;
  GPtrArray *names;   /* of Names */
  GPtrArray *entries; /* of Entry, in reference-counted boxes */
};

static void
names_free (gpointer data)
{
  Names *names = data;

  nn_split_unref (names->split);
  nn_test_names_unref (names->names);
  g_free (names);
}

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  nn_snapshot_unref (entry->snapshot);
  nn_test_names_unref (entry->names);
  g_free (entry->guesses);
  g_object_unref (entry->cancellable);
}

static void
entry_unref (gpointer data)
{
  g_rc_box_release_full (data, entry_clear);
}

static void
entry_drop (gpointer data)
{
  Entry *entry = data;

  entry->tester = NULL;
  g_cancellable_cancel (entry->cancellable);
  entry_unref (entry);
}

/* ---- On another thread ---- */

/* Handed from thread to thread under its mutex. */
typedef struct
{
  GMutex mutex;
  NnSnapshot *snapshot;
  NnTestNames *names;
  guint8 *guesses;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  scope_lock (&work->mutex);
  nn_snapshot_unref (work->snapshot);
  nn_test_names_unref (work->names);
  g_free (work->guesses);
  scope_unlock (&work->mutex);
  g_mutex_clear (&work->mutex);
  g_free (work);
}

static gboolean
goes_on (double done, gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
guess_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;

  scope_lock (&work->mutex);
  work->guesses = nn_test_names_guess (work->names, work->snapshot->model, goes_on, cancellable);
  scope_unlock (&work->mutex);
  g_task_return_boolean (task, TRUE);
}

static void
on_guessed (GObject *source, GAsyncResult *result, gpointer data)
{
  Entry *entry = data;
  Work *work = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    {
      scope_lock (&work->mutex);
      entry->guesses = g_steal_pointer (&work->guesses);
      scope_unlock (&work->mutex);
    }
  if (entry->tester != NULL && entry->guesses != NULL)
    entry->tester->tested (entry->tester->data);
  entry_unref (entry);
}

static void
start (Entry *entry)
{
  g_autoptr (GTask) task = g_task_new (NULL, entry->cancellable, on_guessed, g_rc_box_acquire (entry));
  Work *work = g_new0 (Work, 1);

  g_mutex_init (&work->mutex);
  scope_lock (&work->mutex);
  work->snapshot = nn_snapshot_ref (entry->snapshot);
  work->names = nn_test_names_ref (entry->names);
  scope_unlock (&work->mutex);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, guess_in_thread);
}

/* ---- On the main thread ---- */

ScopeTester *
scope_tester_new (ScopeTested tested, gpointer data)
{
  ScopeTester *tester = g_new0 (ScopeTester, 1);

  g_return_val_if_fail (tested != NULL, NULL);
  tester->tested = tested;
  tester->data = data;
  tester->names = g_ptr_array_new_with_free_func (names_free);
  tester->entries = g_ptr_array_new_with_free_func (entry_drop);
  return tester;
}

void
scope_tester_free (ScopeTester *tester)
{
  if (tester == NULL)
    return;
  g_ptr_array_unref (tester->entries);
  g_ptr_array_unref (tester->names);
  g_free (tester);
}

NnTestNames *
scope_tester_names (ScopeTester *tester, NnSplit *split)
{
  Names *names;

  g_return_val_if_fail (tester != NULL && split != NULL, NULL);
  for (guint i = 0; i < tester->names->len; i++)
    {
      names = g_ptr_array_index (tester->names, i);
      if (names->split != split)
        continue;
      names->used = TRUE;
      return names->names;
    }
  names = g_new0 (Names, 1);
  *names = (Names){ nn_split_ref (split), nn_test_names_new (split), TRUE };
  g_ptr_array_add (tester->names, names);
  return names->names;
}

const guint8 *
scope_tester_guesses (ScopeTester *tester, NnSnapshot *snapshot, NnSplit *split)
{
  NnTestNames *names = scope_tester_names (tester, split);
  Entry *entry;

  g_return_val_if_fail (names != NULL && snapshot != NULL, NULL);
  for (guint i = 0; i < tester->entries->len; i++)
    {
      entry = g_ptr_array_index (tester->entries, i);
      if (entry->snapshot != snapshot || entry->names != names)
        continue;
      entry->used = TRUE;
      return entry->guesses;
    }
  entry = g_rc_box_new0 (Entry);
  *entry = (Entry){
    .tester = tester,
    .snapshot = nn_snapshot_ref (snapshot),
    .names = nn_test_names_ref (names),
    .cancellable = g_cancellable_new (),
    .used = TRUE,
  };
  g_ptr_array_add (tester->entries, entry);
  start (entry);
  return NULL;
}

void
scope_tester_forget_unused (ScopeTester *tester)
{
  g_return_if_fail (tester != NULL);
  for (guint i = tester->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (tester->entries, i - 1);

      if (!entry->used)
        g_ptr_array_remove_index (tester->entries, i - 1);
      else
        entry->used = FALSE;
    }
  for (guint i = tester->names->len; i > 0; i--)
    {
      Names *names = g_ptr_array_index (tester->names, i - 1);

      if (!names->used)
        g_ptr_array_remove_index (tester->names, i - 1);
      else
        names->used = FALSE;
    }
}
