/* window-fixture.h: a window with three small networks, out of which figures go.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window-private.h"

G_BEGIN_DECLS

#define LIMIT 60.0 /* seconds */

typedef struct
{
  char *folder; /* of the test's own */
  ScopeWindow *window;
  ScopeSession *session;
} Fixture;

/* fixture_main: what main does: @add adds the tests, with FIXTURE_ADD. */
int fixture_main (int argc, char **argv, void (*add) (void));

/* The window shows Compare, or with the second one @page. */
#define FIXTURE_ADD(name, function) FIXTURE_ADD_ON ("compare", name, function)
#define FIXTURE_ADD_ON(page, name, function) \
  g_test_add ("/app/" name, Fixture, page, fixture_set_up, function, fixture_tear_down)

void fixture_set_up (Fixture *fixture, gconstpointer page);
void fixture_tear_down (Fixture *fixture, gconstpointer page);

/* fixture_path: of a file in its folder. (transfer full) */
char *fixture_path (Fixture *fixture, const char *name);

/* fixture_act: activates one of the window's actions. */
void fixture_act (Fixture *fixture, const char *action, GVariant *parameter);

/* fixture_set_state: changes the state of one of them. */
void fixture_set_state (Fixture *fixture, const char *action, GVariant *state);

/* fixture_train: until all is over. */
void fixture_train (Fixture *fixture);
gboolean fixture_is_over (gpointer fixture); /* a WaitCondition */

/* fixture_save: the weights and the runs, into the folder "saved". */
void fixture_save (Fixture *fixture);

/* fixture_wait_for_notice: until the window tells something with @words in it. */
void fixture_wait_for_notice (Fixture *fixture, const char *words);

/* fixture_export: a figure into a file, which is told. */
void fixture_export (Fixture *fixture, const char *id, const char *path);

/* fixture_run_line: runs a line of gatescope-cli in the folder "saved", where it finds the names too; into @out. */
void fixture_run_line (Fixture *fixture, const char *line, const char *out);

/* fixture_read: a whole file. (transfer full) */
char *fixture_read (const char *path, gsize *length);

G_END_DECLS
