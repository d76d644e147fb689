/* runs-cells.h: the columns of the list of runs, and what stands in them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The cells that are on the screen, to bring up to date while training runs. */
typedef struct _ScopeRunsCells ScopeRunsCells;

/* scope_runs_cells_new: adds all columns to @view. (transfer full) */
ScopeRunsCells *scope_runs_cells_new (GtkColumnView *view, ScopeSession *session);

/* scope_runs_cells_free: before @view and @session go. */
void scope_runs_cells_free (ScopeRunsCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeRunsCells, scope_runs_cells_free)

/* scope_runs_cells_update: shows the numbers of the moment. */
void scope_runs_cells_update (ScopeRunsCells *cells);

/* scope_runs_cells_find_result: whose cell @widget is or lies in; NULL for none. (transfer none) */
ScopeResult *scope_runs_cells_find_result (ScopeRunsCells *cells, GtkWidget *widget);

/* scope_runs_cells_find_title: the cell with the title of @result, a ScopeRunsTitle, or NULL where it is not on the
 * screen. (transfer none) */
GtkWidget *scope_runs_cells_find_title (ScopeRunsCells *cells, ScopeResult *result);

G_END_DECLS
