/* confusion-layout.c: where the parts of the matrices' figure stand.
 *
 * The cells are squares of one size, as large as the figure allows; the names of the classes take what they need, never
 * less. So the names' size is chosen first, from the largest down, and the first at which they stand apart is taken.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/confusion-layout.h"

#include "figure/confusion-cells.h"
#include "figure/i18n.h"
#include "figure/number.h"
#include "figure/text.h"

#include <math.h>

#define LABEL_LEADING 1.12 /* names may stand closer than lines of a text */
#define MARGIN 0.6
#define BAR_GAP 1.4
#define BAR_WIDTH 0.9
#define SCORES_GAP 0.5
#define ENDLESS 1e6 /* points: a height that limits nothing */
#define LONGEST_NAME 16.0 /* a longer one is cut: a folder may hold files of any name */

/* What is the same for every arrangement that is tried. */
typedef struct
{
  const FigConfusion *confusion;
  const FigTheme *theme;
  double width;       /* within the margins, without one bar */
  double height;
  double title_line;  /* above each matrix */
  double axis_line;   /* "guess" under the columns, "true" left of the rows */
  double footer_line;
  double gap;
  double bar;         /* one bar with what is written beside it */
  double number;      /* the widest number of a score at size 1; 0 without scores */
  guint n_panels;
  guint n_bars;
  double widest;      /* of the names at size 1 */
  gboolean cuts_names; /* some are longer than that */
  double widest_footer;
} Room;

/* An arrangement: how large a cell it leaves. */
typedef struct
{
  guint columns;
  gboolean rows_labelled_everywhere;
  double factor;
  guint every;
  guint footer_lines;
  double cell;
  double score;  /* the width of a column of scores; 0 without them */
  double scores; /* that of all of them, with the gap in front */
} Arrangement;

static double
names_width (const Room *room, double factor)
{
  /* Small type is a little wider than its size says, for its letters keep to whole pixels. */
  return room->widest * factor * 1.04 + room->gap;
}

/* Left of a row of matrices, and left of each further one. */
static double
left_of_first (const Room *room, double factor)
{
  return room->axis_line + room->gap / 2 + names_width (room, factor);
}

static double
left_of_next (const Room *room, const Arrangement *arrangement)
{
  double between = 2 * room->theme->font_size;

  return between + (arrangement->rows_labelled_everywhere ? names_width (room, arrangement->factor) : 0);
}

static double
around_height (const Room *room, const Arrangement *arrangement)
{
  gboolean above_others = arrangement->columns < room->n_panels;

  return (above_others ? 2 : 1) * room->title_line + names_width (room, arrangement->factor) + room->axis_line
         + arrangement->footer_lines * room->footer_line + room->gap;
}

/* Columns of scores are as wide as the numbers need that cells of this height have room for; where they have none, as
 * wide as lets the columns' names stand apart. */
static void
measure_scores (const Room *room, Arrangement *arrangement, double cell)
{
  double size = room->theme->font_size, type = MIN (FIG_SCORE_TYPE * size, (cell - 1) / FIG_CELL_LEADING);

  if (room->number <= 0)
    return;
  arrangement->score = arrangement->factor * size * LABEL_LEADING + 1;
  if (type >= FIG_SMALLEST_TYPE)
    arrangement->score = MAX (arrangement->score, room->number * type / size + 0.4 * type);
  arrangement->score = ceil (arrangement->score);
  arrangement->scores = SCORES_GAP * size + FIG_N_SCORES * arrangement->score;
}

/* Under each other the two bars stand so too, each beside the first panel that has its colours. */
static double
inner_width (const Room *room, const Arrangement *arrangement)
{
  return MAX (room->width - (arrangement->columns == room->n_panels ? (room->n_bars - 1) * room->bar : 0), 1);
}

static void
fit_cell (const Room *room, Arrangement *arrangement)
{
  guint n = MAX (room->confusion->n_classes, 1);
  guint lines = (room->n_panels + arrangement->columns - 1) / arrangement->columns;
  double wide, high, pitch;

  wide = (inner_width (room, arrangement) - left_of_first (room, arrangement->factor)
          - (arrangement->columns - 1) * left_of_next (room, arrangement))
           / arrangement->columns
         - arrangement->scores;
  /* A footer that is wider than its matrix goes on in a second line. */
  pitch = wide + arrangement->scores + (arrangement->columns > 1 ? left_of_next (room, arrangement) * 0.7 : 0);
  arrangement->footer_lines = room->widest_footer > pitch ? 2 : 1;
  high = room->height / lines - around_height (room, arrangement);
  arrangement->cell = MAX (MIN (wide, high) / n, 0.5);
}

