/* train-options.h: what "train" was asked for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/train-descent.h"

G_BEGIN_DECLS

/* The options as they were given, NULL where they were not, and below what they say. */
typedef struct
{
  char *model;
  char *data;
  char *preset;
  char *iterations_text;
  char *learning_rate_text;
  char *hidden_text;
  char *seed_text;
  char *n_seeds_text;
  char *threads_text;
  char *hold_out_text;
  CliDescentOptions descent;
  char *init;
  char *order;
  char *out;
  gboolean json;
  gboolean quiet;

  gboolean all; /* --model all */
  NnKind kinds[NN_N_KINDS];
  guint n_kinds;
  guint64 iterations;
  double learning_rate;
  guint64 hidden;
  guint64 seed;    /* the first of the seeds */
  guint64 n_seeds; /* how many each network is trained with */
  guint64 threads; /* that train one network */
  double hold_out;
} CliTrainOptions;

/* The most that --seeds takes. */
#define CLI_MOST_SEEDS 100

/* cli_train_options_parse:
 * Reads the arguments of "train".
 * @helped: (out): the help was asked for and printed, nothing else is to be done
 * Errors: CLI_ERROR_USAGE. */
gboolean cli_train_options_parse (CliTrainOptions *options, char **arguments, gboolean *helped, GError **error);
void cli_train_options_clear (CliTrainOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTrainOptions, cli_train_options_clear)

G_END_DECLS
