/* confusion-words.c: what the matrices say in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/confusion.h"

#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

const char *
fig_matrix_label (const FigMatrix *matrix)
{
  return matrix->label != NULL ? matrix->label : fig_kind_name (matrix->kind);
}

const char *
fig_score_name (FigScore score)
{
  switch (score)
    {
    case FIG_SCORE_PRECISION:
      return C_ ("score", "precision");
    case FIG_SCORE_RECALL:
      return C_ ("score", "recall");
    case FIG_SCORE_F1:
      return C_ ("score", "F1");
    case FIG_SCORE_NONE:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* (transfer full) */
static char *
label_with_moment (const FigMatrix *matrix)
{
  g_autofree char *iteration = NULL;

  if (!matrix->is_earlier)
    return g_strdup (fig_matrix_label (matrix));
  iteration = fig_number ((double) matrix->iteration, 0, FALSE);
  /* Translators: a network, and how far it was trained. */
  return g_strdup_printf (_ ("%s at iteration %s"), fig_matrix_label (matrix), iteration);
}

char *
fig_confusion_panel_label (const FigConfusion *confusion, guint panel)
{
  if (!fig_confusion_is_difference (confusion, panel))
    return label_with_moment (&confusion->matrices[panel]);
  /* Translators: a network minus another one; the sign is a minus. */
  return g_strdup_printf (C_ ("difference", "%s − %s"), fig_matrix_label (&confusion->matrices[0]),
                          fig_matrix_label (&confusion->matrices[1]));
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

/* "+3.2", "−3.2", "0.0". (transfer full) */
static char *
signed_points (double difference, guint decimals, gboolean plain)
{
  g_autofree char *number = fig_number (difference * 100, decimals, plain);
  double unit = pow (10, -2 - (double) decimals);

  return g_strconcat (difference >= unit / 2 ? "+" : "", number, NULL);
}

static char *
difference_counted_text (const FigConfusion *confusion, gboolean plain)
{
  double first = nn_confusion_accuracy (confusion->matrices[0].confusion);
  double second = nn_confusion_accuracy (confusion->matrices[1].confusion);
  g_autofree char *points = signed_points (first - second, 1, plain);

  switch (confusion->matrices[0].counted)
    {
    case FIG_COUNTED_HELD_OUT:
      /* Translators: %s is a difference of two accuracies in percentage points, "+3.2". */
      return g_strdup_printf (_ ("names held out, %s points right"), points);
    case FIG_COUNTED_ROWS:
      return g_strdup_printf (_ ("all names, %s points right"), points);
    case FIG_COUNTED_DRAWS:
    default:
      return g_strdup_printf (_ ("class-uniform draws, %s points right"), points);
    }
}

char *
fig_confusion_panel_counted_text (const FigConfusion *confusion, guint panel, gboolean plain)
{
  if (!fig_confusion_is_difference (confusion, panel))
    return fig_matrix_counted_text (&confusion->matrices[panel], plain);
  if (!fig_confusion_has_counts (confusion, panel))
    return g_strdup (_ ("nothing counted yet"));
  return difference_counted_text (confusion, plain);
}

/* "12 of 98 (12.2 %)" (transfer full) */
static char *
cell_numbers (const NnConfusion *counts, guint truth, guint guess, gboolean plain)
{
  g_autofree char *count = fig_number ((double) nn_confusion_count (counts, truth, guess), 0, plain);
  g_autofree char *total = fig_number ((double) nn_confusion_row_total (counts, truth), 0, plain);
  g_autofree char *share = fig_percent (fig_confusion_share (counts, truth, guess), 1, plain);

  /* Translators: how many names, of how many, and the percentage. */
  return g_strdup_printf (_ ("%s of %s (%s)"), count, total, share);
}

/* "Czech taken for Polish" (transfer full) */
static char *
cell_title (const FigConfusion *confusion, const FigConfusionHit *hit)
{
  if (hit->truth == hit->guess)
    /* Translators: a language whose names are guessed right. */
    return g_strdup_printf (_ ("%s recognised"), confusion->classes[hit->truth]);
  /* Translators: the true language, and the one guessed. */
  return g_strdup_printf (_ ("%s taken for %s"), confusion->classes[hit->truth], confusion->classes[hit->guess]);
}

/* The title and its points, then a line for each of the two networks. */
static char *
difference_text (const FigConfusion *confusion, const FigConfusionHit *hit, gboolean plain)
{
  g_autofree char *title = cell_title (confusion, hit);
  double value = fig_confusion_value (confusion, hit->matrix, hit->truth, hit->guess);
  g_autofree char *points = signed_points (value, 1, plain);
  GString *text = g_string_new (NULL);

  /* Translators: "Czech taken for Polish", and a difference in percentage points, "+3.2". */
  g_string_append_printf (text, _ ("%s: %s percentage points"), title, points);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *numbers
        = cell_numbers (confusion->matrices[i].confusion, hit->truth, hit->guess, plain);

      /* Translators: a network, and "12 of 98 (12.2 %)". */
      g_string_append_c (text, '\n');
      g_string_append_printf (text, C_ ("reading", "%s: %s"), fig_matrix_label (&confusion->matrices[i]), numbers);
    }
  return g_string_free (text, FALSE);
}

static char *
scores_text (const FigConfusion *confusion, const FigConfusionHit *hit, gboolean plain)
{
  gboolean difference = fig_confusion_is_difference (confusion, hit->matrix);
  char *numbers[FIG_N_SCORES], *text;

  for (guint i = 0; i < FIG_N_SCORES; i++)
    {
      FigScore score = (FigScore) (FIG_SCORE_PRECISION + i);
      double value = fig_confusion_panel_score (confusion, hit->matrix, hit->truth, score);

      numbers[i] = difference ? signed_points (value, 1, plain) : fig_percent (value, 1, plain);
    }
  /* Translators: a language, then three percentages. */
  text = g_strdup_printf (difference ? _ ("%s, in percentage points: precision %s, recall %s, F1 %s")
                                     : _ ("%s: precision %s, recall %s, F1 %s"),
                          confusion->classes[hit->truth], numbers[0], numbers[1], numbers[2]);
  for (guint i = 0; i < FIG_N_SCORES; i++)
    g_free (numbers[i]);
  return text;
}

char *
fig_confusion_hit_text (const FigConfusion *confusion, const FigTheme *theme, const FigConfusionHit *hit)
{
  gboolean plain = theme->plain_numbers;
  g_autofree char *title = NULL, *numbers = NULL;

  g_return_val_if_fail (fig_confusion_has_counts (confusion, hit->matrix), NULL);
  if (hit->score != FIG_SCORE_NONE)
    return scores_text (confusion, hit, plain);
  if (fig_confusion_is_difference (confusion, hit->matrix))
    return difference_text (confusion, hit, plain);
  title = cell_title (confusion, hit);
  numbers = cell_numbers (confusion->matrices[hit->matrix].confusion, hit->truth, hit->guess, plain);
  /* Translators: "Czech taken for Polish", and "12 of 98 (12.2 %)". */
  return g_strdup_printf (C_ ("cell", "%s: %s"), title, numbers);
}
