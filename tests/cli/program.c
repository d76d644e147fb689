/* program.c: runs gatescope-cli in a folder of its own and looks at what it did.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include "support/small-data.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- Places ---- */

static void
write_names (const Place *place)
{
  g_autoptr (NnDataset) dataset = small_data_new ();

  for (guint i = 0; i < nn_dataset_n_classes (dataset); i++)
    {
      g_autofree char *name = g_strdup_printf ("names/%s.txt", nn_dataset_class_names (dataset)[i]);
      g_autoptr (GString) text = g_string_new (NULL);
      guint first, n_rows;

      nn_dataset_class_rows (dataset, i, &first, &n_rows);
      for (guint row = first; row < first + n_rows; row++)
        g_string_append_printf (text, "%s\n", nn_dataset_row_raw (dataset, row));
      place_write (place, name, text->str);
    }
}

void
place_set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("gatescope-test-XXXXXX", &error);
  g_assert_no_error (error);
  write_names (place);
}

static void
remove_all (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) listing = g_dir_open (path, 0, NULL);
      const char *name;

      g_assert_nonnull (listing);
      while ((name = g_dir_read_name (listing)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);
          remove_all (child);
        }
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
place_tear_down (Place *place, gconstpointer data)
{
  remove_all (place->folder);
  g_free (place->folder);
}

char *
place_path (const Place *place, const char *name)
{
  return g_build_filename (place->folder, name, NULL);
}

void
place_write (const Place *place, const char *name, const char *text)
{
  g_autofree char *path = place_path (place, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

GBytes *
place_read (const Place *place, const char *name)
{
  g_autofree char *path = place_path (place, name);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

gboolean
place_has (const Place *place, const char *name)
{
  g_autofree char *path = place_path (place, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* ---- Running ---- */

void
outcome_clear (Outcome *outcome)
{
  g_free (outcome->output);
  g_free (outcome->errors);
}

GSubprocessLauncher *
program_launcher (const Place *place, GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  g_subprocess_launcher_set_cwd (launcher, place->folder);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", "en", TRUE);
  g_subprocess_launcher_setenv (launcher, "TERM", "xterm", TRUE);
  g_subprocess_launcher_unsetenv (launcher, "GATESCOPE_DATA_DIR");
  return launcher;
}

GSubprocess *
program_start (GSubprocessLauncher *launcher, const char *line)
{
  g_autofree char *path = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "src", "cli", "gatescope-cli", NULL);
  g_auto (GStrv) arguments = NULL;
  g_auto (GStrv) wrapper = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *program;

  if (*line != '\0')
    g_shell_parse_argv (line, NULL, &arguments, &error);
  g_assert_no_error (error);
  /* Another program that runs it, such as valgrind. */
  if (g_getenv ("GATESCOPE_TEST_WRAPPER") != NULL)
    g_shell_parse_argv (g_getenv ("GATESCOPE_TEST_WRAPPER"), NULL, &wrapper, &error);
  g_assert_no_error (error);
  for (guint i = 0; wrapper != NULL && wrapper[i] != NULL; i++)
    g_ptr_array_add (all, wrapper[i]);
  g_ptr_array_add (all, path);
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (all, arguments[i]);
  g_ptr_array_add (all, NULL);
  program = g_subprocess_launcher_spawnv (launcher, (const char *const *) all->pdata, &error);
  g_assert_no_error (error);
  return program;
}

static char *
take_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  /* Text: what is compared must be all that was printed. */
  g_assert_true (length == 0 || memchr (data, '\0', length) == NULL);
  return length > 0 ? g_strndup (data, length) : g_strdup ("");
}

static Outcome
finish (GSubprocess *program, GBytes *input)
{
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) errors = NULL;
  g_autoptr (GError) error = NULL;
  Outcome outcome;

  g_subprocess_communicate (program, input, NULL, &output, &errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (program));
  outcome.status = g_subprocess_get_exit_status (program);
  outcome.output = output != NULL ? take_text (output) : g_strdup ("");
  outcome.errors = errors != NULL ? take_text (errors) : g_strdup ("");
  return outcome;
}

Outcome
program_finish (GSubprocess *program)
{
  return finish (program, NULL);
}

Outcome
program_run_with (const Place *place, const char *input, gssize length, const char *line)
{
  g_autoptr (GSubprocessLauncher) launcher = program_launcher (
    place, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) program = program_start (launcher, line);
  g_autoptr (GBytes) bytes = g_bytes_new (input, length < 0 ? strlen (input) : (gsize) length);

  return finish (program, bytes);
}

Outcome
program_run (const Place *place, const char *line)
{
  return program_run_with (place, "", 0, line);
}

char *
program_succeed (const Place *place, const char *line)
{
  g_auto (Outcome) outcome = program_run (place, line);

  g_assert_cmpstr (outcome.errors, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
  return g_steal_pointer (&outcome.output);
}

void
program_fail (const Place *place, int status, const char *message, const char *line)
{
  g_auto (Outcome) outcome = program_run (place, line);
  g_autofree char *expected = g_strdup_printf ("gatescope-cli: %s\n", message);

  if (strchr (expected, '*') == NULL || !g_pattern_match_simple (expected, outcome.errors))
    g_assert_cmpstr (outcome.errors, ==, expected);
  /* One line, and two parts: what is wrong, and what to do. */
  g_assert_true (strchr (outcome.errors, '\n') == outcome.errors + strlen (outcome.errors) - 1);
  g_assert_nonnull (strstr (outcome.errors, "; "));
  g_assert_cmpint (outcome.status, ==, status);
}

/* ---- JSON ---- */

GPtrArray *
lines_json (const char *text)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_decref);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i + 1 < n; i++)
    {
      json_error_t problem;
      json_t *object = json_loads (lines[i], JSON_REJECT_DUPLICATES, &problem);

      if (!json_is_object (object))
        g_error ("no JSON object (%s): %s", problem.text, lines[i]);
      g_ptr_array_add (objects, object);
    }
  return objects;
}

void
assert_keys (const json_t *object, const char *keys)
{
  g_autoptr (GString) found = g_string_new (NULL);
  const char *key;
  json_t *value;

  g_assert_true (json_is_object (object));
  json_object_foreach ((json_t *) object, key, value)
    g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", key);
  g_assert_cmpstr (found->str, ==, keys);
}

const char *
string_of (const json_t *object, const char *key)
{
  const json_t *value = json_object_get (object, key);

  g_assert_true (json_is_string (value));
  return json_string_value (value);
}

double
number_of (const json_t *object, const char *key)
{
  const json_t *value = json_object_get (object, key);

  g_assert_true (json_is_number (value));
  return json_number_value (value);
}
