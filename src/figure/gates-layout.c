/* gates-layout.c: where the parts of the gates' figure stand.
 *
 * Everything is placed from the top down twice: with strips of no height, which tells what the rest takes, and with the
 * strips that then fit. Nothing depends on what the networks say, so that nothing jumps while they learn.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/gates-layout.h"

#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"
#include "figure/text.h"

#include <math.h>
#include <string.h>

/* In times of the font's size. */
#define MARGIN 0.6
#define LONGEST_NAME 12.0
#define GAP 0.5
#define NETWORK_GAP 1.6
#define WIDEST_COLUMN 14.0
#define LETTER_ROW 2.0
#define TITLE_ROW 3.1
#define LEGEND_ROWS 2
#define LEGEND_ROW 1.35
#define BARS_ROW 6.2
#define STRIP_GAP 0.7
#define VOICE_GAP 0.25
#define TELLING_ROW 0.85
#define TELLING_GAP 0.3
#define GUTTER 2.6
#define CAPTION_ROW 2.5
#define LEAST_STRIP 1.2
#define LEAST_COMFORT 4.2
#define MOST_COMFORT 13.0
#define MOST_STRIP 26.0
#define LEAST_PLOT 2.2
#define COMFORT_PLOT 3.7
#define MOST_PLOT 9.0

/* What placing goes by. */
typedef struct
{
  const FigGates *gates;
  const FigTheme *theme;
  double em;
  double label_width; /* of the words at the left */
  double bar_width;   /* of the colour bar at the right and its numbers */
  double names_height;
  double strip;  /* of all units, or the plot of their summary */
  double gutter; /* left of a network without words at the left, for the telling units' numbers */
  gboolean beside;  /* the networks stand side by side */
  gboolean summary;
  gboolean own_letters; /* every network has the letters above it */
  gboolean states[NN_N_STATES]; /* that have a place in every network */
} Placing;

char *
fig_gates_state_label (NnState state)
{
  g_autofree char *name = g_markup_escape_text (fig_state_name (state), -1);

  return g_strdup_printf ("%s <i>%c</i><sub>t</sub>", name, fig_state_symbol (state));
}

char *
fig_gates_range_label (NnKind kind, NnState state, gboolean plain)
{
  FigRange range = fig_state_range (kind, state);
  g_autofree char *low = fig_number (range.low, 0, plain), *high = fig_number (range.high, 0, plain);

  if (range.clipped)
    /* Translators: the two numbers are the ends of a scale of colours; what lies beyond gets the end's. */
    return g_strdup_printf (_ ("%s to %s, clipped"), low, high);
  /* Translators: the two numbers are the ends of a scale of colours. */
  return g_strdup_printf (_ ("%s to %s"), low, high);
}

static gboolean
has_state (NnKind kind, NnState state)
{
  return state == NN_STATE_HIDDEN || nn_kind_has_gates (kind);
}

const NnTrace *
fig_gates_voice (const FigReading *reading, guint voice)
{
  const NnTrace *const traces[FIG_N_VOICES]
    = { reading->trace, reading->unclamped, reading->second, reading->second_unclamped };

  return reading->trace != NULL ? traces[voice] : NULL;
}

guint
fig_gates_unit (const FigReading *reading, guint row)
{
  return reading->order != NULL ? reading->order[row] : row;
}

FigRect
fig_gates_telling_row (const FigGatesLayout *layout, const FigGatesRows *rows, NnState state, guint index)
{
  FigRect area = rows->telling[state];

  area.height /= MAX (layout->n_telling, 1);
  area.y += index * area.height;
  return area;
}

double
fig_gates_column (const FigGatesPlace *place, guint letter)
{
  return place->left + (letter + 0.5) * place->column;
}

