/* runs-title.h: a run's title in the list, which can be typed over.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/result.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_RUNS_TITLE (scope_runs_title_get_type ())
G_DECLARE_FINAL_TYPE (ScopeRunsTitle, scope_runs_title, SCOPE, RUNS_TITLE, GtkWidget)

GtkWidget *scope_runs_title_new (void);

/* scope_runs_title_set_result: whose title it shows, or NULL. What is being typed is lost.
 * @note: (nullable): a remark behind the title */
void scope_runs_title_set_result (ScopeRunsTitle *title, ScopeResult *result, const char *note);

/* scope_runs_title_edit: lets a person type another title; only an earlier run has one of its own. Enter takes it over,
 * Escape leaves it as it was. */
void scope_runs_title_edit (ScopeRunsTitle *title);

G_END_DECLS
