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
  gboolean hidden;          /* not drawn; its legend entry stays, greyed */
  guint group;              /* runs that differ in their seed alone have the same number; 0: none is like it */
} FigSeries;

/* What an axis shows; everything there is where high is not above low, as in {0} and with NaN. */
typedef struct
{
  double low;
  double high;
} FigLimits;

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
  FigLimits x;          /* iterations */
  FigLimits y;          /* loss or accuracy */
  gboolean logarithmic; /* with FIG_MEASURE_LOSS */
  gboolean bands;       /* the runs of a group are one line, their mean, with a band of one standard deviation */
  gboolean report_values; /* with FIG_MEASURE_ACCURACY: marks at the right for what the report ends with */
  gboolean for_paper;   /* says under the legend how lines are smoothed; the legend has no lines that are hidden */
  double crosshair;     /* the iteration at which all lines are read, 0 for none */
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

/* fig_curves_draw_crosshair: the line at curves->crosshair with a dot on each curve; fig_curves_draw draws it too. For
 * drawing it alone over a figure that was drawn without one. */
void fig_curves_draw_crosshair (cairo_t *cr, double width, double height, const FigCurves *curves,
                                const FigTheme *theme);

/* fig_curves_legend_box: where the legend's entry of series @index is drawn. FALSE where it has none of its own,
 * because it is one of several seeds. */
gboolean fig_curves_legend_box (const FigCurves *curves, const FigTheme *theme, double width, double height,
                                guint index, FigRect *box);

/* fig_curves_shown_x, fig_curves_shown_y: what the axes show, which is what fig_curves_layout gives them. */
FigScale fig_curves_shown_x (const FigCurves *curves);
FigScale fig_curves_shown_y (const FigCurves *curves);

/* fig_curves_zoom_x, fig_curves_zoom_y:
 * The limits that show the part of @axes (as fig_curves_layout has them) from position @from to @to, 0 its low end and
 * 1 its high one; see fig_scale_part. Moved back to where it ends at what there is to see; {NaN, NaN} where that is
 * all. */
FigLimits fig_curves_zoom_x (const FigCurves *curves, const FigAxes *axes, double from, double to);
FigLimits fig_curves_zoom_y (const FigCurves *curves, const FigAxes *axes, double from, double to);

/* fig_limits_are_set: whether they are limits, and not the sign that everything is shown. */
gboolean fig_limits_are_set (const FigLimits *limits);

/* fig_report_accuracy: the accuracy, 0..1, that the report ends with for a network; NaN where it has none. */
double fig_report_accuracy (NnKind kind);

/* fig_series_label: the series' label, or its kind's name. (transfer none) */
const char *fig_series_label (const FigSeries *series);

/* fig_point_value: the number of a point that @measure draws; NaN for one that isn't finite. */
double fig_point_value (const NnPoint *point, FigMeasure measure, gboolean held_out);

G_END_DECLS
