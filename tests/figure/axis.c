/* axis.c: scales, ticks and the numbers beside them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/axes.h"
#include "figure/number.h"
#include "figure/scale.h"
#include "figure/ticks.h"

#include <math.h>

static void
test_round_trip (void)
{
  static const FigScale scales[] = {
    { FIG_SCALE_LINEAR, 0, 1 },      { FIG_SCALE_LINEAR, -2.385, 7.11 },  { FIG_SCALE_LINEAR, 100000, 0 },
    { FIG_SCALE_LOG10, 0.013, 2.9 }, { FIG_SCALE_LOG10, 1e-7, 12345678 }, { FIG_SCALE_LOG10, 40, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      const FigScale *scale = &scales[i];

      g_assert_false (fig_scale_is_degenerate (scale));
      g_assert_cmpfloat_with_epsilon (fig_scale_map (scale, scale->low), 0, 1e-12);
      g_assert_cmpfloat_with_epsilon (fig_scale_map (scale, scale->high), 1, 1e-12);
      for (double position = -0.25; position <= 1.25; position += 0.0625)
        g_assert_cmpfloat_with_epsilon (fig_scale_map (scale, fig_scale_unmap (scale, position)), position, 1e-9);
    }
  g_assert_cmpfloat_with_epsilon (fig_scale_map (&scales[1], 2.3625), 0.5, 1e-12);
  /* Half way from 1e-7 to 12345678 in powers of ten. */
  g_assert_cmpfloat_with_epsilon (fig_scale_map (&scales[4], sqrt (1e-7 * 12345678)), 0.5, 1e-12);
}

static void
test_degenerate (void)
{
  static const FigScale scales[] = {
    { FIG_SCALE_LINEAR, 3.5, 3.5 },      { FIG_SCALE_LINEAR, NAN, 1 },   { FIG_SCALE_LINEAR, 0, INFINITY },
    { FIG_SCALE_LINEAR, -INFINITY, 3 },  { FIG_SCALE_LOG10, 0, 10 },     { FIG_SCALE_LOG10, -1, 10 },
    { FIG_SCALE_LOG10, 10, -3 },         { FIG_SCALE_LOG10, 7, 7 },
  };
  FigScale linear = { FIG_SCALE_LINEAR, 0, 1 }, logarithmic = { FIG_SCALE_LOG10, 1, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_assert_true (fig_scale_is_degenerate (&scales[i]));
      g_assert_cmpfloat (fig_scale_map (&scales[i], 3.5), ==, 0.5);
      g_assert_true (isnan (fig_scale_map (&scales[i], NAN)));
    }
  g_assert_cmpfloat (fig_scale_unmap (&scales[0], 0.7), ==, 3.5);
  g_assert_true (isnan (fig_scale_map (&linear, NAN)));
  g_assert_true (isnan (fig_scale_map (&logarithmic, 0)));
  g_assert_true (isnan (fig_scale_map (&logarithmic, -5)));
}

typedef struct
{
  FigScale scale;
  guint at_most;
  FigTickFormat format;
  const char *labels; /* joined by | */
} TickCase;

