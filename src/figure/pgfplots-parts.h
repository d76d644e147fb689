/* pgfplots-parts.h: figures as pictures of a LaTeX file that may have several. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion.h"
#include "figure/curves.h"
#include "figure/export.h"
#include "figure/gates.h"

G_BEGIN_DECLS

/* Each adds one picture, as large as @page. */
void fig_tex_append_curves (GString *tex, const FigCurves *curves, const FigPage *page);
void fig_tex_append_confusion (GString *tex, const FigConfusion *confusion, const FigPage *page);
void fig_tex_append_gates (GString *tex, const FigGates *gates, const FigPage *page);

G_END_DECLS
