/* files.c: the folder that a report is written into: what is in it, and that it is all or nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "engine/error.h"
#include "figure/export.h"
#include "figure/i18n.h"
#include "report/report-figures.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static void
write_report (const char *folder, const char *language)
{
  g_autoptr (ReportRuns) runs = sample_runs_new (&sample_as_reported);
  ReportOrder order = sample_order (folder);
  g_autoptr (GError) error = NULL;

  order.language = (char *) language;
  sample_probe (runs, 1, TRUE);
  report_files_write (&order, runs, NULL, &error);
  g_assert_no_error (error);
}

static char *
read_file (const char *folder, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

/* The standard output of a program, or NULL where it is not installed. */
static char *
output_of (const char *program, const char *argument, const char *other)
{
  g_autofree char *path = g_find_program_in_path (program);
  const char *const arguments[] = { path, argument, other, NULL };
  char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (path == NULL)
    return NULL;
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

/* ---- What is there ---- */

static void
test_list (void)
{
  char *folder = sample_folder_new ();
  g_autofree char *list = NULL;
  g_autoptr (GString) wanted = g_string_new (NULL);

  write_report (folder, "en");
  list = sample_list (folder);
  for (guint i = 0; i < REPORT_N_FIGURES; i++)
    g_string_append_printf (wanted, "figures/%s.csv\nfigures/%s.pdf\nfigures/%s.svg\n", report_figures[i].file,
                            report_figures[i].file, report_figures[i].file);
  g_string_append (wanted, "report.pdf\nreport.tex\n"
                           "runs/gate-lstm-held-out.run.json\nruns/gate-lstm-hidden-held-out.run.json\n"
                           "runs/gate-lstm-hidden.run.json\nruns/gate-lstm.run.json\n"
                           "runs/lstm-held-out.run.json\nruns/lstm.run.json\n"
                           "runs/rnn-held-out.run.json\nruns/rnn-rate-0.02.run.json\nruns/rnn.run.json");
  g_assert_cmpstr (list, ==, wanted->str);
  g_assert_nonnull (strstr (list, "figures/1.1-loss-rnn.svg"));
  g_assert_nonnull (strstr (list, "figures/2.9-matrix-gate-lstm.csv"));
  sample_folder_remove (folder);
}

/* Every figure is a whole SVG and PDF that says what it is and how it was made; the numbers are the runs'. */
static void
test_figures (void)
{
  char *folder = sample_folder_new ();

  write_report (folder, "en");
  for (guint i = 0; i < REPORT_N_FIGURES; i++)
    {
      g_autofree char *svg_name = g_strdup_printf ("figures/%s.svg", report_figures[i].file);
      g_autofree char *pdf_name = g_strdup_printf ("figures/%s.pdf", report_figures[i].file);
      g_autofree char *title = g_strdup_printf ("<title>Figure %s: ", report_figures[i].number);
      const GMarkupParser none = { 0 };
      g_autoptr (GMarkupParseContext) parser = g_markup_parse_context_new (&none, 0, NULL, NULL);
      g_autoptr (GError) error = NULL;
      gsize length;
      g_autofree char *svg = read_file (folder, svg_name, &length), *pdf = NULL;

      g_markup_parse_context_parse (parser, svg, (gssize) length, &error);
      g_assert_no_error (error);
      g_assert_true (g_markup_parse_context_end_parse (parser, &error));
      g_assert_nonnull (strstr (svg, title));
      g_assert_nonnull (strstr (svg, "gatescope-cli report --"));
      g_assert_nonnull (strstr (svg, "preset report; seed 1; "));
      g_assert_null (strstr (svg, folder));
      pdf = read_file (folder, pdf_name, &length);
      g_assert_cmpuint (length, >, 1000);
      g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
    }
  {
    g_autofree char *csv = read_file (folder, "figures/2.5-accuracy-lstm.csv", NULL);
    g_assert_nonnull (strstr (csv, "\nLSTM,2000,1.5,0.4,\n"));
  }
  sample_folder_remove (folder);
}

/* In which words the catalogue has it, which the test program itself does not speak. */
static char *
caption_in (const char *language, guint index)
{
  g_autofree char *title = NULL, *reference = NULL;

  fig_language_push (language);
  title = report_figure_title (index);
  reference = report_figure_reference (report_figures[index].number);
  fig_language_pop ();
  return g_strdup_printf ("%s %s", reference, title);
}

/* Text on pages is broken where lines end, and blanks are as wide as the line wants them. */
static char *
squeeze (const char *text)
{
  g_autoptr (GRegex) blanks = g_regex_new ("[\\s\\x{2000}-\\x{200a}]+", 0, 0, NULL);

  return g_regex_replace_literal (blanks, text, -1, 0, "", 0, NULL);
}

static void
test_pdf_text (gconstpointer language)
{
  char *folder = sample_folder_new ();
  g_autofree char *path = g_build_filename (folder, "report.pdf", NULL), *text = NULL, *squeezed = NULL;

  write_report (folder, language);
  text = output_of ("pdftotext", path, "-");
  if (text == NULL)
    g_test_skip ("pdftotext is not installed; the PDF is not read");
  else
    {
      squeezed = squeeze (text);
      for (guint i = 0; i < REPORT_N_FIGURES; i++)
        {
          g_autofree char *caption = caption_in (language, i), *wanted = squeeze (caption);

          if (strstr (squeezed, wanted) == NULL)
            g_error ("%s is not in\n%s", caption, text);
        }
      g_assert_nonnull (strstr (text, "(i2h): Linear(in_features=185, out_features=128, bias=True)"));
      g_assert_nonnull (strstr (text, "Vietnamese"));
      g_assert_nonnull (strstr (squeezed, "gatescope-clireport--data"));
      g_assert_true ((strstr (text, "准确率") != NULL) == g_str_has_prefix (language, "zh"));
      g_assert_true ((strstr (text, "accuracy") != NULL) == g_str_has_prefix (language, "en"));
    }
  sample_folder_remove (folder);
}

static void
test_pdf_facts (void)
{
  char *folder = sample_folder_new ();
  g_autofree char *path = g_build_filename (folder, "report.pdf", NULL), *facts = NULL;

  write_report (folder, "en");
  facts = output_of ("pdfinfo", path, NULL);
  if (facts == NULL)
    g_test_skip ("pdfinfo is not installed; the PDF's facts are not read");
  else
    {
      g_assert_nonnull (strstr (facts, "(A4)"));
      g_assert_nonnull (strstr (facts, "Keywords:        gatescope-cli report --"));
      g_assert_nonnull (strstr (facts, "; preset report; seed 1; "));
      g_assert_nonnull (strstr (facts, "RNN, LSTM and LSTM by hand"));
    }
  sample_folder_remove (folder);
}

static void
test_same_bytes (void)
{
  static const char *const names[] = {
    "report.pdf", "report.tex", "figures/1.1-loss-rnn.svg", "figures/2.6-matrix-lstm.pdf", "runs/lstm.run.json",
  };
  char *folders = sample_folder_new ();
  g_autofree char *first = g_build_filename (folders, "a", "out", NULL);
  g_autofree char *second = g_build_filename (folders, "b", "out", NULL);

  write_report (first, "en");
  write_report (second, "en");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize a_length, b_length;
      g_autofree char *a = read_file (first, names[i], &a_length), *b = read_file (second, names[i], &b_length);

      g_assert_cmpmem (a, a_length, b, b_length);
    }
  sample_folder_remove (folders);
}

