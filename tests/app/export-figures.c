/* export-figures.c: figures leave the window: as files, by the dialog, by the clipboard, by a drag; and it stays fluid.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-dialog.h"
#include "app/export-job.h"
#include "app/figure-content.h"
#include "app/figure-menu.h"
#include "app/window-private.h"
#include "support/wait.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <string.h>

#define LIMIT 60.0
#define LONGEST_GAP 100000 /* microseconds */

static ScopeApplication *the_application;

typedef struct
{
  char *folder;
  ScopeWindow *window;
  ScopeSession *session;
} Fixture;

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static gboolean
has_loaded (gpointer data)
{
  ScopeWindow *window = ((Fixture *) data)->window;

  return window->loading == NULL && scope_session_get_dataset (window->session) != NULL;
}

static gboolean
is_over (gpointer data)
{
  return !scope_session_is_running (((Fixture *) data)->session);
}

static void
act (Fixture *fixture, const char *action, GVariant *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, parameter);
}

static void
train (Fixture *fixture)
{
  act (fixture, "train", NULL);
  wait_until (is_over, fixture, LIMIT);
}

static void
write_names (const char *folder)
{
  static const char *const names[][2] = {
    { "Ala.txt", "Alana\nBala\nCalada\nDalama\nGarala\nHalata\n" },
    { "Obo.txt", "Obolo\nBobo\nColobo\nDombo\nGombo\nHobolo\n" },
    { "Uru.txt", "Uruk\nBurut\nCurun\nDurum\nGurus\nHurul\n" },
  };

  g_mkdir (folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i][0], NULL);

      g_assert_true (g_file_set_contents (path, names[i][1], -1, NULL));
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *names = NULL;
  ScopeSettings settings;

  fixture->folder = g_dir_make_tmp ("export-XXXXXX", NULL);
  names = path_of (fixture, "names");
  write_names (names);
  fixture->window = scope_window_new (the_application);
  fixture->session = fixture->window->session;
  scope_window_open_data (fixture->window, names);
  wait_until (has_loaded, fixture, LIMIT);
  settings = *scope_session_get_settings (fixture->session);
  settings.hidden = 16;
  settings.iterations = 3000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_window_set_name (fixture->window, "Alata");
  gtk_stack_set_visible_child_name (fixture->window->stack, "compare");
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_remove (path) != 0)
        remove_folder (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "export-format", "export-width",      "export-height", "export-font-size",
                                      "export-dpi",    "export-dark",       "export-title",  "export-language",
                                      "export-transparent" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->window->settings, keys[i]);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static const char *
notice (Fixture *fixture)
{
  return gtk_label_get_text (fixture->window->notice_label);
}

/* Until the window tells something with @words in it. */
typedef struct
{
  Fixture *fixture;
  const char *words;
} Told;

static gboolean
has_told (gpointer data)
{
  Told *told = data;

  return strstr (notice (told->fixture), told->words) != NULL;
}

static void
wait_for_notice (Fixture *fixture, const char *words)
{
  Told told = { fixture, words };

  wait_until (has_told, &told, LIMIT);
}

static void
export_figure (Fixture *fixture, const char *id, const char *path)
{
  g_autofree char *told = g_strdup_printf ("Exported the figure to %s.", path);

  act (fixture, "export-figure", g_variant_new ("(ss)", id, path));
  wait_for_notice (fixture, told);
}

static char *
read_file (const char *path, gsize *length)
{
  char *contents;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);
  return contents;
}

/* ---- Files ---- */

