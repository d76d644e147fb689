/* export-job.c: a figure is rendered and written on another thread.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-job.h"

typedef struct
{
  ScopeExportFigure *figure;
  FigFormat format;
  char *path; /* NULL where the bytes are wanted */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  scope_export_figure_unref (job->figure);
  g_free (job->path);
  g_free (job);
}

static gboolean
save (const Job *job, GBytes *bytes, GError **error)
{
  gsize size;
  const char *contents = g_bytes_get_data (bytes, &size);

  return fig_save (job->path, contents, (gssize) size, error);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fig_export_to_bytes (scope_export_figure_get_page (job->figure), job->format, &error);

  if (bytes == NULL && job->path != NULL)
    {
      g_autofree char *shown = g_filename_display_name (job->path);

      g_prefix_error (&error, "%s: ", shown);
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  if (bytes == NULL || (job->path != NULL && !save (job, bytes, &error)))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
}

static void
start (ScopeExportFigure *figure, FigFormat format, const char *path, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->figure = scope_export_figure_ref (figure);
  job->format = format;
  job->path = g_strdup (path);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

void
scope_export_save_async (ScopeExportFigure *figure, const char *path, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  GError *error = NULL;
  FigFormat format;

  if (fig_format_from_path (path, &format, &error))
    start (figure, format, path, cancellable, callback, data);
  else
    g_task_report_error (NULL, callback, data, start, error);
}

gboolean
scope_export_save_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) bytes = scope_export_render_finish (result, error);

  return bytes != NULL;
}

void
scope_export_render_async (ScopeExportFigure *figure, FigFormat format, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  start (figure, format, NULL, cancellable, callback, data);
}

GBytes *
scope_export_render_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, start), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
