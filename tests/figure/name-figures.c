/* name-figures.c: figures under the letters of a name: a unit's traces, which letters counted, substitutions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "figure/class-color.h"
#include "figure/letter-grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONG_NAME "Wolfeschlegelsteinhausenbergerdorff van den Berg, O'Neill; Jr. X"
#define HIDDEN 4
#define WIDTH 420

static void
plain_theme (FigTheme *theme)
{
  fig_theme_init (theme, FALSE);
  theme->plain_numbers = TRUE;
}

/* Whether a pixel is of that colour but for rounding. */
static gboolean
is_near (guint32 a, guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (abs ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > 1)
      return FALSE;
  return TRUE;
}

static const double sizes[][2] = { { 1240, 700 }, { 420, 400 }, { 90, 60 }, { 1, 1 } };

/* ---- A unit ---- */

/* The numbers of the formula: 0.91 * 0.40 + 0.75 * -0.12 = 0.274, 0.50 * tanh (0.274) = 0.13366. */
static NnTrace *
known_trace (NnKind kind)
{
  NnTrace *trace = sample_trace (kind, "de Wit", HIDDEN, 3);

  if (kind == NN_RNN)
    {
      trace->states[NN_STATE_HIDDEN][1 * HIDDEN + 2] = 0.2f;
      trace->states[NN_STATE_HIDDEN][2 * HIDDEN + 2] = -0.31f;
      return trace;
    }
  trace->states[NN_STATE_CELL][1 * HIDDEN + 2] = 0.40f;
  trace->states[NN_STATE_FORGET][2 * HIDDEN + 2] = 0.91f;
  trace->states[NN_STATE_INPUT][2 * HIDDEN + 2] = 0.75f;
  trace->states[NN_STATE_CANDIDATE][2 * HIDDEN + 2] = -0.12f;
  trace->states[NN_STATE_CELL][2 * HIDDEN + 2] = 0.274f;
  trace->states[NN_STATE_OUTPUT][2 * HIDDEN + 2] = 0.50f;
  trace->states[NN_STATE_HIDDEN][2 * HIDDEN + 2] = 0.13366f;
  return trace;
}

static void
test_update (void)
{
  g_autoptr (NnTrace) lstm = known_trace (NN_LSTM), by_hand = known_trace (NN_GATE_LSTM), rnn = known_trace (NN_RNN);
  g_autofree char *plain = fig_unit_trace_update (lstm, 2, 2, TRUE, FALSE);
  g_autofree char *markup = fig_unit_trace_update (by_hand, 2, 2, TRUE, TRUE);
  g_autofree char *linear = fig_unit_trace_update (rnn, 2, 2, TRUE, FALSE);
  g_autofree char *first = NULL;

  g_assert_cmpstr (plain, ==,
                   "c_t = f_t c_(t\xe2\x88\x92" "1) + i_t g_t = 0.91 \xc3\x97 0.40 + 0.75 \xc3\x97 \xe2\x88\x92" "0.12 "
                   "= 0.27\n"
                   "h_t = o_t tanh(c_t) = 0.50 \xc3\x97 tanh(0.27) = 0.13\n"
                   "The network reads its guess from the hidden state.");
  g_assert_true (g_str_has_prefix (markup, "<i>c</i><sub>t</sub> = <i>f</i><sub>t</sub> <i>c</i><sub>t"));
  g_assert_true (g_str_has_suffix (markup, "This network reads its guess from the output gate."));
  g_assert_true (g_str_has_prefix (linear, "h_t = \xe2\x88\x92" "0.31, h_(t\xe2\x88\x92" "1) = 0.20\nNo gate decides"));
  /* Before the first letter the cell is empty. */
  first = fig_unit_trace_update (lstm, 1, 0, TRUE, FALSE);
  g_assert_nonnull (strstr (first, "\xc3\x97 0.00 + "));
}

