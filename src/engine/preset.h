/* preset.h: the settings of a training run, and the two sets of them that have a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kind.h"

G_BEGIN_DECLS

typedef struct
{
  NnKind kind;
  guint hidden;         /* 8 to 1,024 */
  guint64 iterations;   /* 1 to 10^9 */
  double learning_rate; /* above 0, at most 100 */
  guint32 seed;
  double hold_out;      /* share of the different strings, 0 to 0.9 */
} NnSettings;

#define NN_MAX_ITERATIONS G_GUINT64_CONSTANT (1000000000)
#define NN_MAX_LEARNING_RATE 100.0
#define NN_MAX_HOLD_OUT 0.9

/* nn_settings_preset:
 * The settings of @kind under preset @id: "report" (100,000 iterations, batch 1, SGD, learning rate 0.005 for the RNN and
 * 0.1 for the LSTMs, all rows) or "default" (the same, with 10 % of the strings held out).
 * Returns: FALSE where there is no such preset. */
gboolean nn_settings_preset (const char *id, NnKind kind, NnSettings *settings);

/* nn_settings_check: whether every setting is in its range. Errors: NN_ERROR_SETTINGS naming the setting. */
gboolean nn_settings_check (const NnSettings *settings, GError **error);

G_END_DECLS
