/* heatmap.c: a table of numbers as a picture, and the bar that tells its colours.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/heatmap.h"

#include <math.h>
#include <stdlib.h>

/* How far a rectangle of a vector file reaches under the next one, in points: without it viewers show seams. */
#define OVERLAP 0.35
/* Steps of a colour bar in a vector file. */
#define BAR_STEPS 128

/* An image of one pixel a cell; rows are joined to at most @max_rows, each the mean of the rows that it stands for. */
static cairo_surface_t *
new_image (const FigHeatmap *heatmap, guint max_rows)
{
  guint n_rows = MIN (heatmap->n_rows, MAX (max_rows, 1));
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) heatmap->n_columns, (int) n_rows);
  guchar *pixels = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);

  if (pixels == NULL)
    return image;
  cairo_surface_flush (image);
  for (guint row = 0; row < n_rows; row++)
    {
      guint first = (guint) ((guint64) row * heatmap->n_rows / n_rows);
      guint end = (guint) ((guint64) (row + 1) * heatmap->n_rows / n_rows);
      guint32 *line = (guint32 *) (pixels + (gsize) row * (gsize) stride);

      for (guint column = 0; column < heatmap->n_columns; column++)
        {
          double sum = 0;

          for (guint i = first; i < end; i++)
            sum += heatmap->value (i, column, heatmap->data);
          line[column] = fig_colormap_pixel (&heatmap->map, sum / (end - first));
        }
    }
  cairo_surface_mark_dirty (image);
  return image;
}

static void
paint_image (cairo_t *cr, cairo_surface_t *image, const FigRect *area)
{
  cairo_matrix_t matrix;
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (image);
  double columns = cairo_image_surface_get_width (image), rows = cairo_image_surface_get_height (image);

  cairo_matrix_init_scale (&matrix, columns / area->width, rows / area->height);
  cairo_matrix_translate (&matrix, -area->x, -area->y);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_set_source (cr, pattern);
  cairo_pattern_destroy (pattern);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_fill (cr);
}

/* Viewers smooth an embedded image that they enlarge, so it's enlarged beforehand, every cell by the same number. */
static cairo_surface_t *
enlarge (cairo_surface_t *image)
{
  int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
  int factor_x = CLAMP (2048 / MAX (width, 1), 1, 16), factor_y = CLAMP (2048 / MAX (height, 1), 1, 16);
  cairo_surface_t *large = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * factor_x, height * factor_y);
  cairo_t *cr = cairo_create (large);
  FigRect area = { 0, 0, width * factor_x, height * factor_y };

  paint_image (cr, image, &area);
  cairo_destroy (cr);
  return large;
}

typedef struct
{
  guint32 pixel;
  guint row;
  guint column;
} Cell;

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *left = a, *right = b;

  if (left->pixel != right->pixel)
    return left->pixel < right->pixel ? -1 : 1;
  if (left->row != right->row)
    return left->row < right->row ? -1 : 1;
  return left->column < right->column ? -1 : left->column > right->column;
}

/* How far a cell reaches under its neighbour: not at all where there's none, or where the neighbour is painted before
 * and would be covered. */
static double
reach (const guint32 *pixels, const FigHeatmap *heatmap, guint32 pixel, int row, int column)
{
  if (row < 0 || column < 0 || row >= (int) heatmap->n_rows || column >= (int) heatmap->n_columns)
    return 0;
  return pixels[row * (int) heatmap->n_columns + column] >= pixel ? OVERLAP : 0;
}