static void
test_unit_hit (void)
{
  g_autoptr (NnTrace) trace = known_trace (NN_LSTM);
  FigUnitTrace figure = { .trace = trace, .unit = 2 };
  FigUnitTraceHit hit;
  FigLetterGrid grid;
  FigTheme theme;
  double height;
  gboolean found[NN_N_STATES] = { FALSE };
  g_autofree char *text = NULL, *update = NULL, *csv = NULL, *said = NULL;

  plain_theme (&theme);
  height = fig_unit_trace_height (&figure, &theme, WIDTH);
  fig_letter_grid_init (&grid, &theme, WIDTH, 6);
  for (double y = 0; y < height; y++)
    if (fig_unit_trace_hit (&figure, &theme, WIDTH, height, fig_letter_grid_middle (&grid, 2), y, &hit))
      {
        g_assert_cmpuint (hit.letter, ==, 2);
        if (!hit.has_state)
          continue;
        found[hit.state] = TRUE;
        g_assert_cmpfloat (hit.value, ==, nn_trace_state (trace, hit.state, 2)[2]);
      }
  for (guint state = 0; state < NN_N_STATES; state++)
    g_assert_true (found[state]);
  hit = (FigUnitTraceHit){ 2, TRUE, NN_STATE_FORGET, 0.91, { 0 } };
  text = fig_unit_trace_hit_text (&figure, &theme, &hit);
  g_assert_cmpstr (text, ==, "LSTM, unit 2, forget gate, letter 3 (\xe2\x90\xa3): 0.910");
  hit.has_state = FALSE;
  update = fig_unit_trace_hit_text (&figure, &theme, &hit);
  g_assert_true (g_str_has_prefix (update, "LSTM, unit 2, letter 3 (\xe2\x90\xa3)\nc_t = f_t"));
  csv = fig_unit_trace_csv (&figure, NULL);
  g_assert_true (g_str_has_prefix (csv, "network,unit,letter_number,letter,clamped,state,value\n"));
  g_assert_nonnull (strstr (csv, "\nLSTM,2,3,\" \",0,candidate,-0.119999997\n"));
  figure.has_cursor = TRUE;
  figure.cursor_letter = 2;
  said = fig_unit_trace_describe (&figure);
  g_assert_true (g_str_has_prefix (said, "LSTM, unit 2 over the letters of de Wit. At letter 3 (\xe2\x90\xa3):\nc_t"));
}

static void
test_unit_inside (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      {
        g_autoptr (NnTrace) trace = sample_trace (kind, i % 2 ? "X" : LONG_NAME, HIDDEN, 3);
        FigUnitTrace figure = { .trace = trace, .unclamped = trace, .unit = 3 }, none = { 0 };
        FigTheme theme;

        fig_theme_init (&theme, i % 2);
        sample_assert_inside (FIG_DRAW (fig_unit_trace_draw), &figure, &theme, sizes[i][0], sizes[i][1]);
        sample_assert_inside (FIG_DRAW (fig_unit_trace_draw), &none, &theme, sizes[i][0], sizes[i][1]);
      }
}

/* ---- Which letters counted ---- */

static const double left_out[] = { -2.0, 0.5, -0.25 }, gradient[] = { 1.5, -1.0, 0.25 };
static const double contributions[] = { 2.0, -0.5, 1.25 };
static const char *const without[] = { "Czech", "Dutch", "Dutch" };

static FigAttribution
known_attribution (void)
{
  return (FigAttribution){
    .kind = NN_RNN, .ascii = "a b", .class_name = "Dutch", .probability = 0.625, .left_out = left_out,
    .guess_without = without, .gradient = gradient, .contributions = contributions, .bias = 0.25,
  };
}

