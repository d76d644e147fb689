/* figure-content.c: a figure that is taken out of the window.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/figure-content.h"

#include "app/export-job.h"

#include <errno.h>
#include <string.h>

struct _ScopeFigureContent
{
  GdkContentProvider parent_instance;

  ScopeExportFigure *figure;
  FigFormat file;
};

G_DEFINE_FINAL_TYPE (ScopeFigureContent, scope_figure_content, GDK_TYPE_CONTENT_PROVIDER)

#define PNG_TYPE "image/png"
#define SVG_TYPE "image/svg+xml"
#define FILE_TYPE "text/uri-list"

static GdkContentFormats *
scope_figure_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  /* The file first: who takes files wants it and not the bytes. */
  if (SCOPE_FIGURE_CONTENT (provider)->file != FIG_N_FORMATS)
    gdk_content_formats_builder_add_mime_type (builder, FILE_TYPE);
  gdk_content_formats_builder_add_mime_type (builder, PNG_TYPE);
  gdk_content_formats_builder_add_mime_type (builder, SVG_TYPE);
  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_bytes (GTask *task, GBytes *bytes)
{
  GOutputStream *stream = g_task_get_task_data (task);
  gsize size;
  gconstpointer contents = g_bytes_get_data (bytes, &size);

  /* The bytes live as long as the task does. */
  g_object_set_data_full (G_OBJECT (task), "bytes", g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_output_stream_write_all_async (stream, contents, size, g_task_get_priority (task), g_task_get_cancellable (task),
                                   on_written, g_object_ref (task));
}

static void
on_rendered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = scope_export_render_finish (result, &error);

  if (bytes != NULL)
    write_bytes (task, bytes);
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const char *path = g_object_get_data (G_OBJECT (task), "path");
  GError *error = NULL;

  if (scope_export_save_finish (result, &error))
    {
      g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
      char *line = g_strconcat (uri, "\r\n", NULL);
      g_autoptr (GBytes) bytes = g_bytes_new_take (line, strlen (line));

      write_bytes (task, bytes);
    }
  else
    g_task_return_error (task, error);
}

/* A folder that may be emptied at any time, so that nothing is left behind for good. */
static void
save_file (ScopeFigureContent *content, GTask *task)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "gatescope", "dragged", NULL);
  g_autofree char *name = scope_export_figure_file_name (content->figure, content->file);
  char *path = g_build_filename (folder, name, NULL);

  g_object_set_data_full (G_OBJECT (task), "path", path, g_free);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
  else
    scope_export_save_async (content->figure, path, g_task_get_cancellable (task), on_saved, g_object_ref (task));
}

static void
scope_figure_content_write_mime_type_async (GdkContentProvider *provider, const char *mime_type, GOutputStream *stream,
                                            int io_priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer data)
{
  ScopeFigureContent *content = SCOPE_FIGURE_CONTENT (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, data);

  g_task_set_source_tag (task, scope_figure_content_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  if (strcmp (mime_type, FILE_TYPE) == 0 && content->file != FIG_N_FORMATS)
    save_file (content, task);
  else if (strcmp (mime_type, PNG_TYPE) == 0 || strcmp (mime_type, SVG_TYPE) == 0)
    scope_export_render_async (content->figure, strcmp (mime_type, PNG_TYPE) == 0 ? FIG_FORMAT_PNG : FIG_FORMAT_SVG,
                               cancellable, on_rendered, g_object_ref (task));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s", mime_type);
}

static gboolean
scope_figure_content_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
scope_figure_content_finalize (GObject *object)
{
  scope_export_figure_unref (SCOPE_FIGURE_CONTENT (object)->figure);
  G_OBJECT_CLASS (scope_figure_content_parent_class)->finalize (object);
}

static void
scope_figure_content_class_init (ScopeFigureContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = scope_figure_content_finalize;
  provider_class->ref_formats = scope_figure_content_ref_formats;
  provider_class->write_mime_type_async = scope_figure_content_write_mime_type_async;
  provider_class->write_mime_type_finish = scope_figure_content_write_mime_type_finish;
}

static void
scope_figure_content_init (ScopeFigureContent *content)
{
}

GdkContentProvider *
scope_figure_content_new (ScopeExportFigure *figure, FigFormat file)
{
  ScopeFigureContent *content = g_object_new (SCOPE_TYPE_FIGURE_CONTENT, NULL);

  content->figure = scope_export_figure_ref (figure);
  content->file = file;
  return GDK_CONTENT_PROVIDER (content);
}
