/* figure-files.c: what the files of "figure" say of themselves: the line that makes them again, in any place and language.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <string.h>
#include <unistd.h>

#define TRAIN "train --data names --hidden 16 --iterations 2500 --quiet --hold-out 0.3 --out o"

static char *
text_of (const Place *place, const char *name)
{
  g_autoptr (GBytes) bytes = place_read (place, name);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The words between @before and @after. (transfer full) */
static char *
find_between (const char *text, const char *before, const char *after)
{
  const char *from = strstr (text, before), *to = from != NULL ? strstr (from + strlen (before), after) : NULL;

  g_assert_nonnull (to);
  return g_strndup (from + strlen (before), (gsize) (to - from) - strlen (before));
}

/* Runs the line that a file says of itself, where its files are, with --out behind the figure's name. */
static void
run_line (const Place *place, const char *line, const char *out)
{
  static const char begins[] = "gatescope-cli figure ";
  g_autofree char *rest = NULL, *output = NULL;

  g_assert_true (g_str_has_prefix (line, begins));
  rest = g_strdup_printf ("figure --out %s %s", out, line + strlen (begins));
  output = program_succeed (place, rest);
}

static void
assert_same (const Place *place, const char *first, const char *second)
{
  g_autoptr (GBytes) a = place_read (place, first), b = place_read (place, second);

  g_assert_true (g_bytes_equal (a, b));
}

/* Every option is in the line, so that it makes the same bytes: the "%" and "#" lines have it, the PDF's keywords do. */
static void
test_line (Place *place, gconstpointer data)
{
  static const char *const lines[] = {
    "loss --run rnn.run.json --run lstm.run.json --title --dark --font-size 8.5 --width 85",
    "accuracy --run=lstm.run.json --transparent --no-title --height 60 --language zh_CN",
    "confusion --held-out --run rnn.run.json --run lstm.run.json",
    "confusion --run rnn.run.json --run lstm.run.json --difference lstm,rnn --scores --order accuracy --cells counts",
    "loss --run rnn.run.json --run lstm.run.json --smoothing 0.9 --log --iterations 100:2000",
    "compare --run rnn.run.json --run gate-lstm.run.json --title",
    "compare --run rnn.run.json --run lstm.run.json --run gate-lstm.run.json --counted held-out --cells both "
    "--order clustered --difference 3,1 --scores --smoothing 0.5 --log --report-values",
    "compare --run rnn.run.json --run lstm.run.json --hide 2 --loss-range 0.5:2 --accuracy-range 0.2:0.9",
    "compare --run rnn.run.json --weights lstm.safetensors --counted rows --data ../names/",
    "gates --weights rnn.safetensors --weights rnn.safetensors --weights rnn.safetensors --weights rnn.safetensors "
    "--weights gate-lstm.safetensors --label a --label b --label c --label d --label 'the fifth' -- Bo",
    "gates --weights rnn.safetensors --weights gate-lstm.safetensors --side-by-side --title -- \"O'Ünö\"",
  };
  static const char *const files[][3] = {
    { "csv", "# command: ", "\n" }, { "tex", "% command: ", "\n" }, { "svg", "<dc:source>", "</dc:source>" },
  };
  g_autofree char *trained = program_succeed (place, TRAIN);
  g_autofree char *inside = g_build_filename (place->folder, "o", NULL);
  g_autofree char *names = g_build_filename (inside, "names", NULL);
  Place saved = { inside };

  /* The line names folders without where they lie. */
  g_assert_cmpint (symlink ("../names", names), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (files); j++)
      {
        g_autofree char *first = g_strconcat ("first.", files[j][0], NULL), *text = NULL, *line = NULL;
        g_autofree char *second = g_strconcat ("second.", files[j][0], NULL), *output = NULL, *given = NULL;
        g_autoptr (GString) plain = NULL;

        given = g_strdup_printf ("figure --out=%s %s", first, lines[i]);
        output = program_succeed (&saved, given);
        text = text_of (&saved, first);
        line = find_between (text, files[j][1], files[j][2]);
        plain = g_string_new (line);
        g_string_replace (plain, "&apos;", "'", 0);
        g_assert_null (strstr (plain->str, "--out"));
        g_assert_nonnull (strstr (plain->str, "--language"));
        run_line (&saved, plain->str, second);
        assert_same (&saved, first, second);
      }
}