static void
test_attribution_words (void)
{
  FigAttribution figure = known_attribution ();
  const FigMetadata metadata = { .title = "Letters" };
  FigAttributionHit hit = { 0, TRUE, FIG_MEASURED_LEFT_OUT, { 0 } };
  g_autofree char *first = NULL, *second = NULL, *slope = NULL, *share = NULL, *csv = NULL, *said = NULL;
  FigTheme theme;

  plain_theme (&theme);
  first = fig_attribution_hit_text (&figure, &theme, &hit);
  g_assert_cmpstr (first, ==,
                   "RNN: without letter 1 (a): ln p of Dutch changes by \xe2\x88\x92" "2.00 nats, the guess becomes "
                   "Czech");
  hit.letter = 1;
  second = fig_attribution_hit_text (&figure, &theme, &hit);
  g_assert_cmpstr (second, ==,
                   "RNN: without letter 2 (\xe2\x90\xa3): ln p of Dutch changes by +0.50 nats, the guess stays");
  hit.measure = FIG_MEASURED_GRADIENT;
  slope = fig_attribution_hit_text (&figure, &theme, &hit);
  g_assert_true (g_str_has_suffix (slope, "gradient of the logit of Dutch times the input: \xe2\x88\x92" "1.00"));
  hit.measure = FIG_MEASURED_CONTRIBUTION;
  share = fig_attribution_hit_text (&figure, &theme, &hit);
  g_assert_true (g_str_has_suffix (share, "adds \xe2\x88\x92" "0.50 to the logit of Dutch"));
  /* 2 - 0.5 + 1.25 + 0.25. */
  g_assert_cmpfloat (fig_attribution_sum (&figure), ==, 3.0);
  said = fig_attribution_describe (&figure);
  g_assert_cmpstr (said, ==,
                   "RNN reads a b as Dutch (62 %). What counts most: without letter 1 (a): ln p of Dutch changes by "
                   "\xe2\x88\x92" "2.00 nats, the guess becomes Czech. Gradient times input is largest at letter 1 "
                   "(a): +1.50. Exactly: letters 2.75 + biases 0.25 = logit 3.00 of Dutch.");
  csv = fig_attribution_csv (&figure, &metadata);
  g_assert_cmpstr (csv, ==,
                   "# title: Letters\n"
                   "network,guess,letter_number,letter,left_out,guess_without,gradient_x_input,contribution\n"
                   "RNN,Dutch,1,a,-2,Czech,1.5,2\n"
                   "RNN,Dutch,2,\" \",0.5,Dutch,-1,-0.5\n"
                   "RNN,Dutch,3,b,-0.25,Dutch,0.25,1.25\n"
                   "RNN,Dutch,,biases,,,,0.25\n");
}

/* The topmost and the lowest row of pixels of @pixel under the letter's middle, within the panel; 0 where none is. */
static void
find_bar (cairo_surface_t *surface, double x, const FigRect *panel, guint32 pixel, double *top, double *bottom)
{
  *top = *bottom = 0;
  for (double y = panel->y; y < fig_rect_bottom (panel); y++)
    if (is_near (sample_pixel (surface, x, y + 0.5), pixel))
      {
        *top = *top == 0 ? y : *top;
        *bottom = y + 1;
      }
}

/* A letter without which the guess loses is orange and goes down; twice the value is twice as high. */
static void
test_attribution_bars (void)
{
  FigAttribution figure = known_attribution ();
  FigColormap map = { FIG_MAP_DIVERGING, FALSE, -1, 1 };
  guint32 speaks_for = fig_colormap_pixel (&map, 0.8), against = fig_colormap_pixel (&map, -0.8);
  double height, top, bottom, other_top, other_bottom, x[3];
  cairo_surface_t *surface;
  FigAttributionHit hit;
  FigLetterGrid grid;
  FigTheme theme;

  plain_theme (&theme);
  height = fig_attribution_height (&figure, &theme, WIDTH);
  surface = sample_draw (FIG_DRAW (fig_attribution_draw), &figure, &theme, WIDTH, height);
  fig_letter_grid_init (&grid, &theme, WIDTH, 3);
  for (guint i = 0; i < 3; i++)
    x[i] = fig_letter_grid_middle (&grid, i) + 6;
  for (guint measure = 0; measure < FIG_N_MEASURED; measure++)
    {
      gboolean found = FALSE;

      for (double y = 0; y < height && !found; y++)
        found = fig_attribution_hit (&figure, &theme, WIDTH, height, x[0], y, &hit) && hit.has_measure
                && hit.measure == measure;
      g_assert_true (found);
      g_assert_cmpuint (hit.letter, ==, 0);
      find_bar (surface, x[0], &hit.place, speaks_for, &top, &bottom);
      find_bar (surface, x[1], &hit.place, against, &other_top, &other_bottom);
      g_assert_cmpfloat (bottom, >, top);
      g_assert_cmpfloat (other_bottom, >, other_top);
      g_assert_cmpint (bottom > other_bottom, ==, measure == FIG_MEASURED_LEFT_OUT);
      /* The line at 0 covers a pixel of the one that goes down. */
      if (measure != FIG_MEASURED_GRADIENT)
        g_assert_cmpfloat_with_epsilon ((bottom - top) / (other_bottom - other_top), 4, 1.1);
    }
  cairo_surface_destroy (surface);
}

