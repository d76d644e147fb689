/* preset.h: the settings of a training run, and the sets of them that have a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kind.h"
#include "engine/optimizer.h"

G_BEGIN_DECLS

typedef struct
{
  NnKind kind;
  guint hidden;         /* 8 to 1,024 */
  guint64 iterations;   /* updates, 1 to 10^9 */
  double learning_rate; /* above 0, at most 100 */
  guint32 seed;
  double hold_out;      /* share of the different strings, 0 to 0.9 */
  guint batch;          /* names an update, 1 to 1,024 */
  NnOptimizerKind optimizer;
  double clip;          /* largest norm of a gradient, up to 10^5; 0 for no limit */
  double decay;         /* share of the learning rate that is gone after the last update, 0 to 0.99 */
  double weight_decay;  /* 0 to 1; see nn_optimizer_step */
  double dropout;       /* share of the hidden units that is left out while training, 0 to 0.9 */
  double letter_dropout; /* share of the letters that is left out while training, 0 to 0.9 */
  double averaging;     /* share of the old in the running mean of the weights, 0 (none) to 0.99999 */
} NnSettings;

#define NN_MAX_ITERATIONS G_GUINT64_CONSTANT (1000000000)
#define NN_MAX_LEARNING_RATE 100.0
#define NN_MAX_HOLD_OUT 0.9
#define NN_MAX_BATCH 1024
#define NN_MAX_CLIP 1e5
#define NN_MAX_DECAY 0.99
#define NN_MAX_WEIGHT_DECAY 1.0
#define NN_MAX_DROPOUT 0.9
#define NN_MAX_AVERAGING 0.99999

/* nn_settings_preset:
 * The settings of @kind under preset @id: "report" (100,000 iterations, batch 1, SGD, learning rate 0.005 for the RNN
 * and 0.1 for the LSTMs, all rows), "default" (the same, with 10 % of the strings held out) or "careful" (the same
 * strings held out, and made for the accuracy on them: Adam on batches, dropout, weight decay, a falling rate, averaged
 * weights).
 * Returns: FALSE where there is no such preset. */
gboolean nn_settings_preset (const char *id, NnKind kind, NnSettings *settings);

/* nn_settings_check: whether every setting is in its range. Errors: NN_ERROR_SETTINGS naming the setting. */
gboolean nn_settings_check (const NnSettings *settings, GError **error);

/* nn_settings_equal: whether all of them are the same. */
gboolean nn_settings_equal (const NnSettings *a, const NnSettings *b);

/* nn_settings_are_plain: whether they say one name at a time by gradient descent and nothing more, as the report does.
 * Such a run alone goes on after a stop as if there had been none. */
gboolean nn_settings_are_plain (const NnSettings *settings);

/* nn_settings_rate_at: the learning rate of the update after @done ones: it falls in a straight line, and stays at its
 * last value where a run is longer than the settings' iterations. */
double nn_settings_rate_at (const NnSettings *settings, guint64 done);

G_END_DECLS
