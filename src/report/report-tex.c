/* report-tex.c: the report as a LaTeX file for xelatex.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-tex.h"

#include "report/report-figures.h"

/* What stands for a character that LaTeX would take for something else, or that its fonts join with the next. */
static const char *
replacement (char character)
{
  switch (character)
    {
    case '\\':
      return "\\textbackslash{}";
    case '{':
      return "\\{";
    case '}':
      return "\\}";
    case '$':
      return "\\$";
    case '&':
      return "\\&";
    case '#':
      return "\\#";
    case '%':
      return "\\%";
    case '_':
      return "\\_";
    case '^':
      return "\\textasciicircum{}";
    case '~':
      return "\\textasciitilde{}";
    case '"':
      return "\\textquotedbl{}";
    case '<':
      return "\\textless{}";
    case '>':
      return "\\textgreater{}";
    case '-':
      return "-{}";
    default:
      return NULL;
    }
}

static void
append_escaped (GString *tex, const char *text)
{
  for (; *text != '\0'; text++)
    {
      const char *instead = replacement (*text);

      /* A hyphen is left alone unless another one follows: two would become a dash. */
      if (instead == NULL || (*text == '-' && text[1] != '-'))
        g_string_append_c (tex, *text);
      else
        g_string_append (tex, instead);
    }
}

char *
report_tex_escape (const char *text)
{
  GString *tex = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (text, "`", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (i % 2 == 1)
        g_string_append (tex, "\\texttt{");
      append_escaped (tex, parts[i]);
      if (i % 2 == 1)
        g_string_append_c (tex, '}');
    }
  return g_string_free (tex, FALSE);
}

/* A comment, however many lines the text would have. */
static void
append_comment (GString *tex, const char *text)
{
  g_autofree char *line = g_strdup (text != NULL ? text : "");

  g_strdelimit (line, "\r\n", ' ');
  g_string_append_printf (tex, "%% %s\n", line);
}

/* @format: takes the escaped text */
static void
append_command (GString *tex, const char *format, const char *text)
{
  g_autofree char *escaped = report_tex_escape (text);

  g_string_append_printf (tex, format, escaped);
}

static void
append_preamble (GString *tex, const ReportDocument *document, const FigMetadata *metadata)
{
  append_comment (tex, "xelatex report.tex");
  append_comment (tex, metadata->description);
  append_comment (tex, metadata->command);
  g_string_append (tex, report_document_is_chinese (document) ? "\\documentclass[a4paper,11pt]{ctexart}\n"
                                                              : "\\documentclass[a4paper,11pt]{article}\n");
  g_string_append (tex, "\\usepackage[margin=25mm]{geometry}\n"
                        "\\usepackage{graphicx}\n"
                        "\\usepackage{booktabs}\n"
                        "\\usepackage{caption}\n"
                        "\\captionsetup{labelfont=bf,labelsep=quad}\n"
                        "\\emergencystretch=2em\n");
  append_command (tex, "\\title{%s}\n", document->title);
  append_command (tex, "\\author{%s}\n", document->author != NULL ? document->author : "");
  append_command (tex, "\\date{%s}\n", document->subtitle);
  g_string_append (tex, "\\begin{document}\n\\maketitle\n");
}

static void
append_figure (GString *tex, const ReportBlock *block)
{
  const ReportFigure *figure = &report_figures[block->figure];

  g_string_append_printf (tex,
                          "\n\\begin{figure}[!htbp]\n\\centering\n"
                          "\\includegraphics[width=%s\\linewidth]{figures/%s.pdf}\n"
                          "\\renewcommand{\\thefigure}{%s}\n",
                          figure->kind == REPORT_FIGURE_MATRIX ? "0.85" : "", figure->file, block->number);
  append_command (tex, "\\caption{%s}\n", block->text);
  g_string_append_printf (tex, "\\label{fig:%s}\n\\end{figure}\n", block->number);
}

static void
append_table (GString *tex, const ReportBlock *block)
{
  g_string_append (tex, "\n\\begin{table}[!htbp]\n\\centering\n");
  append_command (tex, "\\caption{%s}\n", block->text);
  g_string_append (tex, "\\small\n\\begin{tabular}{l");
  for (guint column = 1; column < block->n_columns; column++)
    g_string_append_c (tex, 'r');
  g_string_append (tex, "}\n\\toprule\n");
  for (guint i = 0; i < block->cells->len; i++)
    {
      append_command (tex, "%s", g_ptr_array_index (block->cells, i));
      g_string_append (tex, (i + 1) % block->n_columns == 0 ? " \\\\\n" : " & ");
      if (i + 1 == block->n_columns)
        g_string_append (tex, "\\midrule\n");
    }
  g_string_append (tex, "\\bottomrule\n\\end{tabular}\n\\end{table}\n");
}

/* In a box of its own, so that no page's end goes through it. */
static void
append_listing (GString *tex, const ReportBlock *block)
{
  g_string_append_printf (tex,
                          "\n\\medskip\n\\noindent\\begin{minipage}{\\linewidth}\\small\n\\begin{verbatim}\n%s\n"
                          "\\end{verbatim}\n\\end{minipage}\n\\medskip\n",
                          block->text);
}

/* Headings without a number in the report have none here, and those with one get the same, for they come in order.
 * Figures stay in their chapter. */
static void
append_chapter (GString *tex, const ReportBlock *block)
{
  g_string_append (tex, block->number != NULL ? "\n\\clearpage\n" : "\n");
  append_command (tex, block->number != NULL ? "\\section{%s}\n" : "\\section*{%s}\n", block->text);
}

static void
append_block (GString *tex, const ReportBlock *block)
{
  switch (block->kind)
    {
    case REPORT_BLOCK_CHAPTER:
      append_chapter (tex, block);
      break;
    case REPORT_BLOCK_SECTION:
      append_command (tex, "\n\\subsection*{%s}\n", block->text);
      break;
    case REPORT_BLOCK_LISTING:
      append_listing (tex, block);
      break;
    case REPORT_BLOCK_TABLE:
      append_table (tex, block);
      break;
    case REPORT_BLOCK_FIGURE:
      append_figure (tex, block);
      break;
    case REPORT_BLOCK_PARAGRAPH:
    default:
      append_command (tex, "\n%s\n", block->text);
      break;
    }
}

char *
report_tex (const ReportDocument *document, const FigMetadata *metadata)
{
  GString *tex = g_string_new (NULL);

  append_preamble (tex, document, metadata);
  for (guint i = 0; i < document->blocks->len; i++)
    append_block (tex, g_ptr_array_index (document->blocks, i));
  g_string_append (tex, "\n\\end{document}\n");
  return g_string_free (tex, FALSE);
}
