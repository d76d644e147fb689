/* export-dialog.c: chooses a figure, its format, size and looks, and shows what the file will look like.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-dialog.h"

#include "app/export-job.h"
#include "app/figure-content.h"
#include "app/figure-view.h"
#include "app/file-dialog.h"
#include "app/window.h"
#include "figure/figure.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The first two of the list of widths, in millimetres; the third is any other. */
static const double widths[] = { 85, 170 };
/* The list of languages; NULL is the window's. */
static const char *const languages[] = { NULL, "en", "zh_CN" };

struct _ScopeExportDialog
{
  GtkWindow parent_instance;

  /* Template widgets. */
  ScopeFigureView *preview;
  GtkLabel *facts;
  GtkLabel *line;
  GtkLabel *advice;
  GtkLabel *problem;
  GtkWidget *settings_grid;
  GtkSpinner *spinner;
  GtkDropDown *figure;
  GtkDropDown *format;
  GtkDropDown *width_preset;
  GtkSpinButton *width;
  GtkCheckButton *automatic;
  GtkSpinButton *height;
  GtkSpinButton *font_size;
  GtkSpinButton *dpi;
  GtkDropDown *colors;
  GtkCheckButton *transparent;
  GtkCheckButton *titled;
  GtkDropDown *language;

  /* Owned. */
  ScopeSession *session;
  ScopeConfusionSource *matrices; /* borrowed */
  GSettings *store;
  ScopeGatesPane *gates; /* borrowed */
  char **ids; /* of the list of figures */
  ScopeExportFigure *taken; /* NULL where it can't be drawn */
  GCancellable *saving;     /* NULL while no file is under way */
  char *path;               /* of that file */
  GSimpleActionGroup *actions;
  gboolean is_filling; /* the widgets are set by us */
};

G_DEFINE_FINAL_TYPE (ScopeExportDialog, scope_export_dialog, GTK_TYPE_WINDOW)

/* ---- Settings and widgets ---- */

static void
read_settings (ScopeExportDialog *dialog, ScopeExportSettings *settings)
{
  gboolean automatic = gtk_check_button_get_active (dialog->automatic);

  *settings = (ScopeExportSettings){
    .format = gtk_drop_down_get_selected (dialog->format),
    .width = round (gtk_spin_button_get_value (dialog->width) * 10) / 10,
    .height = automatic ? 0 : round (gtk_spin_button_get_value (dialog->height) * 10) / 10,
    .font_size = round (gtk_spin_button_get_value (dialog->font_size) * 10) / 10,
    .dpi = gtk_spin_button_get_value (dialog->dpi),
    .dark = gtk_drop_down_get_selected (dialog->colors) == 1,
    .transparent = gtk_check_button_get_active (dialog->transparent),
    .titled = gtk_check_button_get_active (dialog->titled),
    .language = languages[MIN (gtk_drop_down_get_selected (dialog->language), G_N_ELEMENTS (languages) - 1)],
  };
}

static guint
index_of_width (double width)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (widths) && widths[i] != width)
    i++;
  return i;
}

static void
fill_widgets (ScopeExportDialog *dialog, const ScopeExportSettings *settings)
{
  dialog->is_filling = TRUE;
  gtk_drop_down_set_selected (dialog->format, settings->format);
  gtk_drop_down_set_selected (dialog->width_preset, index_of_width (settings->width));
  gtk_spin_button_set_value (dialog->width, settings->width);
  gtk_check_button_set_active (dialog->automatic, settings->height <= 0);
  if (settings->height > 0)
    gtk_spin_button_set_value (dialog->height, settings->height);
  gtk_spin_button_set_value (dialog->font_size, settings->font_size);
  gtk_spin_button_set_value (dialog->dpi, settings->dpi);
  gtk_drop_down_set_selected (dialog->colors, settings->dark ? 1 : 0);
  gtk_check_button_set_active (dialog->transparent, settings->transparent);
  gtk_check_button_set_active (dialog->titled, settings->titled);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i], settings->language) == 0)
      gtk_drop_down_set_selected (dialog->language, i);
  dialog->is_filling = FALSE;
}

static void
show_problem (ScopeExportDialog *dialog, const char *message)
{
  gtk_label_set_text (dialog->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (dialog->problem), message != NULL);
}

