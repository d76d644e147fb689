/* name-bar.h: the name that is read on every page, and what each network takes it for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_NAME_BAR (scope_name_bar_get_type ())
G_DECLARE_FINAL_TYPE (ScopeNameBar, scope_name_bar, SCOPE, NAME_BAR, GtkWidget)

/* Properties: "name" (string): the name as it is typed; never NULL. */

/* scope_name_bar_new: with the guesses of the networks that @session shows. */
GtkWidget *scope_name_bar_new (ScopeSession *session);

const char *scope_name_bar_get_name (ScopeNameBar *bar);
void scope_name_bar_set_name (ScopeNameBar *bar, const char *name);

/* scope_name_problem:
 * What keeps the networks from reading a name, in words for the person who types it, or NULL.
 * @raw: UTF-8
 * @ascii: @raw reduced. (transfer full) */
char *scope_name_problem (const char *raw, const char *ascii);

G_END_DECLS
