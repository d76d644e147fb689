/* window-numbers.c: the window's commands for the numbers of the networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/window-private.h"

#include <glib/gi18n.h>

static void
on_copy_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeWindow *window = data;
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *text = NULL, *message = NULL;
  FigSheetFormat format;

  if (!fig_sheet_format_from_id (id, &format))
    {
      message = g_strdup_printf (_ ("The table can't be copied as “%s”; there are text, csv, markdown and latex."), id);
      scope_window_tell (window, message, NULL, NULL);
      return;
    }
  text = scope_compare_table_write (scope_compare_page_get_table (window->compare_page), format);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), text);
  scope_window_confirm (window, format == FIG_SHEET_CSV        ? _ ("Copied the table as CSV.")
                                : format == FIG_SHEET_MARKDOWN ? _ ("Copied the table as Markdown.")
                                : format == FIG_SHEET_LATEX    ? _ ("Copied the table as LaTeX.")
                                                               : _ ("Copied the table as text."));
}

static void
on_only_right (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeWindow *window = data;
  g_autofree char *problem = scope_compare_table_open_only_right (scope_compare_page_get_table (window->compare_page),
                                                                  g_variant_get_string (parameter, NULL));

  if (problem != NULL)
    scope_window_tell (window, problem, NULL, NULL);
}

void
scope_window_add_number_actions (ScopeWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "copy-table", .activate = on_copy_table, .parameter_type = "s" },
    { .name = "only-right", .activate = on_only_right, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
