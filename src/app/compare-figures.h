/* compare-figures.h: what the files of the Compare page say of themselves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

G_BEGIN_DECLS

/* scope_export_description: data, preset and seed of the session's runs, for the metadata of a file. (transfer full) */
char *scope_export_description (ScopeSession *session);

G_END_DECLS