static const TickCase tick_cases[] = {
  { { FIG_SCALE_LINEAR, 0, 3 }, 8, FIG_TICKS_NUMBER, "0.0|0.5|1.0|1.5|2.0|2.5|3.0" },
  { { FIG_SCALE_LINEAR, 0, 3 }, 4, FIG_TICKS_NUMBER, "0|1|2|3" },
  { { FIG_SCALE_LINEAR, 0, 1 }, 6, FIG_TICKS_PERCENT, "0 %|20 %|40 %|60 %|80 %|100 %" },
  { { FIG_SCALE_LINEAR, 0, 1 }, 5, FIG_TICKS_PERCENT, "0 %|50 %|100 %" },
  { { FIG_SCALE_LINEAR, 0, 0.02 }, 5, FIG_TICKS_PERCENT, "0.0 %|0.5 %|1.0 %|1.5 %|2.0 %" },
  { { FIG_SCALE_LINEAR, 0, 100000 }, 6, FIG_TICKS_COUNT, "0|20 k|40 k|60 k|80 k|100 k" },
  { { FIG_SCALE_LINEAR, 0, 4000 }, 5, FIG_TICKS_COUNT, "0|1 k|2 k|3 k|4 k" },
  { { FIG_SCALE_LINEAR, 0, 2000 }, 6, FIG_TICKS_COUNT, "0|500|1 k|1.5 k|2 k" },
  { { FIG_SCALE_LINEAR, 0, 3 }, 11, FIG_TICKS_COUNT, "0|1|2|3" },
  { { FIG_SCALE_LINEAR, 0, 3e6 }, 4, FIG_TICKS_COUNT, "0|1 M|2 M|3 M" },
  { { FIG_SCALE_LINEAR, -1, 1 }, 5, FIG_TICKS_NUMBER, "\xe2\x88\x92" "1.0|\xe2\x88\x92" "0.5|0.0|0.5|1.0" },
  { { FIG_SCALE_LINEAR, 1, 0 }, 3, FIG_TICKS_NUMBER, "0.0|0.5|1.0" },
  { { FIG_SCALE_LINEAR, 0.013, 0.047 }, 6, FIG_TICKS_NUMBER, "0.02|0.03|0.04" },
  { { FIG_SCALE_LOG10, 0.01, 100 }, 5, FIG_TICKS_NUMBER, "0.01|0.1|1|10|100" },
  { { FIG_SCALE_LOG10, 0.1, 3 }, 7, FIG_TICKS_NUMBER, "0.1|0.2|0.5|1|2" },
  { { FIG_SCALE_LOG10, 2.1, 4.2 }, 5, FIG_TICKS_NUMBER, "3|4" },
  { { FIG_SCALE_LINEAR, 5, 5 }, 5, FIG_TICKS_NUMBER, "5.00" },
  { { FIG_SCALE_LINEAR, NAN, 5 }, 5, FIG_TICKS_NUMBER, "" },
};

static void
test_ticks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tick_cases); i++)
    {
      const TickCase *test = &tick_cases[i];
      g_autoptr (GString) labels = g_string_new (NULL);
      FigTicks ticks;

      fig_ticks_init (&ticks, &test->scale, test->at_most, test->format, TRUE);
      for (guint j = 0; j < ticks.n; j++)
        g_string_append_printf (labels, "%s%s", j > 0 ? "|" : "", ticks.labels[j]);
      g_assert_cmpstr (labels->str, ==, test->labels);
      g_assert_cmpuint (ticks.n, <=, test->at_most);
    }
}

static void
test_ticks_many (void)
{
  /* Whatever the range: no more than asked for, in order, within the axis, and never none. */
  for (guint i = 0; i < 400; i++)
    for (guint at_most = 2; at_most <= FIG_MAX_TICKS; at_most++)
      {
        FigScale scale = { i % 2 ? FIG_SCALE_LOG10 : FIG_SCALE_LINEAR, 0.00021 * pow (1.07, i), 0 };
        FigTicks ticks;

        scale.high = scale.low * (1.3 + pow (1.031, i));
        fig_ticks_init (&ticks, &scale, at_most, FIG_TICKS_NUMBER, TRUE);
        g_assert_cmpuint (ticks.n, <=, at_most);
        g_assert_cmpuint (ticks.n, >=, 1);
        for (guint j = 0; j < ticks.n; j++)
          {
            g_assert_cmpfloat (ticks.values[j], >=, scale.low * (1 - 1e-6));
            g_assert_cmpfloat (ticks.values[j], <=, scale.high * (1 + 1e-6));
            if (j > 0)
              g_assert_cmpfloat (ticks.values[j], >, ticks.values[j - 1]);
          }
      }
}

