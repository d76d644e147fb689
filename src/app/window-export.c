/* window-export.c: what the window gives out: figures as files, to the clipboard and through the dialog.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-dialog.h"
#include "app/export-gates.h"
#include "app/export-job.h"
#include "app/figure-content.h"
#include "app/figure-menu.h"
#include "app/file-dialog.h"
#include "app/window-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

/* Millimetres: a page's sheet, and on the one of gates a network's column. */
#define SHEET_WIDTH 300.0
#define COLUMN_WIDTH 106.0
#define SHEET_COLUMNS 4

/* ---- Figures ---- */

/* The figure that a command without one means: the one with the focus, or the page. (transfer none) */
static const char *
current_figure (ScopeWindow *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  const char *id = focus != NULL ? scope_figure_menu_get_id (focus) : NULL;

  return id != NULL ? id : gtk_stack_get_visible_child_name (window->stack);
}

static ScopeConfusionSource *
get_matrices (ScopeWindow *window)
{
  return scope_confusion_panel_get_source (scope_compare_page_get_confusion_panel (window->compare_page));
}

static ScopeExportFigure *
new_figure (ScopeWindow *window, const char *id, GError **error)
{
  return scope_export_figure_new (window->session, get_matrices (window),
                                  scope_gates_page_get_shown (window->gates_page), id, error);
}

ScopeExportFigure *
scope_window_take_figure (ScopeWindow *window, const char *id, ScopeExportSettings *settings, GError **error)
{
  ScopeExportFigure *figure = new_figure (window, *id != '\0' ? id : current_figure (window), error);

  scope_export_settings_load (settings, window->settings);
  if (figure == NULL)
    return NULL;
  scope_export_figure_prepare (figure, settings);
  return figure;
}

static gboolean
is_of_gates (const char *id)
{
  ScopePaneKind what;
  const char *network;

  return scope_gates_export_parse (id, &what, &network);
}

/* A page's sheet is as wide as it needs, light and without a title, whatever was chosen for figures. */
static ScopeExportFigure *
take_page (ScopeWindow *window, const char *page, GError **error)
{
  ScopeExportFigure *figure = new_figure (window, page, error);
  g_autoptr (GPtrArray) shown = scope_session_get_shown (window->session);
  ScopeExportSettings settings;

  if (figure == NULL)
    return NULL;
  scope_export_settings_init (&settings);
  settings.width = is_of_gates (page) ? COLUMN_WIDTH * CLAMP (shown->len, 2, SHEET_COLUMNS) : SHEET_WIDTH;
  scope_export_figure_prepare (figure, &settings);
  return figure;
}

/* ---- Saving ---- */

/* A file that is under way, or several that are told of as one. */
typedef struct
{
  ScopeWindow *window;
  char *told; /* when all are written */
  guint left;
  gboolean failed;
} Saving;

/* @told: (transfer full): what a person is told when it is done; what @figure's line still needs is said behind it */
static Saving *
saving_new (ScopeWindow *window, ScopeExportFigure *figure, char *told)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->window = g_object_ref (window);
  saving->told = scope_export_figure_add_advice (figure, told);
  return saving;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = scope_export_save_finish (result, &error);

  saving->left--;
  /* A window that is gone has nobody to tell. */
  if (saving->window->session != NULL && !saving->failed)
    {
      if (!saved)
        scope_window_tell (saving->window, error->message, NULL, NULL);
      else if (saving->left == 0)
        scope_window_confirm (saving->window, saving->told);
    }
  saving->failed = saving->failed || !saved;
  if (saving->left > 0)
    return;
  g_object_unref (saving->window);
  g_free (saving->told);
  g_free (saving);
}

static void
save (Saving *saving, ScopeExportFigure *figure, const char *path)
{
  saving->left++;
  scope_export_save_async (figure, path, NULL, on_saved, saving);
}

void
scope_window_export (ScopeWindow *window, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScopeExportFigure) figure
      = take_page (window, gtk_stack_get_visible_child_name (window->stack), &error);

  if (figure == NULL)
    scope_window_tell (window, error->message, NULL, NULL);
  else
    save (saving_new (window, figure, g_strdup_printf (_("Exported the page to %s."), path)), figure, path);
}

