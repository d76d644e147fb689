/* curves-read.h: what curves say at an iteration, in words and numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/curves.h"

G_BEGIN_DECLS

/* fig_curves_nearest:
 * The iteration nearest to @iteration at which the curve with the most points has one, or the one so many points
 * further (@by, also below 0), or the last or first there is. NaN where nothing is drawn. */
double fig_curves_nearest (const FigCurves *curves, double iteration, int by);

/* fig_curves_read: the number of each line that is drawn at curves->crosshair, as Pango markup in the user's language:
 * "Iteration 20,000", then a line each. NULL where there is no crosshair or no line. (transfer full) */
char *fig_curves_read (const FigCurves *curves, const FigTheme *theme);

/* fig_curves_state: in English and the C locale, for the metadata of a file: how lines are smoothed, with its formula,
 * and whatever else of how they are drawn is not as it is measured. NULL where nothing is. (transfer full) */
char *fig_curves_state (const FigCurves *curves);

G_END_DECLS
