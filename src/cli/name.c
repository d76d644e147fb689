/* name.c: a name that a person has given, and what the networks read of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/name.h"

#include "cli/output.h"
#include "engine/alphabet.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_SHOWN 60 /* characters of a name that is too long */

void
cli_name_init (CliName *name, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  *name = (CliName){ .given = g_utf8_make_valid (bytes, (gssize) length) };
  if (!g_utf8_validate_len (bytes, length, NULL))
    {
      name->ascii = g_strdup ("");
      name->dropped = g_strdup ("");
      if (memchr (bytes, '\0', length) != NULL)
        name->problem = N_ ("the name has a NUL byte");
      else
        name->problem = N_ ("the name is not valid UTF-8");
      return;
    }
  name->ascii = nn_name_reduce (name->given, &name->dropped);
  if (nn_name_check (name->given, name->ascii, &error))
    return;
  name->owned_problem = g_strdup (error->message);
  name->problem = name->owned_problem;
}

void
cli_name_init_too_long (CliName *name, const char *bytes, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (bytes, (gssize) length);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (MAX_SHOWN, g_utf8_strlen (valid, -1)));

  *name = (CliName){
    .given = g_strconcat (start, "…", NULL),
    .ascii = g_strdup (""),
    .dropped = g_strdup (""),
    .problem = N_ ("the line is too long to be a name"),
  };
}

void
cli_name_clear (CliName *name)
{
  g_free (name->given);
  g_free (name->ascii);
  g_free (name->dropped);
  g_free (name->owned_problem);
}

void
cli_name_print (const CliName *name)
{
  g_autofree char *given = cli_one_line (name->given);
  g_autofree char *dropped = cli_one_line (name->dropped);

  cli_print_text (given);
  if (name->problem == NULL && strcmp (name->given, name->ascii) != 0)
    cli_print (_(" (read as “%s”)"), name->ascii);
  if (name->problem == NULL && *dropped != '\0')
    cli_print (_(" (dropped: “%s”)"), dropped);
  cli_print_text ("\n");
  if (name->problem != NULL)
    {
      g_autofree char *problem = cli_one_line (_(name->problem));
      cli_print ("  %s\n", problem);
    }
}
