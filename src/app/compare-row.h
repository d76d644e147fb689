/* compare-row.h: a line of the Compare page's table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/numbers.h"
#include "run/result.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps the columns of all lines as wide as each other: one for the name, one each FigColumn, one for the button. */
#define SCOPE_COMPARE_COLUMNS (FIG_N_COLUMNS + 2)

typedef struct
{
  GtkSizeGroup *groups[SCOPE_COMPARE_COLUMNS]; /* owned */
} ScopeCompareColumns;

void scope_compare_columns_init (ScopeCompareColumns *columns);
void scope_compare_columns_clear (ScopeCompareColumns *columns);

/* scope_compare_columns_fill_header: the columns' titles, into an empty box. */
void scope_compare_columns_fill_header (const ScopeCompareColumns *columns, GtkBox *header);

#define SCOPE_TYPE_COMPARE_ROW (scope_compare_row_get_type ())
G_DECLARE_FINAL_TYPE (ScopeCompareRow, scope_compare_row, SCOPE, COMPARE_ROW, GtkListBoxRow)

GtkWidget *scope_compare_row_new (ScopeResult *result, const ScopeCompareColumns *columns);
ScopeResult *scope_compare_row_get_result (ScopeCompareRow *row); /* (transfer none) */

/* scope_compare_row_show:
 * A number that was measured when a run was over stands in full ink; one that is of the moment is faint.
 * @only_right: how many names this network alone gets right, or -1 where that is not known */
void scope_compare_row_show (ScopeCompareRow *row, const FigNumbers *numbers, int only_right);

G_END_DECLS
