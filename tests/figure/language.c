/* language.c: figures' words in a language that the process does not speak.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/i18n.h"

#include "sample.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#define CHINESE "\346\211\213\345\206\231 LSTM" /* LSTM by hand */

static void
assert_speaks (const char *name)
{
  g_assert_cmpstr (fig_kind_name (NN_GATE_LSTM), ==, name);
}

/* The process speaks @language from now on. */
static void
set_environment (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_push (void)
{
  assert_speaks ("LSTM by hand");
  g_assert_true (fig_language_push ("zh_CN"));
  assert_speaks (CHINESE);
  g_assert_true (fig_language_push ("en"));
  assert_speaks ("LSTM by hand");
  fig_language_pop ();
  assert_speaks (CHINESE);
  g_assert_true (fig_language_push (NULL));
  assert_speaks ("LSTM by hand");
  fig_language_pop ();
  fig_language_pop ();
  assert_speaks ("LSTM by hand");
}

/* With a context, without one, and with a plural; the last has one form in Chinese and two in English. */
static void
test_ways (void)
{
  g_autofree char *percent = NULL;

  fig_language_push ("zh_CN");
  percent = fig_percent (0.5, 0, TRUE);
  g_assert_cmpstr (percent, ==, "50%");
  g_assert_cmpstr (_ ("not trained yet"), !=, "not trained yet");
  g_assert_cmpstr (fig_ngettext ("%s name held out, %s right", "%s names held out, %s right", 1), ==,
                   fig_ngettext ("%s name held out, %s right", "%s names held out, %s right", 2));
  fig_language_pop ();
  fig_language_push ("en");
  g_assert_cmpstr (fig_ngettext ("%s name", "%s names", 1), ==, "%s name");
  g_assert_cmpstr (fig_ngettext ("%s name", "%s names", 0), ==, "%s names");
  g_assert_cmpstr (_ ("not trained yet"), ==, "not trained yet");
  fig_language_pop ();
}

static void
test_exists (void)
{
  static const char *const there[] = { "en", "en_GB.UTF-8", "C", "zh_CN", "zh_CN.UTF-8", "zh-CN" };
  static const char *const missing[] = { "", "xx", "zh", "zh_TW", "../po/zh_CN", ".", "zh_CN/LC_MESSAGES/.." };

  for (gsize i = 0; i < G_N_ELEMENTS (there); i++)
    g_assert_true (fig_language_exists (there[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (missing); i++)
    g_assert_false (fig_language_exists (missing[i]));
  /* Without words it is English, not an error. */
  g_assert_false (fig_language_push ("xx"));
  assert_speaks ("LSTM by hand");
  fig_language_pop ();
}

/* The language of the environment is that of the process, not of a thread that has chosen one. */
static void
test_environment (void)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  set_environment ("zh_CN");
  assert_speaks (CHINESE);
  fig_language_push ("en");
  assert_speaks ("LSTM by hand");
  fig_language_pop ();
  assert_speaks (CHINESE);
}

static gpointer
speak (gpointer language)
{
  for (guint i = 0; i < 2000; i++)
    {
      fig_language_push (language);
      assert_speaks (strcmp (language, "zh_CN") == 0 ? CHINESE : "LSTM by hand");
      fig_language_pop ();
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *chinese = g_thread_new ("chinese", speak, (gpointer) "zh_CN");
  GThread *english = g_thread_new ("english", speak, (gpointer) "en");

  for (guint i = 0; i < 2000; i++)
    assert_speaks ("LSTM by hand");
  g_thread_join (chinese);
  g_thread_join (english);
}

/* A catalogue cut anywhere, or with a byte changed in its header, gives English or Chinese words, and no crash. */
static void
test_broken (void)
{
  g_autofree char *good = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "po", "zh_CN", "LC_MESSAGES",
                                            GATESCOPE_GETTEXT_DOMAIN ".mo", NULL);
  g_autofree char *before = g_strdup (bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, NULL));
  g_autofree char *folder = g_dir_make_tmp ("gatescope-test-XXXXXX", NULL);
  g_autofree char *language = g_build_filename (folder, "yy", NULL);
  g_autofree char *messages = g_build_filename (language, "LC_MESSAGES", NULL);
  g_autofree char *bad = g_build_filename (messages, GATESCOPE_GETTEXT_DOMAIN ".mo", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (good, &contents, &length, NULL));
  g_assert_cmpint (g_mkdir_with_parents (messages, 0777), ==, 0);
  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, folder);
  for (gsize cut = 0; cut < length; cut += cut < 64 ? 1 : 4999)
    {
      const char *name;

      g_assert_true (g_file_set_contents (bad, contents, (gssize) cut, NULL));
      fig_language_push ("yy");
      name = fig_kind_name (NN_GATE_LSTM);
      g_assert_true (strcmp (name, "LSTM by hand") == 0 || strcmp (name, CHINESE) == 0);
      fig_language_pop ();
    }
  for (gsize at = 0; at < 28; at++)
    {
      contents[at] = (char) (contents[at] ^ 0xff);
      g_assert_true (g_file_set_contents (bad, contents, (gssize) length, NULL));
      contents[at] = (char) (contents[at] ^ 0xff);
      fig_language_push ("yy");
      g_assert_nonnull (fig_kind_name (NN_GATE_LSTM));
      fig_language_pop ();
    }
  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, before);
  g_remove (bad);
  g_rmdir (messages);
  g_rmdir (language);
  g_rmdir (folder);
}

