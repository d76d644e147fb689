/* session.c: the data, the settings and the networks that train side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>

#include "run/session-private.h"

#include "engine/error.h"

#include <string.h>

/* Draws that live counts are made of, and the least time between two counts of one network, in microseconds. */
#define LIVE_DRAWS 2000
#define LIVE_INTERVAL 500000

G_DEFINE_FINAL_TYPE (ScopeSession, scope_session, G_TYPE_OBJECT)

enum
{
  CHANGED,
  UPDATED,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
scope_session_emit_changed (ScopeSession *session)
{
  g_signal_emit (session, signals[CHANGED], 0);
}

void
scope_session_emit_updated (ScopeSession *session)
{
  g_signal_emit (session, signals[UPDATED], 0);
}

void
scope_session_emit_message (ScopeSession *session, const char *message)
{
  g_signal_emit (session, signals[MESSAGE], 0, message);
}

/* ---- Live counts ---- */

static guint
slot_of (ScopeSession *session, ScopeNetwork *network)
{
  guint position = SCOPE_EVALUATOR_SLOTS;

  return g_list_store_find (session->networks, network, &position) ? position : SCOPE_EVALUATOR_SLOTS;
}

static void
on_evaluated (guint slot, NnSnapshot *snapshot, const NnConfusion *confusion, gpointer data)
{
  ScopeSession *session = data;
  ScopeNetwork *network = slot < scope_session_get_n_networks (session) ? scope_session_get_network (session, slot) : NULL;

  if (network != NULL)
    scope_network_take_confusion (network, nn_confusion_copy (confusion), snapshot->iteration);
}

static gboolean
fits_data (ScopeSession *session, NnSnapshot *snapshot)
{
  return session->dataset != NULL
         && g_strv_equal ((const char *const *) snapshot->model->classes, nn_dataset_class_names (session->dataset));
}

/* Whether what was counted last will do: it is of these weights, or of some moments ago while they still change. */
static gboolean
is_counted (ScopeNetwork *network, ScopeRun *run, const NnSnapshot *snapshot)
{
  const gint64 counted = scope_network_confusion_time (network);

  if (counted == 0)
    return FALSE;
  return run == NULL || scope_network_confusion_iteration (network) == snapshot->iteration
         || (scope_run_get_state (run) == SCOPE_RUN_RUNNING && g_get_monotonic_time () - counted < LIVE_INTERVAL);
}

void
scope_session_count (ScopeSession *session, ScopeNetwork *network)
{
  NnSnapshot *snapshot = scope_network_get_snapshot (network);
  ScopeRun *run = scope_network_get_run (network);
  guint slot = slot_of (session, network);
  NnSplit *split = run != NULL ? scope_run_get_split (run) : session->split;
  guint draws = run != NULL ? LIVE_DRAWS : NN_EVALUATION_DRAWS;

  if (!session->watches_confusion || snapshot == NULL || slot >= SCOPE_EVALUATOR_SLOTS || !fits_data (session, snapshot)
      || !scope_network_get_enabled (network) || !scope_network_is_trained (network))
    return;
  if (run != NULL && scope_run_is_over (run))
    return;
  if (!is_counted (network, run, snapshot) && !scope_evaluator_is_busy (session->evaluator, slot))
    scope_evaluator_request (session->evaluator, slot, snapshot, split, NN_COUNTED_DRAWS, draws,
                             session->settings.seed);
}

static void
on_network_updated (ScopeSession *session, ScopeNetwork *network)
{
  scope_session_share_processors (session);
  scope_session_count (session, network);
  g_signal_emit (session, signals[UPDATED], 0);
  scope_session_follow_up (session, network);
}

void
scope_session_set_watches_confusion (ScopeSession *session, gboolean watches)
{
  g_return_if_fail (SCOPE_IS_SESSION (session));
  session->watches_confusion = watches;
  for (guint i = 0; watches && i < scope_session_get_n_networks (session); i++)
    scope_session_count (session, scope_session_get_network (session, i));
}

/* ---- Networks ---- */

void
scope_session_add_network (ScopeSession *session, ScopeNetwork *network)
{
  g_autoptr (ScopeResult) result = scope_result_new (network);

  scope_result_set_id (result, ++session->last_id);
  g_signal_connect_object (network, "updated", G_CALLBACK (on_network_updated), session, G_CONNECT_SWAPPED);
  g_list_store_insert (session->results, scope_session_get_n_networks (session), result);
  g_list_store_append (session->networks, network);
  g_object_unref (network);
}

GListModel *
scope_session_get_networks (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  return G_LIST_MODEL (session->networks);
}

guint
scope_session_get_n_networks (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (session->networks));
}

