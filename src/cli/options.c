/* options.c: options and arguments of a command.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/options.h"

#include "cli/error.h"
#include "cli/output.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_QUOTED 60 /* characters */

char *
cli_quoted (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  if (g_utf8_strlen (valid, -1) > MAX_QUOTED)
    {
      g_autofree char *start = g_utf8_substring (valid, 0, MAX_QUOTED);
      return g_strdup_printf (_("“%s…”"), start);
    }
  return g_strdup_printf (_("“%s”"), valid);
}

static gboolean
is_flag (const GOptionEntry *entries, const char *name, gsize length)
{
  for (; entries->long_name != NULL; entries++)
    if (strncmp (entries->long_name, name, length) == 0 && entries->long_name[length] == '\0')
      return entries->arg == G_OPTION_ARG_NONE;
  return FALSE;
}

/* GOption takes --json=no for --json. */
static gboolean
check_flags (const GOptionEntry *entries, char **arguments, GError **error)
{
  for (; *arguments != NULL && strcmp (*arguments, "--") != 0; arguments++)
    {
      const char *equals = strchr (*arguments, '=');

      if (equals != NULL && g_str_has_prefix (*arguments, "--")
          && is_flag (entries, *arguments + 2, (gsize) (equals - *arguments - 2)))
        return cli_misuse (error, _("%.*s takes no value"), (int) (equals - *arguments), *arguments);
    }
  return TRUE;
}

/* GOption would print the help itself and leave, past the check of the standard output; hence our own --help. */
gboolean
cli_options_parse (
  const CliCommandFacts *facts, const GOptionEntry *entries, char **arguments, gboolean *helped, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (facts->parameters);
  g_autoptr (GError) fault = NULL;
  g_autofree char *name = g_strconcat ("gatescope-cli ", facts->name, NULL);
  g_auto (GStrv) rest = g_strdupv (arguments);
  GOptionEntry help[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, helped, N_ ("Print this help"), NULL },
    CLI_OPTION_END,
  };

  *helped = FALSE;
  if (!check_flags (entries, arguments, error))
    return FALSE;
  g_set_prgname (name);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GATESCOPE_GETTEXT_DOMAIN);
  g_option_context_set_summary (context, facts->summary);
  g_option_context_set_description (context, facts->description);
  g_option_context_add_main_entries (context, entries, GATESCOPE_GETTEXT_DOMAIN);
  g_option_context_add_main_entries (context, help, GATESCOPE_GETTEXT_DOMAIN);
  if (!g_option_context_parse_strv (context, &rest, &fault))
    return cli_misuse (error, "%s", fault->message);
  if (*helped)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
      cli_print_text (text);
      return TRUE;
    }
  if (rest[0] != NULL && rest[1] != NULL)
    {
      g_autofree char *quoted = cli_quoted (rest[1]);
      return cli_misuse (error, _("%s is no option of this command"), quoted);
    }
  return TRUE;
}

gboolean
cli_option_not_empty (const char *option, const char *text, GError **error)
{
  if (text == NULL || *text != '\0')
    return TRUE;
  return cli_misuse (error, _("%s is empty"), option);
}

gboolean
cli_option_whole (const char *option, const char *text, guint64 least, guint64 most, guint64 *value, GError **error)
{
  g_autofree char *quoted = NULL;

  if (g_ascii_string_to_unsigned (text, 10, least, most, value, NULL))
    return TRUE;
  quoted = cli_quoted (text);
  return cli_misuse (error, _("%s is %s; it must be a whole number from %lu to %lu"), option, quoted, (gulong) least,
                     (gulong) most);
}

/* Digits, point and exponent alone: g_ascii_strtod takes hexadecimal, white space and names such as nan, too. */
static gboolean
read_real (const char *text, double *value)
{
  char *end;

  if (*text == '\0' || text[strspn (text, "0123456789.eE+-")] != '\0')
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  return *end == '\0' && end != text && isfinite (*value);
}

gboolean
cli_option_real (
  const char *option, const char *text, double least, gboolean above, double most, double *value, GError **error)
{
  g_autofree char *quoted = NULL;

  if (read_real (text, value) && (above ? *value > least : *value >= least) && *value <= most)
    return TRUE;
  quoted = cli_quoted (text);
  return cli_misuse (error,
                     above ? _("%s is %s; it must be a number above %.9g and at most %.9g")
                           : _("%s is %s; it must be a number from %.9g to %.9g"),
                     option, quoted, least, most);
}
