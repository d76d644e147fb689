/* figure-content.h: a figure that is taken out of the window, by the clipboard or by a drag.
 *
 * It offers itself as PNG, SVG and, for drags, as a file in a folder for passing things. Nothing is rendered before
 * somebody asks, and then on another thread; the numbers are those of the moment at which it was taken.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/export-figure.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_FIGURE_CONTENT (scope_figure_content_get_type ())
G_DECLARE_FINAL_TYPE (ScopeFigureContent, scope_figure_content, SCOPE, FIGURE_CONTENT, GdkContentProvider)

/* scope_figure_content_new:
 * @figure: as it was prepared
 * @file: the format of the file, or FIG_N_FORMATS for none */
GdkContentProvider *scope_figure_content_new (ScopeExportFigure *figure, FigFormat file);

G_END_DECLS
