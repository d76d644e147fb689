/* export-job.h: a figure is rendered and written on another thread.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/export-figure.h"

G_BEGIN_DECLS

/* scope_export_save_async:
 * Renders @figure, which was prepared and must not be prepared again meanwhile, and writes it to @path, whose ending
 * chooses the format, whole or not at all. Cancelled before it is written, it is not written.
 * Errors of the finish function: those of fig_export, and G_IO_ERROR_CANCELLED. */
void scope_export_save_async (ScopeExportFigure *figure, const char *path, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
gboolean scope_export_save_finish (GAsyncResult *result, GError **error);

/* scope_export_render_async: the same without a file; the finish function gives its bytes. (transfer full) */
void scope_export_render_async (ScopeExportFigure *figure, FigFormat format, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
GBytes *scope_export_render_finish (GAsyncResult *result, GError **error);

G_END_DECLS