/* ---- All or nothing ---- */

static void
assert_fails (const char *folder, GCancellable *cancellable, GQuark domain, int code, const char *pattern)
{
  g_autoptr (ReportRuns) runs = sample_runs_new (&sample_as_reported);
  const ReportOrder order = sample_order (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (report_files_write (&order, runs, cancellable, &error));
  g_assert_error (error, domain, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_assert_cmpstr (error->message, ==, pattern);
}

/* What others have put there stays, also where the same file of an older report is replaced. */
static void
test_foreign_files (void)
{
  char *folder = sample_folder_new ();
  g_autofree char *notes = g_build_filename (folder, "figures", "notes.txt", NULL);
  g_autofree char *figures = g_build_filename (folder, "figures", NULL);
  g_autofree char *old = g_build_filename (folder, "report.tex", NULL), *text = NULL, *tex = NULL;

  g_assert_cmpint (g_mkdir (figures, 0777), ==, 0);
  g_assert_true (g_file_set_contents (notes, "mine", -1, NULL));
  g_assert_true (g_file_set_contents (old, "old", -1, NULL));
  write_report (folder, "en");
  text = read_file (folder, "figures/notes.txt", NULL);
  g_assert_cmpstr (text, ==, "mine");
  tex = read_file (folder, "report.tex", NULL);
  g_assert_nonnull (strstr (tex, "\\documentclass"));
  sample_folder_remove (folder);
}

static void
test_cancelled (void)
{
  char *folder = sample_folder_new ();
  g_autofree char *deep = g_build_filename (folder, "new", "report", NULL);
  g_autofree char *made = g_build_filename (folder, "new", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  assert_fails (deep, cancellable, G_IO_ERROR, G_IO_ERROR_CANCELLED, "*");
  g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
  sample_folder_remove (folder);
}

/* A limit on the size of files is what a full disk is, without one. */
static void
test_no_space (void)
{
  char *folder = sample_folder_new ();
  g_autofree char *deep = g_build_filename (folder, "new", "report", NULL), *list = NULL;
  g_autofree char *message = g_strdup_printf ("%s/*: can't be written (*); choose another folder", deep);
  struct rlimit before, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  small = before;
  small.rlim_cur = 8192;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  assert_fails (deep, NULL, FIG_ERROR, FIG_ERROR_WRITE, message);
  assert_fails (folder, NULL, FIG_ERROR, FIG_ERROR_WRITE, "*: can't be written (*); choose another folder");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  list = sample_list (folder);
  g_assert_cmpstr (list, ==, "");
  g_assert_false (g_file_test (deep, G_FILE_TEST_EXISTS));
  sample_folder_remove (folder);
}

/* A folder in a file's place is found before anything is replaced. */
static void
test_folder_in_the_way (void)
{
  char *folder = sample_folder_new ();
  g_autofree char *way = g_build_filename (folder, "runs", "rnn.run.json", NULL);
  g_autofree char *old = g_build_filename (folder, "report.tex", NULL), *tex = NULL, *list = NULL;
  g_autofree char *message
    = g_strdup_printf ("%s: a folder stands where the report has a file; choose another folder", way);

  g_assert_cmpint (g_mkdir_with_parents (way, 0777), ==, 0);
  g_assert_true (g_file_set_contents (old, "old", -1, NULL));
  assert_fails (folder, NULL, NN_ERROR, NN_ERROR_FILE, message);
  tex = read_file (folder, "report.tex", NULL);
  g_assert_cmpstr (tex, ==, "old");
  list = sample_list (folder);
  g_assert_cmpstr (list, ==, "report.tex");
  sample_folder_remove (folder);
}

static void
test_file_for_folder (void)
{
  char *folder = sample_folder_new ();
  g_autofree char *file = g_build_filename (folder, "file", NULL), *below = g_build_filename (file, "report", NULL);
  g_autofree char *message = g_strdup_printf ("%s: the folder can't be made (*); choose another one", file);

  g_assert_true (g_file_set_contents (file, "", -1, NULL));
  assert_fails (below, NULL, NN_ERROR, NN_ERROR_FILE, message);
  sample_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *translations = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "po", NULL);

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, translations);
  g_test_add_func ("/report/files/list", test_list);
  g_test_add_func ("/report/files/figures", test_figures);
  g_test_add_data_func ("/report/files/pdf-text/en", "en", test_pdf_text);
  g_test_add_data_func ("/report/files/pdf-text/zh_CN", "zh_CN", test_pdf_text);
  g_test_add_func ("/report/files/pdf-facts", test_pdf_facts);
  g_test_add_func ("/report/files/same-bytes", test_same_bytes);
  g_test_add_func ("/report/files/foreign-files", test_foreign_files);
  g_test_add_func ("/report/files/cancelled", test_cancelled);
  g_test_add_func ("/report/files/no-space", test_no_space);
  g_test_add_func ("/report/files/folder-in-the-way", test_folder_in_the_way);
  g_test_add_func ("/report/files/file-for-folder", test_file_for_folder);
  return g_test_run ();
}
