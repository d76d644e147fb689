/* beside.c: figures of several networks side by side in equal columns, as one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/beside.h"

#include "figure/attribution.h"
#include "figure/substitution.h"
#include "figure/text.h"
#include "figure/unit-traces.h"

#include <math.h>
#include <string.h>

/* In times of the font's size. */
#define MARGIN 0.6

void
fig_beside_init (FigBeside *beside, FigBesideKind kind, const gconstpointer *figures, guint n, const char *title)
{
  static const FigBeside kinds[] = {
    [FIG_BESIDE_UNITS] = { FIG_DRAW (fig_unit_traces_draw), FIG_HEIGHT (fig_unit_traces_height),
                           FIG_CSV (fig_unit_traces_csv) },
    [FIG_BESIDE_ATTRIBUTION] = { FIG_DRAW (fig_attribution_draw), FIG_HEIGHT (fig_attribution_height),
                                 FIG_CSV (fig_attribution_csv) },
    [FIG_BESIDE_SUBSTITUTIONS] = { FIG_DRAW (fig_substitution_draw), FIG_HEIGHT (fig_substitution_height),
                                   FIG_CSV (fig_substitution_csv) },
  };

  *beside = kinds[kind];
  beside->figures = figures;
  beside->n = n;
  beside->title = title;
}

static double
title_height (const FigBeside *beside, const FigTheme *theme)
{
  FigText title = fig_text (theme, 1.15);

  return beside->title != NULL ? fig_text_line_height (theme, &title) + theme->font_size : 0;
}

static double
column_of (const FigBeside *beside, double width)
{
  return width / MAX (beside->n, 1);
}

double
fig_beside_height (const FigBeside *beside, const FigTheme *theme, double width)
{
  double highest = 0;

  g_return_val_if_fail (beside != NULL && theme != NULL, 0);
  for (guint i = 0; i < beside->n; i++)
    highest = MAX (highest, beside->height (beside->figures[i], theme, column_of (beside, width)));
  return ceil (title_height (beside, theme) + highest);
}

void
fig_beside_draw (cairo_t *cr, double width, double height, const FigBeside *beside, const FigTheme *theme)
{
  double column = column_of (beside, width), top = title_height (beside, theme);
  FigText title = fig_text (theme, 1.15);

  g_return_if_fail (cr != NULL && beside != NULL && theme != NULL);
  fig_paint_background (cr, theme, width, height);
  title.bold = TRUE;
  title.max_width = MAX (width - 2 * MARGIN * theme->font_size, 1);
  if (beside->title != NULL)
    fig_text_draw (cr, theme, &title, MARGIN * theme->font_size, MARGIN * theme->font_size, 0, 0, beside->title);
  for (guint i = 0; i < beside->n; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, i * column, top);
      beside->draw (cr, column, MAX (height - top, 1), beside->figures[i], theme);
      cairo_restore (cr);
    }
}

/* The text behind the lines of comments and the line of columns' names. */
static const char *
rows_of (const char *csv)
{
  while (*csv == '#')
    csv = strchr (csv, '\n') + 1;
  return strchr (csv, '\n') + 1;
}

char *
fig_beside_csv (const FigBeside *beside, const FigMetadata *metadata)
{
  GString *csv = g_string_new (NULL);

  g_return_val_if_fail (beside != NULL, g_string_free (csv, FALSE));
  for (guint i = 0; i < beside->n; i++)
    {
      g_autofree char *part = beside->csv (beside->figures[i], i == 0 ? metadata : NULL);

      g_string_append (csv, i == 0 ? part : rows_of (part));
    }
  return g_string_free (csv, FALSE);
}
