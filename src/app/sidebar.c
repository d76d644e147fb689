/* sidebar.c: the data, the networks and the settings, at the side of every page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/sidebar.h"

#include "app/network-row.h"
#include "app/settings-panel.h"
#include "figure/number.h"

#include <glib/gi18n.h>

struct _ScopeSidebar
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *data_title;
  GtkLabel *data_facts;
  GtkBox *networks;
  GtkBox *settings;

  ScopeSession *session;
  NnDataset *shown; /* whose facts are on the labels */
};

G_DEFINE_FINAL_TYPE (ScopeSidebar, scope_sidebar, GTK_TYPE_WIDGET)

static void
show_data (ScopeSidebar *sidebar)
{
  NnDataset *dataset = scope_session_get_dataset (sidebar->session);
  g_autofree char *base = NULL, *rows = NULL, *facts = NULL;

  if (dataset == NULL)
    {
      gtk_label_set_text (sidebar->data_title, _("Reading the names…"));
      gtk_label_set_text (sidebar->data_facts, "");
      return;
    }
  if (dataset == sidebar->shown)
    return;
  g_clear_pointer (&sidebar->shown, nn_dataset_unref);
  sidebar->shown = nn_dataset_ref (dataset);
  base = g_filename_display_basename (nn_dataset_folder (dataset));
  rows = fig_number (nn_dataset_n_rows (dataset), 0, FALSE);
  /* Translators: a number of names, a number of classes. */
  facts = g_strdup_printf (_("%s names, %u classes"), rows, nn_dataset_n_classes (dataset));
  gtk_label_set_text (sidebar->data_title, base);
  gtk_widget_set_tooltip_text (GTK_WIDGET (sidebar->data_title), nn_dataset_folder (dataset));
  gtk_label_set_text (sidebar->data_facts, facts);
}

static void
on_items_changed (ScopeSidebar *sidebar, guint position, guint removed, guint added, GListModel *networks)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (sidebar->networks));

  for (guint i = 0; i < position; i++)
    row = gtk_widget_get_next_sibling (row);
  for (guint i = 0; i < removed; i++)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);
      gtk_box_remove (sidebar->networks, row);
      row = next;
    }
  for (guint i = added; i > 0; i--)
    {
      g_autoptr (ScopeNetwork) network = g_list_model_get_item (networks, position + i - 1);
      GtkWidget *before = gtk_widget_get_first_child (GTK_WIDGET (sidebar->networks)), *added_row;

      for (guint k = 1; k < position && before != NULL; k++)
        before = gtk_widget_get_next_sibling (before);
      added_row = scope_network_row_new (sidebar->session, network);
      gtk_box_insert_child_after (sidebar->networks, added_row, position == 0 ? NULL : before);
    }
}

static void
scope_sidebar_dispose (GObject *object)
{
  ScopeSidebar *sidebar = SCOPE_SIDEBAR (object);

  if (sidebar->session != NULL)
    g_signal_handlers_disconnect_by_data (scope_session_get_networks (sidebar->session), sidebar);
  gtk_widget_dispose_template (GTK_WIDGET (sidebar), SCOPE_TYPE_SIDEBAR);
  g_clear_object (&sidebar->session);
  g_clear_pointer (&sidebar->shown, nn_dataset_unref);
  G_OBJECT_CLASS (scope_sidebar_parent_class)->dispose (object);
}

static void
scope_sidebar_class_init (ScopeSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_sidebar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeSidebar, scroller);
  gtk_widget_class_bind_template_child (widget_class, ScopeSidebar, data_title);
  gtk_widget_class_bind_template_child (widget_class, ScopeSidebar, data_facts);
  gtk_widget_class_bind_template_child (widget_class, ScopeSidebar, networks);
  gtk_widget_class_bind_template_child (widget_class, ScopeSidebar, settings);
}

static void
scope_sidebar_init (ScopeSidebar *sidebar)
{
  gtk_widget_init_template (GTK_WIDGET (sidebar));
  gtk_widget_set_vexpand (GTK_WIDGET (sidebar), TRUE);
}

GtkWidget *
scope_sidebar_new (ScopeSession *session)
{
  ScopeSidebar *sidebar = g_object_new (SCOPE_TYPE_SIDEBAR, NULL);
  GListModel *networks = scope_session_get_networks (session);

  sidebar->session = g_object_ref (session);
  g_signal_connect_swapped (networks, "items-changed", G_CALLBACK (on_items_changed), sidebar);
  on_items_changed (sidebar, 0, 0, g_list_model_get_n_items (networks), networks);
  gtk_box_append (sidebar->settings, scope_settings_panel_new (session));
  g_signal_connect_object (session, "changed", G_CALLBACK (show_data), sidebar, G_CONNECT_SWAPPED);
  show_data (sidebar);
  return GTK_WIDGET (sidebar);
}
