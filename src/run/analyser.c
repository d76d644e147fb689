/* analyser.c: what takes too long to work out while a page is drawn, on a thread of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/analyser.h"

#include "run/give-way.h"
#include "run/lock.h"

#include <string.h>

/* Between two words of progress, in microseconds. */
#define PROGRESS_INTERVAL 50000

/* Slot and analysis in one number. */
#define N_JOBS (SCOPE_ANALYSER_SLOTS * SCOPE_N_ANALYSES)

typedef struct
{
  ScopeAnalysisRequest *request; /* owned */
  NnSubstitution *substitution;
  NnDamage *damage;
  NnDrivers *drivers;
} Answer;

typedef struct
{
  ScopeAnalysisRequest *waiting; /* (nullable): owned, with all that it points to */
  guint number;                  /* grows where what is under way, or was found, is no longer wanted */
  Answer *answer;                /* (nullable): found, not yet told */
} Job;

struct _ScopeAnalyser
{
  ScopeAnalysed analysed;
  ScopeAnalysisProgress progress;
  gpointer data;
  GMainContext *context;
  GThread *thread;
  GSource *idle_source;

  GMutex mutex;
  GCond cond;
  gboolean wants_join;
  guint next; /* the job to look at first, so that each gets its turn */
  Job jobs[N_JOBS];

  /* Being served. */
  const ScopeAnalysisRequest *serving; /* (nullable) */
  guint serving_job, serving_number;
  double done;          /* of it */
  gboolean done_is_new; /* not yet told */
  gint64 last_progress; /* monotonic time */
};

/* ---- Requests and answers ---- */

static ScopeAnalysisRequest *
request_copy (const ScopeAnalysisRequest *request)
{
  ScopeAnalysisRequest *copy = g_memdup2 (request, sizeof *request);

  copy->snapshot = nn_snapshot_ref (request->snapshot);
  copy->split = request->split != NULL ? nn_split_ref (request->split) : NULL;
  copy->ascii = g_strdup (request->ascii);
  copy->units = g_memdup2 (request->units, request->n_units * sizeof (guint));
  return copy;
}

static void
request_free (ScopeAnalysisRequest *request)
{
  nn_snapshot_unref (request->snapshot);
  g_clear_pointer (&request->split, nn_split_unref);
  g_free ((char *) request->ascii);
  g_free ((guint *) request->units);
  g_free (request);
}

/* Whether both ask the same, of whatever weights. */
static gboolean
asks_the_same (const ScopeAnalysisRequest *a, const ScopeAnalysisRequest *b)
{
  return a->what == b->what && g_strcmp0 (a->ascii, b->ascii) == 0 && a->split == b->split && a->state == b->state
         && a->top == b->top && a->n_units == b->n_units
         && (a->n_units == 0 || memcmp (a->units, b->units, a->n_units * sizeof (guint)) == 0);
}

static void
answer_free (Answer *answer)
{
  request_free (answer->request);
  nn_substitution_free (answer->substitution);
  g_free (answer->damage);
  nn_drivers_free (answer->drivers);
  g_free (answer);
}

/* ---- Telling ---- */

static void
tell_progress (ScopeAnalyser *analyser)
{
  gboolean tells;
  guint job;
  double done;

  scope_lock (&analyser->mutex);
  job = analyser->serving_job;
  done = analyser->done;
  tells = analyser->done_is_new && analyser->serving != NULL && analyser->serving_number == analyser->jobs[job].number;
  analyser->done_is_new = FALSE;
  scope_unlock (&analyser->mutex);
  if (tells && analyser->progress != NULL)
    analyser->progress (job / SCOPE_N_ANALYSES, (ScopeAnalysis) (job % SCOPE_N_ANALYSES), done, analyser->data);
}

static void
tell_answer (ScopeAnalyser *analyser, guint job)
{
  Answer *answer;

  scope_lock (&analyser->mutex);
  answer = g_steal_pointer (&analyser->jobs[job].answer);
  scope_unlock (&analyser->mutex);
  if (answer == NULL)
    return;
  analyser->analysed (&(ScopeAnalysisAnswer){ .slot = job / SCOPE_N_ANALYSES,
                                              .request = answer->request,
                                              .substitution = answer->substitution,
                                              .damage = answer->damage,
                                              .drivers = answer->drivers },
                      analyser->data);
  answer_free (answer);
}

