/* export.h: a figure as a file: PNG, SVG, PDF, its numbers as CSV, or pgfplots for LaTeX.
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
  FIG_FORMAT_CSV, /* the numbers drawn */
  FIG_FORMAT_TEX, /* pgfplots */
  FIG_N_FORMATS
} FigFormat;

typedef enum
{
  FIG_ERROR_FORMAT, /* a file name whose ending is no format, or none that the figure has */
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

typedef struct FigPage FigPage;

/* The numbers of @figure as comma-separated values; every fig_x_csv is one. (transfer full) */
typedef char *(*FigCsv) (gconstpointer figure, const FigMetadata *metadata);
#define FIG_CSV(function) ((FigCsv) (void (*) (void)) (function))

/* @figure as pgfplots on that page; every fig_x_tex is one. (transfer full) */
typedef char *(*FigTex) (gconstpointer figure, const FigPage *page);
#define FIG_TEX(function) ((FigTex) (void (*) (void)) (function))

/* A figure and the paper that it goes on. Everything is borrowed. */
struct FigPage
{
  FigDraw draw;
  FigCsv csv;            /* (nullable): NULL where the figure is no single table */
  FigTex tex;            /* (nullable): NULL where pgfplots can't draw it */
  gconstpointer figure;  /* given to the three */
  const FigTheme *theme; /* its target, scale, numbers and language are replaced by those of the format and the page */
  double width;          /* points */
  double height;
  double dpi;            /* of a PNG; 0 for 300 */
  const char *language;  /* (nullable): as fig_language_push takes it; NULL for the one that the thread's figures speak */
  FigMetadata metadata;
};

/* fig_format_ending: ".png", ".svg", ".pdf", ".csv" or ".tex". (transfer none) */
const char *fig_format_ending (FigFormat format);

/* fig_format_from_path:
 * Tells the format from the ending of a file's name, whatever its case.
 * Errors: FIG_ERROR_FORMAT, naming the endings. */
gboolean fig_format_from_path (const char *path, FigFormat *format, GError **error);

/* fig_export_to_bytes:
 * Gives the file that fig_export would write. It may be called on any thread. (transfer full)
 * Errors: FIG_ERROR_SIZE, FIG_ERROR_DRAW; FIG_ERROR_FORMAT for one that the figure does not have. */
GBytes *fig_export_to_bytes (const FigPage *page, FigFormat format, GError **error);

/* fig_export:
 * Writes the figure to @path, whose ending chooses the format. An existing file is replaced, or kept if anything fails.
 * Errors: those above, and FIG_ERROR_WRITE; each message begins with @path. */
gboolean fig_export (const FigPage *page, const char *path, GError **error);

/* fig_save:
 * Writes @length bytes (-1: up to the NUL) to @path whole or not at all.
 * Errors: FIG_ERROR_WRITE; the message begins with @path. */
gboolean fig_save (const char *path, const char *contents, gssize length, GError **error);

G_END_DECLS
