/* report-figures.c: the report's nine figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-figures.h"

#include "figure/i18n.h"

#define TYPE_SIZE 8.5
#define CURVES_ASPECT 0.44   /* height over width */
#define MATRIX_SHARE 0.86    /* of the text's width */

const ReportFigure report_figures[REPORT_N_FIGURES] = {
  { "1.1", "1.1-loss-rnn", NN_RNN, REPORT_FIGURE_LOSS },
  { "1.2", "1.2-accuracy-rnn", NN_RNN, REPORT_FIGURE_ACCURACY },
  { "1.3", "1.3-matrix-rnn", NN_RNN, REPORT_FIGURE_MATRIX },
  { "2.4", "2.4-loss-lstm", NN_LSTM, REPORT_FIGURE_LOSS },
  { "2.5", "2.5-accuracy-lstm", NN_LSTM, REPORT_FIGURE_ACCURACY },
  { "2.6", "2.6-matrix-lstm", NN_LSTM, REPORT_FIGURE_MATRIX },
  { "2.7", "2.7-loss-gate-lstm", NN_GATE_LSTM, REPORT_FIGURE_LOSS },
  { "2.8", "2.8-accuracy-gate-lstm", NN_GATE_LSTM, REPORT_FIGURE_ACCURACY },
  { "2.9", "2.9-matrix-gate-lstm", NN_GATE_LSTM, REPORT_FIGURE_MATRIX },
};

void
report_theme_init (FigTheme *theme, const char *locale)
{
  fig_theme_init (theme, FALSE);
  fig_theme_set_language (theme, locale);
  theme->font_size = TYPE_SIZE;
  theme->target = FIG_TARGET_VECTOR;
  theme->plain_numbers = TRUE;
}

void
report_drawing_init (ReportDrawing *drawing, const ReportRuns *runs, guint index, const FigTheme *theme, double width)
{
  const ReportFigure *plan = &report_figures[index];
  const NnRunRecord *record = runs->runs[REPORT_ALL_ROWS][plan->network].record;
  const guint n_classes = nn_dataset_n_classes (runs->dataset);

  *drawing = (ReportDrawing){
    .series = {
      .kind = plan->network, .history = record->history,
      .diverged_at = record->diverged ? MAX (record->iterations, 1) : 0,
    },
    .matrix = { .kind = plan->network, .confusion = record->confusion, .counted = FIG_COUNTED_DRAWS },
  };
  drawing->curves = (FigCurves){
    .measure = plan->kind == REPORT_FIGURE_LOSS ? FIG_MEASURE_LOSS : FIG_MEASURE_ACCURACY,
    .series = &drawing->series, .n_series = 1, .n_classes = n_classes,
    .iterations = MAX (record->iterations, record->settings.iterations),
  };
  drawing->confusion = (FigConfusion){
    .matrices = &drawing->matrix, .n_matrices = 1,
    .classes = nn_dataset_class_names (runs->dataset), .n_classes = n_classes,
  };
  if (plan->kind == REPORT_FIGURE_MATRIX)
    {
      drawing->draw = FIG_DRAW (fig_confusion_draw);
      drawing->figure = &drawing->confusion;
      drawing->width = width * MATRIX_SHARE;
      drawing->height = fig_confusion_height (&drawing->confusion, theme, drawing->width);
    }
  else
    {
      drawing->draw = FIG_DRAW (fig_curves_draw);
      drawing->figure = &drawing->curves;
      drawing->width = width;
      drawing->height = width * CURVES_ASPECT;
    }
}

char *
report_drawing_csv (const ReportDrawing *drawing, const FigMetadata *metadata)
{
  return drawing->figure == &drawing->confusion ? fig_confusion_csv (&drawing->confusion, metadata)
                                                : fig_curves_csv (&drawing->curves, metadata);
}

char *
report_figure_title (guint index)
{
  const char *network = fig_kind_name (report_figures[index].network);

  switch (report_figures[index].kind)
    {
    case REPORT_FIGURE_LOSS:
      /* Translators: the caption of a figure; %s is a network. */
      return g_strdup_printf (_ ("Loss curve of the %s"), network);
    case REPORT_FIGURE_ACCURACY:
      /* Translators: the caption of a figure; %s is a network. */
      return g_strdup_printf (_ ("Accuracy curve of the %s"), network);
    case REPORT_FIGURE_MATRIX:
    default:
      /* Translators: the caption of a figure; %s is a network. */
      return g_strdup_printf (_ ("Prediction matrix of the %s"), network);
    }
}

char *
report_figure_reference (const char *number)
{
  /* Translators: %s is the number of a figure. */
  return g_strdup_printf (_ ("Figure %s"), number);
}
