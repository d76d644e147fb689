/* settings-panel.h: the settings of the next run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_SETTINGS_PANEL (scope_settings_panel_get_type ())
G_DECLARE_FINAL_TYPE (ScopeSettingsPanel, scope_settings_panel, SCOPE, SETTINGS_PANEL, GtkWidget)

GtkWidget *scope_settings_panel_new (ScopeSession *session);

G_END_DECLS
