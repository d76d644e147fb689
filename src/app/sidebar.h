/* sidebar.h: the data, the networks and the settings, at the side of every page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_SIDEBAR (scope_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (ScopeSidebar, scope_sidebar, SCOPE, SIDEBAR, GtkWidget)

GtkWidget *scope_sidebar_new (ScopeSession *session);

G_END_DECLS
