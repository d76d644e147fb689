/* locations.c: where the program finds what comes with it, installed or not.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/locations.h"

#include <string.h>

/* Whether this process runs from the folder in which it was built. */
static gboolean
is_uninstalled (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL && g_str_has_prefix (program, GATESCOPE_BUILD_ROOT G_DIR_SEPARATOR_S);
}

char *
cli_location_names (void)
{
  const char *folder = g_getenv ("GATESCOPE_DATA_DIR");

  if (folder == NULL || *folder == '\0')
    folder = is_uninstalled () ? GATESCOPE_SOURCE_DATA_DIR : GATESCOPE_DATA_DIR;
  return g_build_filename (folder, "names", NULL);
}

char *
cli_location_translations (void)
{
  return is_uninstalled () ? g_build_filename (GATESCOPE_BUILD_ROOT, "po", NULL) : g_strdup (GATESCOPE_LOCALE_DIR);
}
