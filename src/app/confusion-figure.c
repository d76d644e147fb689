/* confusion-figure.c: the matrices that the Compare page draws, taken from a session.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/confusion-figure.h"

#include <math.h>
#include <string.h>

/* Microseconds for which classes keep their places while training runs. */
#define ORDER_INTERVAL 10000000

/* ---- The figure ---- */

void
scope_confusion_source_clear (ScopeConfusionSource *source)
{
  g_clear_pointer (&source->difference, g_free);
  g_clear_pointer (&source->classes, g_free);
}

const char *
scope_confusion_result_id (ScopeResult *result)
{
  ScopeNetwork *network = scope_result_get_network (result);

  return network != NULL && scope_network_get_path (network) == NULL ? nn_kind_id (scope_result_get_kind (result))
                                                                     : scope_result_get_title (result);
}

gboolean
scope_confusion_find_pair (GPtrArray *shown, const char *difference, guint pair[2])
{
  for (guint i = 0; i < shown->len; i++)
    for (guint j = 0; j < shown->len; j++)
      {
        g_autofree char *id = g_strconcat (scope_confusion_result_id (g_ptr_array_index (shown, i)), "-",
                                           scope_confusion_result_id (g_ptr_array_index (shown, j)), NULL);

        if (i == j || strcmp (id, difference) != 0)
          continue;
        pair[0] = i;
        pair[1] = j;
        return TRUE;
      }
  return FALSE;
}

/* A number that differs where the order is of something else. */
static guint
what_is_ordered (const ScopeConfusionSource *source, const ScopeConfusionFigure *figure)
{
  guint hash = source->order * 31 + scope_counts_get_counted (source->counts);

  for (guint i = 0; i < figure->figure.n_matrices; i++)
    hash = hash * 31 + g_direct_hash (figure->results[i]) + (figure->matrices[i].confusion != NULL);
  return hash;
}

/* Leaves the order in the source: as it was, where it would change all the time. */
static void
update_order (ScopeConfusionSource *source, const ScopeConfusionFigure *figure)
{
  const FigConfusion *confusion = &figure->figure;
  g_autofree const NnConfusion **counts = g_new (const NnConfusion *, confusion->n_matrices + 1);
  guint ordered_of = what_is_ordered (source, figure);
  gint64 now = g_get_monotonic_time ();

  if (source->classes != NULL && source->n_classes == confusion->n_classes && source->ordered_of == ordered_of
      && scope_session_is_running (source->session) && now - source->ordered_at < ORDER_INTERVAL)
    return;
  for (guint i = 0; i < confusion->n_matrices; i++)
    counts[i] = figure->matrices[i].confusion;
  g_free (source->classes);
  source->classes = nn_order_classes (source->order, counts, confusion->n_matrices, confusion->n_classes);
  source->n_classes = confusion->n_classes;
  source->ordered_of = ordered_of;
  source->ordered_at = now;
}

static gboolean
has_counts (const ScopeConfusionSource *source, ScopeResult *result)
{
  return scope_counts_get (source->counts, result) != NULL;
}

/* A network that has not been trained is nothing to look at beside a run that was. */
static void
choose_trained (ScopeConfusionFigure *figure, const ScopeConfusionSource *source, GPtrArray *shown)
{
  gboolean any = FALSE;

  for (guint i = 0; i < shown->len; i++)
    any = any || has_counts (source, g_ptr_array_index (shown, i));
  for (guint i = 0; i < shown->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (shown, i);
      ScopeNetwork *network = scope_result_get_network (result);

      if (!any || network == NULL || scope_network_is_trained (network) || has_counts (source, result))
        figure->results[figure->figure.n_matrices++] = result;
    }
}

/* Puts the two networks of the difference, where it is wanted and can be had, in front and drops the others. */
static void
choose_results (ScopeConfusionFigure *figure, const ScopeConfusionSource *source, GPtrArray *shown)
{
  guint pair[2];

  choose_trained (figure, source, shown);
  if (source->difference == NULL || *source->difference == '\0'
      || !scope_confusion_find_pair (shown, source->difference, pair))
    return;
  figure->figure.difference = TRUE;
  figure->figure.n_matrices = 2;
  for (guint i = 0; i < 2; i++)
    figure->results[i] = g_ptr_array_index (shown, pair[i]);
}

