/* table.c: rows of text whose columns stand under each other, in any script.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include "cli/output.h"
#include "figure/sheet.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

struct _CliTable
{
  char *columns;
  GPtrArray *cells; /* of char *, row by row */
};

CliTable *
cli_table_new (const char *columns)
{
  CliTable *table = g_new0 (CliTable, 1);

  table->columns = g_strdup (columns);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  return table;
}

void
cli_table_free (CliTable *table)
{
  g_free (table->columns);
  g_ptr_array_unref (table->cells);
  g_free (table);
}

void
cli_table_add (CliTable *table, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (table->cells, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
cli_table_add_percent (CliTable *table, double share)
{
  if (isfinite (share))
    cli_table_add (table, "%.1f %%", 100.0 * share);
  else
    cli_table_add (table, "-");
}

void
cli_table_add_number (CliTable *table, double value, guint decimals)
{
  if (isfinite (value))
    cli_table_add (table, "%.*f", (int) decimals, value);
  else
    cli_table_add (table, "-");
}

guint
cli_text_width (const char *text)
{
  return fig_text_columns (text);
}

static void
print_blanks (guint n)
{
  cli_print ("%*s", (int) n, "");
}

static void
print_row (const CliTable *table, gsize row, const guint *widths)
{
  gsize n = strlen (table->columns);

  for (gsize column = 0; column < n; column++)
    {
      const char *cell = g_ptr_array_index (table->cells, row * n + column);
      guint padding = widths[column] - cli_text_width (cell);

      if (column > 0)
        print_blanks (2);
      if (table->columns[column] == 'r')
        print_blanks (padding);
      cli_print_text (cell);
      /* No blanks at the end of a line. */
      if (table->columns[column] == 'l' && column + 1 < n)
        print_blanks (padding);
    }
  cli_print_text ("\n");
}

void
cli_table_print (const CliTable *table, guint indent)
{
  gsize n = strlen (table->columns);
  gsize rows = table->cells->len / n;
  g_autofree guint *widths = g_new0 (guint, n);

  for (guint i = 0; i < table->cells->len; i++)
    widths[i % n] = MAX (widths[i % n], cli_text_width (g_ptr_array_index (table->cells, i)));
  for (gsize row = 0; row < rows; row++)
    {
      print_blanks (indent);
      print_row (table, row, widths);
    }
}
