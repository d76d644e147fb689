/* figure-confusion.c: how the matrices of "figure confusion" are shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-confusion.h"

#include "cli/error.h"
#include "cli/options.h"

#include <glib/gi18n.h>
#include <string.h>

/* Millimetres: the width of a matrix; of two numbers in a cell; of the scores beside it. */
#define MATRIX_WIDTH 130.0
#define WIDE_MATRIX_WIDTH 180.0
#define SCORES_WIDTH 25.0
#define MOST_ABREAST 4

#define MOST_DRAWS 10000000

/* ---- Options ---- */

static gboolean
read_difference (const CliFigureOptions *options, CliConfusionChoice *choice, GError **error)
{
  g_autofree char *quoted = NULL;
  const char *comma = options->difference != NULL ? strchr (options->difference, ',') : NULL;

  choice->difference = options->difference;
  if (options->difference == NULL || (comma != NULL && comma > options->difference && comma[1] != '\0'))
    return TRUE;
  quoted = cli_quoted (options->difference);
  return cli_misuse (error,
                     _("--difference is %s; it must be two networks with a comma between them, such as lstm,rnn"),
                     quoted);
}

static gboolean
read_counted (const CliFigureOptions *options, CliConfusionChoice *choice, GError **error)
{
  g_autofree char *quoted = NULL;

  choice->counted = options->held_out    ? NN_COUNTED_HELD_OUT
                    : options->runs != NULL ? NN_COUNTED_DRAWS
                                            : NN_COUNTED_ROWS;
  if (options->counted == NULL)
    return TRUE;
  quoted = cli_quoted (options->counted);
  if (!nn_counted_from_id (options->counted, &choice->counted))
    return cli_misuse (error, _("--counted is %s; it must be draws, rows or held-out"), quoted);
  if (options->held_out && choice->counted != NN_COUNTED_HELD_OUT)
    return cli_misuse (error, _("--held-out and --counted %s contradict each other"), options->counted);
  return TRUE;
}

static gboolean
read_split (const CliFigureOptions *options, CliConfusionChoice *choice, GError **error)
{
  guint64 draws = NN_EVALUATION_DRAWS, seed = 0;

  choice->has_seed = options->seed_text != NULL;
  choice->has_hold_out = options->hold_out_text != NULL;
  if ((options->draws_text != NULL && !cli_option_whole ("--draws", options->draws_text, 1, MOST_DRAWS, &draws, error))
      || (choice->has_seed && !cli_option_whole ("--seed", options->seed_text, 0, G_MAXUINT32, &seed, error))
      || (choice->has_hold_out
          && !cli_option_real ("--hold-out", options->hold_out_text, 0, FALSE, NN_MAX_HOLD_OUT, &choice->hold_out,
                               error)))
    return FALSE;
  choice->draws = (guint) draws;
  choice->seed = (guint32) seed;
  return TRUE;
}

gboolean
cli_confusion_choice_init (CliConfusionChoice *choice, const CliFigureOptions *options, GError **error)
{
  g_autofree char *cells = options->cells != NULL ? cli_quoted (options->cells) : NULL;
  g_autofree char *order = options->order != NULL ? cli_quoted (options->order) : NULL;

  *choice = (CliConfusionChoice){ .scores = options->scores };
  if (options->cells != NULL && !fig_cells_from_id (options->cells, &choice->cells))
    return cli_misuse (error, _("--cells is %s; it must be percent, counts, both or none"), cells);
  if (options->order != NULL && !nn_order_from_id (options->order, &choice->order))
    return cli_misuse (error, _("--order is %s; it must be alphabetical, accuracy or clustered"), order);
  return read_difference (options, choice, error) && read_counted (options, choice, error)
         && read_split (options, choice, error);
}

gboolean
cli_figure_confusion_none_of (const CliFigureOptions *options, const char *figure, GError **error)
{
  const char *given = options->cells != NULL        ? "--cells"
                      : options->difference != NULL ? "--difference"
                      : options->counted != NULL    ? "--counted"
                      : options->scores             ? "--scores"
                      : options->draws_text != NULL ? "--draws"
                      : options->seed_text != NULL  ? "--seed"
                      : options->hold_out_text      ? "--hold-out"
                                                    : NULL;

  if (options->order != NULL && strcmp (figure, "gates") != 0)
    return cli_misuse (error, _("--order goes with confusion and gates, not with %s"), figure);
  return given == NULL || cli_misuse (error, _("%s goes with confusion, not with %s"), given, figure);
}

/* ---- The difference ---- */

/* The matrix that @name means: the id of a kind of which there is one, or the number of a file, from 1. -1, with an
 * error, where there is none or several. */
