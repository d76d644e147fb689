/* confusion-views.c: counts, orders, differences and scores of the matrices.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/confusion-cells.h"
#include "figure/text.h"
#include "sample.h"

#include <math.h>
#include <string.h>

#define WIDTH 930.0 /* of the matrices in a window of 1280 x 800 */
#define HEIGHT 300.0

typedef struct
{
  NnConfusion *counts[3];
  char **classes;
  guint *order;
  FigMatrix matrices[3];
  FigConfusion figure;
  FigTheme theme;
} Sample;

static void
sample_init (Sample *sample, guint n_matrices, guint n_classes)
{
  static const NnKind kinds[] = { NN_LSTM, NN_RNN, NN_GATE_LSTM };

  *sample = (Sample){ .classes = sample_classes (n_classes), .order = g_new (guint, n_classes) };
  for (guint i = 0; i < n_matrices; i++)
    {
      sample->counts[i] = sample_confusion (n_classes, i);
      sample->matrices[i] = (FigMatrix){ NULL, kinds[i], sample->counts[i], FIG_COUNTED_DRAWS };
    }
  /* Back to front. */
  for (guint i = 0; i < n_classes; i++)
    sample->order[i] = n_classes - 1 - i;
  sample->figure = (FigConfusion){
    .matrices = sample->matrices,
    .n_matrices = n_matrices,
    .classes = (const char *const *) sample->classes,
    .n_classes = n_classes,
  };
  fig_theme_init (&sample->theme, FALSE);
  sample->theme.plain_numbers = TRUE;
}

