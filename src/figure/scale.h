/* scale.h: an axis as a number: it maps values to 0..1 and back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FIG_SCALE_LINEAR,
  FIG_SCALE_LOG10,
} FigScaleKind;

/* @low maps to 0 and @high to 1; low may be the larger one. */
typedef struct
{
  FigScaleKind kind;
  double low;
  double high;
} FigScale;

/* fig_scale_is_degenerate:
 * Whether nothing can be told apart on the axis: its ends are equal, not finite, or not positive on a logarithmic
 * axis. */
gboolean fig_scale_is_degenerate (const FigScale *scale);

/* fig_scale_map:
 * Gives the position of @value: 0..1 within the axis, less or more outside. 0.5 on a degenerate axis. NaN for a value
 * that the axis has no place for: NaN, or 0 and less on a logarithmic one. */
double fig_scale_map (const FigScale *scale, double value);

/* fig_scale_unmap: the value at @position; @low on a degenerate axis. */
double fig_scale_unmap (const FigScale *scale, double position);

/* fig_scale_part:
 * The scale of the part of @scale from position @from to @to. With p - p f and p + (1 - p) f it is zoomed by f about p,
 * with d and 1 + d it is shifted. */
FigScale fig_scale_part (const FigScale *scale, double from, double to);

G_END_DECLS
