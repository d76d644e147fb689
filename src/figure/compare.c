/* compare.c: loss, accuracy and confusion matrices on one sheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/compare.h"

#include "figure/csv.h"
#include "figure/origin.h"
#include "figure/pgfplots-parts.h"
#include "figure/pgfplots-text.h"
#include "figure/text.h"

#include <math.h>

/* Height over width, and the least height in times of the type. */
#define CURVES_RATIO 0.62
#define CURVES_LEAST 20.0

/* Curves that would be narrower than this, in times of the type, stand below each other. */
#define CURVES_NARROWEST 24.0

/* More matrices than these stand in another row, on the screen. */
#define MATRICES_ABREAST 3

double
fig_curves_height (const FigTheme *theme, double width)
{
  return ceil (MAX (CURVES_RATIO * width, CURVES_LEAST * theme->font_size));
}

static double
title_height (const FigCompare *compare, const FigTheme *theme)
{
  FigText title = fig_text (theme, 1.15);

  return compare->title != NULL ? fig_text_line_height (theme, &title) + theme->font_size : 0;
}

static double
matrices_height (const FigCompare *compare, const FigTheme *theme, double width)
{
  FigConfusion line = compare->confusion;
  guint lines;

  /* On paper it knows itself how many stand abreast. */
  if (theme->plain_numbers)
    return fig_confusion_height (&line, theme, width);
  lines = MAX ((fig_confusion_n_panels (&line) + MATRICES_ABREAST - 1) / MATRICES_ABREAST, 1);
  line.n_matrices = (line.n_matrices + lines - 1) / lines;
  return lines * fig_confusion_height (&line, theme, width);
}

static gboolean
is_narrow (const FigTheme *theme, double width)
{
  return width / 2 < CURVES_NARROWEST * theme->font_size;
}

/* Of both figures of curves. */
static double
natural_curves (const FigTheme *theme, double width)
{
  return is_narrow (theme, width) ? 2 * fig_curves_height (theme, width) : fig_curves_height (theme, width / 2);
}

double
fig_compare_height (const FigCompare *compare, const FigTheme *theme, double width)
{
  return ceil (title_height (compare, theme) + natural_curves (theme, width) + matrices_height (compare, theme, width));
}

/* Where the curves stand: what there is of height below @top is shared as it would be at the natural one.
 * Returns: the height that both take. */
static double
place_curves (const FigCompare *compare, const FigTheme *theme, double width, double height, double top,
              FigRect areas[2])
{
  double natural = fig_compare_height (compare, theme, width);
  double curves = (height - top) * natural_curves (theme, width) / MAX (natural - top, 1);

  if (is_narrow (theme, width))
    {
      areas[0] = (FigRect){ 0, top, width, curves / 2 };
      areas[1] = (FigRect){ 0, top + curves / 2, width, curves / 2 };
    }
  else
    {
      areas[0] = (FigRect){ 0, top, width / 2, curves };
      areas[1] = (FigRect){ width / 2, top, width / 2, curves };
    }
  return curves;
}

void
fig_compare_draw (cairo_t *cr, double width, double height, const FigCompare *compare, const FigTheme *theme)
{
  const FigCurves *both[] = { &compare->loss, &compare->accuracy };
  FigRect areas[2];
  double top = title_height (compare, theme), curves = place_curves (compare, theme, width, height, top, areas);
  FigText title = fig_text (theme, 1.15);

  title.bold = TRUE;
  fig_paint_background (cr, theme, width, height);
  if (compare->title != NULL)
    fig_text_draw (cr, theme, &title, theme->font_size * 0.6, theme->font_size * 0.6, 0, 0, compare->title);
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      cairo_save (cr);
      cairo_translate (cr, areas[i].x, areas[i].y);
      fig_curves_draw (cr, areas[i].width, areas[i].height, both[i], theme);
      cairo_restore (cr);
    }
  cairo_save (cr);
  cairo_translate (cr, 0, top + curves);
  fig_confusion_draw (cr, width, height - top - curves, &compare->confusion, theme);
  cairo_restore (cr);
}

/* ---- Files ---- */

static void
append_table (GString *csv, const char *name, char *table)
{
  g_string_append_printf (csv, "%s# figure: %s\n%s", csv->len > 0 ? "\n" : "", name, table);
  g_free (table);
}

char *
fig_compare_csv (const FigCompare *compare, const FigMetadata *metadata)
{
  GString *csv = g_string_new (NULL);

  if (metadata != NULL)
    fig_csv_append_notes (metadata, '#', csv);
  append_table (csv, fig_title_of_curves (FIG_MEASURE_LOSS), fig_curves_csv (&compare->loss, NULL));
  append_table (csv, fig_title_of_curves (FIG_MEASURE_ACCURACY), fig_curves_csv (&compare->accuracy, NULL));
  append_table (csv, fig_title_of_confusion (), fig_confusion_csv (&compare->confusion, NULL));
  return g_string_free (csv, FALSE);
}

static void
append_title (GString *tex, const FigCompare *compare, const FigPage *page)
{
  fig_tex_begin_picture (tex, page);
  fig_tex_append_node (tex, 0, 0, page->height, "anchor=north west, font=\\bfseries", compare->title);
  fig_tex_end_picture (tex);
}

char *
fig_compare_tex (const FigCompare *compare, const FigPage *page)
{
  double top = title_height (compare, page->theme);
  GString *tex = fig_tex_new (page);
  FigPage curves = *page, matrices = *page;
  FigRect areas[2];
  guint row = 0;

  matrices.height = page->height - top - place_curves (compare, page->theme, page->width, page->height, top, areas);
  curves.width = areas[0].width;
  curves.height = areas[0].height;
  fig_tex_begin_stack (tex);
  if (compare->title != NULL)
    {
      fig_tex_begin_row (tex, row++);
      append_title (tex, compare, page);
      fig_tex_end_row (tex);
    }
  fig_tex_begin_row (tex, row++);
  fig_tex_append_curves (tex, &compare->loss, &curves);
  if (areas[1].x > 0)
    g_string_append (tex, "\\hskip 1em\\relax\n");
  else
    {
      fig_tex_end_row (tex);
      fig_tex_begin_row (tex, row++);
    }
  fig_tex_append_curves (tex, &compare->accuracy, &curves);
  fig_tex_end_row (tex);
  fig_tex_begin_row (tex, row);
  fig_tex_append_confusion (tex, &compare->confusion, &matrices);
  fig_tex_end_row (tex);
  fig_tex_end_stack (tex);
  return fig_tex_finish (tex);
}
