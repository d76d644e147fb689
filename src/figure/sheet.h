/* sheet.h: a table of words and numbers as text: for a terminal, a spreadsheet, a page of Markdown or of LaTeX.
 *
 * Its cells are text already; what a number looks like is for who fills it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/export.h"

G_BEGIN_DECLS

typedef enum
{
  FIG_SHEET_TEXT,     /* columns stand under each other, in any script */
  FIG_SHEET_CSV,      /* RFC 4180; lines that begin with "# " come first and say what it is */
  FIG_SHEET_MARKDOWN, /* a pipe table */
  FIG_SHEET_LATEX,    /* a tabular with the rules of the package booktabs */
} FigSheetFormat;

typedef struct
{
  GPtrArray *titles;  /* of char *, one a column */
  GArray *is_number;  /* of gboolean: whether the column stands at the right */
  GPtrArray *cells;   /* of char *, row by row */
} FigSheet;

/* fig_sheet_format_from_id: "text", "csv", "markdown" or "latex". FALSE for anything else. */
gboolean fig_sheet_format_from_id (const char *id, FigSheetFormat *format);

/* fig_sheet_new: without columns or rows. (transfer full) */
FigSheet *fig_sheet_new (void);
void fig_sheet_free (FigSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FigSheet, fig_sheet_free)

/* fig_sheet_add_column: one more; all before the first cell. */
void fig_sheet_add_column (FigSheet *sheet, const char *title, gboolean is_number);

/* fig_sheet_add, fig_sheet_take: the next cell, row by row. @text: (transfer none), (transfer full) */
void fig_sheet_add (FigSheet *sheet, const char *text);
void fig_sheet_take (FigSheet *sheet, char *text);

/* fig_sheet_append:
 * Writes the table as lines at the end of @text, what @format gives a meaning to escaped. In text, Markdown and LaTeX
 * an empty cell is an en dash. For LaTeX the lines need \usepackage{booktabs}. */
void fig_sheet_append (const FigSheet *sheet, FigSheetFormat format, GString *text);

/* fig_sheet_append_comments: what @metadata says, as comment lines of @format; nothing where it has no comments.
 * @metadata: (nullable) */
void fig_sheet_append_comments (FigSheetFormat format, const FigMetadata *metadata, GString *text);

/* fig_text_columns: the columns that @text takes in a terminal. */
guint fig_text_columns (const char *text);

G_END_DECLS
