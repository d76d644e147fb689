/* theme.c: the colours, the type and the target that a figure is drawn with.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/theme.h"

#include <math.h>
#include <string.h>

#define RGB(hex)                                                                                                       \
  {                                                                                                                    \
    (((hex) >> 16) & 0xff) / 255.0, (((hex) >> 8) & 0xff) / 255.0, ((hex) & 0xff) / 255.0, 1.0                         \
  }

/* Okabe and Ito's palette. Their blue is too dark on a dark ground, where its lighter brother stands for it. */
static const FigStyle styles[NN_N_KINDS] = {
  [NN_RNN] = { RGB (0xd55e00), FIG_MARKER_TRIANGLE, { 5, 2.5 }, 2 },
  [NN_LSTM] = { RGB (0x0072b2), FIG_MARKER_CIRCLE, { 2, 2 }, 2 },
  [NN_GATE_LSTM] = { RGB (0x009e73), FIG_MARKER_SQUARE, { 6, 2, 1.5, 2 }, 4 },
  [NN_GATE_LSTM_HIDDEN] = { RGB (0xcc79a7), FIG_MARKER_DIAMOND, { 6, 2, 1.5, 2, 1.5, 2 }, 6 },
};
static const FigColor sky_blue = RGB (0x56b4e9);

void
fig_theme_init (FigTheme *theme, gboolean dark)
{
  static const FigColor white = RGB (0xffffff), black = RGB (0x1a1a1a);
  static const FigColor dark_ground = RGB (0x242424), dark_ink = RGB (0xf2f2f2);
  static const FigColor light_accent = RGB (0xc01c28), dark_accent = RGB (0xffd60a);

  g_return_if_fail (theme != NULL);
  *theme = (FigTheme){
    .dark = dark,
    .target = FIG_TARGET_SCREEN,
    .device_scale = 1.0,
    .background = dark ? dark_ground : white,
    .ink = dark ? dark_ink : black,
    .accent = dark ? dark_accent : light_accent,
    .family = "Sans",
    .font_size = 11.0,
  };
  theme->faint_ink = fig_color_mix (theme->ink, theme->background, 0.30);
  theme->grid = fig_color_mix (theme->ink, theme->background, 0.86);
}

void
fig_theme_set_language (FigTheme *theme, const char *locale)
{
  g_autofree char *code = NULL;

  g_return_if_fail (theme != NULL);
  theme->language = NULL;
  if (locale == NULL || *locale == '\0')
    return;
  code = g_ascii_strdown (locale, (gssize) strcspn (locale, ".@:"));
  g_strdelimit (code, "_", '-');
  theme->language = g_intern_string (code);
}

FigStyle
fig_style_of_kind (const FigTheme *theme, NnKind kind)
{
  FigStyle style;

  g_return_val_if_fail ((guint) kind < NN_N_KINDS, styles[0]);
  style = styles[kind];
  if (theme->dark && kind == NN_LSTM)
    style.color = sky_blue;
  return style;
}

FigColor
fig_color_mix (FigColor a, FigColor b, double share)
{
  return (FigColor){
    a.red + (b.red - a.red) * share,
    a.green + (b.green - a.green) * share,
    a.blue + (b.blue - a.blue) * share,
    a.alpha + (b.alpha - a.alpha) * share,
  };
}

FigColor
fig_color_fade (FigColor color, double alpha)
{
  color.alpha *= alpha;
  return color;
}

static double
linear_light (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

double
fig_color_luminance (FigColor color)
{
  return 0.2126 * linear_light (color.red) + 0.7152 * linear_light (color.green) + 0.0722 * linear_light (color.blue);
}

FigColor
fig_color_on (FigColor ground)
{
  double luminance = fig_color_luminance (ground);
  /* The contrast ratios (1.05 / (L + 0.05)) and ((L + 0.05) / 0.05) are equal at L = 0.179. */
  double channel = luminance < 0.179 ? 1.0 : 0.0;

  return (FigColor){ channel, channel, channel, 1.0 };
}

void
fig_set_color (cairo_t *cr, FigColor color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

void
fig_paint_background (cairo_t *cr, const FigTheme *theme, double width, double height)
{
  if (theme->transparent)
    return;
  fig_set_color (cr, theme->background);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

double
fig_snap (const FigTheme *theme, double position)
{
  if (theme->target == FIG_TARGET_VECTOR)
    return position;
  return round (position * theme->device_scale) / theme->device_scale;
}

double
fig_hairline (const FigTheme *theme)
{
  if (theme->target == FIG_TARGET_VECTOR)
    return 0.5;
  return MAX (1.0, floor (theme->device_scale * 0.75)) / theme->device_scale;
}

void
fig_marker_path (cairo_t *cr, FigMarker marker, double x, double y, double size)
{
  double r = size / 2;

  cairo_new_path (cr);
  switch (marker)
    {
    case FIG_MARKER_SQUARE:
      cairo_rectangle (cr, x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
      break;
    case FIG_MARKER_TRIANGLE:
      cairo_move_to (cr, x, y - 1.15 * r);
      cairo_line_to (cr, x + 1.1 * r, y + 0.8 * r);
      cairo_line_to (cr, x - 1.1 * r, y + 0.8 * r);
      cairo_close_path (cr);
      break;
    case FIG_MARKER_DIAMOND:
      cairo_move_to (cr, x, y - 1.25 * r);
      cairo_line_to (cr, x + 1.25 * r, y);
      cairo_line_to (cr, x, y + 1.25 * r);
      cairo_line_to (cr, x - 1.25 * r, y);
      cairo_close_path (cr);
      break;
    case FIG_MARKER_CIRCLE:
    default:
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_close_path (cr);
      break;
    }
}
