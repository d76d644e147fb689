/* compare-page.h: the networks side by side: their curves, their confusion matrices, their numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/compare-table.h"
#include "app/curves-panel.h"
#include "app/confusion-panel.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_COMPARE_PAGE (scope_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeComparePage, scope_compare_page, SCOPE, COMPARE_PAGE, GtkWidget)

/* scope_compare_page_new: of the networks that @session shows; while it can be seen, it asks for live counts. */
GtkWidget *scope_compare_page_new (ScopeSession *session);

/* scope_compare_page_get_curves: its upper half, which commands act on. (transfer none) */
ScopeCurvesPanel *scope_compare_page_get_curves (ScopeComparePage *page);
/* scope_compare_page_get_confusion_panel: its matrices. (transfer none) */
ScopeConfusionPanel *scope_compare_page_get_confusion_panel (ScopeComparePage *page);

/* scope_compare_page_get_table: its numbers. (transfer none) */
ScopeCompareTable *scope_compare_page_get_table (ScopeComparePage *page);

G_END_DECLS
