/* settings-store.h: the session's settings in GSettings, from one start to the next.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

G_BEGIN_DECLS

/* scope_settings_store_load: gives @session the settings of the last time; what is out of range keeps its default. */
void scope_settings_store_load (GSettings *store, ScopeSession *session);

/* scope_settings_store_save: remembers the settings and which networks are enabled. */
void scope_settings_store_save (GSettings *store, ScopeSession *session);

G_END_DECLS