static gboolean
deliver (gpointer data)
{
  ScopeAnalyser *analyser = data;

  scope_lock (&analyser->mutex);
  g_clear_pointer (&analyser->idle_source, g_source_unref);
  scope_unlock (&analyser->mutex);
  tell_progress (analyser);
  for (guint job = 0; job < N_JOBS; job++)
    tell_answer (analyser, job);
  return G_SOURCE_REMOVE;
}

/* The mutex is held. */
static void
schedule (ScopeAnalyser *analyser)
{
  if (analyser->idle_source != NULL)
    return;
  analyser->idle_source = g_idle_source_new ();
  g_source_set_priority (analyser->idle_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (analyser->idle_source, deliver, analyser, NULL);
  g_source_attach (analyser->idle_source, analyser->context);
}

/* ---- The thread ---- */

static gboolean
goes_on (double done, gpointer data)
{
  ScopeAnalyser *analyser = data;
  const gint64 now = g_get_monotonic_time ();
  gboolean wanted;

  scope_lock (&analyser->mutex);
  wanted = !analyser->wants_join && analyser->serving_number == analyser->jobs[analyser->serving_job].number;
  if (wanted && now - analyser->last_progress >= PROGRESS_INTERVAL)
    {
      analyser->done = done;
      analyser->done_is_new = TRUE;
      analyser->last_progress = now;
      schedule (analyser);
    }
  scope_unlock (&analyser->mutex);
  return wanted;
}

/* Takes @request over. */
static Answer *
serve (ScopeAnalyser *analyser, ScopeAnalysisRequest *request)
{
  const NnModel *model = request->snapshot->model;
  Answer *answer = g_new0 (Answer, 1);

  answer->request = request;
  if (request->what == SCOPE_ANALYSIS_SUBSTITUTION)
    answer->substitution = nn_substitution_new (model, request->ascii, goes_on, analyser);
  else if (request->what == SCOPE_ANALYSIS_DAMAGE)
    answer->damage = nn_damage_new_split (model, request->split, goes_on, analyser);
  else
    answer->drivers = nn_drivers_new (model, nn_split_dataset (request->split), request->state, request->units,
                                      request->n_units, request->top, goes_on, analyser);
  return answer;
}

/* Whether it was not broken off. */
static gboolean
is_whole (const Answer *answer)
{
  return answer->substitution != NULL || answer->damage != NULL || answer->drivers != NULL;
}

/* Waits for a request and takes it out. Returns: NULL where the thread is to leave. */
static ScopeAnalysisRequest *
take_request (ScopeAnalyser *analyser)
{
  ScopeAnalysisRequest *request = NULL;

  scope_lock (&analyser->mutex);
  while (!analyser->wants_join && request == NULL)
    {
      guint job = 0;

      for (guint i = 0; i < N_JOBS && request == NULL; i++)
        {
          job = (analyser->next + i) % N_JOBS;
          request = g_steal_pointer (&analyser->jobs[job].waiting);
        }
      if (request == NULL)
        scope_wait (&analyser->cond, &analyser->mutex);
      else
        {
          analyser->serving_job = job;
          analyser->serving_number = analyser->jobs[job].number;
          analyser->next = (job + 1) % N_JOBS;
          analyser->last_progress = g_get_monotonic_time ();
        }
    }
  analyser->serving = request;
  analyser->done_is_new = FALSE;
  scope_unlock (&analyser->mutex);
  return request;
}

static gpointer
work (gpointer data)
{
  ScopeAnalyser *analyser = data;
  ScopeAnalysisRequest *request;

  scope_give_way ();
  while ((request = take_request (analyser)) != NULL)
    {
      Answer *answer = serve (analyser, request);
      Job *job = &analyser->jobs[analyser->serving_job];

      scope_lock (&analyser->mutex);
      analyser->serving = NULL;
      if (is_whole (answer) && analyser->serving_number == job->number)
        {
          g_clear_pointer (&job->answer, answer_free);
          job->answer = g_steal_pointer (&answer);
          schedule (analyser);
        }
      scope_unlock (&analyser->mutex);
      g_clear_pointer (&answer, answer_free);
    }
  return NULL;
}

/* ---- From outside ---- */

ScopeAnalyser *
scope_analyser_new (ScopeAnalysed analysed, ScopeAnalysisProgress progress, gpointer data)
{
  ScopeAnalyser *analyser;

  g_return_val_if_fail (analysed != NULL, NULL);
  analyser = g_new0 (ScopeAnalyser, 1);
  analyser->analysed = analysed;
  analyser->progress = progress;
  analyser->data = data;
  analyser->context = g_main_context_ref_thread_default ();
  g_mutex_init (&analyser->mutex);
  g_cond_init (&analyser->cond);
  analyser->thread = g_thread_new ("analyse", work, analyser);
  return analyser;
}

void
scope_analyser_free (ScopeAnalyser *analyser)
{
  if (analyser == NULL)
    return;
  scope_lock (&analyser->mutex);
  analyser->wants_join = TRUE;
  g_cond_broadcast (&analyser->cond);
  scope_unlock (&analyser->mutex);
  g_thread_join (analyser->thread);
  if (analyser->idle_source != NULL)
    {
      g_source_destroy (analyser->idle_source);
      g_source_unref (analyser->idle_source);
    }
  for (guint i = 0; i < N_JOBS; i++)
    {
      g_clear_pointer (&analyser->jobs[i].waiting, request_free);
      g_clear_pointer (&analyser->jobs[i].answer, answer_free);
    }
  g_mutex_clear (&analyser->mutex);
  g_cond_clear (&analyser->cond);
  g_main_context_unref (analyser->context);
  g_free (analyser);
}

static gboolean
can_be_asked (const ScopeAnalysisRequest *request)
{
  g_return_val_if_fail ((guint) request->what < SCOPE_N_ANALYSES && request->snapshot != NULL, FALSE);
  if (request->what == SCOPE_ANALYSIS_SUBSTITUTION)
    return request->ascii != NULL && *request->ascii != '\0';
  if (request->what == SCOPE_ANALYSIS_DAMAGE)
    return request->split != NULL && nn_kind_has_gates (request->snapshot->model->kind);
  return request->split != NULL && request->units != NULL && request->n_units > 0;
}

void
scope_analyser_request (ScopeAnalyser *analyser, guint slot, const ScopeAnalysisRequest *request)
{
  guint index;
  Job *job;

  g_return_if_fail (analyser != NULL && slot < SCOPE_ANALYSER_SLOTS && request != NULL && can_be_asked (request));
  index = slot * SCOPE_N_ANALYSES + request->what;
  job = &analyser->jobs[index];
  scope_lock (&analyser->mutex);
  g_clear_pointer (&job->waiting, request_free);
  job->waiting = request_copy (request);
  if (analyser->serving != NULL && analyser->serving_job == index && !asks_the_same (analyser->serving, request))
    job->number++;
  if (job->answer != NULL && !asks_the_same (job->answer->request, request))
    g_clear_pointer (&job->answer, answer_free);
  g_cond_broadcast (&analyser->cond);
  scope_unlock (&analyser->mutex);
}

gboolean
scope_analyser_is_busy (ScopeAnalyser *analyser, guint slot, ScopeAnalysis what)
{
  guint index;
  gboolean busy;

  g_return_val_if_fail (analyser != NULL && slot < SCOPE_ANALYSER_SLOTS && (guint) what < SCOPE_N_ANALYSES, FALSE);
  index = slot * SCOPE_N_ANALYSES + what;
  scope_lock (&analyser->mutex);
  busy = analyser->jobs[index].waiting != NULL || analyser->jobs[index].answer != NULL
         || (analyser->serving != NULL && analyser->serving_job == index
             && analyser->serving_number == analyser->jobs[index].number);
  scope_unlock (&analyser->mutex);
  return busy;
}

void
scope_analyser_cancel (ScopeAnalyser *analyser, guint slot, ScopeAnalysis what)
{
  Job *job;

  g_return_if_fail (analyser != NULL && slot < SCOPE_ANALYSER_SLOTS && (guint) what < SCOPE_N_ANALYSES);
  job = &analyser->jobs[slot * SCOPE_N_ANALYSES + what];
  scope_lock (&analyser->mutex);
  g_clear_pointer (&job->waiting, request_free);
  g_clear_pointer (&job->answer, answer_free);
  job->number++;
  scope_unlock (&analyser->mutex);
}
