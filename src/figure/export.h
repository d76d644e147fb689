/* export.h: a figure as a PNG, SVG or PDF file.
 *
 * The same figure gives the same bytes: no clock, no path and no locale's numbers get into a file. A file is written
 * whole or not at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/theme.h"

G_BEGIN_DECLS

typedef enum
{
  FIG_FORMAT_PNG,
  FIG_FORMAT_SVG,
  FIG_FORMAT_PDF,
} FigFormat;

typedef enum
{
  FIG_ERROR_FORMAT, /* a file name whose ending is none of the three */
  FIG_ERROR_SIZE,   /* a figure too large, or without a size */
  FIG_ERROR_DRAW,   /* Cairo or gdk-pixbuf can't make the file */
  FIG_ERROR_WRITE,  /* the file can't be written */
} FigError;

#define FIG_ERROR (fig_error_quark ())

GQuark fig_error_quark (void);

/* Draws @figure into (0, 0, width, height) of @cr, in points; every fig_x_draw is one. */
typedef void (*FigDraw) (cairo_t *cr, double width, double height, gconstpointer figure, const FigTheme *theme);
#define FIG_DRAW(function) ((FigDraw) (void (*) (void)) (function))

/* What the file says of itself: UTF-8, each nullable. */
typedef struct
{
  const char *title;
  const char *description; /* network, preset, seed, hash of the data, ... */
  const char *command;     /* the gatescope-cli line that makes the figure again */
} FigMetadata;

/* A figure and the paper that it goes on. Everything is borrowed. */
typedef struct
{
  FigDraw draw;
  gconstpointer figure; /* given to @draw */
  const FigTheme *theme; /* its target, scale and numbers are replaced by those of the format */
  double width;          /* points */
  double height;
  double dpi;            /* of a PNG; 0 for 300 */
  FigMetadata metadata;
} FigPage;

/* fig_format_from_path:
 * Tells the format from the ending of a file's name, whatever its case.
 * Errors: FIG_ERROR_FORMAT, naming the three endings. */
gboolean fig_format_from_path (const char *path, FigFormat *format, GError **error);

/* fig_export_to_bytes:
 * Gives the file that fig_export would write. (transfer full)
 * Errors: FIG_ERROR_SIZE, FIG_ERROR_DRAW. */
GBytes *fig_export_to_bytes (const FigPage *page, FigFormat format, GError **error);

/* fig_export:
 * Writes the figure to @path, whose ending chooses the format. An existing file is replaced, or kept if anything fails.
 * Errors: those above, and FIG_ERROR_WRITE; each message begins with @path. */
gboolean fig_export (const FigPage *page, const char *path, GError **error);

/* fig_save:
 * Writes @length bytes (-1: up to the NUL) to @path whole or not at all. For the CSV that csv.h makes.
 * Errors: FIG_ERROR_WRITE; the message begins with @path. */
gboolean fig_save (const char *path, const char *contents, gssize length, GError **error);

G_END_DECLS
