/* paths.h: where the program finds its own files, installed or in its build folder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* scope_paths_is_uninstalled: whether the running program lies in the folder that it was built in. */
gboolean scope_paths_is_uninstalled (void);

/* scope_paths_names_folder: the folder of our own surnames. The environment's GATESCOPE_DATA_DIR goes before all.
 * (transfer full) */
char *scope_paths_names_folder (void);

/* scope_paths_locale_folder: the folder of translations, for bindtextdomain. (transfer full) */
char *scope_paths_locale_folder (void);

G_END_DECLS