static int
find_matrix (const FigMatrix *matrices, guint n, const char *name, GError **error)
{
  g_autofree char *quoted = cli_quoted (name);
  int found = -1;
  guint64 number;

  if (g_ascii_string_to_unsigned (name, 10, 1, n, &number, NULL))
    return (int) number - 1;
  for (guint i = 0; i < n; i++)
    {
      if (strcmp (nn_kind_id (matrices[i].kind), name) != 0)
        continue;
      if (found >= 0)
        {
          cli_misuse (error,
                      _("--difference: there are several networks %s; name them by number, 1 for the first file"),
                      quoted);
          return -1;
        }
      found = (int) i;
    }
  if (found < 0)
    cli_misuse (error,
                _("--difference: there is no network %s among those given; name one of theirs, or 1 for the first file"),
                quoted);
  return found;
}

/* Leaves the two networks of the difference in @pair. */
static gboolean
choose_pair (const char *difference, const FigMatrix *matrices, guint n, FigMatrix pair[2], GError **error)
{
  g_auto (GStrv) names = g_strsplit (difference, ",", 2);
  int found[2];

  for (guint i = 0; i < 2; i++)
    {
      g_strstrip (names[i]);
      found[i] = find_matrix (matrices, n, names[i], error);
      if (found[i] < 0)
        return FALSE;
      pair[i] = matrices[found[i]];
    }
  return found[0] != found[1] || cli_misuse (error, _("--difference: a network differs from itself in nothing"));
}

/* ---- The figure ---- */

/* (transfer full) */
static guint *
order_of (const FigConfusion *confusion, NnOrder order)
{
  g_autofree const NnConfusion **counts = g_new (const NnConfusion *, confusion->n_matrices + 1);

  for (guint i = 0; i < confusion->n_matrices; i++)
    counts[i] = confusion->matrices[i].confusion;
  return nn_order_classes (order, counts, confusion->n_matrices, confusion->n_classes);
}

static double
usual_width (const FigConfusion *confusion)
{
  double matrix = (confusion->cells == FIG_CELLS_BOTH ? WIDE_MATRIX_WIDTH : MATRIX_WIDTH)
                  + (confusion->scores ? SCORES_WIDTH : 0);

  return cli_points (matrix * MIN (fig_confusion_n_panels (confusion), MOST_ABREAST));
}

/* So high that the matrices fill the width; more of them than stand abreast go on in further rows. */
static double
usual_height (const FigConfusion *confusion, const FigTheme *theme, double width)
{
  guint n = fig_confusion_n_panels (confusion), rows = (n + MOST_ABREAST - 1) / MOST_ABREAST;

  return rows <= 1 ? fig_confusion_height (confusion, theme, width) : rows * cli_points (MATRIX_WIDTH);
}

gboolean
cli_confusion_init (CliConfusion *confusion,
                    const CliConfusionChoice *choice,
                    const FigMatrix *matrices,
                    guint n,
                    const char *const *classes,
                    GError **error)
{
  FigConfusion *figure = &confusion->figure;

  *confusion = (CliConfusion){ .figure = {
    .matrices = matrices,
    .n_matrices = n,
    .classes = classes,
    .n_classes = g_strv_length ((char **) classes),
    .cells = choice->cells,
    .difference = choice->difference != NULL,
    .scores = choice->scores,
  } };
  if (choice->difference != NULL)
    {
      confusion->pair = g_new0 (FigMatrix, 2);
      if (!choose_pair (choice->difference, matrices, n, confusion->pair, error))
        return FALSE;
      figure->matrices = confusion->pair;
      figure->n_matrices = 2;
    }
  confusion->order = order_of (figure, choice->order);
  figure->order = confusion->order;
  return TRUE;
}

void
cli_confusion_clear (CliConfusion *confusion)
{
  g_clear_pointer (&confusion->pair, g_free);
  g_clear_pointer (&confusion->order, g_free);
}

gboolean
cli_figure_confusion_save (const CliFigureOptions *options,
                           const CliConfusionChoice *choice,
                           const FigMatrix *matrices,
                           guint n,
                           const char *const *classes,
                           const char *description,
                           GError **error)
{
  g_auto (CliConfusion) confusion = { 0 };
  double width;

  if (!cli_confusion_init (&confusion, choice, matrices, n, classes, error))
    return FALSE;
  confusion.figure.title = options->titled ? fig_title_of_confusion () : NULL;
  width = options->width > 0 ? options->width : usual_width (&confusion.figure);
  return cli_figure_save (options, FIG_DRAW (fig_confusion_draw), FIG_CSV (fig_confusion_csv),
                          FIG_TEX (fig_confusion_tex), &confusion.figure, width,
                          usual_height (&confusion.figure, &options->theme, width), fig_title_of_confusion (),
                          description, error);
}