void
scope_window_export_pane (ScopeWindow *window, const char *path)
{
  const char *pane = scope_gates_page_get_pane (window->gates_page);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScopeExportFigure) figure = NULL;

  if (strcmp (pane, "none") == 0)
    {
      scope_window_tell (window, _("There is nothing to export below the strips."), NULL, NULL);
      return;
    }
  figure = take_page (window, pane, &error);
  if (figure == NULL)
    scope_window_tell (window, error->message, NULL, NULL);
  else
    save (saving_new (window, figure, g_strdup_printf (_("Exported what is below the strips to %s."), path)), figure,
          path);
}

void
scope_window_export_figure (ScopeWindow *window, const char *id, const char *path)
{
  g_autoptr (GError) error = NULL;
  ScopeExportSettings settings;
  g_autoptr (ScopeExportFigure) figure = scope_window_take_figure (window, id, &settings, &error);

  if (figure == NULL)
    scope_window_tell (window, error->message, NULL, NULL);
  else
    save (saving_new (window, figure, g_strdup_printf (_("Exported the figure to %s."), path)), figure, path);
}

void
scope_window_export_all (ScopeWindow *window, const char *folder)
{
  static const char *const pages[] = { "compare", "gates" };
  static const FigFormat formats[] = { FIG_FORMAT_PNG, FIG_FORMAT_SVG, FIG_FORMAT_PDF };
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func ((GDestroyNotify) scope_export_figure_unref);
  g_autofree char *message = NULL;
  Saving *saving;

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      message = g_strdup_printf (_("%s: the folder can't be made: %s"), folder, g_strerror (errno));
      scope_window_tell (window, message, NULL, NULL);
      return;
    }
  for (gsize page = 0; page < G_N_ELEMENTS (pages); page++)
    {
      g_autoptr (GError) error = NULL;
      ScopeExportFigure *figure = take_page (window, pages[page], &error);

      if (figure == NULL)
        {
          scope_window_tell (window, error->message, NULL, NULL);
          return;
        }
      g_ptr_array_add (figures, figure);
    }
  /* What the sheet of curves and matrices wants, the gates want, too. */
  saving = saving_new (window, g_ptr_array_index (figures, 0),
                       g_strdup_printf (_("Exported the pages into %s."), folder));
  for (guint i = 0; i < figures->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (formats); j++)
      {
        g_autofree char *name = g_strconcat (pages[i], fig_format_ending (formats[j]), NULL);
        g_autofree char *path = g_build_filename (folder, name, NULL);

        save (saving, g_ptr_array_index (figures, i), path);
      }
}

/* ---- Clipboard ---- */

void
scope_window_copy_figure (ScopeWindow *window, const char *id)
{
  g_autoptr (GError) error = NULL;
  ScopeExportSettings settings;
  g_autoptr (ScopeExportFigure) figure = scope_window_take_figure (window, id, &settings, &error);
  g_autoptr (GdkContentProvider) content = NULL;

  if (figure == NULL)
    {
      scope_window_tell (window, error->message, NULL, NULL);
      return;
    }
  content = scope_figure_content_new (figure, FIG_N_FORMATS);
  if (gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (window)), content))
    scope_window_confirm (window, _("Copied the figure, as PNG and SVG."));
  else
    scope_window_tell (window, _("The clipboard can't be reached; export the figure to a file instead."), NULL, NULL);
}

void
scope_window_copy_numbers (ScopeWindow *window, const char *id)
{
  g_autoptr (GError) error = NULL;
  ScopeExportSettings settings;
  g_autoptr (ScopeExportFigure) figure = scope_window_take_figure (window, id, &settings, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  if (figure != NULL)
    bytes = fig_export_to_bytes (scope_export_figure_get_page (figure), FIG_FORMAT_CSV, &error);
  if (bytes == NULL)
    {
      scope_window_tell (window, error->message, NULL, NULL);
      return;
    }
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), text);
  scope_window_confirm (window, _("Copied the figure's numbers as comma-separated values."));
}

/* ---- Dialogs ---- */

void
scope_window_export_figure_dialog (ScopeWindow *window, const char *id)
{
  GtkWidget *dialog = scope_export_dialog_new (window->session, get_matrices (window), window->settings,
                                               scope_gates_page_get_shown (window->gates_page),
                                               *id != '\0' ? id : current_figure (window));

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_export_folder_chosen (const char *path, gpointer window)
{
  scope_window_export_all (window, path);
}

void
scope_window_export_all_dialog (ScopeWindow *window)
{
  ScopeFileDialog dialog = { .title = _("Export all pages into a folder"),
                             .accept = _("_Export"),
                             .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER };

  scope_file_dialog_ask (GTK_WINDOW (window), &dialog, on_export_folder_chosen, G_OBJECT (window));
}
