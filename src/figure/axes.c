/* axes.c: the frame around a plot: its ticks, grid and titles.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/axes.h"

#include <math.h>

#define LABEL_SIZE 0.9
#define MIN_PLOT 10.0
#define EVEN_LINES 1.15 /* words do not end where a line should */

static double
widest_label (const FigTheme *theme, const FigTicks *ticks)
{
  FigText text = fig_text (theme, LABEL_SIZE);
  double widest = 0;

  for (guint i = 0; i < ticks->n; i++)
    widest = MAX (widest, fig_text_width (theme, &text, ticks->labels[i]));
  return widest;
}

/* Rotated, a title has the plot's height; one that is longer goes on in a second line, which is about as long. */
static FigText
y_title_text (const FigTheme *theme, const char *title, double height)
{
  FigText text = fig_text (theme, 1.0), even;
  double whole = fig_text_width (theme, &text, title), taken, taken_even;

  text.max_width = MAX (height, MIN_PLOT);
  text.wrap = TRUE;
  if (whole <= text.max_width)
    return text;
  even = text;
  even.max_width = MIN (EVEN_LINES * whole / ceil (whole / text.max_width), text.max_width);
  fig_text_measure (theme, &text, title, NULL, &taken);
  fig_text_measure (theme, &even, title, NULL, &taken_even);
  return taken_even <= taken ? even : text;
}

void
fig_axes_layout (FigAxes *axes, const FigTheme *theme, const FigRect *area)
{
  FigText label = fig_text (theme, LABEL_SIZE), title = fig_text (theme, 1.0);
  double line = fig_text_line_height (theme, &label), gap = theme->font_size * 0.4;
  double bottom = line + gap + (axes->x_title != NULL ? fig_text_line_height (theme, &title) + gap / 2 : 0);
  double top = line / 2, left, right, title_height = 0;
  FigRect *plot = &axes->plot;

  axes->area = *area;
  plot->y = area->y + top;
  plot->height = MAX (area->height - top - bottom, MIN_PLOT);
  fig_ticks_init (&axes->y_ticks, &axes->y, (guint) CLAMP (plot->height / (2.2 * line), 2, 11), axes->y_format,
                  theme->plain_numbers);
  if (axes->y_title != NULL)
    {
      FigText turned = y_title_text (theme, axes->y_title, plot->height);

      fig_text_measure (theme, &turned, axes->y_title, NULL, &title_height);
      title_height += gap;
    }
  left = title_height + widest_label (theme, &axes->y_ticks) + gap;
  plot->x = area->x + left;
  plot->width = MAX (area->width - left, MIN_PLOT);
  /* How many labels have room follows from how wide they are; the last one may stick out by its half. */
  fig_ticks_init (&axes->x_ticks, &axes->x, 6, axes->x_format, theme->plain_numbers);
  right = widest_label (theme, &axes->x_ticks);
  fig_ticks_init (&axes->x_ticks, &axes->x, (guint) CLAMP (plot->width / (right + 4 * gap), 2, 11), axes->x_format,
                  theme->plain_numbers);
  plot->width = MAX (plot->width - widest_label (theme, &axes->x_ticks) / 2 - 1, MIN_PLOT);
  plot->x = fig_snap (theme, plot->x);
  plot->y = fig_snap (theme, plot->y);
  plot->width = fig_snap (theme, plot->width);
  plot->height = fig_snap (theme, plot->height);
}

double
fig_axes_x (const FigAxes *axes, double value)
{
  return axes->plot.x + fig_scale_map (&axes->x, value) * axes->plot.width;
}

double
fig_axes_y (const FigAxes *axes, double value)
{
  return axes->plot.y + (1 - fig_scale_map (&axes->y, value)) * axes->plot.height;
}

/* The middle of a hairline that fills whole pixels next to @position. */
static double
line_at (const FigTheme *theme, double position)
{
  if (theme->target == FIG_TARGET_VECTOR)
    return position;
  return fig_snap (theme, position - fig_hairline (theme) / 2) + fig_hairline (theme) / 2;
}

