/* curves.h: loss and accuracy against iterations, any number of runs on shared axes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/history.h"
#include "figure/axes.h"

G_BEGIN_DECLS

typedef enum
{
  FIG_MEASURE_LOSS,     /* nats */
  FIG_MEASURE_ACCURACY, /* 0..1 */
} FigMeasure;

/* A run. Everything is borrowed. */
typedef struct
{
  const char *label; /* (nullable): NULL for the kind's name */
  NnKind kind;
  const NnHistory *history; /* (nullable): NULL or empty for a run that has not begun */
  guint64 diverged_at;      /* the iteration at which the run diverged, 0 where it didn't */
} FigSeries;

/* The figure's numbers. Everything is borrowed. */
typedef struct
{
  FigMeasure measure;
  const FigSeries *series;
  guint n_series;
  guint64 iterations;   /* planned: the right end of the axis, unless a series goes further; 0 is unknown */
  guint n_classes;      /* for the level of chance; 0 leaves it out */
  gboolean held_out;    /* held-out names are measured: with FIG_MEASURE_ACCURACY their lines are drawn too */
  double smoothing;     /* 0: lines as they are; up to below 1: see fig_series_smooth, the raw line faint behind */
  const char *title;    /* (nullable) */
} FigCurves;

/* What lies at a point of the figure. */
typedef struct
{
  gboolean in_plot;
  double iteration; /* in the plot: what (x, y) means there */
  double value;
  int series; /* the series whose legend entry is there, or -1 */
} FigCurvesHit;

/* fig_curves_draw: draws the figure into (0, 0, width, height) of @cr, in points, and nowhere else. */
void fig_curves_draw (cairo_t *cr, double width, double height, const FigCurves *curves, const FigTheme *theme);

/* fig_curves_hit:
 * Tells what fig_curves_draw draws at (x, y) for this width and height.
 * Returns: whether there is anything to tell. */
gboolean fig_curves_hit (const FigCurves *curves,
                         const FigTheme *theme,
                         double width,
                         double height,
                         double x,
                         double y,
                         FigCurvesHit *hit);

/* fig_curves_layout: the axes as fig_curves_draw places them, for drawing over them. */
void fig_curves_layout (const FigCurves *curves, const FigTheme *theme, double width, double height, FigAxes *axes);

/* fig_series_label: the series' label, or its kind's name. (transfer none) */
const char *fig_series_label (const FigSeries *series);

/* fig_point_value: the number of a point that @measure draws; NaN for one that isn't finite. */
double fig_point_value (const NnPoint *point, FigMeasure measure, gboolean held_out);

G_END_DECLS
