/* gates-detail.c: summaries, orders, clamps and second names of the gates' figure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "figure/class-color.h"
#include "figure/letter-grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HIDDEN 8
#define WIDTH 420

typedef struct
{
  NnTrace *trace;
  NnTrace *other;
  char **classes;
  FigReading reading;
  FigGates gates;
  FigTheme theme;
  double height;
} Fixture;

static void
fixture_init (Fixture *fixture, const char *name, FigGatesDetail detail)
{
  *fixture = (Fixture){ .trace = sample_trace (NN_LSTM, name, HIDDEN, 18), .classes = sample_classes (18) };
  fixture->reading = (FigReading){ .kind = NN_LSTM, .trace = fixture->trace, .iterations = 10 };
  fixture->gates = (FigGates){
    .name = name,
    .readings = &fixture->reading,
    .n_readings = 1,
    .classes = (const char *const *) fixture->classes,
    .n_classes = 18,
    .detail = detail,
  };
  fig_theme_init (&fixture->theme, FALSE);
  fixture->theme.plain_numbers = TRUE;
}

static void
fixture_clear (Fixture *fixture)
{
  nn_trace_free (fixture->trace);
  nn_trace_free (fixture->other);
  g_strfreev (fixture->classes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static cairo_surface_t *
draw (Fixture *fixture)
{
  fixture->height = fig_gates_height (&fixture->gates, &fixture->theme, WIDTH);
  return sample_draw (FIG_DRAW (fig_gates_draw), &fixture->gates, &fixture->theme, WIDTH, fixture->height);
}

static FigRect
strip_of (const Fixture *fixture, NnState state)
{
  FigRect strip;

  g_assert_true (
    fig_gates_strip (&fixture->gates, &fixture->theme, WIDTH, fixture->height, 0, state, &strip));
  return strip;
}

/* Sets all units of a state at a letter. */
static void
set_units (NnTrace *trace, NnState state, guint letter, const float *values)
{
  memcpy (trace->states[state] + letter * HIDDEN, values, HIDDEN * sizeof (float));
}

/* By hand, and as numpy.quantile ([0.1, 0.2, ..., 0.8], [0.25, 0.5, 0.75]) has them: 0.275, 0.45, 0.625. */
static const float eighths[HIDDEN] = { 0.8f, 0.1f, 0.3f, 0.2f, 0.7f, 0.4f, 0.6f, 0.5f };

static void
test_summary (void)
{
  g_auto (Fixture) fixture;
  FigUnitSummary summary;

  fixture_init (&fixture, "Ng", FIG_GATES_SUMMARY);
  set_units (fixture.trace, NN_STATE_FORGET, 1, eighths);
  fig_unit_summary (fixture.trace, NN_STATE_FORGET, 1, &summary);
  g_assert_cmpfloat_with_epsilon (summary.mean, 0.45, 1e-6);
  g_assert_cmpfloat_with_epsilon (summary.lower_quartile, 0.275, 1e-6);
  g_assert_cmpfloat_with_epsilon (summary.median, 0.45, 1e-6);
  g_assert_cmpfloat_with_epsilon (summary.upper_quartile, 0.625, 1e-6);
}

/* The band lies between the quartiles on the fixed scale from 0 to 1, the line at the mean. */
static void
test_band (void)
{
  g_auto (Fixture) fixture;
  cairo_surface_t *surface;
  FigColor line;
  FigRect plot;
  double x;

  fixture_init (&fixture, "Ng", FIG_GATES_SUMMARY);
  for (guint letter = 0; letter < 2; letter++)
    set_units (fixture.trace, NN_STATE_FORGET, letter, eighths);
  surface = draw (&fixture);
  plot = strip_of (&fixture, NN_STATE_FORGET);
  line = fig_style_of_kind (&fixture.theme, NN_LSTM).color;
  x = plot.x + plot.width / 4;
  for (guint i = 1; i < 20; i++)
    {
      double value = i / 20.0, y = fig_rect_bottom (&plot) - value * plot.height;
      guint32 pixel = sample_pixel (surface, x, y);

      /* What is within a pixel or two of an edge is mixed with it; the line is 2 points wide. */
      if (value > 0.32 && value < 0.58 && fabs (value - 0.45) > 0.06)
        g_assert_cmphex (pixel, ==,
                         sample_pixel_of (fig_color_mix (fixture.theme.background, line, 0.35)));
      if ((value < 0.23 || value > 0.67) && fabs (value - 0.5) > 0.03)
        g_assert_cmphex (pixel, ==, sample_pixel_of (fixture.theme.background));
    }
  g_assert_cmphex (sample_pixel (surface, x, fig_rect_bottom (&plot) - 0.45 * plot.height), ==, sample_pixel_of (line));
  cairo_surface_destroy (surface);
}

