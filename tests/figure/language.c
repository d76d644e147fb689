/* language.c: figures' words in a language that the process does not speak.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

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
  static const char *const missing[] = { "", "xx", "zh", "../po/zh_CN", ".", "zh_CN/LC_MESSAGES/.." };

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
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  textdomain (GATESCOPE_GETTEXT_DOMAIN);
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

int
main (int argc, char **argv)
{
  g_autofree char *translations = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "po", NULL);

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  g_unsetenv ("LANGUAGE");
  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, translations);
  bind_textdomain_codeset (GATESCOPE_GETTEXT_DOMAIN, "UTF-8");
  g_test_add_func ("/figure/language/push", test_push);
  g_test_add_func ("/figure/language/ways", test_ways);
  g_test_add_func ("/figure/language/exists", test_exists);
  g_test_add_func ("/figure/language/environment", test_environment);
  g_test_add_func ("/figure/language/threads", test_threads);
  g_test_add_func ("/figure/language/broken", test_broken);
  return g_test_run ();
}
