/* substitution-words.c: what the map of substitutions says: readings, sentences and a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/substitution.h"

#include "figure/csv-lines.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <string.h>

static const char *
class_name (const FigSubstitution *figure, guint index)
{
  return index < figure->n_classes ? figure->classes[index] : "?";
}

static const char *
label_of (const FigSubstitution *figure)
{
  return figure->label != NULL ? figure->label : fig_kind_name (figure->kind);
}

char *
fig_substitution_hit_text (const FigSubstitution *figure, const FigTheme *theme, const FigSubstitutionHit *hit)
{
  gsize index = (gsize) hit->letter * strlen (figure->ascii) + hit->place;
  char own = figure->ascii[hit->place];
  g_autofree char *shown = fig_letter (own), *instead = NULL, *percent = NULL;

  if (!hit->has_letter || nn_letter (hit->letter) == own)
    {
      percent = fig_percent (figure->probability, 0, theme->plain_numbers);
      /* Translators: network; the place of a letter and the letter; the language guessed and its probability. */
      return g_strdup_printf (_ ("%s: letter %u is %s: %s %s"), label_of (figure), hit->place + 1, shown,
                              class_name (figure, figure->guess), percent);
    }
  instead = fig_letter (nn_letter (hit->letter));
  percent = fig_percent (figure->probabilities[index], 0, theme->plain_numbers);
  /* Translators: network; a letter, the one whose place it takes, and that place; the language that is guessed then
   * and its probability. */
  return g_strdup_printf (_ ("%s: with %s instead of %s at letter %u: %s %s"), label_of (figure), instead, shown,
                          hit->place + 1, class_name (figure, figure->guesses[index]), percent);
}

/* How many of the other letters change the guess at @place. */
static guint
count_changes (const FigSubstitution *figure, guint place)
{
  guint n = 0;

  for (guint letter = 0; letter < NN_ALPHABET_SIZE; letter++)
    n += figure->guesses[letter * strlen (figure->ascii) + place] != figure->guess;
  return n;
}

char *
fig_substitution_describe (const FigSubstitution *figure)
{
  GString *text = g_string_new (NULL);
  g_autofree char *percent = NULL, *shown = NULL;
  guint most = 0, all = 0;

  if (figure->ascii == NULL)
    return g_string_free (g_string_append (text, _ ("No name is typed.")), FALSE);
  for (guint place = 0; figure->ascii[place] != '\0'; place++)
    {
      all += count_changes (figure, place);
      if (count_changes (figure, place) > count_changes (figure, most))
        most = place;
    }
  percent = fig_percent (figure->probability, 0, FALSE);
  shown = fig_letter (figure->ascii[most]);
  /* Translators: a network, a name, a language and its probability. */
  g_string_append_printf (text, _ ("%s reads %s as %s (%s)."), label_of (figure), figure->ascii,
                          class_name (figure, figure->guess), percent);
  g_string_append_c (text, ' ');
  /* Translators: two counts; then the place of a letter, the letter, and two counts. */
  g_string_append_printf (text,
                          _ ("Of %u other letters at all places, %u change the guess; most do at letter %u (%s): %u "
                             "of %u."),
                          (NN_ALPHABET_SIZE - 1) * (guint) strlen (figure->ascii), all, most + 1, shown,
                          count_changes (figure, most), NN_ALPHABET_SIZE - 1);
  return g_string_free (text, FALSE);
}

char *
fig_substitution_csv (const FigSubstitution *figure, const FigMetadata *metadata)
{
  GString *csv
    = fig_csv_begin (metadata, "network,place,letter,instead,guess,probability,probability_of_own_guess");

  for (guint place = 0; figure->ascii != NULL && figure->ascii[place] != '\0'; place++)
    for (guint letter = 0; letter < NN_ALPHABET_SIZE; letter++)
      {
        const char own[2] = { figure->ascii[place], '\0' }, instead[2] = { nn_letter (letter), '\0' };
        gsize index = letter * strlen (figure->ascii) + place;

        fig_csv_add_text (csv, label_of (figure));
        g_string_append_printf (csv, ",%u,", place + 1);
        fig_csv_add_text (csv, own);
        g_string_append_c (csv, ',');
        fig_csv_add_text (csv, instead);
        g_string_append_c (csv, ',');
        fig_csv_add_text (csv, class_name (figure, figure->guesses[index]));
        fig_csv_add_number (csv, figure->probabilities[index]);
        fig_csv_add_number (csv, figure->kept[index]);
        g_string_append_c (csv, '\n');
      }
  return g_string_free (csv, FALSE);
}
