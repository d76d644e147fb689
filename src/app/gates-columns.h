/* gates-columns.h: a box whose children stand side by side in equal columns, as many as have room, then in rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* scope_gates_columns_setup: makes @box one. */
void scope_gates_columns_setup (GtkBox *box);

/* scope_gates_columns_set_least: the narrowest column, in pixels. */
void scope_gates_columns_set_least (GtkBox *box, int width);

/* scope_gates_columns_get_n: in how many columns the children stand. */
int scope_gates_columns_get_n (GtkBox *box);

G_END_DECLS
