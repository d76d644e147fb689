/* confusion-cells.c: draws the cells of matrices and what is written into them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/confusion-cells.h"

#include "figure/heatmap.h"
#include "figure/i18n.h"
#include "figure/number.h"
#include "figure/text.h"

#include <math.h>
#include <string.h>

#define CELL_NUMBER 0.78    /* size of the numbers in cells */
#define READ_AT_EASE 0.68   /* the least size at which they are read without effort */
#define EVERYWHERE 1.7      /* times two digits, which few cells beside the diagonal exceed: from there on, all have one */
#define AT_EASE 1.3         /* times the widest percentage: cells in which all are read without effort */
#define WORTH_A_NUMBER 0.02 /* shares that are written beside the diagonal */

/* A panel's values in the order in which they stand, worked out once a drawing. */
typedef struct
{
  const FigConfusion *confusion;
  guint panel;
  gboolean difference;
  guint n;
  double *values; /* [n x n] */
  FigColormap map;
} Panel;

/* What can be written into the cells, from what says most to what needs least room. */
typedef enum
{
  WRITE_BOTH,
  WRITE_PERCENT,
  WRITE_SHORT_PERCENT, /* the same, 100 left out */
  WRITE_COUNTS,
  WRITE_ROUND_COUNTS, /* 9.4k for 9,408 */
  WRITE_POINTS,       /* of a difference, with its sign */
} Writing;

static double
panel_value (guint row, guint column, gconstpointer data)
{
  const Panel *panel = data;

  return panel->values[row * panel->n + column];
}

