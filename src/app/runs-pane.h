/* runs-pane.h: the list of the networks' runs, those of now and those from before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_RUNS_PANE (scope_runs_pane_get_type ())
G_DECLARE_FINAL_TYPE (ScopeRunsPane, scope_runs_pane, SCOPE, RUNS_PANE, GtkWidget)

/* Its commands are the window's: win.runs, win.delete-runs, win.undo-delete, win.hide-runs, and for its menu
 * win.show-run, win.edit-run and win.delete-run. */
GtkWidget *scope_runs_pane_new (ScopeSession *session);

/* scope_runs_pane_edit: lets a person type another title of @result. */
void scope_runs_pane_edit (ScopeRunsPane *pane, ScopeResult *result);

G_END_DECLS
