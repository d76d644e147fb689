/* main.c: gatescope-cli: finds the command, runs it, and says in one line what went wrong.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"
#include "cli/error.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/table.h"
#include "run/paths.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

static const struct
{
  const char *name;
  CliCommand run;
  const char *summary;
} commands[] = {
  { "train", cli_command_train, N_ ("Train networks on a folder of names") },
  { "evaluate", cli_command_evaluate, N_ ("Count what a trained network guesses") },
  { "predict", cli_command_predict, N_ ("Guess where names come from") },
  { "gates", cli_command_gates, N_ ("Print what every gate does at each letter of a name") },
  { "data", cli_command_data, N_ ("Count the names of a folder") },
  { "figure", cli_command_figure, N_ ("Draw curves, matrices or gates into a file") },
  { "compare", cli_command_compare, N_ ("Print the numbers of runs side by side") },
  { "report", cli_command_report, N_ ("Train as the report does and write it with its figures") },
};

static void
print_help (void)
{
  g_autoptr (CliTable) table = cli_table_new ("ll");

  cli_print_text (_("Usage:\n  gatescope-cli COMMAND [OPTION…]\n\n"
                    "Trains recurrent networks on surnames and shows what their gates do.\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      cli_table_add (table, "%s", commands[i].name);
      cli_table_add (table, "%s", _(commands[i].summary));
    }
  cli_table_print (table, 2);
  cli_print_text (_("\nOptions:\n  -h, --help     Print this help, or behind a command that of the command\n"
                    "  --version      Print the version\n"));
}

static gboolean
run (char **arguments, GError **error)
{
  const char *name = arguments[0];
  g_autofree char *quoted = NULL;

  if (name == NULL)
    return cli_misuse (error, _("no command was given"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (name, commands[i].name) == 0)
      return commands[i].run (arguments, error);
  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0)
    print_help ();
  else if (strcmp (name, "--version") == 0)
    cli_print_text ("gatescope-cli " GATESCOPE_VERSION "\n");
  else
    {
      quoted = cli_quoted (name);
      return *name == '-' ? cli_misuse (error, _("%s is no option that stands before the command"), quoted)
                          : cli_misuse (error, _("there is no command %s"), quoted);
    }
  return TRUE;
}

static const char *
command_name (char **arguments)
{
  for (gsize i = 0; arguments[0] != NULL && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (arguments[0], commands[i].name) == 0)
      return commands[i].name;
  return NULL;
}

/* Words in the user's language; numbers always as in C, since other programs read them. */
static void
set_up_locale (void)
{
  g_autofree char *translations = scope_paths_locale_folder ();

  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, translations);
  bind_textdomain_codeset (GATESCOPE_GETTEXT_DOMAIN, "UTF-8");
  textdomain (GATESCOPE_GETTEXT_DOMAIN);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  char **arguments = argv + MIN (argc, 1);

  g_set_prgname ("gatescope-cli");
  set_up_locale ();
  /* A reader that goes away is an error like any other that keeps the output from being written. */
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  if (!run (arguments, &error))
    {
      cli_output_flush ();
      return cli_report (error, command_name (arguments));
    }
  if (!cli_output_finish (&error))
    return cli_report (error, NULL);
  return CLI_FINE;
}