static void
panel_init (Panel *panel, const FigConfusion *confusion, const FigTheme *theme, guint index)
{
  guint n = confusion->n_classes;

  *panel = (Panel){ confusion, index, fig_confusion_is_difference (confusion, index), n, g_new (double, n * n),
                    fig_confusion_panel_colormap (confusion, theme, index) };
  for (guint row = 0; row < n; row++)
    for (guint column = 0; column < n; column++)
      panel->values[row * n + column] = fig_confusion_value (
        confusion, index, fig_confusion_class_at (confusion, row), fig_confusion_class_at (confusion, column));
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

/* ---- Numbers ---- */

/* "+8", "−3"; NULL for what rounds to 0. (transfer full) */
static char *
points_text (double difference, gboolean plain)
{
  g_autofree char *number = fig_number (difference * 100, 0, plain);

  if (fabs (difference) < 0.005)
    return NULL;
  return g_strconcat (difference > 0 ? "+" : "", number, NULL);
}

static char *
round_count_text (guint64 count, gboolean plain)
{
  g_autofree char *number = NULL;

  if (count < 1000)
    return fig_number ((double) count, 0, plain);
  number = fig_number ((double) count / 1000, count < 9950 ? 1 : 0, plain);
  /* Translators: a number of thousands, as short as can be. */
  return g_strdup_printf (C_ ("count", "%sk"), number);
}

static gboolean
is_percent (Writing writing)
{
  return writing == WRITE_PERCENT || writing == WRITE_SHORT_PERCENT;
}

/* The lines of a cell, NULL where it needs none. (transfer full) */
static void
cell_lines (const Panel *panel, Writing writing, guint row, guint column, gboolean plain, char *lines[2])
{
  guint truth = fig_confusion_class_at (panel->confusion, row);
  guint guess = fig_confusion_class_at (panel->confusion, column);
  const NnConfusion *counts;
  double share;
  guint64 count;

  lines[0] = lines[1] = NULL;
  if (isnan (panel_value (row, column, panel)))
    return;
  if (writing == WRITE_POINTS)
    {
      lines[0] = points_text (panel_value (row, column, panel), plain);
      return;
    }
  counts = panel->confusion->matrices[panel->panel].confusion;
  share = fig_confusion_share (counts, truth, guess);
  count = nn_confusion_count (counts, truth, guess);
  if (row != column && (is_percent (writing) ? share < WORTH_A_NUMBER : count == 0))
    return;
  if (writing == WRITE_SHORT_PERCENT && share >= 0.995)
    return;
  if (writing == WRITE_BOTH)
    {
      lines[0] = fig_percent (share, 0, plain);
      lines[1] = fig_number ((double) count, 0, plain);
    }
  else if (is_percent (writing))
    lines[0] = fig_number (share * 100, 0, plain);
  else if (writing == WRITE_COUNTS)
    lines[0] = fig_number ((double) count, 0, plain);
  else
    lines[0] = round_count_text (count, plain);
}

/* The width of @line with the widest digits in place of its own. */
static double
line_width (const FigTheme *theme, const FigText *text, const char *line)
{
  g_autofree char *wide = g_strdup (line);

  for (char *at = wide; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      *at = '8';
  return fig_text_width (theme, text, wide);
}

/* The widest line of all cells in that writing, at @text's size. Of lines of a length one is measured: there may be
 * thousands. */
static double
widest_line (const Panel *panel, const FigTheme *theme, const FigText *text, Writing writing)
{
  double widest = 0;
  gsize longest = 0;

  if (writing == WRITE_PERCENT)
    return fig_text_width (theme, text, "100");
  if (writing == WRITE_SHORT_PERCENT)
    return fig_text_width (theme, text, "88");
  for (guint row = 0; row < panel->n; row++)
    for (guint column = 0; column < panel->n; column++)
      {
        char *lines[2];

        cell_lines (panel, writing, row, column, theme->plain_numbers, lines);
        for (guint i = 0; i < 2; i++)
          if (lines[i] != NULL && strlen (lines[i]) > longest)
            {
              longest = strlen (lines[i]);
              widest = MAX (widest, line_width (theme, text, lines[i]));
            }
        g_free (lines[0]);
        g_free (lines[1]);
      }
  return widest;
}

/* The largest size at which that writing fits the cells, at most twice the usual one; 0 where it doesn't. */
static double
fitting_size (const Panel *panel, const FigTheme *theme, Writing writing, double cell, double *widest)
{
  FigText text = fig_text (theme, CELL_NUMBER);
  guint n_lines = writing == WRITE_BOTH ? 2 : 1;
  double size;

  text.size = MAX (text.size, fig_text_smallest (theme));
  *widest = widest_line (panel, theme, &text, writing);
  if (*widest <= 0)
    return 0;
  size = text.size * CLAMP (cell / (3 * *widest), 1, 2);
  size = MIN (size, text.size * (cell - 1) / *widest);
  size = MIN (size, (cell - 1) / (n_lines * FIG_CELL_LEADING));
  return size >= fig_text_smallest (theme) ? size : 0;
}

/* The first writing that fits. Returns: the size of its type, or 0 where none does. */
static double
choose_writing (const Panel *panel, const FigTheme *theme, double cell, Writing *writing, double *widest)
{
  static const Writing writings[][3] = {
    [FIG_CELLS_PERCENT] = { WRITE_PERCENT, WRITE_SHORT_PERCENT, WRITE_SHORT_PERCENT },
    [FIG_CELLS_COUNTS] = { WRITE_COUNTS, WRITE_ROUND_COUNTS, WRITE_ROUND_COUNTS },
    [FIG_CELLS_BOTH] = { WRITE_BOTH, WRITE_PERCENT, WRITE_SHORT_PERCENT },
  };
  double size = 0;

  for (guint i = 0; size <= 0 && i < G_N_ELEMENTS (writings[0]); i++)
    {
      *writing = panel->difference ? WRITE_POINTS : writings[panel->confusion->cells][i];
      size = fitting_size (panel, theme, *writing, cell, widest);
    }
  return size;
}

/* The largest number of names that a cell can come to have: a row's. (transfer full) */
static char *
largest_count_text (const FigConfusion *confusion, gboolean plain)
{
  guint64 largest = 0;

  for (guint i = 0; i < confusion->n_matrices; i++)
    for (guint truth = 0; confusion->matrices[i].confusion != NULL && truth < confusion->n_classes; truth++)
      largest = MAX (largest, nn_confusion_row_total (confusion->matrices[i].confusion, truth));
  return fig_number ((double) largest, 0, plain);
}

double
fig_confusion_readable_cell (const FigConfusion *confusion, const FigTheme *theme)
{
  gboolean both = confusion->cells == FIG_CELLS_BOTH;
  g_autofree char *count = largest_count_text (confusion, theme->plain_numbers);
  FigText text = fig_text (theme, READ_AT_EASE), usual = fig_text (theme, CELL_NUMBER);
  double cell;

  if (confusion->cells == FIG_CELLS_NONE)
    return 0;
  text.size = MAX (text.size, FIG_SMALLEST_TYPE);
  if (confusion->cells == FIG_CELLS_PERCENT)
    cell = ceil (AT_EASE * MAX (fig_text_width (theme, &usual, "100"), fig_text_width (theme, &text, "100"))) + 1;
  else
    cell = line_width (theme, &text, count) + 3;
  if (both)
    {
      g_autofree char *share = fig_percent (1, 0, theme->plain_numbers);

      cell = MAX (cell, fig_text_width (theme, &text, share) + 3);
    }
  if (confusion->difference)
    cell = MAX (cell, fig_text_width (theme, &text, "+88") + 3);
  return MAX (cell, (both ? 2 : 1) * text.size * FIG_CELL_LEADING + 2);
}

/* All of them are of one size. Percentages stand in all cells where they have room, else where row and column are the
 * same class. */
static void
write_numbers (const FigTheme *theme, const Panel *panel, double cell, FigCellWriter writer, gpointer data)
{
  gboolean everywhere;
  double size, widest;
  Writing writing;

  if (panel->confusion->cells == FIG_CELLS_NONE)
    return;
  size = choose_writing (panel, theme, cell, &writing, &widest);
  if (size <= 0)
    return;
  everywhere = !is_percent (writing) || (writing == WRITE_PERCENT && cell > EVERYWHERE * widest * 2 / 3);
  for (guint row = 0; row < panel->n; row++)
    for (guint column = 0; column < panel->n; column++)
      {
        char *lines[2];

        if (row != column && !everywhere)
          continue;
        cell_lines (panel, writing, row, column, theme->plain_numbers, lines);
        if (lines[0] != NULL)
          writer (row, column, lines[0], lines[1], size,
                  fig_color_on (fig_colormap_color (&panel->map, panel_value (row, column, panel))), data);
        g_free (lines[0]);
        g_free (lines[1]);
      }
}

void
fig_confusion_cells_write (const FigTheme *theme,
                           const FigConfusion *confusion,
                           const FigConfusionLayout *layout,
                           guint panel,
                           FigCellWriter writer,
                           gpointer data)
{
  Panel shown;

  panel_init (&shown, confusion, theme, panel);
  write_numbers (theme, &shown, layout->cell, writer, data);
  g_free (shown.values);
}

/* ---- Scores ---- */

static double
score_value (guint row, guint column, gconstpointer data)
{
  const Panel *panel = data;

  return fig_confusion_panel_score (panel->confusion, panel->panel, fig_confusion_class_at (panel->confusion, row),
                                    (FigScore) (FIG_SCORE_PRECISION + column));
}

/* NULL where it rounds to no difference. (transfer full) */
static char *
score_text (const Panel *panel, double value, gboolean plain)
{
  if (isnan (value))
    return g_strdup ("–");
  return panel->difference ? points_text (value, plain) : fig_number (value * 100, 0, plain);
}

gboolean
fig_confusion_scores_are_colored (const FigConfusion *confusion, guint panel)
{
  return fig_confusion_is_difference (confusion, panel) || confusion->cells != FIG_CELLS_COUNTS;
}

/* @column_width, @cell: the width and the height of one. Numbers of which one has no room are left out. */
static void
write_scores (const FigTheme *theme, const Panel *panel, double column_width, double cell, FigCellWriter writer,
              gpointer data)
{
  gboolean colored = fig_confusion_scores_are_colored (panel->confusion, panel->panel);
  FigText text = fig_text (theme, FIG_SCORE_TYPE);
  double size = MIN (text.size, (cell - 1) / FIG_CELL_LEADING);

  text.size = size;
  if (size < FIG_SMALLEST_TYPE || fig_text_width (theme, &text, panel->difference ? "+88" : "88") > column_width)
    return;
  for (guint row = 0; row < panel->n; row++)
    for (guint column = 0; column < FIG_N_SCORES; column++)
      {
        double value = score_value (row, column, panel);
        g_autofree char *number = score_text (panel, value, theme->plain_numbers);

        if (number != NULL)
          writer (row, column, number, NULL, size,
                  colored ? fig_color_on (fig_colormap_color (&panel->map, value)) : theme->ink, data);
      }
}

void
fig_confusion_scores_write (const FigTheme *theme,
                            const FigConfusion *confusion,
                            const FigConfusionLayout *layout,
                            guint panel,
                            FigCellWriter writer,
                            gpointer data)
{
  Panel shown;

  panel_init (&shown, confusion, theme, panel);
  write_scores (theme, &shown, layout->places[panel].scores.width / FIG_N_SCORES, layout->cell, writer, data);
  g_free (shown.values);
}

/* ---- Drawing ---- */

/* Where numbers are drawn. */
typedef struct
{
  cairo_t *cr;
  const FigTheme *theme;
  FigRect first; /* the cell at the top left */
} Canvas;

static void
draw_number (guint row, guint column, const char *first, const char *second, double size, FigColor color, gpointer data)
{
  const Canvas *canvas = data;
  FigText text = fig_text (canvas->theme, 1);
  double x = canvas->first.x + (column + 0.5) * canvas->first.width;
  double y = canvas->first.y + (row + 0.5) * canvas->first.height;
  double apart = second != NULL ? size * FIG_CELL_LEADING / 2 : 0;

  text.size = size;
  text.color = color;
  fig_text_draw (canvas->cr, canvas->theme, &text, x, y - apart, 0.5, 0.5, first);
  if (second != NULL)
    fig_text_draw (canvas->cr, canvas->theme, &text, x, y + apart, 0.5, 0.5, second);
}

/* Percentages, in the colours of the panel where those are of shares too. */
static void
draw_scores (cairo_t *cr, const FigTheme *theme, const Panel *panel, const FigRect *area)
{
  FigHeatmap heatmap = { panel->n, FIG_N_SCORES, score_value, panel, panel->map };
  Canvas canvas = { cr, theme, { area->x, area->y, area->width / FIG_N_SCORES, area->height / panel->n } };

  if (fig_confusion_scores_are_colored (panel->confusion, panel->panel))
    fig_heatmap_draw (cr, theme, &heatmap, area);
  fig_frame_draw (cr, theme, area);
  write_scores (theme, panel, canvas.first.width, canvas.first.height, draw_number, &canvas);
}

void
fig_confusion_cells_draw (cairo_t *cr,
                          const FigTheme *theme,
                          const FigConfusion *confusion,
                          const FigConfusionLayout *layout,
                          guint panel)
{
  const FigMatrixPlace *place = &layout->places[panel];
  Canvas canvas = { cr, theme, { place->cells.x, place->cells.y, layout->cell, layout->cell } };
  FigHeatmap heatmap;
  Panel shown;

  panel_init (&shown, confusion, theme, panel);
  heatmap = (FigHeatmap){ shown.n, shown.n, panel_value, &shown, shown.map };
  fig_heatmap_draw (cr, theme, &heatmap, &place->cells);
  for (guint row = 0; row < shown.n; row++)
    if (isnan (panel_value (row, 0, &shown)))
      draw_missing_row (cr, theme, &place->cells, row, layout->cell);
  write_numbers (theme, &shown, layout->cell, draw_number, &canvas);
  if (place->scores.width > 0)
    draw_scores (cr, theme, &shown, &place->scores);
  g_free (shown.values);
}
