/* window-fixture.c: the window with three small networks, for tests in its process.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

#include "support/wait.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <string.h>

static ScopeApplication *the_application;

gboolean
window_fixture_init (int *argc, char ***argv)
{
  g_autofree char *translations = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "po", NULL);
  GError *error = NULL;

  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, translations);
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (argc, argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  the_application = scope_application_new ();
  g_application_set_flags (G_APPLICATION (the_application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (the_application), NULL, &error);
  g_assert_no_error (error);
  return TRUE;
}

int
window_fixture_run (void)
{
  int status = g_test_run ();

  g_object_unref (the_application);
  return status;
}

char *
window_fixture_path (WindowFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

char *
window_fixture_read (const char *path)
{
  char *contents;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

void
window_fixture_act (WindowFixture *fixture, const char *action, GVariant *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, parameter);
}

void
window_fixture_set_state (WindowFixture *fixture, const char *action, GVariant *state)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window), action, state);
}

/* ---- Waiting ---- */

static gboolean
has_loaded (gpointer data)
{
  ScopeWindow *window = ((WindowFixture *) data)->window;

  return window->loading == NULL && scope_session_get_dataset (window->session) != NULL;
}

static gboolean
is_over (gpointer data)
{
  return !scope_session_is_running (((WindowFixture *) data)->session);
}

void
window_fixture_train (WindowFixture *fixture)
{
  window_fixture_act (fixture, "train", NULL);
  wait_until (is_over, fixture, WINDOW_LIMIT);
}

typedef struct
{
  WindowFixture *fixture;
  const char *words;
} Told;

static gboolean
has_told (gpointer data)
{
  Told *told = data;

  return strstr (gtk_label_get_text (told->fixture->window->notice_label), told->words) != NULL;
}

void
window_fixture_wait_for_notice (WindowFixture *fixture, const char *words)
{
  Told told = { fixture, words };

  wait_until (has_told, &told, WINDOW_LIMIT);
  /* Only so can the next one be told from it. */
  gtk_label_set_text (fixture->window->notice_label, "");
}

/* ---- Making ---- */

static void
write_names (const char *folder)
{
  static const char *const names[][2] = {
    { "Ala.txt", "Alana\nBala\nCalada\nDalama\nGarala\nHalata\n" },
    { "Obo.txt", "Obolo\nBobo\nColobo\nDombo\nGombo\nHobolo\n" },
    { "Uru.txt", "Uruk\nBurut\nCurun\nDurum\nGurus\nHurul\n" },
  };

  g_mkdir (folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i][0], NULL);

      g_assert_true (g_file_set_contents (path, names[i][1], -1, NULL));
    }
}

void
window_fixture_set_up (WindowFixture *fixture, gconstpointer page)
{
  g_autofree char *names = NULL;
  ScopeSettings settings;

  fixture->folder = g_dir_make_tmp ("window-XXXXXX", NULL);
  names = window_fixture_path (fixture, "names");
  write_names (names);
  fixture->window = scope_window_new (the_application);
  fixture->session = fixture->window->session;
  scope_window_open_data (fixture->window, names);
  wait_until (has_loaded, fixture, WINDOW_LIMIT);
  settings = *scope_session_get_settings (fixture->session);
  settings.hidden = 16;
  settings.iterations = 3000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  gtk_stack_set_visible_child_name (fixture->window->stack, page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_remove (path) != 0)
        remove_folder (path);
    }
  g_rmdir (folder);
}

void
window_fixture_tear_down (WindowFixture *fixture, gconstpointer page)
{
  static const char *const keys[] = { "export-format", "export-width",      "export-height", "export-font-size",
                                      "export-dpi",    "export-dark",       "export-title",  "export-language",
                                      "export-transparent" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->window->settings, keys[i]);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* ---- Files ---- */

char *
window_fixture_export (WindowFixture *fixture, const char *id, const char *name)
{
  g_autofree char *path = window_fixture_path (fixture, name);
  g_autofree char *told = g_strdup_printf ("Exported the figure to %s.", path);

  window_fixture_act (fixture, "export-figure", g_variant_new ("(ss)", id, path));
  window_fixture_wait_for_notice (fixture, told);
  return window_fixture_read (path);
}

char *
window_fixture_run_line (WindowFixture *fixture, const char *line, const char *name)
{
  g_autofree char *program = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "src", "cli", "gatescope-cli", NULL);
  g_autofree char *saved = window_fixture_path (fixture, "saved"), *out = window_fixture_path (fixture, name);
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_shell_parse_argv (line, NULL, &arguments, &error));
  g_assert_cmpstr (arguments[0], ==, "gatescope-cli");
  g_ptr_array_add (all, program);
  g_ptr_array_add (all, arguments[1]);
  g_ptr_array_add (all, (gpointer) "--out");
  g_ptr_array_add (all, out);
  for (guint i = 2; arguments[i] != NULL; i++)
    g_ptr_array_add (all, arguments[i]);
  g_ptr_array_add (all, NULL);
  g_spawn_sync (saved, (char **) all->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return window_fixture_read (out);
}
