/* pgfplots.h: a figure as LaTeX source, drawn by the package pgfplots with the document's own type.
 *
 * The file is compiled as it is, or taken into a document with \input: it says itself what that needs. It has the
 * numbers, colours, marks and places of the figure that is drawn on the page; its comment lines begin with % and say
 * what the file is. Every function gives a new string, to free with g_free; every one is a FigTex.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion.h"
#include "figure/curves.h"
#include "figure/export.h"
#include "figure/gates.h"

G_BEGIN_DECLS

/* fig_curves_tex: a line a run; a line of more points than the page can show is thinned as it is drawn. */
char *fig_curves_tex (const FigCurves *curves, const FigPage *page);

/* fig_confusion_tex: a matrix plot a network, and a bar of the colours. */
char *fig_confusion_tex (const FigConfusion *confusion, const FigPage *page);

/* fig_gates_tex: of each network's reading of the first name, whatever the detail, a matrix plot of every unit a state, and
 * bars of the guesses' probabilities. */
char *fig_gates_tex (const FigGates *gates, const FigPage *page);

G_END_DECLS