/* The scores follow from the cells' height, and take of their width. */
static void
measure_cell (const Room *room, Arrangement *arrangement)
{
  measure_scores (room, arrangement, 0);
  fit_cell (room, arrangement);
  if (room->number <= 0)
    return;
  measure_scores (room, arrangement, arrangement->cell);
  fit_cell (room, arrangement);
  /* Numbers that take the room that they need are none. */
  measure_scores (room, arrangement, arrangement->cell);
  fit_cell (room, arrangement);
}

/* Chooses the names' size, and how many of them are left out, for the arrangement's columns. */
static void
choose_names (const Room *room, Arrangement *arrangement)
{
  double size = room->theme->font_size, least = MIN (fig_text_smallest (room->theme) / size, 1.0);

  for (guint every = 1; every <= 8; every++)
    for (double factor = 1.0; factor >= least - 1e-6; factor -= 0.05)
      {
        arrangement->factor = factor;
        arrangement->every = every;
        measure_cell (room, arrangement);
        if (factor * size * LABEL_LEADING <= every * arrangement->cell)
          return;
      }
}

static Arrangement
choose_arrangement (const Room *room)
{
  Arrangement best = { .cell = 0 };

  for (guint columns = MAX (room->n_panels, 1); columns >= 1; columns--)
    {
      Arrangement tried = { .columns = columns };

      choose_names (room, &tried);
      /* Side by side is how they compare best; under each other must pay. */
      if (tried.cell > best.cell * (best.cell > 0 && tried.every >= best.every ? 1.15 : 1.0))
        best = tried;
    }
  if (best.columns > 1)
    {
      Arrangement labelled = best;

      labelled.rows_labelled_everywhere = TRUE;
      measure_cell (room, &labelled);
      if (labelled.cell >= best.cell * 0.995)
        best = labelled;
    }
  /* Whole pixels make all cells of the screen equal, as long as that doesn't cost much of them. */
  if (room->theme->target == FIG_TARGET_SCREEN && best.cell * room->theme->device_scale >= 5)
    best.cell = floor (best.cell * room->theme->device_scale) / room->theme->device_scale;
  return best;
}

static void
place_matrix (const Room *room,
              const Arrangement *arrangement,
              const FigTheme *theme,
              FigMatrixPlace *place,
              guint index,
              double x,
              double y)
{
  double side = arrangement->cell * MAX (room->confusion->n_classes, 1);
  double aside = arrangement->columns == 1 ? left_of_first (room, arrangement->factor) : theme->font_size * 1.6;
  double wide = side + arrangement->scores;

  place->cells = (FigRect){ fig_snap (theme, x), fig_snap (theme, y + room->title_line), side, side };
  place->title = (FigRect){ place->cells.x, y, wide + theme->font_size * 1.6, room->title_line };
  place->scores = (FigRect){ 0 };
  if (room->number > 0)
    place->scores = (FigRect){ fig_snap (theme, fig_rect_right (&place->cells) + SCORES_GAP * theme->font_size),
                               place->cells.y, FIG_N_SCORES * arrangement->score, side };
  place->footer = (FigRect){
    place->cells.x - aside / 2,
    y + room->title_line + side + names_width (room, arrangement->factor) + room->axis_line,
    wide + aside,
    arrangement->footer_lines * room->footer_line,
  };
  place->has_row_labels = arrangement->rows_labelled_everywhere || index % arrangement->columns == 0;
}

/* The bars stand right of what they are of: with all panels abreast that of the matrices in front of the difference, else
 * each at the end of its row. */
static void
place_bars (FigConfusionLayout *layout, const Room *room, const Arrangement *arrangement, double side, double right)
{
  const FigTheme *theme = room->theme;
  gboolean between = room->n_bars > 1 && arrangement->columns == room->n_panels;

  for (guint i = 0; i < room->n_bars; i++)
    {
      const FigMatrixPlace *last = &layout->places[room->confusion->n_matrices - 1];
      double x = between && i == 0 ? fig_rect_right (&last->cells) + arrangement->scores : right;

      layout->bars[i] = (FigRect){
        fig_snap (theme, x + BAR_GAP * theme->font_size),
        layout->places[i * (room->n_panels - 1)].cells.y,
        fig_snap (theme, BAR_WIDTH * theme->font_size),
        side,
      };
    }
}

