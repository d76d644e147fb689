/* report-document.h: the report as a row of blocks, which the PDF and the LaTeX file both are made from.
 *
 * Text is UTF-8; what stands between two backticks in a paragraph or a cell is code.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  REPORT_BLOCK_CHAPTER,   /* a heading, with a number unless it has none */
  REPORT_BLOCK_SECTION,   /* a smaller one */
  REPORT_BLOCK_PARAGRAPH,
  REPORT_BLOCK_LISTING,   /* lines to stand as they are */
  REPORT_BLOCK_TABLE,
  REPORT_BLOCK_FIGURE,
} ReportBlockKind;

typedef struct
{
  ReportBlockKind kind;
  char *number;    /* (nullable): "1" of a chapter or a table, "1.1" of a figure */
  char *text;      /* a heading, a paragraph, lines, a caption */
  guint figure;    /* of a figure: which of the report's */
  guint n_columns; /* of a table */
  GPtrArray *cells; /* of a table: char *, row by row, the first row its heads; else NULL */
} ReportBlock;

typedef struct
{
  char *title;
  char *author;   /* (nullable) */
  char *subtitle; /* what it was made from */
  char *language; /* "en", "zh_CN" */
  GPtrArray *blocks; /* of ReportBlock */
  guint n_tables;
} ReportDocument;

/* report_document_new: without blocks. (transfer full) */
ReportDocument *report_document_new (const char *language);
void report_document_free (ReportDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportDocument, report_document_free)

/* report_document_is_chinese: whether its paragraphs are set as Chinese is: two characters in, and closer together. */
gboolean report_document_is_chinese (const ReportDocument *document);

/* Each adds a block. @number: (nullable) */
void report_add_chapter (ReportDocument *document, const char *number, const char *heading);
void report_add_section (ReportDocument *document, const char *heading);
void report_add_listing (ReportDocument *document, const char *lines);
void report_add_figure (ReportDocument *document, guint figure, const char *number, const char *caption);

/* report_add_paragraph: @text: (transfer full): nothing is added where it is empty */
void report_add_paragraph (ReportDocument *document, char *text);

/* report_add_table: an empty table, numbered from 1. (transfer none): to fill with report_table_add. */
ReportBlock *report_add_table (ReportDocument *document, guint n_columns, const char *caption);

/* report_table_add: the next cell. @text: (transfer full) */
void report_table_add (ReportBlock *table, char *text);

/* report_table_n_rows: with the row of heads. */
guint report_table_n_rows (const ReportBlock *table);

/* report_sentences_add: adds @text (transfer full) as the language does: with a blank between two sentences, or not. */
void report_sentences_add (const ReportDocument *document, GString *sentences, char *text);

G_END_DECLS
