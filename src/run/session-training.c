/* session-training.c: starts, pauses, resets the session's networks, and trains them with one seed after the other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/session-private.h"

/* A network gets a second thread while there are processors that no other network trains on. */
void
scope_session_share_processors (ScopeSession *session)
{
  guint running = 0;

  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, i));
      running += run != NULL && scope_run_get_state (run) == SCOPE_RUN_RUNNING;
    }
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, i));
      if (run != NULL)
        scope_run_set_threads (run, running < g_get_num_processors () ? 2 : 1);
    }
}

/* ---- Fresh runs ---- */

/* The rows that are trained on with @seed, shared with a run that has the same. (transfer full) */
static NnSplit *
split_of_seed (ScopeSession *session, guint32 seed)
{
  NnSplit *split;

  if (seed == session->settings.seed)
    return nn_split_ref (session->split);
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, i));

      if (run != NULL && scope_run_get_settings (run)->seed == seed)
        return nn_split_ref (scope_run_get_split (run));
    }
  split = nn_split_new (session->dataset, session->settings.hold_out, seed, NULL);
  /* The share was checked with the settings. */
  g_assert (split != NULL);
  return split;
}

/* A READY run for a kind under the session's settings. (transfer full) */
static ScopeRun *
new_run (ScopeSession *session, NnKind kind, guint32 seed)
{
  NnSettings settings = scope_settings_of_kind (&session->settings, kind);
  g_autoptr (NnSplit) split = split_of_seed (session, seed);
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer;
  ScopeRun *run;

  settings.seed = seed;
  trainer = nn_trainer_new (&settings, split, NULL, &error);
  /* Settings are checked before they come here. */
  g_assert (error == NULL);
  run = scope_run_new_take (trainer);
  scope_run_set_background (run, TRUE);
  return run;
}

static gboolean
is_started (ScopeRun *run)
{
  return scope_run_get_state (run) != SCOPE_RUN_READY;
}

/* What was trained goes to the earlier runs, the first network on top; seeds of a set that are there already are no
 * longer shown. */
static void
put_aside (ScopeSession *session, ScopeBeforeReset *before)
{
  for (guint i = NN_N_KINDS; i-- > 0;)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, i));
      ScopeResult *result = NULL;

      if (run == NULL)
        continue;
      if (is_started (run))
        result = scope_session_keep_run (session, run, FALSE);
      if (before == NULL)
        scope_run_retire (run);
      else
        {
          before->runs[i] = g_object_ref (run);
          before->results[i] = result != NULL ? g_object_ref (result) : NULL;
          scope_run_measure (run);
        }
    }
  for (guint i = 0; i < session->members->len; i++)
    scope_result_set_shown (g_ptr_array_index (session->members, i), FALSE);
  if (before != NULL)
    before->members = g_steal_pointer (&session->members);
  else
    g_clear_pointer (&session->members, g_ptr_array_unref);
  session->members = g_ptr_array_new_with_free_func (g_object_unref);
}

void
scope_session_prepare (ScopeSession *session, ScopeBeforeReset *before)
{
  put_aside (session, before);
  session->paused = FALSE;
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeNetwork *network = scope_session_get_network (session, i);
      g_autoptr (ScopeRun) run
          = session->split != NULL ? new_run (session, (NnKind) i, session->settings.seed) : NULL;

      session->goes_on[i] = FALSE;
      scope_evaluator_forget (session->evaluator, i);
      scope_network_set_run (network, run, 0, 0);
    }
}

/* ---- One seed after the other ---- */

/* Whether a network's run is over and seeds of its set are still to be trained. */
static gboolean
has_seeds_left (ScopeSession *session, guint index)
{
  ScopeNetwork *network = scope_session_get_network (session, index);
  ScopeRun *run = scope_network_get_run (network);
  ScopeRunState state = run != NULL ? scope_run_get_state (run) : SCOPE_RUN_READY;

  return (state == SCOPE_RUN_FINISHED || state == SCOPE_RUN_DIVERGED)
         && scope_network_get_seed_index (network) + 1 < session->settings.n_seeds;
}

/* The run that is over becomes one of the earlier ones, which are shown together with the one that follows. */
static void
train_next_seed (ScopeSession *session, guint index)
{
  ScopeNetwork *network = scope_session_get_network (session, index);
  g_autoptr (ScopeRun) before = g_object_ref (scope_network_get_run (network));
  g_autoptr (ScopeRun) run = new_run (session, (NnKind) index, scope_run_get_settings (before)->seed + 1);
  ScopeResult *result = scope_session_keep_run (session, before, TRUE);

  if (result != NULL)
    g_ptr_array_add (session->members, g_object_ref (result));
  scope_run_retire (before);
  scope_evaluator_forget (session->evaluator, index);
  scope_network_set_run (network, run, scope_network_get_seed_index (network) + 1, scope_run_get_seconds (before));
  scope_run_start (run);
  if (session->paused)
    scope_run_pause (run);
}

void
scope_session_follow_up (ScopeSession *session, ScopeNetwork *network)
{
  NnKind kind = scope_network_get_kind (network);
  ScopeRun *run = scope_network_get_run (network);

  if (run == NULL || !session->goes_on[kind] || !scope_run_is_over (run))
    return;
  session->goes_on[kind] = has_seeds_left (session, kind);
  if (!session->goes_on[kind])
    return;
  train_next_seed (session, kind);
  scope_session_emit_changed (session);
}

