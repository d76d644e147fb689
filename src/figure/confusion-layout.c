/* confusion-layout.c: where the parts of the matrices' figure stand.
 *
 * The cells are squares of one size, as large as the figure allows; the names of the classes take what they need, never
 * less. So the names' size is chosen first, from the largest down, and the first at which they stand apart is taken.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/confusion-layout.h"

#include "figure/i18n.h"
#include "figure/number.h"
#include "figure/text.h"

#include <math.h>

#define LABEL_LEADING 1.12 /* names may stand closer than lines of a text */
#define MARGIN 0.6
#define BAR_GAP 1.4
#define BAR_WIDTH 0.9
#define ENDLESS 1e6 /* points: a height that limits nothing */
#define LONGEST_NAME 16.0 /* a longer one is cut: a folder may hold files of any name */

/* What is the same for every arrangement that is tried. */
typedef struct
{
  const FigConfusion *confusion;
  const FigTheme *theme;
  double width;       /* within the margins, without the bar */
  double height;
  double title_line;  /* above each matrix */
  double axis_line;   /* "guess" under the columns, "true" left of the rows */
  double footer_line;
  double gap;
  double widest;      /* of the names at size 1 */
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
} Arrangement;

static double
names_width (const Room *room, double factor)
{
  return room->widest * factor + room->gap;
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
  gboolean above_others = arrangement->columns < room->confusion->n_matrices;

  return (above_others ? 2 : 1) * room->title_line + names_width (room, arrangement->factor) + room->axis_line
         + arrangement->footer_lines * room->footer_line + room->gap;
}

static void
measure_cell (const Room *room, Arrangement *arrangement)
{
  guint n = MAX (room->confusion->n_classes, 1);
  guint lines = (room->confusion->n_matrices + arrangement->columns - 1) / arrangement->columns;
  double wide, high, pitch;

  wide = (room->width - left_of_first (room, arrangement->factor)
          - (arrangement->columns - 1) * left_of_next (room, arrangement))
         / arrangement->columns;
  /* A footer that is wider than its matrix goes on in a second line. */
  pitch = wide + (arrangement->columns > 1 ? left_of_next (room, arrangement) * 0.7 : 0);
  arrangement->footer_lines = room->widest_footer > pitch ? 2 : 1;
  high = room->height / lines - around_height (room, arrangement);
  arrangement->cell = MAX (MIN (wide, high) / n, 0.5);
}

