/* confusion-numbers.c: the numbers that the matrices' colours stand for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/confusion.h"

#include "figure/ticks.h"

#include <math.h>
#include <string.h>

/* How far the map of a difference reaches at least, and then further. */
static const double difference_limits[] = { 0.05, 0.1, 0.2, 0.3, 0.5, 1.0 };

static const char *const cells_ids[] = {
  [FIG_CELLS_PERCENT] = "percent",
  [FIG_CELLS_COUNTS] = "counts",
  [FIG_CELLS_BOTH] = "both",
  [FIG_CELLS_NONE] = "none",
};

const char *
fig_cells_id (FigCells cells)
{
  g_return_val_if_fail (cells < G_N_ELEMENTS (cells_ids), NULL);
  return cells_ids[cells];
}

gboolean
fig_cells_from_id (const char *id, FigCells *cells)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells_ids); i++)
    if (strcmp (id, cells_ids[i]) == 0)
      {
        *cells = (FigCells) i;
        return TRUE;
      }
  return FALSE;
}

guint
fig_confusion_n_panels (const FigConfusion *confusion)
{
  return confusion->n_matrices + (confusion->difference && confusion->n_matrices >= 2 ? 1 : 0);
}

gboolean
fig_confusion_is_difference (const FigConfusion *confusion, guint panel)
{
  return panel == confusion->n_matrices && panel < fig_confusion_n_panels (confusion);
}

static gboolean
matrix_has_counts (const FigMatrix *matrix)
{
  return matrix->confusion != NULL && matrix->confusion->total > 0;
}

gboolean
fig_confusion_has_counts (const FigConfusion *confusion, guint panel)
{
  if (fig_confusion_is_difference (confusion, panel))
    return matrix_has_counts (&confusion->matrices[0]) && matrix_has_counts (&confusion->matrices[1]);
  return matrix_has_counts (&confusion->matrices[panel]);
}

double
fig_confusion_share (const NnConfusion *confusion, guint truth, guint guess)
{
  guint64 row = nn_confusion_row_total (confusion, truth);

  return row > 0 ? (double) nn_confusion_count (confusion, truth, guess) / (double) row : NAN;
}

double
fig_confusion_score (const NnConfusion *confusion, guint truth, FigScore score)
{
  switch (score)
    {
    case FIG_SCORE_PRECISION:
      return nn_confusion_precision (confusion, truth);
    case FIG_SCORE_RECALL:
      return nn_confusion_recall (confusion, truth);
    case FIG_SCORE_F1:
      return nn_confusion_f1 (confusion, truth);
    case FIG_SCORE_NONE:
    default:
      return NAN;
    }
}

double
fig_confusion_value (const FigConfusion *confusion, guint panel, guint truth, guint guess)
{
  const FigMatrix *matrices = confusion->matrices;

  if (fig_confusion_is_difference (confusion, panel))
    return fig_confusion_share (matrices[0].confusion, truth, guess)
           - fig_confusion_share (matrices[1].confusion, truth, guess);
  if (confusion->cells == FIG_CELLS_COUNTS && nn_confusion_row_total (matrices[panel].confusion, truth) > 0)
    return (double) nn_confusion_count (matrices[panel].confusion, truth, guess);
  return fig_confusion_share (matrices[panel].confusion, truth, guess);
}

double
fig_confusion_panel_score (const FigConfusion *confusion, guint panel, guint truth, FigScore score)
{
  const FigMatrix *matrices = confusion->matrices;

  if (fig_confusion_is_difference (confusion, panel))
    return fig_confusion_score (matrices[0].confusion, truth, score)
           - fig_confusion_score (matrices[1].confusion, truth, score);
  return fig_confusion_score (matrices[panel].confusion, truth, score);
}

FigColormap
fig_confusion_colormap (const FigTheme *theme)
{
  return (FigColormap){ FIG_MAP_SEQUENTIAL, theme->dark, 0, 1 };
}

static double
largest_count (const FigConfusion *confusion)
{
  guint64 largest = 1;

  for (guint i = 0; i < confusion->n_matrices; i++)
    if (matrix_has_counts (&confusion->matrices[i]))
      for (guint k = 0; k < confusion->n_classes * confusion->n_classes; k++)
        largest = MAX (largest, confusion->matrices[i].confusion->counts[k]);
  return (double) largest;
}

static double
largest_difference (const FigConfusion *confusion)
{
  double largest = 0;

  if (!fig_confusion_has_counts (confusion, confusion->n_matrices))
    return largest;
  for (guint truth = 0; truth < confusion->n_classes; truth++)
    {
      /* fmax passes a NaN over. */
      for (guint guess = 0; guess < confusion->n_classes; guess++)
        largest = fmax (largest, fabs (fig_confusion_value (confusion, confusion->n_matrices, truth, guess)));
      for (guint score = FIG_SCORE_PRECISION; confusion->scores && score <= FIG_N_SCORES; score++)
        largest = fmax (largest, fabs (fig_confusion_panel_score (confusion, confusion->n_matrices, truth,
                                                                  (FigScore) score)));
    }
  return largest;
}

FigColormap
fig_confusion_panel_colormap (const FigConfusion *confusion, const FigTheme *theme, guint panel)
{
  FigColormap map = fig_confusion_colormap (theme);

  if (fig_confusion_is_difference (confusion, panel))
    {
      double largest = largest_difference (confusion);
      guint i = 0;

      while (i + 1 < G_N_ELEMENTS (difference_limits) && difference_limits[i] < largest)
        i++;
      return (FigColormap){ FIG_MAP_DIVERGING, theme->dark, -difference_limits[i], difference_limits[i] };
    }
  if (confusion->cells == FIG_CELLS_COUNTS)
    map.high = fig_nice_ceiling (largest_count (confusion));
  return map;
}
