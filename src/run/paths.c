/* paths.c: where the program finds its own files, installed or in its build folder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "run/paths.h"

gboolean
scope_paths_is_uninstalled (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL && g_str_has_prefix (program, GATESCOPE_BUILD_ROOT "/");
}

char *
scope_paths_names_folder (void)
{
  const char *folder = g_getenv ("GATESCOPE_DATA_DIR");

  if (folder == NULL || *folder == '\0')
    folder = scope_paths_is_uninstalled () ? GATESCOPE_SOURCE_DATA_DIR : GATESCOPE_DATA_DIR;
  return g_build_filename (folder, "names", NULL);
}

char *
scope_paths_locale_folder (void)
{
  return g_strdup (scope_paths_is_uninstalled () ? GATESCOPE_BUILD_ROOT "/po" : GATESCOPE_LOCALE_DIR);
}
