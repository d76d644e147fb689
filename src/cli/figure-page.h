/* figure-page.h: what every figure of "figure" has in common: its paper, its colours, its file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/figure-curves.h"
#include "figure/figure.h"

G_BEGIN_DECLS

/* A file that a figure is drawn from. */
typedef struct
{
  const char *path; /* borrowed from the arguments; NULL ends a list */
  gboolean weights; /* given with --weights, else with --run */
} CliFigureSource;

/* The options of "figure" as they were given, NULL where they were not, and what they say. */
typedef struct
{
  char **rest; /* the kind of figure, which is always there, then names */
  char **runs;
  char **weights;
  CliFigureSource *sources; /* both, in the order in which they were given */
  char **labels;            /* of the sources */
  char **hidden;            /* numbers of sources, from 1 */
  char *model;
  char *data;
  char *out;
  char *width_text;
  char *height_text;
  char *dpi_text;
  char *font_size_text;
  char *language;
  char *cells; /* the next eight are of confusion, the order of gates, too */
  char *order;
  char *difference;
  char *counted;
  char *draws_text;
  char *seed_text;
  char *hold_out_text;
  gboolean scores;
  char *detail; /* of gates */
  char *second; /* of gates */
  char **clamps; /* of gates and units */
  char **pins;
  gboolean held_out;
  gboolean dark;
  CliCurvesOptions curves;
  gboolean transparent;
  gboolean titled;
  gboolean untitled;
  gboolean beside;

  double width;  /* points; 0 where the figure may choose, as may be the next two */
  double height;
  double dpi;
  FigTheme theme;
  char *command; /* the line that makes the figure again, without folders and without --out */
} CliFigureOptions;

/* cli_figure_options_parse:
 * Reads the arguments of "figure", all but which figure it is.
 * Errors: CLI_ERROR_USAGE. */
gboolean cli_figure_options_parse (CliFigureOptions *options, char **arguments, gboolean *helped, GError **error);
void cli_figure_options_clear (CliFigureOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliFigureOptions, cli_figure_options_clear)

/* cli_figure_save:
 * Writes the figure to --out.
 * @draw, @csv, @tex: what writes it, as in FigPage
 * @figure: what is drawn
 * @width, @height: points, where the options don't say
 * @title, @description: what the file says of itself
 * Errors: FIG_ERROR. */
gboolean cli_figure_save (const CliFigureOptions *options,
                          FigDraw draw,
                          FigCsv csv,
                          FigTex tex,
                          gconstpointer figure,
                          double width,
                          double height,
                          const char *title,
                          const char *description,
                          GError **error);

/* cli_figure_label:
 * What a network is called in a figure: the name of its kind, and where several are of that kind, its file's as well.
 * @kinds: of all @n networks
 * Returns: (transfer full). */
char *cli_figure_label (const NnKind *kinds, guint n, guint index, const char *path);

/* cli_figure_classes_equal:
 * Errors: CLI_ERROR_FAILED, naming the two files whose classes differ. */
gboolean cli_figure_classes_equal (char **first,
                                   const char *first_path,
                                   char **other,
                                   const char *path,
                                   GError **error);

/* The figures. Errors: files that can't be used, CLI_ERROR_USAGE. */
gboolean cli_figure_curves (const CliFigureOptions *options, FigMeasure measure, GError **error);
gboolean cli_figure_compare (const CliFigureOptions *options, GError **error);
gboolean cli_figure_confusion (const CliFigureOptions *options, GError **error);
gboolean cli_figure_gates (const CliFigureOptions *options, const char *name, GError **error);

/* What networks make of one name, each network in a column. */
gboolean cli_figure_of_name (const CliFigureOptions *options, FigBesideKind figure, const char *name, GError **error);

/* cli_points: millimetres as points. */
static inline double
cli_points (double millimetres)
{
  return millimetres * 72.0 / 25.4;
}

G_END_DECLS
