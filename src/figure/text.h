/* text.h: a figure's words: laid out by Pango, so that every script is shaped as it should be.
 *
 * Sizes are in points of the figure, whatever the screen's resolution. Text is measured without a drawing context, so a
 * layout can be worked out before anything is drawn.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/geometry.h"
#include "figure/theme.h"

G_BEGIN_DECLS

/* The smallest type that is still read, in points. */
#define FIG_SMALLEST_TYPE 6.5

typedef struct
{
  double size; /* points */
  gboolean bold;
  gboolean markup;  /* the text is Pango markup */
  double max_width; /* points; longer text ends in an ellipsis, or goes on in another line with @wrap; 0: any width */
  gboolean wrap;
  gboolean keeps_end; /* longer text is cut in its middle */
  FigColor color;
} FigText;

/* fig_text_smallest: the smallest type that is still read, in points: FIG_SMALLEST_TYPE, or less in print. */
double fig_text_smallest (const FigTheme *theme);

/* fig_text: the theme's type at @factor times its size, in its ink. */
FigText fig_text (const FigTheme *theme, double factor);
/* fig_text_faint: the same in its faint ink. */
FigText fig_text_faint (const FigTheme *theme, double factor);

/* fig_text_measure:
 * @width, @height: (out) (optional): what @string takes, in points */
void fig_text_measure (const FigTheme *theme, const FigText *text, const char *string, double *width, double *height);
double fig_text_width (const FigTheme *theme, const FigText *text, const char *string);

/* fig_text_line_height: the height of one line. */
double fig_text_line_height (const FigTheme *theme, const FigText *text);

/* fig_text_widest: the width of the widest of @strings (NULL-terminated), 0 where there is none. */
double fig_text_widest (const FigTheme *theme, const FigText *text, const char *const *strings);

/* fig_text_fit:
 * Makes @text smaller until @string is no wider than @width, but not smaller than @least points; there it is cut to
 * @width with an ellipsis. */
void fig_text_fit (const FigTheme *theme, FigText *text, const char *string, double width, double least);

/* fig_text_draw:
 * Draws @string at (x, y), which is the point of its box that (align_x, align_y) says: 0 left or top, 0.5 the middle,
 * 1 right or bottom. */
void fig_text_draw (cairo_t *cr,
                    const FigTheme *theme,
                    const FigText *text,
                    double x,
                    double y,
                    double align_x,
                    double align_y,
                    const char *string);

/* fig_text_draw_upwards:
 * The same, turned by a quarter so that it is read from below. (align_x, align_y) are of the turned box. */
void fig_text_draw_upwards (cairo_t *cr,
                            const FigTheme *theme,
                            const FigText *text,
                            double x,
                            double y,
                            double align_x,
                            double align_y,
                            const char *string);

/* fig_text_draw_on:
 * The same as fig_text_draw on a patch of the background, so that lines behind it don't cross the letters. */
void fig_text_draw_on (cairo_t *cr,
                       const FigTheme *theme,
                       const FigText *text,
                       double x,
                       double y,
                       double align_x,
                       double align_y,
                       const char *string);

/* fig_text_draw_message: @string in the middle of @area, wrapped: what stands where a figure has nothing to show. */
void fig_text_draw_message (cairo_t *cr, const FigTheme *theme, const FigRect *area, const char *string);

G_END_DECLS
