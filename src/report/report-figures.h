/* report-figures.h: the report's nine figures, under its own numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"
#include "report/report-numbers.h"

G_BEGIN_DECLS

#define REPORT_N_FIGURES 9

typedef enum
{
  REPORT_FIGURE_LOSS,
  REPORT_FIGURE_ACCURACY,
  REPORT_FIGURE_MATRIX,
} ReportFigureKind;

typedef struct
{
  const char *number; /* in the report: "1.1" */
  const char *file;   /* "1.1-loss-rnn" */
  NnKind network;
  ReportFigureKind kind;
} ReportFigure;

extern const ReportFigure report_figures[REPORT_N_FIGURES];

/* A figure that can be drawn. It points into itself and into the runs, so it stays where it is. */
typedef struct
{
  FigSeries series;
  FigMatrix matrix;
  FigCurves curves;
  FigConfusion confusion;
  FigDraw draw;
  gconstpointer figure; /* what @draw is given */
  double width, height; /* points */
} ReportDrawing;

/* report_theme_init: the theme of the figures and their words' shapes in the language of @locale. */
void report_theme_init (FigTheme *theme, const char *locale);

/* report_drawing_init: figure @index of @runs, at most @width points wide. */
void report_drawing_init (ReportDrawing *drawing, const ReportRuns *runs, guint index, const FigTheme *theme,
                          double width);

/* report_drawing_csv: its numbers. (transfer full) */
char *report_drawing_csv (const ReportDrawing *drawing, const FigMetadata *metadata);

/* report_figure_title: "Loss curve of the RNN", in the thread's language. (transfer full) */
char *report_figure_title (guint index);

/* report_figure_reference: "Figure 1.1", in the thread's language. (transfer full) */
char *report_figure_reference (const char *number);

G_END_DECLS
