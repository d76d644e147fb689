/* curves.c: the lines of loss and accuracy.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/series.h"
#include "figure/text.h"
#include "sample.h"

#include <math.h>
#include <string.h>

#define WIDTH 620.0
#define HEIGHT 340.0

/* Three runs, with what they borrow. */
typedef struct
{
  NnHistory *histories[3];
  FigSeries series[3];
  FigCurves curves;
  FigTheme theme;
} Sample;

static void
set_up (Sample *sample, gconstpointer data)
{
  static const NnKind kinds[] = { NN_RNN, NN_LSTM, NN_GATE_LSTM };
  static const double losses[] = { 1.3, 0.5, 0.9 }, accuracies[] = { 0.59, 0.85, 0.7 };

  for (guint i = 0; i < 3; i++)
    {
      sample->histories[i] = sample_history (100, losses[i], accuracies[i]);
      sample->series[i] = (FigSeries){ NULL, kinds[i], sample->histories[i], 0 };
    }
  sample->curves = (FigCurves){
    .measure = GPOINTER_TO_INT (data),
    .series = sample->series,
    .n_series = 3,
    .iterations = 100000,
    .n_classes = 18,
    .held_out = TRUE,
  };
  fig_theme_init (&sample->theme, FALSE);
  /* Fine enough for pixels of a line's own colour everywhere on it. */
  sample->theme.device_scale = 3;
}

static void
tear_down (Sample *sample, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    nn_history_free (sample->histories[i]);
}

/* How far, in points, @pixel is from (x, y) upwards or downwards. */
static double
distance_to (cairo_surface_t *surface, double x, double y, guint32 pixel)
{
  for (double away = 0; away < 20; away += 0.5)
    if (sample_pixel (surface, x, y - away) == pixel || sample_pixel (surface, x, y + away) == pixel)
      return away;
  return 20;
}

static void
test_lines (Sample *sample, gconstpointer data)
{
  FigMeasure measure = GPOINTER_TO_INT (data);
  FigAxes axes;
  cairo_surface_t *surface;

  sample->curves.held_out = FALSE;
  fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &axes);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &sample->curves, &sample->theme, WIDTH, HEIGHT);
  for (guint i = 0; i < 3; i++)
    for (guint point = 30; point < 100; point += 7)
      {
        const NnPoint *from = nn_history_point (sample->histories[i], point);
        double x = fig_axes_x (&axes, (double) from->iteration);
        double y = fig_axes_y (&axes, measure == FIG_MEASURE_LOSS ? from->loss : from->accuracy);
        guint32 color = sample_pixel_of (fig_style_of_kind (&sample->theme, sample->series[i].kind).color);

        g_assert_cmpfloat (distance_to (surface, x, y, color), <=, 4);
      }
  cairo_surface_destroy (surface);
}

static void
test_held_out_is_dashed (Sample *sample, gconstpointer data)
{
  FigAxes axes;
  cairo_surface_t *surface;
  FigStyle style = fig_style_of_kind (&sample->theme, NN_LSTM);
  guint hits = 0, n = 0;

  sample->curves.n_series = 1;
  sample->curves.series = &sample->series[1];
  fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &axes);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &sample->curves, &sample->theme, WIDTH, HEIGHT);
  for (double iteration = 20000; iteration < 100000; iteration += 200)
    {
      double x = fig_axes_x (&axes, iteration), y = fig_axes_y (&axes, 0.8 * 0.85 * iteration / 100000);

      hits += distance_to (surface, x, y, sample_pixel_of (style.color)) < 2;
      n++;
    }
  /* It's there, and it has gaps. */
  g_assert_cmpuint (hits, >, n / 4);
  g_assert_cmpuint (hits, <, n * 9 / 10);
  cairo_surface_destroy (surface);
}

