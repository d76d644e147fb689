/* confusion.c: the matrices.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/text.h"
#include "sample.h"

#include <math.h>

/* Two or three matrices, with what they borrow. */
typedef struct
{
  NnConfusion *counts[3];
  char **classes;
  FigMatrix matrices[3];
  FigConfusion figure;
} Sample;

static void
sample_init (Sample *sample, guint n_matrices, guint n_classes)
{
  static const NnKind kinds[] = { NN_RNN, NN_LSTM, NN_GATE_LSTM };

  *sample = (Sample){ .classes = sample_classes (n_classes) };
  for (guint i = 0; i < n_matrices; i++)
    {
      sample->counts[i] = sample_confusion (n_classes, i);
      sample->matrices[i] = (FigMatrix){ NULL, kinds[i], sample->counts[i], FIG_COUNTED_DRAWS };
    }
  sample->figure = (FigConfusion){
    .matrices = sample->matrices,
    .n_matrices = n_matrices,
    .classes = (const char *const *) sample->classes,
    .n_classes = n_classes,
  };
}

static void
sample_clear (Sample *sample)
{
  for (guint i = 0; i < 3; i++)
    nn_confusion_free (sample->counts[i]);
  g_strfreev (sample->classes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

/* Beside the middle, where a number may stand. */
static void
assert_cells (const Sample *sample, const FigTheme *theme, double width, double height)
{
  cairo_surface_t *surface
    = sample_draw (FIG_DRAW (fig_confusion_draw), &sample->figure, theme, width, height);
  FigColormap map = fig_confusion_colormap (theme);
  guint n = sample->figure.n_classes;

  for (guint i = 0; i < sample->figure.n_matrices; i++)
    {
      FigRect first = fig_confusion_cell (&sample->figure, theme, width, height, i, 0, 0);
      FigRect last = fig_confusion_cell (&sample->figure, theme, width, height, i, n - 1, n - 1);

      g_assert_cmpfloat_with_epsilon (last.x, first.x + (n - 1) * first.width, 1e-6);
      g_assert_cmpfloat_with_epsilon (last.y, first.y + (n - 1) * first.height, 1e-6);
      for (guint truth = 0; truth < n; truth++)
        for (guint guess = 0; guess < n; guess++)
          {
            double x = first.x + (guess + 0.5) * first.width, y = first.y + truth * first.height;
            double share = fig_confusion_share (sample->counts[i], truth, guess);

            g_assert_cmphex (sample_pixel (surface, x, y + first.height * 0.12), ==, fig_colormap_pixel (&map, share));
            if (truth != guess && share < 0.02)
              g_assert_cmphex (sample_pixel (surface, x, y + first.height / 2), ==, fig_colormap_pixel (&map, share));
          }
    }
  cairo_surface_destroy (surface);
}

static void
test_pixels (void)
{
  for (guint dark = 0; dark < 2; dark++)
    for (guint scale = 1; scale <= 2; scale++)
      {
        static const guint n_classes[] = { 2, 3, 18, 40, 64 };
        FigTheme theme;

        fig_theme_init (&theme, dark);
        theme.device_scale = scale;
        for (guint i = 0; i < G_N_ELEMENTS (n_classes); i++)
          {
            g_auto (Sample) sample;

            sample_init (&sample, 1 + i % 3, n_classes[i]);
            assert_cells (&sample, &theme, 1240, 430);
          }
      }
}

static void
test_hit (void)
{
  for (guint n_classes = 2; n_classes <= 64; n_classes += 31)
    {
      g_auto (Sample) sample;
      FigConfusionHit hit;
      FigTheme theme;
      FigRect first;

      sample_init (&sample, 3, n_classes);
      fig_theme_init (&theme, FALSE);
      for (guint i = 0; i < 3; i++)
        for (guint truth = 0; truth < n_classes; truth += 7)
          for (guint guess = 0; guess < n_classes; guess += 9)
            {
              FigRect cell = fig_confusion_cell (&sample.figure, &theme, 900, 400, i, truth, guess);

              g_assert_true (fig_confusion_hit (&sample.figure, &theme, 900, 400, cell.x + cell.width / 2,
                                                cell.y + cell.height / 2, &hit));
              g_assert_cmpuint (hit.matrix, ==, i);
              g_assert_cmpuint (hit.truth, ==, truth);
              g_assert_cmpuint (hit.guess, ==, guess);
              g_assert_cmpmem (&hit.cell, sizeof hit.cell, &cell, sizeof cell);
            }
      first = fig_confusion_cell (&sample.figure, &theme, 900, 400, 0, 0, 0);
      g_assert_false (fig_confusion_hit (&sample.figure, &theme, 900, 400, first.x - 1, first.y + 1, &hit));
      g_assert_false (fig_confusion_hit (&sample.figure, &theme, 900, 400, -5, -5, &hit));
      sample.matrices[0].confusion = NULL;
      g_assert_false (fig_confusion_hit (&sample.figure, &theme, 900, 400, first.x + 1, first.y + 1, &hit));
    }
}

static void
test_words (void)
{
  g_auto (Sample) sample;
  FigConfusionHit wrong = { .matrix = 0, .truth = 2, .guess = 12 }, right = { .matrix = 0, .truth = 2, .guess = 2 };
  g_autofree char *wrong_text = NULL, *right_text = NULL, *footer = NULL, *none = NULL;
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  theme.plain_numbers = TRUE;
  sample_init (&sample, 1, 18);
  for (guint i = 0; i < 18 * 18; i++)
    sample.counts[0]->counts[i] = 0;
  sample.counts[0]->counts[2 * 18 + 2] = 86;
  sample.counts[0]->counts[2 * 18 + 12] = 12;
  sample.counts[0]->counts[5 * 18 + 5] = 1902;
  sample.counts[0]->total = 2000;
  wrong_text = fig_confusion_hit_text (&sample.figure, &theme, &wrong);
  g_assert_cmpstr (wrong_text, ==, "Czech taken for Polish: 12 of 98 (12.2 %)");
  right_text = fig_confusion_hit_text (&sample.figure, &theme, &right);
  g_assert_cmpstr (right_text, ==, "Czech recognised: 86 of 98 (87.8 %)");
  footer = fig_matrix_counted_text (&sample.matrices[0], TRUE);
  g_assert_cmpstr (footer, ==, "2,000 class-uniform draws, 99.4 % right");
  sample.matrices[0].confusion = NULL;
  none = fig_matrix_counted_text (&sample.matrices[0], TRUE);
  g_assert_cmpstr (none, ==, "nothing counted yet");
}

/* The widest figure's names: no ink at its edges, neither in the size of the report nor in that of the window. */
static void
test_names_not_cut (void)
{
  static const double sizes[][2] = { { 1240, 430 }, { 1880, 640 }, { 900, 360 }, { 482, 250 }, { 482, 482 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint n_classes = 2; n_classes <= 64; n_classes += 16)
      {
        g_auto (Sample) sample;
        FigRect edges[4];
        FigTheme theme;
        cairo_surface_t *surface;
        double width = sizes[i][0], height = sizes[i][1];

        fig_theme_init (&theme, FALSE);
        sample_init (&sample, 3, n_classes);
        surface = sample_draw (FIG_DRAW (fig_confusion_draw), &sample.figure, &theme, width, height);
        edges[0] = (FigRect){ 0, 0, width, 2 };
        edges[1] = (FigRect){ 0, height - 2, width, 2 };
        edges[2] = (FigRect){ 0, 0, 2, height };
        edges[3] = (FigRect){ width - 2, 0, 2, height };
        for (guint j = 0; j < 4; j++)
          g_assert_cmpuint (sample_count (surface, &edges[j], 0xffffffff), ==,
                            (guint) (edges[j].width * edges[j].height));
        cairo_surface_destroy (surface);
      }
}

/* The names' size is chosen so that neighbours stand apart: a cell's height or several are enough for a line. */
static void
test_names_apart (void)
{
  FigText smallest = { .size = FIG_SMALLEST_TYPE };
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  for (guint n_classes = 2; n_classes <= 64; n_classes++)
    {
      g_auto (Sample) sample;
      FigRect cell;

      sample_init (&sample, 3, n_classes);
      cell = fig_confusion_cell (&sample.figure, &theme, 1240, 430, 0, 0, 0);
      g_assert_cmpfloat (cell.width, ==, cell.height);
      g_assert_cmpfloat (cell.width * n_classes, >, 200);
      if (n_classes <= 18)
        g_assert_cmpfloat (cell.height, >, fig_text_line_height (&theme, &smallest));
    }
}

static void
test_missing_row (void)
{
  g_auto (Sample) sample;
  FigTheme theme;
  cairo_surface_t *surface;
  FigRect cell;
  FigColormap map;

  fig_theme_init (&theme, FALSE);
  map = fig_confusion_colormap (&theme);
  sample_init (&sample, 1, 6);
  for (guint guess = 0; guess < 6; guess++)
    {
      sample.counts[0]->total -= sample.counts[0]->counts[2 * 6 + guess];
      sample.counts[0]->counts[2 * 6 + guess] = 0;
    }
  surface = sample_draw (FIG_DRAW (fig_confusion_draw), &sample.figure, &theme, 500, 500);
  cell = fig_confusion_cell (&sample.figure, &theme, 500, 500, 0, 2, 4);
  g_assert_true (isnan (fig_confusion_share (sample.counts[0], 2, 4)));
  g_assert_cmphex (sample_pixel (surface, cell.x + 4, cell.y + 4), !=, fig_colormap_pixel (&map, 0));
  g_assert_cmphex (sample_pixel (surface, cell.x + 4, cell.y + 4), !=, fig_colormap_pixel (&map, NAN));
  cairo_surface_destroy (surface);
}

static void
test_height (void)
{
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  for (guint n = 1; n <= 3; n++)
    for (guint n_classes = 2; n_classes <= 64; n_classes += 31)
      {
        g_auto (Sample) sample;
        FigRect first, last;
        double height;

        sample_init (&sample, n, n_classes);
        height = fig_confusion_height (&sample.figure, &theme, 800);
        first = fig_confusion_cell (&sample.figure, &theme, 800, height, 0, 0, 0);
        last = fig_confusion_cell (&sample.figure, &theme, 800, height, n - 1, n_classes - 1, n_classes - 1);
        /* Side by side, and under them room for the names. */
        g_assert_cmpfloat_with_epsilon (first.y + (n_classes - 1) * first.height, last.y, 0.01);
        g_assert_cmpfloat (fig_rect_bottom (&last), <, height - 4 * theme.font_size);
      }
}

static void
test_inside (void)
{
  static const double sizes[][2] = { { 1240, 430 }, { 300, 200 }, { 200, 900 }, { 60, 40 }, { 400, 8 }, { 1, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint n_classes = 2; n_classes <= 64; n_classes += 31)
      {
        g_auto (Sample) sample;
        FigConfusion none = { 0 };
        g_autofree char *long_name = g_strnfill (300, 'W');
        FigTheme theme;

        fig_theme_init (&theme, i % 2);
        sample_init (&sample, 3, n_classes);
        sample.matrices[1].confusion = NULL;
        sample.figure.title = "Matrices";
        g_free (sample.classes[1]);
        sample.classes[1] = g_steal_pointer (&long_name);
        sample_assert_inside (FIG_DRAW (fig_confusion_draw), &sample.figure, &theme, sizes[i][0], sizes[i][1]);
        sample_assert_inside (FIG_DRAW (fig_confusion_draw), &none, &theme, sizes[i][0], sizes[i][1]);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/confusion/pixels", test_pixels);
  g_test_add_func ("/confusion/hit", test_hit);
  g_test_add_func ("/confusion/words", test_words);
  g_test_add_func ("/confusion/names-not-cut", test_names_not_cut);
  g_test_add_func ("/confusion/names-apart", test_names_apart);
  g_test_add_func ("/confusion/missing-row", test_missing_row);
  g_test_add_func ("/confusion/height", test_height);
  g_test_add_func ("/confusion/inside", test_inside);
  return g_test_run ();
}
