/* session-fixture.c: a session with two small classes, for tests.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "support/folder.h"
#include "support/wait.h"

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_clear_error (&fixture->error);
  fixture->loaded = scope_session_load_finish (SCOPE_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->done;
}

void
fixture_load (Fixture *fixture, const char *folder)
{
  fixture->done = FALSE;
  scope_session_load_async (fixture->session, folder, NULL, on_loaded, fixture);
  wait_until (is_done, fixture, LIMIT);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  ScopeSettings settings;

  fixture->folder = g_dir_make_tmp ("session-XXXXXX", NULL);
  folder_write (fixture->folder, "Ala.txt", "Alana\nBala\nCalada\nDalama\nGarala\nHalata\n");
  folder_write (fixture->folder, "Obo.txt", "Obolo\nBobo\nColobo\nDombo\nGombo\nHobolo\n");
  fixture->session = scope_session_new ();
  settings = *scope_session_get_settings (fixture->session);
  settings.hidden = 16;
  settings.iterations = 3000;
  settings.learning_rate[NN_RNN] = 0.01;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_clear_error (&fixture->error);
}

ScopeRun *
fixture_run (Fixture *fixture, guint kind)
{
  return scope_network_get_run (scope_session_get_network (fixture->session, kind));
}

gboolean
fixture_is_over (gpointer data)
{
  Fixture *fixture = data;

  return !scope_session_is_active (fixture->session) && scope_session_is_started (fixture->session);
}

gboolean
fixture_is_paused (gpointer data)
{
  Fixture *fixture = data;

  return scope_session_is_active (fixture->session) && !scope_session_is_running (fixture->session);
}
