/* session-earlier.c: the runs that no network has any more.
 *
 * They stand behind the networks in the list of results, the newest first.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>

#include "run/run-title.h"
#include "run/session-private.h"

/* One that was deleted, and where it stood. */
typedef struct
{
  ScopeResult *result; /* owned */
  guint place;         /* among the earlier ones */
} Deleted;

static void
clear_deleted (gpointer data)
{
  g_clear_object (&((Deleted *) data)->result);
}

static guint
n_earlier (ScopeSession *session)
{
  return g_list_model_get_n_items (G_LIST_MODEL (session->results)) - scope_session_get_n_networks (session);
}

/* (transfer none): the list holds it. */
static ScopeResult *
earlier (ScopeSession *session, guint place)
{
  g_autoptr (ScopeResult) result
      = g_list_model_get_item (G_LIST_MODEL (session->results), scope_session_get_n_networks (session) + place);

  return result;
}

static gboolean
find (ScopeSession *session, ScopeResult *result, guint *place)
{
  guint position;

  if (!g_list_store_find (session->results, result, &position) || !scope_result_is_earlier (result))
    return FALSE;
  *place = position - scope_session_get_n_networks (session);
  return TRUE;
}

/* ---- In and out ---- */

static void
on_updated (ScopeSession *session)
{
  scope_session_emit_updated (session);
}

static void
insert (ScopeSession *session, ScopeResult *result, guint place)
{
  g_list_store_insert (session->results, scope_session_get_n_networks (session) + place, result);
  g_signal_connect_object (result, "updated", G_CALLBACK (on_updated), session, G_CONNECT_SWAPPED);
  g_signal_connect_object (result, "notify", G_CALLBACK (scope_session_emit_changed), session, G_CONNECT_SWAPPED);
}

void
scope_session_insert_result (ScopeSession *session, ScopeResult *result)
{
  guint place = 0;

  while (place < n_earlier (session)
         && scope_result_get_put_aside (earlier (session, place)) > scope_result_get_put_aside (result))
    place++;
  scope_result_set_id (result, ++session->last_id);
  insert (session, result, place);
}

void
scope_session_drop_result (ScopeSession *session, ScopeResult *result)
{
  guint place;

  if (!find (session, result, &place))
    return;
  g_signal_handlers_disconnect_by_data (result, session);
  g_list_store_remove (session->results, scope_session_get_n_networks (session) + place);
}

/* What a run keeps in memory, roughly: weights, curves and counts. */
static gsize
size_of (ScopeRun *run)
{
  const NnConfusion *confusion = scope_run_get_confusion (run);
  gsize classes = confusion != NULL ? confusion->n_classes : 0;

  return scope_run_get_snapshot (run)->model->layout.size * sizeof (float)
         + nn_history_length (scope_run_get_history (run)) * sizeof (NnPoint)
         + 2 * classes * classes * sizeof (guint64);
}

static gboolean
is_too_much (ScopeSession *session)
{
  gsize size = 0;

  for (guint i = 0; i < n_earlier (session); i++)
    size += size_of (scope_result_get_run (earlier (session, i)));
  return n_earlier (session) > SCOPE_MOST_EARLIER || size > SCOPE_MOST_EARLIER_BYTES;
}

/* The oldest one that is not shown, or NULL. */
static ScopeResult *
find_dispensable (ScopeSession *session)
{
  for (guint i = n_earlier (session); i-- > 0;)
    if (!scope_result_get_shown (earlier (session, i)))
      return earlier (session, i);
  return NULL;
}

void
scope_session_forget_oldest (ScopeSession *session)
{
  ScopeResult *dispensable;

  while (is_too_much (session) && (dispensable = find_dispensable (session)) != NULL)
    scope_session_drop_result (session, dispensable);
}