/* Where a run's record stands beside the weights, its preset is told. */
static void
test_preset (Place *place, gconstpointer data)
{
  g_autofree char *trained
    = program_succeed (place, "train --data names --preset report --model rnn --quiet --out l.safetensors");
  g_autofree char *drawn = program_succeed (place, "figure gates --weights l.safetensors --out g.csv -- Bo");
  g_autofree char *text = text_of (place, "g.csv");

  g_assert_nonnull (strstr (text, "# description: rnn: 100000 iterations, hidden 128, seed 1, preset report, data "));
}

static void
run_in (const Place *place, const char *line, const char *variables)
{
  g_autoptr (GSubprocessLauncher) launcher = program_launcher (place, G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                                                        | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_auto (GStrv) settings = g_strsplit (variables, " ", -1);
  g_autoptr (GSubprocess) program = NULL;
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; settings[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (settings[i], "=", 2);

      g_subprocess_launcher_setenv (launcher, parts[0], parts[1], TRUE);
    }
  program = program_start (launcher, line);
  outcome = program_finish (program);
  g_assert_cmpint (outcome.status, ==, 0);
}

/* The same bytes in every time zone, and in every locale where the language is told. */
static void
test_places (Place *place, gconstpointer data)
{
  static const char *const endings[] = { "png", "svg", "pdf", "csv", "tex" };
  g_autofree char *trained = program_succeed (place, TRAIN);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *one = g_strdup_printf ("figure confusion --dpi 40 --language zh_CN --run o/rnn.run.json --out 1.%s",
                                              endings[i]);
      g_autofree char *two = g_strdup_printf ("figure confusion --dpi 40 --language zh_CN --run o/rnn.run.json --out 2.%s",
                                              endings[i]);
      g_autofree char *first = g_strconcat ("1.", endings[i], NULL), *second = g_strconcat ("2.", endings[i], NULL);

      run_in (place, one, "LC_ALL=C LANGUAGE=en TZ=UTC");
      run_in (place, two, "LC_ALL=C.UTF-8 LANGUAGE=zh_CN TZ=Asia/Tokyo");
      assert_same (place, first, second);
    }
}

/* A title, other type and other colours change the drawing; each in the line. */
static void
test_looks (Place *place, gconstpointer data)
{
  static const char *const options[] = { "", "--title", "--font-size 14", "--dark", "--transparent", "--language zh_CN" };
  g_autofree char *trained = program_succeed (place, TRAIN);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *line = g_strdup_printf ("figure loss --run o/rnn.run.json --out l.svg %s", options[i]);
      g_autofree char *output = program_succeed (place, line), *text = text_of (place, "l.svg");
      const char *drawing = strstr (text, "</metadata>");

      g_hash_table_add (seen, g_bytes_new (drawing, strlen (drawing)));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, G_N_ELEMENTS (options));
}

/* A disk that fills up while the file is written: the old file stays, nothing else is left, and a sentence says it. */
static void
test_full_disk (Place *place, gconstpointer data)
{
  g_autofree char *tracer = g_find_program_in_path ("strace"), *trained = NULL, *program = NULL, *kept = NULL;
  g_autofree char *errors = NULL;
  const char *arguments[] = { "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e",
                              "inject=fsync:error=ENOSPC", NULL, "figure", "loss", "--run", "o/rnn.run.json", "--out",
                              "full.pdf", NULL };
  int status = 0;

  if (tracer == NULL)
    {
      g_test_skip ("strace is not installed; the full disk is made with it");
      return;
    }
  trained = program_succeed (place, TRAIN);
  place_write (place, "full.pdf", "the old one");
  program = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "src", "cli", "gatescope-cli", NULL);
  arguments[9] = program;
  g_assert_true (g_spawn_sync (place->folder, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &errors,
                               &status, NULL));
  if (strstr (errors, "ptrace") != NULL || strstr (errors, "inject") != NULL)
    {
      g_test_skip ("strace is not allowed here");
      return;
    }
  g_assert_cmpstr (errors, ==, "gatescope-cli: full.pdf: there is no space left; free some, or choose another folder\n");
  kept = text_of (place, "full.pdf");
  g_assert_cmpstr (kept, ==, "the old one");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/figure-files/line", test_line);
  PLACE_ADD ("/figure-files/preset", test_preset);
  PLACE_ADD ("/figure-files/places", test_places);
  PLACE_ADD ("/figure-files/looks", test_looks);
  PLACE_ADD ("/figure-files/full-disk", test_full_disk);
  return g_test_run ();
}
