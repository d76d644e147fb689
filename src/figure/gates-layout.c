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

/* In times of the font's size. */
#define MARGIN 0.6
#define LONGEST_NAME 12.0
#define GAP 0.5
#define NETWORK_GAP 1.6
#define WIDEST_COLUMN 14.0
#define LETTER_ROW 2.0
#define TITLE_ROW 3.1
#define BARS_ROW 2.9
#define STRIP_GAP 0.7
#define LEAST_STRIP 1.2
#define LEAST_COMFORT 4.2
#define MOST_COMFORT 13.0
#define MOST_STRIP 26.0

/* What placing goes by. */
typedef struct
{
  const FigGates *gates;
  const FigTheme *theme;
  double em;
  double label_width; /* of the words at the left */
  double bar_width;   /* of the colour bar at the right and its numbers */
  double names_height;
  double strip;
  gboolean beside;  /* the networks stand side by side */
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

static double
measure_labels (const Placing *placing)
{
  FigText name = fig_text (placing->theme, 0.95), note = fig_text (placing->theme, 0.82);
  const char *const words[] = { _ ("guess"), _ ("probability, %"), NULL };
  double widest = fig_text_widest (placing->theme, &note, words);

  name.markup = TRUE;
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      g_autofree char *label = fig_gates_state_label (state);
      g_autofree char *range = fig_gates_range_label (NN_RNN, state, placing->theme->plain_numbers);

      widest = MAX (widest, fig_text_width (placing->theme, &name, label));
      widest = MAX (widest, fig_text_width (placing->theme, &note, range));
    }
  return widest + GAP * placing->em;
}

static double
measure_bar (const Placing *placing)
{
  FigText note = fig_text (placing->theme, 0.82);

  return (GAP + 0.7 + 0.35) * placing->em + fig_text_width (placing->theme, &note, "\xe2\x89\xa4\xe2\x88\x92" "2");
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

/* Places one network with its columns from @left on, and gives where it ends. */
static double
place_network (const FigGatesLayout *layout, const Placing *placing, FigGatesPlace *place, guint index, double y)
{
  const FigTheme *theme = placing->theme;
  NnKind kind = placing->gates->readings[index].kind;
  double width = place->column * MAX (layout->n_letters, 1), em = placing->em, top = y;
  double outer = place->has_labels ? place->left - placing->label_width : place->left, first_strip;

  place->title = row (outer, &y, place->left + width + placing->bar_width - outer, TITLE_ROW * em);
  place->letters = row (place->left, &y, width, placing->beside && layout->n_letters > 0 ? LETTER_ROW * em : 0);
  place->names = row (place->left, &y, width, layout->n_letters > 0 ? placing->names_height : 0);
  place->bars = row (place->left, &y, width, layout->n_letters > 0 ? BARS_ROW * em : 0);
  first_strip = y;
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      place->strips[state] = (FigRect){ 0 };
      if (!placing->states[state] && !has_state (kind, state))
        continue;
      y += STRIP_GAP * em;
      if (has_state (kind, state))
        {
          double from = fig_snap (theme, y), to = fig_snap (theme, y + placing->strip);

          place->strips[state] = (FigRect){ place->left, from, width, to - from };
        }
      y += placing->strip;
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

  room = width - 2 * margin - placing->label_width - across * placing->bar_width - (across - 1) * NETWORK_GAP * em;
  column = CLAMP (room / (across * letters), 1.0, WIDEST_COLUMN * em);
  if (column >= 4)
    column = MAX (1.0, floor (column * placing->theme->device_scale) / placing->theme->device_scale);
  choose_names (layout, placing, column);
  layout->letter_factor = CLAMP (column / em * 1.15, 0.5, 1.45);
  x = fig_snap (placing->theme, x + placing->label_width);
  layout->letters = (FigRect){ 0 };
  if (!placing->beside && layout->n_letters > 0)
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
        x = fig_snap (placing->theme, x + column * letters + placing->bar_width + NETWORK_GAP * em);
      else if (i + 1 < gates->n_readings)
        y = bottom + NETWORK_GAP * em;
    }
  return bottom + margin;
}

static guint
count_strips (const Placing *placing)
{
  guint all = 0, highest = 0;

  for (guint i = 0; i < placing->gates->n_readings; i++)
    {
      guint n = 0;

      for (guint state = 0; state < NN_N_STATES; state++)
        n += placing->states[state] || has_state (placing->gates->readings[i].kind, state);
      all += n;
      highest = MAX (highest, n);
    }
  return placing->beside ? highest : all;
}

static void
init_placing (Placing *placing, FigGatesLayout *layout, const FigGates *gates, const FigTheme *theme)
{
  *placing = (Placing){ .gates = gates, .theme = theme, .em = theme->font_size };
  placing->beside = gates->n_readings == 1 || gates->arrangement == FIG_GATES_SIDE_BY_SIDE;
  for (guint i = 0; i < gates->n_readings; i++)
    for (guint state = 0; state < NN_N_STATES; state++)
      if (gates->all_states || (placing->beside && has_state (gates->readings[i].kind, state)))
        placing->states[state] = TRUE;
  for (guint i = 0; i < gates->n_readings && layout->first == NULL; i++)
    layout->first = gates->readings[i].trace;
  layout->n_letters = layout->first != NULL ? layout->first->length : 0;
  placing->label_width = measure_labels (placing);
  placing->bar_width = measure_bar (placing);
}

void
fig_gates_layout_init (FigGatesLayout *layout,
                       const FigGates *gates,
                       const FigTheme *theme,
                       double width,
                       double height)
{
  FigText title = fig_text (theme, 1.15);
  double em = theme->font_size, margin = MARGIN * em, y = margin, rest;
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
  n_strips = MAX (count_strips (&placing), 1);
  rest = place_all (layout, &placing, width, y);
  layout->natural_height = ceil (rest + n_strips * CLAMP (hidden / 2.0, LEAST_COMFORT * em, MOST_COMFORT * em));
  if (height <= 0)
    height = layout->natural_height;
  placing.strip = CLAMP ((height - rest) / n_strips, LEAST_STRIP * em, MOST_STRIP * em);
  place_all (layout, &placing, width, y);
}
