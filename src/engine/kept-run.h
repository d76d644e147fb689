/* kept-run.h: a run as the window keeps it from one start to the next: its record and its weights in one file.
 *
 * The file is JSON: what people call the run and when it was over; the record, as in K.run.json; and of each tensor, by
 * PyTorch's name, its numbers, row-major float32, little-endian, in base64. One file a run, so that none can be half
 * there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run-record.h"
#include "engine/snapshot.h"

G_BEGIN_DECLS

/* How a run that is over ended. */
typedef enum
{
  NN_RUN_FINISHED, /* all its iterations were done */
  NN_RUN_DIVERGED,
  NN_RUN_STOPPED,
  NN_N_RUN_ENDS
} NnRunEnd;

typedef struct
{
  char *title;
  gboolean shown;
  NnRunEnd end;
  gint64 ended;            /* microseconds since 1970 (UTC); 0 where it was never over */
  gint64 put_aside;        /* the same, when it became an earlier run: the order of the list */
  guint64 first_iteration; /* done before the run began */
  guint64 total;           /* iterations that it was to have in the end */
  NnRunRecord *record;
  NnSnapshot *snapshot; /* with the record's classes */
} NnKeptRun;

NnKeptRun *nn_kept_run_new (void);
void nn_kept_run_free (NnKeptRun *kept);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnKeptRun, nn_kept_run_free)

/* nn_kept_run_save: writes it to @path, whole or not at all. Errors: NN_ERROR_FILE. */
gboolean nn_kept_run_save (const NnKeptRun *kept, const char *path, GError **error);

/* nn_kept_run_load: reads such a file.
 * Returns: (transfer full).
 * Errors: NN_ERROR_FILE; NN_ERROR_DATA naming what is wrong in it, or that another version of the program wrote it. */
NnKeptRun *nn_kept_run_load (const char *path, GError **error);

G_END_DECLS
