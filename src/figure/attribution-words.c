/* attribution-words.c: what the attribution's figure says: readings, sentences and a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/attribution-layout.h"
#include "figure/csv-lines.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>
#include <string.h>

const double *
fig_attribution_values (const FigAttribution *figure, FigMeasured measure)
{
  const double *const values[FIG_N_MEASURED] = { figure->left_out, figure->gradient, figure->contributions };

  return values[measure];
}

const char *
fig_attribution_label (const FigAttribution *figure)
{
  return figure->label != NULL ? figure->label : fig_kind_name (figure->kind);
}

double
fig_attribution_sum (const FigAttribution *figure)
{
  double sum = figure->bias;

  for (guint i = 0; figure->contributions != NULL && figure->ascii[i] != '\0'; i++)
    sum += figure->contributions[i];
  return sum;
}

char *
fig_signed_number (double value, guint decimals, gboolean plain)
{
  g_autofree char *number = fig_number (value, decimals, plain);

  return value > 0 ? g_strdup_printf ("+%s", number) : g_steal_pointer (&number);
}

char *
fig_attribution_sum_text (const FigAttribution *figure, gboolean plain)
{
  double sum = fig_attribution_sum (figure);
  g_autofree char *letters = fig_number (sum - figure->bias, 2, plain), *bias = fig_number (figure->bias, 2, plain);
  g_autofree char *logit = fig_number (sum, 2, plain);

  /* Translators: three numbers of which the first two add up to the third, and a language. */
  return g_strdup_printf (_ ("letters %s + biases %s = logit %s of %s"), letters, bias, logit, figure->class_name);
}

/* "without letter 3 (t): ln p of Russian changes by -2.31 nats, the guess becomes Czech" */
static char *
left_out_text (const FigAttribution *figure, guint letter, const char *shown, gboolean plain)
{
  g_autofree char *number = fig_signed_number (figure->left_out[letter], 2, plain);
  const char *without = figure->guess_without != NULL ? figure->guess_without[letter] : figure->class_name;

  if (!isfinite (figure->left_out[letter]))
    return g_strdup (_ ("without its one letter nothing is left"));
  if (strcmp (without, figure->class_name) == 0)
    /* Translators: the place of a letter and the letter; a language and by how much its log-probability changes. */
    return g_strdup_printf (_ ("without letter %u (%s): ln p of %s changes by %s nats, the guess stays"), letter + 1,
                            shown, figure->class_name, number);
  /* Translators: the same, and the language that is guessed then. */
  return g_strdup_printf (_ ("without letter %u (%s): ln p of %s changes by %s nats, the guess becomes %s"), letter + 1,
                          shown, figure->class_name, number, without);
}

char *
fig_attribution_hit_text (const FigAttribution *figure, const FigTheme *theme, const FigAttributionHit *hit)
{
  g_autofree char *shown = fig_letter (figure->ascii[hit->letter]), *words = NULL, *number = NULL;
  const double *values = hit->has_measure ? fig_attribution_values (figure, hit->measure) : NULL;

  if (values == NULL)
    words = g_strdup_printf (_ ("letter %u: %s"), hit->letter + 1, shown);
  else if (hit->measure == FIG_MEASURED_LEFT_OUT)
    words = left_out_text (figure, hit->letter, shown, theme->plain_numbers);
  else
    {
      number = fig_signed_number (values[hit->letter], 2, theme->plain_numbers);
      if (hit->measure == FIG_MEASURED_GRADIENT)
        /* Translators: the place of a letter and the letter; a language; a number. */
        words = g_strdup_printf (_ ("letter %u (%s): gradient of the logit of %s times the input: %s"),
                                 hit->letter + 1, shown, figure->class_name, number);
      else
        /* Translators: the place of a letter and the letter; a number; a language. */
        words = g_strdup_printf (_ ("letter %u (%s) adds %s to the logit of %s"), hit->letter + 1, shown, number,
                                 figure->class_name);
    }
  /* Translators: a network, and what is said of it. */
  return g_strdup_printf (C_ ("reading", "%s: %s"), fig_attribution_label (figure), words);
}

