/* sheet-view.c: a table of words and numbers as a list.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/sheet-view.h"

#include <string.h>

/* Between the cells of a row, which is one string. */
#define SEPARATOR "\037"

typedef struct
{
  GtkStringList *rows; /* borrowed from the view's model */
  GPtrArray *titles;   /* of char * */
  ScopeSheetChosen chosen;
  gpointer data;
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  g_ptr_array_unref (sheet->titles);
  g_free (sheet);
}

static Sheet *
sheet_of (GtkWidget *view)
{
  return g_object_get_data (G_OBJECT (view), "scope-sheet");
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer is_number)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), GPOINTER_TO_INT (is_number) ? 1 : 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "scope-column"));
  g_auto (GStrv) cells = g_strsplit (gtk_string_object_get_string (gtk_list_item_get_item (item)), SEPARATOR, -1);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), column < g_strv_length (cells) ? cells[column] : "");
}

static void
on_activate (GtkWidget *view, guint row)
{
  Sheet *sheet = sheet_of (view);

  if (sheet->chosen != NULL)
    sheet->chosen (row, sheet->data);
}

GtkWidget *
scope_sheet_view_new (const char *label, ScopeSheetChosen chosen, gpointer data)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  GtkWidget *view;

  sheet->rows = gtk_string_list_new (NULL);
  sheet->titles = g_ptr_array_new_with_free_func (g_free);
  sheet->chosen = chosen;
  sheet->data = data;
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (sheet->rows))));
  g_object_set_data_full (G_OBJECT (view), "scope-sheet", sheet, sheet_free);
  gtk_column_view_set_single_click_activate (GTK_COLUMN_VIEW (view), chosen != NULL);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (view, "activate", G_CALLBACK (on_activate), NULL);
  return view;
}

static void
set_titles (GtkWidget *view, const FigSheet *sheet)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));
  GPtrArray *titles = sheet_of (view)->titles;
  gboolean same = titles->len == sheet->titles->len;

  for (guint i = 0; same && i < titles->len; i++)
    same = strcmp (g_ptr_array_index (titles, i), g_ptr_array_index (sheet->titles, i)) == 0;
  if (same)
    return;
  g_ptr_array_set_size (titles, 0);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (GTK_COLUMN_VIEW (view), column);
    }
  for (guint i = 0; i < sheet->titles->len; i++)
    {
      const char *title = g_ptr_array_index (sheet->titles, i);
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_object_set_data (G_OBJECT (factory), "scope-column", GUINT_TO_POINTER (i));
      g_signal_connect (factory, "setup", G_CALLBACK (on_setup),
                        GINT_TO_POINTER (g_array_index (sheet->is_number, gboolean, i)));
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
      column = gtk_column_view_column_new (title, factory);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
      g_ptr_array_add (titles, g_strdup (title));
    }
}

void
scope_sheet_view_set (GtkWidget *view, const FigSheet *sheet)
{
  guint n_columns = sheet->titles->len, n_rows = n_columns > 0 ? sheet->cells->len / n_columns : 0;
  GtkStringList *rows = sheet_of (view)->rows;

  set_titles (view, sheet);
  for (guint i = 0; i < n_rows; i++)
    {
      const char *old = gtk_string_list_get_string (rows, i);
      g_autoptr (GString) line = g_string_new (NULL);

      for (guint j = 0; j < n_columns; j++)
        g_string_append_printf (line, "%s%s", j > 0 ? SEPARATOR : "",
                                (const char *) g_ptr_array_index (sheet->cells, i * n_columns + j));
      if (g_strcmp0 (old, line->str) != 0)
        gtk_string_list_splice (rows, i, old != NULL, (const char *[]){ line->str, NULL });
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (rows)) > n_rows)
    gtk_string_list_splice (rows, n_rows, g_list_model_get_n_items (G_LIST_MODEL (rows)) - n_rows, NULL);
}
