/* compare-table.h: the numbers under the Compare page's figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row a network, in a grid. */
typedef struct _ScopeCompareTable ScopeCompareTable;

/* scope_compare_table_new: fills @grid, which must outlive it. (transfer full) */
ScopeCompareTable *scope_compare_table_new (GtkGrid *grid);
void scope_compare_table_free (ScopeCompareTable *table);

/* scope_compare_table_update: shows the numbers of the networks that @session shows. */
void scope_compare_table_update (ScopeCompareTable *table, ScopeSession *session);

G_END_DECLS
