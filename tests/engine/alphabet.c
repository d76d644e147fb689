/* alphabet.c: the letters' positions, the reduction of names, and what is said of a name that can't be read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/alphabet.h"

#include "engine/error.h"

#include <string.h>

static void
test_letters (void)
{
  const char *in_order = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'";
  guint known = 0;

  g_assert_cmpuint (strlen (in_order), ==, 57);
  g_assert_cmpuint (NN_ALPHABET_SIZE, ==, 57);
  for (guint i = 0; i < 57; i++)
    {
      g_assert_cmpint (nn_letter_index (in_order[i]), ==, (int) i);
      g_assert_cmpint (nn_letter (i), ==, in_order[i]);
    }
  for (int byte = 0; byte < 256; byte++)
    known += nn_letter_index ((char) byte) >= 0;
  g_assert_cmpuint (known, ==, 57);
}

typedef struct
{
  const char *raw, *ascii, *dropped;
} Reduction;

static const Reduction reductions[] = {
  { "Satoshi", "Satoshi", "" },
  { "", "", "" },
  { "O'Neal, Jr.; x", "O'Neal, Jr.; x", "" },
  /* Marks go silently, composed or not, one or two of them. */
  { "Ślusàrski", "Slusarski", "" },
  { "O'Néàl", "O'Neal", "" },
  { "Ne\u0301al", "Neal", "" },
  { "Nguyễn", "Nguyen", "" },
  { "Ǖber", "Uber", "" },
  { "\u0301\u0344", "", "" },
  /* Letters that are no letter of ours with a mark on it are dropped, each time, as they stand. */
  { "Łódź", "odz", "Ł" },
  { "Großkreuß", "Grokreu", "ßß" },
  { "Ørsted", "rsted", "Ø" },
  { "Smith-Jones 2", "SmithJones ", "-2" },
  { "Müller-Łuk", "Mulleruk", "-Ł" },
  { "김Kim毛", "Kim", "김毛" },
  { "a\xF0\x9F\x98\x80z", "az", "\xF0\x9F\x98\x80" },
  /* A composed sign whose decomposition has no letter stays whole; decomposed, its mark goes silently. */
  { "a\u2260b", "ab", "\u2260" },
  { "a=\u0338b", "ab", "=" },
  { "\u03AD\u1FB4", "", "\u03AD\u1FB4" },
  /* Decomposition is canonical: signs that are ours by another number count, look-alikes don't. */
  { "\u212Aelvin\u037E \u212B", "Kelvin; A", "" },
  { "\uFB01ne \uFF21\u24B6", "ne ", "\uFB01\uFF21\u24B6" },
  /* White space: at the ends it goes, whatever its kind; within, only the plain blank is a letter. */
  { " \t Bob \r\n", "Bob", "" },
  { "\u00A0\u3000Bob\u2028\xC2\x85", "Bob", "" },
  { "\v\f\x1C\x1D\x1E\x1F" "Bob\x1F\v", "Bob", "" },
  { "de  la\tCruz\u00A0y", "de  laCruzy", "\t\u00A0" },
  { "Bob \u00DF", "Bob ", "\u00DF" },
  { " \t\u2003", "", "" },
  /* A zero-width space is none, but it is no letter either. */
  { "\u200BBob", "Bob", "\u200B" },
  /* A byte order mark at the start is not the name's. */
  { "\uFEFFBob", "Bob", "" },
  { " \uFEFF Bob", "Bob", "" },
  { "Bo\uFEFF" "b\uFEFF", "Bob", "\uFEFF\uFEFF" },
};

static void
test_reduce (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reductions); i++)
    {
      const Reduction *expected = &reductions[i];
      g_autofree char *dropped = NULL;
      g_autofree char *ascii = nn_name_reduce (expected->raw, &dropped);
      g_autofree char *alone = nn_name_reduce (expected->raw, NULL);

      g_test_message ("“%s”", expected->raw);
      g_assert_cmpstr (ascii, ==, expected->ascii);
      g_assert_cmpstr (dropped, ==, expected->dropped);
      g_assert_cmpstr (alone, ==, expected->ascii);
    }
}

/* The letters that the characters of U+00C0 to U+017F decompose into, from the character database's field 5; a dot
 * where there is none of ours. */
