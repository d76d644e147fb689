/* data.c: "data", the data that come with the program, and numbers that are the C locale's in every locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-network.h"

#include "engine/dataset.h"

#include <glib/gstdio.h>
#include <string.h>

static NnDataset *
load (const char *folder)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_load (folder, &error);

  g_assert_no_error (error);
  return dataset;
}

static void
test_json (Place *place, gconstpointer data)
{
  g_autofree char *output = NULL;
  g_autoptr (json_t) object = NULL;
  const json_t *classes;
  static const int expected[][3] = { { 5, 4, 2 }, { 2, 2, 0 } }; /* rows, different, left out */

  /* Nova stands in both, Ann three times; one line has no letter, one has too many. */
  place_write (place, "d/One.txt",
               "Ann\nÁnn\n\nNova\nBea\nDan\n99\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
  place_write (place, "d/Two.txt", "Nova\r\nCid");
  output = program_succeed (place, "data --data d --json");
  object = only_object (output);
  assert_keys (object, "rows classes shared_strings ceiling ceiling_macro");
  g_assert_cmpfloat (number_of (object, "rows"), ==, 7);
  g_assert_cmpfloat (number_of (object, "shared_strings"), ==, 1);
  g_assert_cmpfloat_with_epsilon (number_of (object, "ceiling"), 6.0 / 7, 1e-15);
  g_assert_cmpfloat_with_epsilon (number_of (object, "ceiling_macro"), (4.0 / 5 + 1) / 2, 1e-15);
  classes = json_object_get (object, "classes");
  g_assert_cmpuint (json_array_size (classes), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const json_t *facts = json_array_get (classes, i);

      assert_keys (facts, "class rows different left_out");
      g_assert_cmpstr (string_of (facts, "class"), ==, i == 0 ? "One" : "Two");
      g_assert_cmpfloat (number_of (facts, "rows"), ==, expected[i][0]);
      g_assert_cmpfloat (number_of (facts, "different"), ==, expected[i][1]);
      g_assert_cmpfloat (number_of (facts, "left_out"), ==, expected[i][2]);
    }
}

static void
test_text (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, "data --data names");

  g_assert_cmpstr (
    output, ==,
    "class  rows  different  left out  lost a letter\n"
    "Ala      12         12         0              0\n"
    "Obo      12         12         0              0\n"
    "Usk      12         12         0              0\n"
    "all      36         35         0              0\n"
    "\n"
    "1 name stands in more than one class.\n"
    "No classifier of the name alone can pass 97.2 % of the rows, or 97.2 % as the mean of the classes.\n");
}

/* Class names of any script stand under each other. */
static void
test_wide (Place *place, gconstpointer data)
{
  g_autofree char *output = NULL;

  place_write (place, "d/中文.txt", "Wang\n");
  place_write (place, "d/Ελληνικά.txt", "Pappas\n");
  output = program_succeed (place, "data --data d");
  g_assert_nonnull (strstr (output, "\nΕλληνικά     1          1 "));
  g_assert_nonnull (strstr (output, "\n中文         1          1 "));
}

/* Without --data: the folder of the sources, another that the environment names. */
static void
test_own_data (Place *place, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_getenv ("GATESCOPE_SOURCE_DIR"), "data", "names", NULL);
  g_autoptr (NnDataset) dataset = load (folder);
  g_autofree char *output = program_succeed (place, "data --json");
  g_autoptr (json_t) object = only_object (output);
  g_autoptr (GSubprocessLauncher) launcher = program_launcher (place, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) program = NULL;
  g_auto (Outcome) elsewhere = { 0 };

  g_assert_cmpfloat (number_of (object, "rows"), ==, nn_dataset_n_rows (dataset));
  g_assert_cmpuint (json_array_size (json_object_get (object, "classes")), ==, 18);
  g_subprocess_launcher_setenv (launcher, "GATESCOPE_DATA_DIR", place->folder, TRUE);
  program = program_start (launcher, "data --json");
  elsewhere = program_finish (program);
  g_assert_true (g_str_has_prefix (elsewhere.output, "{\"rows\": 36, "));
}

