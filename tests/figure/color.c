/* color.c: the maps of colours, and the styles of the networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <math.h>

typedef struct
{
  double lightness, a, b;
} Lab;

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* sRGB to OKLab: the way opposite to that of the library. */
static Lab
lab_of (FigColor color)
{
  double r = linear (color.red), g = linear (color.green), b = linear (color.blue);
  double l = cbrt (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  double m = cbrt (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  double s = cbrt (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

  return (Lab){
    0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
  };
}

static double
distance (FigColor first, FigColor second)
{
  Lab a = lab_of (first), b = lab_of (second);

  return sqrt (pow (a.lightness - b.lightness, 2) + pow (a.a - b.a, 2) + pow (a.b - b.b, 2));
}

/* Equal steps of value are equal steps of colour, on the whole map (or half of it, from its middle). */
static void
assert_uniform (const FigColormap *map, double from, double to)
{
  double least = INFINITY, most = 0;

  for (guint i = 0; i < 32; i++)
    {
      double low = from + (to - from) * i / 32, high = from + (to - from) * (i + 1) / 32;
      double step = distance (fig_colormap_color (map, low), fig_colormap_color (map, high));

      least = MIN (least, step);
      most = MAX (most, step);
    }
  g_assert_cmpfloat (least, >, 0.01);
  /* The rest is what rounding to 255 steps a channel does to dark colours. */
  g_assert_cmpfloat (most / least, <, 1.35);
}

static void
test_uniform (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      FigColormap sequential = { FIG_MAP_SEQUENTIAL, dark, 0, 1 }, diverging = { FIG_MAP_DIVERGING, dark, -2, 2 };

      assert_uniform (&sequential, 0, 1);
      assert_uniform (&diverging, 0, 2);
      assert_uniform (&diverging, 0, -2);
    }
}

static void
test_order (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      FigColormap sequential = { FIG_MAP_SEQUENTIAL, dark, 0, 1 }, diverging = { FIG_MAP_DIVERGING, dark, -1, 1 };
      double sign = dark ? 1 : -1;
      FigTheme theme;

      fig_theme_init (&theme, dark);
      for (double value = 0; value < 1; value += 1 / 64.0)
        {
          double next = value + 1 / 64.0;

          g_assert_cmpfloat (sign * lab_of (fig_colormap_color (&sequential, value)).lightness, <,
                             sign * lab_of (fig_colormap_color (&sequential, next)).lightness);
          /* As strong at both sides. */
          g_assert_cmpfloat_with_epsilon (lab_of (fig_colormap_color (&diverging, value)).lightness,
                                          lab_of (fig_colormap_color (&diverging, -value)).lightness, 0.006);
        }
      /* 0 is near the ground. */
      g_assert_cmpfloat (distance (fig_colormap_color (&sequential, 0), theme.background), <, 0.06);
      g_assert_cmpfloat (distance (fig_colormap_color (&diverging, 0), theme.background), <, 0.06);
      /* Negative is bluer, positive redder. */
      g_assert_cmpfloat (lab_of (fig_colormap_color (&diverging, -1)).b, <, -0.1);
      g_assert_cmpfloat (lab_of (fig_colormap_color (&diverging, 1)).b, >, 0.07);
    }
}

static void
test_values (void)
{
  FigColormap map = { FIG_MAP_DIVERGING, FALSE, -2, 2 }, flat = { FIG_MAP_SEQUENTIAL, FALSE, 3, 3 };
  FigColormap gates = { FIG_MAP_SEQUENTIAL, TRUE, 0, 1 };

  g_assert_cmpfloat (fig_colormap_position (&map, 0), ==, 0.5);
  g_assert_cmpfloat (fig_colormap_position (&map, 1), ==, 0.75);
  g_assert_cmpfloat (fig_colormap_position (&map, -17), ==, 0);
  g_assert_cmpfloat (fig_colormap_position (&flat, 3), ==, 0.5);
  g_assert_true (isnan (fig_colormap_position (&map, NAN)));
  g_assert_cmphex (fig_colormap_pixel (&map, 5), ==, fig_colormap_pixel (&map, 2));
  g_assert_cmphex (fig_colormap_pixel (&map, INFINITY), ==, fig_colormap_pixel (&map, 2));
  g_assert_cmphex (fig_colormap_pixel (&map, NAN), ==, 0xff808080);
  g_assert_cmphex (fig_colormap_pixel (&gates, 0.3), ==, sample_pixel_of (fig_colormap_color (&gates, 0.3)));
  /* The neutral in the middle has no hue. */
  g_assert_cmpfloat_with_epsilon (lab_of (fig_colormap_color (&map, 0)).a, 0, 0.003);
  g_assert_cmpfloat_with_epsilon (lab_of (fig_colormap_color (&map, 0)).b, 0, 0.003);
}

static double
contrast (FigColor a, FigColor b)
{
  double first = fig_color_luminance (a), second = fig_color_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

static void
test_styles (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      FigTheme theme;

      fig_theme_init (&theme, dark);
      g_assert_cmpfloat (contrast (theme.ink, theme.background), >, 7);
      g_assert_cmpfloat (contrast (theme.faint_ink, theme.background), >, 4.5);
      for (guint i = 0; i < NN_N_KINDS; i++)
        {
          FigStyle style = fig_style_of_kind (&theme, i);

          g_assert_cmpfloat (contrast (style.color, theme.background), >, 2.9);
          for (guint j = 0; j < i; j++)
            {
              FigStyle other = fig_style_of_kind (&theme, j);

              g_assert_cmpfloat (distance (style.color, other.color), >, 0.15);
              g_assert_cmpint (style.marker, !=, other.marker);
              g_assert_true (style.n_dash != other.n_dash || style.dash[0] != other.dash[0]);
            }
        }
    }
}

static void
test_text_on_color (void)
{
  FigColormap map = { FIG_MAP_SEQUENTIAL, FALSE, 0, 1 };

  for (double value = 0; value <= 1; value += 0.01)
    {
      FigColor ground = fig_colormap_color (&map, value);

      g_assert_cmpfloat (contrast (ground, fig_color_on (ground)), >, 4.5);
    }
}

static void
test_language (void)
{
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  g_assert_null (theme.language);
  fig_theme_set_language (&theme, "zh_CN.UTF-8");
  g_assert_cmpstr (theme.language, ==, "zh-cn");
  fig_theme_set_language (&theme, "en");
  g_assert_cmpstr (theme.language, ==, "en");
  fig_theme_set_language (&theme, NULL);
  g_assert_null (theme.language);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/color/uniform", test_uniform);
  g_test_add_func ("/color/order", test_order);
  g_test_add_func ("/color/values", test_values);
  g_test_add_func ("/color/styles", test_styles);
  g_test_add_func ("/color/text-on-color", test_text_on_color);
  g_test_add_func ("/color/language", test_language);
  return g_test_run ();
}
