/* locations.h: where the program finds what comes with it, installed or not.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cli_location_names: the folder of the surnames that come with the program. (transfer full) */
char *cli_location_names (void);

/* cli_location_translations: the folder of the translations. (transfer full) */
char *cli_location_translations (void);

G_END_DECLS
