/* dataset.c: what becomes of a folder of names, and what is counted of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/dataset.h"

#include "engine/error.h"
#include "names-folder.h"

#include <string.h>
#include <unistd.h>

static NnDataset *
load (const char *folder)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_load (folder, &error);

  g_assert_no_error (error);
  return dataset;
}

/* A dataset as text, a row a line: class, name, reduced name, length, number of the string. */
static char *
to_text (const NnDataset *dataset)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < nn_dataset_n_rows (dataset); row++)
    g_string_append_printf (text, "%s|%s|%s|%u|%u\n",
                            nn_dataset_class_names (dataset)[nn_dataset_row_class (dataset, row)],
                            nn_dataset_row_raw (dataset, row), nn_dataset_row_ascii (dataset, row),
                            nn_dataset_row_length (dataset, row), nn_dataset_row_string (dataset, row));
  return g_string_free (text, FALSE);
}

/* The facts of a class: rows, different, left out as empty, left out as long, with dropped letters. */
static void
assert_facts (const NnDataset *dataset, const char *name, const char *expected)
{
  int index = nn_dataset_class_index (dataset, name);
  g_autofree char *text = NULL;
  const NnClassFacts *facts;

  g_assert_cmpint (index, >=, 0);
  facts = nn_dataset_class_facts (dataset, (guint) index);
  text = g_strdup_printf ("%u %u %u %u %u", facts->rows, facts->different, facts->left_out_empty, facts->left_out_long,
                          facts->with_dropped);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_load (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autoptr (NnDataset) dataset = NULL;
  g_autofree char *text = NULL;

  names_folder_write (folder, "Polish.txt", "Ślusarski\nNowak\nŁęcki\nNowak\n");
  names_folder_write (folder, "Czech.txt", "\xEF\xBB\xBFNovák\r\n\r\n  Nowak\t\r\n\r\n \t \r\n毛\r\nHus");
  dataset = load (folder);
  text = to_text (dataset);
  g_assert_cmpstr (text, ==,
                   "Czech|Novák|Novak|5|0\n"
                   "Czech|Nowak|Nowak|5|1\n"
                   "Czech|Hus|Hus|3|2\n"
                   "Polish|Ślusarski|Slusarski|9|3\n"
                   "Polish|Nowak|Nowak|5|1\n"
                   "Polish|Łęcki|ecki|4|4\n"
                   "Polish|Nowak|Nowak|5|1\n");
  assert_facts (dataset, "Czech", "3 3 1 0 0");
  assert_facts (dataset, "Polish", "4 3 0 0 1");
  g_assert_cmpstr (nn_dataset_folder (dataset), ==, folder);
  g_assert_cmpuint (nn_dataset_n_classes (dataset), ==, 2);
  g_assert_cmpuint (nn_dataset_n_rows (dataset), ==, 7);
  g_assert_cmpuint (nn_dataset_n_strings (dataset), ==, 5);
  g_assert_cmpuint (nn_dataset_shared_strings (dataset), ==, 1);
}

static void
test_classes (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autofree char *with_slash = g_strconcat (folder, "/", NULL);
  g_autoptr (NnDataset) dataset = NULL;
  g_autofree char *names = NULL;
  guint first, n_rows;

  names_folder_write (folder, "b.txt", "x\n");
  names_folder_write (folder, "A.txt", "x\ny\n");
  names_folder_write (folder, "Z.txt", "x\n");
  names_folder_write (folder, "É.txt", "x\n");
  names_folder_write (folder, "A b.txt", "x\ny\nz\n");
  names_folder_write (folder, "A.b.txt", "x\n");
  dataset = load (with_slash);
  names = g_strjoinv ("|", (char **) nn_dataset_class_names (dataset));
  g_assert_cmpstr (names, ==, "A b|A.b|A|Z|b|É");
  g_assert_cmpint (nn_dataset_class_index (dataset, "A b"), ==, 0);
  g_assert_cmpint (nn_dataset_class_index (dataset, "É"), ==, 5);
  g_assert_cmpint (nn_dataset_class_index (dataset, "a"), ==, -1);
  nn_dataset_class_rows (dataset, 0, &first, &n_rows);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (n_rows, ==, 3);
  nn_dataset_class_rows (dataset, 2, &first, &n_rows);
  g_assert_cmpuint (first, ==, 4);
  g_assert_cmpuint (n_rows, ==, 2);
  nn_dataset_class_rows (dataset, 5, &first, &n_rows);
  g_assert_cmpuint (first, ==, 8);
  g_assert_cmpuint (n_rows, ==, 1);
}

/* What is in the folder beside the class files plays no part. */
static void
test_ignored (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autofree char *linked = g_build_filename (folder, "C.txt", NULL);
  g_autofree char *to_folder = g_build_filename (folder, "E.txt", NULL);
  g_autoptr (NnDataset) dataset = NULL;
  g_autofree char *names = NULL;

  names_folder_write (folder, "A.txt", "x\n");
  names_folder_write (folder, "B.txt", "y\n");
  names_folder_write (folder, "real.names", "z\n");
  g_assert_cmpint (symlink ("real.names", linked), ==, 0);
  names_folder_mkdir (folder, "D.txt");
  g_assert_cmpint (symlink ("D.txt", to_folder), ==, 0);
  names_folder_mkdir (folder, "old");
  names_folder_write (folder, "old/F.txt", "x\n");
  names_folder_write (folder, "README.md", "# Names\n");
  names_folder_write (folder, "G.TXT", "\xFF\n");
  names_folder_write (folder, "H.txt~", "\xFF\n");
  names_folder_write (folder, "txt", "\xFF\n");
  names_folder_write (folder, ".txt", "\xFF\n");
  names_folder_write (folder, "._A.txt", "\xFF\n");
  dataset = load (folder);
  names = g_strjoinv ("|", (char **) nn_dataset_class_names (dataset));
  g_assert_cmpstr (names, ==, "A|B|C");
}

/* A line of 1,024 bytes is read, not counting the byte order mark and the line's end; a name of 64 letters too. */
static void
test_limits (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autofree char *blanks = g_strnfill (1021, ' ');
  g_autofree char *letters = g_strnfill (64, 'q');
  g_autofree char *line = g_strconcat ("\xEF\xBB\xBF", blanks, "Bob\r\n", letters, "\n", letters, "é\n\n", NULL);
  g_autoptr (NnDataset) dataset = NULL;

  names_folder_write (folder, "A.txt", line);
  names_folder_write (folder, "B.txt", "Bob");
  dataset = load (folder);
  assert_facts (dataset, "A", "2 2 0 1 0");
  g_assert_cmpstr (nn_dataset_row_raw (dataset, 0), ==, "Bob");
  g_assert_cmpstr (nn_dataset_row_raw (dataset, 1), ==, letters);
  g_assert_cmpuint (nn_dataset_row_length (dataset, 1), ==, 64);
}

static void
test_64_classes (void)
{
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autoptr (NnDataset) dataset = NULL;

  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *file = g_strdup_printf ("C%02u.txt", i);
      names_folder_write (folder, file, "Bob\n");
    }
  dataset = load (folder);
  g_assert_cmpuint (nn_dataset_n_classes (dataset), ==, 64);
  g_assert_cmpuint (nn_dataset_n_strings (dataset), ==, 1);
  g_assert_cmpuint (nn_dataset_row_class (dataset, 63), ==, 63);
  g_assert_cmpstr (nn_dataset_class_names (dataset)[63], ==, "C63");
}

