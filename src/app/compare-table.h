/* compare-table.h: the numbers under the Compare page's figures, and how the networks fare against each other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/sheet.h"
#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line a network or earlier run, which can be reached by the keyboard and is read out whole; below, McNemar's test of
 * each two of them. */
#define SCOPE_TYPE_COMPARE_TABLE (scope_compare_table_get_type ())
G_DECLARE_FINAL_TYPE (ScopeCompareTable, scope_compare_table, SCOPE, COMPARE_TABLE, GtkWidget)

/* scope_compare_table_set_session: whose results are shown; once. */
void scope_compare_table_set_session (ScopeCompareTable *table, ScopeSession *session);

/* scope_compare_table_update: shows the numbers of the moment. */
void scope_compare_table_update (ScopeCompareTable *table);

/* scope_compare_table_write: what is shown, in a format. (transfer full) */
char *scope_compare_table_write (ScopeCompareTable *table, FigSheetFormat format);

/* scope_compare_table_open_only_right:
 * Opens the list of the names that one network alone gets right.
 * @id: the id of a kind, or a title
 * Returns: (transfer full): a sentence that says why there is none, or NULL. */
char *scope_compare_table_open_only_right (ScopeCompareTable *table, const char *id);

G_END_DECLS