static const char latin[] = "AAAAAA.CEEEEIIII.NOOOOO..UUUUY..aaaaaa.ceeeeiiii.nooooo..uuuuy.y"
                            "AaAaAaCcCcCcCcDd..EeEeEeEeEeGgGgGgGgHh..IiIiIiIiI...JjKk.LlLlLl...."
                            "NnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTt..UuUuUuUuUuUuWwYyYZzZzZz.";

static void
test_latin (void)
{
  g_assert_cmpuint (strlen (latin), ==, 0x180 - 0xC0);
  for (gunichar c = 0xC0; c < 0x180; c++)
    {
      char letter[] = { latin[c - 0xC0], '\0' };
      char raw[7] = "";
      g_autofree char *dropped = NULL;
      g_autofree char *ascii = NULL;

      raw[g_unichar_to_utf8 (c, raw)] = '\0';
      ascii = nn_name_reduce (raw, &dropped);
      g_test_message ("U+%04X", c);
      g_assert_cmpstr (ascii, ==, *letter == '.' ? "" : letter);
      g_assert_cmpstr (dropped, ==, *letter == '.' ? raw : "");
    }
}

static void
test_long_name (void)
{
  g_autofree char *raw = g_strnfill (100000, 'x');
  g_autofree char *dropped = NULL;
  g_autofree char *ascii = NULL;

  memcpy (raw + 50000, "é", strlen ("é"));
  ascii = nn_name_reduce (raw, &dropped);
  g_assert_cmpuint (strlen (ascii), ==, 99999);
  g_assert_cmpint (ascii[50000], ==, 'e');
  g_assert_cmpstr (dropped, ==, "");
}

static void
assert_refused (const char *raw, const char *ascii, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_name_check (raw, ascii, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_NAME);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_false (nn_name_check (raw, ascii, NULL));
}

static void
test_check (void)
{
  g_autofree char *longest = g_strnfill (64, 'a');
  g_autofree char *too_long = g_strnfill (71, 'a');
  g_autofree char *just_too_long = g_strnfill (65, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_name_check ("Novák", "Novak", &error));
  g_assert_no_error (error);
  g_assert_true (nn_name_check ("a", "a", &error));
  g_assert_true (nn_name_check (longest, longest, &error));
  g_assert_no_error (error);

  assert_refused ("毛泽东", "",
                  "“毛泽东” has no letter that the networks read (a-z, A-Z, space and . , ; ')");
  assert_refused ("  ", "", "“” has no letter that the networks read (a-z, A-Z, space and . , ; ')");
  assert_refused (" é\ta\n1\x01 ", "",
                  "“é a 1\uFFFD” has no letter that the networks read (a-z, A-Z, space and . , ; ')");
  assert_refused ("x", just_too_long, "“x” has 65 letters; a network reads at most 64");
  assert_refused (too_long, too_long,
                  "“aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…” has 71 letters; a network reads at most 64");
  assert_refused ("é", "é",
                  "“é” has a letter that the networks don't read (they read a-z, A-Z, space and . , ; ')");
}

/* Forty characters are shown whole, the forty-first is cut, and no character is cut in the middle. */
static void
test_check_shortens (void)
{
  const char *ten = "éßéßéßéßéß";
  g_autofree char *forty = g_strconcat (ten, ten, ten, ten, NULL);
  g_autofree char *more = g_strconcat (forty, "é", NULL);
  g_autofree char *whole
      = g_strconcat ("“", forty, "” has no letter that the networks read (a-z, A-Z, space and . , ; ')", NULL);
  g_autofree char *cut
      = g_strconcat ("“", forty, "…” has no letter that the networks read (a-z, A-Z, space and . , ; ')", NULL);

  assert_refused (forty, "", whole);
  assert_refused (more, "", cut);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alphabet/letters", test_letters);
  g_test_add_func ("/alphabet/reduce", test_reduce);
  g_test_add_func ("/alphabet/latin", test_latin);
  g_test_add_func ("/alphabet/long-name", test_long_name);
  g_test_add_func ("/alphabet/check", test_check);
  g_test_add_func ("/alphabet/check-shortens", test_check_shortens);
  return g_test_run ();
}