/* The letter of the largest or the smallest value, or -1. */
static int
find_extreme (const double *values, const char *ascii, double sign)
{
  int best = -1;

  for (int i = 0; values != NULL && ascii[i] != '\0'; i++)
    if (isfinite (values[i]) && (best < 0 || sign * values[i] > sign * values[best]))
      best = i;
  return best;
}

char *
fig_attribution_describe (const FigAttribution *figure)
{
  GString *text = g_string_new (NULL);
  g_autofree char *percent = NULL;
  int most;

  if (figure->ascii == NULL)
    return g_string_free (g_string_append (text, _ ("No name is typed.")), FALSE);
  percent = fig_percent (figure->probability, 0, FALSE);
  /* Translators: a network, a name, a language and its probability. */
  g_string_append_printf (text, _ ("%s reads %s as %s (%s)."), fig_attribution_label (figure), figure->ascii,
                          figure->class_name, percent);
  most = find_extreme (figure->left_out, figure->ascii, -1);
  if (most >= 0)
    {
      g_autofree char *shown = fig_letter (figure->ascii[most]);
      g_autofree char *words = left_out_text (figure, (guint) most, shown, FALSE);

      g_string_append_c (text, ' ');
      /* Translators: a sentence on the letter that counted most. */
      g_string_append_printf (text, _ ("What counts most: %s."), words);
    }
  most = find_extreme (figure->gradient, figure->ascii, 1);
  if (most >= 0)
    {
      g_autofree char *shown = fig_letter (figure->ascii[most]);
      g_autofree char *number = fig_signed_number (figure->gradient[most], 2, FALSE);

      g_string_append_c (text, ' ');
      /* Translators: the place of a letter and the letter, and a number. */
      g_string_append_printf (text, _ ("Gradient times input is largest at letter %d (%s): %s."), most + 1, shown,
                              number);
    }
  if (figure->contributions != NULL)
    {
      g_autofree char *sum = fig_attribution_sum_text (figure, FALSE);

      g_string_append_c (text, ' ');
      /* Translators: %s is "letters 4.21 + biases 0.31 = logit 4.52 of Russian". */
      g_string_append_printf (text, _ ("Exactly: %s."), sum);
    }
  return g_string_free (text, FALSE);
}

static void
add_measure (GString *csv, const double *values, guint letter)
{
  fig_csv_add_number (csv, values != NULL ? values[letter] : NAN);
}

char *
fig_attribution_csv (const FigAttribution *figure, const FigMetadata *metadata)
{
  GString *csv = fig_csv_begin (
    metadata, "network,guess,letter_number,letter,left_out,guess_without,gradient_x_input,contribution");
  g_autoptr (GString) common = g_string_new (NULL);

  if (figure->ascii == NULL)
    return g_string_free (csv, FALSE);
  fig_csv_add_text (common, fig_attribution_label (figure));
  g_string_append_c (common, ',');
  fig_csv_add_text (common, figure->class_name);
  for (guint i = 0; figure->ascii[i] != '\0'; i++)
    {
      const char shown[2] = { figure->ascii[i], '\0' };

      g_string_append_printf (csv, "%s,%u,", common->str, i + 1);
      fig_csv_add_text (csv, shown);
      add_measure (csv, figure->left_out, i);
      g_string_append_c (csv, ',');
      if (figure->guess_without != NULL && figure->left_out != NULL && isfinite (figure->left_out[i]))
        fig_csv_add_text (csv, figure->guess_without[i]);
      add_measure (csv, figure->gradient, i);
      add_measure (csv, figure->contributions, i);
      g_string_append_c (csv, '\n');
    }
  if (figure->contributions != NULL)
    {
      g_string_append_printf (csv, "%s,,biases,,,", common->str);
      fig_csv_add_number (csv, figure->bias);
      g_string_append_c (csv, '\n');
    }
  return g_string_free (csv, FALSE);
}
