/* curves-view.c: curves zoomed, smoothed, hidden, grouped and read, and curves of very long runs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/curves-lines.h"
#include "figure/series-dense.h"
#include "sample.h"

#include <math.h>
#include <string.h>

#define WIDTH 620.0
#define HEIGHT 340.0

static NnHistory *
history_of (const double *losses, guint n)
{
  NnHistory *history = nn_history_new ();

  for (guint i = 0; i < n; i++)
    {
      NnPoint point = { (i + 1) * 1000, losses[i], 0.1 * losses[i], NAN };

      nn_history_add (history, &point);
    }
  return history;
}

static FigTheme
theme_of_scale (double scale)
{
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  theme.device_scale = scale;
  return theme;
}

/* How many pixels of @color the column at @x of the plot has between two heights. */
static guint
count_at (cairo_surface_t *surface, double x, double top, double bottom, FigColor color)
{
  FigRect rect = { x - 1, top, 2, bottom - top };

  return sample_count (surface, &rect, sample_pixel_of (color));
}

/* ---- Axes ---- */

/* By hand: from 0.2 to 3.5 there is room for 0.2, 0.5, 1 and 2; all else from 2 to 9 times a power of ten is a minor
 * tick: 0.3, 0.4, 0.6, 0.7, 0.8, 0.9 and 3. */
static void
test_log_ticks (void)
{
  static const double minor[] = { 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 3 };
  const FigScale scale = { FIG_SCALE_LOG10, 0.2, 3.5 }, decades = { FIG_SCALE_LOG10, 0.1, 100 };
  FigTicks ticks;

  fig_ticks_init (&ticks, &scale, 5, FIG_TICKS_NUMBER, TRUE);
  g_assert_cmpuint (ticks.n, ==, 4);
  g_assert_cmpstr (ticks.labels[0], ==, "0.2");
  g_assert_cmpstr (ticks.labels[3], ==, "2");
  g_assert_cmpuint (ticks.n_minor, ==, G_N_ELEMENTS (minor));
  for (guint i = 0; i < G_N_ELEMENTS (minor); i++)
    g_assert_cmpfloat_with_epsilon (ticks.minor[i], minor[i], 1e-9);
  /* Where only decades have a label, the eight others of each of three decades are minor. */
  fig_ticks_init (&ticks, &decades, 4, FIG_TICKS_NUMBER, TRUE);
  g_assert_cmpuint (ticks.n, ==, 4);
  g_assert_cmpuint (ticks.n_minor, ==, 24);
  /* With less room for 0.2, 0.5, 1, 2: 0.3, 1, 3. */
  fig_ticks_init (&ticks, &scale, 3, FIG_TICKS_NUMBER, TRUE);
  g_assert_cmpstr (ticks.labels[0], ==, "0.3");
  g_assert_cmpstr (ticks.labels[1], ==, "1");
  g_assert_cmpstr (ticks.labels[2], ==, "3");
}

/* Far into a long run the ticks are whole numbers, of which no two look alike. */
static void
test_count_ticks (void)
{
  const FigScale scale = { FIG_SCALE_LINEAR, 9999000, 10000500 };
  FigTicks ticks;

  fig_ticks_init (&ticks, &scale, 4, FIG_TICKS_COUNT, TRUE);
  g_assert_cmpuint (ticks.n, ==, 4);
  g_assert_cmpstr (ticks.labels[0], ==, "9,999,000");
  g_assert_cmpstr (ticks.labels[3], ==, "10,000,500");
}

