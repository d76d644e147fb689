/* colormap.h: the colours that stand for numbers.
 *
 * Two maps a theme, computed in OKLab (Ottosson 2020) so that equal steps of value are equal steps of colour. Nothing
 * (0) is always near the ground: the light theme's maps darken with the value, the dark theme's brighten.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/theme.h"

G_BEGIN_DECLS

typedef enum
{
  FIG_MAP_SEQUENTIAL, /* from nothing to everything */
  FIG_MAP_DIVERGING,  /* negative blue, 0 neutral, positive orange; equally far at both sides */
} FigMapKind;

/* Which value gets which colour: @low the first and @high the last; values beyond get the end's. A diverging map is
 * centred on 0 where low = -high. */
typedef struct
{
  FigMapKind kind;
  gboolean dark;
  double low;
  double high;
} FigColormap;

/* fig_colormap_position: where @value lies on the map, 0..1; NaN for NaN. */
double fig_colormap_position (const FigColormap *map, double value);

/* fig_colormap_color: the colour of @value, opaque; a mid grey for NaN. */
FigColor fig_colormap_color (const FigColormap *map, double value);

/* fig_colormap_pixel: the same as a pixel of CAIRO_FORMAT_RGB24 or ARGB32, 0xffRRGGBB. */
guint32 fig_colormap_pixel (const FigColormap *map, double value);

/* fig_color_from_pixel: an opaque colour from 0xffRRGGBB. */
FigColor fig_color_from_pixel (guint32 pixel);

G_END_DECLS
