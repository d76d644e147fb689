/* figure-confusion.h: how the matrices of "figure confusion" are shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/figure-page.h"
#include "engine/cluster.h"

G_BEGIN_DECLS

/* What the options of the matrices say. */
typedef struct
{
  FigCells cells;
  NnOrder order;
  gboolean scores;
  const char *difference; /* (nullable): "A,B" as it was given; borrowed */
  NnCounted counted;
  gboolean counted_given;
} CliConfusionChoice;

/* cli_confusion_choice_init:
 * Reads them, with --held-out.
 * Errors: CLI_ERROR_USAGE. */
gboolean cli_confusion_choice_init (CliConfusionChoice *choice, const CliFigureOptions *options, GError **error);

/* cli_figure_confusion_none_of: whether none of them was given, for figures that have no matrices. Errors:
 * CLI_ERROR_USAGE. */
gboolean cli_figure_confusion_none_of (const CliFigureOptions *options, const char *figure, GError **error);

/* cli_figure_confusion_save:
 * Orders the matrices, takes the difference if one is wanted, and writes the figure.
 * @matrices: [n], all of the classes @classes
 * Errors: CLI_ERROR_USAGE for networks of a difference that aren't there, FIG_ERROR. */
gboolean cli_figure_confusion_save (const CliFigureOptions *options,
                                    const CliConfusionChoice *choice,
                                    const FigMatrix *matrices,
                                    guint n,
                                    const char *const *classes,
                                    const char *description,
                                    GError **error);

G_END_DECLS
