/* sheet-view.h: a table of words and numbers as a list to read, to walk through with the keys, and to choose from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row was chosen with a click or Enter. */
typedef void (*ScopeSheetChosen) (guint row, gpointer data);

/* scope_sheet_view_new: an empty one. @chosen: (nullable). @label: for people who don't see it. */
GtkWidget *scope_sheet_view_new (const char *label, ScopeSheetChosen chosen, gpointer data);

/* scope_sheet_view_set: shows @sheet as it is now; where only numbers have changed, the place in the list is kept. */
void scope_sheet_view_set (GtkWidget *view, const FigSheet *sheet);

G_END_DECLS
