/* figure-theme.h: the themes that figures have in the window and on paper.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/theme.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* scope_figure_theme_init:
 * The theme of figures in @widget: its colours, its type, its screen. They stand on the page, so their background isn't
 * painted. */
void scope_figure_theme_init (FigTheme *theme, GtkWidget *widget);

/* scope_figure_theme_init_for_paper: the theme of a file: light, of small type, in the user's language. */
void scope_figure_theme_init_for_paper (FigTheme *theme);

G_END_DECLS
