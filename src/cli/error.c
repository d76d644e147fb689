/* error.c: what went wrong, and the exit code that says so.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/error.h"

#include "cli/output.h"
#include "engine/error.h"

#include <glib/gi18n.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

G_DEFINE_QUARK (cli-error-quark, cli_error)

static gboolean
set_error (GError **error, CliError code, const char *format, va_list arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);

  g_set_error_literal (error, CLI_ERROR, code, message);
  return FALSE;
}

gboolean
cli_fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  set_error (error, CLI_ERROR_FAILED, format, arguments);
  va_end (arguments);
  return FALSE;
}

gboolean
cli_misuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  set_error (error, CLI_ERROR_USAGE, format, arguments);
  va_end (arguments);
  return FALSE;
}

/* A message may quote what a person or a file has written; it is one line of text all the same. */
void
cli_error_note (const char *message)
{
  g_autofree char *line = cli_one_line (message);

  /* Not g_printerr: it replaces what the locale's character set lacks. */
  fprintf (stderr, "gatescope-cli: %s\n", line);
}

/* What to do about an error whose message does not say it: the system's reasons, such as a file that is not there. */
static const char *
advice_for (const GError *error)
{
  if (strstr (error->message, "; ") != NULL || strstr (error->message, "；") != NULL)
    return NULL;
  if (g_error_matches (error, NN_ERROR, NN_ERROR_DATA))
    return _("mend it, or give another folder with --data");
  if (g_error_matches (error, NN_ERROR, NN_ERROR_SETTINGS))
    return _("give another value");
  return _("choose another file");
}

CliExit
cli_report (const GError *error, const char *command)
{
  g_autofree char *line = NULL;
  gboolean usage = g_error_matches (error, CLI_ERROR, CLI_ERROR_USAGE);
  const char *advice = usage ? NULL : advice_for (error);

  if (usage && command != NULL)
    line = g_strdup_printf (_("%s; see gatescope-cli %s --help"), error->message, command);
  else if (usage)
    line = g_strdup_printf (_("%s; see gatescope-cli --help"), error->message);
  else if (advice != NULL)
    /* Translators: what went wrong; what to do about it. */
    line = g_strdup_printf (C_("advice", "%s; %s"), error->message, advice);
  else
    line = g_strdup (error->message);
  cli_error_note (line);
  return usage ? CLI_WRONG_USAGE : CLI_FAILED;
}
