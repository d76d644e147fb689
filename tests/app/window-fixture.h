/* window-fixture.h: the window with three small networks, for tests in its process.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window-private.h"

G_BEGIN_DECLS

/* Seconds that anything may take. */
#define WINDOW_LIMIT 60.0

typedef struct
{
  char *folder; /* emptied in the end */
  ScopeWindow *window;
  ScopeSession *session;
} WindowFixture;

/* window_fixture_init: before the first test. Returns: FALSE without a display, which it says as TAP. */
gboolean window_fixture_init (int *argc, char ***argv);
/* window_fixture_run: the tests. Returns: the exit status. */
int window_fixture_run (void);

/* A window that shows @page, with names of three invented languages and networks of 16 units. */
void window_fixture_set_up (WindowFixture *fixture, gconstpointer page);
void window_fixture_tear_down (WindowFixture *fixture, gconstpointer page);

char *window_fixture_path (WindowFixture *fixture, const char *name); /* (transfer full) */
void window_fixture_act (WindowFixture *fixture, const char *action, GVariant *parameter);
void window_fixture_set_state (WindowFixture *fixture, const char *action, GVariant *state);
void window_fixture_train (WindowFixture *fixture); /* until all are done */

/* window_fixture_wait_for_notice: until the window tells something with @words in it. */
void window_fixture_wait_for_notice (WindowFixture *fixture, const char *words);

/* window_fixture_export: a figure as a file. Returns: what it holds. (transfer full) */
char *window_fixture_export (WindowFixture *fixture, const char *id, const char *name);

/* window_fixture_run_line: runs a line of gatescope-cli in the folder "saved". Returns: what it wrote to @name.
 * (transfer full) */
char *window_fixture_run_line (WindowFixture *fixture, const char *line, const char *name);

/* window_fixture_read: a file's contents. (transfer full) */
char *window_fixture_read (const char *path);

G_END_DECLS
