/* alphabet.c: the 57 letters, and how a name is reduced to them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/alphabet-private.h"

#include "engine/error.h"
#include "engine/i18n.h"

#include <string.h>

#define BYTE_ORDER_MARK 0xFEFF
#define REPLACEMENT_CHARACTER 0xFFFD

/* A message shows so many characters of a name. */
#define SHOWN_CHARACTERS 40

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'";

G_STATIC_ASSERT (sizeof letters == NN_ALPHABET_SIZE + 1);

int
nn_letter_index (char letter)
{
  if (letter >= 'a' && letter <= 'z')
    return letter - 'a';
  if (letter >= 'A' && letter <= 'Z')
    return 26 + letter - 'A';
  switch (letter)
    {
    case ' ':
      return 52;
    case '.':
      return 53;
    case ',':
      return 54;
    case ';':
      return 55;
    case '\'':
      return 56;
    default:
      return -1;
    }
}

char
nn_letter (guint index)
{
  g_return_val_if_fail (index < NN_ALPHABET_SIZE, ' ');
  return letters[index];
}

/* Most names begin and end with one: neither white space nor anything else to look up. */
static inline gboolean
is_plain (char c)
{
  return g_ascii_isalpha (c);
}

/* Python's str.strip, with which the tutorial's rows are read, takes six control characters more for white space than
 * GLib does. */
static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == '\v' || (c >= 0x1C && c <= 0x1F) || c == 0x85;
}

void
nn_name_trim (const char **text, gsize *length)
{
  const char *start = *text;
  const char *end = start + *length;

  for (; start < end && !is_plain (*start); start = g_utf8_next_char (start))
    {
      gunichar c = g_utf8_get_char (start);
      if (!is_space (c) && c != BYTE_ORDER_MARK)
        break;
    }
  while (start < end && !is_plain (end[-1]))
    {
      const char *last = g_utf8_prev_char (end);
      if (!is_space (g_utf8_get_char (last)))
        break;
      end = last;
    }
  *text = start;
  *length = (gsize) (end - start);
}

/* Adds the letters that @c decomposes into. Returns whether it was read: a combining mark is, silently; a character
 * without any letter of ours is not. */
static gboolean
reduce_character (gunichar c, char *ascii, gsize *n)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize before = *n;
  gsize n_parts;

  if (g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK)
    return TRUE;
  n_parts = g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n_parts; i++)
    if (parts[i] < 0x80 && nn_letter_index ((char) parts[i]) >= 0)
      ascii[(*n)++] = (char) parts[i];
  return *n > before;
}

gsize
nn_name_reduce_span (const char *text, gsize length, char *ascii, GString *dropped, gboolean *lost)
{
  const char *end = text + length;
  const char *next;
  gsize n = 0;

  *lost = FALSE;
  for (const char *at = text; at < end; at = next)
    {
      next = g_utf8_next_char (at);
      if (is_plain (*at) || nn_letter_index (*at) >= 0)
        ascii[n++] = *at;
      else if ((guchar) *at < 0x80 || !reduce_character (g_utf8_get_char (at), ascii, &n))
        {
          *lost = TRUE;
          if (dropped != NULL)
            g_string_append_len (dropped, at, next - at);
        }
    }
  return n;
}

char *
nn_name_reduce (const char *raw, char **dropped)
{
  g_autoptr (GString) out = NULL;
  const char *text = raw;
  gboolean lost;
  gsize length, n;
  char *ascii;

  g_return_val_if_fail (raw != NULL && g_utf8_validate (raw, -1, NULL), NULL);

  length = strlen (raw);
  nn_name_trim (&text, &length);
  ascii = g_malloc (length + 1);
  if (dropped != NULL)
    out = g_string_new (NULL);
  n = nn_name_reduce_span (text, length, ascii, out, &lost);
  ascii[n] = '\0';
  if (dropped != NULL)
    *dropped = g_string_free (g_steal_pointer (&out), FALSE);
  return ascii;
}

/* A name as a message shows it: on one line, and not for ever. */
static char *
shown_name (const char *raw)
{
  GString *shown = g_string_new (NULL);
  gsize length = strlen (raw);
  const char *end;
  guint n = 0;

  nn_name_trim (&raw, &length);
  end = raw + length;
  for (; raw < end && n < SHOWN_CHARACTERS; raw = g_utf8_next_char (raw), n++)
    {
      gunichar c = g_utf8_get_char (raw);
      g_string_append_unichar (shown, is_space (c) ? ' ' : g_unichar_isprint (c) ? c : REPLACEMENT_CHARACTER);
    }
  if (raw < end)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

gboolean
nn_name_check (const char *raw, const char *ascii, GError **error)
{
  gsize n;

  g_return_val_if_fail (raw != NULL && g_utf8_validate (raw, -1, NULL) && ascii != NULL, FALSE);

  n = strlen (ascii);
  if (n >= 1 && n <= NN_MAX_LETTERS && strspn (ascii, letters) == n)
    return TRUE;

  g_autofree char *name = shown_name (raw);
  if (n == 0)
    g_set_error (error, NN_ERROR, NN_ERROR_NAME,
                 _("“%s” has no letter that the networks read (a-z, A-Z, space and . , ; ')"), name);
  else if (n > NN_MAX_LETTERS)
    g_set_error (error, NN_ERROR, NN_ERROR_NAME, _("“%s” has %zu letters; a network reads at most %d"), name, n,
                 NN_MAX_LETTERS);
  else
    g_set_error (error, NN_ERROR, NN_ERROR_NAME,
                 _("“%s” has a letter that the networks don't read (they read a-z, A-Z, space and . , ; ')"), name);
  return FALSE;
}
