/* colormap.c: the colours that stand for numbers.
 *
 * A map is a path through OKLab: lightness linear in the value, the chromatic part a Bézier curve walked at constant
 * speed. So the distance between the colours of two near values is the same everywhere on the map.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/colormap.h"

#include <math.h>

/* An odd number, so that the middle of a diverging map has an entry of its own. */
#define N_COLORS 1025
#define N_SEGMENTS 2048
#define MISSING 0xff808080u

typedef struct
{
  double a;
  double b;
} Chroma;

typedef struct
{
  double first_lightness;
  double last_lightness;
  Chroma path[4]; /* a cubic Bézier curve's control points */
} Ramp;

/* From a trace of yellow through green and teal to a deep violet blue; on a dark ground from a trace of blue through
 * teal to a light yellow. */
static const Ramp sequential[2] = {
  { 0.985, 0.270, { { -0.003, 0.012 }, { -0.110, 0.160 }, { -0.130, -0.110 }, { 0.055, -0.135 } } },
  { 0.265, 0.960, { { 0.002, -0.010 }, { 0.010, -0.200 }, { -0.210, 0.010 }, { -0.045, 0.135 } } },
};

/* Half a diverging map: a straight way from the neutral out; [theme][negative, positive]. */
static const Ramp diverging[2][2] = {
  { { 0.970, 0.480, { { 0, 0 }, { -0.0125, -0.0467 }, { -0.0250, -0.0934 }, { -0.0375, -0.1401 } } },
    { 0.970, 0.480, { { 0, 0 }, { 0.0365, 0.0317 }, { 0.0729, 0.0634 }, { 0.1094, 0.0951 } } } },
  { { 0.285, 0.745, { { 0, 0 }, { -0.0112, -0.0419 }, { -0.0224, -0.0837 }, { -0.0336, -0.1256 } } },
    { 0.285, 0.745, { { 0, 0 }, { 0.0267, 0.0341 }, { 0.0533, 0.0683 }, { 0.0800, 0.1024 } } } },
};

static guint32 tables[2][2][N_COLORS]; /* [kind][dark] */

static guint
encode (double light)
{
  double channel = light <= 0.0031308 ? 12.92 * light : 1.055 * pow (light, 1.0 / 2.4) - 0.055;

  return (guint) lround (CLAMP (channel, 0.0, 1.0) * 255.0);
}

/* OKLab to an sRGB pixel; Björn Ottosson, "A perceptual color space for image processing", 2020. */
static guint32
pixel_from_oklab (double lightness, Chroma chroma)
{
  double l = pow (lightness + 0.3963377774 * chroma.a + 0.2158037573 * chroma.b, 3);
  double m = pow (lightness - 0.1055613458 * chroma.a - 0.0638541728 * chroma.b, 3);
  double s = pow (lightness - 0.0894841775 * chroma.a - 1.2914855480 * chroma.b, 3);
  guint red = encode (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  guint green = encode (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  guint blue = encode (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);

  return 0xff000000u | red << 16 | green << 8 | blue;
}

static Chroma
bezier (const Chroma *p, double t)
{
  double u = 1.0 - t;
  double w0 = u * u * u, w1 = 3 * u * u * t, w2 = 3 * u * t * t, w3 = t * t * t;

  return (Chroma){
    w0 * p[0].a + w1 * p[1].a + w2 * p[2].a + w3 * p[3].a,
    w0 * p[0].b + w1 * p[1].b + w2 * p[2].b + w3 * p[3].b,
  };
}

/* Fills @n entries, the first of them at @table and each next one @stride on. */
static void
fill_ramp (const Ramp *ramp, guint32 *table, int stride, guint n)
{
  double length[N_SEGMENTS + 1] = { 0 };
  guint segment = 0;

  for (guint i = 1; i <= N_SEGMENTS; i++)
    {
      Chroma from = bezier (ramp->path, (i - 1) / (double) N_SEGMENTS);
      Chroma to = bezier (ramp->path, i / (double) N_SEGMENTS);

      length[i] = length[i - 1] + hypot (to.a - from.a, to.b - from.b);
    }
  for (guint i = 0; i < n; i++)
    {
      double t = i / (double) (n - 1);
      double wanted = t * length[N_SEGMENTS];
      double part;

      while (segment + 1 < N_SEGMENTS && length[segment + 1] < wanted)
        segment++;
      part = (wanted - length[segment]) / (length[segment + 1] - length[segment]);
      table[(int) i * stride]
          = pixel_from_oklab (ramp->first_lightness + t * (ramp->last_lightness - ramp->first_lightness),
                              bezier (ramp->path, (segment + part) / N_SEGMENTS));
    }
}

static gpointer
fill_tables (gpointer data)
{
  guint middle = N_COLORS / 2;

  for (guint dark = 0; dark < 2; dark++)
    {
      fill_ramp (&sequential[dark], tables[FIG_MAP_SEQUENTIAL][dark], 1, N_COLORS);
      fill_ramp (&diverging[dark][0], tables[FIG_MAP_DIVERGING][dark] + middle, -1, middle + 1);
      fill_ramp (&diverging[dark][1], tables[FIG_MAP_DIVERGING][dark] + middle, 1, middle + 1);
    }
  return tables;
}

double
fig_colormap_position (const FigColormap *map, double value)
{
  double position;

  if (isnan (value))
    return NAN;
  if (map->high == map->low)
    return 0.5;
  position = (value - map->low) / (map->high - map->low);
  return CLAMP (position, 0.0, 1.0);
}

guint32
fig_colormap_pixel (const FigColormap *map, double value)
{
  static GOnce once = G_ONCE_INIT;
  double position = fig_colormap_position (map, value);

  g_once (&once, fill_tables, NULL);
  if (isnan (position))
    return MISSING;
  return tables[map->kind][map->dark != FALSE][lround (position * (N_COLORS - 1))];
}

FigColor
fig_colormap_color (const FigColormap *map, double value)
{
  return fig_color_from_pixel (fig_colormap_pixel (map, value));
}

FigColor
fig_color_from_pixel (guint32 pixel)
{
  return (FigColor){ ((pixel >> 16) & 0xff) / 255.0, ((pixel >> 8) & 0xff) / 255.0, (pixel & 0xff) / 255.0, 1.0 };
}
