/* trainer.h: trains one network, an iteration at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"
#include "engine/history.h"
#include "engine/model.h"
#include "engine/preset.h"
#include "engine/split.h"

G_BEGIN_DECLS

typedef enum
{
  NN_TRAINER_RUNNING,
  NN_TRAINER_FINISHED, /* all iterations done */
  NN_TRAINER_DIVERGED, /* a loss or gradient was not finite; the model holds the last finite weights */
} NnTrainerStatus;

/* One of a fixed list of names to train on. */
typedef struct
{
  char ascii[NN_MAX_LETTERS + 1];
  guint target;
} NnExample;

typedef struct _NnTrainer NnTrainer;

/* nn_trainer_new:
 * Prepares a run: @settings.kind drawn anew from the seed, or @initial where it is given.
 * @initial: (nullable): weights to start from; copied; its kind, size and classes must be the settings' and the data's
 * Returns: (transfer full): to free with nn_trainer_free.
 * Errors: NN_ERROR_SETTINGS, NN_ERROR_WEIGHTS where @initial does not fit. */
NnTrainer *nn_trainer_new (const NnSettings *settings, NnSplit *split, const NnModel *initial, GError **error);
void nn_trainer_free (NnTrainer *trainer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTrainer, nn_trainer_free)

/* nn_trainer_set_order:
 * From now on trains on exactly @examples, once each in this order and a batch an iteration, instead of drawing; the
 * run then has as many iterations as that takes. @examples is copied. */
void nn_trainer_set_order (NnTrainer *trainer, const NnExample *examples, guint n_examples);

/* nn_trainer_resume:
 * Goes on with draws where another run stopped: @generator is what nn_trainer_generator gave there, @iterations how many
 * it had done. The settings' iterations are then done beyond those. With settings that are plain the weights become
 * those of a run without a stop; with others the draws go on, while the optimizer, the decay of the learning rate and
 * the mean of the weights start anew.
 * Errors: NN_ERROR_WEIGHTS for text that is no generator's state. */
gboolean nn_trainer_resume (NnTrainer *trainer, const char *generator, guint64 iterations, GError **error);

/* nn_trainer_set_threads:
 * Trains one name with up to @threads threads, 1 or 2; at first 1. The second one is used only while it makes training
 * faster, and by networks that can be halved; the weights are the same bits either way. */
void nn_trainer_set_threads (NnTrainer *trainer, guint threads);

/* nn_trainer_extend: adds @iterations to a run, so that a finished one runs again. */
void nn_trainer_extend (NnTrainer *trainer, guint64 iterations);

/* nn_trainer_step: one iteration: draws the settings' batch of names, reads them, and takes one step of the optimizer
 * along their mean gradient. Does nothing unless running. */
NnTrainerStatus nn_trainer_step (NnTrainer *trainer);

/* nn_trainer_run:
 * Up to @steps iterations, fewer where a point of the curves is completed or the run ends; the time they take counts as
 * the run's. */
NnTrainerStatus nn_trainer_run (NnTrainer *trainer, guint steps);

/* nn_trainer_flush: ends the point that is under way, if any, so that the curves reach the present iteration. */
void nn_trainer_flush (NnTrainer *trainer);

NnTrainerStatus nn_trainer_status (const NnTrainer *trainer);

/* nn_trainer_reason: why it diverged, as a sentence; NULL otherwise. (transfer none) */
const char *nn_trainer_reason (const NnTrainer *trainer);

/* nn_trainer_model: what is evaluated and saved; with averaging, the running mean of the weights. (transfer none) */
const NnModel *nn_trainer_model (const NnTrainer *trainer);
const NnHistory *nn_trainer_history (const NnTrainer *trainer);
const NnSettings *nn_trainer_settings (const NnTrainer *trainer);
NnSplit *nn_trainer_split (const NnTrainer *trainer);
guint64 nn_trainer_iteration (const NnTrainer *trainer); /* done so far, with those before a resume */
guint64 nn_trainer_total (const NnTrainer *trainer);     /* at which the run ends */
guint64 nn_trainer_n_names (const NnTrainer *trainer);   /* names learned from, without those before a resume */
double nn_trainer_seconds (const NnTrainer *trainer);    /* spent in nn_trainer_run */
/* Means over the point that is under way; NaN where it has no iteration yet. */
void nn_trainer_point_under_way (const NnTrainer *trainer, double *loss, double *accuracy);
double nn_trainer_last_loss (const NnTrainer *trainer);  /* of the newest iteration; NaN before the first */

/* nn_trainer_generator: the state of the draws as text, for nn_trainer_resume. (transfer full) */
char *nn_trainer_generator (const NnTrainer *trainer);

/* nn_trainer_needs_held_out:
 * Whether the newest point is one at which held-out accuracy is due (20 times a run, and at its end). The caller
 * measures it with nn_trainer_measure_held_out, which writes it into that point. */
gboolean nn_trainer_needs_held_out (const NnTrainer *trainer);
double nn_trainer_measure_held_out (NnTrainer *trainer);

G_END_DECLS
