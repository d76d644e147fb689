/* geometry.h: rectangles, in points (on screen: in logical pixels), y downwards.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} FigRect;

/* fig_rect_contains: whether the point lies in @rect; its left and top edges belong to it, the other two don't. */
static inline gboolean
fig_rect_contains (const FigRect *rect, double x, double y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

static inline double
fig_rect_right (const FigRect *rect)
{
  return rect->x + rect->width;
}

static inline double
fig_rect_bottom (const FigRect *rect)
{
  return rect->y + rect->height;
}

G_END_DECLS
