/* sheet.c: a table of words and numbers as text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/sheet.h"

#include "figure/csv.h"

#include <string.h>

#define EN_DASH "\xe2\x80\x93"

gboolean
fig_sheet_format_from_id (const char *id, FigSheetFormat *format)
{
  static const char *const ids[] = { "text", "csv", "markdown", "latex" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_strcmp0 (id, ids[i]) == 0)
      {
        *format = (FigSheetFormat) i;
        return TRUE;
      }
  return FALSE;
}

FigSheet *
fig_sheet_new (void)
{
  FigSheet *sheet = g_new0 (FigSheet, 1);

  sheet->titles = g_ptr_array_new_with_free_func (g_free);
  sheet->is_number = g_array_new (FALSE, FALSE, sizeof (gboolean));
  sheet->cells = g_ptr_array_new_with_free_func (g_free);
  return sheet;
}

void
fig_sheet_free (FigSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_ptr_array_unref (sheet->titles);
  g_array_unref (sheet->is_number);
  g_ptr_array_unref (sheet->cells);
  g_free (sheet);
}

void
fig_sheet_add_column (FigSheet *sheet, const char *title, gboolean is_number)
{
  g_return_if_fail (sheet != NULL && sheet->cells->len == 0);
  g_ptr_array_add (sheet->titles, g_strdup (title));
  g_array_append_val (sheet->is_number, is_number);
}

void
fig_sheet_take (FigSheet *sheet, char *text)
{
  g_return_if_fail (sheet != NULL && text != NULL);
  g_ptr_array_add (sheet->cells, text);
}

void
fig_sheet_add (FigSheet *sheet, const char *text)
{
  fig_sheet_take (sheet, g_strdup (text));
}

guint
fig_text_columns (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }
  return width;
}

/* ---- What a format gives a meaning to ---- */

typedef struct
{
  gunichar character;
  const char *written;
} Escape;

static const Escape markdown_escapes[] = {
  { '\\', "\\\\" }, { '|', "\\|" },  { '*', "\\*" },  { '_', "\\_" }, { '`', "\\`" },
  { '<', "&lt;" },  { '&', "&amp;" }, { '[', "\\[" }, { ']', "\\]" }, { 0, NULL },
};

/* The signs among them are ours: what a number, a range or a mark is written with. */
static const Escape latex_escapes[] = {
  { '&', "\\&" },
  { '%', "\\%" },
  { '$', "\\$" },
  { '#', "\\#" },
  { '_', "\\_" },
  { '{', "\\{" },
  { '}', "\\}" },
  { '~', "\\textasciitilde{}" },
  { '^', "\\textasciicircum{}" },
  { '\\', "\\textbackslash{}" },
  { '<', "$<$" },
  { '>', "$>$" },
  { 0x2013, "--" },
  { 0x2212, "$-$" },
  { 0x2020, "\\textdagger{}" },
  { 0, NULL },
};

/* As one line. (transfer full) */
static char *
escape (const char *text, const Escape *escapes)
{
  GString *escaped = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      const Escape *found = escapes;

      while (found != NULL && found->written != NULL && found->character != character)
        found++;
      if (g_unichar_iscntrl (character))
        g_string_append_c (escaped, ' ');
      else if (found != NULL && found->written != NULL)
        g_string_append (escaped, found->written);
      else
        g_string_append_unichar (escaped, character);
    }
  return g_string_free (escaped, FALSE);
}

static char *
cell_text (const char *cell, const Escape *escapes)
{
  return escape (*cell != '\0' ? cell : EN_DASH, escapes);
}

static const Escape *
escapes_of (FigSheetFormat format)
{
  return format == FIG_SHEET_MARKDOWN ? markdown_escapes : format == FIG_SHEET_LATEX ? latex_escapes : NULL;
}

/* ---- Writing ---- */

static gboolean
is_number (const FigSheet *sheet, guint column)
{
  return g_array_index (sheet->is_number, gboolean, column);
}

static void
append_blanks (GString *text, guint n)
{
  g_string_append_printf (text, "%*s", (int) n, "");
}

