/* tex.c: the LaTeX file: well-formed, with its figures, and compiled where xelatex is installed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "config.h"
#include "report/report-figures.h"
#include "report/report-tex.h"

#include <gio/gio.h>
#include <libintl.h>
#include <string.h>

static void
test_escapes (void)
{
  g_autofree char *escaped = report_tex_escape ("50 % of A_B & {C} #1 $2 ~ ^ \\ <\"> a-b --c `d_e(f)`");

  g_assert_cmpstr (escaped, ==,
                   "50 \\% of A\\_B \\& \\{C\\} \\#1 \\$2 \\textasciitilde{} \\textasciicircum{} \\textbackslash{} "
                   "\\textless{}\\textquotedbl{}\\textgreater{} a-b -{}-c \\texttt{d\\_e(f)}");
}

static char *
read_tex (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "report.tex", NULL);
  char *tex = NULL;

  g_assert_true (g_file_get_contents (path, &tex, NULL, NULL));
  return tex;
}

/* Whether braces match, those of verbatim text and escaped ones aside. */
static void
assert_braces_match (const char *tex)
{
  int depth = 0;

  for (const char *at = tex; *at != '\0'; at++)
    {
      if (g_str_has_prefix (at, "\\begin{verbatim}"))
        at = strstr (at, "\\end{verbatim}");
      g_assert_nonnull (at);
      if (*at == '%' && (at == tex || at[-1] == '\n'))
        at = strchr (at, '\n');
      else if (*at == '\\')
        at++;
      else
        depth += (*at == '{') - (*at == '}');
      g_assert_cmpint (depth, >=, 0);
    }
  g_assert_cmpint (depth, ==, 0);
}

/* Whether what begins ends, innermost first. */
static void
assert_environments_match (const char *tex)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\\\(begin|end)\\{(\\w+)\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);

  for (g_regex_match (regex, tex, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *what = g_match_info_fetch (match, 1), *name = g_match_info_fetch (match, 2);

      if (strcmp (what, "begin") == 0)
        {
          g_ptr_array_add (open, g_steal_pointer (&name));
          continue;
        }
      g_assert_cmpuint (open->len, >, 0);
      g_assert_cmpstr (g_ptr_array_index (open, open->len - 1), ==, name);
      g_ptr_array_remove_index (open, open->len - 1);
    }
  g_assert_cmpuint (open->len, ==, 0);
}

static void
assert_figures_are_there (const char *tex, const char *folder)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\\\includegraphics\\[[^]]*\\]\\{([^}]+)\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (regex, tex, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1), *path = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
      n++;
    }
  g_assert_cmpuint (n, ==, REPORT_N_FIGURES);
}

static char *
write_report (const char *language, const char *author)
{
  g_autoptr (ReportRuns) runs = sample_runs_new (&sample_as_reported);
  char *folder = sample_folder_new ();
  ReportOrder order = sample_order (folder);
  g_autoptr (GError) error = NULL;

  order.language = (char *) language;
  order.author = (char *) author;
  report_files_write (&order, runs, NULL, &error);
  g_assert_no_error (error);
  return folder;
}

static void
test_form (gconstpointer language)
{
  char *folder = write_report (language, "100 % \\me {} & you_two");
  g_autofree char *tex = read_tex (folder);

  g_assert_nonnull (strstr (tex, g_str_has_prefix (language, "zh") ? "{ctexart}" : "{article}"));
  g_assert_nonnull (strstr (tex, "\\author{100 \\% \\textbackslash{}me \\{\\} \\& you\\_two}"));
  g_assert_nonnull (strstr (tex, "\\begin{verbatim}\nRNN(\n"
                                 "  (i2h): Linear(in_features=185, out_features=128, bias=True)"));
  assert_braces_match (tex);
  assert_environments_match (tex);
  assert_figures_are_there (tex, folder);
  sample_folder_remove (folder);
}

static void
test_compiles (gconstpointer language)
{
  g_autofree char *program = g_find_program_in_path ("xelatex"), *class_file = NULL;
  char *folder;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  if (program == NULL)
    {
      g_test_skip ("xelatex is not installed; the LaTeX file is not compiled");
      return;
    }
  folder = write_report (language, "A & B");
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "-interaction=nonstopmode", "-halt-on-error",
                                         "report.tex", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  if (strstr (output, ".cls' not found") != NULL || strstr (output, ".sty' not found") != NULL)
    g_test_skip ("xelatex lacks a package that the LaTeX file needs");
  else if (g_subprocess_get_exit_status (process) != 0)
    g_error ("xelatex: %s", output);
  sample_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *translations = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "po", NULL);

  g_test_init (&argc, &argv, NULL);
  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, translations);
  g_test_add_func ("/report/tex/escapes", test_escapes);
  g_test_add_data_func ("/report/tex/form/en", "en", test_form);
  g_test_add_data_func ("/report/tex/form/zh_CN", "zh_CN", test_form);
  g_test_add_data_func ("/report/tex/compiles/en", "en", test_compiles);
  g_test_add_data_func ("/report/tex/compiles/zh_CN", "zh_CN", test_compiles);
  return g_test_run ();
}