/* What the loader says, in one line, whatever a file's name or line has in it. */
static void
test_errors (Place *place, gconstpointer data)
{
  program_fail (place, 1, "none: *; *", "data --data none");
  program_fail (place, 1, "names/Ala.txt: *; *", "data --data names/Ala.txt");
  place_write (place, "one/Only.txt", "Ann\n");
  program_fail (place, 1, "one: *", "data --data one");
  place_write (place, "bad/One.txt", "Ann\n");
  place_write (place, "bad/Two.txt", "Bob\nx\xff\n");
  program_fail (place, 1, "bad/Two.txt:2: *UTF-8*", "data --data bad");
  place_write (place, "a\nb/One.txt", "Ann\n");
  program_fail (place, 1, "a*b: *", "data --data 'a\nb'");
}

/* ---- Locales ---- */

/* Makes a locale that writes 0,5; FALSE where it can't be made here. */
static gboolean
make_locale (const Place *place)
{
  g_autofree char *target = place_path (place, "locales/de_DE.UTF-8");
  g_autofree char *folder = place_path (place, "locales");
  const char *command[] = { "localedef", "-i", "de_DE", "-f", "UTF-8", target, NULL };

  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  g_spawn_sync (NULL, (char **) command, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                NULL, NULL);
  return g_file_test (target, G_FILE_TEST_IS_DIR);
}

static char *
output_in (const Place *place, const char *locale, const char *line)
{
  g_autoptr (GSubprocessLauncher) launcher = program_launcher (place, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *locales = place_path (place, "locales");
  g_autoptr (GSubprocess) program = NULL;
  g_auto (Outcome) outcome = { 0 };

  g_subprocess_launcher_setenv (launcher, "LOCPATH", locales, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", locale, TRUE);
  program = program_start (launcher, line);
  outcome = program_finish (program);
  g_assert_cmpint (outcome.status, ==, 0);
  return g_steal_pointer (&outcome.output);
}

static void
test_locale (Place *place, gconstpointer data)
{
  static const char *const lines[] = {
    "data --data names --json",
    "data --data names",
    "predict --weights lstm.safetensors --json -- Bobo Ünö",
    "predict --weights lstm.safetensors -- Bobo Ünö",
    "gates --weights lstm.safetensors --target Ala --json -- Bobo",
    "gates --weights lstm.safetensors --target Ala --csv -- Bobo",
    "gates --weights lstm.safetensors --target Ala -- Bobo",
    "evaluate --weights lstm.safetensors --data names --json",
    "evaluate --weights lstm.safetensors --data names",
    "train --data names --hidden 8 --learning-rate 0.05 --hold-out 0.25 --model rnn --iterations 500 --out o --quiet",
    "figure accuracy --run o.run.json --out a.csv",
  };
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  static const char *const files[] = { "o", "a.csv" };

  if (!make_locale (place))
    {
      g_test_skip ("localedef can't make de_DE.UTF-8 here");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *plain = output_in (place, "C.UTF-8", lines[i]);
      g_autoptr (GBytes) plain_file = i >= 9 ? place_read (place, files[i - 9]) : NULL;
      g_autofree char *german = output_in (place, "de_DE.UTF-8", lines[i]);
      g_autoptr (GBytes) german_file = i >= 9 ? place_read (place, files[i - 9]) : NULL;

      /* Two trainings never take the same time. */
      if (i != 9)
        g_assert_cmpstr (plain, ==, german);
      else
        g_assert_null (strchr (strstr (german, "rnn"), ','));
      g_assert_true (i < 9 || g_bytes_equal (plain_file, german_file));
    }
}

/* A terminal of a character set without accents still gets what was typed, and no question marks. */
static void
test_plain_c (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  g_autofree char *plain = output_in (place, "C", "predict --weights lstm.safetensors -- Ünö 王");
  g_autofree char *help = output_in (place, "C", "train --help");

  g_assert_true (g_str_has_prefix (plain, "Ünö (read as “Uno”)\n"));
  g_assert_nonnull (strstr (plain, "\n王\n  “王” "));
  g_assert_true (g_utf8_validate (help, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/data/json", test_json);
  PLACE_ADD ("/data/text", test_text);
  PLACE_ADD ("/data/wide", test_wide);
  PLACE_ADD ("/data/own", test_own_data);
  PLACE_ADD ("/data/errors", test_errors);
  PLACE_ADD ("/data/locale", test_locale);
  PLACE_ADD ("/data/plain-c", test_plain_c);
  return g_test_run ();
}
