/* curves-marks.h: what stands around the lines of a figure of curves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/curves-layout.h"

G_BEGIN_DECLS

/* fig_curves_draw_chance: a faint line at what guessing blindly gives, with its name. */
void fig_curves_draw_chance (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes);

/* fig_curves_draw_report: the accuracies that the report ends with, beside the plot. */
void fig_curves_draw_report (cairo_t *cr, const FigCurves *curves, const FigTheme *theme,
                             const FigCurvesLayout *layout);

/* fig_curves_draw_divergences: a cross where each diverged line ends, with the words. */
void fig_curves_draw_divergences (cairo_t *cr, const FigCurves *curves, const FigTheme *theme,
                                  const FigCurvesLayout *layout);

G_END_DECLS