static NnDataset *
from_rows (const char *const *names, const char *const *raw, const guint *classes, guint n_rows)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_from_rows (names, raw, classes, n_rows, &error);

  g_assert_no_error (error);
  return dataset;
}

/* Rows in memory become what the same rows in files become: ordered by class, in a class as they came. */
static void
test_from_rows (void)
{
  static const char *const names[] = { "A", "B", "C", NULL };
  static const char *const raw[] = { " Zoë ", "", "Bob", "Zoe", "毛", "Ann", "Bob" };
  static const guint classes[] = { 2, 0, 1, 0, 1, 2, 2 };
  g_autoptr (NnDataset) dataset = from_rows (names, raw, classes, 7);
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autoptr (NnDataset) loaded = NULL;
  g_autofree char *text = to_text (dataset);
  g_autofree char *loaded_text = NULL;

  g_assert_cmpstr (text, ==, "A|Zoe|Zoe|3|0\nB|Bob|Bob|3|1\nC|Zoë|Zoe|3|0\nC|Ann|Ann|3|2\nC|Bob|Bob|3|1\n");
  assert_facts (dataset, "A", "1 1 0 0 0");
  assert_facts (dataset, "B", "1 1 1 0 0");
  assert_facts (dataset, "C", "3 3 0 0 0");
  g_assert_null (nn_dataset_folder (dataset));

  names_folder_write (folder, "A.txt", "\nZoe\n");
  names_folder_write (folder, "B.txt", "Bob\n毛\n");
  names_folder_write (folder, "C.txt", "Zoë\nAnn\nBob");
  loaded = load (folder);
  loaded_text = to_text (loaded);
  g_assert_cmpstr (loaded_text, ==, text);
  g_assert_cmpstr (nn_dataset_hash (loaded), ==, nn_dataset_hash (dataset));
}

