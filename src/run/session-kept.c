/* session-kept.c: the earlier runs beyond the end of the program.
 *
 * Nothing here follows single changes. Now and then what should be in the folder is compared with what was put there: each
 * earlier run, and each network's run that is over; what differs is written or removed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>

#include "run/session-private.h"

#include <string.h>

/* Milliseconds between two comparisons while training runs. */
#define INTERVAL 300

/* The list, and what the networks had where a program did not end as it should. */
#define MOST_FILES (SCOPE_MOST_EARLIER + NN_N_KINDS)

/* Files hold more than the list has in memory: numbers as text. */
#define MOST_BYTES (3 * SCOPE_MOST_EARLIER_BYTES)

/* What the store has, or was asked to write, of a run. */
typedef struct
{
  char *key;
  char *stamp; /* of what was written; another stamp, another file */
  char *title;
  gboolean wanted;
  gboolean failed;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->key);
  g_free (kept->stamp);
  g_free (kept->title);
  g_free (kept);
}

/* ---- Comparing ---- */

/* All that can change of a run that is in a file. (transfer full) */
static char *
stamp_of (ScopeRun *run, const char *title, gboolean shown, gint64 put_aside)
{
  return g_strdup_printf ("%d %" G_GINT64_FORMAT " %d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %d %s", shown,
                          put_aside, scope_run_get_state (run), scope_run_get_iteration (run),
                          scope_run_get_total (run), scope_run_get_confusion (run) != NULL, title);
}

static void
keep (ScopeSession *session, ScopeRun *run, const char *title, gboolean shown, gint64 put_aside)
{
  Kept *kept = g_hash_table_lookup (session->kept, run);
  g_autofree char *stamp = stamp_of (run, title, shown, put_aside);
  NnKeptRun *file;

  if (kept == NULL)
    {
      kept = g_new0 (Kept, 1);
      kept->key = scope_run_store_new_key (session->store, put_aside, scope_run_get_kind (run));
      g_hash_table_insert (session->kept, g_object_ref (run), kept);
    }
  kept->wanted = TRUE;
  if (g_strcmp0 (kept->stamp, stamp) == 0)
    return;
  g_free (kept->stamp);
  kept->stamp = g_steal_pointer (&stamp);
  g_free (kept->title);
  kept->title = g_strdup (title);
  kept->failed = FALSE;
  file = scope_run_make_kept (run);
  file->title = g_strdup (title);
  file->shown = shown;
  file->put_aside = put_aside;
  scope_run_store_save (session->store, kept->key, file);
}

/* What was written of a run that goes on stays until it can be written anew. */
static void
keep_as_it_is (ScopeSession *session, ScopeRun *run)
{
  Kept *kept = g_hash_table_lookup (session->kept, run);

  if (kept != NULL)
    kept->wanted = TRUE;
}

static gboolean
remove_unwanted (gpointer run, gpointer value, gpointer data)
{
  ScopeSession *session = data;
  Kept *kept = value;

  if (kept->wanted)
    return FALSE;
  scope_run_store_remove (session->store, kept->key);
  return TRUE;
}

static void
forget_wishes (ScopeSession *session)
{
  GHashTableIter iterator;
  gpointer kept;

  g_hash_table_iter_init (&iterator, session->kept);
  while (g_hash_table_iter_next (&iterator, NULL, &kept))
    ((Kept *) kept)->wanted = FALSE;
}

static gboolean
is_member (ScopeSession *session, ScopeResult *result)
{
  return g_ptr_array_find (session->members, result, NULL);
}

/* @at_end: whether what is under way counts as stopped, and seeds of the networks' sets are hidden, as by a reset */
static void
keep_earlier (ScopeSession *session, gboolean at_end)
{
  GListModel *results = G_LIST_MODEL (session->results);

  for (guint i = scope_session_get_n_networks (session); i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr (ScopeResult) result = g_list_model_get_item (results, i);
      ScopeRun *run = scope_result_get_run (result);

      if (at_end || scope_run_is_over (run))
        keep (session, run, scope_result_get_title (result),
              scope_result_get_shown (result) && !(at_end && is_member (session, result)),
              scope_result_get_put_aside (result));
      else
        keep_as_it_is (session, run);
    }
}

/* Those that are over, lest they be lost with a program that does not end as it should. */
static void
keep_networks (ScopeSession *session)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, i));
      g_autofree char *title = NULL;

      if (run == NULL)
        continue;
      if (!scope_run_is_over (run))
        {
          keep_as_it_is (session, run);
          continue;
        }
      title = scope_session_choose_title (session, run);
      keep (session, run, title, FALSE, scope_run_get_ended (run));
    }
}

/* What the networks have comes into the list, the first one on top, as by a reset. */
static void
put_networks_aside (ScopeSession *session)
{
  for (guint i = NN_N_KINDS; i-- > 0;)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, i));

      if (run != NULL && scope_run_get_state (run) != SCOPE_RUN_READY)
        scope_session_keep_run (session, run, FALSE);
    }
}

static void
compare (ScopeSession *session, gboolean at_end)
{
  forget_wishes (session);
  if (at_end)
    put_networks_aside (session);
  keep_earlier (session, at_end);
  if (!at_end)
    keep_networks (session);
  g_hash_table_foreach_remove (session->kept, remove_unwanted, session);
}

