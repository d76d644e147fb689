/* gates.c: the strips of gates and states.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <math.h>
#include <string.h>

/* Up to four readings of a name, with what they borrow. */
typedef struct
{
  NnTrace *traces[NN_N_KINDS];
  char **classes;
  FigReading readings[NN_N_KINDS];
  FigGates gates;
} Sample;

static void
sample_init (Sample *sample, guint n, const char *name, guint hidden, guint n_classes)
{
  *sample = (Sample){ .classes = sample_classes (n_classes) };
  for (guint i = 0; i < n; i++)
    {
      sample->traces[i] = sample_trace (i, name, hidden, n_classes);
      sample->readings[i] = (FigReading){ NULL, i, sample->traces[i], 1000 };
    }
  sample->gates = (FigGates){
    .name = name,
    .readings = sample->readings,
    .n_readings = n,
    .classes = (const char *const *) sample->classes,
    .n_classes = n_classes,
  };
}

static void
sample_clear (Sample *sample)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    nn_trace_free (sample->traces[i]);
  g_strfreev (sample->classes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

/* 64 letters, blanks and marks among them. */
#define LONG_NAME "Wolfeschlegelsteinhausenbergerdorff van den Berg, O'Neill; Jr. X"

typedef struct
{
  const char *name;
  guint hidden;
  guint n_readings;
  double width;
  double times; /* the height, in times of what it asks for */
} Case;

static const Case cases[] = {
  { "Satoshi", 128, 3, 1240, 1.6 }, { "Satoshi", 128, 1, 310, 1 },    { "X", 8, 4, 900, 1 },
  { "O'Neill", 64, 4, 1600, 1.3 },  { LONG_NAME, 128, 2, 1240, 1.2 }, { LONG_NAME, 8, 3, 1240, 0.9 },
};

/* At the middle of every cell that has a pixel of its own, the colour of its value. */
static void
assert_strips (const Sample *sample, const FigTheme *theme, double width, double height)
{
  const FigGates *gates = &sample->gates;
  cairo_surface_t *surface = sample_draw (FIG_DRAW (fig_gates_draw), gates, theme, width, height);
  guint checked = 0;

  for (guint i = 0; i < gates->n_readings; i++)
    for (guint state = 0; state < NN_N_STATES; state++)
      {
        const NnTrace *trace = sample->traces[i];
        FigColormap map = fig_gates_colormap (theme, i, state);
        FigRect strip;

        if (!fig_gates_strip (gates, theme, width, height, i, state, &strip))
          continue;
        for (guint letter = 0; letter < trace->length; letter++)
          for (guint unit = 0; unit < trace->hidden; unit++)
            {
              double x = strip.x + (letter + 0.5) * strip.width / trace->length;
              double y = strip.y + (unit + 0.5) * strip.height / trace->hidden;
              double value = nn_trace_state (trace, state, letter)[unit];

              if (strip.height / trace->hidden * theme->device_scale < 1)
                continue;
              g_assert_cmphex (sample_pixel (surface, x, y), ==, fig_colormap_pixel (&map, value));
              checked++;
            }
      }
  g_assert_cmpuint (checked, >, 0);
  cairo_surface_destroy (surface);
}

static void
test_pixels (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint arrangement = 0; arrangement < 2; arrangement++)
      {
        g_auto (Sample) sample;
        FigTheme theme;
        double height;

        fig_theme_init (&theme, i % 2);
        theme.device_scale = 2;
        sample_init (&sample, cases[i].n_readings, cases[i].name, cases[i].hidden, 18);
        sample.gates.arrangement = arrangement;
        height = round (fig_gates_height (&sample.gates, &theme, cases[i].width) * cases[i].times);
        assert_strips (&sample, &theme, cases[i].width, height);
      }
}

/* Rows thinner than a pixel are averaged: none is lost. */
static void
test_thin_rows (void)
{
  g_auto (Sample) sample;
  FigTheme theme;
  FigColormap map;
  FigRect strip;
  cairo_surface_t *surface;
  guint rows;

  fig_theme_init (&theme, FALSE);
  sample_init (&sample, 2, "Ng", 1024, 5);
  g_assert_true (fig_gates_strip (&sample.gates, &theme, 500, 900, 1, NN_STATE_FORGET, &strip));
  surface = sample_draw (FIG_DRAW (fig_gates_draw), &sample.gates, &theme, 500, 900);
  map = fig_gates_colormap (&theme, NN_LSTM, NN_STATE_FORGET);
  rows = (guint) strip.height;
  g_assert_cmpuint (rows, <, 1024);
  for (guint row = 0; row < rows; row++)
    {
      guint first = row * 1024 / rows, end = (row + 1) * 1024 / rows;
      double sum = 0;

      for (guint unit = first; unit < end; unit++)
        sum += nn_trace_state (sample.traces[1], NN_STATE_FORGET, 0)[unit];
      g_assert_cmphex (sample_pixel (surface, strip.x + strip.width / 4, strip.y + row + 0.5), ==,
                       fig_colormap_pixel (&map, sum / (end - first)));
    }
  cairo_surface_destroy (surface);
}