/* A row of a strip is the unit that the order has there, and so reads the hit. */
static void
test_order (void)
{
  static const guint order[HIDDEN] = { 7, 6, 5, 4, 3, 2, 1, 0 };
  g_auto (Fixture) fixture;
  cairo_surface_t *surface;

  fixture_init (&fixture, "Satoshi", FIG_GATES_UNITS);
  fixture.reading.order = order;
  surface = draw (&fixture);
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      FigRect strip = strip_of (&fixture, state);
      FigColormap map = fig_gates_colormap (&fixture.theme, NN_LSTM, state);

      for (guint row = 0; row < HIDDEN; row++)
        {
          double x = strip.x + strip.width * 2.5 / 7, y = strip.y + (row + 0.5) * strip.height / HIDDEN;
          double value = nn_trace_state (fixture.trace, state, 2)[7 - row];
          FigGatesHit hit;

          g_assert_cmphex (sample_pixel (surface, x, y), ==, fig_colormap_pixel (&map, value));
          g_assert_true (fig_gates_hit (&fixture.gates, &fixture.theme, WIDTH, fixture.height, x, y, &hit));
          g_assert_cmpuint (hit.unit, ==, 7 - row);
          g_assert_cmpfloat (hit.value, ==, value);
          g_assert_true (fig_rect_contains (&hit.place, x, y));
        }
    }
  cairo_surface_destroy (surface);
}

/* Below the plot, the telling units in the order given, each of the colour of its value. */
static void
test_telling (void)
{
  static const guint telling[] = { 5, 0, 3 };
  g_auto (Fixture) fixture;
  cairo_surface_t *surface;
  FigColormap map;
  FigRect plot;
  FigGatesHit hit;
  guint found[HIDDEN] = { 0 };

  fixture_init (&fixture, "Satoshi", FIG_GATES_SUMMARY);
  fixture.reading.n_telling = G_N_ELEMENTS (telling);
  for (guint state = 0; state < NN_N_STATES; state++)
    fixture.reading.telling[state] = telling;
  surface = draw (&fixture);
  plot = strip_of (&fixture, NN_STATE_CELL);
  map = fig_gates_colormap (&fixture.theme, NN_LSTM, NN_STATE_CELL);
  for (double y = fig_rect_bottom (&plot) + 0.5; y < fig_rect_bottom (&plot) + 40; y++)
    {
      double x = plot.x + plot.width * 4.5 / 7;

      if (!fig_gates_hit (&fixture.gates, &fixture.theme, WIDTH, fixture.height, x, y, &hit)
          || hit.part != FIG_GATES_STATE)
        continue;
      g_assert_cmpuint (hit.letter, ==, 4);
      found[hit.unit]++;
      if (fabs (y - (hit.place.y + hit.place.height / 2)) < 1)
        g_assert_cmphex (sample_pixel (surface, x, y), ==,
                         fig_colormap_pixel (&map, nn_trace_state (fixture.trace, NN_STATE_CELL, 4)[hit.unit]));
    }
  for (guint unit = 0; unit < HIDDEN; unit++)
    g_assert_cmpint (found[unit] > 4, ==, unit == 5 || unit == 0 || unit == 3);
  cairo_surface_destroy (surface);
}

/* The same but for what Cairo rounds otherwise. */
static gboolean
is_near (guint32 a, guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (abs ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > 1)
      return FALSE;
  return TRUE;
}

