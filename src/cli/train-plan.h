/* train-plan.h: what each network is trained with: settings, names, weights to start from, files to write.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/train-options.h"
#include "engine/trainer.h"

G_BEGIN_DECLS

typedef struct
{
  NnSettings settings;
  gboolean of_set;    /* one of several seeds */
  guint threads;
  const char *preset; /* NULL where the settings are not what it says */
  NnSplit *split;
  GArray *order;      /* of NnExample; NULL: names are drawn */

  NnModel *initial;   /* NULL: weights are drawn */
  char *generator;    /* (nullable): the state of the draws, of a run that goes on */
  guint64 iterations_before; /* of that run */

  char *weights_path; /* NULL, like the next: nothing is kept */
  char *record_path;
} CliPlan;

void cli_plan_free (CliPlan *plan);

/* cli_plans_new:
 * Makes a plan for each seed of each network, without the paths: all networks with the first seed, then all with the
 * second.
 * @order: (nullable): array of NnExample
 * Returns: (transfer full): of CliPlan, which it frees.
 * Errors: weights to start from that do not fit; NN_ERROR_SETTINGS. */
GPtrArray *cli_plans_new (const CliTrainOptions *options, NnDataset *dataset, GArray *order, GError **error);

/* cli_plan_make_trainer: (transfer full). Errors: NN_ERROR_SETTINGS, NN_ERROR_WEIGHTS. */
NnTrainer *cli_plan_make_trainer (const CliPlan *plan, GError **error);

/* cli_plans_choose_paths:
 * Says where the weights and the record of each run go, makes the folder if need be, and checks that they can be
 * written. (train-paths.c)
 * Errors: CLI_ERROR_FAILED. */
gboolean cli_plans_choose_paths (GPtrArray *plans, const CliTrainOptions *options, GError **error);

G_END_DECLS