/* Every figure in every format that it has, before training and after. */
static void
test_figures (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "loss", "accuracy", "confusion", "compare", "gates", "gates:lstm", "gates:rnn" };
  static const char *const beginnings[FIG_N_FORMATS] = { "\x89PNG", "<?xml", "%PDF", "# title: ", "% title: " };

  for (guint trained = 0; trained < 2; trained++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        for (guint format = 0; format < FIG_N_FORMATS; format++)
          {
            g_autofree char *name = g_strdup_printf ("%u%s", i, fig_format_ending (format));
            g_autofree char *path = path_of (fixture, name), *contents = NULL;
            gsize length;

            if (strcmp (ids[i], "compare") == 0 && format > FIG_FORMAT_PDF)
              continue;
            export_figure (fixture, ids[i], path);
            contents = read_file (path, &length);
            g_assert_cmpuint (length, >, 100);
            g_assert_cmpint (memcmp (contents, beginnings[format], strlen (beginnings[format])), ==, 0);
          }
      train (fixture);
    }
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *gif = path_of (fixture, "a.gif"), *csv = path_of (fixture, "a.csv"), *svg = path_of (fixture, "a.svg");
  g_autofree char *missing = path_of (fixture, "no/a.svg");

  act (fixture, "export-figure", g_variant_new ("(ss)", "loss", gif));
  wait_for_notice (fixture, "a.gif: the ending says no format; give a name that ends in .png, .svg, .pdf, .csv or .tex");
  act (fixture, "export-figure", g_variant_new ("(ss)", "compare", csv));
  wait_for_notice (fixture, "a.csv: this figure is several in one and can't be a .csv file");
  act (fixture, "export-figure", g_variant_new ("(ss)", "loss", missing));
  wait_for_notice (fixture, "no/a.svg: there is no such folder; make it, or choose another");
  act (fixture, "export-figure", g_variant_new ("(ss)", "pie", svg));
  wait_for_notice (fixture, "There is no figure “pie”; there are loss, accuracy, confusion, compare and gates.");
  scope_window_set_name (fixture->window, "");
  act (fixture, "export-figure", g_variant_new ("(ss)", "gates", svg));
  wait_for_notice (fixture, "name");
  scope_window_set_name (fixture->window, "Alata");
  act (fixture, "export-figure", g_variant_new ("(ss)", "gates:gate-lstm-hidden", svg));
  wait_for_notice (fixture, "No network is chosen: check one at the side.");
  g_assert_false (g_file_test (svg, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (csv, G_FILE_TEST_EXISTS));
}

/* What stands between the two in the file. (transfer full) */
static char *
find_between (const char *text, const char *before, const char *after)
{
  const char *from = strstr (text, before), *to = from != NULL ? strstr (from, after) : NULL;
  g_autofree char *raw = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_nonnull (to);
  raw = g_strndup (from + strlen (before), (gsize) (to - from) - strlen (before));
  /* As XML has an apostrophe. */
  parts = g_strsplit (raw, "&apos;", -1);
  return g_strjoinv ("'", parts);
}

/* Runs the line of a file, in the folder of what was saved. */
static void
run_line (Fixture *fixture, const char *line, const char *out)
{
  g_autofree char *program = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "src", "cli", "gatescope-cli", NULL);
  g_autofree char *saved = path_of (fixture, "saved");
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_shell_parse_argv (line, NULL, &arguments, &error));
  g_assert_cmpstr (arguments[0], ==, "gatescope-cli");
  g_ptr_array_add (all, program);
  g_ptr_array_add (all, arguments[1]);
  g_ptr_array_add (all, (gpointer) "--out");
  g_ptr_array_add (all, (gpointer) out);
  for (guint i = 2; arguments[i] != NULL; i++)
    g_ptr_array_add (all, arguments[i]);
  g_ptr_array_add (all, NULL);
  g_spawn_sync (saved, (char **) all->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* The line in a file of the window makes the very same file, from the runs that were saved. */
static void
test_line (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "loss", "accuracy", "confusion", "compare", "gates", "gates:lstm" };
  g_autofree char *saved = path_of (fixture, "saved");

  g_settings_set_double (fixture->window->settings, "export-width", 85);
  g_settings_set_double (fixture->window->settings, "export-font-size", 7.5);
  g_settings_set_boolean (fixture->window->settings, "export-title", TRUE);
  scope_window_set_name (fixture->window, "O'Bala");
  train (fixture);
  act (fixture, "save-weights", g_variant_new_string (saved));
  wait_for_notice (fixture, "Saved the weights");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = path_of (fixture, "window.svg"), *other = path_of (fixture, "line.svg");
      g_autofree char *first = NULL, *second = NULL, *line = NULL;

      g_settings_set_boolean (fixture->window->settings, "export-dark", i % 2 == 0);
      g_settings_set_boolean (fixture->window->settings, "export-transparent", i % 3 == 0);
      g_remove (path);
      export_figure (fixture, ids[i], path);
      first = read_file (path, NULL);
      line = find_between (first, "<dc:source>", "</dc:source>");
      g_assert_nonnull (strstr (line, "--width 85 --height "));
      run_line (fixture, line, other);
      second = read_file (other, NULL);
      g_assert_cmpstr (first, ==, second);
      /* Only so can the window be gone when the next notice is awaited. */
      gtk_label_set_text (fixture->window->notice_label, "");
    }
}

