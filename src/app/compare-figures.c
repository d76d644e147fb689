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
  static const char *const no_classes[] = { NULL };
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (session);
  NnDataset *dataset = scope_session_get_dataset (session);
  guint n_classes = dataset != NULL ? nn_dataset_n_classes (dataset) : 0;

  *figures = (ScopeCompareFigures){ .matrices = g_new0 (FigMatrix, shown->len + 1) };
  scope_curves_figures_init (&figures->curves, session);
  for (guint i = 0; i < shown->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (shown, i);
      const NnConfusion *confusion = scope_result_get_confusion (result);
      const char *title = scope_result_get_title (result);
      NnKind kind = scope_result_get_kind (result);

      /* An opened network or an earlier run may have counts of other data. */
      if (confusion != NULL && !scope_result_fits (result, dataset))
        confusion = NULL;
      figures->matrices[i] = (FigMatrix){ title, kind, confusion, FIG_COUNTED_DRAWS };
    }
  figures->confusion = (FigConfusion){
    figures->matrices, shown->len, dataset != NULL ? nn_dataset_class_names (dataset) : no_classes, n_classes, NULL,
  };
}

void
scope_compare_figures_clear (ScopeCompareFigures *figures)
{
  scope_curves_figures_clear (&figures->curves);
  g_clear_pointer (&figures->matrices, g_free);
}

/* ---- Matrices ---- */

static void
draw_confusion (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer session)
{
  g_auto (ScopeCompareFigures) figures = { 0 };

  scope_compare_figures_init (&figures, session);
  fig_confusion_draw (cr, width, height, &figures.confusion, theme);
}

static char *
describe_confusion (gpointer session)
{
  g_auto (ScopeCompareFigures) figures = { 0 };

  scope_compare_figures_init (&figures, session);
  return fig_confusion_describe (&figures.confusion);
}

static char *
read_confusion (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark,
                gpointer session)
{
  g_auto (ScopeCompareFigures) figures = { 0 };
  g_autofree char *text = NULL;
  FigConfusionHit hit;

  scope_compare_figures_init (&figures, session);
  if (!fig_confusion_hit (&figures.confusion, theme, width, height, x, y, &hit))
    return NULL;
  *mark = hit.cell;
  text = fig_confusion_hit_text (&figures.confusion, theme, &hit);
  return g_markup_printf_escaped ("<b>%s</b>\n%s", fig_matrix_label (&figures.matrices[hit.matrix]), text);
}

/* The matrix that has counts and is nearest to @from in direction @by, or -1. */
static int
next_matrix (const FigConfusion *confusion, int from, int by)
{
  for (int i = from; i >= 0 && i < (int) confusion->n_matrices; i += by)
    if (confusion->matrices[i].confusion != NULL)
      return i;
  return -1;
}

/* Cell by cell; beyond a matrix' edge comes the next matrix. */
static gboolean
move_hit (const FigConfusion *confusion, ScopeFigureMove move, FigConfusionHit *hit)
{
  int last = (int) confusion->n_classes - 1, matrix = (int) hit->matrix;
  int guess = (int) hit->guess + (move == SCOPE_MOVE_RIGHT) - (move == SCOPE_MOVE_LEFT);
  int truth = (int) hit->truth + (move == SCOPE_MOVE_DOWN) - (move == SCOPE_MOVE_UP);

  if (move == SCOPE_MOVE_FIRST || move == SCOPE_MOVE_LAST)
    guess = move == SCOPE_MOVE_FIRST ? 0 : last;
  if (guess < 0 || guess > last)
    {
      matrix = guess < 0 ? next_matrix (confusion, matrix - 1, -1) : next_matrix (confusion, matrix + 1, 1);
      guess = guess < 0 ? last : 0;
    }
  if (matrix < 0 || truth < 0 || truth > last)
    return FALSE;
  hit->matrix = (guint) matrix;
  hit->truth = (guint) truth;
  hit->guess = (guint) guess;
  return TRUE;
}

static gboolean
step_confusion (ScopeFigureMove move, double *x, double *y, double width, double height, const FigTheme *theme,
                gpointer session)
{
  g_auto (ScopeCompareFigures) figures = { 0 };
  FigConfusion *confusion = &figures.confusion;
  FigConfusionHit hit = { 0 };
  FigRect cell;

  scope_compare_figures_init (&figures, session);
  if (confusion->n_classes == 0 || next_matrix (confusion, 0, 1) < 0)
    return FALSE;
  if (isnan (*x) || !fig_confusion_hit (confusion, theme, width, height, *x, *y, &hit))
    hit = (FigConfusionHit){ .matrix = (guint) next_matrix (confusion, 0, 1) };
  else if (!move_hit (confusion, move, &hit))
    return FALSE;
  cell = fig_confusion_cell (confusion, theme, width, height, hit.matrix, hit.truth, hit.guess);
  *x = cell.x + cell.width / 2;
  *y = cell.y + cell.height / 2;
  return TRUE;
}

const ScopeFigureFuncs scope_confusion_funcs = {
  .draw = draw_confusion, .describe = describe_confusion, .read = read_confusion, .step = step_confusion,
};

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
  fig_confusion_draw (cr, width, height - CURVES_HEIGHT, &figures->confusion, theme);
  cairo_restore (cr);
}

gboolean
scope_compare_figures_export (ScopeSession *session, const char *path, GError **error)
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
  lines = MAX ((figures.confusion.n_matrices + MATRICES_ABREAST - 1) / MATRICES_ABREAST, 1);
  page = (FigPage){
    .draw = draw_sheet, .figure = &figures, .theme = &theme,
    .width = SHEET_WIDTH, .height = CURVES_HEIGHT + lines * MATRICES_HEIGHT,
    .metadata = { .title = "Gatescope: the networks compared", .description = description },
  };
  return fig_export (&page, path, error);
}