static void
test_nice (void)
{
  static const double ceilings[][2] = {
    { 2.8904, 3.0 }, { 3.0, 3.0 }, { 0.6931, 0.7 }, { 4.1589, 5.0 }, { 1.0986, 1.2 }, { 5.78, 6.0 }, { 97, 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ceilings); i++)
    g_assert_cmpfloat_with_epsilon (fig_nice_ceiling (ceilings[i][0]), ceilings[i][1], 1e-9);
  g_assert_cmpfloat (fig_nice_ceiling (0), ==, 1.0);
  g_assert_cmpfloat (fig_nice_ceiling (NAN), ==, 1.0);
  g_assert_cmpfloat_with_epsilon (fig_nice_step (10, 5), 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (fig_nice_step (11, 5), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (fig_nice_step (0.003, 3), 0.001, 1e-12);
  g_assert_cmpfloat (fig_nice_step (0, 5), ==, 1.0);
}

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_numbers (void)
{
  assert_text (fig_number (0, 0, TRUE), "0");
  assert_text (fig_number (1234567.891, 2, TRUE), "1,234,567.89");
  assert_text (fig_number (999, 0, TRUE), "999");
  assert_text (fig_number (-1234.5, 1, TRUE), "\xe2\x88\x92" "1,234.5");
  assert_text (fig_number (-0.0004, 2, TRUE), "0.00");
  assert_text (fig_number (NAN, 2, TRUE), "\xe2\x80\x93");
  assert_text (fig_number (INFINITY, 2, TRUE), "\xe2\x80\x93");
  assert_text (fig_number (1e18, 0, TRUE), "1,000,000,000,000,000,000");
  assert_text (fig_percent (0.6123, 1, TRUE), "61.2 %");
  assert_text (fig_percent (1, 0, TRUE), "100 %");
  assert_text (fig_percent (NAN, 1, TRUE), "\xe2\x80\x93 %");
  assert_text (fig_count (0, TRUE), "0");
  assert_text (fig_count (999, TRUE), "999");
  assert_text (fig_count (1000, TRUE), "1 k");
  assert_text (fig_count (2500000, TRUE), "2.5 M");
  assert_text (fig_count (1250, TRUE), "1.25 k");
  assert_text (fig_count (3e9, TRUE), "3 G");
}

static void
test_axes (void)
{
  FigRect area = { 10, 20, 400, 240 };
  FigAxes axes = {
    .x = { FIG_SCALE_LINEAR, 0, 100000 },
    .y = { FIG_SCALE_LINEAR, 0, 1 },
    .x_format = FIG_TICKS_COUNT,
    .y_format = FIG_TICKS_PERCENT,
    .x_title = "iteration",
    .y_title = "accuracy",
  };
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  fig_axes_layout (&axes, &theme, &area);
  g_assert_cmpfloat (axes.plot.x, >, area.x + theme.font_size);
  g_assert_cmpfloat (axes.plot.y, >=, area.y);
  g_assert_cmpfloat (fig_rect_right (&axes.plot), <, fig_rect_right (&area));
  g_assert_cmpfloat (fig_rect_bottom (&axes.plot), <, fig_rect_bottom (&area) - theme.font_size);
  g_assert_cmpfloat (axes.plot.x, ==, floor (axes.plot.x));
  g_assert_cmpfloat (fig_axes_x (&axes, 0), ==, axes.plot.x);
  g_assert_cmpfloat (fig_axes_x (&axes, 100000), ==, fig_rect_right (&axes.plot));
  g_assert_cmpfloat (fig_axes_y (&axes, 0), ==, fig_rect_bottom (&axes.plot));
  g_assert_cmpfloat (fig_axes_y (&axes, 1), ==, axes.plot.y);
  g_assert_true (isnan (fig_axes_y (&axes, NAN)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/round-trip", test_round_trip);
  g_test_add_func ("/axis/degenerate", test_degenerate);
  g_test_add_func ("/axis/ticks", test_ticks);
  g_test_add_func ("/axis/ticks-many", test_ticks_many);
  g_test_add_func ("/axis/nice", test_nice);
  g_test_add_func ("/axis/numbers", test_numbers);
  g_test_add_func ("/axis/layout", test_axes);
  return g_test_run ();
}