/* ---- Dialog ---- */

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static ScopeExportDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (SCOPE_IS_EXPORT_DIALOG (l->data))
      return l->data;
  return NULL;
}

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

/* The widget that the dialog calls so. */
static gpointer
child (ScopeExportDialog *dialog, const char *name)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (dialog), SCOPE_TYPE_EXPORT_DIALOG, name);

  g_assert_nonnull (object);
  return object;
}

/* What is chosen in the dialog is what the file has, and what the next dialog begins with. */
static void
test_dialog (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_of (fixture, "dialog"), *whole = path_of (fixture, "dialog.svg"), *contents = NULL;
  ScopeExportDialog *dialog;

  train (fixture);
  act (fixture, "export-figure-dialog", g_variant_new_string ("accuracy"));
  dialog = find_dialog ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "figure")), ==, 1);
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "dpi")));
  gtk_drop_down_set_selected (child (dialog, "format"), FIG_FORMAT_PNG);
  g_assert_true (gtk_widget_get_sensitive (child (dialog, "dpi")));
  gtk_drop_down_set_selected (child (dialog, "format"), FIG_FORMAT_SVG);
  gtk_drop_down_set_selected (child (dialog, "width_preset"), 0);
  g_assert_cmpfloat (gtk_spin_button_get_value (child (dialog, "width")), ==, 85);
  gtk_spin_button_set_value (child (dialog, "width"), 127);
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "width_preset")), ==, 2);
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "height")));
  gtk_check_button_set_active (child (dialog, "automatic"), FALSE);
  gtk_spin_button_set_value (child (dialog, "height"), 50.8);
  gtk_spin_button_set_value (child (dialog, "font_size"), 8);
  gtk_drop_down_set_selected (child (dialog, "colors"), 1);
  gtk_check_button_set_active (child (dialog, "titled"), TRUE);
  gtk_drop_down_set_selected (child (dialog, "language"), 2);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "export.save", "s", path);
  wait_until (is_gone, &dialog, LIMIT);
  wait_for_notice (fixture, "Exported the figure to");
  contents = read_file (whole, NULL);
  g_assert_nonnull (strstr (contents, "width=\"360pt\" height=\"144pt\""));
  g_assert_nonnull (strstr (contents, "gatescope-cli figure accuracy --run rnn.run.json --run lstm.run.json "
                                      "--run gate-lstm.run.json "));
  g_assert_nonnull (strstr (contents, " --width 127 --height 50.8 --font-size 8 --dpi 300 --dark --title "
                                      "--language zh_CN<"));

  act (fixture, "export-dialog", NULL);
  dialog = find_dialog ();
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "figure")), ==, 3);
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "format")), ==, FIG_FORMAT_SVG);
  g_assert_cmpfloat (gtk_spin_button_get_value (child (dialog, "width")), ==, 127);
  g_assert_cmpfloat (gtk_spin_button_get_value (child (dialog, "height")), ==, 50.8);
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "language")), ==, 2);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "export.cancel", NULL);
  wait_until (is_gone, &dialog, LIMIT);
}