/* The bar of a letter: the guess' part at the bottom in its class' colour, 3 of 20 parts high in the sample. */
static void
test_bar (void)
{
  g_auto (Fixture) fixture;
  cairo_surface_t *surface;
  FigRect plot;
  guint colored = 0, lowest = 0;
  guint32 pixel;
  double x;

  fixture_init (&fixture, "Ng", FIG_GATES_SUMMARY);
  surface = draw (&fixture);
  plot = strip_of (&fixture, NN_STATE_FORGET);
  pixel = sample_pixel_of (fig_class_color (&fixture.theme, fixture.trace->guess[1]));
  x = plot.x + plot.width * 3 / 4;
  for (double y = plot.y - 120; y < plot.y - 20; y++)
    if (is_near (sample_pixel (surface, x, y + 0.5), pixel))
      {
        colored++;
        lowest = (guint) y;
      }
  /* 6.2 times 11 points less a line of 0.82 times 11 points: some 58 points high; 0.15 of it. */
  g_assert_cmpuint (colored, >=, 6);
  g_assert_cmpuint (colored, <=, 11);
  g_assert_cmpuint (lowest, >, 0);
  g_assert_cmphex (sample_pixel (surface, x, lowest + 2.5), ==, sample_pixel_of (fixture.theme.background));
  cairo_surface_destroy (surface);
}

/* A held gate is hatched and says so; the unclamped reading has rows of its own, or a line in the summary. */
static void
test_clamp (void)
{
  static const float zero[HIDDEN] = { 0 };
  FigClamp clamp = { NN_STATE_FORGET, "0", NULL, 1u << 2 };
  g_auto (Fixture) fixture;
  cairo_surface_t *surface;
  guint32 accent, ground;
  FigRect plot, column;
  double bare;

  fixture_init (&fixture, "Satoshi", FIG_GATES_SUMMARY);
  bare = fig_gates_height (&fixture.gates, &fixture.theme, WIDTH);
  fixture.other = sample_trace (NN_LSTM, "Satoshi", HIDDEN, 18);
  fixture.reading.clamps = &clamp;
  fixture.reading.n_clamps = 1;
  fixture.reading.unclamped = fixture.other;
  for (guint letter = 0; letter < 7; letter++)
    set_units (fixture.trace, NN_STATE_FORGET, letter, zero);
  surface = draw (&fixture);
  g_assert_cmpfloat (fixture.height, >, bare);
  plot = strip_of (&fixture, NN_STATE_FORGET);
  ground = sample_pixel_of (fixture.theme.background);
  accent = sample_pixel_of (fig_color_mix (fixture.theme.background, fixture.theme.accent, 0.5));
  g_assert_cmphex (accent, !=, ground);
  /* Letter 3 is held: slanted lines; letter 6 is not. */
  column = (FigRect){ plot.x + plot.width * 2 / 7 + 3, plot.y + plot.height / 2 + 2, plot.width / 7 - 6, 12 };
  g_assert_cmpuint (sample_count (surface, &column, ground), <, (guint) (column.width * column.height * 0.9));
  cairo_surface_destroy (surface);

  fixture.gates.detail = FIG_GATES_UNITS;
  surface = draw (&fixture);
  plot = strip_of (&fixture, NN_STATE_FORGET);
  {
    FigGatesHit hit;
    g_autofree char *text = NULL;

    g_assert_true (fig_gates_hit (&fixture.gates, &fixture.theme, WIDTH, fixture.height, plot.x + 4,
                                  fig_rect_bottom (&plot) + 8, &hit));
    g_assert_true (hit.unclamped);
    g_assert_cmpfloat (hit.value, ==, nn_trace_state (fixture.other, NN_STATE_FORGET, 0)[hit.unit]);
    text = fig_gates_hit_text (&fixture.gates, &fixture.theme, &hit);
    g_assert_true (g_str_has_prefix (text, "LSTM, without the clamps, forget gate, unit "));
  }
  cairo_surface_destroy (surface);
}