static void
test_ranges (void)
{
  FigTheme theme;
  FigColormap map;

  fig_theme_init (&theme, FALSE);
  map = fig_gates_colormap (&theme, NN_LSTM, NN_STATE_FORGET);
  g_assert_cmpint (map.kind, ==, FIG_MAP_SEQUENTIAL);
  g_assert_true (map.low == 0 && map.high == 1);
  map = fig_gates_colormap (&theme, NN_LSTM, NN_STATE_CELL);
  g_assert_cmpint (map.kind, ==, FIG_MAP_DIVERGING);
  g_assert_true (map.low == -2 && map.high == 2);
  map = fig_gates_colormap (&theme, NN_LSTM, NN_STATE_HIDDEN);
  g_assert_true (map.low == -1 && map.high == 1);
  map = fig_gates_colormap (&theme, NN_RNN, NN_STATE_HIDDEN);
  g_assert_true (map.low == -2 && map.high == 2);
  g_assert_true (fig_state_range (NN_RNN, NN_STATE_HIDDEN).clipped);
  g_assert_false (fig_state_range (NN_GATE_LSTM, NN_STATE_CANDIDATE).clipped);
}

static void
test_hit (void)
{
  for (guint arrangement = 0; arrangement < 2; arrangement++)
    {
      g_auto (Sample) sample;
      FigGatesHit hit;
      FigTheme theme;
      guint letters = 0, guesses = 0;

      fig_theme_init (&theme, FALSE);
      sample_init (&sample, 3, "Satoshi", 16, 18);
      sample.gates.arrangement = arrangement;
      for (guint i = 0; i < 3; i++)
        for (guint state = 0; state < NN_N_STATES; state++)
          {
            FigRect strip;

            if (!fig_gates_strip (&sample.gates, &theme, 900, 1000, i, state, &strip))
              {
                g_assert_true (i == 0 && state != NN_STATE_HIDDEN);
                continue;
              }
            for (guint letter = 0; letter < 7; letter++)
              for (guint unit = 0; unit < 16; unit++)
                {
                  g_assert_true (fig_gates_hit (&sample.gates, &theme, 900, 1000,
                                                strip.x + (letter + 0.5) * strip.width / 7,
                                                strip.y + (unit + 0.5) * strip.height / 16, &hit));
                  g_assert_cmpint (hit.part, ==, FIG_GATES_STATE);
                  g_assert_cmpuint (hit.reading, ==, i);
                  g_assert_cmpuint (hit.state, ==, state);
                  g_assert_cmpuint (hit.letter, ==, letter);
                  g_assert_cmpuint (hit.unit, ==, unit);
                  g_assert_cmpfloat (hit.value, ==, nn_trace_state (sample.traces[i], state, letter)[unit]);
                }
          }
      for (double y = 0; y < 1000; y += 2)
        if (fig_gates_hit (&sample.gates, &theme, 900, 1000, 200, y, &hit))
          {
            letters += hit.part == FIG_GATES_LETTER;
            guesses += hit.part == FIG_GATES_GUESS;
          }
      g_assert_cmpuint (letters, >, 5);
      g_assert_cmpuint (guesses, >, 5);
      g_assert_false (fig_gates_hit (&sample.gates, &theme, 900, 1000, 2, 500, &hit));
      g_assert_cmpint (hit.part, ==, FIG_GATES_NOTHING);
    }
}

static void
test_words (void)
{
  g_auto (Sample) sample;
  FigGatesHit unit = { FIG_GATES_STATE, 1, 2, NN_STATE_FORGET, 5, 0.5 }, blank = { FIG_GATES_LETTER, 0, 2 };
  FigGatesHit guess = { FIG_GATES_GUESS, 1, 2 };
  g_autofree char *unit_text = NULL, *blank_text = NULL, *guess_text = NULL;
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  theme.plain_numbers = TRUE;
  sample_init (&sample, 2, "de Wit", 16, 18);
  unit_text = fig_gates_hit_text (&sample.gates, &theme, &unit);
  g_assert_cmpstr (unit_text, ==, "LSTM, forget gate, unit 5, letter 3 (\xe2\x90\xa3): 0.500");
  blank_text = fig_gates_hit_text (&sample.gates, &theme, &blank);
  g_assert_cmpstr (blank_text, ==, "letter 3: \xe2\x90\xa3");
  /* The guess has 3 of 20 parts, every other class 1. */
  guess_text = fig_gates_hit_text (&sample.gates, &theme, &guess);
  g_assert_cmpstr (guess_text, ==, "LSTM after letter 3 (\xe2\x90\xa3): Chinese 15.0 %, Arabic 5.0 %, Czech 5.0 %, others 75.0 %");
}