static void
test_interface (void)
{
  static const char *const cases[][2] = {
    { "en", "en" }, { "zh_CN", "zh_CN" }, { "de:zh_CN", "zh_CN" }, { "fr", "en" }, { "zh_CN:en", "zh_CN" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      set_environment (cases[i][0]);
      g_assert_cmpstr (fig_language_of_interface (), ==, cases[i][1]);
      g_assert_cmpstr (fig_language_of_figures (), ==, cases[i][1]);
    }
  fig_language_push ("zh_CN.UTF-8");
  set_environment ("en");
  g_assert_cmpstr (fig_language_of_figures (), ==, "zh_CN");
  g_assert_cmpstr (fig_language_of_interface (), ==, "en");
  fig_language_push ("xx");
  g_assert_cmpstr (fig_language_of_figures (), ==, "en");
  fig_language_pop ();
  fig_language_pop ();
}

/* ---- Files ---- */

/* A page of curves with everything that is written. */
typedef struct
{
  NnHistory *history;
  FigSeries series;
  FigCurves curves;
  FigTheme theme;
  FigPage page;
} Sample;

static void
set_up (Sample *sample, gconstpointer data)
{
  sample->history = sample_history (20, 0.5, 0.85);
  sample->series = (FigSeries){ NULL, NN_GATE_LSTM, sample->history, 0 };
  sample->curves = (FigCurves){ .measure = FIG_MEASURE_LOSS, .series = &sample->series, .n_series = 1, .n_classes = 18 };
  fig_theme_init (&sample->theme, FALSE);
  sample->page = (FigPage){
    .draw = FIG_DRAW (fig_curves_draw), .csv = FIG_CSV (fig_curves_csv), .tex = FIG_TEX (fig_curves_tex),
    .figure = &sample->curves, .theme = &sample->theme, .width = 400, .height = 260,
  };
}

static void
tear_down (Sample *sample, gconstpointer data)
{
  nn_history_free (sample->history);
  set_environment ("en");
}

/* Says what the file is to "pdftotext" or "pdffonts"; NULL where there is no such program. (transfer full) */
static char *
look_into (const Sample *sample, const char *program, const char *argument)
{
  g_autofree char *folder = g_dir_make_tmp ("gatescope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "figure.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *said;

  g_assert_true (fig_export (&sample->page, path, &error));
  g_assert_no_error (error);
  said = sample_run (program, argument, path);
  g_remove (path);
  g_rmdir (folder);
  if (said == NULL)
    g_test_skip ("the tools of poppler are not installed");
  return said;
}

static void
test_words (Sample *sample, gconstpointer data)
{
  static const char *const sessions[] = { "en", "zh_CN" };

  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      g_autofree char *chinese = NULL, *english = NULL, *own = NULL;

      set_environment (sessions[i]);
      sample->page.language = "zh_CN";
      chinese = look_into (sample, "pdftotext", "-raw");
      sample->page.language = "en";
      english = look_into (sample, "pdftotext", "-raw");
      sample->page.language = NULL;
      own = look_into (sample, "pdftotext", "-raw");
      if (own == NULL)
        return;
      g_assert_nonnull (strstr (chinese, "手写 LSTM"));
      g_assert_nonnull (strstr (chinese, "迭代次数"));
      g_assert_null (strstr (chinese, "iteration"));
      g_assert_nonnull (strstr (english, "LSTM by hand"));
      g_assert_nonnull (strstr (english, "iteration"));
      g_assert_null (strstr (english, "手写"));
      g_assert_cmpstr (own, ==, i == 0 ? english : chinese);
    }
}

/* A font with Chinese characters is embedded, and Pango is asked for the shapes of simplified Chinese. */
static void
test_shapes (Sample *sample, gconstpointer data)
{
  g_autoptr (GBytes) pdf = NULL, english = NULL;
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  fig_theme_set_language (&theme, "zh_CN");
  g_assert_cmpstr (theme.language, ==, "zh-cn");
  sample->page.language = "zh_CN";
  pdf = fig_export_to_bytes (&sample->page, FIG_FORMAT_PDF, NULL);
  g_assert_nonnull (memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), "/Subtype /CIDFont", 17));
  g_assert_nonnull (memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), "/FontFile", 9));
  sample->page.language = "en";
  english = fig_export_to_bytes (&sample->page, FIG_FORMAT_PDF, NULL);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, g_bytes_get_size (english));
}

