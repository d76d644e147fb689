/* options.h: options and arguments of a command.
 *
 * Every option with a value is read as the bytes that were given, and checked here: GOption's own numbers take nan,
 * octal and hexadecimal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For the rows of a table of options. */
#define CLI_OPTION_TEXT(name, field, description, argument)                                                            \
  {                                                                                                                    \
    name, 0, 0, G_OPTION_ARG_FILENAME, field, description, argument                                                    \
  }
#define CLI_OPTION_LIST(name, field, description, argument)                                                            \
  {                                                                                                                    \
    name, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, field, description, argument                                              \
  }
#define CLI_OPTION_FLAG(name, field, description)                                                                      \
  {                                                                                                                    \
    name, 0, 0, G_OPTION_ARG_NONE, field, description, NULL                                                            \
  }
/* All that is no option; without such a row, any such argument is wrong usage. */
#define CLI_OPTION_REST(field)                                                                                         \
  {                                                                                                                    \
    G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, field, NULL, NULL                                           \
  }
#define CLI_OPTION_END                                                                                                 \
  {                                                                                                                    \
    NULL                                                                                                               \
  }

/* What a command is, for its help. */
typedef struct
{
  const char *name;        /* "train" */
  const char *parameters;  /* (nullable): what stands behind the options: "[-- NAME…]" */
  const char *summary;     /* what it does */
  const char *description; /* (nullable): what stands under the options */
} CliCommandFacts;

/* cli_options_parse:
 * Reads @arguments, of which the first is the command's name. With --help it prints the help instead.
 * @helped: (out): whether it did
 * Errors: CLI_ERROR_USAGE. */
gboolean cli_options_parse (const CliCommandFacts *facts,
                            const GOptionEntry *entries,
                            char **arguments,
                            gboolean *helped,
                            GError **error);

/* cli_option_whole:
 * Reads a whole number.
 * @option: its name, for the message
 * Errors: CLI_ERROR_USAGE naming the option, what was given and the range. */
gboolean cli_option_whole (const char *option,
                           const char *text,
                           guint64 least,
                           guint64 most,
                           guint64 *value,
                           GError **error);

/* cli_option_real:
 * Reads a number from @least to @most.
 * @above: @least itself is too small
 * Errors: the same. */
gboolean cli_option_real (const char *option,
                          const char *text,
                          double least,
                          gboolean above,
                          double most,
                          double *value,
                          GError **error);

/* cli_option_not_empty: FALSE for an option that was given as "". Errors: CLI_ERROR_USAGE. */
gboolean cli_option_not_empty (const char *option, const char *text, GError **error);

/* cli_quoted: text that was given, in quotation marks, shortened. (transfer full) */
char *cli_quoted (const char *text);

G_END_DECLS