static void
set_enabled (ScopeExportDialog *dialog, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (dialog->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* "170 × 105.4 mm, 2,008 × 1,245 pixels". */
static void
show_facts (ScopeExportDialog *dialog, const ScopeExportSettings *settings)
{
  const FigPage *page = scope_export_figure_get_page (dialog->taken);
  double height = page->height * 25.4 / 72.0;
  g_autofree char *wide = fig_number (settings->width, 1, FALSE), *high = fig_number (height, 1, FALSE);
  g_autofree char *across = fig_number (round (page->width * page->dpi / 72), 0, FALSE);
  g_autofree char *down = fig_number (round (page->height * page->dpi / 72), 0, FALSE);
  g_autofree char *facts = NULL;

  if (settings->format == FIG_FORMAT_PNG)
    /* Translators: width and height, first in millimetres, then in pixels. */
    facts = g_strdup_printf (_("%s × %s mm, %s × %s pixels"), wide, high, across, down);
  else if (settings->format == FIG_FORMAT_CSV)
    facts = g_strdup (_("The file has the numbers that are drawn."));
  else
    facts = g_strdup_printf (_("%s × %s mm"), wide, high);
  gtk_label_set_text (dialog->facts, facts);
}

/* A line of a shell breaks between its words alone, not at a hyphen. (transfer full) */
static PangoAttrList *
keep_words (const char *line)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (gsize at = 0; line[at] != '\0'; at++)
    {
      gsize length = strcspn (line + at, " ");
      PangoAttribute *whole = pango_attr_allow_breaks_new (FALSE);

      whole->start_index = (guint) at;
      whole->end_index = (guint) (at + length);
      pango_attr_list_insert (attributes, whole);
      at += length;
      if (line[at] == '\0')
        break;
    }
  return attributes;
}

static void
show_line (ScopeExportDialog *dialog)
{
  const char *line = scope_export_figure_get_line (dialog->taken);
  const char *advice = scope_export_figure_get_advice (dialog->taken);

  g_autoptr (PangoAttrList) words = keep_words (line != NULL ? line : "");

  gtk_label_set_attributes (dialog->line, words);
  gtk_label_set_text (dialog->line, line != NULL ? line : "");
  gtk_widget_set_visible (GTK_WIDGET (dialog->line), line != NULL);
  gtk_label_set_text (dialog->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (dialog->advice), advice != NULL);
}

/* What the widgets say goes into the figure, and is seen with the next frame. */
static void
update (ScopeExportDialog *dialog)
{
  ScopeExportSettings settings;

  if (dialog->is_filling || dialog->saving != NULL)
    return;
  read_settings (dialog, &settings);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->dpi), settings.format == FIG_FORMAT_PNG);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->height), settings.height > 0);
  gtk_drop_down_set_selected (dialog->width_preset, index_of_width (settings.width));
  set_enabled (dialog, "save", dialog->taken != NULL);
  set_enabled (dialog, "save-dialog", dialog->taken != NULL);
  set_enabled (dialog, "copy", dialog->taken != NULL);
  if (dialog->taken == NULL)
    {
      gtk_label_set_text (dialog->facts, "");
      gtk_label_set_text (dialog->line, "");
      gtk_label_set_text (dialog->advice, "");
      scope_figure_view_redraw (dialog->preview);
      return;
    }
  show_problem (dialog, NULL);
  scope_export_figure_prepare (dialog->taken, &settings);
  if (settings.height <= 0)
    {
      dialog->is_filling = TRUE;
      gtk_spin_button_set_value (dialog->height, scope_export_figure_get_page (dialog->taken)->height * 25.4 / 72.0);
      dialog->is_filling = FALSE;
    }
  show_facts (dialog, &settings);
  show_line (dialog);
  scope_figure_view_redraw (dialog->preview);
}

static void
on_changed (ScopeExportDialog *dialog)
{
  update (dialog);
}

static void
on_width_chosen (ScopeExportDialog *dialog)
{
  guint chosen = gtk_drop_down_get_selected (dialog->width_preset);

  if (!dialog->is_filling && chosen < G_N_ELEMENTS (widths))
    gtk_spin_button_set_value (dialog->width, widths[chosen]);
}

/* Takes the numbers anew: of another figure, or those of this moment. */
static void
on_figure_chosen (ScopeExportDialog *dialog)
{
  guint chosen = gtk_drop_down_get_selected (dialog->figure);
  g_autoptr (GError) error = NULL;

  if (dialog->is_filling || dialog->ids == NULL || chosen >= g_strv_length (dialog->ids))
    return;
  g_clear_pointer (&dialog->taken, scope_export_figure_unref);
  dialog->taken
      = scope_export_figure_new (dialog->session, dialog->matrices, dialog->gates, dialog->ids[chosen], &error);
  show_problem (dialog, error != NULL ? error->message : NULL);
  update (dialog);
}

/* ---- Preview ---- */