ScopeNetwork *
scope_session_get_network (ScopeSession *session, guint index)
{
  g_autoptr (ScopeNetwork) network = g_list_model_get_item (scope_session_get_networks (session), index);

  /* The list holds it. */
  return network;
}

GPtrArray *
scope_session_get_shown (ScopeSession *session)
{
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < scope_session_get_n_networks (session); i++)
    if (scope_network_get_enabled (scope_session_get_network (session, i)))
      g_ptr_array_add (shown, scope_session_get_network (session, i));
  return shown;
}

GListModel *
scope_session_get_results (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  return G_LIST_MODEL (session->results);
}

ScopeResult *
scope_session_find_result (ScopeSession *session, guint id)
{
  GListModel *results = scope_session_get_results (session);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      /* The list holds it. */
      g_autoptr (ScopeResult) result = g_list_model_get_item (results, i);

      if (scope_result_get_id (result) == id)
        return result;
    }
  return NULL;
}

GPtrArray *
scope_session_get_shown_results (ScopeSession *session)
{
  GPtrArray *shown = g_ptr_array_new ();
  GListModel *results = scope_session_get_results (session);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      /* The list holds it. */
      g_autoptr (ScopeResult) result = g_list_model_get_item (results, i);

      if (scope_result_get_shown (result))
        g_ptr_array_add (shown, result);
    }
  return shown;
}

void
scope_session_close_network (ScopeSession *session, ScopeNetwork *network)
{
  guint position;

  g_return_if_fail (SCOPE_IS_SESSION (session) && scope_network_get_path (network) != NULL);
  if (!g_list_store_find (session->networks, network, &position))
    return;
  /* The slots are positions: those behind it move up. */
  for (guint i = position; i < SCOPE_EVALUATOR_SLOTS; i++)
    scope_evaluator_forget (session->evaluator, i);
  g_signal_handlers_disconnect_by_data (network, session);
  g_list_store_remove (session->networks, position);
  g_list_store_remove (session->results, position);
  scope_session_emit_changed (session);
}

/* What a kind is trained with under the session's settings: what nobody sets here is as in the preset they are based
 * on. */
NnSettings
scope_settings_of_kind (const ScopeSettings *settings, NnKind kind)
{
  NnSettings of_kind;
  gboolean known = nn_settings_preset (settings->base, kind, &of_kind);

  g_assert (known);
  of_kind.hidden = settings->hidden;
  of_kind.iterations = settings->iterations;
  of_kind.learning_rate = settings->learning_rate[kind];
  of_kind.seed = settings->seed;
  of_kind.hold_out = settings->hold_out;
  return of_kind;
}

void
scope_session_replace_data (ScopeSession *session, NnDataset *dataset, NnSplit *split)
{
  scope_session_forget_reset (session);
  g_clear_pointer (&session->split, nn_split_unref);
  g_clear_pointer (&session->dataset, nn_dataset_unref);
  session->dataset = dataset;
  session->split = split;
  scope_session_prepare (session, NULL);
  scope_session_offer_data (session);
  scope_session_emit_changed (session);
}

/* ---- Settings ---- */

gboolean
scope_settings_apply_preset (ScopeSettings *settings, const char *preset)
{
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      NnSettings of_kind;

      if (!nn_settings_preset (preset, (NnKind) kind, &of_kind))
        return FALSE;
      settings->iterations = of_kind.iterations;
      settings->hidden = of_kind.hidden;
      settings->hold_out = of_kind.hold_out;
      settings->learning_rate[kind] = of_kind.learning_rate;
    }
  g_strlcpy (settings->preset, preset, sizeof settings->preset);
  g_strlcpy (settings->base, preset, sizeof settings->base);
  return TRUE;
}

static gboolean
settings_equal (const ScopeSettings *a, const ScopeSettings *b)
{
  return strcmp (a->base, b->base) == 0 && a->iterations == b->iterations && a->hidden == b->hidden
         && a->seed == b->seed && a->hold_out == b->hold_out
         && memcmp (a->learning_rate, b->learning_rate, sizeof a->learning_rate) == 0;
}

