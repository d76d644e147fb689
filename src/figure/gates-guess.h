/* gates-guess.h: the guess after each letter as a stacked bar. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/gates-layout.h"

G_BEGIN_DECLS

#define FIG_MAX_LEADING 8

/* The classes that have a colour of their own in a network's bars: those that any of its readings finds most likely
 * after any letter, as many as the legend has room for. */
typedef struct
{
  guint n;
  guint classes[FIG_MAX_LEADING];
  FigRect boxes[FIG_MAX_LEADING + 1]; /* in the legend; the last one (at n) is that of all others */
} FigLeading;

void fig_gates_leading (const FigTheme *theme,
                        const FigGates *gates,
                        const FigGatesLayout *layout,
                        guint index,
                        FigLeading *leading);

/* fig_gates_bar: where the bar of a letter stands, from probability 0 at its bottom to 1 at its top. */
FigRect fig_gates_bar (const FigTheme *theme, const FigGatesPlace *place, const FigRect *bars, guint letter);

/* fig_gates_leading_text: "Japanese 61.0 %, Russian 20.0 %, others 19.0 %": the most likely classes after a letter.
 * (transfer full) */
char *fig_gates_leading_text (const FigTheme *theme, const FigGates *gates, const NnTrace *trace, guint letter);

G_END_DECLS