static void
place_all (FigConfusionLayout *layout, const Room *room, const Arrangement *arrangement, double x, double y)
{
  guint columns = arrangement->columns, n = room->n_panels, n_classes = MAX (room->confusion->n_classes, 1);
  double side = arrangement->cell * n_classes, wide = side + arrangement->scores;
  double first = left_of_first (room, arrangement->factor), next = left_of_next (room, arrangement);
  double used = first + columns * wide + (columns - 1) * next;
  /* What is left over goes between the panels first, then to both sides. */
  double spare = MAX (inner_width (room, arrangement) - used, 0);
  double extra = columns > 1 ? MIN (spare / columns, 3 * room->theme->font_size) : 0;
  double left = x + (spare - extra * (columns - 1)) / 2, right;

  right = left + first + columns * wide + (columns - 1) * (next + extra);
  for (guint i = 0; i < n; i++)
    {
      /* The difference stands behind the bar of the matrices. */
      double bar = columns == n && fig_confusion_is_difference (room->confusion, i) ? room->bar : 0;

      place_matrix (room, arrangement, room->theme, &layout->places[i], i,
                    left + first + (i % columns) * (wide + next + extra) + bar,
                    y + (i / columns) * (side + around_height (room, arrangement)));
    }
  if (columns == n && room->n_bars > 1)
    right += room->bar;
  if (n > 0)
    place_bars (layout, room, arrangement, side, right);
}

static double
title_height (const FigConfusion *confusion, const FigTheme *theme)
{
  FigText title = fig_text (theme, 1.15);

  return confusion->title != NULL ? fig_text_line_height (theme, &title) + theme->font_size * 0.3 : 0;
}

/* The names of the scores stand under their columns, as those of the classes do. */
static void
init_scores (Room *room)
{
  const FigTheme *theme = room->theme;
  FigText normal = fig_text (theme, 1.0);
  g_autofree char *longest = fig_number (room->confusion->difference ? -88 : 100, 0, theme->plain_numbers);

  if (!room->confusion->scores)
    return;
  room->number = fig_text_width (theme, &normal, longest);
  for (guint i = FIG_SCORE_PRECISION; i <= FIG_N_SCORES; i++)
    room->widest = MAX (room->widest, fig_text_width (theme, &normal, fig_score_name ((FigScore) i)));
}

/* Measures what doesn't depend on the arrangement. @width and @height are the figure's. */
static void
init_room (Room *room, const FigConfusion *confusion, const FigTheme *theme, double width, double height)
{
  FigText normal = fig_text (theme, 1.0), small = fig_text (theme, 0.92);
  double margin = theme->font_size * MARGIN, line = fig_text_line_height (theme, &normal);
  g_autofree char *percent = fig_percent (1.0, 0, theme->plain_numbers);
  g_autofree char *largest
    = fig_number (fig_confusion_panel_colormap (confusion, theme, 0).high, 0, theme->plain_numbers);

  *room = (Room){ .confusion = confusion, .theme = theme, .gap = theme->font_size * FIG_CONFUSION_GAP };
  room->n_panels = fig_confusion_n_panels (confusion);
  room->n_bars = room->n_panels > confusion->n_matrices ? 2 : 1;
  /* The bar, its numbers and its title in a turned line. */
  room->bar = (BAR_GAP + BAR_WIDTH) * theme->font_size + 2 * room->gap + line
              + MAX (fig_text_width (theme, &normal, percent), fig_text_width (theme, &normal, largest));
  room->width = MAX (width - 2 * margin - room->bar, 1);
  room->height = MAX (height - 2 * margin - title_height (confusion, theme), 1);
  room->title_line = line * 1.25;
  room->axis_line = line;
  room->footer_line = fig_text_line_height (theme, &small);
  room->widest = fig_text_widest (theme, &normal, confusion->classes);
  room->cuts_names = room->widest > LONGEST_NAME * theme->font_size;
  room->widest = MIN (room->widest, LONGEST_NAME * theme->font_size);
  init_scores (room);
  for (guint i = 0; i < room->n_panels; i++)
    {
      g_autofree char *footer = fig_confusion_panel_counted_text (confusion, i, theme->plain_numbers);

      room->widest_footer = MAX (room->widest_footer, fig_text_width (theme, &small, footer));
    }
}

