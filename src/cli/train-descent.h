/* train-descent.h: how "train" was asked to make a step: batch, optimizer and what goes with them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/preset.h"

G_BEGIN_DECLS

/* The options with a number that need not be whole. */
typedef enum
{
  CLI_DESCENT_CLIP,
  CLI_DESCENT_DECAY,
  CLI_DESCENT_WEIGHT_DECAY,
  CLI_DESCENT_DROPOUT,
  CLI_DESCENT_LETTER_DROPOUT,
  CLI_DESCENT_AVERAGING,
  CLI_N_DESCENT_REALS
} CliDescentReal;

/* The options as they were given, NULL where they were not, and below what they say. */
typedef struct
{
  char *batch_text;
  char *optimizer_text;
  char *real_texts[CLI_N_DESCENT_REALS];

  guint64 batch;
  NnOptimizerKind optimizer;
  double reals[CLI_N_DESCENT_REALS];
} CliDescentOptions;

/* cli_descent_options_read: checks what was given. Errors: CLI_ERROR_USAGE. */
gboolean cli_descent_options_read (CliDescentOptions *options, GError **error);

/* cli_descent_options_apply: what was given takes the place of what @settings say. */
void cli_descent_options_apply (const CliDescentOptions *options, NnSettings *settings);

void cli_descent_options_clear (CliDescentOptions *options);

G_END_DECLS
