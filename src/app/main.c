/* main.c: the window program.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/application.h"
#include "run/paths.h"

#include <glib/gi18n.h>
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <signal.h>

int
main (int argc, char **argv)
{
  g_autoptr (ScopeApplication) application = NULL;
  g_autofree char *locale_folder = scope_paths_locale_folder ();

  setlocale (LC_ALL, "");
  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, locale_folder);
  bind_textdomain_codeset (GATESCOPE_GETTEXT_DOMAIN, "UTF-8");
  textdomain (GATESCOPE_GETTEXT_DOMAIN);
  gsl_set_error_handler_off ();
  /* A limit on file sizes is told by the write that fails, not by a signal. */
  signal (SIGXFSZ, SIG_IGN);
  if (scope_paths_is_uninstalled ())
    g_setenv ("GSETTINGS_SCHEMA_DIR", GATESCOPE_BUILD_ROOT "/data", FALSE);

  application = scope_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
