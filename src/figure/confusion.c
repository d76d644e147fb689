/* confusion.c: what networks take for what: matrices side by side on one scale of colours.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/confusion.h"

#include "figure/confusion-layout.h"
#include "figure/heatmap.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"
#include "figure/text.h"

#include <math.h>
#include <string.h>

#define CELL_NUMBER 0.78    /* size of the numbers in cells */
#define WORTH_A_NUMBER 0.02 /* shares that are written beside the diagonal */

const char *
fig_matrix_label (const FigMatrix *matrix)
{
  return matrix->label != NULL ? matrix->label : fig_kind_name (matrix->kind);
}

char *
fig_matrix_counted_text (const FigMatrix *matrix, gboolean plain)
{
  g_autofree char *total = NULL, *right = NULL;
  const char *format;
  gulong n;

  if (matrix->confusion == NULL || matrix->confusion->total == 0)
    return g_strdup (_ ("nothing counted yet"));
  total = fig_number ((double) matrix->confusion->total, 0, plain);
  right = fig_percent (nn_confusion_accuracy (matrix->confusion), 1, plain);
  n = (gulong) matrix->confusion->total;
  switch (matrix->counted)
    {
    case FIG_COUNTED_HELD_OUT:
      /* Translators: the first %s is a number of names, the second a percentage. */
      format = g_dngettext (GETTEXT_PACKAGE, "%s name held out, %s right", "%s names held out, %s right", n);
      break;
    case FIG_COUNTED_ROWS:
      format = g_dngettext (GETTEXT_PACKAGE, "%s name, %s right", "all %s names, %s right", n);
      break;
    case FIG_COUNTED_DRAWS:
    default:
      format = g_dngettext (GETTEXT_PACKAGE, "%s class-uniform draw, %s right", "%s class-uniform draws, %s right", n);
      break;
    }
  return g_strdup_printf (format, total, right);
}

double
fig_confusion_share (const NnConfusion *confusion, guint truth, guint guess)
{
  guint64 row = nn_confusion_row_total (confusion, truth);

  return row > 0 ? (double) nn_confusion_count (confusion, truth, guess) / (double) row : NAN;
}

FigColormap
fig_confusion_colormap (const FigTheme *theme)
{
  return (FigColormap){ FIG_MAP_SEQUENTIAL, theme->dark, 0, 1 };
}

/* The shares of a matrix, worked out once a drawing. */
typedef struct
{
  guint n_classes;
  double *shares;
} Shares;

static double
share_value (guint row, guint column, gconstpointer data)
{
  const Shares *shares = data;

  return shares->shares[row * shares->n_classes + column];
}

static double *
new_shares (const NnConfusion *confusion)
{
  guint n = confusion->n_classes;
  double *shares = g_new (double, n * n);

  for (guint row = 0; row < n; row++)
    {
      double total = (double) nn_confusion_row_total (confusion, row);

      for (guint column = 0; column < n; column++)
        shares[row * n + column] = total > 0 ? (double) nn_confusion_count (confusion, row, column) / total : NAN;
    }
  return shares;
}