void
scope_confusion_figure_init (ScopeConfusionFigure *figure, ScopeConfusionSource *source)
{
  static const char *const no_classes[] = { NULL };
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (source->session);
  NnDataset *dataset = scope_session_get_dataset (source->session);

  *figure = (ScopeConfusionFigure){
    .results = g_new0 (ScopeResult *, shown->len + 1),
    .matrices = g_new0 (FigMatrix, shown->len + 1),
    .figure = {
      .classes = dataset != NULL ? nn_dataset_class_names (dataset) : no_classes,
      .n_classes = dataset != NULL ? nn_dataset_n_classes (dataset) : 0,
      .cells = source->cells,
      .scores = source->scores,
    },
  };
  choose_results (figure, source, shown);
  for (guint i = 0; i < figure->figure.n_matrices; i++)
    figure->matrices[i] = (FigMatrix){
      .label = scope_result_get_title (figure->results[i]),
      .kind = scope_result_get_kind (figure->results[i]),
      .confusion = scope_counts_get (source->counts, figure->results[i]),
      .counted = (FigCounted) scope_counts_get_counted (source->counts),
    };
  for (guint i = 0; i < figure->figure.n_matrices; i++)
    figure->matrices[i].is_earlier
      = scope_counts_get_moment (source->counts, figure->results[i], &figure->matrices[i].iteration);
  figure->figure.matrices = figure->matrices;
  update_order (source, figure);
  figure->order = g_memdup2 (source->classes, sizeof (guint) * source->n_classes);
  figure->figure.order = figure->order;
}

void
scope_confusion_figure_clear (ScopeConfusionFigure *figure)
{
  g_clear_pointer (&figure->results, g_free);
  g_clear_pointer (&figure->matrices, g_free);
  g_clear_pointer (&figure->order, g_free);
}

gboolean
scope_confusion_is_large (const ScopeConfusionSource *source)
{
  return source->large || source->cells == FIG_CELLS_COUNTS || source->cells == FIG_CELLS_BOTH;
}

/* ---- What a view does with it ---- */

static void
draw (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer source)
{
  g_auto (ScopeConfusionFigure) figure = { 0 };

  scope_confusion_figure_init (&figure, source);
  fig_confusion_draw (cr, width, height, &figure.figure, theme);
}

static double
height_for_width (double width, const FigTheme *theme, gpointer source)
{
  g_auto (ScopeConfusionFigure) figure = { 0 };

  scope_confusion_figure_init (&figure, source);
  return scope_confusion_is_large (source) ? fig_confusion_readable_height (&figure.figure, theme, width)
                                           : fig_confusion_height (&figure.figure, theme, width);
}

static char *
describe (gpointer source)
{
  g_auto (ScopeConfusionFigure) figure = { 0 };

  scope_confusion_figure_init (&figure, source);
  return fig_confusion_describe (&figure.figure);
}

static char *
read_point (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark, gpointer source)
{
  g_auto (ScopeConfusionFigure) figure = { 0 };
  g_autofree char *text = NULL, *label = NULL;
  FigConfusionHit hit;

  scope_confusion_figure_init (&figure, source);
  if (!fig_confusion_hit (&figure.figure, theme, width, height, x, y, &hit))
    return NULL;
  *mark = hit.cell;
  text = fig_confusion_hit_text (&figure.figure, theme, &hit);
  label = fig_confusion_panel_label (&figure.figure, hit.matrix);
  return g_markup_printf_escaped ("<b>%s</b>\n%s", label, text);
}

/* The panel that has something to show and is nearest to @from in direction @by, or -1. */
static int
next_panel (const FigConfusion *confusion, int from, int by)
{
  for (int i = from; i >= 0 && i < (int) fig_confusion_n_panels (confusion); i += by)
    if (fig_confusion_has_counts (confusion, (guint) i))
      return i;
  return -1;
}