/* Over rows x is A's (2 of its rows against 1), class-balanced it is B's (1/2 of B against 1/4 of A):
 * ceilings (2 + 6 + 1) / 10 and (6/8 + 1) / 2. */
static void
test_ceilings (void)
{
  static const char *const names[] = { "A", "B", NULL };
  static const char *const raw[] = { "x", "x", "p", "p", "p", "p", "q", "q", "x", "z" };
  static const guint classes[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1 };
  g_autoptr (NnDataset) dataset = from_rows (names, raw, classes, 10);

  g_assert_cmpuint (nn_dataset_shared_strings (dataset), ==, 1);
  g_assert_cmpfloat_with_epsilon (nn_dataset_ceiling (dataset), 0.9, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_dataset_ceiling_macro (dataset), 0.875, 1e-12);
  assert_facts (dataset, "A", "8 3 0 0 0");
  assert_facts (dataset, "B", "2 2 0 0 0");
}

/* Three classes of one shared string, one of them of nothing else: x is 1/3 of A, all of B, which gets it, 1/2 of C.
 * Rows: x 1 (any), a, a, c 3, so 4 / 6; macro: A 2/3, B 1, C 1/2. */
static void
test_ceilings_of_three (void)
{
  static const char *const names[] = { "A", "B", "C", NULL };
  static const char *const raw[] = { "x", "a", "a", "x", "c", "x" };
  static const guint classes[] = { 0, 0, 0, 1, 2, 2 };
  g_autoptr (NnDataset) dataset = from_rows (names, raw, classes, 6);

  g_assert_cmpuint (nn_dataset_shared_strings (dataset), ==, 1);
  g_assert_cmpuint (nn_dataset_n_strings (dataset), ==, 3);
  g_assert_cmpfloat_with_epsilon (nn_dataset_ceiling (dataset), 4.0 / 6.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_dataset_ceiling_macro (dataset), (2.0 / 3.0 + 1.0 + 0.5) / 3.0, 1e-12);
}

/* Where no string is shared, nothing rounds the ceilings down. */
static void
test_ceiling_of_one (void)
{
  static const char *const names[] = { "A", "B", NULL };
  static const char *const raw[] = { "a", "b", "c", "d", "e", "f", "g", "a", "x", "y", "z" };
  static const guint classes[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1 };
  g_autoptr (NnDataset) dataset = from_rows (names, raw, classes, 11);

  g_assert_cmpuint (nn_dataset_shared_strings (dataset), ==, 0);
  g_assert_true (nn_dataset_ceiling (dataset) == 1.0);
  g_assert_true (nn_dataset_ceiling_macro (dataset) == 1.0);
}

static char *
hash_of (const char *const *names, const char *const *raw, const guint *classes, guint n_rows)
{
  g_autoptr (NnDataset) dataset = from_rows (names, raw, classes, n_rows);

  return g_strdup (nn_dataset_hash (dataset));
}

/* The expected value is what sha256sum says of these bytes: A\nNovak\nBob\n\nB\nBob\n\n */
static void
test_hash (void)
{
  static const char *const names[] = { "A", "B", NULL };
  static const char *const other_names[] = { "A", "C", NULL };
  static const char *const raw[] = { "Novák", "Bob", " Bob" };
  static const char *const swapped[] = { "Bob", "Novak", "Bob" };
  static const char *const blurred[] = { "Novak", "Bob", "B", "Bob" };
  static const guint classes[] = { 0, 0, 1, 1 };
  static const guint moved[] = { 0, 1, 1 };
  g_autofree char *hash = hash_of (names, raw, classes, 3);
  g_autofree char *of_swapped = hash_of (names, swapped, classes, 3);
  g_autofree char *of_moved = hash_of (names, raw, moved, 3);
  g_autofree char *of_blurred = hash_of (names, blurred, classes, 4);
  g_autofree char *of_other_names = hash_of (other_names, raw, classes, 3);

  g_assert_cmpstr (hash, ==, "92ab155ba3af786c88ccdf3dee2b715322f21072819646c5d289e0a1a768c38d");
  g_assert_cmpstr (of_swapped, !=, hash);
  g_assert_cmpstr (of_moved, !=, hash);
  g_assert_cmpstr (of_blurred, !=, hash);
  g_assert_cmpstr (of_other_names, !=, hash);
}

