/* export-figure-private.h: what the files that make a figure to be exported share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/export-figure.h"
#include "app/export-gates.h"
#include "figure/figure.h"

G_BEGIN_DECLS

struct _ScopeExportFigure
{
  gatomicrefcount references;
  char *id;

  /* The numbers, and what keeps them. */
  GPtrArray *histories;
  GPtrArray *counts;
  GPtrArray *strings;
  char **classes;
  FigSeries *series;
  FigMatrix *matrices;
  FigCompare compare; /* of which loss, accuracy and confusion are parts */
  ScopeGatesExport *gates; /* (nullable) */
  guint *order;  /* of the matrices' classes */
  guint pair[2]; /* of their difference: which of the sources, from 1 */
  NnOrder ordering;

  /* Of its file. */
  char *description;
  GPtrArray *sources; /* of char *: the options that name what it was drawn from; NULL where no line makes it again */

  /* As it was prepared. */
  FigTheme theme;
  FigPage page;
  char *title;
  char *command;
};

/* scope_export_keep_label: a network's usual name is left to the figure, which says it in its own language.
 * (transfer none) (nullable) */
const char *scope_export_keep_label (ScopeExportFigure *figure, const char *label, NnKind kind);

/* scope_export_forget_sources: there is no line that makes it again. */
void scope_export_forget_sources (ScopeExportFigure *figure);

/* scope_export_add_source:
 * The option with which gatescope-cli reads what is saved of a network.
 * @run: (nullable): of the network as it was trained here
 * @path: (nullable): of a network that was opened
 * @weights: its weights are wanted, else the record of its run */
void scope_export_add_source (ScopeExportFigure *figure, ScopeSession *session, ScopeRun *run, const char *path,
                              gboolean weights);

/* scope_export_init_origin: what weights say of themselves. @run, @preset: (nullable) */
void scope_export_init_origin (FigOrigin *origin, NnKind kind, ScopeRun *run, const NnSnapshot *snapshot,
                               const char *preset);

/* scope_export_take_comparison: curves and matrices, as far as the figure has them. (export-comparison.c) */
void scope_export_take_comparison (ScopeExportFigure *figure, ScopeSession *session, ScopeConfusionSource *matrices);

/* scope_export_is: whether the figure is @id. */
gboolean scope_export_is (const ScopeExportFigure *figure, const char *id);
gboolean scope_export_is_of_gates (const ScopeExportFigure *figure);

/* scope_export_command_line: the line that makes it again, with that height in millimetres. (export-line.c)
 * (transfer full) (nullable) */
char *scope_export_command_line (const ScopeExportFigure *figure, const ScopeExportSettings *settings, double height);

/* scope_export_append_word: a word as a shell reads it, behind a blank. */
void scope_export_append_word (GString *line, const char *word);

G_END_DECLS