/* Where a page says nothing, it is what the thread has chosen; what it says counts for its drawing alone. */
static void
test_of_thread (Sample *sample, gconstpointer data)
{
  g_autoptr (GBytes) csv = NULL, english = NULL;

  fig_language_push ("zh_CN");
  csv = fig_export_to_bytes (&sample->page, FIG_FORMAT_CSV, NULL);
  sample->page.language = "en";
  english = fig_export_to_bytes (&sample->page, FIG_FORMAT_CSV, NULL);
  assert_speaks (CHINESE);
  fig_language_pop ();
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (csv, NULL), (gssize) g_bytes_get_size (csv), CHINESE));
  g_assert_null (g_strstr_len (g_bytes_get_data (english, NULL), (gssize) g_bytes_get_size (english), CHINESE));
}

/* The words of a file in another language are right in the four other formats, too; its data are not translated. */
static void
test_formats (Sample *sample, gconstpointer data)
{
  g_autoptr (GBytes) tex = NULL, csv = NULL;

  sample->page.language = "zh_CN";
  tex = fig_export_to_bytes (&sample->page, FIG_FORMAT_TEX, NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (tex, NULL), (gssize) g_bytes_get_size (tex), "迭代次数"));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (tex, NULL), (gssize) g_bytes_get_size (tex), "{ctex}"));
  csv = fig_export_to_bytes (&sample->page, FIG_FORMAT_CSV, NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (csv, NULL), (gssize) g_bytes_get_size (csv),
                                  "network,iteration,loss,accuracy,held_out_accuracy\n手写 LSTM,1000,"));
}

#define ADD(name, function) g_test_add ("/figure/language/" name, Sample, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *translations = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "po", NULL);

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, translations);
  bind_textdomain_codeset (GATESCOPE_GETTEXT_DOMAIN, "UTF-8");
  textdomain (GATESCOPE_GETTEXT_DOMAIN);
  /* GLib asks once whether there are translations at all. */
  set_environment ("zh_CN");
  g_dgettext (GATESCOPE_GETTEXT_DOMAIN, "");
  set_environment ("en");
  g_test_add_func ("/figure/language/push", test_push);
  g_test_add_func ("/figure/language/ways", test_ways);
  g_test_add_func ("/figure/language/exists", test_exists);
  g_test_add_func ("/figure/language/environment", test_environment);
  g_test_add_func ("/figure/language/threads", test_threads);
  g_test_add_func ("/figure/language/broken", test_broken);
  g_test_add_func ("/figure/language/interface", test_interface);
  ADD ("words", test_words);
  ADD ("shapes", test_shapes);
  ADD ("formats", test_formats);
  ADD ("of-thread", test_of_thread);
  return g_test_run ();
}
