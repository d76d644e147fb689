/* session-files.c: what the session reads from files and writes to them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>

#include "run/session-private.h"

#include "engine/error.h"
#include "engine/weights.h"

#include "run/lock.h"

#include <errno.h>

/* ---- Data ---- */

/* Handed from thread to thread under its mutex. */
typedef struct
{
  GMutex mutex;
  char *folder;
  double hold_out;
  guint32 seed;
  NnDataset *dataset;
  NnSplit *split;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  scope_lock (&load->mutex);
  g_free (load->folder);
  g_clear_pointer (&load->split, nn_split_unref);
  g_clear_pointer (&load->dataset, nn_dataset_unref);
  scope_unlock (&load->mutex);
  g_mutex_clear (&load->mutex);
  g_free (load);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  GError *error = NULL;
  gboolean loaded;

  scope_lock (&load->mutex);
  load->dataset = nn_dataset_load (load->folder, &error);
  if (load->dataset != NULL)
    load->split = nn_split_new (load->dataset, load->hold_out, load->seed, &error);
  loaded = load->split != NULL;
  scope_unlock (&load->mutex);
  if (loaded)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The thread's task knows nothing of the session: the last reference to that must not be dropped there. */
static void
on_thread_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_object_ref (result), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
scope_session_load_async (ScopeSession *session, const char *folder, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) in_thread = NULL;
  GTask *task;
  Load *load;

  g_return_if_fail (SCOPE_IS_SESSION (session) && folder != NULL);
  task = g_task_new (session, cancellable, callback, data);
  g_task_set_source_tag (task, scope_session_load_async);
  in_thread = g_task_new (NULL, cancellable, on_thread_done, task);
  load = g_new0 (Load, 1);
  g_mutex_init (&load->mutex);
  scope_lock (&load->mutex);
  load->folder = g_strdup (folder);
  load->hold_out = session->settings.hold_out;
  load->seed = session->settings.seed;
  scope_unlock (&load->mutex);
  g_task_set_task_data (in_thread, load, load_free);
  g_task_run_in_thread (in_thread, load_in_thread);
}

gboolean
scope_session_load_finish (ScopeSession *session, GAsyncResult *result, GError **error)
{
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnSplit) split = NULL;
  g_autoptr (GTask) in_thread = NULL;
  gboolean same;
  Load *load;

  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);
  in_thread = g_task_propagate_pointer (G_TASK (result), error);
  if (in_thread == NULL)
    return FALSE;
  load = g_task_get_task_data (in_thread);
  scope_lock (&load->mutex);
  dataset = g_steal_pointer (&load->dataset);
  split = g_steal_pointer (&load->split);
  same = load->hold_out == session->settings.hold_out && load->seed == session->settings.seed;
  scope_unlock (&load->mutex);
  /* The settings may have changed while the folder was read. */
  if (!same)
    {
      g_clear_pointer (&split, nn_split_unref);
      split = nn_split_new (dataset, session->settings.hold_out, session->settings.seed, error);
      if (split == NULL)
        return FALSE;
    }
  scope_session_replace_data (session, g_steal_pointer (&dataset), g_steal_pointer (&split));
  return TRUE;
}

/* ---- Weights ---- */

ScopeNetwork *
scope_session_open_weights (ScopeSession *session, const char *path, GError **error)
{
  const char *const *classes;
  g_autoptr (NnWeightsFacts) facts = NULL;
  NnModel *model;
  NnSnapshot *snapshot;
  ScopeNetwork *network;

  g_return_val_if_fail (SCOPE_IS_SESSION (session) && path != NULL, NULL);
  if (scope_session_get_n_networks (session) >= SCOPE_EVALUATOR_SLOTS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("%d networks are open already; close one first"),
                   SCOPE_EVALUATOR_SLOTS);
      return NULL;
    }
  classes = session->dataset != NULL ? nn_dataset_class_names (session->dataset) : NULL;
  model = nn_weights_load (path, NULL, classes, &facts, error);
  if (model == NULL)
    return NULL;
  snapshot = nn_snapshot_new_take (model, facts->has_iterations ? facts->iterations : NN_ITERATION_UNKNOWN);
  network = scope_network_new_opened (snapshot, g_steal_pointer (&facts), path);
  scope_session_add_network (session, network);
  scope_session_count (session, network);
  scope_session_emit_changed (session);
  return network;
}

/* ---- Saving ---- */

/* What a run was saved as: how far it was, and whether it was over. */
typedef struct
{
  guint64 iteration;
  gboolean over;
} Saved;

static GQuark
saved_quark (void)
{
  return g_quark_from_static_string ("scope-session-saved");
}

static void
remember_saved (ScopeRun *run, const NnRunRecord *record)
{
  Saved *saved = g_new (Saved, 1);

  *saved = (Saved){ record->iterations, scope_run_is_over (run) };
  g_object_set_qdata_full (G_OBJECT (run), saved_quark (), saved, g_free);
}

gboolean
scope_session_is_saved (ScopeSession *session, ScopeRun *run)
{
  const Saved *saved;

  g_return_val_if_fail (SCOPE_IS_SESSION (session) && SCOPE_IS_RUN (run), FALSE);
  saved = g_object_get_qdata (G_OBJECT (run), saved_quark ());
  return saved != NULL && saved->iteration == scope_run_get_iteration (run) && saved->over == scope_run_is_over (run);
}

/* (transfer full) */
static char *
name_of (ScopeRun *run, gboolean of_set)
{
  const char *id = nn_kind_id (scope_run_get_kind (run));

  return of_set ? g_strdup_printf ("%s-seed-%u", id, scope_run_get_settings (run)->seed) : g_strdup (id);
}

