/* window-fixture.c: a window with three small networks, out of which figures go.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

#include "support/folder.h"
#include "support/wait.h"

#include <libintl.h>
#include <string.h>
#include <unistd.h>

static ScopeApplication *the_application;

char *
fixture_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static gboolean
has_loaded (gpointer data)
{
  ScopeWindow *window = ((Fixture *) data)->window;

  return window->loading == NULL && scope_session_get_dataset (window->session) != NULL;
}

gboolean
fixture_is_over (gpointer data)
{
  return !scope_session_is_running (((Fixture *) data)->session);
}

void
fixture_act (Fixture *fixture, const char *action, GVariant *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, parameter);
}

void
fixture_set_state (Fixture *fixture, const char *action, GVariant *state)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window), action, state);
}

void
fixture_train (Fixture *fixture)
{
  fixture_act (fixture, "train", NULL);
  wait_until (fixture_is_over, fixture, LIMIT);
}

/* Runs that an earlier window kept. */
static void
forget_runs (void)
{
  g_autofree char *runs = g_build_filename (g_get_user_data_dir (), "gatescope", "runs", NULL);

  folder_remove (runs);
}

void
fixture_set_up (Fixture *fixture, gconstpointer page)
{
  g_autofree char *names = NULL;
  ScopeSettings settings;

  fixture->folder = g_dir_make_tmp ("export-XXXXXX", NULL);
  names = fixture_path (fixture, "names");
  folder_write_three_classes (names);
  forget_runs ();
  fixture->window = scope_window_new (the_application);
  fixture->session = fixture->window->session;
  scope_window_open_data (fixture->window, names);
  wait_until (has_loaded, fixture, LIMIT);
  settings = *scope_session_get_settings (fixture->session);
  settings.hidden = 16;
  settings.iterations = 3000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_window_set_name (fixture->window, "Alata");
  gtk_stack_set_visible_child_name (fixture->window->stack, page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

void
fixture_tear_down (Fixture *fixture, gconstpointer page)
{
  static const char *const keys[] = { "export-format", "export-width",      "export-height", "export-font-size",
                                      "export-dpi",    "export-dark",       "export-title",  "export-language",
                                      "export-transparent" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->window->settings, keys[i]);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

static const char *
notice (Fixture *fixture)
{
  return gtk_label_get_text (fixture->window->notice_label);
}

/* Until the window tells something with @words in it. */
typedef struct
{
  Fixture *fixture;
  const char *words;
} Told;

static gboolean
has_told (gpointer data)
{
  Told *told = data;

  return strstr (notice (told->fixture), told->words) != NULL;
}

void
fixture_wait_for_notice (Fixture *fixture, const char *words)
{
  Told told = { fixture, words };

  wait_until (has_told, &told, LIMIT);
}

void
fixture_export (Fixture *fixture, const char *id, const char *path)
{
  g_autofree char *told = g_strdup_printf ("Exported the figure to %s.", path);

  fixture_act (fixture, "export-figure", g_variant_new ("(ss)", id, path));
  fixture_wait_for_notice (fixture, told);
}

/* The line names folders without where they lie, so that the names must lie where it is run. */
static void
link_names (Fixture *fixture)
{
  g_autofree char *names = fixture_path (fixture, "names"), *there = fixture_path (fixture, "saved/names");

  if (!g_file_test (there, G_FILE_TEST_EXISTS))
    g_assert_cmpint (symlink (names, there), ==, 0);
}

void
fixture_run_line (Fixture *fixture, const char *line, const char *out)
{
  g_autofree char *program = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "src", "cli", "gatescope-cli", NULL);
  g_autofree char *saved = fixture_path (fixture, "saved");
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status;

  link_names (fixture);
  g_assert_true (g_shell_parse_argv (line, NULL, &arguments, &error));
  g_assert_cmpstr (arguments[0], ==, "gatescope-cli");
  g_ptr_array_add (all, program);
  g_ptr_array_add (all, arguments[1]);
  g_ptr_array_add (all, (gpointer) "--out");
  g_ptr_array_add (all, (gpointer) out);
  for (guint i = 2; arguments[i] != NULL; i++)
    g_ptr_array_add (all, arguments[i]);
  g_ptr_array_add (all, NULL);
  g_spawn_sync (saved, (char **) all->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

void
fixture_save (Fixture *fixture)
{
  g_autofree char *saved = fixture_path (fixture, "saved");

  gtk_label_set_text (fixture->window->notice_label, "");
  fixture_act (fixture, "save-weights", g_variant_new_string (saved));
  fixture_wait_for_notice (fixture, "Saved the weights");
}

char *
fixture_read (const char *path, gsize *length)
{
  char *contents;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);
  return contents;
}

int
fixture_main (int argc, char **argv, void (*add) (void))
{
  g_autofree char *translations = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "po", NULL);
  GError *error = NULL;
  int status;

  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, translations);
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  the_application = scope_application_new ();
  g_application_set_flags (G_APPLICATION (the_application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (the_application), NULL, &error);
  g_assert_no_error (error);
  add ();
  status = g_test_run ();
  g_object_unref (the_application);
  return status;
}
