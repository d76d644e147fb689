/* run-store.c: the folder in which runs are kept, a file each, read and written on a thread of its own.
 *
 * What is asked is done in its order by one thread, so that a file that is written and then removed is gone. What it has
 * to tell waits under the mutex for the main context.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "run/run-store.h"

#include "run/give-way.h"
#include "run/lock.h"
#include "run/put-aside.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>

#define ENDING ".run"

/* Something to do: a run to write, or without one a file to remove. */
typedef struct
{
  char *key;
  NnKeptRun *kept;
} Job;

/* Something to tell: a run that was read, or what went wrong with one. */
typedef struct
{
  char *key;
  NnKeptRun *kept;
  char *message;
} News;

struct _ScopeRunStore
{
  char *folder;
  guint most;
  gsize most_bytes;
  const ScopeRunStoreFuncs *funcs;
  gpointer data;
  GMainContext *context;
  GThread *thread;

  GMutex mutex;
  GCond cond;
  GQueue jobs; /* of Job */
  GQueue news; /* of News */
  gboolean wants_join;
  gboolean has_read; /* all files; told with the news that are waiting */
  guint n_broken, n_left;
  char *first_fault;
  GSource *idle_source;
};

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->key);
  g_clear_pointer (&job->kept, nn_kept_run_free);
  g_free (job);
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_free (news->key);
  g_clear_pointer (&news->kept, nn_kept_run_free);
  g_free (news->message);
  g_free (news);
}

/* ---- Telling ---- */

static News *
take_news (ScopeRunStore *store)
{
  News *news;

  scope_lock (&store->mutex);
  news = g_queue_pop_head (&store->news);
  scope_unlock (&store->mutex);
  return news;
}

static gboolean
deliver (gpointer data)
{
  ScopeRunStore *store = data;
  g_autofree char *first = NULL;
  gboolean has_read;
  News *news;

  scope_lock (&store->mutex);
  g_clear_pointer (&store->idle_source, g_source_unref);
  has_read = store->has_read;
  store->has_read = FALSE;
  first = g_steal_pointer (&store->first_fault);
  scope_unlock (&store->mutex);
  while ((news = take_news (store)) != NULL)
    {
      if (news->kept != NULL)
        store->funcs->read (news->key, news->kept, store->data);
      else
        store->funcs->failed (news->key, news->message, store->data);
      news_free (news);
    }
  if (has_read)
    store->funcs->all_read (store->n_broken, first, store->n_left, store->data);
  return G_SOURCE_REMOVE;
}

/* The mutex is held. */
static void
schedule (ScopeRunStore *store)
{
  if (store->idle_source != NULL)
    return;
  store->idle_source = g_idle_source_new ();
  g_source_set_priority (store->idle_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (store->idle_source, deliver, store, NULL);
  g_source_set_name (store->idle_source, "gatescope kept runs");
  g_source_attach (store->idle_source, store->context);
}

static void
tell_failure (ScopeRunStore *store, const char *key, const char *message)
{
  News *news = g_new0 (News, 1);

  news->key = g_strdup (key);
  news->message = g_strdup (message);
  scope_lock (&store->mutex);
  g_queue_push_tail (&store->news, news);
  schedule (store);
  scope_unlock (&store->mutex);
}

/* ---- The thread ---- */

static char *
path_of (ScopeRunStore *store, const char *key)
{
  g_autofree char *name = g_strconcat (key, ENDING, NULL);

  return g_build_filename (store->folder, name, NULL);
}

static int
compare_down (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

/* (transfer full) (element-type utf8): from the newest to the oldest */
static GPtrArray *
list_keys (ScopeRunStore *store)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (store->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ENDING))
      g_ptr_array_add (keys, g_strndup (name, strlen (name) - strlen (ENDING)));
  g_ptr_array_sort (keys, compare_down);
  return keys;
}

/* The list may hold a hundred of them. */
static void
put_weights_aside (NnKeptRun *kept)
{
  NnSnapshot *aside = scope_put_aside (kept->snapshot->model, kept->snapshot->iteration);

  nn_snapshot_unref (kept->snapshot);
  kept->snapshot = aside;
}

static void
read_one (ScopeRunStore *store, const char *key, const char *path)
{
  g_autoptr (GError) error = NULL;
  NnKeptRun *kept = nn_kept_run_load (path, &error);

  if (kept != NULL)
    put_weights_aside (kept);
  scope_lock (&store->mutex);
  if (kept != NULL)
    {
      News *news = g_new0 (News, 1);

      news->key = g_strdup (key);
      news->kept = kept;
      g_queue_push_tail (&store->news, news);
    }
  else
    {
      store->n_broken++;
      if (store->first_fault == NULL)
        store->first_fault = g_strdup (error->message);
    }
  scope_unlock (&store->mutex);
}

static gboolean
is_to_leave (ScopeRunStore *store)
{
  gboolean leaves;

  scope_lock (&store->mutex);
  leaves = store->wants_join;
  scope_unlock (&store->mutex);
  return leaves;
}

