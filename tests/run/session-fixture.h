/* session-fixture.h: a session with two small classes, for tests.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

G_BEGIN_DECLS

/* Seconds that a wait may take. */
#define LIMIT 60.0

typedef struct
{
  char *folder; /* of names */
  ScopeSession *session;
  gboolean loaded, done;
  GError *error;
} Fixture;

/* For g_test_add: the session has no data yet; 16 hidden units, 3,000 iterations, a learning rate that lets no RNN
 * diverge. */
void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);

/* fixture_load: reads @folder and waits until that has succeeded or failed, which the fixture then says. */
void fixture_load (Fixture *fixture, const char *folder);

/* fixture_run: the run that a kind has now. */
ScopeRun *fixture_run (Fixture *fixture, guint kind);

/* For wait_until: nothing is active any more; all that is active is paused. @data: the fixture. */
gboolean fixture_is_over (gpointer data);
gboolean fixture_is_paused (gpointer data);

G_END_DECLS
