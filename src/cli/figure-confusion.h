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
  guint draws;
  gboolean has_seed; /* of the draws and of what is held out; else each run's own, as is the next */
  guint32 seed;
  gboolean has_hold_out;
  double hold_out;
} CliConfusionChoice;

/* cli_confusion_choice_init:
 * Reads them, with --held-out.
 * Errors: CLI_ERROR_USAGE. */
gboolean cli_confusion_choice_init (CliConfusionChoice *choice, const CliFigureOptions *options, GError **error);

/* cli_figure_confusion_none_of: whether none of them was given, for figures that have no matrices. Errors:
 * CLI_ERROR_USAGE. */
gboolean cli_figure_confusion_none_of (const CliFigureOptions *options, const char *figure, GError **error);

/* The figure, and what it keeps for itself. */
typedef struct
{
  FigMatrix *pair; /* of a difference */
  guint *order;
  FigConfusion figure;
} CliConfusion;

/* cli_confusion_init:
 * Orders the matrices, and takes the difference if one is wanted; without a title.
 * @matrices: [n], all of the classes @classes; borrowed, as those are
 * Errors: CLI_ERROR_USAGE for networks of a difference that aren't there. */
gboolean cli_confusion_init (CliConfusion *confusion,
                             const CliConfusionChoice *choice,
                             const FigMatrix *matrices,
                             guint n,
                             const char *const *classes,
                             GError **error);
void cli_confusion_clear (CliConfusion *confusion);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliConfusion, cli_confusion_clear)

/* cli_figure_confusion_save:
 * Writes the figure of these matrices; see cli_confusion_init.
 * Errors: those of cli_confusion_init, FIG_ERROR. */
gboolean cli_figure_confusion_save (const CliFigureOptions *options,
                                    const CliConfusionChoice *choice,
                                    const FigMatrix *matrices,
                                    guint n,
                                    const char *const *classes,
                                    const char *description,
                                    GError **error);

G_END_DECLS
