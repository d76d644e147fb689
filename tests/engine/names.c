/* names.c: the project's own names, data/names, are what they are said to be.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/alphabet.h"
#include "engine/dataset.h"

#include <string.h>

typedef struct
{
  const char *name;
  guint at_least;
} Language;

/* Three languages honestly have fewer surnames in use. */
static const Language languages[] = {
  { "Arabic", 300 },       { "Chinese", 200 },      { "Czech", 300 },
  { "Dutch", 300 },        { "English", 300 },      { "French", 300 },
  { "German", 300 },       { "Greek", 300 },        { "Irish", 300 },
  { "Italian", 300 },      { "Japanese", 300 },     { "Korean", 100 },
  { "Polish", 300 },       { "Portuguese", 300 },   { "Russian", 300 },
  { "Scottish", 300 },     { "Spanish", 300 },      { "Vietnamese", 100 },
};

/* Gives the folder, or NULL, having skipped the test, where the source is not at hand. */
static char *
find_folder (void)
{
  const char *source = g_getenv ("GATESCOPE_SOURCE_DIR");

  if (source == NULL)
    {
      g_test_skip ("GATESCOPE_SOURCE_DIR, the folder of the source, is not set");
      return NULL;
    }
  return g_build_filename (source, "data", "names", NULL);
}

static void
test_counts (void)
{
  g_autofree char *folder = find_folder ();
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    return;
  dataset = nn_dataset_load (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nn_dataset_n_classes (dataset), ==, 18);
  g_assert_cmpuint (nn_dataset_n_classes (dataset), ==, G_N_ELEMENTS (languages));
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      const NnClassFacts *facts = nn_dataset_class_facts (dataset, i);

      g_test_message ("%s: %u rows", languages[i].name, facts->rows);
      g_assert_cmpstr (nn_dataset_class_names (dataset)[i], ==, languages[i].name);
      g_assert_cmpuint (facts->different, >=, languages[i].at_least);
      g_assert_cmpuint (facts->rows, ==, facts->different);
      g_assert_cmpuint (facts->left_out_empty, ==, 0);
      g_assert_cmpuint (facts->left_out_long, ==, 0);
    }
}

/* A line is a name: composed, without white space around it, with at least one letter that the networks read, and the
 * only one of its language that reduces to those letters. */
static void
check_line (const char *language, const char *line, GHashTable *seen)
{
  g_autofree char *composed = g_utf8_normalize (line, -1, G_NORMALIZE_NFC);
  g_autofree char *trimmed = g_strstrip (g_strdup (line));
  g_autoptr (GError) error = NULL;
  char *ascii = NULL;

  g_test_message ("%s: %s", language, line);
  g_assert_cmpstr (line, !=, "");
  g_assert_cmpstr (composed, ==, line);
  g_assert_cmpstr (trimmed, ==, line);
  ascii = nn_name_reduce (line, NULL);
  g_assert_true (nn_name_check (line, ascii, &error));
  g_assert_no_error (error);
  g_assert_true (g_hash_table_add (seen, ascii));
}

static void
test_lines (void)
{
  g_autofree char *folder = find_folder ();

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *file = g_strconcat (languages[i].name, ".txt", NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;
      gsize length;

      g_file_get_contents (path, &text, &length, &error);
      g_assert_no_error (error);
      g_assert_true (g_utf8_validate (text, (gssize) length, NULL));
      g_assert_false (g_str_has_prefix (text, "\xEF\xBB\xBF"));
      g_assert_null (strchr (text, '\r'));
      g_assert_true (g_str_has_suffix (text, "\n"));
      text[length - 1] = '\0';
      lines = g_strsplit (text, "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), >=, languages[i].at_least);
      for (char **line = lines; *line != NULL; line++)
        check_line (languages[i].name, *line, seen);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/counts", test_counts);
  g_test_add_func ("/names/lines", test_lines);
  return g_test_run ();
}
