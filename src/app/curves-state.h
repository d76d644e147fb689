/* curves-state.h: how a session's curves are shown: the same wherever they are drawn, on the page and in files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/curves.h"
#include "run/session.h"

G_BEGIN_DECLS

#define SCOPE_MOST_SMOOTHING 0.99

typedef struct
{
  double smoothing; /* 0 to SCOPE_MOST_SMOOTHING */
  gboolean log_loss;
  gboolean report_values;
  gboolean seed_bands;
  FigLimits iterations; /* of both figures */
  FigLimits values[2];  /* by FigMeasure */
  double crosshair;     /* the iteration that is read in both figures, 0 for none */
} ScopeCurvesState;

/* scope_curves_state: that of @session, made when it is first asked for. (transfer none) */
ScopeCurvesState *scope_curves_state (ScopeSession *session);

/* scope_curves_set_log_loss: also shows all losses again, as the ends of one kind of axis are none of the other's. */
void scope_curves_set_log_loss (ScopeSession *session, gboolean log_loss);

/* Whether the line of @result is switched off in the legend. What the table and the matrices have isn't changed by it,
 * nor what is trained. */
gboolean scope_curves_get_hidden (ScopeResult *result);
void scope_curves_set_hidden (ScopeResult *result, gboolean hidden);

G_END_DECLS