static gboolean
settings_check (const ScopeSettings *settings, GError **error)
{
  if (settings->n_seeds < 1 || settings->n_seeds > SCOPE_MOST_SEEDS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("The number of seeds is %u; it must be 1 to %u"),
                   settings->n_seeds, SCOPE_MOST_SEEDS);
      return FALSE;
    }
  if (settings->seed > G_MAXUINT32 - (settings->n_seeds - 1))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   _("There are no %u seeds from %u on: the last one is %u; take a lower seed"), settings->n_seeds,
                   settings->seed, G_MAXUINT32);
      return FALSE;
    }
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      NnSettings of_kind = scope_settings_of_kind (settings, (NnKind) kind);

      if (!nn_settings_check (&of_kind, error))
        return FALSE;
    }
  return TRUE;
}

const ScopeSettings *
scope_session_get_settings (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  return &session->settings;
}

gboolean
scope_session_set_settings (ScopeSession *session, const ScopeSettings *settings, GError **error)
{
  gboolean same;
  NnSplit *split = NULL;

  g_return_val_if_fail (SCOPE_IS_SESSION (session) && settings != NULL, FALSE);
  if (!settings_check (settings, error))
    return FALSE;
  same = settings_equal (settings, &session->settings);
  if (!same && scope_session_is_active (session))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SETTINGS,
                           _("Settings can't change during a run; reset it first"));
      return FALSE;
    }
  if (!same && session->dataset != NULL)
    {
      split = nn_split_new (session->dataset, settings->hold_out, settings->seed, error);
      if (split == NULL)
        return FALSE;
    }
  session->settings = *settings;
  if (split != NULL)
    {
      scope_session_forget_reset (session);
      nn_split_unref (session->split);
      session->split = split;
      scope_session_prepare (session, NULL);
    }
  for (guint i = 0; i < NN_N_KINDS; i++)
    scope_network_set_n_seeds (scope_session_get_network (session, i), settings->n_seeds);
  scope_session_emit_changed (session);
  return TRUE;
}

NnDataset *
scope_session_get_dataset (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  return session->dataset;
}

NnSplit *
scope_session_get_split (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  return session->split;
}

/* ---- Object ---- */

static void
scope_session_dispose (GObject *object)
{
  ScopeSession *session = SCOPE_SESSION (object);

  g_clear_pointer (&session->evaluator, scope_evaluator_free);
  for (guint i = 0; session->networks != NULL && i < scope_session_get_n_networks (session); i++)
    g_signal_handlers_disconnect_by_data (scope_session_get_network (session, i), session);
  scope_session_finish_keeping (session);
  scope_session_forget_reset (session);
  g_clear_pointer (&session->members, g_ptr_array_unref);
  g_clear_pointer (&session->deleted, g_array_unref);
  g_clear_object (&session->networks);
  g_clear_object (&session->results);
  G_OBJECT_CLASS (scope_session_parent_class)->dispose (object);
}

static void
scope_session_finalize (GObject *object)
{
  ScopeSession *session = SCOPE_SESSION (object);

  g_clear_pointer (&session->split, nn_split_unref);
  g_clear_pointer (&session->dataset, nn_dataset_unref);
  G_OBJECT_CLASS (scope_session_parent_class)->finalize (object);
}

static void
scope_session_class_init (ScopeSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = scope_session_dispose;
  object_class->finalize = scope_session_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", SCOPE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UPDATED]
      = g_signal_new ("updated", SCOPE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", SCOPE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
}

static void
scope_session_init (ScopeSession *session)
{
  session->networks = g_list_store_new (SCOPE_TYPE_NETWORK);
  session->results = g_list_store_new (SCOPE_TYPE_RESULT);
  session->evaluator = scope_evaluator_new (on_evaluated, session);
  session->members = g_ptr_array_new_with_free_func (g_object_unref);
  session->settings.seed = 1;
  session->settings.n_seeds = 1;
  scope_settings_apply_preset (&session->settings, "default");
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      ScopeNetwork *network = scope_network_new ((NnKind) kind);

      scope_network_set_enabled (network, kind != NN_GATE_LSTM_HIDDEN);
      scope_session_add_network (session, network);
    }
}

ScopeSession *
scope_session_new (void)
{
  return g_object_new (SCOPE_TYPE_SESSION, NULL);
}
