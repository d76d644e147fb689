/* run-private.h: what the two sides of a run share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/run.h"
#include "run/timeline.h"

G_BEGIN_DECLS

/* What the worker has published and the main context has not yet taken. */
typedef struct
{
  ScopeRunState state;
  guint64 iteration, total;
  double seconds;
  double recent_loss, recent_accuracy;
  GArray *points;                       /* of NnPoint: new ones, none dropped */
  NnSnapshot *snapshot;                 /* the newest, or NULL where it was taken */
  char *generator;                      /* the state of the draws that belongs to it */
  char *reason;
  GPtrArray *timeline;                  /* of NnSnapshot, or NULL where it was taken or has not changed */
  NnConfusion *confusion, *held_out_confusion;
  guint64 measured_iteration;           /* that they are of */
} ScopePublished;

struct _ScopeRun
{
  GObject parent_instance;

  /* Main context's side. */
  GMainContext *context;
  GThread *thread;
  NnSettings settings;
  NnSplit *split;     /* NULL of a kept run until it is asked for */
  NnDataset *dataset; /* of a kept run whose names are open; else NULL */
  char *data_hash;    /* of a kept run; else NULL: the split tells */
  guint n_parameters;
  guint64 first_iteration; /* done before this run began */
  ScopePublished seen;
  NnHistory *history;
  gint64 ended; /* when it was over, in microseconds since 1970; 0 before */

  /* Under the mutex. */
  GMutex mutex;
  GCond cond;
  ScopePublished pending;
  GSource *idle_source; /* that will take what is pending, or NULL */
  gboolean wants_pause, wants_stop, wants_join;
  gboolean wants_measurement; /* of a paused run */
  gboolean retired;           /* it will never be trained further */
  guint wanted_steps;
  guint64 wanted_extension;
  gboolean watched;
  gboolean background; /* set before the thread starts */
  guint threads;

  /* The worker's alone while the thread runs. */
  NnTrainer *trainer;
  ScopeTimeline *timeline;
  gboolean timeline_changed; /* since it was published */
  guint64 published; /* the last iteration whose point was */
  guint64 measured;  /* the last iteration whose final numbers were, or NN_ITERATION_UNKNOWN */
  gint64 last_publication; /* monotonic time, microseconds */
};

/* scope_run_worker: the thread's function; @data is a ScopeRun that outlives it. */
gpointer scope_run_worker (gpointer data);

/* scope_published_clear: releases what it holds. */
void scope_published_clear (ScopePublished *published);

/* scope_run_schedule: asks the main context to take what is pending; the mutex is held. */
void scope_run_schedule (ScopeRun *run);

/* scope_run_keep_newest_weights: puts the weights at the end in place of those along the way. */
void scope_run_keep_newest_weights (ScopeRun *run);

G_END_DECLS