/* A board of squares, by which one sees that there's no background. */
static void
draw_board (cairo_t *cr, double width, double height)
{
  cairo_set_source_rgb (cr, 0.8, 0.8, 0.8);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.65, 0.65, 0.65);
  for (int y = 0; y * 8 < height; y++)
    for (int x = y % 2; x * 8 < width; x += 2)
      cairo_rectangle (cr, x * 8, y * 8, MIN (8, width - x * 8), MIN (8, height - y * 8));
  cairo_fill (cr);
}

/* The page as large as it fits, in its true proportions. */
static void
draw_preview (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  ScopeExportDialog *dialog = data;
  const FigPage *page = dialog->taken != NULL ? scope_export_figure_get_page (dialog->taken) : NULL;
  FigTheme paper;
  double scale;

  if (page == NULL)
    return;
  scale = MIN ((width - 2) / page->width, (height - 2) / page->height);
  if (scale <= 0)
    return;
  paper = *page->theme;
  /* Fine enough for letters to stand where they stand on paper. */
  paper.device_scale = MAX (theme->device_scale * scale, 1.5);
  cairo_translate (cr, floor ((width - scale * page->width) / 2), floor ((height - scale * page->height) / 2));
  if (paper.transparent)
    draw_board (cr, scale * page->width, scale * page->height);
  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  fig_language_push (page->language);
  page->draw (cr, page->width, page->height, page->figure, &paper);
  fig_language_pop ();
  cairo_restore (cr);
  fig_set_color (cr, fig_color_mix (theme->ink, theme->background, 0.6));
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, -0.5, -0.5, scale * page->width + 1, scale * page->height + 1);
  cairo_stroke (cr);
}

static char *
describe_preview (gpointer data)
{
  return g_strdup (gtk_label_get_text (SCOPE_EXPORT_DIALOG (data)->facts));
}

static const ScopeFigureFuncs preview_funcs = { .draw = draw_preview, .describe = describe_preview };

/* ---- Commands ---- */

static void
remember (ScopeExportDialog *dialog, ScopeExportSettings *settings)
{
  read_settings (dialog, settings);
  scope_export_settings_save (settings, dialog->store);
}

static void
set_busy (ScopeExportDialog *dialog, gboolean busy)
{
  gtk_widget_set_sensitive (dialog->settings_grid, !busy);
  gtk_spinner_set_spinning (dialog->spinner, busy);
  set_enabled (dialog, "save", !busy);
  set_enabled (dialog, "save-dialog", !busy);
}

static void
tell_window (ScopeExportDialog *dialog)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  g_autofree char *shown = g_filename_display_name (dialog->path);
  g_autofree char *message
    = scope_export_figure_add_advice (dialog->taken, g_strdup_printf (_("Exported the figure to %s."), shown));

  if (SCOPE_IS_WINDOW (window))
    scope_window_confirm (SCOPE_WINDOW (window), message);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ScopeExportDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = scope_export_save_finish (result, &error);

  g_clear_object (&dialog->saving);
  /* It may have been closed meanwhile. */
  if (dialog->session == NULL)
    return;
  set_busy (dialog, FALSE);
  if (saved)
    {
      tell_window (dialog);
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (dialog, error->message);
}

static void
save (ScopeExportDialog *dialog, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  ScopeExportSettings settings;

  if (dialog->taken == NULL || dialog->saving != NULL)
    return;
  remember (dialog, &settings);
  /* A name without an ending gets that of the format chosen; one with another ending is taken at its word. */
  g_free (dialog->path);
  dialog->path = g_strconcat (path, strchr (name, '.') == NULL ? fig_format_ending (settings.format) : NULL, NULL);
  show_problem (dialog, NULL);
  dialog->saving = g_cancellable_new ();
  set_busy (dialog, TRUE);
  scope_export_save_async (dialog->taken, dialog->path, dialog->saving, on_saved, g_object_ref (dialog));
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  save (data, g_variant_get_string (parameter, NULL));
}

static void
on_path_chosen (const char *path, gpointer data)
{
  if (SCOPE_EXPORT_DIALOG (data)->session != NULL)
    save (data, path);
}

