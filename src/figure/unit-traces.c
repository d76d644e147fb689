/* unit-traces.c: several units of a network, one under the other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/unit-traces.h"

#include "figure/text.h"

#include <string.h>

/* Where nothing is shown but words, in times of the font's size. */
#define WORDS_HEIGHT 6.0

void
fig_unit_traces_draw (cairo_t *cr, double width, double height, const FigUnitTraces *figure, const FigTheme *theme)
{
  double y = 0, natural;

  g_return_if_fail (cr != NULL && figure != NULL && theme != NULL);
  fig_paint_background (cr, theme, width, height);
  if (figure->n == 0 && figure->none != NULL)
    fig_text_draw_message (cr, theme, &(FigRect){ 0, 0, width, MIN (height, WORDS_HEIGHT * theme->font_size) },
                           figure->none);
  natural = fig_unit_traces_height (figure, theme, width);
  for (guint i = 0; i < figure->n; i++)
    {
      double part = fig_unit_trace_height (&figure->traces[i], theme, width);

      /* Less room than they would like is shared; more is left below. */
      part *= MIN (height / MAX (natural, 1), 1);
      cairo_save (cr);
      cairo_translate (cr, 0, y);
      fig_unit_trace_draw (cr, width, part, &figure->traces[i], theme);
      cairo_restore (cr);
      y += part;
    }
}

double
fig_unit_traces_height (const FigUnitTraces *figure, const FigTheme *theme, double width)
{
  double height = 0;

  g_return_val_if_fail (figure != NULL && theme != NULL, 0);
  for (guint i = 0; i < figure->n; i++)
    height += fig_unit_trace_height (&figure->traces[i], theme, width);
  return MAX (height, WORDS_HEIGHT * theme->font_size);
}

char *
fig_unit_traces_csv (const FigUnitTraces *figure, const FigMetadata *metadata)
{
  GString *csv = g_string_new (NULL);

  g_return_val_if_fail (figure != NULL, g_string_free (csv, FALSE));
  if (figure->n == 0)
    {
      const FigUnitTrace nothing = { 0 };
      g_autofree char *part = fig_unit_trace_csv (&nothing, metadata);

      g_string_append (csv, part);
    }
  for (guint i = 0; i < figure->n; i++)
    {
      g_autofree char *part = fig_unit_trace_csv (&figure->traces[i], i == 0 ? metadata : NULL);

      /* The line of columns' names stands once. */
      g_string_append (csv, i == 0 ? part : strchr (part, '\n') + 1);
    }
  return g_string_free (csv, FALSE);
}