/* What goes wrong is told in the dialog, which stays. */
static void
test_dialog_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = path_of (fixture, "no/a.pdf");
  ScopeExportDialog *dialog;
  GtkLabel *problem;

  act (fixture, "export-figure-dialog", g_variant_new_string ("compare"));
  dialog = find_dialog ();
  problem = child (dialog, "problem");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (problem)));
  gtk_drop_down_set_selected (child (dialog, "format"), FIG_FORMAT_TEX);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (problem), "This figure is several in one"));
  gtk_drop_down_set_selected (child (dialog, "figure"), 0);
  g_assert_cmpstr (gtk_label_get_text (problem), ==, "");
  gtk_drop_down_set_selected (child (dialog, "format"), FIG_FORMAT_PDF);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "export.save", "s", missing);
  while (*gtk_label_get_text (problem) == '\0')
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (gtk_label_get_text (problem), "no/a.pdf: there is no such folder; make it, or choose another"));
  g_assert_true (gtk_widget_get_sensitive (child (dialog, "settings_grid")));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* ---- Clipboard, drag, menu ---- */

typedef struct
{
  GBytes *bytes;
  char *text;
  gboolean done;
} Pasted;

static void
on_spliced (GObject *source, GAsyncResult *result, gpointer data)
{
  Pasted *pasted = data;
  g_autoptr (GError) error = NULL;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  g_assert_no_error (error);
  pasted->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  pasted->done = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  g_assert_no_error (error);
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                0, NULL, on_spliced, data);
}

static gboolean
has_pasted (gpointer data)
{
  return ((Pasted *) data)->done;
}

static GBytes *
paste (Fixture *fixture, const char *type)
{
  const char *types[] = { type, NULL };
  Pasted pasted = { 0 };

  gdk_clipboard_read_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)), types, 0, NULL, on_read, &pasted);
  wait_until (has_pasted, &pasted, LIMIT);
  return pasted.bytes;
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  Pasted *pasted = data;

  pasted->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  pasted->done = TRUE;
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autoptr (GBytes) png = NULL, svg = NULL;
  Pasted numbers = { 0 };
  gsize length;

  train (fixture);
  act (fixture, "copy-figure", g_variant_new_string ("loss"));
  wait_for_notice (fixture, "Copied the figure, as PNG and SVG.");
  png = paste (fixture, "image/png");
  g_assert_cmpint (memcmp (g_bytes_get_data (png, &length), "\x89PNG", 4), ==, 0);
  svg = paste (fixture, "image/svg+xml");
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (svg, &length), (gssize) g_bytes_get_size (svg),
                                  "gatescope-cli figure loss --run rnn.run.json"));
  act (fixture, "copy-numbers", g_variant_new_string ("loss"));
  wait_for_notice (fixture, "Copied the figure's numbers");
  gdk_clipboard_read_text_async (clipboard, NULL, on_text, &numbers);
  wait_until (has_pasted, &numbers, LIMIT);
  g_assert_nonnull (strstr (numbers.text, "\nnetwork,iteration,loss,accuracy,held_out_accuracy\nRNN,1000,"));
  g_free (numbers.text);
  act (fixture, "copy-numbers", g_variant_new_string ("compare"));
  wait_for_notice (fixture, "this figure is several in one");
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &error);
  g_assert_no_error (error);
  ((Pasted *) data)->done = TRUE;
}

/* A drag offers a file, which is there as soon as its name was asked for, and not before. */
static void
test_drag (Fixture *fixture, gconstpointer data)
{
  ScopeExportSettings settings;
  g_autoptr (ScopeExportFigure) figure = scope_window_take_figure (fixture->window, "gates:lstm", &settings, NULL);
  g_autoptr (GdkContentProvider) content = scope_figure_content_new (figure, FIG_FORMAT_SVG);
  g_autoptr (GdkContentFormats) formats = gdk_content_provider_ref_formats (content);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree char *line = NULL, *path = NULL, *contents = NULL;
  Pasted written = { 0 };

  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/uri-list"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  gdk_content_provider_write_mime_type_async (content, "text/uri-list", stream, 0, NULL, on_written, &written);
  wait_until (has_pasted, &written, LIMIT);
  line = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  g_assert_true (g_str_has_suffix (line, "/gates-lstm.svg\r\n"));
  path = g_filename_from_uri (g_strchomp (line), NULL, NULL);
  contents = read_file (path, NULL);
  g_assert_true (g_str_has_prefix (contents, "<?xml"));
  g_remove (path);
}