double
fig_gates_label_width (const FigTheme *theme)
{
  FigText name = fig_text (theme, 0.95), note = fig_text (theme, 0.82);
  const char *const notes[] = { _ ("guess"), _ ("probability, %"), _ ("without the clamps"), _ ("guess without it"),
                                _ ("change of ln p, nats"), NULL };
  const char *const names[] = { _ ("letter taken out"), _ ("gradient \xc3\x97 input"), _ ("share of the logit"), NULL };
  double widest = MAX (fig_text_widest (theme, &note, notes), fig_text_widest (theme, &name, names));

  name.markup = TRUE;
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      g_autofree char *label = fig_gates_state_label (state);
      g_autofree char *range = fig_gates_range_label (NN_RNN, state, theme->plain_numbers);

      /* A line's name in the traces of a unit has its marker beside it. */
      widest = MAX (widest, fig_text_width (theme, &name, label) + theme->font_size);
      widest = MAX (widest, fig_text_width (theme, &note, range));
    }
  return widest + GAP * theme->font_size;
}

double
fig_gates_bar_width (const FigTheme *theme)
{
  FigText note = fig_text (theme, 0.82);

  return (GAP + 0.7 + 0.35) * theme->font_size + fig_text_width (theme, &note, "\xe2\x89\xa4\xe2\x88\x92" "2");
}

/* The guesses are written across where the widest class's name fits, else turned; smaller where the columns are
 * narrower than a line. */
static void
choose_names (FigGatesLayout *layout, Placing *placing, double column)
{
  FigText text = fig_text (placing->theme, 0.92);
  double line = 1.12 * text.size, em = placing->em;
  double widest = MIN (fig_text_widest (placing->theme, &text, placing->gates->classes), LONGEST_NAME * em);

  layout->names_factor = 0.92;
  if (widest + 0.4 * em <= column)
    {
      layout->names_mode = FIG_NAMES_ACROSS;
      placing->names_height = 1.5 * em;
      return;
    }
  layout->names_mode = line <= column ? FIG_NAMES_UPWARDS : FIG_NAMES_SPARSE;
  if (line > column && FIG_SMALLEST_TYPE * 1.12 <= column)
    {
      layout->names_mode = FIG_NAMES_UPWARDS;
      layout->names_factor = column / 1.12 / em;
    }
  placing->names_height = widest * layout->names_factor / 0.92 + 0.5 * em;
}

static FigRect
row (double x, double *y, double width, double height)
{
  FigRect rect = { x, *y, width, height };

  *y += height;
  return rect;
}

/* The letters of a name, and what is guessed after each of them. */
static double
place_guesses (const FigGatesLayout *layout, const Placing *placing, FigGatesPlace *place, guint voice, double y)
{
  FigGatesRows *rows = &place->rows[voice];
  double width = place->column * MAX (layout->n_letters, 1), em = placing->em;
  gboolean own_letters = voice == FIG_VOICE_SECOND || (voice == FIG_VOICE_FIRST && placing->own_letters);

  if (layout->n_letters == 0 || !layout->has_voice[voice])
    return y;
  if (voice == FIG_VOICE_SECOND)
    y += GAP * em;
  rows->letters = row (place->left, &y, width, own_letters ? LETTER_ROW * em : 0);
  rows->names = row (place->left, &y, width, placing->names_height);
  rows->bars = row (place->left, &y, width, BARS_ROW * em * (voice == FIG_VOICE_FIRST ? 1 : 0.8));
  return y;
}

/* A state of one reading: all its units, or their summary and the telling ones. */
static double
place_block (const FigGatesLayout *layout, const Placing *placing, FigGatesPlace *place, guint voice, guint state,
             double y)
{
  FigGatesRows *rows = &place->rows[voice];
  double width = place->column * MAX (layout->n_letters, 1), em = placing->em;
  double from = fig_snap (placing->theme, y), to = fig_snap (placing->theme, y + placing->strip);

  rows->blocks[state] = (FigRect){ place->left, from, width, to - from };
  if (!placing->summary || layout->n_telling == 0)
    return y + placing->strip;
  y = to + TELLING_GAP * em;
  rows->telling[state] = row (place->left, &y, width, layout->n_telling * fig_snap (placing->theme, TELLING_ROW * em));
  return y;
}

/* Whether a reading has strips or plots of its own: in a summary, what is read without clamps is a line in the plot of
 * what is read with them. */
static gboolean
has_blocks (const FigGatesLayout *layout, const Placing *placing, guint voice)
{
  return layout->has_voice[voice] && (!placing->summary || voice % 2 == 0);
}

