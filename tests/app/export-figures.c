/* export-figures.c: figures leave the window: as files, by the clipboard, by a drag; and it stays fluid.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

#include "app/export-job.h"
#include "app/figure-content.h"
#include "app/figure-menu.h"
#include "support/wait.h"

#include <glib/gstdio.h>
#include <string.h>

#define LONGEST_GAP 100000 /* microseconds */

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
            g_autofree char *path = fixture_path (fixture, name), *contents = NULL;
            gsize length;

            fixture_export (fixture, ids[i], path);
            contents = fixture_read (path, &length);
            g_assert_cmpuint (length, >, 100);
            g_assert_cmpint (memcmp (contents, beginnings[format], strlen (beginnings[format])), ==, 0);
          }
      fixture_train (fixture);
    }
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *gif = fixture_path (fixture, "a.gif"), *svg = fixture_path (fixture, "a.svg");
  g_autofree char *missing = fixture_path (fixture, "no/a.svg");

  fixture_act (fixture, "export-figure", g_variant_new ("(ss)", "loss", gif));
  fixture_wait_for_notice (fixture, "a.gif: the ending says no format; give a name that ends in .png, .svg, .pdf, .csv or .tex");
  fixture_act (fixture, "export-figure", g_variant_new ("(ss)", "loss", missing));
  fixture_wait_for_notice (fixture, "no/a.svg: there is no such folder; make it, or choose another");
  fixture_act (fixture, "export-figure", g_variant_new ("(ss)", "pie", svg));
  fixture_wait_for_notice (fixture, "There is no figure “pie”; there are loss, accuracy, confusion, compare and gates.");
  scope_window_set_name (fixture->window, "");
  fixture_act (fixture, "export-figure", g_variant_new ("(ss)", "gates", svg));
  fixture_wait_for_notice (fixture, "name");
  scope_window_set_name (fixture->window, "Alata");
  fixture_act (fixture, "export-figure", g_variant_new ("(ss)", "gates:gate-lstm-hidden", svg));
  fixture_wait_for_notice (fixture, "No network is chosen: check one at the side.");
  g_assert_false (g_file_test (svg, G_FILE_TEST_EXISTS));
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

  fixture_train (fixture);
  fixture_act (fixture, "copy-figure", g_variant_new_string ("loss"));
  fixture_wait_for_notice (fixture, "Copied the figure, as PNG and SVG.");
  png = paste (fixture, "image/png");
  g_assert_cmpint (memcmp (g_bytes_get_data (png, &length), "\x89PNG", 4), ==, 0);
  svg = paste (fixture, "image/svg+xml");
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (svg, &length), (gssize) g_bytes_get_size (svg),
                                  "gatescope-cli figure loss --run rnn.run.json"));
  fixture_act (fixture, "copy-numbers", g_variant_new_string ("loss"));
  fixture_wait_for_notice (fixture, "Copied the figure's numbers");
  gdk_clipboard_read_text_async (clipboard, NULL, on_text, &numbers);
  wait_until (has_pasted, &numbers, LIMIT);
  g_assert_nonnull (strstr (numbers.text, "\nnetwork,iteration,loss,accuracy,held_out_accuracy\nRNN,1000,"));
  g_free (numbers.text);
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
  contents = fixture_read (path, NULL);
  g_assert_true (g_str_has_prefix (contents, "<?xml"));
  g_remove (path);
}

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
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
  fixture_train (fixture);
  for (guint i = 0; i < 3 && shortest >= LONGEST_GAP; i++)
    {
      g_autofree char *name = g_strdup_printf ("large-%u.png", i), *path = fixture_path (fixture, name);
      Gaps gaps = { 0 };
      guint beat = g_timeout_add (5, on_beat, &gaps);
      gint64 began = g_get_monotonic_time ();

      fixture_export (fixture, "confusion", path);
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
  g_autofree char *path = fixture_path (fixture, "cancelled.png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ScopeExportSettings settings;
  g_autoptr (ScopeExportFigure) figure = scope_window_take_figure (fixture->window, "loss", &settings, NULL);
  Pasted ended = { 0 };

  scope_export_save_async (figure, path, cancellable, on_cancelled, &ended);
  g_cancellable_cancel (cancellable);
  wait_until (has_pasted, &ended, LIMIT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
add (void)
{
  FIXTURE_ADD ("export/figures", test_figures);
  FIXTURE_ADD ("export/errors", test_errors);
  FIXTURE_ADD ("export/copy", test_copy);
  FIXTURE_ADD ("export/drag", test_drag);
  FIXTURE_ADD ("export/menu", test_menu);
  FIXTURE_ADD ("export/fluid", test_fluid);
  FIXTURE_ADD ("export/cancel", test_cancel);
}

int
main (int argc, char **argv)
{
  return fixture_main (argc, argv, add);
}