/* Shift+F10 and the right button open the same three commands, on every figure. */
static void
test_menu (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new ();

  collect (GTK_WIDGET (fixture->window), SCOPE_TYPE_FIGURE_VIEW, views);
  g_assert_cmpuint (views->len, ==, 6);
  for (guint i = 0; i < views->len; i++)
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (g_ptr_array_index (views, i));
      guint n_drags = 0, n_keys = 0;

      g_assert_nonnull (scope_figure_menu_get_id (g_ptr_array_index (views, i)));
      for (guint j = 0; j < g_list_model_get_n_items (controllers); j++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, j);

          n_drags += GTK_IS_DRAG_SOURCE (controller);
          n_keys += GTK_IS_SHORTCUT_CONTROLLER (controller);
        }
      g_assert_cmpuint (n_drags, ==, 1);
      g_assert_cmpuint (n_keys, ==, 1);
    }
}

/* ---- The main loop ---- */

typedef struct
{
  gint64 last;
  gint64 longest;
} Gaps;

static gboolean
on_beat (gpointer data)
{
  Gaps *gaps = data;
  gint64 now = g_get_monotonic_time ();

  if (gaps->last != 0)
    gaps->longest = MAX (gaps->longest, now - gaps->last);
  gaps->last = now;
  return G_SOURCE_CONTINUE;
}

/* A large picture takes a second or more; the window answers all the while. One quiet run of three is enough, since
 * other programs may keep this one waiting. */
static void
test_fluid (Fixture *fixture, gconstpointer data)
{
  gint64 shortest = G_MAXINT64, took = 0;

  g_settings_set_double (fixture->window->settings, "export-width", 400);
  g_settings_set_uint (fixture->window->settings, "export-dpi", 450);
  train (fixture);
  for (guint i = 0; i < 3 && shortest >= LONGEST_GAP; i++)
    {
      g_autofree char *name = g_strdup_printf ("large-%u.png", i), *path = path_of (fixture, name);
      Gaps gaps = { 0 };
      guint beat = g_timeout_add (5, on_beat, &gaps);
      gint64 began = g_get_monotonic_time ();

      export_figure (fixture, "confusion", path);
      g_source_remove (beat);
      took = g_get_monotonic_time () - began;
      g_test_message ("longest gap %.1f ms of %.1f ms", (double) gaps.longest / 1000, (double) took / 1000);
      shortest = MIN (shortest, gaps.longest);
    }
  g_assert_cmpint (took, >, LONGEST_GAP);
  g_assert_cmpint (shortest, <, LONGEST_GAP);
}

/* ---- A save that is cancelled writes nothing ---- */

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (scope_export_save_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ((Pasted *) data)->done = TRUE;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_of (fixture, "cancelled.png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ScopeExportSettings settings;
  g_autoptr (ScopeExportFigure) figure = scope_window_take_figure (fixture->window, "loss", &settings, NULL);
  Pasted ended = { 0 };

  scope_export_save_async (figure, path, cancellable, on_cancelled, &ended);
  g_cancellable_cancel (cancellable);
  wait_until (has_pasted, &ended, LIMIT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define ADD(name, function) g_test_add ("/app/export/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *translations = g_build_filename (g_getenv ("GATESCOPE_BUILD_DIR"), "po", NULL);
  GError *error = NULL;
  int status;

  bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, translations);
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  the_application = scope_application_new ();
  g_application_set_flags (G_APPLICATION (the_application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (the_application), NULL, &error);
  g_assert_no_error (error);
  ADD ("figures", test_figures);
  ADD ("errors", test_errors);
  ADD ("line", test_line);
  ADD ("dialog", test_dialog);
  ADD ("dialog-errors", test_dialog_errors);
  ADD ("copy", test_copy);
  ADD ("drag", test_drag);
  ADD ("menu", test_menu);
  ADD ("fluid", test_fluid);
  ADD ("cancel", test_cancel);
  status = g_test_run ();
  g_object_unref (the_application);
  return status;
}
