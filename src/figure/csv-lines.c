/* csv-lines.c: the fields of comma-separated values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/csv-lines.h"

#include "figure/csv.h"

#include <math.h>
#include <string.h>

GString *
fig_csv_begin (const FigMetadata *metadata, const char *columns)
{
  GString *csv = g_string_new (NULL);

  if (metadata != NULL)
    fig_csv_append_notes (metadata, '#', csv);
  g_string_append_printf (csv, "%s\n", columns);
  return csv;
}

/* Blanks at the ends and a # at the beginning are quoted, too, lest a reader drop them. */
void
fig_csv_add_text (GString *csv, const char *text)
{
  gsize length = strlen (text);

  if (strpbrk (text, ",\"\r\n") == NULL && *text != '#' && *text != ' ' && (length == 0 || text[length - 1] != ' '))
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (; *text != '\0'; text++)
    g_string_append_printf (csv, *text == '"' ? "\"%c" : "%c", *text);
  g_string_append_c (csv, '"');
}

void
fig_csv_add_number (GString *csv, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (csv, ',');
  if (isfinite (value))
    g_string_append (csv, g_ascii_formatd (digits, sizeof digits, "%.9g", value));
}