static void
test_attribution_inside (void)
{
  double many[64];
  const char *names[64];

  for (guint i = 0; i < 64; i++)
    {
      many[i] = i % 7 - 3.0;
      names[i] = i % 2 ? "Dutch" : "Vietnamese";
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint length = 1; length <= 64; length += 63)
      {
        g_autofree char *name = g_strndup (LONG_NAME, length);
        double nothing = NAN;
        FigAttribution figure = { .kind = NN_LSTM, .ascii = name, .class_name = "Dutch", .probability = 1,
                                  .left_out = length == 1 ? &nothing : many, .guess_without = names, .gradient = many,
                                  .contributions = i % 2 ? many : NULL, .keep_contributions = TRUE,
                                  .has_cursor = TRUE };
        FigAttribution none = { 0 };
        FigTheme theme;

        fig_theme_init (&theme, i % 2);
        sample_assert_inside (FIG_DRAW (fig_attribution_draw), &figure, &theme, sizes[i][0], sizes[i][1]);
        sample_assert_inside (FIG_DRAW (fig_attribution_draw), &none, &theme, sizes[i][0], sizes[i][1]);
      }
}

/* ---- Substitutions ---- */

/* "ab": every letter from k on at the first place makes class 1 of it, everything else leaves class 0. */
typedef struct
{
  guint8 guesses[NN_ALPHABET_SIZE * 64];
  float probabilities[NN_ALPHABET_SIZE * 64];
  float kept[NN_ALPHABET_SIZE * 64];
  FigSubstitution figure;
} Map;

static void
map_init (Map *map, const char *ascii)
{
  static const char *const classes[] = { "Dutch", "Japanese", NULL };
  guint length = (guint) strlen (ascii);

  memset (map, 0, sizeof *map);
  for (guint letter = 0; letter < NN_ALPHABET_SIZE; letter++)
    for (guint place = 0; place < length; place++)
      {
        guint i = letter * length + place;

        map->guesses[i] = place == 0 && letter >= 10;
        map->probabilities[i] = map->guesses[i] ? 0.5f : 0.75f;
        map->kept[i] = map->guesses[i] ? 0.25f : 0.75f;
      }
  map->figure = (FigSubstitution){
    .kind = NN_LSTM, .ascii = ascii, .probability = 0.75, .guesses = map->guesses, .probabilities = map->probabilities,
    .kept = map->kept, .classes = classes, .n_classes = 2,
  };
}

static void
test_substitution (void)
{
  g_autofree Map *map = g_new (Map, 1);
  g_autofree char *csv = NULL, *said = NULL;
  cairo_surface_t *surface;
  FigTheme theme;
  double height;

  plain_theme (&theme);
  map_init (map, "ab");
  height = fig_substitution_height (&map->figure, &theme, WIDTH);
  surface = sample_draw (FIG_DRAW (fig_substitution_draw), &map->figure, &theme, WIDTH, height);
  for (guint letter = 0; letter < NN_ALPHABET_SIZE; letter++)
    for (guint place = 0; place < 2; place++)
      {
        FigRect cell = fig_substitution_cell (&map->figure, &theme, WIDTH, height, letter, place);
        double x = cell.x + cell.width / 2, y = cell.y + cell.height / 2;
        gboolean changes = place == 0 && letter >= 10;
        /* 0.3 and 0.7 times the probability of 0.5. */
        FigColor color = changes ? fig_color_mix (theme.background, fig_class_color (&theme, 1), 0.65)
                                 : fig_color_mix (theme.background, theme.ink, 0.07);
        FigSubstitutionHit hit;

        g_assert_true (is_near (sample_pixel (surface, x, y), sample_pixel_of (color)));
        g_assert_true (fig_substitution_hit (&map->figure, &theme, WIDTH, height, x, y, &hit));
        g_assert_true (hit.has_letter);
        g_assert_cmpuint (hit.letter, ==, letter);
        g_assert_cmpuint (hit.place, ==, place);
      }
  cairo_surface_destroy (surface);
  csv = fig_substitution_csv (&map->figure, NULL);
  g_assert_nonnull (strstr (csv, "\nLSTM,1,a,k,Japanese,0.5,0.25\n"));
  g_assert_nonnull (strstr (csv, "\nLSTM,2,b,\" \",Dutch,0.75,0.75\n"));
  /* 57 - 10 letters from k on. */
  said = fig_substitution_describe (&map->figure);
  g_assert_cmpstr (said, ==,
                   "LSTM reads ab as Dutch (75 %). Of 112 other letters at all places, 47 change the guess; most do at "
                   "letter 1 (a): 47 of 56.");
}