/* The height asked for, and where things stand, depend on the letters' number alone, so that nothing jumps in training;
 * networks beside each other in figures of their own have the same states at the same height. */
static void
test_stable (void)
{
  g_auto (Sample) first, second;
  FigTheme theme;
  FigRect a, b;
  FigGates rnn, lstm;

  fig_theme_init (&theme, FALSE);
  sample_init (&first, 3, "Satoshi", 128, 18);
  sample_init (&second, 3, "Novakov", 128, 18);
  for (guint letter = 0; letter < 7; letter++)
    second.traces[1]->guess[letter] = 17;
  g_assert_cmpfloat (fig_gates_height (&first.gates, &theme, 700), ==, fig_gates_height (&second.gates, &theme, 700));
  fig_gates_strip (&first.gates, &theme, 700, 800, 1, NN_STATE_CELL, &a);
  fig_gates_strip (&second.gates, &theme, 700, 800, 1, NN_STATE_CELL, &b);
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);

  rnn = lstm = first.gates;
  rnn.n_readings = lstm.n_readings = 1;
  lstm.readings = &first.readings[1];
  rnn.all_states = lstm.all_states = TRUE;
  g_assert_true (fig_gates_strip (&rnn, &theme, 310, 640, 0, NN_STATE_HIDDEN, &a));
  g_assert_true (fig_gates_strip (&lstm, &theme, 310, 640, 0, NN_STATE_HIDDEN, &b));
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
  g_assert_cmpfloat (fig_gates_height (&rnn, &theme, 310), ==, fig_gates_height (&lstm, &theme, 310));
  rnn.all_states = FALSE;
  g_assert_cmpfloat (fig_gates_height (&rnn, &theme, 310), <, fig_gates_height (&lstm, &theme, 310));
}

/* At the height that it asks for, all of it is there. */
static void
test_height (void)
{
  for (guint hidden = 8; hidden <= 1024; hidden *= 4)
    for (guint arrangement = 0; arrangement < 2; arrangement++)
      {
        g_auto (Sample) sample;
        FigTheme theme;
        FigRect strip;
        double height;

        fig_theme_init (&theme, FALSE);
        sample_init (&sample, 3, LONG_NAME, hidden, 18);
        sample.gates.arrangement = arrangement;
        height = fig_gates_height (&sample.gates, &theme, 1240);
        g_assert_true (fig_gates_strip (&sample.gates, &theme, 1240, height, 2, NN_STATE_HIDDEN, &strip));
        g_assert_cmpfloat (fig_rect_bottom (&strip), <=, height);
        g_assert_cmpfloat (fig_rect_bottom (&strip), >, height - 2 * theme.font_size);
        g_assert_cmpfloat (fig_rect_right (&strip), <, 1240);
        g_assert_cmpfloat (strip.height, >, 3 * theme.font_size);
      }
}

static void
test_inside (void)
{
  static const double sizes[][2] = { { 1240, 700 }, { 300, 500 }, { 120, 2000 }, { 1000, 40 }, { 60, 60 }, { 1, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint length = 1; length <= 64; length += 21)
      {
        g_autofree char *name = g_strndup (LONG_NAME, length);
        g_auto (Sample) sample, unread;
        FigGates empty = { .name = "" }, none = { 0 };
        FigTheme theme;

        fig_theme_init (&theme, i % 2);
        sample_init (&sample, 4, name, 8 << (length / 21), 64);
        sample_init (&unread, 2, name, 8, 2);
        sample.gates.title = name;
        sample.gates.arrangement = length % 2;
        sample.readings[3].trace = NULL;
        for (guint j = 0; j < 2; j++)
          unread.readings[j].trace = NULL;
        empty.readings = unread.readings;
        empty.n_readings = 2;
        sample_assert_inside (FIG_DRAW (fig_gates_draw), &sample.gates, &theme, sizes[i][0], sizes[i][1]);
        sample_assert_inside (FIG_DRAW (fig_gates_draw), &unread.gates, &theme, sizes[i][0], sizes[i][1]);
        sample_assert_inside (FIG_DRAW (fig_gates_draw), &empty, &theme, sizes[i][0], sizes[i][1]);
        sample_assert_inside (FIG_DRAW (fig_gates_draw), &none, &theme, sizes[i][0], sizes[i][1]);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gates/pixels", test_pixels);
  g_test_add_func ("/gates/thin-rows", test_thin_rows);
  g_test_add_func ("/gates/ranges", test_ranges);
  g_test_add_func ("/gates/hit", test_hit);
  g_test_add_func ("/gates/words", test_words);
  g_test_add_func ("/gates/stable", test_stable);
  g_test_add_func ("/gates/height", test_height);
  g_test_add_func ("/gates/inside", test_inside);
  return g_test_run ();
}