/* The axes of a run that begins are those of the run at its end. */
static void
test_stable (Sample *sample, gconstpointer data)
{
  g_autoptr (NnHistory) one = sample_history (1, 2.8, 0.1), two = sample_history (40, 1.0, 0.5);
  FigAxes full, begun;

  fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &full);
  for (guint i = 0; i < 3; i++)
    {
      NnHistory *histories[] = { NULL, one, two };

      for (guint j = 0; j < 3; j++)
        sample->series[j].history = histories[i];
      fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &begun);
      g_assert_cmpmem (&begun.plot, sizeof begun.plot, &full.plot, sizeof full.plot);
      g_assert_cmpfloat (begun.x.high, ==, 100000);
      g_assert_cmpfloat (begun.y.low, ==, 0);
      g_assert_cmpfloat (begun.y.high, ==, full.y.high);
    }
  g_assert_cmpfloat (full.y.high, ==, GPOINTER_TO_INT (data) == FIG_MEASURE_LOSS ? 3.5 : 1.0);
  /* One that goes further than planned gets its room. */
  sample->curves.iterations = 10000;
  fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &begun);
  g_assert_cmpfloat (begun.x.high, ==, 40000);
}

static void
test_diverged (Sample *sample, gconstpointer data)
{
  g_autoptr (NnHistory) diverged = sample_history (20, 1.5, 0.4);
  NnPoint wild[] = { { 21000, 7.5, 0.1, NAN }, { 22000, 1e30, 0.05, NAN }, { 23000, INFINITY, NAN, NAN } };
  FigAxes before, after;
  cairo_surface_t *surface;
  guint32 color = sample_pixel_of (fig_style_of_kind (&sample->theme, NN_RNN).color);
  double x;
  FigRect mark;

  fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &before);
  for (guint i = 0; i < G_N_ELEMENTS (wild); i++)
    nn_history_add (diverged, &wild[i]);
  sample->series[0].history = diverged;
  sample->series[0].diverged_at = 22400;
  fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &after);
  /* It may make the others smaller, but not flat. */
  g_assert_cmpfloat (after.y.high, <=, 6.0);
  g_assert_cmpfloat (after.x.high, ==, before.x.high);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &sample->curves, &sample->theme, WIDTH, HEIGHT);
  x = fig_axes_x (&after, 22400);
  mark = (FigRect){ x - 3, after.plot.y, 6, after.plot.height };
  g_assert_cmpuint (sample_count (surface, &mark, color), >, 4);
  cairo_surface_destroy (surface);
}

/* Words about three runs with long titles that diverged in the middle stay in the plot and off each other. */
static void
test_diverged_words (Sample *sample, gconstpointer data)
{
  static const char *const labels[] = {
    "RNN, learning rate 0.05, 16 hidden units, 20000 iterations, seed 1, that is the first of them",
    "LSTM, learning rate 0.05, 16 hidden units, 20000 iterations, seed 2, that is the second of them",
    "LSTM by hand, learning rate 0.05, 16 hidden units, 20000 iterations, seed 3, that is the third of them",
  };
  cairo_surface_t *surface;
  FigRect left;
  FigAxes axes;

  for (guint i = 0; i < 3; i++)
    {
      sample->series[i].label = labels[i];
      sample->series[i].diverged_at = 70000 + i * 100;
    }
  fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &axes);
  surface = sample_draw (FIG_DRAW (fig_curves_draw), &sample->curves, &sample->theme, WIDTH, HEIGHT);
  left = (FigRect){ 0, axes.plot.y, axes.plot.x - 2, axes.plot.height };
  for (guint i = 0; i < 3; i++)
    {
      guint32 color = sample_pixel_of (fig_style_of_kind (&sample->theme, sample->series[i].kind).color);
      guint with_words, without;
      cairo_surface_t *other;

      g_assert_cmpuint (sample_count (surface, &left, color), ==, 0);
      with_words = sample_count (surface, &axes.plot, color);
      sample->series[i].diverged_at = 0;
      other = sample_draw (FIG_DRAW (fig_curves_draw), &sample->curves, &sample->theme, WIDTH, HEIGHT);
      without = sample_count (other, &axes.plot, color);
      cairo_surface_destroy (other);
      sample->series[i].diverged_at = 70000 + i * 100;
      /* A mark and "diverged at 70,100", of which nothing is hidden by the others. */
      g_test_message ("%u pixels with the words, %u without", with_words, without);
      g_assert_cmpuint (with_words, >, without + 40);
    }
  cairo_surface_destroy (surface);
}

