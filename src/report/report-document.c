/* report-document.c: the report as a row of blocks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-document.h"

static void
block_free (gpointer data)
{
  ReportBlock *block = data;

  g_free (block->number);
  g_free (block->text);
  g_clear_pointer (&block->cells, g_ptr_array_unref);
  g_free (block);
}

ReportDocument *
report_document_new (const char *language)
{
  ReportDocument *document = g_new0 (ReportDocument, 1);

  document->language = g_strdup (language);
  document->blocks = g_ptr_array_new_with_free_func (block_free);
  return document;
}

void
report_document_free (ReportDocument *document)
{
  if (document == NULL)
    return;
  g_free (document->title);
  g_free (document->author);
  g_free (document->subtitle);
  g_free (document->language);
  g_ptr_array_unref (document->blocks);
  g_free (document);
}

gboolean
report_document_is_chinese (const ReportDocument *document)
{
  return g_str_has_prefix (document->language, "zh");
}

static ReportBlock *
add (ReportDocument *document, ReportBlockKind kind, const char *number, const char *text)
{
  ReportBlock *block = g_new0 (ReportBlock, 1);

  block->kind = kind;
  block->number = g_strdup (number);
  block->text = g_strdup (text);
  g_ptr_array_add (document->blocks, block);
  return block;
}

void
report_add_chapter (ReportDocument *document, const char *number, const char *heading)
{
  add (document, REPORT_BLOCK_CHAPTER, number, heading);
}

void
report_add_section (ReportDocument *document, const char *heading)
{
  add (document, REPORT_BLOCK_SECTION, NULL, heading);
}

void
report_add_paragraph (ReportDocument *document, char *text)
{
  if (*text != '\0')
    add (document, REPORT_BLOCK_PARAGRAPH, NULL, text);
  g_free (text);
}

void
report_add_listing (ReportDocument *document, const char *lines)
{
  add (document, REPORT_BLOCK_LISTING, NULL, lines);
}

void
report_add_figure (ReportDocument *document, guint figure, const char *number, const char *caption)
{
  add (document, REPORT_BLOCK_FIGURE, number, caption)->figure = figure;
}

ReportBlock *
report_add_table (ReportDocument *document, guint n_columns, const char *caption)
{
  g_autofree char *number = g_strdup_printf ("%u", ++document->n_tables);
  ReportBlock *table = add (document, REPORT_BLOCK_TABLE, number, caption);

  table->n_columns = n_columns;
  table->cells = g_ptr_array_new_with_free_func (g_free);
  return table;
}

void
report_table_add (ReportBlock *table, char *text)
{
  g_ptr_array_add (table->cells, text);
}

guint
report_table_n_rows (const ReportBlock *table)
{
  return table->cells->len / table->n_columns;
}

void
report_sentences_add (const ReportDocument *document, GString *sentences, char *text)
{
  if (sentences->len > 0 && !report_document_is_chinese (document))
    g_string_append_c (sentences, ' ');
  g_string_append (sentences, text);
  g_free (text);
}