/* Chooses the names' size, and how many of them are left out, for the arrangement's columns. */
static void
choose_names (const Room *room, Arrangement *arrangement)
{
  double size = room->theme->font_size, least = MIN (FIG_SMALLEST_TYPE / size, 1.0);

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

  for (guint columns = MAX (room->confusion->n_matrices, 1); columns >= 1; columns--)
    {
      Arrangement tried = { .columns = columns };

      choose_names (room, &tried);
      /* Side by side is how they compare best; under each other must pay. */
      if (tried.cell > best.cell * (best.cell > 0 ? 1.15 : 1.0))
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

  place->cells = (FigRect){ fig_snap (theme, x), fig_snap (theme, y + room->title_line), side, side };
  place->title = (FigRect){ place->cells.x, y, side + theme->font_size * 1.6, room->title_line };
  place->footer = (FigRect){
    place->cells.x - aside / 2,
    y + room->title_line + side + names_width (room, arrangement->factor) + room->axis_line,
    side + aside,
    arrangement->footer_lines * room->footer_line,
  };
  place->has_row_labels = arrangement->rows_labelled_everywhere || index % arrangement->columns == 0;
}

static void
place_all (FigConfusionLayout *layout, const Room *room, const Arrangement *arrangement, double x, double y)
{
  const FigTheme *theme = room->theme;
  guint n_classes = MAX (room->confusion->n_classes, 1);
  double side = arrangement->cell * n_classes;
  double first = left_of_first (room, arrangement->factor), next = left_of_next (room, arrangement);
  double used = first + arrangement->columns * side + (arrangement->columns - 1) * next;
  /* What is left over goes between the matrices first, then to both sides. */
  double spare = MAX (room->width - used, 0);
  double extra = arrangement->columns > 1 ? MIN (spare / arrangement->columns, 3 * theme->font_size) : 0;
  double left = x + (spare - extra * (arrangement->columns - 1)) / 2;
  guint columns = arrangement->columns, n = room->confusion->n_matrices;

  for (guint i = 0; i < n; i++)
    place_matrix (room, arrangement, theme, &layout->places[i], i,
                  left + first + (i % columns) * (side + next + extra),
                  y + (i / columns) * (side + around_height (room, arrangement)));
  layout->bar = (FigRect){
    fig_snap (theme, left + first + columns * side + (columns - 1) * (next + extra) + BAR_GAP * theme->font_size),
    n > 0 ? layout->places[0].cells.y : y,
    fig_snap (theme, BAR_WIDTH * theme->font_size),
    side,
  };
}

static double
title_height (const FigConfusion *confusion, const FigTheme *theme)
{
  FigText title = fig_text (theme, 1.15);

  return confusion->title != NULL ? fig_text_line_height (theme, &title) + theme->font_size * 0.3 : 0;
}

/* Measures what doesn't depend on the arrangement. @width and @height are the figure's. */
static void
init_room (Room *room, const FigConfusion *confusion, const FigTheme *theme, double width, double height)
{
  FigText normal = fig_text (theme, 1.0), small = fig_text (theme, 0.92);
  double margin = theme->font_size * MARGIN, line = fig_text_line_height (theme, &normal), bar;
  g_autofree char *percent = fig_percent (1.0, 0, theme->plain_numbers);

  *room = (Room){ .confusion = confusion, .theme = theme, .gap = theme->font_size * FIG_CONFUSION_GAP };
  /* The bar, its numbers and its title in a turned line. */
  bar = (BAR_GAP + BAR_WIDTH) * theme->font_size + 2 * room->gap + fig_text_width (theme, &normal, percent) + line;
  room->width = MAX (width - 2 * margin - bar, 1);
  room->height = MAX (height - 2 * margin - title_height (confusion, theme), 1);
  room->title_line = line * 1.25;
  room->axis_line = line;
  room->footer_line = fig_text_line_height (theme, &small);
  room->widest = MIN (fig_text_widest (theme, &normal, confusion->classes), LONGEST_NAME * theme->font_size);
  for (guint i = 0; i < confusion->n_matrices; i++)
    {
      g_autofree char *footer = fig_matrix_counted_text (&confusion->matrices[i], theme->plain_numbers);

      room->widest_footer = MAX (room->widest_footer, fig_text_width (theme, &small, footer));
    }
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

  *layout = (FigConfusionLayout){ .places = g_new0 (FigMatrixPlace, confusion->n_matrices + 1) };
  layout->title = (FigRect){ margin, margin, MAX (width - 2 * margin, 1), title_height (confusion, theme) };
  init_room (&room, confusion, theme, width, height);
  arrangement = choose_arrangement (&room);
  layout->cell = arrangement.cell;
  layout->label_factor = arrangement.factor;
  layout->label_width = room.widest * arrangement.factor;
  layout->label_every = arrangement.every;
  place_all (layout, &room, &arrangement, margin, margin + layout->title.height);
}

double
fig_confusion_height (const FigConfusion *confusion, const FigTheme *theme, double width)
{
  double em, largest;
  Arrangement arrangement = { 0 };
  guint n_classes;
  Room room;

  g_return_val_if_fail (confusion != NULL && theme != NULL, 0);
  em = theme->font_size;
  n_classes = MAX (confusion->n_classes, 1);
  largest = MAX (1.9 * em, 18 * em / n_classes);
  init_room (&room, confusion, theme, width, ENDLESS);
  arrangement.columns = MAX (confusion->n_matrices, 1);
  choose_names (&room, &arrangement);
  return ceil (2 * MARGIN * em + title_height (confusion, theme) + around_height (&room, &arrangement)
               + n_classes * MIN (arrangement.cell, largest));
}

void
fig_confusion_layout_clear (FigConfusionLayout *layout)
{
  g_clear_pointer (&layout->places, g_free);
}
