/* compare-page.c: the networks side by side: their curves, their confusion matrices, their numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-page.h"

#include "app/compare-table.h"
#include "app/curves-panel.h"
#include "app/figure-view.h"

#include <glib/gi18n.h>

/* Milliseconds between two states of the numbers, which nobody could read any faster. */
#define REFRESH_INTERVAL 120

/* The least sizes of the matrices, which leave room for the table in a window of 1280 x 800. */
#define CURVES_WIDTH 300

struct _ScopeComparePage
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkWidget *scroller;
  ScopeCurvesPanel *curves;
  ScopeConfusionPanel *confusion_panel;
  ScopeCompareTable *table;

  /* Owned. */
  ScopeSession *session;
  guint refresh; /* the source that brings the numbers up to date, 0 while they are */
};

G_DEFINE_FINAL_TYPE (ScopeComparePage, scope_compare_page, GTK_TYPE_WIDGET)

/* ---- Showing the session ---- */

static void
update (ScopeComparePage *page)
{
  scope_compare_table_update (page->table);
}

static void
on_refresh (gpointer data)
{
  ScopeComparePage *page = data;

  page->refresh = 0;
  update (page);
}

static void
on_session_updated (ScopeComparePage *page)
{
  scope_curves_panel_queue (page->curves);
  if (page->refresh == 0 && gtk_widget_get_mapped (GTK_WIDGET (page)))
    page->refresh = g_timeout_add_once (REFRESH_INTERVAL, on_refresh, page);
}

static void
on_session_changed (ScopeComparePage *page)
{
  update (page);
  on_session_updated (page);
}

/* ---- Object ---- */

static void
scope_compare_page_map (GtkWidget *widget)
{
  ScopeComparePage *page = SCOPE_COMPARE_PAGE (widget);

  GTK_WIDGET_CLASS (scope_compare_page_parent_class)->map (widget);
  scope_session_set_watches_confusion (page->session, TRUE);
  update (page);
}

static void
scope_compare_page_unmap (GtkWidget *widget)
{
  ScopeComparePage *page = SCOPE_COMPARE_PAGE (widget);

  scope_session_set_watches_confusion (page->session, FALSE);
  g_clear_handle_id (&page->refresh, g_source_remove);
  GTK_WIDGET_CLASS (scope_compare_page_parent_class)->unmap (widget);
}

static void
scope_compare_page_dispose (GObject *object)
{
  ScopeComparePage *page = SCOPE_COMPARE_PAGE (object);

  g_clear_handle_id (&page->refresh, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (page), SCOPE_TYPE_COMPARE_PAGE);
  g_clear_object (&page->session);
  G_OBJECT_CLASS (scope_compare_page_parent_class)->dispose (object);
}

static void
scope_compare_page_class_init (ScopeComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_compare_page_dispose;
  widget_class->map = scope_compare_page_map;
  widget_class->unmap = scope_compare_page_unmap;
  g_type_ensure (SCOPE_TYPE_CURVES_PANEL);
  g_type_ensure (SCOPE_TYPE_FIGURE_VIEW);
  g_type_ensure (SCOPE_TYPE_CONFUSION_PANEL);
  g_type_ensure (SCOPE_TYPE_COMPARE_TABLE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, curves);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, confusion_panel);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, table);
}

static void
scope_compare_page_init (ScopeComparePage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
scope_compare_page_new (ScopeSession *session)
{
  ScopeComparePage *page;

  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  page = g_object_new (SCOPE_TYPE_COMPARE_PAGE, NULL);
  page->session = g_object_ref (session);
  scope_curves_panel_set_session (page->curves, session);
  scope_compare_table_set_session (page->table, session);
  scope_confusion_panel_set_session (page->confusion_panel, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "updated", G_CALLBACK (on_session_updated), page, G_CONNECT_SWAPPED);
  on_session_changed (page);
  return GTK_WIDGET (page);
}

ScopeCurvesPanel *
scope_compare_page_get_curves (ScopeComparePage *page)
{
  g_return_val_if_fail (SCOPE_IS_COMPARE_PAGE (page), NULL);
  return page->curves;
}

ScopeConfusionPanel *
scope_compare_page_get_confusion_panel (ScopeComparePage *page)
{
  g_return_val_if_fail (SCOPE_IS_COMPARE_PAGE (page), NULL);
  return page->confusion_panel;
}

ScopeCompareTable *
scope_compare_page_get_table (ScopeComparePage *page)
{
  g_return_val_if_fail (SCOPE_IS_COMPARE_PAGE (page), NULL);
  return page->table;
}