static void
read_all (ScopeRunStore *store)
{
  g_autoptr (GPtrArray) keys = list_keys (store);
  gsize bytes = 0;
  guint i;

  for (i = 0; i < keys->len && i < store->most && !is_to_leave (store); i++)
    {
      g_autofree char *path = path_of (store, g_ptr_array_index (keys, i));
      GStatBuf facts;

      bytes += g_stat (path, &facts) == 0 ? (gsize) facts.st_size : 0;
      if (bytes > store->most_bytes)
        break;
      read_one (store, g_ptr_array_index (keys, i), path);
    }
  scope_lock (&store->mutex);
  store->n_left = keys->len - i;
  store->has_read = TRUE;
  schedule (store);
  scope_unlock (&store->mutex);
}

static void
do_job (ScopeRunStore *store, const Job *job)
{
  g_autofree char *path = path_of (store, job->key);
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  if (job->kept == NULL)
    {
      if (g_remove (path) != 0 && errno != ENOENT)
        message = g_strdup_printf (_("%s: it can't be removed: %s"), path, g_strerror (errno));
    }
  else if (g_mkdir_with_parents (store->folder, 0700) != 0)
    message = g_strdup_printf (_("%s: the folder can't be made: %s"), store->folder, g_strerror (errno));
  else if (!nn_kept_run_save (job->kept, path, &error))
    message = g_strdup (error->message);
  if (message != NULL)
    tell_failure (store, job->key, message);
}

/* NULL where all is done and the thread is to leave. */
static Job *
next_job (ScopeRunStore *store)
{
  Job *job;

  scope_lock (&store->mutex);
  while (g_queue_is_empty (&store->jobs) && !store->wants_join)
    scope_wait (&store->cond, &store->mutex);
  job = g_queue_pop_head (&store->jobs);
  scope_unlock (&store->mutex);
  return job;
}

static gpointer
work (gpointer data)
{
  ScopeRunStore *store = data;
  Job *job;

  scope_give_way ();
  read_all (store);
  while ((job = next_job (store)) != NULL)
    {
      do_job (store, job);
      job_free (job);
    }
  return NULL;
}

/* ---- Asking ---- */

ScopeRunStore *
scope_run_store_new (const char *folder, guint most, gsize most_bytes, const ScopeRunStoreFuncs *funcs, gpointer data)
{
  ScopeRunStore *store;

  g_return_val_if_fail (folder != NULL && funcs != NULL, NULL);
  store = g_new0 (ScopeRunStore, 1);
  store->folder = g_strdup (folder);
  store->most = most;
  store->most_bytes = most_bytes;
  store->funcs = funcs;
  store->data = data;
  store->context = g_main_context_ref_thread_default ();
  g_mutex_init (&store->mutex);
  g_cond_init (&store->cond);
  g_queue_init (&store->jobs);
  g_queue_init (&store->news);
  store->thread = g_thread_new ("keep runs", work, store);
  return store;
}

/* What went wrong at the very end, when nobody is left to show it. */
static void
print_failures (ScopeRunStore *store)
{
  for (const GList *l = store->news.head; l != NULL; l = l->next)
    {
      const News *news = l->data;

      if (news->message != NULL)
        g_printerr (_("gatescope: a run could not be kept as asked: %s\n"), news->message);
    }
}

void
scope_run_store_free (ScopeRunStore *store)
{
  if (store == NULL)
    return;
  scope_lock (&store->mutex);
  store->wants_join = TRUE;
  g_cond_broadcast (&store->cond);
  scope_unlock (&store->mutex);
  g_thread_join (store->thread);
  print_failures (store);
  if (store->idle_source != NULL)
    {
      g_source_destroy (store->idle_source);
      g_source_unref (store->idle_source);
    }
  g_queue_clear_full (&store->jobs, job_free);
  g_queue_clear_full (&store->news, news_free);
  g_free (store->first_fault);
  g_main_context_unref (store->context);
  g_mutex_clear (&store->mutex);
  g_cond_clear (&store->cond);
  g_free (store->folder);
  g_free (store);
}

char *
scope_run_store_new_key (ScopeRunStore *store, gint64 time, NnKind kind)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (second, "%Y%m%dT%H%M%S");

  /* Two programs that keep a run of a network within a microsecond would still have names of their own. */
  return g_strdup_printf ("%s.%06d-%s-%04x", text, (int) (time % G_USEC_PER_SEC), nn_kind_id (kind),
                          g_random_int () & 0xffff);
}

static void
ask (ScopeRunStore *store, const char *key, NnKeptRun *kept)
{
  Job *job = g_new0 (Job, 1);

  job->key = g_strdup (key);
  job->kept = kept;
  scope_lock (&store->mutex);
  g_queue_push_tail (&store->jobs, job);
  g_cond_broadcast (&store->cond);
  scope_unlock (&store->mutex);
}

void
scope_run_store_save (ScopeRunStore *store, const char *key, NnKeptRun *kept)
{
  g_return_if_fail (store != NULL && key != NULL && kept != NULL);
  ask (store, key, kept);
}

void
scope_run_store_remove (ScopeRunStore *store, const char *key)
{
  g_return_if_fail (store != NULL && key != NULL);
  ask (store, key, NULL);
}
