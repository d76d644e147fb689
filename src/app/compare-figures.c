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
  g_autoptr (GPtrArray) shown = scope_session_get_shown (session);
  NnDataset *dataset = scope_session_get_dataset (session);
  const ScopeSettings *settings = scope_session_get_settings (session);
  guint n_classes = dataset != NULL ? nn_dataset_n_classes (dataset) : 0, n_runs = 0;
  guint64 total = 0;

  *figures = (ScopeCompareFigures){ g_new0 (FigSeries, shown->len + 1), g_new0 (FigMatrix, shown->len + 1) };
  for (guint i = 0; i < shown->len; i++)
    {
      ScopeNetwork *network = g_ptr_array_index (shown, i);
      ScopeRun *run = scope_network_get_run (network);
      const NnConfusion *confusion = scope_network_get_confusion (network);
      const char *title = scope_network_get_title (network);
      NnKind kind = scope_network_get_kind (network);

      /* An opened network may still have counts of other data. */
      if (confusion != NULL && confusion->n_classes != n_classes)
        confusion = NULL;
      figures->matrices[i] = (FigMatrix){ title, kind, confusion, FIG_COUNTED_DRAWS };
      if (run == NULL)
        continue;
      total = MAX (total, scope_run_get_total (run));
      figures->series[n_runs++] = (FigSeries){
        title, kind, scope_run_get_history (run),
        scope_run_get_state (run) == SCOPE_RUN_DIVERGED ? scope_run_get_iteration (run) + 1 : 0,
      };
    }
  figures->loss = (FigCurves){
    .measure = FIG_MEASURE_LOSS, .series = figures->series, .n_series = n_runs, .n_classes = n_classes,
    .iterations = total > 0 ? total : settings->iterations, .held_out = settings->hold_out > 0,
  };
  figures->accuracy = figures->loss;
  figures->accuracy.measure = FIG_MEASURE_ACCURACY;
  figures->confusion = (FigConfusion){
    figures->matrices, shown->len, dataset != NULL ? nn_dataset_class_names (dataset) : no_classes, n_classes, NULL,
  };
}

void
scope_compare_figures_clear (ScopeCompareFigures *figures)
{
  g_clear_pointer (&figures->series, g_free);
  g_clear_pointer (&figures->matrices, g_free);
}

/* ---- Curves ---- */

static const FigCurves *
init_curves (ScopeCompareFigures *figures, const ScopeCompareCurves *shown)
{
  scope_compare_figures_init (figures, shown->session);
  return shown->measure == FIG_MEASURE_LOSS ? &figures->loss : &figures->accuracy;
}

static void
draw_curves (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  g_auto (ScopeCompareFigures) figures = { 0 };

  fig_curves_draw (cr, width, height, init_curves (&figures, data), theme);
}

static char *
describe_curves (gpointer data)
{
  g_auto (ScopeCompareFigures) figures = { 0 };

  return fig_curves_describe (init_curves (&figures, data));
}

/* The point of the curve that lies nearest to @iteration, or -1 for an empty curve. */
static int
nearest_point (const NnHistory *history, double iteration)
{
  guint low = 0, high = history != NULL ? nn_history_length (history) : 0;

  if (high == 0)
    return -1;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if ((double) nn_history_point (history, middle)->iteration <= iteration)
        low = middle;
      else
        high = middle;
    }
  if (low + 1 < nn_history_length (history)
      && (double) nn_history_point (history, low + 1)->iteration - iteration
           < iteration - (double) nn_history_point (history, low)->iteration)
    low++;
  return (int) low;
}

/* The curve with the most points, whose points the cursor goes along, or NULL. */
static const NnHistory *
longest_history (const FigCurves *curves)
{
  const NnHistory *longest = NULL;

  for (guint i = 0; i < curves->n_series; i++)
    if (nn_history_length (curves->series[i].history) > (longest != NULL ? nn_history_length (longest) : 0))
      longest = curves->series[i].history;
  return longest;
}

/* The number of held-out accuracy that was in force at point @index; NaN before the first. */
static double
held_out_at (const NnHistory *history, int index)
{
  for (int i = index; i >= 0; i--)
    if (!isnan (nn_history_point (history, (guint) i)->held_out_accuracy))
      return nn_history_point (history, (guint) i)->held_out_accuracy;
  return NAN;
}