/* The title of the accuracy's axis is read at one go or broken where its sense is, never in the middle of a word. */
static void
test_title_fits (Sample *sample, gconstpointer data)
{
  guint n_lines = 0;

  sample->curves.measure = FIG_MEASURE_ACCURACY;
  for (double height = 190; height <= 420; height += 10)
    {
      FigText text = fig_text (&sample->theme, 1.0);
      FigAxes axes;

      fig_curves_layout (&sample->curves, &sample->theme, WIDTH, height, &axes);
      g_assert_nonnull (strstr (axes.y_title, "held-out dashed"));
      g_assert_cmpfloat (fig_text_width (&sample->theme, &text, axes.y_title), <=, axes.plot.height + 1);
      n_lines |= strchr (axes.y_title, '\n') != NULL ? 2 : 1;
    }
  /* Both occurred. */
  g_assert_cmpuint (n_lines, ==, 3);
}

static void
test_hit (Sample *sample, gconstpointer data)
{
  FigAxes axes;
  FigCurvesHit hit;
  gboolean seen[3] = { FALSE };

  fig_curves_layout (&sample->curves, &sample->theme, WIDTH, HEIGHT, &axes);
  g_assert_true (fig_curves_hit (&sample->curves, &sample->theme, WIDTH, HEIGHT, fig_axes_x (&axes, 42000),
                                 fig_axes_y (&axes, 0.625), &hit));
  g_assert_true (hit.in_plot);
  g_assert_cmpfloat_with_epsilon (hit.iteration, 42000, 1e-6);
  g_assert_cmpfloat_with_epsilon (hit.value, 0.625, 1e-9);
  g_assert_cmpint (hit.series, ==, -1);
  g_assert_false (fig_curves_hit (&sample->curves, &sample->theme, WIDTH, HEIGHT, 1, HEIGHT - 1, &hit));
  for (double x = 0; x < WIDTH; x++)
    if (fig_curves_hit (&sample->curves, &sample->theme, WIDTH, HEIGHT, x, 15, &hit) && hit.series >= 0)
      seen[hit.series] = TRUE;
  g_assert_true (seen[0] && seen[1] && seen[2]);
}

/* Nothing of the data is lost when there are more points than pixels. */
static void
test_decimate (void)
{
  FigAxes axes = {
    .x = { FIG_SCALE_LINEAR, 0, 100000 }, .y = { FIG_SCALE_LINEAR, 0, 1 }, .plot = { 0, 0, 500, 100 },
  };
  g_autofree FigPoint *points = g_new (FigPoint, 100000);
  g_autoptr (GArray) line = NULL;
  double low[500], high[500];
  gboolean gap = FALSE;

  for (guint i = 0; i < 100000; i++)
    points[i] = (FigPoint){ i, i / 100 == 700 ? NAN : sample_noise (i, 3) };
  for (guint i = 0; i < 500; i++)
    {
      low[i] = INFINITY;
      high[i] = -INFINITY;
    }
  line = fig_series_decimate (&axes, points, 100000, 1.0);
  g_assert_cmpuint (line->len, <=, 4 * 500 + 1);
  for (guint i = 0; i < line->len; i++)
    {
      FigPoint point = g_array_index (line, FigPoint, i);

      gap = gap || isnan (point.x);
      if (isnan (point.x))
        continue;
      low[(int) point.x] = MIN (low[(int) point.x], 1 - point.y / 100);
      high[(int) point.x] = MAX (high[(int) point.x], 1 - point.y / 100);
    }
  g_assert_true (gap);
  for (guint column = 0; column < 500; column++)
    {
      double least = INFINITY, most = -INFINITY;

      for (guint i = column * 200; i < (column + 1) * 200; i++)
        if (!isnan (points[i].y))
          {
            least = MIN (least, points[i].y);
            most = MAX (most, points[i].y);
          }
      g_assert_cmpfloat_with_epsilon (low[column], least, 1e-9);
      g_assert_cmpfloat_with_epsilon (high[column], most, 1e-9);
    }
}

