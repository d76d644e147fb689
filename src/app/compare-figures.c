/* compare-figures.c: what the Compare page draws, taken from a session.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-figures.h"

#include "app/figure-theme.h"

#include <glib/gi18n.h>
#include <math.h>

void
scope_compare_figures_init (ScopeCompareFigures *figures, ScopeSession *session)
{
  *figures = (ScopeCompareFigures){ .confusion = NULL };
  scope_curves_figures_init (&figures->curves, session);
}

void
scope_compare_figures_clear (ScopeCompareFigures *figures)
{
  scope_curves_figures_clear (&figures->curves);
}

/* ---- Export ---- */

char *
scope_export_description (ScopeSession *session)
{
  const ScopeSettings *settings = scope_session_get_settings (session);
  NnDataset *dataset = scope_session_get_dataset (session);

  const char *preset = *settings->preset != '\0' ? settings->preset : "none";
  char held_out[G_ASCII_DTOSTR_BUF_SIZE];

  /* As in every file, in English and the C locale. */
  return g_strdup_printf ("data %s; preset %s; hidden size %u; seed %u; held out %s",
                          dataset != NULL ? nn_dataset_hash (dataset) : "none", preset, settings->hidden,
                          settings->seed, g_ascii_formatd (held_out, sizeof held_out, "%g", settings->hold_out));
}

#define SHEET_WIDTH 860.0
#define CURVES_HEIGHT 250.0
#define MATRICES_HEIGHT 350.0
#define MATRICES_ABREAST 3

static void
draw_sheet (cairo_t *cr, double width, double height, gconstpointer data, const FigTheme *theme)
{
  const ScopeCompareFigures *figures = data;

  fig_paint_background (cr, theme, width, height);
  fig_curves_draw (cr, width / 2, CURVES_HEIGHT, &figures->curves.curves[FIG_MEASURE_LOSS], theme);
  cairo_save (cr);
  cairo_translate (cr, width / 2, 0);
  fig_curves_draw (cr, width / 2, CURVES_HEIGHT, &figures->curves.curves[FIG_MEASURE_ACCURACY], theme);
  cairo_restore (cr);
  cairo_save (cr);
  cairo_translate (cr, 0, CURVES_HEIGHT);
  fig_confusion_draw (cr, width, height - CURVES_HEIGHT, figures->confusion, theme);
  cairo_restore (cr);
}

gboolean
scope_compare_figures_export (ScopeSession *session, const FigConfusion *confusion, const char *path, GError **error)
{
  g_auto (ScopeCompareFigures) figures = { 0 };
  g_autofree char *settings = scope_export_description (session), *description = NULL, *state = NULL;
  guint lines;
  FigTheme theme;
  FigPage page;

  scope_compare_figures_init (&figures, session);
  state = fig_curves_state (&figures.curves.curves[FIG_MEASURE_LOSS]);
  description = g_strdup_printf ("%s%s%s", settings, state != NULL ? "; curves: " : "", state != NULL ? state : "");
  figures.curves.curves[FIG_MEASURE_LOSS].for_paper = TRUE;
  figures.curves.curves[FIG_MEASURE_ACCURACY].for_paper = TRUE;
  scope_figure_theme_init_for_paper (&theme);
  figures.confusion = confusion;
  lines = MAX ((fig_confusion_n_panels (confusion) + MATRICES_ABREAST - 1) / MATRICES_ABREAST, 1);
  page = (FigPage){
    .draw = draw_sheet, .figure = &figures, .theme = &theme,
    .width = SHEET_WIDTH, .height = CURVES_HEIGHT + lines * MATRICES_HEIGHT,
    .metadata = { .title = "Gatescope: the networks compared", .description = description },
  };
  return fig_export (&page, path, error);
}