static void
test_substitution_words (void)
{
  g_autofree Map *map = g_new (Map, 1);
  FigSubstitutionHit hit = { 0, TRUE, 10, { 0 } }, own = { 1, TRUE, 1, { 0 } }, above = { 1, FALSE, 0, { 0 } };
  g_autofree char *text = NULL, *own_text = NULL, *above_text = NULL;
  FigTheme theme;

  plain_theme (&theme);
  map_init (map, "ab");
  text = fig_substitution_hit_text (&map->figure, &theme, &hit);
  g_assert_cmpstr (text, ==, "LSTM: with k instead of a at letter 1: Japanese 50 %");
  own_text = fig_substitution_hit_text (&map->figure, &theme, &own);
  above_text = fig_substitution_hit_text (&map->figure, &theme, &above);
  g_assert_cmpstr (own_text, ==, "LSTM: letter 2 is b: Dutch 75 %");
  g_assert_cmpstr (above_text, ==, own_text);
}

static void
test_substitution_inside (void)
{
  g_autofree Map *map = g_new (Map, 1);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      FigSubstitution none = { 0 };
      FigTheme theme;

      fig_theme_init (&theme, i % 2);
      map_init (map, i % 2 ? "X" : LONG_NAME);
      map->figure.has_cursor = TRUE;
      sample_assert_inside (FIG_DRAW (fig_substitution_draw), &map->figure, &theme, sizes[i][0], sizes[i][1]);
      sample_assert_inside (FIG_DRAW (fig_substitution_draw), &none, &theme, sizes[i][0], sizes[i][1]);
    }
}

/* Every one of them as a file. */
static void
test_files (void)
{
  static const FigFormat formats[] = { FIG_FORMAT_PNG, FIG_FORMAT_SVG, FIG_FORMAT_PDF };
  g_autoptr (NnTrace) trace = known_trace (NN_LSTM);
  g_autofree Map *map = g_new (Map, 1);
  FigUnitTrace unit = { .trace = trace, .unit = 1 };
  FigAttribution attribution = known_attribution ();
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  map_init (map, "ab");
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const FigPage pages[] = {
        { .draw = FIG_DRAW (fig_unit_trace_draw), .figure = &unit },
        { .draw = FIG_DRAW (fig_attribution_draw), .figure = &attribution },
        { .draw = FIG_DRAW (fig_substitution_draw), .figure = &map->figure },
      };

      for (guint j = 0; j < G_N_ELEMENTS (pages); j++)
        {
          FigPage page = pages[j];
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) first = NULL, again = NULL;

          page.theme = &theme;
          page.width = 420;
          page.height = 700;
          page.dpi = 72;
          first = fig_export_to_bytes (&page, formats[i], &error);
          g_assert_no_error (error);
          again = fig_export_to_bytes (&page, formats[i], &error);
          g_assert_no_error (error);
          g_assert_cmpuint (g_bytes_get_size (first), >, 1000);
          g_assert_true (g_bytes_equal (first, again));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name-figures/unit/update", test_update);
  g_test_add_func ("/name-figures/unit/hit", test_unit_hit);
  g_test_add_func ("/name-figures/unit/inside", test_unit_inside);
  g_test_add_func ("/name-figures/attribution/words", test_attribution_words);
  g_test_add_func ("/name-figures/attribution/bars", test_attribution_bars);
  g_test_add_func ("/name-figures/attribution/inside", test_attribution_inside);
  g_test_add_func ("/name-figures/substitution/map", test_substitution);
  g_test_add_func ("/name-figures/substitution/words", test_substitution_words);
  g_test_add_func ("/name-figures/substitution/inside", test_substitution_inside);
  g_test_add_func ("/name-figures/files", test_files);
  return g_test_run ();
}