/* Places one network with its columns from @left on, and gives where it ends. */
static double
place_network (const FigGatesLayout *layout, const Placing *placing, FigGatesPlace *place, guint index, double y)
{
  NnKind kind = placing->gates->readings[index].kind;
  double width = place->column * MAX (layout->n_letters, 1), em = placing->em, top = y;
  double outer = place->has_labels ? place->left - placing->label_width : place->left, first_strip;

  memset (place->rows, 0, sizeof place->rows);
  place->title = row (outer, &y, place->left + width + placing->bar_width - outer, TITLE_ROW * em);
  place->legend = row (outer, &y, place->title.width, layout->n_letters > 0 ? LEGEND_ROWS * LEGEND_ROW * em : 0);
  for (guint voice = 0; voice < FIG_N_VOICES; voice++)
    y = place_guesses (layout, placing, place, voice, y);
  if (layout->n_letters > 0)
    y += GAP * em;
  place->caption = row (outer, &y, place->title.width, layout->n_letters > 0 ? CAPTION_ROW * em : 0);
  first_strip = y;
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      double start = y + STRIP_GAP * em;

      if (!placing->states[state] && !has_state (kind, state))
        continue;
      y = start - VOICE_GAP * em;
      for (guint voice = 0; voice < FIG_N_VOICES; voice++)
        if (has_blocks (layout, placing, voice))
          y = place_block (layout, placing, place, voice, state, y + VOICE_GAP * em);
      if (has_state (kind, state))
        continue;
      for (guint voice = 0; voice < FIG_N_VOICES; voice++)
        place->rows[voice].blocks[state] = place->rows[voice].telling[state] = (FigRect){ 0 };
    }
  place->message = (FigRect){ place->left, first_strip, width, y - first_strip };
  place->area = (FigRect){ outer, top, place->title.width, y - top };
  return y;
}

/* Places everything, and gives where it ends. */
static double
place_all (FigGatesLayout *layout, Placing *placing, double width, double y)
{
  const FigGates *gates = placing->gates;
  double em = placing->em, margin = MARGIN * em, x = margin, bottom = y, column, room;
  guint across = placing->beside ? gates->n_readings : 1, letters = MAX (layout->n_letters, 1);

  room = width - 2 * margin - placing->label_width - across * placing->bar_width
         - (across - 1) * (NETWORK_GAP * em + placing->gutter);
  column = CLAMP (room / (across * letters), 1.0, WIDEST_COLUMN * em);
  if (column >= 4)
    column = MAX (1.0, floor (column * placing->theme->device_scale) / placing->theme->device_scale);
  choose_names (layout, placing, column);
  layout->letter_factor = CLAMP (column / em * 1.15, 0.5, 1.45);
  x = fig_snap (placing->theme, x + placing->label_width);
  layout->letters = (FigRect){ 0 };
  if (!placing->own_letters && layout->n_letters > 0)
    {
      layout->letters = row (x, &y, column * letters, LETTER_ROW * em);
      y += GAP * em;
    }
  for (guint i = 0; i < gates->n_readings; i++)
    {
      FigGatesPlace *place = &layout->places[i];

      place->left = x;
      place->column = column;
      place->has_labels = !placing->beside || i == 0;
      bottom = MAX (bottom, place_network (layout, placing, place, i, y));
      if (placing->beside)
        x = fig_snap (placing->theme, x + column * letters + placing->bar_width + NETWORK_GAP * em
                                           + placing->gutter);
      else if (i + 1 < gates->n_readings)
        y = bottom + NETWORK_GAP * em;
    }
  return bottom + margin;
}

/* How many strips or plots share the height that is left. */
static guint
count_strips (const FigGatesLayout *layout, const Placing *placing)
{
  guint all = 0, highest = 0, voices = 0;

  for (guint voice = 0; voice < FIG_N_VOICES; voice++)
    voices += has_blocks (layout, placing, voice);
  for (guint i = 0; i < placing->gates->n_readings; i++)
    {
      guint n = 0;

      for (guint state = 0; state < NN_N_STATES; state++)
        n += placing->states[state] || has_state (placing->gates->readings[i].kind, state);
      all += n;
      highest = MAX (highest, n);
    }
  return (placing->beside ? highest : all) * voices;
}

