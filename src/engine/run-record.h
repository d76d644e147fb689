/* run-record.h: what is known of a training run, as a file: K.run.json.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"
#include "engine/history.h"
#include "engine/preset.h"

G_BEGIN_DECLS

/* Numbers that were not measured are NaN. */
typedef struct
{
  NnSettings settings;
  char *preset;      /* NULL under none */
  char *data_hash;
  char **classes;    /* NULL-terminated */
  guint parameters;  /* as PyTorch counts them */
  guint64 iterations; /* done */
  double seconds, names_per_second;
  NnHistory *history;
  gboolean diverged;
  char *reason;      /* why, where it diverged */
  double train_accuracy, held_out_accuracy, held_out_macro; /* 0..1 */
  double final_loss;                                        /* mean over the evaluation's draws */
  NnConfusion *confusion;          /* over class-uniform draws from the training rows; NULL where not measured */
  NnConfusion *held_out_confusion; /* over the held-out rows; NULL where nothing is held out */
  char *weights;     /* file name of the weights, NULL where none was written */
  double *order_losses; /* under a fixed order: the loss of each step; else NULL */
  guint n_order_losses;
} NnRunRecord;

NnRunRecord *nn_run_record_new (void);
void nn_run_record_free (NnRunRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRunRecord, nn_run_record_free)

/* nn_run_record_save: writes it to @path as one JSON object, whole or not at all. Errors: NN_ERROR_FILE. */
gboolean nn_run_record_save (const NnRunRecord *record, const char *path, GError **error);

/* nn_run_record_path: where the record of the run stands that wrote @weights. (transfer full) */
char *nn_run_record_path (const char *weights);

/* nn_run_record_preset_beside: the preset in the record that stands beside @weights and names them, or NULL.
 * (transfer full) */
char *nn_run_record_preset_beside (const char *weights);

/* nn_run_record_load: reads such a file. Errors: NN_ERROR_FILE, NN_ERROR_DATA naming what is wrong in it. */
NnRunRecord *nn_run_record_load (const char *path, GError **error);

G_END_DECLS
