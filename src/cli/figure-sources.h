/* figure-sources.h: the runs and the weights that a figure is drawn from, in the order of the command line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/figure-confusion.h"
#include "engine/run-record.h"
#include "engine/weights.h"

G_BEGIN_DECLS

typedef struct
{
  const char *path;      /* as it was given; borrowed */
  NnKind kind;
  char *label;           /* what the figure calls it */
  NnRunRecord *record;   /* NULL of weights */
  NnModel *model;        /* NULL of a run */
  NnWeightsFacts *facts; /* NULL of a run */
  char *preset;          /* (nullable) */
} CliSource;

typedef struct
{
  const CliFigureOptions *options;
  GPtrArray *items;   /* of CliSource */
  NnDataset *dataset; /* NULL where it was not needed */
  char *description;  /* what the files say of them */
} CliSources;

/* cli_sources_load:
 * Reads all that --run and --weights name.
 * @sources: zeroed; borrows @options
 * @needs_data: the names are read along with weights
 * Errors: CLI_ERROR_USAGE for labels that are not one a file; files that can't be used. */
gboolean cli_sources_load (CliSources *sources, const CliFigureOptions *options, gboolean needs_data, GError **error);
void cli_sources_clear (CliSources *sources);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSources, cli_sources_clear)

/* cli_source_at: (transfer none) */
const CliSource *cli_source_at (const CliSources *sources, guint index);

/* cli_source_classes: NULL-terminated. (transfer none) */
char **cli_source_classes (const CliSource *source);

/* cli_sources_count:
 * The counts of source @index over the names that @choice says: those that its run measured, or, where it did not,
 * those of the weights, which for a run lie beside it.
 * Returns: (transfer full).
 * Errors: NN_ERROR, CLI_ERROR_FAILED where there is nothing to count. */
NnConfusion *cli_sources_count (CliSources *sources, guint index, const CliConfusionChoice *choice, GError **error);

G_END_DECLS