/* Name @i of a list without repetition: the number in the base of the letters. */
static char *
numbered_name (guint i)
{
  char name[8];
  guint n = 0;

  for (guint left = i; n == 0 || left > 0; left /= 26)
    name[n++] = (char) ('a' + left % 26);
  name[n] = '\0';
  return g_strdup (name);
}

/* Twenty thousand names, each in both classes, in another order in the second. */
static void
test_many (void)
{
  const guint n = 20000;
  g_autoptr (NamesFolder) folder = names_folder_new ();
  g_autoptr (GString) a = g_string_new (NULL);
  g_autoptr (GString) b = g_string_new (NULL);
  g_autoptr (NnDataset) dataset = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = numbered_name (i);
      g_autofree char *permuted = numbered_name ((guint) ((guint64) i * 7919 % n));
      g_string_append_printf (a, "%s\n", name);
      g_string_append_printf (b, "%s\xCC\x81\n", permuted);
    }
  names_folder_write (folder, "A.txt", a->str);
  names_folder_write (folder, "B.txt", b->str);
  dataset = load (folder);
  g_assert_cmpuint (nn_dataset_n_rows (dataset), ==, 2 * n);
  g_assert_cmpuint (nn_dataset_n_strings (dataset), ==, n);
  g_assert_cmpuint (nn_dataset_shared_strings (dataset), ==, n);
  for (guint i = 0; i < n; i++)
    {
      guint original = (guint) ((guint64) i * 7919 % n);
      g_autofree char *name = numbered_name (original);
      g_autofree char *marked = g_strconcat (name, "\xCC\x81", NULL);

      g_assert_cmpuint (nn_dataset_row_string (dataset, i), ==, i);
      g_assert_cmpuint (nn_dataset_row_string (dataset, n + i), ==, original);
      g_assert_cmpstr (nn_dataset_row_ascii (dataset, n + i), ==, name);
      g_assert_cmpstr (nn_dataset_row_raw (dataset, n + i), ==, marked);
      g_assert_cmpstr (nn_dataset_row_raw (dataset, original), ==, name);
      g_assert_true (nn_dataset_row_raw (dataset, i) == nn_dataset_row_ascii (dataset, i)); /* stored once */
    }
}

/* Names that one and the same 32-bit FNV-1a hash has: of equal length, and one the beginning of the other. */
static void
test_equal_hashes (void)
{
  static const char *const names[] = { "A", "B", NULL };
  static const char *const raw[] = { "ktodoe", "yiijsv", "yebaaxdkq", "yebaa", "yiijsv", "ktodoe", "yebaa", "yebaaxdkq" };
  static const guint classes[] = { 0, 0, 0, 0, 1, 1, 1, 1 };
  g_autoptr (NnDataset) dataset = from_rows (names, raw, classes, 8);
  g_autofree char *text = to_text (dataset);

  g_assert_cmpstr (text, ==,
                   "A|ktodoe|ktodoe|6|0\n"
                   "A|yiijsv|yiijsv|6|1\n"
                   "A|yebaaxdkq|yebaaxdkq|9|2\n"
                   "A|yebaa|yebaa|5|3\n"
                   "B|yiijsv|yiijsv|6|1\n"
                   "B|ktodoe|ktodoe|6|0\n"
                   "B|yebaa|yebaa|5|3\n"
                   "B|yebaaxdkq|yebaaxdkq|9|2\n");
}

static void
test_references (void)
{
  static const char *const names[] = { "A", "B", NULL };
  static const char *const raw[] = { "x", "y" };
  static const guint classes[] = { 0, 1 };
  NnDataset *dataset = from_rows (names, raw, classes, 2);

  g_assert_true (nn_dataset_ref (dataset) == dataset);
  nn_dataset_unref (dataset);
  g_assert_cmpstr (nn_dataset_row_raw (dataset, 1), ==, "y");
  nn_dataset_unref (dataset);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/load", test_load);
  g_test_add_func ("/dataset/classes", test_classes);
  g_test_add_func ("/dataset/ignored", test_ignored);
  g_test_add_func ("/dataset/limits", test_limits);
  g_test_add_func ("/dataset/64-classes", test_64_classes);
  g_test_add_func ("/dataset/from-rows", test_from_rows);
  g_test_add_func ("/dataset/ceilings", test_ceilings);
  g_test_add_func ("/dataset/ceilings-of-three", test_ceilings_of_three);
  g_test_add_func ("/dataset/ceiling-of-one", test_ceiling_of_one);
  g_test_add_func ("/dataset/hash", test_hash);
  g_test_add_func ("/dataset/many", test_many);
  g_test_add_func ("/dataset/equal-hashes", test_equal_hashes);
  g_test_add_func ("/dataset/references", test_references);
  return g_test_run ();
}
