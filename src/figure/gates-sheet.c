/* gates-sheet.c: any number of networks' gates on one sheet, in rows of as many as a figure holds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates-sheet.h"

#include "figure/csv.h"
#include "figure/gates-layout.h"
#include "figure/pgfplots.h"
#include "figure/pgfplots-parts.h"
#include "figure/pgfplots-text.h"

#include <string.h>

/* In times of the type: what a letter takes at least, what all do, for the words above, and what lies between two
 * networks. */
#define LETTER 0.85
#define WORDS 8.5
#define BETWEEN 1.5

/* How many networks have room side by side. */
static guint
count_abreast (const FigGates *gates, const FigTheme *theme, double width)
{
  double size = theme->font_size, column;
  guint letters = gates->n_columns;

  for (guint i = 0; i < gates->n_readings; i++)
    if (gates->readings[i].trace != NULL)
      letters = MAX (letters, gates->readings[i].trace->length);
  column = (MAX (letters * LETTER, WORDS) + BETWEEN) * size + fig_gates_bar_width (theme);
  return (guint) CLAMP ((width - fig_gates_label_width (theme)) / column, 1, FIG_MAX_READINGS);
}

void
fig_gates_sheet_init (FigGatesSheet *sheet, const FigGates *gates, const FigTheme *theme, double width)
{
  gboolean beside = gates->arrangement == FIG_GATES_SIDE_BY_SIDE;
  guint n = gates->n_readings, most = beside ? count_abreast (gates, theme, width) : FIG_MAX_READINGS, columns;
  /* A single one in each row would have its letters again and again. */
  gboolean stacked = beside && most == 1;

  most = stacked ? FIG_MAX_READINGS : most;
  sheet->n_rows = MAX ((n + most - 1) / most, 1);
  columns = (n + sheet->n_rows - 1) / sheet->n_rows;
  sheet->rows = g_new (FigGates, sheet->n_rows);
  for (guint row = 0; row < sheet->n_rows; row++)
    {
      sheet->rows[row] = *gates;
      sheet->rows[row].readings = gates->readings + row * columns;
      sheet->rows[row].n_readings = MIN (columns, n - row * columns);
      if (stacked)
        sheet->rows[row].arrangement = FIG_GATES_STACKED;
      if (row > 0)
        sheet->rows[row].title = NULL;
    }
}

void
fig_gates_sheet_clear (FigGatesSheet *sheet)
{
  g_clear_pointer (&sheet->rows, g_free);
}

double
fig_gates_sheet_height (const FigGatesSheet *sheet, const FigTheme *theme, double width)
{
  double highest = 0;

  for (guint i = 0; i < sheet->n_rows; i++)
    highest = MAX (highest, fig_gates_height (&sheet->rows[i], theme, width));
  return highest * sheet->n_rows;
}

void
fig_gates_sheet_draw (cairo_t *cr, double width, double height, const FigGatesSheet *sheet, const FigTheme *theme)
{
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, 0, i * height / sheet->n_rows);
      fig_gates_draw (cr, width, height / sheet->n_rows, &sheet->rows[i], theme);
      cairo_restore (cr);
    }
}

char *
fig_gates_sheet_csv (const FigGatesSheet *sheet, const FigMetadata *metadata)
{
  GString *csv = g_string_new (NULL);

  for (guint i = 0; i < sheet->n_rows; i++)
    {
      g_autofree char *part = fig_gates_csv (&sheet->rows[i], i == 0 ? metadata : NULL);

      /* The columns are named once. */
      g_string_append (csv, i == 0 ? part : strchr (part, '\n') + 1);
    }
  return g_string_free (csv, FALSE);
}

char *
fig_gates_sheet_tex (const FigGatesSheet *sheet, const FigPage *page)
{
  FigPage part = *page;
  GString *tex;

  if (sheet->n_rows == 1)
    return fig_gates_tex (&sheet->rows[0], page);
  tex = fig_tex_new (page);
  part.height = page->height / sheet->n_rows;
  fig_tex_begin_stack (tex);
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      fig_tex_begin_row (tex, i);
      fig_tex_append_gates (tex, &sheet->rows[i], &part);
      fig_tex_end_row (tex);
    }
  fig_tex_end_stack (tex);
  return fig_tex_finish (tex);
}
