/* substitution.c: what the guess would become with any letter at any place of a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/substitution.h"

#include "figure/class-color.h"
#include "figure/heatmap.h"
#include "figure/i18n.h"
#include "figure/letter-grid.h"
#include "figure/names.h"
#include "figure/number.h"
#include "figure/text.h"

#include <math.h>
#include <string.h>

/* In times of the font's size. */
#define TITLE_ROW 1.8
#define CAPTION_ROW 2.5
#define LEGEND_ROW 1.35
#define LEGEND_ROWS 3
#define COMFORT_ROW 0.95
#define LEAST_ROW 0.3
#define MOST_ROW 1.6
#define SAMPLE 0.8
#define SAMPLE_GAP 0.3
#define ITEM_GAP 0.9

typedef struct
{
  FigLetterGrid grid;
  guint length;
  double title; /* the top of each */
  double caption;
  FigRect legend;
  double letters;
  FigRect map;
  double natural_height;
} Layout;

static const char *
caption_words (void)
{
  return _ ("The colour at a letter's row is the guess if it stood in the column's place; the paler, the less likely. "
            "Frames: the name's own letters.");
}

static FigText
caption_text (const FigTheme *theme, const FigLetterGrid *grid)
{
  FigText text = fig_text_faint (theme, 0.82);

  text.wrap = TRUE;
  text.max_width = MAX (grid->end - grid->margin, 1);
  return text;
}

static void
layout_init (Layout *layout, const FigSubstitution *figure, const FigTheme *theme, double width, double height)
{
  double em = theme->font_size, y, row, caption_height;
  FigText caption;

  *layout = (Layout){ .length = (guint) strlen (figure->ascii) };
  fig_letter_grid_init (&layout->grid, theme, width, MAX (figure->n_columns, layout->length));
  layout->title = layout->grid.margin;
  layout->caption = layout->title + TITLE_ROW * em;
  caption = caption_text (theme, &layout->grid);
  fig_text_measure (theme, &caption, caption_words (), NULL, &caption_height);
  y = layout->caption + MAX (CAPTION_ROW * em, caption_height + 0.3 * em);
  layout->legend
    = (FigRect){ layout->grid.margin, y, layout->grid.end - layout->grid.margin, LEGEND_ROWS * LEGEND_ROW * em };
  layout->letters = fig_rect_bottom (&layout->legend) + 0.3 * em;
  y = fig_snap (theme, layout->letters + fig_letter_grid_letters_height (theme));
  layout->natural_height = ceil (y + NN_ALPHABET_SIZE * COMFORT_ROW * em + layout->grid.margin);
  row = height <= 0 ? COMFORT_ROW * em
                    : CLAMP ((height - y - layout->grid.margin) / NN_ALPHABET_SIZE, LEAST_ROW * em, MOST_ROW * em);
  if (theme->target == FIG_TARGET_SCREEN)
    row = MAX (floor (row * theme->device_scale), 1) / theme->device_scale;
  layout->map = (FigRect){ layout->grid.left, y, layout->grid.column * layout->length, row * NN_ALPHABET_SIZE };
}

static FigRect
cell_of (const Layout *layout, const FigTheme *theme, guint letter, guint place)
{
  double row = layout->map.height / NN_ALPHABET_SIZE;
  double left = fig_snap (theme, layout->map.x + place * layout->grid.column);
  double right = fig_snap (theme, layout->map.x + (place + 1) * layout->grid.column);

  return (FigRect){ left, layout->map.y + letter * row, right - left, row };
}

static gsize
index_of (const FigSubstitution *figure, guint letter, guint place)
{
  return (gsize) letter * strlen (figure->ascii) + place;
}

FigColor
fig_substitution_color (const FigSubstitution *figure, const FigTheme *theme, guint letter, guint place)
{
  gsize index = index_of (figure, letter, place);
  double strength = 0.3 + 0.7 * CLAMP (figure->probabilities[index], 0, 1);

  if (figure->guesses[index] == figure->guess)
    return fig_color_mix (theme->background, theme->ink, 0.07);
  return fig_color_mix (theme->background, fig_class_color (theme, figure->guesses[index]), strength);
}

static const char *
class_name (const FigSubstitution *figure, guint index)
{
  return index < figure->n_classes ? figure->classes[index] : "?";
}

static const char *
label_of (const FigSubstitution *figure)
{
  return figure->label != NULL ? figure->label : fig_kind_name (figure->kind);
}

