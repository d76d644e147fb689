/* describe.h: what a figure shows, in sentences with its numbers, for people who do not see it.
 *
 * Every function gives a new string in the user's language, to free with g_free.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion.h"
#include "figure/curves.h"
#include "figure/gates.h"

G_BEGIN_DECLS

/* fig_curves_describe: a sentence a run: the last loss or accuracy, after how many iterations, whether it diverged. */
char *fig_curves_describe (const FigCurves *curves);

/* fig_confusion_describe: a sentence or two a matrix: how many of which names were right, what is confused most. */
char *fig_confusion_describe (const FigConfusion *confusion);

/* fig_gates_describe: what the strips show, and a few sentences a network: its guess after the last letter, since which
 * letter it holds, what is held and what the guess would be otherwise, and the mean of each gate there. */
char *fig_gates_describe (const FigGates *gates);

G_END_DECLS
