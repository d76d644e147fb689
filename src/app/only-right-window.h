/* only-right-window.h: the list of the names that one network alone gets right.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/only-right.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_ONLY_RIGHT_WINDOW (scope_only_right_window_get_type ())
G_DECLARE_FINAL_TYPE (ScopeOnlyRightWindow, scope_only_right_window, SCOPE, ONLY_RIGHT_WINDOW, GtkWindow)

/* scope_only_right_window_open:
 * Opens it over @parent, whose actions "name" and "page" show a name that is chosen in it. One that is open for the
 * same network is replaced. What it lists is copied.
 * @network: one of @right's */
void scope_only_right_window_open (GtkWindow *parent, const FigOnlyRight *right, guint network);

/* What it lists, for tests: as text, and the model with its order. */
const char *scope_only_right_window_get_text (ScopeOnlyRightWindow *window); /* (transfer none) */
GListModel *scope_only_right_window_get_model (ScopeOnlyRightWindow *window); /* (transfer none) */

/* A line of the list. */
#define SCOPE_TYPE_LISTED_NAME (scope_listed_name_get_type ())
G_DECLARE_FINAL_TYPE (ScopeListedName, scope_listed_name, SCOPE, LISTED_NAME, GObject)

/* scope_listed_name_get: what stands in a column: the name, its language, then a guess each other network.
 * (transfer none) */
const char *scope_listed_name_get (ScopeListedName *name, guint column);

G_END_DECLS
