/* lines.c: a file or pipe, line by line, whatever is in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lines.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

void
cli_lines_init (CliLines *lines, FILE *file, gsize limit)
{
  *lines = (CliLines){ .file = file, .limit = limit, .text = g_string_new (NULL) };
}

void
cli_lines_clear (CliLines *lines)
{
  if (lines->text != NULL)
    g_string_free (lines->text, TRUE);
  lines->text = NULL;
}

/* Reads on to the end of the line, keeping at most @room bytes: a line may be larger than the memory.
 * Returns: FALSE where there is nothing at all any more. */
static gboolean
read_line (CliLines *lines, gsize room)
{
  gboolean begun = FALSE;

  g_string_truncate (lines->text, 0);
  while (lines->text->len < room)
    {
      int byte = getc (lines->file);

      lines->unfinished = byte != '\n' && byte != EOF;
      if (byte == EOF)
        return begun;
      begun = TRUE;
      if (!lines->unfinished)
        return TRUE;
      g_string_append_c (lines->text, (char) byte);
    }
  return TRUE;
}

gboolean
cli_lines_next (CliLines *lines)
{
  GString *text = lines->text;

  while (lines->unfinished)
    if (!read_line (lines, lines->limit))
      return FALSE;
  /* With room for what is taken off again, and a byte more that shows that there is too much. */
  if (!read_line (lines, lines->limit + strlen (BYTE_ORDER_MARK "\r") + 1) || ferror (lines->file))
    return FALSE;
  lines->number++;
  if (!lines->unfinished && text->len > 0 && text->str[text->len - 1] == '\r')
    g_string_truncate (text, text->len - 1);
  if (lines->number == 1 && g_str_has_prefix (text->str, BYTE_ORDER_MARK))
    g_string_erase (text, 0, (gssize) strlen (BYTE_ORDER_MARK));
  lines->too_long = text->len > lines->limit;
  if (lines->too_long)
    g_string_truncate (text, lines->limit);
  return TRUE;
}

gboolean
cli_lines_is_text (const CliLines *lines)
{
  return g_utf8_validate_len (lines->text->str, lines->text->len, NULL);
}
