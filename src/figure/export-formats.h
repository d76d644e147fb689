/* export-formats.h: the three kinds of file. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/export.h"

G_BEGIN_DECLS

/* Each makes the whole file in memory, (transfer full). The page's theme and language are those that the format asks
 * for.
 * Errors: FIG_ERROR_SIZE, FIG_ERROR_DRAW. */
GBytes *fig_export_png (const FigPage *page, GError **error);
GBytes *fig_export_svg (const FigPage *page, GError **error);
GBytes *fig_export_pdf (const FigPage *page, GError **error);

/* fig_export_draw: draws the page's figure in its language. */
void fig_export_draw (const FigPage *page, cairo_t *cr);

/* fig_export_check: whether all went well so far; else FIG_ERROR_DRAW with what Cairo says. */
gboolean fig_export_check (cairo_status_t status, GError **error);

/* fig_export_append: a cairo_write_func_t; @closure: a GByteArray. */
cairo_status_t fig_export_append (void *closure, const unsigned char *data, unsigned int length);

G_END_DECLS