/* Every format but CSV pads its columns, so that the lines can be read as they are. */
typedef struct
{
  const char *before;
  const char *between;
  const char *after;
} Line;

static const Line lines[] = {
  [FIG_SHEET_TEXT] = { "", "  ", "" },
  [FIG_SHEET_MARKDOWN] = { "| ", " | ", " |" },
  [FIG_SHEET_LATEX] = { "  ", " & ", " \\\\" },
};

static void
append_line (const FigSheet *sheet, const Line *line, char **cells, const guint *widths, GString *text)
{
  guint n = sheet->titles->len;

  g_string_append (text, line->before);
  for (guint i = 0; i < n; i++)
    {
      guint padding = widths[i] - fig_text_columns (cells[i]);

      if (i > 0)
        g_string_append (text, line->between);
      if (is_number (sheet, i))
        append_blanks (text, padding);
      g_string_append (text, cells[i]);
      /* No blanks at the end of a line. */
      if (!is_number (sheet, i) && (i + 1 < n || *line->after != '\0'))
        append_blanks (text, padding);
    }
  g_string_append (text, line->after);
  g_string_append_c (text, '\n');
}

/* What stands between the titles and the rows. */
static void
append_rule (const FigSheet *sheet, FigSheetFormat format, const guint *widths, GString *text)
{
  if (format == FIG_SHEET_LATEX)
    g_string_append (text, "  \\midrule\n");
  for (guint i = 0; format == FIG_SHEET_MARKDOWN && i < sheet->titles->len; i++)
    {
      g_string_append (text, i == 0 ? "| " : " | ");
      for (guint j = is_number (sheet, i) ? 1 : 0; j < MAX (widths[i], 3); j++)
        g_string_append_c (text, '-');
      if (is_number (sheet, i))
        g_string_append_c (text, ':');
    }
  if (format == FIG_SHEET_MARKDOWN)
    g_string_append (text, " |\n");
}

static void
append_head (const FigSheet *sheet, GString *text)
{
  g_string_append (text, "\\begin{tabular}{");
  for (guint i = 0; i < sheet->titles->len; i++)
    g_string_append_c (text, is_number (sheet, i) ? 'r' : 'l');
  g_string_append (text, "}\n  \\toprule\n");
}

void
fig_sheet_append (const FigSheet *sheet, FigSheetFormat format, GString *text)
{
  guint n = sheet->titles->len;
  guint n_lines = n > 0 ? 1 + sheet->cells->len / n : 0;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint *widths = g_new0 (guint, n + 1);

  if (format == FIG_SHEET_CSV)
    {
      fig_csv_append_sheet (sheet, text);
      return;
    }
  for (guint i = 0; i < n_lines * n; i++)
    {
      const char *cell = g_ptr_array_index (i < n ? sheet->titles : sheet->cells, i < n ? i : i - n);

      g_ptr_array_add (cells, cell_text (cell, escapes_of (format)));
      widths[i % n] = MAX (widths[i % n], fig_text_columns (g_ptr_array_index (cells, i)));
    }
  for (guint i = 0; format == FIG_SHEET_MARKDOWN && i < n; i++)
    widths[i] = MAX (widths[i], 3);
  if (format == FIG_SHEET_LATEX)
    append_head (sheet, text);
  for (guint i = 0; i < n_lines; i++)
    {
      append_line (sheet, &lines[format], (char **) &g_ptr_array_index (cells, i * n), widths, text);
      if (i == 0)
        append_rule (sheet, format, widths, text);
    }
  if (format == FIG_SHEET_LATEX)
    g_string_append (text, "  \\bottomrule\n\\end{tabular}\n");
}

void
fig_sheet_append_comments (FigSheetFormat format, const FigMetadata *metadata, GString *text)
{
  if (metadata == NULL || (format != FIG_SHEET_CSV && format != FIG_SHEET_LATEX))
    return;
  fig_csv_append_notes (metadata, format == FIG_SHEET_CSV ? '#' : '%', text);
}
