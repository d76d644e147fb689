/* gates-fixture.h: the Gates page alone, on three small networks that were trained.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/gates-page-private.h"
#include "app/gates-pane-private.h"

G_BEGIN_DECLS

#define LIMIT 60.0 /* seconds */

typedef struct
{
  char *folder;
  ScopeSession *session;
  GtkWindow *window;
  ScopeGatesPage *page;
  gboolean loaded;
} Fixture;

/* gates_fixture_main: what main does: @add adds the tests, with GATES_ADD. */
int gates_fixture_main (int argc, char **argv, void (*add) (void));

#define GATES_ADD(name, function) \
  g_test_add ("/app/" name, Fixture, NULL, gates_fixture_set_up, function, gates_fixture_tear_down)

void gates_fixture_set_up (Fixture *fixture, gconstpointer data);
void gates_fixture_tear_down (Fixture *fixture, gconstpointer data);

/* path_of: of a file in its folder. (transfer full) */
char *path_of (Fixture *fixture, const char *name);

/* is_loaded, is_over: the names are there; no network trains. WaitConditions */
gboolean is_loaded (gpointer fixture);
gboolean is_over (gpointer fixture);

/* reading_of: the network's reading as it is drawn now. (transfer none) */
ScopeGatesReading *reading_of (Fixture *fixture, guint index);
const NnModel *model_of (Fixture *fixture, guint index);

G_END_DECLS