/* "● LSTM: 84.1 %, held out 52.3 %", the dot in the network's colour. (transfer full) */
static char *
series_markup (const FigCurves *curves, const FigSeries *series, int index, const FigTheme *theme)
{
  const NnPoint *point = nn_history_point (series->history, (guint) index);
  FigColor color = fig_style_of_kind (theme, series->kind).color;
  double held_out = curves->held_out ? held_out_at (series->history, index) : NAN;
  double value = fig_point_value (point, curves->measure, FALSE);
  g_autofree char *number = NULL, *text = NULL, *escaped = NULL;

  number = curves->measure == FIG_MEASURE_LOSS ? fig_number (value, 3, FALSE) : fig_percent (value, 1, FALSE);
  if (curves->measure == FIG_MEASURE_ACCURACY && !isnan (held_out))
    {
      g_autofree char *share = fig_percent (held_out, 1, FALSE);

      /* Translators: a network, its accuracy in training, and on the names held out. */
      text = g_strdup_printf (_("%s: %s, held out %s"), fig_series_label (series), number, share);
    }
  else
    /* Translators: a network, and its loss or accuracy. */
    text = g_strdup_printf (C_("reading", "%s: %s"), fig_series_label (series), number);
  escaped = g_markup_escape_text (text, -1);
  return g_strdup_printf ("<span foreground=\"#%02x%02x%02x\">●</span> %s", (guint) (color.red * 255 + 0.5),
                          (guint) (color.green * 255 + 0.5), (guint) (color.blue * 255 + 0.5), escaped);
}

static char *
read_curves (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark, gpointer data)
{
  g_auto (ScopeCompareFigures) figures = { 0 };
  const FigCurves *curves = init_curves (&figures, data);
  const NnHistory *longest = longest_history (curves);
  g_autofree char *number = NULL;
  GString *text;
  FigAxes axes;
  double iteration;
  int index;

  fig_curves_layout (curves, theme, width, height, &axes);
  if (longest == NULL || !fig_rect_contains (&axes.plot, x, y))
    return NULL;
  iteration = fig_scale_unmap (&axes.x, (x - axes.plot.x) / axes.plot.width);
  index = nearest_point (longest, iteration);
  iteration = (double) nn_history_point (longest, (guint) index)->iteration;
  *mark = (FigRect){ fig_axes_x (&axes, iteration), axes.plot.y, 0, axes.plot.height };
  number = fig_number (iteration, 0, FALSE);
  text = g_string_new (NULL);
  /* Translators: %s is the number of an iteration. */
  g_string_append_printf (text, _("Iteration %s"), number);
  for (guint i = 0; i < curves->n_series; i++)
    {
      const FigSeries *series = &curves->series[i];
      int at = nearest_point (series->history, iteration);
      double there = at >= 0 ? (double) nn_history_point (series->history, (guint) at)->iteration : NAN;
      g_autofree char *line = NULL;

      /* A network that isn't so far has no number here. */
      if (!(fabs (there - iteration) < NN_POINT_ITERATIONS))
        continue;
      line = series_markup (curves, series, at, theme);
      g_string_append_printf (text, "\n%s", line);
    }
  return g_string_free (text, FALSE);
}

static gboolean
step_curves (ScopeFigureMove move, double *x, double *y, double width, double height, const FigTheme *theme,
             gpointer data)
{
  g_auto (ScopeCompareFigures) figures = { 0 };
  const FigCurves *curves = init_curves (&figures, data);
  const NnHistory *longest = longest_history (curves);
  FigAxes axes;
  int last, index;

  if (longest == NULL || move == SCOPE_MOVE_UP || move == SCOPE_MOVE_DOWN)
    return FALSE;
  fig_curves_layout (curves, theme, width, height, &axes);
  last = (int) nn_history_length (longest) - 1;
  index = isnan (*x) ? last
                     : nearest_point (longest, fig_scale_unmap (&axes.x, (*x - axes.plot.x) / axes.plot.width))
                         + (move == SCOPE_MOVE_RIGHT) - (move == SCOPE_MOVE_LEFT);
  if (move == SCOPE_MOVE_FIRST || move == SCOPE_MOVE_LAST)
    index = move == SCOPE_MOVE_FIRST ? 0 : last;
  index = CLAMP (index, 0, last);
  /* The last point may lie on the plot's edge, which no longer belongs to it. */
  *x = MIN (fig_axes_x (&axes, (double) nn_history_point (longest, (guint) index)->iteration),
            fig_rect_right (&axes.plot) - 0.01);
  *y = axes.plot.y + axes.plot.height / 3;
  return TRUE;
}

const ScopeFigureFuncs scope_curves_funcs = {
  .draw = draw_curves, .describe = describe_curves, .read = read_curves, .step = step_curves,
};

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
  fig_curves_draw (cr, width / 2, CURVES_HEIGHT, &figures->loss, theme);
  cairo_save (cr);
  cairo_translate (cr, width / 2, 0);
  fig_curves_draw (cr, width / 2, CURVES_HEIGHT, &figures->accuracy, theme);
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
  g_autofree char *description = scope_export_description (session);
  guint lines;
  FigTheme theme;
  FigPage page;

  scope_compare_figures_init (&figures, session);
  scope_figure_theme_init_for_paper (&theme);
  lines = MAX ((figures.confusion.n_matrices + MATRICES_ABREAST - 1) / MATRICES_ABREAST, 1);
  page = (FigPage){
    .draw = draw_sheet, .figure = &figures, .theme = &theme,
    .width = SHEET_WIDTH, .height = CURVES_HEIGHT + lines * MATRICES_HEIGHT,
    .metadata = { .title = "Gatescope: the networks compared", .description = description },
  };
  return fig_export (&page, path, error);
}
