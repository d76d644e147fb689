/* table.h: rows of text whose columns stand under each other, in any script.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CliTable CliTable;

/* cli_table_new: @columns has a letter a column: 'l' for text, 'r' for numbers. (transfer full) */
CliTable *cli_table_new (const char *columns);
void cli_table_free (CliTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTable, cli_table_free)

/* cli_table_add: the next cell, row by row. */
void cli_table_add (CliTable *table, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* cli_table_add_percent: a share (0..1) as "61.2 %", NaN as a dash. */
void cli_table_add_percent (CliTable *table, double share);

/* cli_table_add_number: a number with @decimals digits after the point, NaN as a dash. */
void cli_table_add_number (CliTable *table, double value, guint decimals);

/* cli_table_print: prints the rows, each behind @indent blanks. */
void cli_table_print (const CliTable *table, guint indent);

/* cli_text_width: the columns that @text takes in a terminal. */
guint cli_text_width (const char *text);

G_END_DECLS
