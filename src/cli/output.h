/* output.h: the standard output: text and JSON, in UTF-8 and in the C locale's numbers, and whether it arrived.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/json.h"

G_BEGIN_DECLS

/* Digits that give a number back exactly. */
#define CLI_DIGITS_FLOAT 9
#define CLI_DIGITS_DOUBLE 17

/* cli_print: printf to the standard output; not g_print, which replaces what the locale's character set lacks. */
void cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* cli_print_text: the same for text as it is. */
void cli_print_text (const char *text);

/* cli_print_json:
 * Prints @object as one line.
 * @digits: of its numbers that are not whole, CLI_DIGITS_FLOAT or CLI_DIGITS_DOUBLE */
void cli_print_json (const json_t *object, guint digits);

/* cli_print_field: text as a field of comma-separated values, quoted where RFC 4180 wants it, and where blanks at an
 * end might be lost. */
void cli_print_field (const char *text);

/* cli_one_line: UTF-8 without control characters: what others have written, fit for a terminal. (transfer full) */
char *cli_one_line (const char *text);

/* cli_output_flush: hands on what was printed so far. FALSE where anything so far could not be written. */
gboolean cli_output_flush (void);

/* cli_output_finish:
 * The same at the end of a command.
 * Errors: CLI_ERROR_FAILED with what the system said. */
gboolean cli_output_finish (GError **error);

/* cli_json_floats: a list of numbers. (transfer full) */
json_t *cli_json_floats (const float *values, guint n);

G_END_DECLS
