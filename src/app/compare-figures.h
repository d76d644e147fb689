/* compare-figures.h: what the Compare page draws, taken from a session.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/curves-figure.h"
#include "app/figure-view.h"
#include "figure/figure.h"
#include "run/session.h"

G_BEGIN_DECLS

/* The numbers of the figures at this moment. They are borrowed from the session and valid until it changes. */
typedef struct
{
  ScopeCurvesFigures curves;
  const FigConfusion *confusion; /* of a sheet that has them; borrowed */
} ScopeCompareFigures;

void scope_compare_figures_init (ScopeCompareFigures *figures, ScopeSession *session);
void scope_compare_figures_clear (ScopeCompareFigures *figures);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScopeCompareFigures, scope_compare_figures_clear)


/* scope_compare_figures_export: both curves and the matrices of @confusion on one sheet. Errors: those of fig_export. */
gboolean scope_compare_figures_export (ScopeSession *session, const FigConfusion *confusion, const char *path,
                                       GError **error);

/* scope_export_description: data, preset and seed of the session's runs, for the metadata of a file. (transfer full) */
char *scope_export_description (ScopeSession *session);

G_END_DECLS