/* The second name stands below the first, in the same columns, also where it is longer. */
static void
test_second (void)
{
  g_auto (Fixture) fixture;
  g_autofree char *text = NULL, *csv = NULL;
  cairo_surface_t *surface;
  FigGatesHit hit = { 0 };
  gboolean found = FALSE;
  FigRect plot;

  fixture_init (&fixture, "Ng", FIG_GATES_UNITS);
  fixture.other = sample_trace (NN_LSTM, "Satoshi", HIDDEN, 18);
  fixture.reading.second = fixture.other;
  fixture.gates.second_name = "Satoshi";
  surface = draw (&fixture);
  plot = strip_of (&fixture, NN_STATE_OUTPUT);
  for (double y = fig_rect_bottom (&plot); y < fig_rect_bottom (&plot) + 30 && !found; y++)
    found = fig_gates_hit (&fixture.gates, &fixture.theme, WIDTH, fixture.height, plot.x + plot.width / 2 * 4.5, y,
                           &hit);
  g_assert_true (found && hit.second);
  g_assert_cmpint (hit.state, ==, NN_STATE_OUTPUT);
  g_assert_cmpuint (hit.letter, ==, 4);
  g_assert_cmpfloat (hit.value, ==, nn_trace_state (fixture.other, NN_STATE_OUTPUT, 4)[hit.unit]);
  text = fig_gates_hit_text (&fixture.gates, &fixture.theme, &hit);
  g_assert_true (g_str_has_prefix (text, "LSTM, Satoshi, output gate, unit "));
  csv = fig_gates_csv (&fixture.gates, NULL);
  g_assert_nonnull (strstr (csv, "\nLSTM,Ng,0,2,g,"));
  g_assert_nonnull (strstr (csv, "\nLSTM,Satoshi,0,5,s,"));
  cairo_surface_destroy (surface);
}