/* A class without names has no shares: a struck-out row instead of a colour that would be a number. */
static void
draw_missing_row (cairo_t *cr, const FigTheme *theme, const FigRect *cells, guint row, double cell)
{
  double y = cells->y + row * cell;

  cairo_save (cr);
  fig_set_color (cr, fig_color_mix (theme->background, theme->ink, 0.10));
  cairo_rectangle (cr, cells->x, y, cells->width, cell);
  cairo_fill (cr);
  fig_set_color (cr, theme->faint_ink);
  cairo_set_line_width (cr, fig_hairline (theme));
  cairo_move_to (cr, cells->x, y + cell / 2);
  cairo_line_to (cr, fig_rect_right (cells), y + cell / 2);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Percentages in the cells: in all of them where they have room, else where row and column are the same class. The
 * larger the cells, the larger the numbers. */
static void
draw_numbers (cairo_t *cr, const FigTheme *theme, const Shares *shares, const FigRect *cells, double cell)
{
  FigColormap map = fig_confusion_colormap (theme);
  FigText text = fig_text (theme, CELL_NUMBER);
  double widest = fig_text_width (theme, &text, "100"), growth = CLAMP (cell / (3 * widest), 1, 2);
  gboolean everywhere = cell > 1.6 * widest;

  if (widest + 1 > cell)
    growth = (cell - 1) / widest;
  text.size *= growth;
  if (text.size < FIG_SMALLEST_TYPE)
    return;
  for (guint row = 0; row < shares->n_classes; row++)
    for (guint column = 0; column < shares->n_classes; column++)
      {
        double share = share_value (row, column, shares);
        g_autofree char *number = NULL;

        if (isnan (share) || (row != column && (!everywhere || share < WORTH_A_NUMBER)))
          continue;
        number = fig_number (share * 100, 0, theme->plain_numbers);
        text.color = fig_color_on (fig_colormap_color (&map, share));
        fig_text_draw (cr, theme, &text, cells->x + (column + 0.5) * cell, cells->y + (row + 0.5) * cell, 0.5, 0.5,
                       number);
      }
}

static void
draw_cells (cairo_t *cr, const FigTheme *theme, const FigMatrix *matrix, const FigRect *cells, double cell)
{
  const NnConfusion *confusion = matrix->confusion;
  g_autofree double *values = new_shares (confusion);
  Shares shares = { confusion->n_classes, values };
  FigHeatmap heatmap = {
    confusion->n_classes, confusion->n_classes, share_value, &shares, fig_confusion_colormap (theme),
  };

  fig_heatmap_draw (cr, theme, &heatmap, cells);
  for (guint row = 0; row < confusion->n_classes; row++)
    if (nn_confusion_row_total (confusion, row) == 0)
      draw_missing_row (cr, theme, cells, row, cell);
  draw_numbers (cr, theme, &shares, cells, cell);
}

/* The classes' names; where not all have room, every k-th one, with a mark at each cell that is named. */
static void
draw_class_names (cairo_t *cr,
                  const FigTheme *theme,
                  const FigConfusion *confusion,
                  const FigConfusionLayout *layout,
                  const FigMatrixPlace *place)
{
  FigText text = fig_text (theme, layout->label_factor);
  double gap = theme->font_size * FIG_CONFUSION_GAP;
  const FigRect *cells = &place->cells;

  text.max_width = layout->label_width + 0.5;
  cairo_save (cr);
  fig_set_color (cr, theme->faint_ink);
  cairo_set_line_width (cr, fig_hairline (theme));
  for (guint i = 0; i < confusion->n_classes; i += layout->label_every)
    {
      double at = (i + 0.5) * layout->cell;

      if (place->has_row_labels)
        fig_text_draw (cr, theme, &text, cells->x - gap, cells->y + at, 1, 0.5, confusion->classes[i]);
      fig_text_draw_upwards (cr, theme, &text, cells->x + at, fig_rect_bottom (cells) + gap, 0.5, 0,
                             confusion->classes[i]);
      if (layout->label_every == 1)
        continue;
      fig_set_color (cr, theme->faint_ink);
      cairo_move_to (cr, cells->x - gap * 0.7, cells->y + at);
      cairo_line_to (cr, cells->x, cells->y + at);
      cairo_move_to (cr, cells->x + at, fig_rect_bottom (cells));
      cairo_line_to (cr, cells->x + at, fig_rect_bottom (cells) + gap * 0.7);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* A footer that takes two lines breaks between its numbers, not within "61.2 % right". */
static char *
bind_last_words (const char *text)
{
  const char *comma = strrchr (text, ',');
  gsize kept = comma != NULL ? (gsize) (comma - text) + 2 : 0;
  g_autoptr (GString) bound = NULL;

  if (kept == 0 || kept > strlen (text))
    return g_strdup (text);
  bound = g_string_new (text + kept);
  g_string_replace (bound, " ", "\u00a0", 0);
  g_string_prepend_len (bound, text, (gssize) kept);
  return g_strdup (bound->str);
}

static void
draw_matrix (cairo_t *cr,
             const FigTheme *theme,
             const FigConfusion *confusion,
             const FigConfusionLayout *layout,
             guint index)
{
  const FigMatrix *matrix = &confusion->matrices[index];
  const FigMatrixPlace *place = &layout->places[index];
  const FigRect *cells = &place->cells;
  FigText title = fig_text (theme, 1.05), axis = fig_text_faint (theme, 0.95), footer = fig_text (theme, 0.92);
  double gap = theme->font_size * FIG_CONFUSION_GAP;
  g_autofree char *facts = fig_matrix_counted_text (matrix, theme->plain_numbers);
  g_autofree char *counted = bind_last_words (facts);

  title.bold = TRUE;
  title.max_width = place->title.width;
  fig_text_draw (cr, theme, &title, place->title.x, place->title.y, 0, 0, fig_matrix_label (matrix));
  if (matrix->confusion != NULL && matrix->confusion->total > 0)
    draw_cells (cr, theme, matrix, cells, layout->cell);
  else
    fig_text_draw_message (cr, theme, cells, _ ("not evaluated yet"));
  fig_frame_draw (cr, theme, cells);
  draw_class_names (cr, theme, confusion, layout, place);
  fig_text_draw (cr, theme, &axis, cells->x + cells->width / 2, fig_rect_bottom (cells) + gap + layout->label_width,
                 0.5, 0, C_ ("matrix column", "guess"));
  if (place->has_row_labels)
    fig_text_draw_upwards (cr, theme, &axis, cells->x - 1.5 * gap - layout->label_width, cells->y + cells->height / 2,
                           1, 0.5, C_ ("matrix row", "true language"));
  footer.max_width = place->footer.width;
  footer.wrap = TRUE;
  if (matrix->confusion != NULL && matrix->confusion->total > 0)
    fig_text_draw (cr, theme, &footer, place->footer.x + place->footer.width / 2, place->footer.y, 0.5, 0, counted);
}

static void
draw_bar (cairo_t *cr, const FigTheme *theme, const FigRect *bar)
{
  FigColormap map = fig_confusion_colormap (theme);
  FigText label = fig_text (theme, 0.9), title = fig_text_faint (theme, 0.95);
  double gap = theme->font_size * FIG_CONFUSION_GAP, widest = 0;
  const char *caption = _ ("share of the names in the row");
  guint steps = bar->height > 12 * theme->font_size ? 5 : 2;

  fig_colorbar_draw (cr, theme, &map, bar);
  fig_frame_draw (cr, theme, bar);
  for (guint i = 0; i <= steps; i++)
    {
      double share = i / (double) steps, y = bar->y + (1 - share) * bar->height;
      /* The outer two stay within the bar's height, so that they don't stick out of the figure. */
      double align = i == 0 ? 0.8 : i == steps ? 0.2 : 0.5;
      g_autofree char *percent = fig_percent (share, 0, theme->plain_numbers);

      fig_text_draw (cr, theme, &label, fig_rect_right (bar) + gap, y, 0, align, percent);
      widest = MAX (widest, fig_text_width (theme, &label, percent));
    }
  fig_text_fit (theme, &title, caption, MAX (bar->height, 1), FIG_SMALLEST_TYPE);
  fig_text_draw_upwards (cr, theme, &title, fig_rect_right (bar) + 2 * gap + widest, bar->y + bar->height / 2, 0, 0.5,
                         caption);
}

void
fig_confusion_draw (cairo_t *cr, double width, double height, const FigConfusion *confusion, const FigTheme *theme)
{
  g_auto (FigConfusionLayout) layout = { 0 };
  FigRect all = { 0, 0, width, height };
  FigText title = fig_text (theme, 1.15);

  g_return_if_fail (cr != NULL && confusion != NULL && theme != NULL);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  fig_paint_background (cr, theme, width, height);
  if (confusion->n_matrices == 0 || confusion->n_classes == 0)
    fig_text_draw_message (cr, theme, &all, _ ("no network is chosen"));
  else
    {
      fig_confusion_layout_init (&layout, confusion, theme, width, height);
      title.bold = TRUE;
      title.max_width = layout.title.width;
      if (confusion->title != NULL)
        fig_text_draw (cr, theme, &title, layout.title.x, layout.title.y, 0, 0, confusion->title);
      for (guint i = 0; i < confusion->n_matrices; i++)
        draw_matrix (cr, theme, confusion, &layout, i);
      draw_bar (cr, theme, &layout.bar);
    }
  cairo_restore (cr);
}

static FigRect
cell_rect (const FigConfusionLayout *layout, guint matrix, guint truth, guint guess)
{
  const FigRect *cells = &layout->places[matrix].cells;

  return (FigRect){ cells->x + guess * layout->cell, cells->y + truth * layout->cell, layout->cell, layout->cell };
}

FigRect
fig_confusion_cell (const FigConfusion *confusion,
                    const FigTheme *theme,
                    double width,
                    double height,
                    guint matrix,
                    guint truth,
                    guint guess)
{
  g_auto (FigConfusionLayout) layout = { 0 };

  g_return_val_if_fail (confusion != NULL && theme != NULL && matrix < confusion->n_matrices, (FigRect){ 0 });
  fig_confusion_layout_init (&layout, confusion, theme, width, height);
  return cell_rect (&layout, matrix, truth, guess);
}

gboolean
fig_confusion_hit (const FigConfusion *confusion,
                   const FigTheme *theme,
                   double width,
                   double height,
                   double x,
                   double y,
                   FigConfusionHit *hit)
{
  g_auto (FigConfusionLayout) layout = { 0 };

  g_return_val_if_fail (confusion != NULL && theme != NULL && hit != NULL, FALSE);
  if (confusion->n_matrices == 0 || confusion->n_classes == 0)
    return FALSE;
  fig_confusion_layout_init (&layout, confusion, theme, width, height);
  for (guint i = 0; i < confusion->n_matrices; i++)
    {
      const FigRect *cells = &layout.places[i].cells;

      if (confusion->matrices[i].confusion == NULL || !fig_rect_contains (cells, x, y))
        continue;
      hit->matrix = i;
      hit->truth = MIN ((guint) ((y - cells->y) / layout.cell), confusion->n_classes - 1);
      hit->guess = MIN ((guint) ((x - cells->x) / layout.cell), confusion->n_classes - 1);
      hit->cell = cell_rect (&layout, i, hit->truth, hit->guess);
      return TRUE;
    }
  return FALSE;
}

char *
fig_confusion_hit_text (const FigConfusion *confusion, const FigTheme *theme, const FigConfusionHit *hit)
{
  const NnConfusion *counts = confusion->matrices[hit->matrix].confusion;
  gboolean plain = theme->plain_numbers;
  g_autofree char *count = NULL, *total = NULL, *share = NULL;

  g_return_val_if_fail (counts != NULL, NULL);
  count = fig_number ((double) nn_confusion_count (counts, hit->truth, hit->guess), 0, plain);
  total = fig_number ((double) nn_confusion_row_total (counts, hit->truth), 0, plain);
  share = fig_percent (fig_confusion_share (counts, hit->truth, hit->guess), 1, plain);
  if (hit->truth == hit->guess)
    /* Translators: a language, how many of its names, of how many, and the percentage of that. */
    return g_strdup_printf (_ ("%s recognised: %s of %s (%s)"), confusion->classes[hit->truth], count, total, share);
  /* Translators: the true language, the one guessed, how many names, of how many, and the percentage of that. */
  return g_strdup_printf (_ ("%s taken for %s: %s of %s (%s)"), confusion->classes[hit->truth],
                          confusion->classes[hit->guess], count, total, share);
}