static gboolean
is_member (ScopeSession *session, ScopeRun *run)
{
  for (guint i = 0; i < session->members->len; i++)
    if (scope_result_get_run (g_ptr_array_index (session->members, i)) == run)
      return TRUE;
  return FALSE;
}

/* The earlier runs that are shown and belong to no set under way. (transfer container): of ScopeResult */
static GPtrArray *
list_earlier (ScopeSession *session)
{
  GPtrArray *earlier = scope_session_get_shown_results (session);

  for (guint i = earlier->len; i > 0; i--)
    {
      ScopeResult *result = g_ptr_array_index (earlier, i - 1);

      if (!scope_result_is_earlier (result) || is_member (session, scope_result_get_run (result)))
        g_ptr_array_remove_index (earlier, i - 1);
    }
  return earlier;
}

/* (transfer full) */
static char *
name_of_earlier (ScopeResult *result)
{
  return g_strdup_printf ("%s-run-%u", nn_kind_id (scope_result_get_kind (result)), scope_result_get_id (result));
}

/* The preset of the networks' runs. (nullable) */
static const char *
preset_of_session (ScopeSession *session)
{
  return *session->settings.preset != '\0' ? session->settings.preset : NULL;
}

char *
scope_session_get_saved_name (ScopeSession *session, ScopeRun *run, const char **preset)
{
  g_autoptr (GPtrArray) earlier = NULL;
  const char *ignored;

  g_return_val_if_fail (SCOPE_IS_SESSION (session) && SCOPE_IS_RUN (run), NULL);
  preset = preset != NULL ? preset : &ignored;
  *preset = preset_of_session (session);
  if (is_member (session, run))
    return name_of (run, TRUE);
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeNetwork *network = scope_session_get_network (session, i);

      if (scope_network_get_run (network) == run)
        return scope_network_is_trained (network) ? name_of (run, scope_network_get_n_seeds (network) > 1) : NULL;
    }
  earlier = list_earlier (session);
  for (guint i = 0; i < earlier->len; i++)
    if (scope_result_get_run (g_ptr_array_index (earlier, i)) == run)
      {
        *preset = scope_result_get_preset (g_ptr_array_index (earlier, i));
        return name_of_earlier (g_ptr_array_index (earlier, i));
      }
  *preset = NULL;
  return NULL;
}

static gboolean
save_run (ScopeRun *run, const char *preset, const char *name, const char *folder, GError **error)
{
  g_autofree char *weights_name = g_strconcat (name, ".safetensors", NULL);
  g_autofree char *record_name = g_strconcat (name, ".run.json", NULL);
  g_autofree char *weights_path = g_build_filename (folder, weights_name, NULL);
  g_autofree char *record_path = g_build_filename (folder, record_name, NULL);
  g_autoptr (NnRunRecord) record = scope_run_make_record (run);

  record->weights = g_strdup (weights_name);
  record->preset = g_strdup (preset);
  if (!scope_run_save_weights (run, weights_path, error) || !nn_run_record_save (record, record_path, error))
    return FALSE;
  remember_saved (run, record);
  return TRUE;
}

/* The seeds of a kind's set that are done.
 * @n_saved: (inout) */
static gboolean
save_members (ScopeSession *session, NnKind kind, const char *folder, guint *n_saved, GError **error)
{
  for (guint i = 0; i < session->members->len; i++)
    {
      ScopeRun *run = scope_result_get_run (g_ptr_array_index (session->members, i));
      g_autofree char *name = name_of (run, TRUE);

      if (scope_run_get_kind (run) != kind)
        continue;
      if (!save_run (run, preset_of_session (session), name, folder, error))
        return FALSE;
      ++*n_saved;
    }
  return TRUE;
}

/* @n_saved: (inout) */
static gboolean
save_earlier (ScopeSession *session, const char *folder, guint *n_saved, GError **error)
{
  g_autoptr (GPtrArray) earlier = list_earlier (session);

  for (guint i = 0; i < earlier->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (earlier, i);
      g_autofree char *name = name_of_earlier (result);

      if (!save_run (scope_result_get_run (result), scope_result_get_preset (result), name, folder, error))
        return FALSE;
      ++*n_saved;
    }
  return TRUE;
}

/* @n_saved: (inout) */
static gboolean
save_networks (ScopeSession *session, const char *folder, guint *n_saved, GError **error)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeNetwork *network = scope_session_get_network (session, i);
      ScopeRun *run = scope_network_get_run (network);
      g_autofree char *name = run != NULL ? name_of (run, scope_network_get_n_seeds (network) > 1) : NULL;

      if (!save_members (session, (NnKind) i, folder, n_saved, error))
        return FALSE;
      if (run == NULL || !scope_network_is_trained (network))
        continue;
      if (!save_run (run, preset_of_session (session), name, folder, error))
        return FALSE;
      ++*n_saved;
    }
  return TRUE;
}

gboolean
scope_session_save (ScopeSession *session, const char *folder, GError **error)
{
  guint saved = 0;

  g_return_val_if_fail (SCOPE_IS_SESSION (session) && folder != NULL, FALSE);
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FILE, _("%s: the folder can't be made: %s"), folder, g_strerror (errno));
      return FALSE;
    }
  if (!save_networks (session, folder, &saved, error) || !save_earlier (session, folder, &saved, error))
    return FALSE;
  if (saved == 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SETTINGS,
                           _("No network has been trained yet, so there are no weights to save; train first"));
      return FALSE;
    }
  return TRUE;
}