guint
fig_confusion_class_at (const FigConfusion *confusion, guint place)
{
  return confusion->order != NULL ? confusion->order[place] : place;
}

guint
fig_confusion_place_of (const FigConfusion *confusion, guint index)
{
  for (guint i = 0; confusion->order != NULL && i < confusion->n_classes; i++)
    if (confusion->order[i] == index)
      return i;
  return index;
}

void
fig_confusion_layout_init (FigConfusionLayout *layout,
                           const FigConfusion *confusion,
                           const FigTheme *theme,
                           double width,
                           double height)
{
  double margin = theme->font_size * MARGIN;
  Arrangement arrangement;
  Room room;

  *layout = (FigConfusionLayout){ .places = g_new0 (FigMatrixPlace, fig_confusion_n_panels (confusion) + 1) };
  layout->title = (FigRect){ margin, margin, MAX (width - 2 * margin, 1), title_height (confusion, theme) };
  init_room (&room, confusion, theme, width, height);
  arrangement = choose_arrangement (&room);
  layout->cell = arrangement.cell;
  layout->label_factor = arrangement.factor;
  layout->label_width = names_width (&room, arrangement.factor) - room.gap;
  layout->cuts_labels = room.cuts_names;
  layout->label_every = arrangement.every;
  place_all (layout, &room, &arrangement, margin, margin + layout->title.height);
}

/* All abreast on the screen, which is wide; on paper as many as leave room for every name and for the words below. */
static void
choose_columns (const Room *room, Arrangement *arrangement)
{
  for (guint columns = MAX (room->n_panels, 1); columns >= 1; columns--)
    {
      double pitch = room->width / columns;

      arrangement->columns = columns;
      choose_names (room, arrangement);
      if (!room->theme->plain_numbers
          || (arrangement->every == 1 && room->widest_footer < 2 * pitch - 4 * room->theme->font_size))
        return;
    }
  arrangement->columns = 1;
}

double
fig_confusion_height (const FigConfusion *confusion, const FigTheme *theme, double width)
{
  double em, largest;
  Arrangement arrangement = { 0 };
  guint n_classes, lines;
  Room room;

  g_return_val_if_fail (confusion != NULL && theme != NULL, 0);
  em = theme->font_size;
  n_classes = MAX (confusion->n_classes, 1);
  largest = MAX ((confusion->cells == FIG_CELLS_BOTH ? 2.6 : 1.9) * em, 18 * em / n_classes);
  init_room (&room, confusion, theme, width, ENDLESS);
  choose_columns (&room, &arrangement);
  lines = (MAX (room.n_panels, 1) + arrangement.columns - 1) / arrangement.columns;
  return ceil (2 * MARGIN * em + title_height (confusion, theme)
               + lines * (around_height (&room, &arrangement) + n_classes * MIN (arrangement.cell, largest)));
}

double
fig_confusion_readable_height (const FigConfusion *confusion, const FigTheme *theme, double width)
{
  double em, wanted, margins;
  Arrangement arrangement = { 0 };
  guint n_classes, lines;
  Room room;

  g_return_val_if_fail (confusion != NULL && theme != NULL, 0);
  em = theme->font_size;
  n_classes = MAX (confusion->n_classes, 1);
  wanted = ceil (MAX (fig_confusion_readable_cell (confusion, theme), 18 * em / n_classes));
  init_room (&room, confusion, theme, width, ENDLESS);
  for (arrangement.columns = MAX (room.n_panels, 1);; arrangement.columns--)
    {
      choose_names (&room, &arrangement);
      if (arrangement.cell >= wanted || arrangement.columns == 1)
        break;
    }
  lines = (MAX (room.n_panels, 1) + arrangement.columns - 1) / arrangement.columns;
  margins = 2 * MARGIN * em + title_height (confusion, theme);
  arrangement.cell = MIN (arrangement.cell, wanted);
  return ceil (margins + lines * (around_height (&room, &arrangement) + n_classes * arrangement.cell));
}

void
fig_confusion_layout_clear (FigConfusionLayout *layout)
{
  g_clear_pointer (&layout->places, g_free);
}
