/* curves-figure.h: the curves of a session's results, and what a person does with them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/curves-state.h"
#include "app/figure-view.h"
#include "figure/figure.h"

G_BEGIN_DECLS

/* The curves at this moment. The numbers are borrowed from the session and valid until it changes. */
typedef struct
{
  GPtrArray *results; /* of ScopeResult: that of each series */
  FigSeries *series;
  FigCurves curves[2]; /* by FigMeasure */
} ScopeCurvesFigures;

void scope_curves_figures_init (ScopeCurvesFigures *figures, ScopeSession *session);
void scope_curves_figures_clear (ScopeCurvesFigures *figures);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScopeCurvesFigures, scope_curves_figures_clear)

/* scope_curves_figures_toggle: switches the line of series @index on or off, with all its seeds where it is a band. */
void scope_curves_figures_toggle (ScopeCurvesFigures *figures, guint index);

/* What of the figures must be drawn again. */
typedef enum
{
  SCOPE_CURVES_OVERLAY,
  SCOPE_CURVES_ALL,
} ScopeCurvesChange;

/* The data of a view that shows curves. */
typedef struct
{
  ScopeSession *session;
  FigMeasure measure;
  void (*changed) (ScopeCurvesChange change, gpointer data); /* (nullable): the state was changed by a person */
  gpointer data;
} ScopeCurvesView;

/* What such a view shows, with ScopeCurvesView as data. */
extern const ScopeFigureFuncs scope_curves_funcs;

/* scope_curves_zoom:
 * Shows the part of the axis that all curves share, or of this figure's other one, from position @from to @to; see
 * fig_curves_zoom_x. Returns: FALSE where that changes nothing. */
gboolean scope_curves_zoom (const ScopeCurvesView *view, gboolean vertical, double from, double to);

/* scope_curves_fit: shows everything in both figures. */
void scope_curves_fit (const ScopeCurvesView *view);

G_END_DECLS
