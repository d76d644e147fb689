/* gates-page.h: what every gate does at every letter of the name that is typed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_GATES_PAGE (scope_gates_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeGatesPage, scope_gates_page, SCOPE, GATES_PAGE, GtkWidget)

/* scope_gates_page_new: a figure for each network that @session shows, of its newest weights. */
GtkWidget *scope_gates_page_new (ScopeSession *session);

/* scope_gates_page_set_name: @raw: the name as it was typed, UTF-8; the page says what is wrong with it. */
void scope_gates_page_set_name (ScopeGatesPage *page, const char *raw);

G_END_DECLS