static void
on_save_dialog (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeExportDialog *dialog = data;
  FigFormat format = gtk_drop_down_get_selected (dialog->format);
  g_autofree char *name = scope_export_figure_file_name (dialog->taken, format);
  g_autofree char *pattern = g_strconcat ("*", fig_format_ending (format), NULL);
  const char *patterns[] = { pattern, NULL };
  ScopeFileDialog asked = { .title = _("Export a Figure"),
                            .accept = _("_Save"),
                            .action = GTK_FILE_CHOOSER_ACTION_SAVE,
                            .suggested_name = name,
                            .filter_name = pattern,
                            .patterns = patterns };

  scope_file_dialog_ask (GTK_WINDOW (dialog), &asked, on_path_chosen, G_OBJECT (dialog));
}

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeExportDialog *dialog = data;
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (ScopeExportFigure) figure = NULL;
  ScopeExportSettings settings;

  remember (dialog, &settings);
  /* The dialog's own one changes with the widgets. */
  figure = scope_export_figure_new (dialog->session, dialog->matrices, dialog->gates,
                                    dialog->ids[gtk_drop_down_get_selected (dialog->figure)], NULL);
  if (figure == NULL)
    return;
  scope_export_figure_prepare (figure, &settings);
  content = scope_figure_content_new (figure, FIG_N_FORMATS);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), content);
  gtk_label_set_text (dialog->facts, _("Copied the figure, as PNG and SVG."));
}

/* While a file is under way, it is that what is cancelled. */
static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeExportDialog *dialog = data;

  if (dialog->saving != NULL)
    g_cancellable_cancel (dialog->saving);
  else
    gtk_window_destroy (GTK_WINDOW (dialog));
}

static const GActionEntry entries[] = {
  { .name = "cancel", .activate = on_cancel },
  { .name = "copy", .activate = on_copy },
  { .name = "save", .activate = on_save, .parameter_type = "s" },
  { .name = "save-dialog", .activate = on_save_dialog },
};

/* ---- Object ---- */

static void
scope_export_dialog_dispose (GObject *object)
{
  ScopeExportDialog *dialog = SCOPE_EXPORT_DIALOG (object);

  if (dialog->saving != NULL)
    g_cancellable_cancel (dialog->saving);
  if (dialog->preview != NULL)
    scope_figure_view_set_figure (dialog->preview, NULL, NULL);
  dialog->is_filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (dialog), SCOPE_TYPE_EXPORT_DIALOG);
  g_clear_pointer (&dialog->taken, scope_export_figure_unref);
  g_clear_pointer (&dialog->ids, g_strfreev);
  g_clear_pointer (&dialog->path, g_free);
  g_clear_object (&dialog->session);
  g_clear_object (&dialog->store);
  g_clear_object (&dialog->actions);
  G_OBJECT_CLASS (scope_export_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, line);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, advice);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, settings_grid);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, figure);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, width_preset);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, width);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, automatic);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, height);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, font_size);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, dpi);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, colors);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, transparent);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, titled);
  gtk_widget_class_bind_template_child (widget_class, ScopeExportDialog, language);
}

static void
scope_export_dialog_class_init (ScopeExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_export_dialog_dispose;
  g_type_ensure (SCOPE_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/export-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_width_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_figure_chosen);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "export.save-dialog", NULL);
}

static void
scope_export_dialog_init (ScopeExportDialog *dialog)
{
  dialog->is_filling = TRUE;
  dialog->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (dialog->actions), entries, G_N_ELEMENTS (entries), dialog);
  gtk_widget_insert_action_group (GTK_WIDGET (dialog), "export", G_ACTION_GROUP (dialog->actions));
  gtk_widget_init_template (GTK_WIDGET (dialog));
  scope_figure_view_set_title (dialog->preview, _("Preview"));
  scope_figure_view_set_least_size (dialog->preview, 240, 180);
}

static void
fill_figures (ScopeExportDialog *dialog, const char *id)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (GtkStringList) list = NULL;
  guint chosen = 0;

  dialog->ids = scope_export_figure_ids (dialog->session, dialog->gates, &names);
  list = gtk_string_list_new ((const char *const *) names);
  for (guint i = 0; dialog->ids[i] != NULL; i++)
    if (strcmp (dialog->ids[i], id) == 0)
      chosen = i;
  dialog->is_filling = TRUE;
  gtk_drop_down_set_model (dialog->figure, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (dialog->figure, chosen);
  dialog->is_filling = FALSE;
}

GtkWidget *
scope_export_dialog_new (ScopeSession *session, ScopeConfusionSource *matrices, GSettings *store, ScopeGatesPane *gates,
                         const char *id)
{
  ScopeExportDialog *dialog = g_object_new (SCOPE_TYPE_EXPORT_DIALOG, NULL);
  ScopeExportSettings settings;

  dialog->session = g_object_ref (session);
  dialog->matrices = matrices;
  dialog->store = g_object_ref (store);
  dialog->gates = gates;
  scope_export_settings_load (&settings, store);
  fill_widgets (dialog, &settings);
  fill_figures (dialog, id);
  scope_figure_view_set_figure (dialog->preview, &preview_funcs, dialog);
  on_figure_chosen (dialog);
  return GTK_WIDGET (dialog);
}