/* How many of the substitutions lead to each class. */
static void
count_classes (const FigSubstitution *figure, guint counts[256])
{
  gsize n = NN_ALPHABET_SIZE * strlen (figure->ascii);

  memset (counts, 0, 256 * sizeof (guint));
  for (gsize i = 0; i < n; i++)
    counts[figure->guesses[i]]++;
}

/* The class of the largest count, taken out of the counts; -1 where none is left. */
static int
take_largest (guint counts[256])
{
  int best = -1;

  for (int i = 0; i < 256; i++)
    if (counts[i] > 0 && (best < 0 || counts[i] > counts[best]))
      best = i;
  if (best >= 0)
    counts[best] = 0;
  return best;
}

static void
draw_sample (cairo_t *cr, const FigTheme *theme, double x, double y, FigColor color, const char *words)
{
  FigText text = fig_text (theme, 0.82);
  double size = SAMPLE * theme->font_size;

  fig_set_color (cr, color);
  cairo_rectangle (cr, fig_snap (theme, x), fig_snap (theme, y - size / 2), fig_snap (theme, size),
                   fig_snap (theme, size));
  cairo_fill (cr);
  fig_text_draw (cr, theme, &text, x + (SAMPLE + SAMPLE_GAP) * theme->font_size, y, 0, 0.5, words);
}

/* The classes that occur, those that occur most first; what has no room is in the readings. */
static void
draw_legend (cairo_t *cr, const FigTheme *theme, const FigSubstitution *figure, const FigRect *area)
{
  FigText text = fig_text (theme, 0.82);
  double em = theme->font_size, x = 0, y = area->y + LEGEND_ROW * em / 2;
  g_autofree char *stays = g_strdup_printf (_ ("stays %s"), class_name (figure, figure->guess));
  guint counts[256], line = 0;
  int class;

  count_classes (figure, counts);
  counts[figure->guess] = 0;
  draw_sample (cr, theme, area->x, y, fig_color_mix (theme->background, theme->ink, 0.07), stays);
  x = (SAMPLE + SAMPLE_GAP + ITEM_GAP) * em + fig_text_width (theme, &text, stays);
  while ((class = take_largest (counts)) >= 0)
    {
      const char *name = class_name (figure, (guint) class);
      double width = (SAMPLE + SAMPLE_GAP) * em + fig_text_width (theme, &text, name);

      if (x > 0 && x + width > area->width)
        {
          x = 0;
          if (++line == LEGEND_ROWS)
            return;
          y += LEGEND_ROW * em;
        }
      draw_sample (cr, theme, area->x + x, y, fig_class_color (theme, (guint) class), name);
      x += width + ITEM_GAP * em;
    }
}

static void
draw_map (cairo_t *cr, const FigTheme *theme, const FigSubstitution *figure, const Layout *layout)
{
  double line = fig_hairline (theme), row = layout->map.height / NN_ALPHABET_SIZE;
  double gap_x = layout->grid.column >= 6 ? line : 0, gap_y = row >= 6 ? line : 0;
  FigText text = fig_text_faint (theme, CLAMP (row / theme->font_size * 0.95, 0.3, 0.85));

  for (guint letter = 0; letter < NN_ALPHABET_SIZE; letter++)
    {
      g_autofree char *shown = fig_letter (nn_letter (letter));

      for (guint place = 0; place < layout->length; place++)
        {
          FigRect cell = cell_of (layout, theme, letter, place);

          fig_set_color (cr, fig_substitution_color (figure, theme, letter, place));
          cairo_rectangle (cr, cell.x, cell.y, cell.width - gap_x, cell.height - gap_y);
          cairo_fill (cr);
        }
      /* Where rows are thin, every other letter at the left and the others further left. */
      fig_text_draw (cr, theme, &text, layout->map.x - (letter % 2 == 0 ? 0.8 : 1.8) * theme->font_size,
                     layout->map.y + (letter + 0.5) * row, 0.5, 0.5, shown);
    }
}

/* The name's own letters. */
static void
draw_own (cairo_t *cr, const FigTheme *theme, const FigSubstitution *figure, const Layout *layout)
{
  double line = MAX (fig_hairline (theme), 0.12 * theme->font_size);

  fig_set_color (cr, theme->ink);
  cairo_set_line_width (cr, line);
  for (guint place = 0; place < layout->length; place++)
    {
      int letter = nn_letter_index (figure->ascii[place]);
      FigRect cell = cell_of (layout, theme, (guint) MAX (letter, 0), place);

      if (letter >= 0)
        cairo_rectangle (cr, cell.x, cell.y, cell.width, cell.height);
    }
  cairo_stroke (cr);
}

