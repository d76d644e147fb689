/* export-figure-private.h: what the files that make a figure to be exported share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/export-figure.h"
#include "app/export-gates.h"
#include "figure/figure.h"

G_BEGIN_DECLS

/* A file that gatescope-cli reads to make the figure again. */
typedef struct
{
  char *file;       /* its name */
  gboolean weights; /* weights, else the record of a run */
  gboolean hidden;  /* on the sheet of all: its curves are not drawn */
  NnKind kind;
  const char *label; /* (nullable): the kind's name; kept by the figure */
} ScopeExportSource;

/* Why no line of gatescope-cli makes the figure again. */
typedef enum
{
  SCOPE_EXPORT_HAS_LINE,
  SCOPE_EXPORT_EMPTY,     /* there is no network in it */
  SCOPE_EXPORT_UNTRAINED, /* a network is not trained, so that it is not saved */
  SCOPE_EXPORT_RUNNING,   /* a network trains on */
  SCOPE_EXPORT_UNCOUNTED, /* a matrix is yet to be counted */
  SCOPE_EXPORT_EARLIER,   /* it shows an earlier moment of the training, of which no weights are saved */
  SCOPE_EXPORT_MEASURED,  /* it holds what was measured with other weights, or what only the window measures */
  SCOPE_EXPORT_MIXED,     /* its networks are of different names, or counted over names drawn in different ways */
} ScopeExportObstacle;

/* Which names a matrix that no run measured is counted over, where the line must say so. */
typedef struct
{
  gboolean needed;    /* by some matrix */
  gboolean has_split; /* the line says the split, because a network was opened from a file */
  gboolean varies;    /* the splits of runs differ */
  double hold_out;
  guint32 seed;
  guint draws;
} ScopeExportCounting;

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
  GPtrArray *sources; /* of ScopeExportSource, what it was drawn from */
  ScopeExportObstacle obstacle;
  gboolean unsaved;   /* some of the sources are not saved as they are now */
  char *data;         /* the folder of names that the line needs; NULL for the program's own */
  ScopeExportCounting counting;

  /* As it was prepared. */
  FigTheme theme;
  FigPage page;
  char *title;
  char *command;
};

/* scope_export_keep_label: a network's usual name is left to the figure, which says it in its own language.
 * (transfer none) (nullable) */
const char *scope_export_keep_label (ScopeExportFigure *figure, const char *label, NnKind kind);

/* ---- export-sources.c ---- */

/* scope_export_refuse_line: no line makes it again; the first reason is kept. */
void scope_export_refuse_line (ScopeExportFigure *figure, ScopeExportObstacle obstacle);

/* scope_export_add_source:
 * What gatescope-cli reads for a network.
 * @run: (nullable): as it was trained here
 * @network: (nullable): that was opened, where there is no run
 * @label: (nullable): kept by the figure
 * @weights: its weights are wanted, else the record of its run */
void scope_export_add_source (ScopeExportFigure *figure, ScopeSession *session, ScopeRun *run, ScopeNetwork *network,
                              NnKind kind, const char *label, gboolean weights);
void scope_export_source_free (gpointer source);

/* scope_export_count_matrix: what the line must say so that the matrix of @result is counted again as it was. */
void scope_export_count_matrix (ScopeExportFigure *figure, ScopeConfusionSource *source, ScopeResult *result,
                                const NnConfusion *confusion);

/* scope_export_take_data: the folder of names that the line needs, if it needs one. */
void scope_export_take_data (ScopeExportFigure *figure, ScopeSession *session);

/* scope_export_add_obstacle: says in the description why there is no line, if there is none. */
void scope_export_add_obstacle (ScopeExportFigure *figure);

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