/* Nothing that is shown goes without a word: rather is the new one not kept, which is told. */
static gboolean
make_room (ScopeSession *session, ScopeResult *newest)
{
  while (is_too_much (session))
    {
      ScopeResult *dispensable = find_dispensable (session);
      g_autofree char *message = NULL;

      if (dispensable != NULL && dispensable != newest)
        {
          scope_session_drop_result (session, dispensable);
          continue;
        }
      /* Translators: the title of a run. */
      message = g_strdup_printf (_("“%s” was not kept: the list of runs is full, and all runs in it are shown. Hide or "
                                   "delete some of them."),
                                 scope_result_get_title (newest));
      scope_session_drop_result (session, newest);
      scope_session_emit_message (session, message);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_taken (ScopeSession *session, const char *title)
{
  for (guint i = 0; i < n_earlier (session); i++)
    if (g_strcmp0 (scope_result_get_title (earlier (session, i)), title) == 0)
      return TRUE;
  return FALSE;
}

/* Of several runs with the same settings, the later ones get a number. (transfer full) */
char *
scope_session_choose_title (ScopeSession *session, ScopeRun *run)
{
  g_autofree char *plain = scope_run_title (scope_run_get_settings (run));
  char *title = g_strdup (plain);

  for (guint i = 2; is_taken (session, title); i++)
    {
      g_free (title);
      /* Translators: the title of a run, and its number among several of that title. */
      title = g_strdup_printf (C_("run title", "%s (%u)"), plain, i);
    }
  return title;
}

ScopeResult *
scope_session_keep_run (ScopeSession *session, ScopeRun *run, gboolean shown)
{
  g_autofree char *title = scope_session_choose_title (session, run);
  g_autoptr (ScopeResult) result = scope_result_new_earlier (run, title);

  scope_result_set_id (result, ++session->last_id);
  scope_result_set_shown (result, shown);
  insert (session, result, 0);
  /* The list holds it. */
  return make_room (session, result) ? result : NULL;
}

void
scope_session_hide_earlier (ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_SESSION (session));
  for (guint i = 0; i < n_earlier (session); i++)
    scope_result_set_shown (earlier (session, i), FALSE);
}

/* ---- Deleting ---- */

gboolean
scope_session_delete_results (ScopeSession *session, GPtrArray *results)
{
  GArray *deleted;

  g_return_val_if_fail (SCOPE_IS_SESSION (session) && results != NULL, FALSE);
  deleted = g_array_new (FALSE, FALSE, sizeof (Deleted));
  g_array_set_clear_func (deleted, clear_deleted);
  for (guint i = 0; i < results->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (results, i);
      Deleted one = { .result = result };

      if (!find (session, result, &one.place))
        continue;
      g_object_ref (result);
      g_array_append_val (deleted, one);
      scope_session_drop_result (session, result);
    }
  if (deleted->len == 0)
    {
      g_array_unref (deleted);
      return FALSE;
    }
  g_clear_pointer (&session->deleted, g_array_unref);
  session->deleted = deleted;
  scope_session_emit_changed (session);
  return TRUE;
}

gboolean
scope_session_can_undo_delete (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), FALSE);
  return session->deleted != NULL;
}

/* Whether a network has the run again, because a reset was undone. */
static gboolean
is_back (ScopeSession *session, ScopeResult *result)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    if (scope_network_get_run (scope_session_get_network (session, i)) == scope_result_get_run (result))
      return TRUE;
  return FALSE;
}

void
scope_session_undo_delete (ScopeSession *session)
{
  g_autoptr (GArray) deleted = NULL;

  g_return_if_fail (SCOPE_IS_SESSION (session));
  deleted = g_steal_pointer (&session->deleted);
  /* In the opposite order each finds its place as it was. */
  for (guint i = deleted != NULL ? deleted->len : 0; i-- > 0;)
    {
      Deleted *one = &g_array_index (deleted, Deleted, i);

      if (is_back (session, one->result))
        continue;
      insert (session, one->result, MIN (one->place, n_earlier (session)));
      make_room (session, one->result);
    }
  scope_session_emit_changed (session);
}
