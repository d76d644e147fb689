/* class-color.c: the colour that stands for a class.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/class-color.h"

#include <math.h>

#define GOLDEN_ANGLE 2.39996322972865332
#define FIRST_HUE 0.5
#define CHROMA 0.115

static double
encode (double light)
{
  double channel = light <= 0.0031308 ? 12.92 * light : 1.055 * pow (light, 1.0 / 2.4) - 0.055;

  return CLAMP (channel, 0.0, 1.0);
}

/* OKLab to sRGB; Björn Ottosson, "A perceptual color space for image processing", 2020. */
static FigColor
color_from_oklab (double lightness, double a, double b)
{
  double l = pow (lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = pow (lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = pow (lightness - 0.0894841775 * a - 1.2914855480 * b, 3);

  return (FigColor){
    encode (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s),
    1.0,
  };
}

FigColor
fig_class_color (const FigTheme *theme, guint index)
{
  static const double lightness[2][3] = { { 0.62, 0.76, 0.47 }, { 0.70, 0.82, 0.56 } };
  double hue = FIRST_HUE + index * GOLDEN_ANGLE;

  return color_from_oklab (lightness[theme->dark != FALSE][index % 3], CHROMA * cos (hue), CHROMA * sin (hue));
}

FigColor
fig_other_color (const FigTheme *theme)
{
  return fig_color_mix (theme->background, theme->ink, 0.16);
}