static void
test_smooth (void)
{
  FigPoint points[] = { { 1, 2.0 }, { 2, 4.0 }, { 3, NAN }, { 4, 1.0 } };

  fig_series_smooth (points, 4, 0);
  g_assert_cmpfloat (points[1].y, ==, 4.0);
  fig_series_smooth (points, 4, 0.5);
  g_assert_cmpfloat (points[0].y, ==, 2.0);
  g_assert_cmpfloat_with_epsilon (points[1].y, (4.0 + 0.5 * 2.0) / 1.5, 1e-12);
  g_assert_true (isnan (points[2].y));
  g_assert_cmpfloat_with_epsilon (points[3].y, (1.0 + 0.5 * 4.0 + 0.25 * 2.0) / 1.75, 1e-12);
}

/* Nothing to draw, one point, nothing but NaN, no class: no picture is refused and none is spilt. */
static void
test_inside (Sample *sample, gconstpointer data)
{
  static const double sizes[][2] = { { 620, 340 }, { 300, 200 }, { 90, 60 }, { 20, 300 }, { 300, 12 }, { 1, 1 } };
  g_autoptr (NnHistory) nothing = nn_history_new (), one = sample_history (1, 1.0, 0.3);
  NnPoint nan = { 1000, NAN, NAN, NAN };
  FigCurves empty = { .measure = GPOINTER_TO_INT (data) };
  FigSeries odd[] = { { "<b>&", NN_RNN, nothing, 0 }, { "", NN_LSTM, one, 1 }, { NULL, NN_GATE_LSTM_HIDDEN, NULL, 7 } };
  FigCurves all = sample->curves, strange = sample->curves;

  nn_history_add (nothing, &nan);
  all.title = "A title that is a good deal longer than the figure is wide, so that it must end somewhere";
  all.smoothing = 0.9;
  strange.series = odd;
  for (guint dark = 0; dark < 2; dark++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        const FigCurves *figures[] = { &empty, &all, &strange };

        fig_theme_init (&sample->theme, dark);
        sample->theme.device_scale = 1 + dark;
        for (guint j = 0; j < 3; j++)
          sample_assert_inside (FIG_DRAW (fig_curves_draw), figures[j], &sample->theme, sizes[i][0], sizes[i][1]);
      }
}

#define ADD(name, measure, function)                                                                                   \
  g_test_add ("/curves/" name, Sample, GINT_TO_POINTER (measure), set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lines/loss", FIG_MEASURE_LOSS, test_lines);
  ADD ("lines/accuracy", FIG_MEASURE_ACCURACY, test_lines);
  ADD ("held-out", FIG_MEASURE_ACCURACY, test_held_out_is_dashed);
  ADD ("stable/loss", FIG_MEASURE_LOSS, test_stable);
  ADD ("stable/accuracy", FIG_MEASURE_ACCURACY, test_stable);
  ADD ("diverged/loss", FIG_MEASURE_LOSS, test_diverged);
  ADD ("diverged/accuracy", FIG_MEASURE_ACCURACY, test_diverged);
  ADD ("title-fits", FIG_MEASURE_ACCURACY, test_title_fits);
  ADD ("diverged-words/loss", FIG_MEASURE_LOSS, test_diverged_words);
  ADD ("diverged-words/accuracy", FIG_MEASURE_ACCURACY, test_diverged_words);
  ADD ("hit", FIG_MEASURE_ACCURACY, test_hit);
  ADD ("inside/loss", FIG_MEASURE_LOSS, test_inside);
  ADD ("inside/accuracy", FIG_MEASURE_ACCURACY, test_inside);
  g_test_add_func ("/curves/decimate", test_decimate);
  g_test_add_func ("/curves/smooth", test_smooth);
  return g_test_run ();
}