static void
draw_words (cairo_t *cr, const FigTheme *theme, const FigSubstitution *figure, const Layout *layout)
{
  FigText title = fig_text (theme, 1.1), note = fig_text_faint (theme, 0.82);
  FigText caption = caption_text (theme, &layout->grid);
  double width = MAX (layout->grid.end - layout->grid.margin, 1);
  g_autofree char *percent = fig_percent (figure->probability, 0, theme->plain_numbers);
  /* Translators: a network; the language that it guesses, and its probability. */
  g_autofree char *heading = g_strdup_printf (_ ("%s: %s %s, and with another letter"), label_of (figure),
                                              class_name (figure, figure->guess), percent);

  title.bold = TRUE;
  fig_text_fit (theme, &title, heading, width, FIG_SMALLEST_TYPE);
  fig_text_draw (cr, theme, &title, layout->grid.margin, layout->title, 0, 0, heading);
  fig_text_draw (cr, theme, &caption, layout->grid.margin, layout->caption, 0, 0, caption_words ());
  note.max_width = MAX (layout->grid.left - layout->grid.margin - 2.6 * theme->font_size, 1);
  note.wrap = TRUE;
  fig_text_draw (cr, theme, &note, layout->grid.left - 2.6 * theme->font_size, layout->map.y, 1, 0,
                 _ ("letter put there instead"));
}

void
fig_substitution_draw (cairo_t *cr, double width, double height, const FigSubstitution *figure, const FigTheme *theme)
{
  FigRect all = { 0, 0, width, height };
  Layout layout;

  g_return_if_fail (cr != NULL && figure != NULL && theme != NULL);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  if (figure->ascii == NULL)
    fig_text_draw_message (cr, theme, &all, _ ("Type a name to see what other letters would make of it."));
  else
    {
      layout_init (&layout, figure, theme, width, height);
      draw_words (cr, theme, figure, &layout);
      draw_legend (cr, theme, figure, &layout.legend);
      fig_letter_grid_draw_letters (cr, theme, &layout.grid, figure->ascii, layout.letters);
      draw_map (cr, theme, figure, &layout);
      fig_frame_draw (cr, theme, &layout.map);
      draw_own (cr, theme, figure, &layout);
      if (figure->has_cursor)
        fig_letter_grid_draw_cursor (cr, theme, &layout.grid, figure->cursor_letter, layout.letters,
                                     fig_rect_bottom (&layout.map));
    }
  cairo_restore (cr);
}

double
fig_substitution_height (const FigSubstitution *figure, const FigTheme *theme, double width)
{
  Layout layout;

  g_return_val_if_fail (figure != NULL && theme != NULL, 0);
  if (figure->ascii == NULL)
    return 6 * theme->font_size;
  layout_init (&layout, figure, theme, width, 0);
  return layout.natural_height;
}

FigRect
fig_substitution_cell (const FigSubstitution *figure,
                       const FigTheme *theme,
                       double width,
                       double height,
                       guint letter,
                       guint place)
{
  Layout layout;

  layout_init (&layout, figure, theme, width, height);
  return cell_of (&layout, theme, letter, place);
}

gboolean
fig_substitution_hit (const FigSubstitution *figure,
                      const FigTheme *theme,
                      double width,
                      double height,
                      double x,
                      double y,
                      FigSubstitutionHit *hit)
{
  Layout layout;
  int place;

  g_return_val_if_fail (figure != NULL && theme != NULL && hit != NULL, FALSE);
  *hit = (FigSubstitutionHit){ 0 };
  if (figure->ascii == NULL)
    return FALSE;
  layout_init (&layout, figure, theme, width, height);
  place = fig_letter_grid_find (&layout.grid, x);
  if (place < 0 || place >= (int) layout.length || y < layout.letters || y >= fig_rect_bottom (&layout.map))
    return FALSE;
  hit->place = (guint) place;
  if (y >= layout.map.y)
    {
      hit->has_letter = TRUE;
      hit->letter = MIN ((guint) ((y - layout.map.y) / layout.map.height * NN_ALPHABET_SIZE), NN_ALPHABET_SIZE - 1);
      hit->cell = cell_of (&layout, theme, hit->letter, hit->place);
    }
  else
    hit->cell = (FigRect){ layout.grid.left + place * layout.grid.column, layout.letters, layout.grid.column,
                           fig_letter_grid_letters_height (theme) };
  return TRUE;
}
