/* class-color.h: the colour that stands for a class, the same in every figure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/theme.h"

G_BEGIN_DECLS

/* fig_class_color:
 * The colour of class @index: hues a golden angle apart (as Vogel 1979 packs directions evenly), in three lightnesses,
 * so that no two of the first 24 are alike. */
FigColor fig_class_color (const FigTheme *theme, guint index);

/* fig_other_color: what stands for all classes without a colour of their own. */
FigColor fig_other_color (const FigTheme *theme);

G_END_DECLS
