/* window.h: the main window.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/application.h"
#include "run/session.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_WINDOW (scope_window_get_type ())
G_DECLARE_FINAL_TYPE (ScopeWindow, scope_window, SCOPE, WINDOW, GtkApplicationWindow)

ScopeWindow *scope_window_new (ScopeApplication *application);

/* scope_window_get_session: (transfer none) */
ScopeSession *scope_window_get_session (ScopeWindow *window);

/* scope_window_open_first_data: the folder of the last time, or our own names, unless a folder was opened already. */
void scope_window_open_first_data (ScopeWindow *window);

/* scope_window_open_file: a folder of names, or a file of weights. What is wrong with it is told in the window. */
void scope_window_open_file (ScopeWindow *window, GFile *file);

/* scope_window_tell:
 * Shows @message over the page until it is closed or replaced.
 * @action: (nullable): a window action that a button labelled @label activates */
void scope_window_tell (ScopeWindow *window, const char *message, const char *label, const char *action);

/* scope_window_confirm: the same for a message that tells of nothing wrong: it goes away by itself. */
void scope_window_confirm (ScopeWindow *window, const char *message);

G_END_DECLS
