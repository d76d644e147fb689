/* curves-lines.h: the lines of a figure of curves: a run each, or the mean of several seeds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/curves.h"
#include "figure/series.h"

G_BEGIN_DECLS

/* A line and what it is of. */
typedef struct
{
  char *label;       /* as the legend has it */
  NnKind kind;
  FigStyle style;
  guint *series;     /* [n_series]: which of the figure's: one, or with a band all seeds of a setting */
  guint n_series;
  gboolean has_band; /* it is a mean */
  gboolean hidden;   /* as all of its series are */
} FigLine;

/* A line's numbers, all of the same length. */
typedef struct
{
  GArray *raw;       /* of FigPoint: as they were measured */
  GArray *drawn;     /* of FigPoint: smoothed where the figure says so */
  GArray *deviation; /* of double: of what is drawn; NULL where there is no band */
} FigLineData;

void fig_line_free (FigLine *line);

/* fig_curves_lines:
 * The lines in the order of their first series. Where seeds are drawn as bands, runs of a group that did not diverge
 * and have begun are one line; what diverged is a line of its own, with its mark.
 * @theme: (nullable): NULL where styles are not asked for
 * Returns: (transfer full) (element-type FigLine) */
GPtrArray *fig_curves_lines (const FigCurves *curves, const FigTheme *theme);

/* fig_line_get:
 * The numbers of @line for @measure. The mean of several seeds is of those that are not hidden, at the iterations that
 * all of them have a point at, each smoothed before; the deviation is that of a sample (n - 1). Held-out accuracy is
 * measured at few points, and is not smoothed.
 * @data: (out): to be cleared */
void fig_line_get (const FigCurves *curves, const FigLine *line, FigMeasure measure, gboolean held_out,
                   FigLineData *data);
void fig_line_data_clear (FigLineData *data);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FigLineData, fig_line_data_clear)

/* fig_curves_shows_held_out: whether the lines of held-out names are drawn. */
gboolean fig_curves_shows_held_out (const FigCurves *curves);

G_END_DECLS
