/* output.c: the standard output: text and JSON, in UTF-8 and in the C locale's numbers, and whether it arrived.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/output.h"

#include "cli/error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Why the first write that failed did so: by the time the end is reached, errno is another call's. */
static int output_errno;

static void
remember (gboolean failed)
{
  if (failed && output_errno == 0)
    output_errno = errno != 0 ? errno : EIO;
}

void
cli_print (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  remember (vprintf (format, arguments) < 0);
  va_end (arguments);
}

void
cli_print_text (const char *text)
{
  remember (fputs (text, stdout) == EOF);
}

void
cli_print_json (const json_t *object, guint digits)
{
  char *text = json_dumps (object, JSON_REAL_PRECISION (digits));

  g_assert (text != NULL);
  cli_print_text (text);
  cli_print_text ("\n");
  free (text);
}

void
cli_print_field (const char *text)
{
  gsize length = strlen (text);

  if (strpbrk (text, ",\"\r\n") == NULL && (length == 0 || (text[0] != ' ' && text[length - 1] != ' ')))
    {
      cli_print_text (text);
      return;
    }
  cli_print_text ("\"");
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        remember (putchar ('"') == EOF);
      remember (putchar (*at) == EOF);
    }
  cli_print_text ("\"");
}

char *
cli_one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append_unichar (line, g_unichar_iscntrl (character) ? 0xFFFD : character);
    }
  return g_string_free (line, FALSE);
}

gboolean
cli_output_flush (void)
{
  remember (fflush (stdout) != 0);
  return output_errno == 0;
}

gboolean
cli_output_finish (GError **error)
{
  if (cli_output_flush ())
    return TRUE;
  return cli_fail (error, _("the standard output can't be written: %s; make room, or send it elsewhere"),
                   g_strerror (output_errno));
}

json_t *
cli_json_floats (const float *values, guint n)
{
  json_t *list = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (list, nn_json_real (values[i]));
  return list;
}