/* The figures that stand under it have the same columns. */
static void
test_grid (void)
{
  static const char *const names[] = { "X", "O'Neill",
                                       "Wolfeschlegelsteinhausenbergerdorff van den Berg, O'Neill; Jr. X" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (double width = 300; width < 1300; width += 450)
      {
        g_auto (Fixture) fixture;
        FigLetterGrid grid;
        FigRect strip;

        fixture_init (&fixture, names[i], FIG_GATES_SUMMARY);
        fig_letter_grid_init (&grid, &fixture.theme, width, fixture.trace->length);
        g_assert_true (fig_gates_strip (&fixture.gates, &fixture.theme, width, 800, 0, NN_STATE_FORGET, &strip));
        g_assert_cmpfloat (grid.left, ==, strip.x);
        g_assert_cmpfloat_with_epsilon (fig_letter_grid_right (&grid), fig_rect_right (&strip), 1e-9);
      }
}

/* The letter that is pointed at, here or elsewhere, is framed in every network. */
static void
test_cursor (void)
{
  g_auto (Fixture) fixture;
  cairo_surface_t *surface;
  FigRect plot, edge;

  fixture_init (&fixture, "Satoshi", FIG_GATES_UNITS);
  fixture.gates.has_cursor = TRUE;
  fixture.gates.cursor_letter = 3;
  surface = draw (&fixture);
  plot = strip_of (&fixture, NN_STATE_INPUT);
  edge = (FigRect){ plot.x + plot.width * 3 / 7 - 2, plot.y, 4, plot.height };
  g_assert_cmpuint (sample_count (surface, &edge, sample_pixel_of (fixture.theme.accent)), >=,
                    (guint) plot.height - 1);
  edge.x = plot.x + plot.width * 2 / 7 - 2;
  g_assert_cmpuint (sample_count (surface, &edge, sample_pixel_of (fixture.theme.accent)), ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_words (void)
{
  FigClamp clamp = { NN_STATE_OUTPUT, "1", NULL, G_MAXUINT64 };
  g_auto (Fixture) fixture;
  g_autofree char *text = NULL, *letter = NULL, *bar = NULL;
  FigGatesHit hit = { .part = FIG_GATES_UNITS_OF, .letter = 1, .state = NN_STATE_FORGET };

  fixture_init (&fixture, "Ng", FIG_GATES_SUMMARY);
  set_units (fixture.trace, NN_STATE_FORGET, 1, eighths);
  bar = fig_gates_hit_text (&fixture.gates, &fixture.theme, &hit);
  g_assert_cmpstr (bar, ==,
                   "LSTM, forget gate, letter 2 (g): mean of the units 0.450, middle half from 0.275 to 0.625");
  fixture.other = sample_trace (NN_LSTM, "Ng", HIDDEN, 18);
  fixture.reading.clamps = &clamp;
  fixture.reading.n_clamps = 1;
  fixture.reading.unclamped = fixture.other;
  text = fig_gates_describe (&fixture.gates);
  g_assert_nonnull (strstr (text, "the mean and the quartiles of its units after each letter"));
  g_assert_nonnull (strstr (text, "The output gate is held at 1."));
  g_assert_nonnull (strstr (text, "LSTM without the clamps: Arabic 15 %, guessed since letter 1 (N)."));
  letter = fig_gates_letter_text (&fixture.gates, &fixture.theme, 1);
  g_assert_cmpstr (letter, ==, "after letter 2 (g): LSTM Arabic 15 %");
}

/* What the engine holds is marked: the gate, its value, which units and which letters. */
static void
test_clamps_of_engine (void)
{
  g_autoptr (NnClamps) clamps = nn_clamps_new ();
  g_autoptr (GError) error = NULL;
  FigClamp marks[FIG_MAX_CLAMPS];
  NnClamp clamp;

  g_assert_true (nn_clamp_parse ("candidate=0", &clamp, &error));
  nn_clamps_add (clamps, &clamp);
  g_assert_true (nn_clamp_parse ("output=mean:3@2", &clamp, &error));
  nn_clamps_add (clamps, &clamp);
  g_assert_no_error (error);
  g_assert_cmpuint (fig_clamps_init (marks, clamps), ==, 2);
  g_assert_cmpint (marks[0].state, ==, NN_STATE_CANDIDATE);
  g_assert_cmpstr (marks[0].value, ==, "0");
  g_assert_null (marks[0].units);
  g_assert_cmpint (marks[1].state, ==, NN_STATE_OUTPUT);
  g_assert_cmpstr (marks[1].value, ==, "its mean");
  g_assert_cmphex (marks[1].units[0], ==, 1u << 3);
  g_assert_cmphex (marks[1].letters, ==, 1u << 1);
}

/* Whatever is shown, at any size, nothing is drawn outside of the figure. */
static void
test_inside (void)
{
  static const double sizes[][2] = { { 1240, 900 }, { 300, 1200 }, { 90, 60 }, { 1, 1 } };
  static const guint telling[] = { 0, 1, 2, 3 }, pinned[] = { 4, 0 };
  static const guint64 units[NN_MAX_LETTERS] = { 0x55 };
  FigClamp clamps[] = { { NN_STATE_FORGET, "0", NULL, G_MAXUINT64 }, { NN_STATE_INPUT, "1", units, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint detail = 0; detail < 2; detail++)
      {
        g_auto (Fixture) fixture;

        fixture_init (&fixture, i % 2 ? "X" : "Wolfeschlegelsteinhausenbergerdorff van den Berg, O'Neill; Jr. X",
                      detail);
        fixture.other = sample_trace (NN_LSTM, "Ng", HIDDEN, 18);
        fixture.reading.second = fixture.reading.second_unclamped = fixture.other;
        fixture.reading.unclamped = fixture.trace;
        fixture.reading.clamps = clamps;
        fixture.reading.n_clamps = 2;
        fixture.reading.pinned = pinned;
        fixture.reading.n_pinned = 2;
        fixture.reading.n_telling = 4;
        for (guint state = 0; state < NN_N_STATES; state++)
          fixture.reading.telling[state] = telling;
        fixture.gates.has_cursor = TRUE;
        sample_assert_inside (FIG_DRAW (fig_gates_draw), &fixture.gates, &fixture.theme, sizes[i][0], sizes[i][1]);
      }
}

/* What is hit anywhere is found again, also in another size, order and detail. */
static void
test_find (void)
{
  static const guint order[HIDDEN] = { 7, 6, 5, 4, 3, 2, 1, 0 }, telling[] = { 2, 5 };
  g_auto (Fixture) fixture;
  FigGatesHit hit, again;
  FigRect place;

  fixture_init (&fixture, "Ng", FIG_GATES_UNITS);
  fixture.other = sample_trace (NN_LSTM, "Bolo", HIDDEN, 18);
  fixture.reading.second = fixture.other;
  for (double y = 0; y < 900; y += 7)
    for (double x = 3; x < WIDTH; x += 41)
      {
        if (!fig_gates_hit (&fixture.gates, &fixture.theme, WIDTH, 900, x, y, &hit))
          continue;
        g_assert_true (fig_gates_find (&fixture.gates, &fixture.theme, 333, 1700, &hit, &place));
        g_assert_true (fig_gates_hit (&fixture.gates, &fixture.theme, 333, 1700, place.x + place.width / 2,
                                      place.y + place.height / 2, &again));
        g_assert_cmpint (again.part, ==, hit.part);
        g_assert_cmpuint (again.letter, ==, hit.letter);
        g_assert_cmpint (again.second, ==, hit.second);
        if (hit.part != FIG_GATES_STATE)
          continue;
        g_assert_cmpint (again.state, ==, hit.state);
        g_assert_cmpuint (again.unit, ==, hit.unit);
      }
  hit = (FigGatesHit){ .part = FIG_GATES_STATE, .state = NN_STATE_CELL, .unit = 6, .letter = 1 };
  fixture.reading.order = order;
  g_assert_true (fig_gates_find (&fixture.gates, &fixture.theme, WIDTH, 900, &hit, &place));
  g_assert_true (fig_gates_hit (&fixture.gates, &fixture.theme, WIDTH, 900, place.x + 1, place.y + place.height / 2, &again));
  g_assert_cmpuint (again.unit, ==, 6);
  /* A unit that the summary does not show is found at its state, one that it does in its strip. */
  fixture.gates.detail = FIG_GATES_SUMMARY;
  fixture.reading.n_telling = G_N_ELEMENTS (telling);
  for (guint state = 0; state < NN_N_STATES; state++)
    fixture.reading.telling[state] = telling;
  g_assert_true (fig_gates_find (&fixture.gates, &fixture.theme, WIDTH, 900, &hit, &place));
  g_assert_true (fig_gates_hit (&fixture.gates, &fixture.theme, WIDTH, 900, place.x + 1, place.y + place.height / 2, &again));
  g_assert_cmpint (again.part, ==, FIG_GATES_UNITS_OF);
  g_assert_cmpint (again.state, ==, NN_STATE_CELL);
  hit.unit = 5;
  g_assert_true (fig_gates_find (&fixture.gates, &fixture.theme, WIDTH, 900, &hit, &place));
  g_assert_true (fig_gates_hit (&fixture.gates, &fixture.theme, WIDTH, 900, place.x + 1, place.y + place.height / 2, &again));
  g_assert_cmpuint (again.unit, ==, 5);
  hit.part = FIG_GATES_NOTHING;
  g_assert_false (fig_gates_find (&fixture.gates, &fixture.theme, WIDTH, 900, &hit, &place));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gates-detail/summary", test_summary);
  g_test_add_func ("/gates-detail/band", test_band);
  g_test_add_func ("/gates-detail/order", test_order);
  g_test_add_func ("/gates-detail/telling", test_telling);
  g_test_add_func ("/gates-detail/bar", test_bar);
  g_test_add_func ("/gates-detail/clamp", test_clamp);
  g_test_add_func ("/gates-detail/clamps-of-engine", test_clamps_of_engine);
  g_test_add_func ("/gates-detail/second", test_second);
  g_test_add_func ("/gates-detail/grid", test_grid);
  g_test_add_func ("/gates-detail/cursor", test_cursor);
  g_test_add_func ("/gates-detail/words", test_words);
  g_test_add_func ("/gates-detail/inside", test_inside);
  g_test_add_func ("/gates-detail/find", test_find);
  return g_test_run ();
}
