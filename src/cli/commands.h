/* commands.h: the commands, one a file.
 *
 * Each gets its arguments, of which the first is its own name, and prints to the standard output. FALSE with an error
 * means that it failed; CLI_ERROR_USAGE that it was used wrongly.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*CliCommand) (char **arguments, GError **error);

gboolean cli_command_train (char **arguments, GError **error);
gboolean cli_command_evaluate (char **arguments, GError **error);
gboolean cli_command_predict (char **arguments, GError **error);
gboolean cli_command_gates (char **arguments, GError **error);
gboolean cli_command_data (char **arguments, GError **error);
gboolean cli_command_figure (char **arguments, GError **error);
gboolean cli_command_compare (char **arguments, GError **error);
gboolean cli_command_report (char **arguments, GError **error);

G_END_DECLS