/* Every colour is one path of all its cells, which makes files a third of the size. */
static void
draw_rectangles (cairo_t *cr, const FigHeatmap *heatmap, const FigRect *area)
{
  double width = area->width / heatmap->n_columns, height = area->height / heatmap->n_rows;
  guint n = heatmap->n_rows * heatmap->n_columns;
  g_autofree guint32 *pixels = g_new (guint32, n);
  g_autofree Cell *cells = g_new (Cell, n);

  for (guint i = 0; i < n; i++)
    {
      cells[i] = (Cell){ 0, i / heatmap->n_columns, i % heatmap->n_columns };
      cells[i].pixel = pixels[i]
        = fig_colormap_pixel (&heatmap->map, heatmap->value (cells[i].row, cells[i].column, heatmap->data));
    }
  qsort (cells, n, sizeof (Cell), compare_cells);
  for (guint i = 0; i < n; i++)
    {
      guint32 pixel = cells[i].pixel;
      int row = (int) cells[i].row, column = (int) cells[i].column;
      double left = MIN (width / 3, reach (pixels, heatmap, pixel, row, column - 1));
      double right = MIN (width / 3, reach (pixels, heatmap, pixel, row, column + 1));
      double up = MIN (height / 3, reach (pixels, heatmap, pixel, row - 1, column));
      double down = MIN (height / 3, reach (pixels, heatmap, pixel, row + 1, column));

      cairo_rectangle (cr, area->x + column * width - left, area->y + row * height - up, width + left + right,
                       height + up + down);
      if (i + 1 < n && cells[i + 1].pixel == pixel)
        continue;
      fig_set_color (cr, fig_color_from_pixel (pixel));
      cairo_fill (cr);
    }
}

/* Device pixels a point, seen downwards. The theme knows of a scale that comes only after the drawing was recorded. */
static double
pixels_per_point (cairo_t *cr, const FigTheme *theme)
{
  double x = 0, y = 1, scale_x = 1, scale_y = 1;

  cairo_user_to_device_distance (cr, &x, &y);
  cairo_surface_get_device_scale (cairo_get_target (cr), &scale_x, &scale_y);
  return MAX (hypot (x, y) * scale_y, theme->device_scale);
}

void
fig_heatmap_draw (cairo_t *cr, const FigTheme *theme, const FigHeatmap *heatmap, const FigRect *area)
{
  cairo_surface_t *image;

  if (heatmap->n_rows == 0 || heatmap->n_columns == 0 || area->width <= 0 || area->height <= 0)
    return;
  cairo_save (cr);
  if (theme->target == FIG_TARGET_VECTOR && (guint64) heatmap->n_rows * heatmap->n_columns <= FIG_MAX_RECTANGLES)
    {
      draw_rectangles (cr, heatmap, area);
      cairo_restore (cr);
      return;
    }
  if (theme->target == FIG_TARGET_VECTOR)
    {
      cairo_surface_t *small = new_image (heatmap, heatmap->n_rows);

      image = enlarge (small);
      cairo_surface_destroy (small);
    }
  else
    image = new_image (heatmap, (guint) MAX (1, floor (area->height * pixels_per_point (cr, theme) + 1e-6)));
  paint_image (cr, image, area);
  cairo_surface_destroy (image);
  cairo_restore (cr);
}

static double
bar_value (guint row, guint column, gconstpointer data)
{
  const FigColormap *map = data;

  return map->high + (map->low - map->high) * ((row + 0.5) / BAR_STEPS);
}

void
fig_colorbar_draw (cairo_t *cr, const FigTheme *theme, const FigColormap *map, const FigRect *area)
{
  FigHeatmap bar = { BAR_STEPS, 1, bar_value, map, *map };

  fig_heatmap_draw (cr, theme, &bar, area);
}

void
fig_frame_draw (cairo_t *cr, const FigTheme *theme, const FigRect *area)
{
  double line = fig_hairline (theme);

  cairo_save (cr);
  fig_set_color (cr, fig_color_mix (theme->ink, theme->background, 0.45));
  cairo_set_line_width (cr, line);
  cairo_rectangle (cr, area->x - line / 2, area->y - line / 2, area->width + line, area->height + line);
  cairo_stroke (cr);
  cairo_restore (cr);
}
