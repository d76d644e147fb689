/* gates-figures.h: the figures of a network in the pane below the strips.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/figure-view.h"
#include "app/gates-pane.h"
#include "engine/decomposition.h"
#include "engine/gradient-x-input.h"
#include "engine/occlusion.h"
#include "engine/substitution.h"
#include "figure/attribution.h"
#include "figure/substitution.h"
#include "figure/unit-trace.h"

G_BEGIN_DECLS

/* A network's figure, and what was worked out for it. */
typedef struct
{
  GtkWidget *page;            /* the Gates page */
  ScopeGatesReading *reading; /* borrowed */
  ScopeFigureView *view;      /* its parent's */
  char *label;                /* owned (nullable): what the network is called while something is held */

  /* Which letters counted, of the snapshot and the name. */
  NnSnapshot *snapshot; /* owned (nullable) */
  char *ascii;
  NnOcclusion *occlusion;
  NnGradientXInput gradient;
  NnDecomposition *decomposition; /* the RNN's alone */
  double left_out[NN_MAX_LETTERS];
  double contributions[NN_MAX_LETTERS];
  const char *without[NN_MAX_LETTERS];

  NnSubstitution *map; /* owned (nullable): of the name that it says itself */
  NnSnapshot *map_snapshot; /* owned: that it is of */
} ScopeGatesFigures;

ScopeGatesFigures *scope_gates_figures_new (GtkWidget *page, ScopeGatesReading *reading);
void scope_gates_figures_free (ScopeGatesFigures *figures);

/* scope_gates_figures_funcs: what a view draws of @kind, with a ScopeGatesFigures as data; NULL where it is no figure. */
const ScopeFigureFuncs *scope_gates_figures_funcs (ScopePaneKind kind);

/* scope_gates_figures_take_map: a map that was worked out of @snapshot; it is copied. */
void scope_gates_figures_take_map (ScopeGatesFigures *figures, const NnSubstitution *map, NnSnapshot *snapshot);

G_END_DECLS