static void
sample_clear (Sample *sample)
{
  for (guint i = 0; i < 3; i++)
    nn_confusion_free (sample->counts[i]);
  g_strfreev (sample->classes);
  g_free (sample->order);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

/* 98 names of class 2, of which the networks take 12 and 20 for class 12, and the second one for class 5. */
static void
fill_by_hand (Sample *sample)
{
  static const guint64 wrong[] = { 12, 20, 0 };

  for (guint i = 0; i < 3 && sample->counts[i] != NULL; i++)
    {
      memset (sample->counts[i]->counts, 0, 18 * 18 * sizeof (guint64));
      sample->counts[i]->counts[2 * 18 + 2] = 98 - wrong[i] - i;
      sample->counts[i]->counts[2 * 18 + 5] = i;
      sample->counts[i]->counts[2 * 18 + 12] = wrong[i];
      sample->counts[i]->counts[12 * 18 + 12] = 88;
      sample->counts[i]->counts[12 * 18 + 2] = 14;
      sample->counts[i]->total = 200;
    }
}

/* Away from the middle of a cell, where a number may stand. */
static guint32
pixel_of (cairo_surface_t *surface, const FigRect *cell)
{
  return sample_pixel (surface, cell->x + cell->width / 2, cell->y + cell->height * 0.1);
}

/* The colour of every cell of @panel is that of @expected, by hand from the counts. */
static void
assert_panel (Sample *sample, guint panel, FigColormap map, double (*expected) (const Sample *sample, guint i, guint j))
{
  cairo_surface_t *surface
    = sample_draw (FIG_DRAW (fig_confusion_draw), &sample->figure, &sample->theme, WIDTH, HEIGHT);

  for (guint i = 0; i < sample->figure.n_classes; i++)
    for (guint j = 0; j < sample->figure.n_classes; j++)
      {
        FigRect cell = fig_confusion_cell (&sample->figure, &sample->theme, WIDTH, HEIGHT, panel, i, j);

        g_assert_cmphex (pixel_of (surface, &cell), ==, fig_colormap_pixel (&map, expected (sample, i, j)));
      }
  cairo_surface_destroy (surface);
}

static double
row_share (const NnConfusion *counts, guint i, guint j)
{
  double total = 0;

  for (guint k = 0; k < counts->n_classes; k++)
    total += (double) counts->counts[i * counts->n_classes + k];
  return (double) counts->counts[i * counts->n_classes + j] / total;
}

static double
difference_of (const Sample *sample, guint i, guint j)
{
  return row_share (sample->counts[0], i, j) - row_share (sample->counts[1], i, j);
}

static double
count_of (const Sample *sample, guint i, guint j)
{
  return (double) sample->counts[1]->counts[i * sample->figure.n_classes + j];
}

static void
test_difference_pixels (void)
{
  for (guint n = 3; n <= 18; n += 15)
    {
      g_auto (Sample) sample;
      FigColormap map;

      sample_init (&sample, 2, n);
      sample.figure.difference = TRUE;
      map = fig_confusion_panel_colormap (&sample.figure, &sample.theme, 2);
      g_assert_cmpint (map.kind, ==, FIG_MAP_DIVERGING);
      g_assert_cmpfloat (map.low, ==, -map.high);
      assert_panel (&sample, 2, map, difference_of);
    }
}

/* The difference's map is no wider than it must: 9.2 points need 10. */
static void
test_difference_range (void)
{
  g_auto (Sample) sample;
  FigColormap map;

  sample_init (&sample, 2, 18);
  fill_by_hand (&sample);
  sample.figure.difference = TRUE;
  map = fig_confusion_panel_colormap (&sample.figure, &sample.theme, 2);
  g_assert_cmpfloat_with_epsilon (fig_confusion_value (&sample.figure, 2, 2, 12), -8.0 / 98, 1e-12);
  g_assert_cmpfloat (map.high, ==, 0.1);
  /* One network has nothing to be taken from, or with. */
  sample.figure.n_matrices = 1;
  g_assert_cmpuint (fig_confusion_n_panels (&sample.figure), ==, 1);
}

static void
test_count_pixels (void)
{
  g_auto (Sample) sample;
  FigColormap map, first;
  guint64 largest = 0;

  sample_init (&sample, 2, 6);
  sample.figure.cells = FIG_CELLS_COUNTS;
  for (guint i = 0; i < 36; i++)
    largest = MAX (largest, MAX (sample.counts[0]->counts[i], sample.counts[1]->counts[i]));
  map = fig_confusion_panel_colormap (&sample.figure, &sample.theme, 1);
  first = fig_confusion_panel_colormap (&sample.figure, &sample.theme, 0);
  g_assert_cmpfloat (map.low, ==, 0);
  g_assert_cmpfloat (map.high, >=, (double) largest);
  g_assert_cmpfloat (map.high, <, 2.5 * (double) largest);
  g_assert_cmpfloat (map.high, ==, first.high);
  assert_panel (&sample, 1, map, count_of);
}

/* Where a class stands changes, and nothing else: the same colours, the same hits. */
static void
test_order (void)
{
  g_auto (Sample) sample;
  FigRect first, last;
  FigConfusionHit hit;

  sample_init (&sample, 2, 18);
  first = fig_confusion_cell (&sample.figure, &sample.theme, WIDTH, HEIGHT, 1, 0, 3);
  sample.figure.order = sample.order;
  last = fig_confusion_cell (&sample.figure, &sample.theme, WIDTH, HEIGHT, 1, 17, 14);
  g_assert_cmpmem (&first, sizeof first, &last, sizeof last);
  g_assert_true (fig_confusion_hit (&sample.figure, &sample.theme, WIDTH, HEIGHT, first.x + 1, first.y + 1, &hit));
  g_assert_cmpuint (hit.truth, ==, 17);
  g_assert_cmpuint (hit.guess, ==, 14);
  sample.figure.cells = FIG_CELLS_COUNTS;
  assert_panel (&sample, 1, fig_confusion_panel_colormap (&sample.figure, &sample.theme, 1), count_of);
}

static void
test_scores (void)
{
  g_auto (Sample) sample;
  FigColormap map;
  FigConfusionHit hit;
  FigRect cell;
  cairo_surface_t *surface;
  g_autofree char *text = NULL, *difference = NULL;

  sample_init (&sample, 2, 18);
  fill_by_hand (&sample);
  cell = fig_confusion_score_cell (&sample.figure, &sample.theme, WIDTH, HEIGHT, 0, 2, FIG_SCORE_F1);
  g_assert_cmpfloat (cell.width, ==, 0);
  sample.figure.scores = TRUE;
  sample.figure.order = sample.order;
  map = fig_confusion_colormap (&sample.theme);
  surface = sample_draw (FIG_DRAW (fig_confusion_draw), &sample.figure, &sample.theme, WIDTH, HEIGHT);
  cell = fig_confusion_score_cell (&sample.figure, &sample.theme, WIDTH, HEIGHT, 0, 2, FIG_SCORE_PRECISION);
  /* 86 right, 12 wrong, and 14 of others: precision 86/100, recall 86/98, F1 172/198. */
  g_assert_cmphex (sample_pixel (surface, cell.x + 1.5, cell.y + 1.5), ==, fig_colormap_pixel (&map, 0.86));
  cell = fig_confusion_score_cell (&sample.figure, &sample.theme, WIDTH, HEIGHT, 0, 2, FIG_SCORE_F1);
  g_assert_cmphex (sample_pixel (surface, cell.x + 1.5, cell.y + 1.5), ==, fig_colormap_pixel (&map, 172.0 / 198));
  cairo_surface_destroy (surface);
  g_assert_true (fig_confusion_hit (&sample.figure, &sample.theme, WIDTH, HEIGHT, cell.x + 1, cell.y + 1, &hit));
  g_assert_cmpint (hit.score, ==, FIG_SCORE_F1);
  g_assert_cmpuint (hit.truth, ==, 2);
  text = fig_confusion_hit_text (&sample.figure, &sample.theme, &hit);
  g_assert_cmpstr (text, ==, "Czech: precision 86.0 %, recall 87.8 %, F1 86.9 %");
  sample.figure.difference = TRUE;
  hit.matrix = 2;
  difference = fig_confusion_hit_text (&sample.figure, &sample.theme, &hit);
  /* The other one: 77 / 91, 77 / 98, 154 / 189. */
  g_assert_cmpstr (difference, ==, "Czech, in percentage points: precision +1.4, recall +9.2, F1 +5.4");
}

static void
test_words (void)
{
  g_auto (Sample) sample;
  FigConfusionHit hit = { .matrix = 2, .truth = 2, .guess = 12 };
  g_autofree char *text = NULL, *label = NULL, *counted = NULL, *described = NULL, *csv = NULL;

  sample_init (&sample, 2, 18);
  fill_by_hand (&sample);
  sample.figure.difference = TRUE;
  sample.figure.scores = TRUE;
  sample.figure.order = sample.order;
  text = fig_confusion_hit_text (&sample.figure, &sample.theme, &hit);
  g_assert_cmpstr (text, ==,
                   "Czech taken for Polish: −8.2 percentage points\nLSTM: 12 of 98 (12.2 %)\nRNN: 20 of 98 (20.4 %)");
  label = fig_confusion_panel_label (&sample.figure, 2);
  g_assert_cmpstr (label, ==, "LSTM − RNN");
  counted = fig_confusion_panel_counted_text (&sample.figure, 2, TRUE);
  g_assert_cmpstr (counted, ==, "class-uniform draws, +4.5 points right");
  described = fig_confusion_describe (&sample.figure);
  g_assert_nonnull (strstr (described, "LSTM − RNN: class-uniform draws, +4.5 points right. They differ most in: "
                                       "Czech for Czech (+9.2 points), Czech for Polish (−8.2 points), "
                                       "Czech for French (−1.0 points)."));
  g_assert_nonnull (strstr (described, "Lowest F1: French (0.0 %), Czech (81.5 %)"));
  csv = fig_confusion_csv (&sample.figure, NULL);
  g_assert_true (g_str_has_prefix (csv, "network,true,guess,count,share,precision,recall,f1\n"
                                        "LSTM,Vietnamese,Vietnamese,0,"));
  g_assert_nonnull (strstr (csv, "\nLSTM,Czech,Polish,12,0.12244897959183673,0.86,0.877551020408163"));
  g_assert_nonnull (strstr (csv, "\nLSTM − RNN,Czech,Polish,,-0.0816326530612"));
}

/* In the window of 1280 x 800, with three matrices, all that can stand around them has the room that it needs, measured
 * at the size at which it is drawn. */
static void
test_labels_have_room (void)
{
  for (guint choice = 0; choice < 8; choice++)
    {
      g_auto (Sample) sample;
      g_auto (FigConfusionLayout) layout = { 0 };
      FigText text;
      double widest, gap, axis;

      sample_init (&sample, 3, 18);
      sample.figure.scores = choice & 1;
      sample.figure.difference = choice & 2;
      sample.figure.n_matrices = choice & 2 ? 2 : 3;
      sample.figure.cells = choice & 4 ? FIG_CELLS_COUNTS : FIG_CELLS_BOTH;
      fig_confusion_layout_init (&layout, &sample.figure, &sample.theme, WIDTH, HEIGHT);
      text = fig_text (&sample.theme, layout.label_factor);
      widest = fig_text_widest (&sample.theme, &text, sample.figure.classes);
      gap = FIG_CONFUSION_GAP * sample.theme.font_size;
      axis = fig_text_line_height (&sample.theme, &text);
      g_assert_cmpfloat (text.size, >=, FIG_SMALLEST_TYPE - 1e-6);
      g_assert_false (layout.cuts_labels);
      g_assert_cmpuint (layout.label_every, ==, 1);
      g_assert_cmpfloat (widest, <=, layout.label_width + gap / 2);
      g_assert_cmpfloat (layout.places[0].cells.x - gap - widest, >, 0);
      for (guint i = 0; i < fig_confusion_n_panels (&sample.figure); i++)
        {
          const FigMatrixPlace *place = &layout.places[i];

          g_assert_cmpfloat (fig_rect_bottom (&place->cells) + gap + widest + axis, <, place->footer.y + gap);
          g_assert_cmpfloat (fig_rect_bottom (&place->footer), <=, HEIGHT);
          g_assert_cmpfloat (place->cells.width, >, 18 * 8.5);
          if (i > 0)
            g_assert_cmpfloat (place->cells.x, >, fig_rect_right (&layout.places[i - 1].cells)
                                                    + layout.places[i - 1].scores.width);
        }
      for (guint i = 0; i < (sample.figure.difference ? 2 : 1); i++)
        g_assert_cmpfloat (fig_rect_right (&layout.bars[i]) + 3 * sample.theme.font_size, <, WIDTH);
      sample_assert_inside (FIG_DRAW (fig_confusion_draw), &sample.figure, &sample.theme, WIDTH, HEIGHT);
    }
}

/* In cells too small for type that is read there is none, whatever is asked for; in large ones there is. */
static void
test_numbers_only_where_read (void)
{
  for (guint cells = FIG_CELLS_PERCENT; cells <= FIG_CELLS_NONE; cells++)
    for (guint n = 4; n <= 64; n += 60)
      {
        g_auto (Sample) sample;
        FigColormap map;
        cairo_surface_t *surface;
        guint written = 0;

        sample_init (&sample, 1, n);
        sample.figure.cells = (FigCells) cells;
        map = fig_confusion_panel_colormap (&sample.figure, &sample.theme, 0);
        surface = sample_draw (FIG_DRAW (fig_confusion_draw), &sample.figure, &sample.theme, 600, 600);
        for (guint i = 0; i < n; i++)
          {
            FigRect cell = fig_confusion_cell (&sample.figure, &sample.theme, 600, 600, 0, i, i);
            guint32 ground = fig_colormap_pixel (&map, fig_confusion_value (&sample.figure, 0, i, i));

            written += sample_count (surface, &cell, ground) < (guint) (cell.width * cell.height);
          }
        g_assert_cmpuint (written, ==, n == 4 && cells != FIG_CELLS_NONE ? 4 : 0);
        cairo_surface_destroy (surface);
      }
}

/* What is written into a panel's cells. */
typedef struct
{
  guint n, beside_diagonal, with_second, shortened;
  double least_size;
} Written;

static void
on_number (guint row, guint column, const char *first, const char *second, double size, FigColor color, gpointer data)
{
  Written *written = data;

  written->n++;
  written->beside_diagonal += row != column;
  written->with_second += second != NULL;
  written->shortened += strchr (first, 'k') != NULL;
  written->least_size = MIN (written->least_size, size);
}

static Written
written_at (Sample *sample, double width, double height, guint panel)
{
  g_auto (FigConfusionLayout) layout = { 0 };
  Written written = { .least_size = 100 };

  fig_confusion_layout_init (&layout, &sample->figure, &sample->theme, width, height);
  fig_confusion_cells_write (&sample->theme, &sample->figure, &layout, panel, on_number, &written);
  return written;
}

/* Cells of the matrix that are worth a number: @percent: by their share, else by their count. */
static guint
n_worth (const NnConfusion *counts, gboolean percent)
{
  guint n = 0;

  for (guint i = 0; i < counts->n_classes; i++)
    for (guint j = 0; j < counts->n_classes; j++)
      n += i == j || (percent ? row_share (counts, i, j) >= 0.02 : counts->counts[i * counts->n_classes + j] > 0);
  return n;
}

static void
test_readable_height (void)
{
  static const FigCells all_cells[] = { FIG_CELLS_PERCENT, FIG_CELLS_COUNTS, FIG_CELLS_BOTH };

  for (guint k = 0; k < G_N_ELEMENTS (all_cells); k++)
    {
      g_auto (Sample) sample;
      double height, other;

      sample_init (&sample, 3, 18);
      sample.figure.cells = all_cells[k];
      for (guint m = 0; m < 3; m++)
        for (guint i = 0; i < 18 * 18; i++)
          sample.counts[m]->counts[i] *= 30;
      height = fig_confusion_readable_height (&sample.figure, &sample.theme, WIDTH);
      for (guint panel = 0; panel < 3; panel++)
        {
          Written written = written_at (&sample, WIDTH, height, panel);

          g_assert_cmpuint (written.n, ==, n_worth (sample.counts[panel], all_cells[k] == FIG_CELLS_PERCENT));
          g_assert_cmpuint (written.shortened, ==, 0);
          g_assert_cmpuint (written.with_second, ==, all_cells[k] == FIG_CELLS_BOTH ? written.n : 0);
          g_assert_cmpfloat (written.least_size, >=, MAX (0.67 * sample.theme.font_size, FIG_SMALLEST_TYPE));
        }
      /* Abreast, as on the screen, they have no such room, which is what the height is for. */
      sample.theme.plain_numbers = FALSE;
      other = fig_confusion_height (&sample.figure, &sample.theme, WIDTH);
      g_assert_cmpfloat (other, <, height);
      g_assert_cmpuint (written_at (&sample, WIDTH, other, 0).with_second, ==, 0);
      g_assert_cmpuint (written_at (&sample, WIDTH, other, 0).beside_diagonal, ==, 0);
      /* Where names go wrong another way, nothing jumps. */
      for (guint i = 0; i < 18; i++)
        {
          sample.counts[0]->counts[i * 18 + (i + 1) % 18] += sample.counts[0]->counts[i * 18 + i];
          sample.counts[0]->counts[i * 18 + i] = 0;
        }
      g_assert_cmpfloat (fig_confusion_readable_height (&sample.figure, &sample.theme, WIDTH), ==, height);
      sample_assert_inside (FIG_DRAW (fig_confusion_draw), &sample.figure, &sample.theme, WIDTH, height);
    }
}

/* In a window as wide as a projector's picture what goes wrong has its numbers too; in a narrow one the diagonal alone. */
static void
test_beside_the_diagonal (void)
{
  g_auto (Sample) sample;

  sample_init (&sample, 3, 18);
  sample.theme.plain_numbers = FALSE;
  g_assert_cmpuint (written_at (&sample, 1560, 470, 0).n, ==, n_worth (sample.counts[0], TRUE));
  g_assert_cmpuint (written_at (&sample, 1000, 400, 0).n, ==, 18);
  g_assert_cmpuint (written_at (&sample, 1000, 400, 0).beside_diagonal, ==, 0);
}

/* Where they have the width, they stay side by side; under each other, each bar stands beside what it is of. */
static void
test_readable_places (void)
{
  g_auto (Sample) sample;
  g_auto (FigConfusionLayout) wide = { 0 }, narrow = { 0 };
  double height;

  sample_init (&sample, 3, 18);
  sample.figure.cells = FIG_CELLS_BOTH;
  height = fig_confusion_readable_height (&sample.figure, &sample.theme, 2400);
  fig_confusion_layout_init (&wide, &sample.figure, &sample.theme, 2400, height);
  g_assert_cmpfloat (wide.places[0].cells.y, ==, wide.places[2].cells.y);
  g_assert_cmpuint (written_at (&sample, 2400, height, 2).with_second, >, 18);

  sample.figure.difference = TRUE;
  sample.figure.n_matrices = 2;
  height = fig_confusion_readable_height (&sample.figure, &sample.theme, 700);
  fig_confusion_layout_init (&narrow, &sample.figure, &sample.theme, 700, height);
  g_assert_cmpfloat (narrow.places[1].cells.y, >, fig_rect_bottom (&narrow.places[0].cells));
  g_assert_cmpfloat (narrow.bars[0].y, ==, narrow.places[0].cells.y);
  g_assert_cmpfloat (narrow.bars[1].y, ==, narrow.places[2].cells.y);
  g_assert_cmpfloat (narrow.bars[1].x, ==, narrow.bars[0].x);
  sample_assert_inside (FIG_DRAW (fig_confusion_draw), &sample.figure, &sample.theme, 700, height);
}

/* Numbers of scores never touch, whatever the height is. */
static void
test_scores_have_room (void)
{
  g_auto (Sample) sample;

  sample_init (&sample, 2, 18);
  sample.figure.difference = TRUE;
  sample.figure.scores = TRUE;
  for (double height = 180; height <= 420; height += 3)
    {
      g_auto (FigConfusionLayout) layout = { 0 };
      Written written = { .least_size = 100 };
      FigText text = fig_text (&sample.theme, 1);

      fig_confusion_layout_init (&layout, &sample.figure, &sample.theme, WIDTH, height);
      fig_confusion_scores_write (&sample.theme, &sample.figure, &layout, 2, on_number, &written);
      text.size = written.least_size;
      if (written.n > 0)
        g_assert_cmpfloat (fig_text_width (&sample.theme, &text, "+88"), <=,
                           layout.places[2].scores.width / FIG_N_SCORES);
    }
}

static void
test_ids (void)
{
  FigCells cells = FIG_CELLS_NONE;

  g_assert_false (fig_cells_from_id ("all", &cells));
  for (guint i = FIG_CELLS_PERCENT; i <= FIG_CELLS_NONE; i++)
    {
      g_assert_true (fig_cells_from_id (fig_cells_id ((FigCells) i), &cells));
      g_assert_cmpint (cells, ==, i);
    }
}

/* A matrix of an earlier moment says so, in the heading and in words; one of now does not. */
static void
test_moment (void)
{
  const FigMatrix matrices[] = {
    { .kind = NN_LSTM, .is_earlier = TRUE, .iteration = 2661 },
    { .kind = NN_RNN },
  };
  const FigConfusion figure = { .matrices = matrices, .n_matrices = 2 };
  g_autofree char *earlier = fig_confusion_panel_label (&figure, 0), *now = fig_confusion_panel_label (&figure, 1);

  g_assert_cmpstr (earlier, ==, "LSTM at iteration 2,661");
  g_assert_cmpstr (now, ==, "RNN");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/confusion-views/difference-pixels", test_difference_pixels);
  g_test_add_func ("/confusion-views/difference-range", test_difference_range);
  g_test_add_func ("/confusion-views/count-pixels", test_count_pixels);
  g_test_add_func ("/confusion-views/order", test_order);
  g_test_add_func ("/confusion-views/scores", test_scores);
  g_test_add_func ("/confusion-views/words", test_words);
  g_test_add_func ("/confusion-views/labels-have-room", test_labels_have_room);
  g_test_add_func ("/confusion-views/numbers-only-where-read", test_numbers_only_where_read);
  g_test_add_func ("/confusion-views/readable-height", test_readable_height);
  g_test_add_func ("/confusion-views/beside-the-diagonal", test_beside_the_diagonal);
  g_test_add_func ("/confusion-views/readable-places", test_readable_places);
  g_test_add_func ("/confusion-views/scores-have-room", test_scores_have_room);
  g_test_add_func ("/confusion-views/moment", test_moment);
  g_test_add_func ("/confusion-views/ids", test_ids);
  return g_test_run ();
}
