/* confusion-figure.h: the matrices that the Compare page draws, taken from a session.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/figure-view.h"
#include "engine/cluster.h"
#include "figure/figure.h"
#include "run/counts.h"

G_BEGIN_DECLS

/* A cell was chosen. @hit: (transfer none); its matrix is one of the figure's, or the difference */
typedef void (*ScopeCellActivated) (const FigConfusionHit *hit, gpointer data);

/* What is drawn, and how: the data of a view that shows scope_confusion_funcs. */
typedef struct
{
  ScopeSession *session; /* borrowed */
  ScopeCounts *counts;   /* borrowed */
  FigCells cells;
  NnOrder order;
  gboolean scores;
  gboolean large;   /* every cell has room for its numbers, for which matrices may stand below each other */
  char *difference; /* owned: two ids with a "-" between them, or "" for none */

  ScopeCellActivated activated;
  gpointer data;

  /* The order that was worked out last, of what, and when: while training runs it stays for a while. */
  guint *classes;
  guint n_classes;
  guint ordered_of;
  gint64 ordered_at;
} ScopeConfusionSource;

void scope_confusion_source_clear (ScopeConfusionSource *source);

/* The numbers of the figure at this moment. Borrowed from the session and the source, and valid until they change. */
typedef struct
{
  ScopeResult **results; /* of each matrix; borrowed */
  FigMatrix *matrices;
  guint *order;
  FigConfusion figure;
} ScopeConfusionFigure;

void scope_confusion_figure_init (ScopeConfusionFigure *figure, ScopeConfusionSource *source);
void scope_confusion_figure_clear (ScopeConfusionFigure *figure);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScopeConfusionFigure, scope_confusion_figure_clear)

/* scope_confusion_result_id: what names a result in actions: its kind, or its title for one that isn't trained now.
 * (transfer none) */
const char *scope_confusion_result_id (ScopeResult *result);

/* scope_confusion_find_pair: the two results that a difference names, of those shown. FALSE where they aren't. */
gboolean scope_confusion_find_pair (GPtrArray *shown, const char *difference, guint pair[2]);

/* scope_confusion_is_large: whether the source's cells are as large as their numbers need: where that was chosen, and
 * with counts, which are worth nothing where they have no room. */
gboolean scope_confusion_is_large (const ScopeConfusionSource *source);

/* What a view of matrices shows, with a ScopeConfusionSource as data. */
extern const ScopeFigureFuncs scope_confusion_funcs;

G_END_DECLS