static void
test_log_axis (void)
{
  const double losses[] = { 2.0, 0.7, 0.3 };
  g_autoptr (NnHistory) history = history_of (losses, 3);
  FigSeries series = { NULL, NN_LSTM, history, 0 };
  FigCurves curves = { .series = &series, .n_series = 1, .n_classes = 18, .logarithmic = TRUE };
  FigTheme theme = theme_of_scale (2);
  cairo_surface_t *surface;
  FigAxes axes;
  double x, y;

  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  g_assert_cmpint (axes.y.kind, ==, FIG_SCALE_LOG10);
  g_assert_cmpfloat_with_epsilon (axes.y.low, 0.2, 1e-12);
  /* sqrt (0.2 * 3.5) lies in the middle. */
  g_assert_cmpfloat_with_epsilon (axes.y.high, 3.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (fig_axes_y (&axes, 0.83666), axes.plot.y + axes.plot.height / 2, 1e-3);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
  x = fig_axes_x (&axes, 2000);
  y = fig_axes_y (&axes, 0.7);
  g_assert_cmpuint (count_at (surface, x, y - 2, y + 2, fig_style_of_kind (&theme, NN_LSTM).color), >, 4);
  cairo_surface_destroy (surface);
  curves.measure = FIG_MEASURE_ACCURACY;
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  g_assert_cmpint (axes.y.kind, ==, FIG_SCALE_LINEAR);
}

/* ---- Zoom ---- */

static void
assert_limits (FigLimits limits, double low, double high)
{
  g_assert_true (fig_limits_are_set (&limits));
  g_assert_cmpfloat_with_epsilon (limits.low, low, 1e-6 * high);
  g_assert_cmpfloat_with_epsilon (limits.high, high, 1e-6 * high);
}

static void
test_zoom (void)
{
  g_autoptr (NnHistory) history = sample_history (100, 0.5, 0.8);
  FigSeries series = { NULL, NN_LSTM, history, 0 };
  FigCurves curves = { .series = &series, .n_series = 1, .iterations = 100000, .n_classes = 18 };
  FigTheme theme = theme_of_scale (1);
  FigLimits none;
  FigAxes axes;

  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  /* The half of 0..100,000 about 60 %: 30,000 to 80,000; 60,000 stays where it is. */
  curves.x = fig_curves_zoom_x (&curves, &axes, 0.6 - 0.3, 0.6 + 0.2);
  assert_limits (curves.x, 30000, 80000);
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  g_assert_cmpfloat_with_epsilon (fig_scale_map (&axes.x, 60000), 0.6, 1e-9);
  /* A tenth to the right; then as far as there is anything; never narrower or wider than before. */
  curves.x = fig_curves_zoom_x (&curves, &axes, 0.1, 1.1);
  assert_limits (curves.x, 35000, 85000);
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  curves.x = fig_curves_zoom_x (&curves, &axes, 1, 2);
  assert_limits (curves.x, 50000, 100000);
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  none = fig_curves_zoom_x (&curves, &axes, -1, 2);
  g_assert_false (fig_limits_are_set (&none));
  /* On a logarithmic axis, half of the decades: from sqrt (low high) up. */
  curves.logarithmic = TRUE;
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  curves.y = fig_curves_zoom_y (&curves, &axes, 0.5, 1);
  assert_limits (curves.y, sqrt (axes.y.low * 3.5), 3.5);
  /* A line that goes on beyond the plot is drawn up to its edges, and nothing beside it. */
  for (guint i = 0; i < 2; i++)
    {
      sample_assert_inside (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
      curves.x = (FigLimits){ 41200, 41300 };
    }
}

/* Between two points that lie outside there is a line; where there's none, the figure says so. */
static void
test_zoom_between (void)
{
  const double losses[] = { 2.0, 1.0, 1.0 };
  g_autoptr (NnHistory) history = history_of (losses, 3);
  FigSeries series = { NULL, NN_LSTM, history, 0 };
  FigCurves curves = { .series = &series, .n_series = 1, .n_classes = 18, .x = { 1400, 1600 } };
  FigTheme theme = theme_of_scale (2);
  FigColor color = fig_style_of_kind (&theme, NN_LSTM).color;
  cairo_surface_t *surface;
  FigAxes axes;
  double y;

  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
  y = fig_axes_y (&axes, 1.5);
  g_assert_cmpuint (count_at (surface, fig_axes_x (&axes, 1500), y - 2, y + 2, color), >, 4);
  cairo_surface_destroy (surface);
}

/* ---- Smoothing ---- */

/* A spike of one among 60,000 points is smoothed with its neighbours, not with what is left of them after decimation:
 * with a = 0.5 the line reaches 1 + 8 (1 - a) = 5 there, and 3 and 2 after it. */
static void
test_smooth_before_decimation (void)
{
  g_autoptr (NnHistory) history = nn_history_new ();
  FigSeries series = { NULL, NN_LSTM, history, 0 };
  FigCurves curves = { .series = &series, .n_series = 1, .smoothing = 0.5, .y = { 0, 10 } };
  FigTheme theme = theme_of_scale (1);
  FigColor color = fig_style_of_kind (&theme, NN_LSTM).color;
  g_autoptr (GPtrArray) lines = NULL;
  g_auto (FigLineData) data = { 0 };
  cairo_surface_t *surface;
  FigAxes axes;
  double x;

  for (guint i = 1; i <= 60000; i++)
    {
      NnPoint point = { i * 1000, i == 30000 ? 9.0 : 1.0, 0, NAN };

      nn_history_add (history, &point);
    }
  lines = fig_curves_lines (&curves, &theme);
  fig_line_get (&curves, g_ptr_array_index (lines, 0), FIG_MEASURE_LOSS, FALSE, &data);
  g_assert_cmpfloat (g_array_index (data.raw, FigPoint, 29999).y, ==, 9);
  g_assert_cmpfloat_with_epsilon (g_array_index (data.drawn, FigPoint, 29998).y, 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (g_array_index (data.drawn, FigPoint, 29999).y, 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (g_array_index (data.drawn, FigPoint, 30000).y, 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (g_array_index (data.drawn, FigPoint, 30001).y, 2, 1e-12);
  /* And so it is drawn: strong up to 5, faint from there to 9. */
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
  x = fig_axes_x (&axes, 30000000);
  g_assert_cmpuint (count_at (surface, x, fig_axes_y (&axes, 4.6), fig_axes_y (&axes, 4.2), color), >, 0);
  g_assert_cmpuint (count_at (surface, x, fig_axes_y (&axes, 8.8), fig_axes_y (&axes, 5.3), color), ==, 0);
  g_assert_cmphex (sample_pixel (surface, x, fig_axes_y (&axes, 7)), !=, sample_pixel_of (theme.background));
  cairo_surface_destroy (surface);
}

static void
test_for_paper (void)
{
  g_autoptr (NnHistory) history = sample_history (10, 0.5, 0.8);
  FigSeries series = { NULL, NN_LSTM, history, 0 };
  FigCurves curves = { .series = &series, .n_series = 1, .smoothing = 0.75 };
  g_autofree char *description = fig_curves_describe (&curves), *csv = fig_curves_csv (&curves, NULL), *plain = NULL;
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_auto (GStrv) fields = g_strsplit (lines[3], ",", -1);

  g_assert_nonnull (strstr (description, "s_n = Σ a^(n−k) y_k / Σ a^(n−k), k = 0…n, a = 0.75"));
  g_assert_cmpstr (lines[0], ==,
                   "# drawn: training smoothed: s_n = sum a^(n-k) y_k / sum a^(n-k), k = 0..n, a = 0.75, "
                   "over all points");
  g_assert_cmpstr (lines[1], ==, "network,iteration,loss,accuracy,held_out_accuracy,smoothed_loss,smoothed_accuracy");
  /* The losses fall by 0.24 from 2.66: (2.42 + 0.75 * 2.66) / 1.75. */
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[2], NULL), 2.42, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[5], NULL), 4.415 / 1.75, 1e-9);
  curves.smoothing = 0;
  plain = fig_curves_state (&curves);
  g_assert_null (plain);
}

/* ---- Seeds ---- */

/* Three seeds: 1, 2, 6 have mean 3 and deviation sqrt ((4 + 1 + 9) / 2); 2, 2, 2 have 2 and 0. The point that one of
 * them has no iteration for, and the one that has no number, are none of the mean's. */
static void
test_band (void)
{
  const double a[] = { 1, 2, 0.5, 4 }, b[] = { 2, 2, 0.5, 5 }, c[] = { 6, 2, NAN };
  g_autoptr (NnHistory) one = history_of (a, 4), two = history_of (b, 4), three = history_of (c, 3);
  FigSeries series[] = {
    { NULL, NN_RNN, one, 0 },
    { "x", NN_LSTM, one, 0, FALSE, 1 },
    { NULL, NN_LSTM, two, 0, FALSE, 1 },
    { NULL, NN_LSTM, three, 0, FALSE, 1 },
    { "gone", NN_LSTM, one, 4001, FALSE, 1 },
  };
  FigCurves curves = { .series = series, .n_series = 5, .bands = TRUE };
  g_autoptr (GPtrArray) lines = fig_curves_lines (&curves, NULL), apart = NULL;
  const FigLine *band = g_ptr_array_index (lines, 1), *diverged = g_ptr_array_index (lines, 2);
  g_auto (FigLineData) data = { 0 };

  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_true (band->has_band);
  g_assert_cmpstr (band->label, ==, "LSTM, mean of 3 seeds");
  g_assert_cmpstr (diverged->label, ==, "gone");
  fig_line_get (&curves, band, FIG_MEASURE_LOSS, FALSE, &data);
  g_assert_cmpuint (data.drawn->len, ==, 3);
  g_assert_cmpfloat_with_epsilon (g_array_index (data.drawn, FigPoint, 0).y, 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (g_array_index (data.deviation, double, 0), 2.6457513110645907, 1e-12);
  g_assert_cmpfloat_with_epsilon (g_array_index (data.drawn, FigPoint, 1).y, 2, 1e-12);
  g_assert_cmpfloat (g_array_index (data.deviation, double, 1), ==, 0);
  g_assert_true (isnan (g_array_index (data.drawn, FigPoint, 2).y));
  curves.bands = FALSE;
  apart = fig_curves_lines (&curves, NULL);
  g_assert_cmpuint (apart->len, ==, 5);
}

/* A seed that is switched off is not in the mean, and the legend counts those that are. */
static void
test_band_hidden (void)
{
  const double a[] = { 1, 2 }, b[] = { 3, 6 };
  g_autoptr (NnHistory) one = history_of (a, 2), two = history_of (b, 2);
  FigSeries series[] = {
    { NULL, NN_LSTM, one, 0, FALSE, 1 }, { NULL, NN_LSTM, two, 0, FALSE, 1 }, { NULL, NN_LSTM, two, 0, TRUE, 1 },
  };
  FigCurves curves = { .series = series, .n_series = 3, .bands = TRUE };
  g_autoptr (GPtrArray) lines = fig_curves_lines (&curves, NULL);
  const FigLine *band = g_ptr_array_index (lines, 0);
  g_auto (FigLineData) data = { 0 };

  g_assert_cmpstr (band->label, ==, "LSTM, mean of 2 seeds");
  fig_line_get (&curves, band, FIG_MEASURE_LOSS, FALSE, &data);
  g_assert_cmpfloat (g_array_index (data.drawn, FigPoint, 1).y, ==, 4);
  g_assert_cmpfloat_with_epsilon (g_array_index (data.deviation, double, 1), sqrt (8), 1e-12);
}

/* The band's edges in the picture: mean 2, deviation sqrt (2) at every point: 0.586 to 3.414; nothing where there is no
 * number. */
static void
test_band_pixels (void)
{
  const double a[] = { 1, 1, NAN, 1, 1 }, b[] = { 3, 3, 3, 3, 3 };
  g_autoptr (NnHistory) one = history_of (a, 5), two = history_of (b, 5);
  FigSeries series[] = { { NULL, NN_LSTM, one, 0, FALSE, 1 }, { NULL, NN_LSTM, two, 0, FALSE, 1 } };
  FigCurves curves = { .series = series, .n_series = 2, .bands = TRUE, .y = { 0, 5 } };
  FigTheme theme = theme_of_scale (2);
  cairo_surface_t *surface = NULL;
  guint32 ground = sample_pixel_of (theme.background);
  FigAxes axes;
  double x;

  theme.grid = theme.background;
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
  x = fig_axes_x (&axes, 4400);
  g_assert_cmphex (sample_pixel (surface, x, fig_axes_y (&axes, 3.6)), ==, ground);
  g_assert_cmphex (sample_pixel (surface, x, fig_axes_y (&axes, 3.3)), !=, ground);
  g_assert_cmphex (sample_pixel (surface, x, fig_axes_y (&axes, 0.7)), !=, ground);
  g_assert_cmphex (sample_pixel (surface, x, fig_axes_y (&axes, 0.4)), ==, ground);
  for (double y = 0.7; y < 3.4; y += 0.5)
    g_assert_cmphex (sample_pixel (surface, fig_axes_x (&axes, 3000), fig_axes_y (&axes, y)), ==, ground);
  cairo_surface_destroy (surface);
}

/* ---- What is hidden, what is read ---- */

static void
test_hidden (void)
{
  const double low[] = { 1, 1, 1, 1 }, high[] = { 5, 5, 5, 5 };
  g_autoptr (NnHistory) one = history_of (low, 4), two = history_of (high, 4);
  FigSeries series[] = { { NULL, NN_LSTM, one, 0 }, { NULL, NN_RNN, two, 0, TRUE } };
  FigCurves curves = { .series = series, .n_series = 2, .n_classes = 18, .y = { 0, 6 }, .crosshair = 2000 };
  FigTheme theme = theme_of_scale (2);
  g_autofree char *text = fig_curves_read (&curves, &theme), *description = fig_curves_describe (&curves);
  g_autofree char *csv = fig_curves_csv (&curves, NULL);
  guint32 color = sample_pixel_of (fig_style_of_kind (&theme, NN_RNN).color);
  cairo_surface_t *surface = sample_draw (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
  FigRect box, all = { 0, 0, WIDTH, HEIGHT };
  FigCurvesHit hit;
  FigAxes axes;

  g_assert_cmpuint (sample_count (surface, &all, color), ==, 0);
  cairo_surface_destroy (surface);
  g_assert_nonnull (strstr (text, "LSTM: 1.000"));
  g_assert_null (strstr (text, "RNN"));
  g_assert_null (strstr (csv, "RNN"));
  g_assert_nonnull (strstr (description, "The line of RNN is switched off."));
  /* Its entry is still there, to be switched on again; and the others have the room. */
  g_assert_true (fig_curves_legend_box (&curves, &theme, WIDTH, HEIGHT, 1, &box));
  g_assert_true (fig_curves_hit (&curves, &theme, WIDTH, HEIGHT, box.x + 3, box.y + 3, &hit));
  g_assert_cmpint (hit.series, ==, 1);
  curves.y.high = 0;
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  g_assert_cmpfloat (axes.y.high, ==, 3.5);
  /* On paper nobody can. */
  curves.for_paper = TRUE;
  g_assert_false (fig_curves_legend_box (&curves, &theme, WIDTH, HEIGHT, 1, &box));
}

static void
test_crosshair (void)
{
  const double low[] = { 1, 1, 1, 1 }, high[] = { 3, 3 };
  g_autoptr (NnHistory) one = history_of (low, 4), two = history_of (high, 2);
  FigSeries series[] = { { NULL, NN_LSTM, one, 0 }, { NULL, NN_RNN, two, 0 } };
  FigCurves curves = { .series = series, .n_series = 2, .y = { 0, 5 }, .crosshair = 2000 };
  FigTheme theme = theme_of_scale (2);
  g_autofree char *text = fig_curves_read (&curves, &theme), *later = NULL;
  cairo_surface_t *surface;
  FigAxes axes;
  double x;

  g_assert_nonnull (strstr (text, "Iteration 2,000\n"));
  g_assert_nonnull (strstr (text, "LSTM: 1.000"));
  g_assert_nonnull (strstr (text, "RNN: 3.000"));
  fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
  x = fig_axes_x (&axes, 2000);
  g_assert_cmpuint (count_at (surface, x, fig_axes_y (&axes, 4), fig_axes_y (&axes, 3.3), theme.accent), >, 20);
  /* A dot of the line's colour is wider than the line. */
  g_assert_cmphex (sample_pixel (surface, x + 1.6, fig_axes_y (&axes, 1) - 1.5), ==,
                   sample_pixel_of (fig_style_of_kind (&theme, NN_LSTM).color));
  cairo_surface_destroy (surface);
  /* Where the other is not yet. */
  curves.crosshair = 4000;
  later = fig_curves_read (&curves, &theme);
  g_assert_nonnull (strstr (later, "LSTM"));
  g_assert_null (strstr (later, "RNN"));
  g_assert_cmpfloat (fig_curves_nearest (&curves, 2600, 0), ==, 3000);
  g_assert_cmpfloat (fig_curves_nearest (&curves, 2600, -1), ==, 2000);
  g_assert_cmpfloat (fig_curves_nearest (&curves, 1e9, 1), ==, 4000);
  g_assert_cmpfloat (fig_curves_nearest (&curves, 0, -1), ==, 1000);
}

/* The marks for what the report ends with stand beside the plot at their heights, of the networks that are drawn. */
static void
test_report_values (void)
{
  g_autoptr (NnHistory) history = sample_history (10, 0.5, 0.3);
  FigSeries series[] = { { NULL, NN_LSTM, history, 0 }, { NULL, NN_GATE_LSTM_HIDDEN, history, 0 } };
  FigCurves curves = { .measure = FIG_MEASURE_ACCURACY, .series = series, .n_series = 2, .report_values = TRUE };
  FigTheme theme = theme_of_scale (2);
  guint32 ground = sample_pixel_of (theme.background);

  for (guint on = 0; on < 2; on++)
    {
      FigAxes axes;
      cairo_surface_t *surface;
      double right, y;

      curves.report_values = on == 1;
      fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
      right = fig_rect_right (&axes.plot);
      y = fig_axes_y (&axes, 0.85);
      surface = sample_draw (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
      g_assert_cmpint (sample_pixel (surface, right + 2, y) != ground, ==, on == 1);
      y = fig_axes_y (&axes, 0.6);
      g_assert_cmphex (sample_pixel (surface, right + 2, y), ==, ground);
      cairo_surface_destroy (surface);
    }
  g_assert_true (isnan (fig_report_accuracy (NN_GATE_LSTM_HIDDEN)));
}

/* Lines of one network are told apart by colour and by their markers' number. */
static void
test_twins (void)
{
  g_autoptr (NnHistory) history = sample_history (10, 0.5, 0.3);
  FigSeries series[] = { { NULL, NN_LSTM, history, 0 }, { "b", NN_LSTM, history, 0 }, { "c", NN_LSTM, history, 0 } };
  FigCurves curves = { .series = series, .n_series = 3 };
  FigTheme theme = theme_of_scale (1);
  g_autoptr (GPtrArray) lines = fig_curves_lines (&curves, &theme);

  for (guint i = 0; i < 3; i++)
    {
      const FigLine *line = g_ptr_array_index (lines, i);

      g_assert_cmpuint (line->style.n_twins, ==, i);
      for (guint j = 0; j < i; j++)
        g_assert_cmphex (sample_pixel_of (line->style.color), !=,
                         sample_pixel_of (((FigLine *) g_ptr_array_index (lines, j))->style.color));
    }
}

/* ---- Long runs ---- */

/* Ten million iterations, and 131 million, of which the history keeps one point for four: the spike of one point is
 * still in the picture, though then a quarter as high, and so is all else. */
static void
test_long (void)
{
  static const guint lengths[] = { 10000, 131000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (NnHistory) history = nn_history_new ();
      FigSeries series = { NULL, NN_LSTM, history, 0 };
      FigCurves curves = { .series = &series, .n_series = 1, .y = { 0, 5 } };
      FigTheme theme = theme_of_scale (1);
      cairo_surface_t *surface;
      FigColor color = fig_style_of_kind (&theme, NN_LSTM).color;
      FigAxes axes;
      double x, spike;

      for (guint j = 1; j <= lengths[i]; j++)
        {
          NnPoint point = { j * 1000ull, j == lengths[i] / 2 ? 30.0 : 0.5 + 0.5 * sample_noise (j, 1), 0.5, NAN };

          nn_history_add (history, &point);
        }
      g_assert_cmpuint (nn_history_length (history), <, NN_MOST_POINTS);
      fig_curves_layout (&curves, &theme, WIDTH, HEIGHT, &axes);
      g_assert_cmpfloat (axes.x.high, ==, lengths[i] * 1000.0);
      surface = sample_draw (FIG_DRAW (fig_curves_draw), &curves, &theme, WIDTH, HEIGHT);
      x = fig_axes_x (&axes, lengths[i] * 500.0);
      spike = fig_axes_y (&axes, 4);
      g_assert_cmpuint (count_at (surface, x, spike - 3, spike + 3, color), >, 0);
      g_assert_cmpuint (count_at (surface, x - 30, spike - 3, spike + 3, color), ==, 0);
      /* Everywhere between the lowest and the highest, and nothing beyond. */
      for (double column = axes.plot.x + 20; column < axes.plot.x + 200; column += 10)
        {
          g_assert_cmpuint (count_at (surface, column, fig_axes_y (&axes, 0.9), fig_axes_y (&axes, 0.6), color), >, 8);
          g_assert_cmpuint (count_at (surface, column, spike, fig_axes_y (&axes, 1.2), color), ==, 0);
        }
      cairo_surface_destroy (surface);
    }
}

/* What is filled for a dense line is what its stroke would cover, but for the edges' pixels. */
static void
test_dense (void)
{
  FigAxes axes = { .x = { FIG_SCALE_LINEAR, 0, 1000 }, .y = { FIG_SCALE_LINEAR, 0, 1 }, .plot = { 0, 0, 200, 100 } };
  g_autofree FigPoint *points = g_new (FigPoint, 1000);
  cairo_surface_t *surfaces[2];
  guint different = 0, inked = 0;

  for (guint i = 0; i < 1000; i++)
    points[i] = (FigPoint){ i, 500 < i && i < 520 ? NAN : 0.5 + 0.3 * sin (i / 80.0) + 0.1 * sample_noise (i, 2) };
  for (guint dense = 0; dense < 2; dense++)
    {
      cairo_t *cr;

      surfaces[dense] = cairo_image_surface_create (CAIRO_FORMAT_A8, 200, 100);
      cr = cairo_create (surfaces[dense]);
      cairo_set_line_width (cr, 3);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      if (dense)
        fig_series_fill_dense (cr, &axes, points, 1000, 1, 3);
      for (guint i = 0; !dense && i < 1000; i++)
        if (isnan (points[i].y))
          cairo_new_sub_path (cr);
        else
          cairo_line_to (cr, fig_axes_x (&axes, points[i].x), fig_axes_y (&axes, points[i].y));
      if (!dense)
        cairo_stroke (cr);
      cairo_destroy (cr);
      cairo_surface_flush (surfaces[dense]);
    }
  for (guint y = 0; y < 100; y++)
    for (guint x = 0; x < 200; x++)
      {
        guchar pixels[2];

        for (guint i = 0; i < 2; i++)
          pixels[i] = cairo_image_surface_get_data (surfaces[i])[y * cairo_image_surface_get_stride (surfaces[i]) + x];
        inked += pixels[0] > 128;
        different += ABS (pixels[0] - pixels[1]) > 160;
      }
  g_assert_cmpuint (inked, >, 2000);
  g_assert_cmpuint (different, <, inked / 20);
  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curves-view/log-ticks", test_log_ticks);
  g_test_add_func ("/curves-view/count-ticks", test_count_ticks);
  g_test_add_func ("/curves-view/log-axis", test_log_axis);
  g_test_add_func ("/curves-view/zoom", test_zoom);
  g_test_add_func ("/curves-view/zoom-between", test_zoom_between);
  g_test_add_func ("/curves-view/smooth-before-decimation", test_smooth_before_decimation);
  g_test_add_func ("/curves-view/formula", test_for_paper);
  g_test_add_func ("/curves-view/band", test_band);
  g_test_add_func ("/curves-view/band-hidden", test_band_hidden);
  g_test_add_func ("/curves-view/band-pixels", test_band_pixels);
  g_test_add_func ("/curves-view/hidden", test_hidden);
  g_test_add_func ("/curves-view/crosshair", test_crosshair);
  g_test_add_func ("/curves-view/report-values", test_report_values);
  g_test_add_func ("/curves-view/twins", test_twins);
  g_test_add_func ("/curves-view/long", test_long);
  g_test_add_func ("/curves-view/dense", test_dense);
  return g_test_run ();
}
