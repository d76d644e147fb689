/* gates-fixture.c: the Gates page alone, on three small networks that were trained.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gates-fixture.h"

#include "support/folder.h"
#include "support/wait.h"

char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  scope_session_load_finish (SCOPE_SESSION (source), result, &error);
  g_assert_no_error (error);
  ((Fixture *) data)->loaded = TRUE;
}

gboolean
is_loaded (gpointer data)
{
  return ((Fixture *) data)->loaded;
}

gboolean
is_over (gpointer data)
{
  Fixture *fixture = data;

  return !scope_session_is_running (fixture->session);
}

static void
load (Fixture *fixture)
{
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  g_autofree char *data = path_of (fixture, "data");

  folder_write_three_classes (data);
  settings.hidden = 16;
  settings.iterations = 3000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_session_load_async (fixture->session, data, NULL, on_loaded, fixture);
  wait_until (is_loaded, fixture, LIMIT);
}

void
gates_fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("gates-page-XXXXXX", NULL);
  fixture->session = scope_session_new ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = SCOPE_GATES_PAGE (scope_gates_page_new (fixture->session));
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (fixture->window, 1000, 700);
  gtk_window_present (fixture->window);
  load (fixture);
  scope_session_train (fixture->session);
  wait_until (is_over, fixture, LIMIT);
  scope_gates_page_set_name (fixture->page, "Calada");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->page));
}

void
gates_fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->session);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

ScopeGatesReading *
reading_of (Fixture *fixture, guint index)
{
  ScopeGatesReading *reading
    = ((ScopeGatesStrips *) g_ptr_array_index (fixture->page->strips, index))->reading;

  scope_gates_reading_update (reading);
  return reading;
}

const NnModel *
model_of (Fixture *fixture, guint index)
{
  return scope_network_get_snapshot (scope_session_get_network (fixture->session, index))->model;
}

int
gates_fixture_main (int argc, char **argv, void (*add) (void))
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  add ();
  return g_test_run ();
}