/* The values between the labels of a logarithmic axis: what makes it look like one. */
static void
draw_minor_grid (cairo_t *cr, const FigTheme *theme, const FigAxes *axes)
{
  for (guint i = 0; i < axes->y_ticks.n_minor; i++)
    {
      double y = line_at (theme, fig_axes_y (axes, axes->y_ticks.minor[i]));

      cairo_move_to (cr, axes->plot.x, y);
      cairo_line_to (cr, fig_rect_right (&axes->plot), y);
    }
  fig_set_color (cr, fig_color_mix (theme->grid, theme->background, 0.55));
  cairo_stroke (cr);
}

static void
draw_minor_marks (cairo_t *cr, const FigTheme *theme, const FigAxes *axes)
{
  for (guint i = 0; i < axes->y_ticks.n_minor; i++)
    {
      double y = line_at (theme, fig_axes_y (axes, axes->y_ticks.minor[i]));

      cairo_move_to (cr, axes->plot.x - theme->font_size * 0.25, y);
      cairo_line_to (cr, axes->plot.x, y);
    }
  cairo_stroke (cr);
}

void
fig_axes_draw_grid (cairo_t *cr, const FigTheme *theme, const FigAxes *axes)
{
  cairo_save (cr);
  cairo_set_line_width (cr, fig_hairline (theme));
  draw_minor_grid (cr, theme, axes);
  fig_set_color (cr, theme->grid);
  for (guint i = 0; i < axes->y_ticks.n; i++)
    {
      double y = line_at (theme, fig_axes_y (axes, axes->y_ticks.values[i]));

      cairo_move_to (cr, axes->plot.x, y);
      cairo_line_to (cr, fig_rect_right (&axes->plot), y);
    }
  for (guint i = 0; i < axes->x_ticks.n; i++)
    {
      double x = line_at (theme, fig_axes_x (axes, axes->x_ticks.values[i]));

      cairo_move_to (cr, x, axes->plot.y);
      cairo_line_to (cr, x, fig_rect_bottom (&axes->plot));
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* The one below stands in the middle of the plot, as far as it has room there. */
static void
draw_titles (cairo_t *cr, const FigTheme *theme, const FigAxes *axes)
{
  if (axes->x_title != NULL)
    {
      FigText title = fig_text (theme, 1.0);
      double middle = axes->plot.x + axes->plot.width / 2, half;

      fig_text_fit (theme, &title, axes->x_title, axes->area.width, fig_text_smallest (theme));
      half = MIN (fig_text_width (theme, &title, axes->x_title), axes->area.width) / 2;
      middle = MIN (middle, fig_rect_right (&axes->area) - half);
      fig_text_draw (cr, theme, &title, MAX (middle, axes->area.x + half), fig_rect_bottom (&axes->area), 0.5, 1,
                     axes->x_title);
    }
  if (axes->y_title != NULL)
    {
      FigText turned = y_title_text (theme, axes->y_title, axes->plot.height);

      fig_text_draw_upwards (cr, theme, &turned, axes->area.x, axes->plot.y + axes->plot.height / 2, 0, 0.5,
                             axes->y_title);
    }
}

void
fig_axes_draw (cairo_t *cr, const FigTheme *theme, const FigAxes *axes)
{
  FigText label = fig_text (theme, LABEL_SIZE);
  double gap = theme->font_size * 0.4, bottom = fig_rect_bottom (&axes->plot);
  double line = fig_hairline (theme);

  cairo_save (cr);
  fig_set_color (cr, fig_color_mix (theme->ink, theme->background, 0.35));
  cairo_set_line_width (cr, line);
  cairo_move_to (cr, axes->plot.x - line / 2, axes->plot.y);
  cairo_line_to (cr, axes->plot.x - line / 2, bottom + line / 2);
  cairo_line_to (cr, fig_rect_right (&axes->plot), bottom + line / 2);
  cairo_stroke (cr);
  draw_minor_marks (cr, theme, axes);
  for (guint i = 0; i < axes->y_ticks.n; i++)
    fig_text_draw (cr, theme, &label, axes->plot.x - gap, fig_axes_y (axes, axes->y_ticks.values[i]), 1, 0.5,
                   axes->y_ticks.labels[i]);
  for (guint i = 0; i < axes->x_ticks.n; i++)
    fig_text_draw (cr, theme, &label, fig_axes_x (axes, axes->x_ticks.values[i]), bottom + gap, 0.5, 0,
                   axes->x_ticks.labels[i]);
  draw_titles (cr, theme, axes);
  cairo_restore (cr);
}