/* Which readings there are, in any of the networks: all keep the places, so that the same is at the same height. */
static void
find_voices (FigGatesLayout *layout, const FigGates *gates)
{
  for (guint i = 0; i < gates->n_readings; i++)
    {
      const FigReading *reading = &gates->readings[i];

      for (guint voice = 0; voice < FIG_N_VOICES; voice++)
        if (fig_gates_voice (reading, voice) != NULL)
          {
            layout->has_voice[voice] = TRUE;
            layout->n_letters = MAX (layout->n_letters, fig_gates_voice (reading, voice)->length);
          }
      if (layout->first == NULL)
        layout->first = reading->trace;
      if (layout->second == NULL)
        layout->second = fig_gates_voice (reading, FIG_VOICE_SECOND);
      if (gates->detail == FIG_GATES_SUMMARY)
        layout->n_telling = MAX (layout->n_telling, MIN (reading->n_telling, FIG_MAX_TELLING));
    }
  if (layout->n_letters > 0)
    layout->n_letters = MAX (layout->n_letters, MIN (gates->n_columns, NN_MAX_LETTERS));
  layout->has_voice[FIG_VOICE_FIRST] = TRUE;
  if (gates->keep_unclamped)
    layout->has_voice[FIG_VOICE_FIRST_UNCLAMPED] = TRUE;
  if (gates->keep_unclamped && layout->has_voice[FIG_VOICE_SECOND])
    layout->has_voice[FIG_VOICE_SECOND_UNCLAMPED] = TRUE;
}

static void
init_placing (Placing *placing, FigGatesLayout *layout, const FigGates *gates, const FigTheme *theme)
{
  *placing = (Placing){ .gates = gates, .theme = theme, .em = theme->font_size };
  placing->beside = gates->n_readings == 1 || gates->arrangement == FIG_GATES_SIDE_BY_SIDE;
  placing->summary = gates->detail == FIG_GATES_SUMMARY;
  for (guint i = 0; i < gates->n_readings; i++)
    for (guint state = 0; state < NN_N_STATES; state++)
      if (gates->all_states || (placing->beside && has_state (gates->readings[i].kind, state)))
        placing->states[state] = TRUE;
  find_voices (layout, gates);
  placing->own_letters = placing->beside || layout->second != NULL;
  placing->label_width = fig_gates_label_width (theme);
  placing->bar_width = fig_gates_bar_width (theme);
  placing->gutter = placing->summary && placing->beside && layout->n_telling > 0 ? GUTTER * placing->em : 0;
}

/* The strip's height, in points: where it is comfortably read, and between which ends it may be. */
static void
limit_strip (const Placing *placing, guint hidden, double *comfort, double *least, double *most)
{
  double em = placing->em;

  *comfort = placing->summary ? COMFORT_PLOT * em : CLAMP (hidden / 2.0, LEAST_COMFORT * em, MOST_COMFORT * em);
  *least = (placing->summary ? LEAST_PLOT : LEAST_STRIP) * em;
  *most = (placing->summary ? MOST_PLOT : MOST_STRIP) * em;
}

void
fig_gates_layout_init (FigGatesLayout *layout,
                       const FigGates *gates,
                       const FigTheme *theme,
                       double width,
                       double height)
{
  FigText title = fig_text (theme, 1.15);
  double em = theme->font_size, margin = MARGIN * em, y = margin, rest, comfort, least, most;
  guint hidden = 0, n_strips;
  Placing placing;

  *layout = (FigGatesLayout){ 0 };
  init_placing (&placing, layout, gates, theme);
  layout->title = row (margin, &y, MAX (width - 2 * margin, 1), 0);
  if (gates->title != NULL)
    {
      layout->title.height = fig_text_line_height (theme, &title) + 0.3 * em;
      y += layout->title.height;
    }
  for (guint i = 0; i < gates->n_readings; i++)
    if (gates->readings[i].trace != NULL)
      hidden = MAX (hidden, gates->readings[i].trace->hidden);
  n_strips = MAX (count_strips (layout, &placing), 1);
  limit_strip (&placing, hidden, &comfort, &least, &most);
  rest = place_all (layout, &placing, width, y);
  layout->natural_height = ceil (rest + n_strips * comfort);
  if (height <= 0)
    height = layout->natural_height;
  placing.strip = CLAMP ((height - rest) / n_strips, least, most);
  place_all (layout, &placing, width, y);
}