/* Between two seeds nothing runs for a moment. */
static gboolean
is_between_seeds (ScopeSession *session)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    if (session->goes_on[i] && has_seeds_left (session, i))
      return TRUE;
  return FALSE;
}

/* ---- States ---- */

static gboolean
any_run (ScopeSession *session, gboolean (*is) (ScopeRun *run))
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, i));

      if (run != NULL && is (run))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_running (ScopeRun *run)
{
  return scope_run_get_state (run) == SCOPE_RUN_RUNNING || scope_run_get_state (run) == SCOPE_RUN_MEASURING;
}

gboolean
scope_session_is_running (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), FALSE);
  return any_run (session, is_running) || is_between_seeds (session);
}

gboolean
scope_session_is_active (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), FALSE);
  return any_run (session, scope_run_is_active) || is_between_seeds (session);
}

gboolean
scope_session_is_started (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), FALSE);
  return any_run (session, is_started);
}

/* The run of an enabled network that the session trains, or NULL. */
static ScopeRun *
enabled_run (ScopeSession *session, guint index)
{
  ScopeNetwork *network = scope_session_get_network (session, index);

  return scope_network_get_enabled (network) ? scope_network_get_run (network) : NULL;
}

/* A set of seeds is done when it is done: only a single run can be trained on. */
static gboolean
can_extend (ScopeSession *session, guint index)
{
  ScopeRun *run = enabled_run (session, index);

  return run != NULL && scope_run_get_state (run) == SCOPE_RUN_FINISHED && session->settings.n_seeds == 1
         && scope_network_get_seed_index (scope_session_get_network (session, index)) == 0;
}

gboolean
scope_session_can_train (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), FALSE);
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = enabled_run (session, i);
      ScopeRunState state = run != NULL ? scope_run_get_state (run) : SCOPE_RUN_STOPPED;

      if (state == SCOPE_RUN_READY || state == SCOPE_RUN_PAUSED || can_extend (session, i)
          || (run != NULL && has_seeds_left (session, i)))
        return TRUE;
    }
  return FALSE;
}

/* ---- Commands ---- */

/* Where one is paused, Train means to resume; where seeds are left, they follow; only where neither is does a finished
 * one train on. */
void
scope_session_train (ScopeSession *session)
{
  gboolean resumes = FALSE;

  g_return_if_fail (SCOPE_IS_SESSION (session));
  scope_session_forget_reset (session);
  session->paused = FALSE;
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = enabled_run (session, i);

      if (run == NULL || (scope_run_is_over (run) && !has_seeds_left (session, i)))
        continue;
      session->goes_on[i] = TRUE;
      resumes = TRUE;
      if (scope_run_is_over (run))
        train_next_seed (session, i);
      else
        scope_run_start (run);
    }
  for (guint i = 0; !resumes && i < NN_N_KINDS; i++)
    if (can_extend (session, i))
      {
        scope_run_extend (enabled_run (session, i), session->settings.iterations);
        scope_run_start (enabled_run (session, i));
      }
  scope_session_emit_changed (session);
}

void
scope_session_pause (ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_SESSION (session));
  session->paused = TRUE;
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, i));
      if (run != NULL)
        scope_run_pause (run);
    }
}

void
scope_session_step (ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_SESSION (session));
  scope_session_forget_reset (session);
  session->paused = TRUE;
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeRun *run = enabled_run (session, i);
      if (run != NULL)
        scope_run_step (run);
    }
}

/* ---- Reset ---- */

static void
before_reset_free (ScopeBeforeReset *before)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      g_clear_object (&before->runs[i]);
      g_clear_object (&before->results[i]);
    }
  g_clear_pointer (&before->members, g_ptr_array_unref);
  g_free (before);
}

void
scope_session_forget_reset (ScopeSession *session)
{
  ScopeBeforeReset *before = g_steal_pointer (&session->before_reset);

  if (before == NULL)
    return;
  for (guint i = 0; i < NN_N_KINDS; i++)
    if (before->runs[i] != NULL)
      scope_run_retire (before->runs[i]);
  before_reset_free (before);
}

void
scope_session_reset (ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_SESSION (session));
  if (!scope_session_is_started (session))
    return;
  scope_session_pause (session);
  scope_session_forget_reset (session);
  session->before_reset = g_new0 (ScopeBeforeReset, 1);
  scope_session_prepare (session, session->before_reset);
  scope_session_emit_changed (session);
}

gboolean
scope_session_can_undo_reset (ScopeSession *session)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (session), FALSE);
  return session->before_reset != NULL;
}

void
scope_session_undo_reset (ScopeSession *session)
{
  ScopeBeforeReset *before;

  g_return_if_fail (SCOPE_IS_SESSION (session));
  before = g_steal_pointer (&session->before_reset);
  if (before == NULL)
    return;
  session->paused = TRUE;
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeNetwork *network = scope_session_get_network (session, i);
      guint32 seed = before->runs[i] != NULL ? scope_run_get_settings (before->runs[i])->seed : session->settings.seed;

      if (before->results[i] != NULL)
        scope_session_drop_result (session, before->results[i]);
      session->goes_on[i] = before->runs[i] != NULL && scope_run_is_active (before->runs[i]);
      scope_evaluator_forget (session->evaluator, i);
      scope_network_set_run (network, before->runs[i], seed - session->settings.seed, 0);
    }
  for (guint i = 0; i < before->members->len; i++)
    scope_result_set_shown (g_ptr_array_index (before->members, i), TRUE);
  g_ptr_array_unref (session->members);
  session->members = g_steal_pointer (&before->members);
  before_reset_free (before);
  scope_session_emit_changed (session);
}