static guint
place_of (const FigConfusion *confusion, guint index)
{
  for (guint i = 0; confusion->order != NULL && i < confusion->n_classes; i++)
    if (confusion->order[i] == index)
      return i;
  return index;
}

/* From column to column: the classes, then the scores where there are some; beyond a panel's edge comes the next one.
 * */
static gboolean
move_across (const FigConfusion *confusion, ScopeFigureMove move, FigConfusionHit *hit)
{
  int n = (int) confusion->n_classes, last = n - 1 + (confusion->scores ? FIG_N_SCORES : 0);
  int column = hit->score != FIG_SCORE_NONE ? n + (int) hit->score - FIG_SCORE_PRECISION
                                            : (int) place_of (confusion, hit->guess);
  int panel = (int) hit->matrix;

  column += (move == SCOPE_MOVE_RIGHT) - (move == SCOPE_MOVE_LEFT);
  if (move == SCOPE_MOVE_FIRST || move == SCOPE_MOVE_LAST)
    column = move == SCOPE_MOVE_FIRST ? 0 : n - 1;
  if (column < 0 || column > last)
    {
      panel = column < 0 ? next_panel (confusion, panel - 1, -1) : next_panel (confusion, panel + 1, 1);
      column = column < 0 ? last : 0;
    }
  if (panel < 0)
    return FALSE;
  hit->matrix = (guint) panel;
  hit->score = column >= n ? (FigScore) (FIG_SCORE_PRECISION + column - n) : FIG_SCORE_NONE;
  hit->guess = column >= n ? hit->truth : confusion->order[column];
  return TRUE;
}

static gboolean
move_hit (const FigConfusion *confusion, ScopeFigureMove move, FigConfusionHit *hit)
{
  int row = (int) place_of (confusion, hit->truth) + (move == SCOPE_MOVE_DOWN) - (move == SCOPE_MOVE_UP);

  if (row < 0 || row >= (int) confusion->n_classes)
    return FALSE;
  hit->truth = confusion->order[row];
  return move == SCOPE_MOVE_DOWN || move == SCOPE_MOVE_UP || move_across (confusion, move, hit);
}

static gboolean
step (ScopeFigureMove move, double *x, double *y, double width, double height, const FigTheme *theme, gpointer source)
{
  g_auto (ScopeConfusionFigure) figure = { 0 };
  FigConfusion *confusion = &figure.figure;
  FigConfusionHit hit = { 0 };
  FigRect cell;

  scope_confusion_figure_init (&figure, source);
  if (confusion->n_classes == 0 || next_panel (confusion, 0, 1) < 0)
    return FALSE;
  if (isnan (*x) || !fig_confusion_hit (confusion, theme, width, height, *x, *y, &hit))
    hit = (FigConfusionHit){ .matrix = (guint) next_panel (confusion, 0, 1), .truth = confusion->order[0],
                             .guess = confusion->order[0] };
  else if (!move_hit (confusion, move, &hit))
    return FALSE;
  cell = hit.score != FIG_SCORE_NONE
           ? fig_confusion_score_cell (confusion, theme, width, height, hit.matrix, hit.truth, hit.score)
           : fig_confusion_cell (confusion, theme, width, height, hit.matrix, hit.truth, hit.guess);
  *x = cell.x + cell.width / 2;
  *y = cell.y + cell.height / 2;
  return TRUE;
}

static gboolean
activate (double x, double y, double width, double height, const FigTheme *theme, gpointer data)
{
  ScopeConfusionSource *source = data;
  g_auto (ScopeConfusionFigure) figure = { 0 };
  FigConfusionHit hit;

  scope_confusion_figure_init (&figure, source);
  if (source->activated == NULL || !fig_confusion_hit (&figure.figure, theme, width, height, x, y, &hit)
      || hit.score != FIG_SCORE_NONE)
    return FALSE;
  source->activated (&hit, source->data);
  return TRUE;
}

const ScopeFigureFuncs scope_confusion_funcs = {
  .draw = draw, .describe = describe, .read = read_point, .step = step, .height = height_for_width,
  .activate = activate,
};
