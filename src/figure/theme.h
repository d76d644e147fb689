/* theme.h: the colours, the type and the target that a figure is drawn with.
 *
 * A theme is a plain value: initialise one, change what should differ, pass it to a draw function. It owns nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kind.h"

#include <cairo.h>

G_BEGIN_DECLS

/* sRGB, each 0..1, alpha not premultiplied. */
typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} FigColor;

/* What the drawing ends up as. Pixels: lines snap to them, a heat map is one image. A vector file: nothing snaps, a
 * heat map is rectangles. */
typedef enum
{
  FIG_TARGET_SCREEN,
  FIG_TARGET_VECTOR,
} FigTarget;

typedef struct
{
  gboolean dark;
  FigTarget target;
  double device_scale;    /* device pixels a point, where the target is the screen (a widget's scale factor); 1 */
  gboolean plain_numbers; /* numbers as in the C locale (files), not as the user's locale has them (screen) */
  gboolean transparent;   /* the background is not painted */
  FigColor background;    /* also what text is set off with, so it's meant even where it is not painted */
  FigColor ink;           /* text, frames */
  FigColor faint_ink;     /* notes, tick labels */
  FigColor grid;
  FigColor accent;        /* what is pointed at */
  const char *family;     /* a Pango family list; static or interned */
  double font_size;       /* points */
  const char *language;   /* Pango's code, interned ("zh-cn"); NULL: that of the process's locale */
} FigTheme;

typedef enum
{
  FIG_MARKER_CIRCLE,
  FIG_MARKER_SQUARE,
  FIG_MARKER_TRIANGLE,
  FIG_MARKER_DIAMOND,
} FigMarker;

/* How a network is drawn, so that it can be told from the others by colour, by marker and by dash, each alone. */
typedef struct
{
  FigColor color;
  FigMarker marker;
  double dash[6]; /* of the line of held-out names; on and off lengths in line widths */
  guint n_dash;
  guint n_twins; /* markers that stand beside the first one: tells lines of one network apart */
} FigStyle;

/* fig_theme_init: the light or the dark theme, for the screen at scale 1, font "Sans" at 11 points. */
void fig_theme_init (FigTheme *theme, gboolean dark);

/* fig_theme_set_language:
 * Chooses the glyph shapes of a language (Chinese and Japanese write the same character differently).
 * @locale: (nullable): "zh_CN.UTF-8", "zh-cn", "en", ...; NULL for the process's */
void fig_theme_set_language (FigTheme *theme, const char *locale);

/* fig_style_of_kind: the style of a network, the same in every figure; Okabe and Ito's colours. */
FigStyle fig_style_of_kind (const FigTheme *theme, NnKind kind);

/* fig_color_mix: @share of @b and the rest of @a, channel by channel. */
FigColor fig_color_mix (FigColor a, FigColor b, double share);

/* fig_color_fade: @color with its alpha multiplied by @alpha. */
FigColor fig_color_fade (FigColor color, double alpha);

/* fig_color_luminance: the relative luminance (WCAG 2) of an opaque colour, 0..1. */
double fig_color_luminance (FigColor color);

/* fig_color_on: black or white, whichever is read better on @ground. */
FigColor fig_color_on (FigColor ground);

/* fig_set_color: makes @color the source of @cr. */
void fig_set_color (cairo_t *cr, FigColor color);

/* fig_paint_background: fills the whole figure, unless the theme is transparent. */
void fig_paint_background (cairo_t *cr, const FigTheme *theme, double width, double height);

/* fig_snap:
 * Gives the point nearest to @position at which an edge falls between two device pixels of the screen, or @position
 * itself for a vector target. */
double fig_snap (const FigTheme *theme, double position);

/* fig_hairline: the width of the thinnest line that is drawn, in points, and a whole number of device pixels. */
double fig_hairline (const FigTheme *theme);

/* fig_marker_path: the outline of a marker centred on (x, y) as the current path; @size: its width in points. */
void fig_marker_path (cairo_t *cr, FigMarker marker, double x, double y, double size);

G_END_DECLS
