/* error.h: what went wrong, and the exit code that says so.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CLI_FINE = 0,
  CLI_FAILED = 1,
  CLI_WRONG_USAGE = 2,
} CliExit;

typedef enum
{
  CLI_ERROR_USAGE,  /* an option or argument that can't be meant so */
  CLI_ERROR_FAILED, /* anything else */
} CliError;

#define CLI_ERROR (cli_error_quark ())

GQuark cli_error_quark (void);

/* cli_fail, cli_misuse: set a CLI_ERROR_FAILED or CLI_ERROR_USAGE, and return FALSE. */
gboolean cli_fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean cli_misuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* cli_report:
 * Prints @error as one line on the standard error: what is wrong, and what to do.
 * @command: (nullable): the command that was given, for the pointer to its help
 * Returns: the exit code that it means. */
CliExit cli_report (const GError *error, const char *command);

/* cli_error_note: the line alone, for something that went wrong while the command goes on. */
void cli_error_note (const char *message);

G_END_DECLS
