/* figure-menu.h: what can be done with a figure where it stands: its menu, and dragging it out of the window.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/figure-view.h"

G_BEGIN_DECLS

/* scope_figure_menu_attach:
 * Gives @view a menu (right click, Menu, Shift+F10) with the window's commands for figure @id, and makes it a source of
 * drags. @id: as export-figure.h has it. */
void scope_figure_menu_attach (ScopeFigureView *view, const char *id);

/* scope_figure_menu_set_id: what the view shows is another figure now. */
void scope_figure_menu_set_id (ScopeFigureView *view, const char *id);

/* scope_figure_menu_get_id: the id of a view that has such a menu, or NULL. (transfer none) */
const char *scope_figure_menu_get_id (GtkWidget *view);

G_END_DECLS
