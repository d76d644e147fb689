/* pgfplots-text.h: what all figures' LaTeX source has in common. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/colormap.h"
#include "figure/export.h"
#include "figure/geometry.h"

G_BEGIN_DECLS

/* fig_tex_new: the head of a file, up to where its pictures begin. (transfer full) */
GString *fig_tex_new (const FigPage *page);

/* fig_tex_begin_picture, fig_tex_end_picture: around a picture in the type of @page. */
void fig_tex_begin_picture (GString *tex, const FigPage *page);
void fig_tex_end_picture (GString *tex);

/* fig_tex_begin_stack, fig_tex_begin_row: around rows of pictures that stand one below the other. @row: from 0 */
void fig_tex_begin_stack (GString *tex);
void fig_tex_begin_row (GString *tex, guint row);
void fig_tex_end_row (GString *tex);
void fig_tex_end_stack (GString *tex);

/* fig_tex_finish: ends the file. @words is all text that is in it: letters that plain LaTeX lacks ask
 * for a package. (transfer full): the file; @tex is given up. */
char *fig_tex_finish (GString *tex);

/* fig_tex_append_text: @text so that LaTeX writes just that. */
void fig_tex_append_text (GString *tex, const char *text);

/* fig_tex_append: as g_string_append_printf, where numbers are the C locale's whatever the locale: only %s, %d, %u. */
void fig_tex_append (GString *tex, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* fig_tex_append_number: the shortest digits that mean @value; "nan" where it isn't finite. */
void fig_tex_append_number (GString *tex, double value);

/* fig_tex_append_length: " KEY=12.3bp,". */
void fig_tex_append_length (GString *tex, const char *key, double points);

/* fig_tex_append_place: the options that put an axis' frame onto @area of a page of that height. */
void fig_tex_append_place (GString *tex, const FigRect *area, double page_height);

/* fig_tex_append_node: @text at (x, y) of the page. @options: such as "anchor=west,rotate=90". */
void fig_tex_append_node (GString *tex, double x, double y, double page_height, const char *options, const char *text);

/* fig_tex_append_list: "KEY={{a},{b}}," of texts. */
void fig_tex_append_list (GString *tex, const char *key, const char *const *texts, guint n);

/* fig_tex_append_color: defines a colour for what follows. */
void fig_tex_append_color (GString *tex, const char *name, FigColor color);

/* fig_tex_append_colormap: the option that makes @map the axis' colours, with its range. */
void fig_tex_append_colormap (GString *tex, const FigColormap *map);

/* fig_tex_begin_cells: begins an axis of @columns by @rows cells, the first at the top left, up to its options. */
void fig_tex_begin_cells (GString *tex, const FigRect *area, double page_height, guint columns, guint rows,
                          const FigColormap *map);

G_END_DECLS