static gboolean
on_time (gpointer data)
{
  ScopeSession *session = data;

  g_clear_pointer (&session->keeping, g_source_unref);
  compare (session, FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_session_changed (ScopeSession *session)
{
  g_autoptr (GMainContext) context = NULL;

  if (session->keeping != NULL)
    return;
  context = g_main_context_ref_thread_default ();
  session->keeping = g_timeout_source_new (INTERVAL);
  g_source_set_callback (session->keeping, on_time, session, NULL);
  g_source_attach (session->keeping, context);
}

/* ---- What the store tells ---- */

static void
on_read (const char *key, const NnKeptRun *file, gpointer data)
{
  ScopeSession *session = data;
  g_autoptr (ScopeRun) run = scope_run_new_kept (file);
  g_autoptr (ScopeResult) result = scope_result_new_earlier (run, file->title);
  Kept *kept = g_new0 (Kept, 1);

  scope_result_set_put_aside (result, file->put_aside);
  scope_result_set_shown (result, file->shown);
  kept->key = g_strdup (key);
  kept->stamp = stamp_of (run, file->title, file->shown, file->put_aside);
  kept->title = g_strdup (file->title);
  g_hash_table_insert (session->kept, g_object_ref (run), kept);
  scope_session_insert_result (session, result);
}

static void
on_all_read (guint n_broken, const char *first, guint n_left, gpointer data)
{
  ScopeSession *session = data;
  g_autoptr (GString) message = g_string_new (NULL);

  scope_session_offer_data (session);
  scope_session_forget_oldest (session);
  scope_session_emit_changed (session);
  if (n_broken > 0)
    /* Translators: what is wrong with the first of them; it begins with the file's path. */
    g_string_append_printf (message,
                            ngettext ("%u earlier run can't be read; its file stays as it is and can be deleted. %s",
                                      "%u earlier runs can't be read; their files stay as they are and can be deleted. "
                                      "The first: %s",
                                      n_broken),
                            n_broken, first);
  if (n_left > 0)
    {
      if (message->len > 0)
        g_string_append_c (message, ' ');
      g_string_append_printf (message,
                              ngettext ("%u older run was left in its file: the list is full.",
                                        "%u older runs were left in their files: the list is full.", n_left),
                              n_left);
    }
  if (message->len > 0)
    scope_session_emit_message (session, message->str);
}

static void
on_failed (const char *key, const char *fault, gpointer data)
{
  ScopeSession *session = data;
  g_autofree char *message = NULL;
  GHashTableIter iterator;
  gpointer value;

  g_hash_table_iter_init (&iterator, session->kept);
  while (message == NULL && g_hash_table_iter_next (&iterator, NULL, &value))
    {
      Kept *kept = value;

      if (strcmp (kept->key, key) != 0)
        continue;
      kept->failed = TRUE;
      /* Translators: the title of a run, and what is wrong. */
      message = g_strdup_printf (_("“%s” will be gone after the next start, for it can't be kept. %s"), kept->title, fault);
    }
  if (message == NULL)
    message = g_strdup_printf (_("A run that was deleted will be back after the next start. %s"), fault);
  scope_session_emit_message (session, message);
}

static const ScopeRunStoreFuncs funcs = { .read = on_read, .all_read = on_all_read, .failed = on_failed };

/* ---- Beginning and end ---- */

void
scope_session_offer_data (ScopeSession *session)
{
  GListModel *results = G_LIST_MODEL (session->results);

  if (session->dataset == NULL)
    return;
  for (guint i = scope_session_get_n_networks (session); i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr (ScopeResult) result = g_list_model_get_item (results, i);

      scope_run_offer_dataset (scope_result_get_run (result), session->dataset);
    }
}

void
scope_session_keep_runs (ScopeSession *session, const char *folder)
{
  g_return_if_fail (SCOPE_IS_SESSION (session) && folder != NULL && session->store == NULL);
  session->kept = g_hash_table_new_full (NULL, NULL, g_object_unref, kept_free);
  session->store = scope_run_store_new (folder, MOST_FILES, MOST_BYTES, &funcs, session);
  g_signal_connect (session, "changed", G_CALLBACK (on_session_changed), NULL);
  g_signal_connect (session, "updated", G_CALLBACK (on_session_changed), NULL);
}

/* What could not be written is tried once more. */
static void
retry_failed (ScopeSession *session)
{
  GHashTableIter iterator;
  gpointer value;

  g_hash_table_iter_init (&iterator, session->kept);
  while (g_hash_table_iter_next (&iterator, NULL, &value))
    if (((Kept *) value)->failed)
      g_clear_pointer (&((Kept *) value)->stamp, g_free);
}

void
scope_session_finish_keeping (ScopeSession *session)
{
  if (session->store == NULL)
    return;
  g_signal_handlers_disconnect_by_func (session, on_session_changed, NULL);
  if (session->keeping != NULL)
    {
      g_source_destroy (session->keeping);
      g_clear_pointer (&session->keeping, g_source_unref);
    }
  retry_failed (session);
  compare (session, TRUE);
  g_clear_pointer (&session->store, scope_run_store_free);
  g_clear_pointer (&session->kept, g_hash_table_unref);
}
