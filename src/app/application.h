/* application.h: the program: one window, its actions and keys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_APPLICATION (scope_application_get_type ())
G_DECLARE_FINAL_TYPE (ScopeApplication, scope_application, SCOPE, APPLICATION, GtkApplication)

/* scope_application_new: (transfer full) */
ScopeApplication *scope_application_new (void);

G_END_DECLS
