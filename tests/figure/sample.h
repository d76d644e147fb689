/* sample.h: numbers to draw, and pictures to look into.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"

/* A number 0..1 that looks random and is the same for the same two. */
double sample_noise (guint a, guint b);

/* Points at 1,000, 2,000, ... n * 1,000: loss falling from 2.9 to @loss, accuracy rising to @accuracy, held-out
 * accuracy at every fifth point. (transfer full) */
NnHistory *sample_history (guint n, double loss, double accuracy);

/* About 40 names a class, more right than wrong. (transfer full) */
NnConfusion *sample_confusion (guint n_classes, guint seed);

/* A reading of @ascii whose states fill their ranges. (transfer full): nn_trace_free */
NnTrace *sample_trace (NnKind kind, const char *ascii, guint hidden, guint n_classes);

/* The report's 18 languages, then made-up ones; @n names. (transfer full) */
char **sample_classes (guint n);

/* What sample_draw leaves around the figure, in points, and its colour, which no figure has. */
#define SAMPLE_MARGIN 7
#define SAMPLE_OUTSIDE 0xffff00ffu

/* Draws the figure at theme->device_scale into the middle of an image. (transfer full) */
cairo_surface_t *sample_draw (FigDraw draw, gconstpointer figure, const FigTheme *theme, double width, double height);

/* The pixel at (x, y) of the figure, in points. */
guint32 sample_pixel (cairo_surface_t *surface, double x, double y);

/* How many pixels of a rectangle of the figure have that colour. */
guint sample_count (cairo_surface_t *surface, const FigRect *rect, guint32 pixel);

/* Draws the figure and fails if a pixel outside of its rectangle changed, or Cairo met an error. */
void sample_assert_inside (FigDraw draw, gconstpointer figure, const FigTheme *theme, double width, double height);

guint32 sample_pixel_of (FigColor color);

/* Runs a program that may not be there. Returns: (transfer full) (nullable): what it says. */
char *sample_run (const char *program, const char *argument, const char *path);
