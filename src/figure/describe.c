/* describe.c: what a figure shows, in sentences with its numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/describe.h"

#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

/* Confusions that a description names. */
#define WORST 3

/* Ends @text with @sentence (transfer full). */
static void
add_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

/* What is said of a pair of classes: how much of it there is, for the order of those that are named. */
typedef double (*PairWeight) (const FigConfusion *confusion, guint panel, guint truth, guint guess);

static double
confusion_weight (const FigConfusion *confusion, guint panel, guint truth, guint guess)
{
  return truth != guess ? fig_confusion_share (confusion->matrices[panel].confusion, truth, guess) : NAN;
}

static double
difference_weight (const FigConfusion *confusion, guint panel, guint truth, guint guess)
{
  return fabs (fig_confusion_value (confusion, panel, truth, guess));
}

/* The pairs of the largest weight, largest first. Returns: how many there are. */
static guint
find_largest (const FigConfusion *confusion, guint panel, PairWeight weight_of, guint (*largest)[2])
{
  double weights[WORST];
  guint n = 0;

  for (guint truth = 0; truth < confusion->n_classes; truth++)
    for (guint guess = 0; guess < confusion->n_classes; guess++)
      {
        double weight = weight_of (confusion, panel, truth, guess);
        guint at = n;

        if (!(weight > 0))
          continue;
        while (at > 0 && weight > weights[at - 1])
          at--;
        if (at >= WORST)
          continue;
        n = MIN (n + 1, WORST);
        for (guint i = n - 1; i > at; i--)
          {
            weights[i] = weights[i - 1];
            largest[i][0] = largest[i - 1][0];
            largest[i][1] = largest[i - 1][1];
          }
        weights[at] = weight;
        largest[at][0] = truth;
        largest[at][1] = guess;
      }
  return n;
}

static void
describe_difference (GString *text, const FigConfusion *confusion, guint panel)
{
  g_autoptr (GString) pairs = g_string_new (NULL);
  guint largest[WORST][2], n = find_largest (confusion, panel, difference_weight, largest);

  for (guint i = 0; i < n; i++)
    {
      double value = fig_confusion_value (confusion, panel, largest[i][0], largest[i][1]);
      g_autofree char *points = fig_number (value * 100, 1, FALSE);
      /* Translators: the true language, the one guessed, and a difference in percentage points, "+8.2". */
      g_autofree char *pair = g_strdup_printf (_ ("%s for %s (%s%s points)"), confusion->classes[largest[i][0]],
                                               confusion->classes[largest[i][1]], value > 0 ? "+" : "", points);

      g_string_append_printf (pairs, "%s%s", i > 0 ? C_ ("list", ", ") : "", pair);
    }
  if (n > 0)
    /* Translators: %s is for instance "Czech for Czech (+12.2 points), Dutch for German (-10.0 points)". */
    add_sentence (text, g_strdup_printf (_ ("They differ most in: %s."), pairs->str));
}

static void
describe_confusions (GString *text, const FigConfusion *confusion, guint panel)
{
  const FigMatrix *matrix = &confusion->matrices[panel];
  g_autoptr (GString) pairs = g_string_new (NULL);
  guint worst[WORST][2], n = find_largest (confusion, panel, confusion_weight, worst);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *share
        = fig_percent (fig_confusion_share (matrix->confusion, worst[i][0], worst[i][1]), 1, FALSE);
      /* Translators: the true language, the one guessed, and how many of the former's names. */
      g_autofree char *pair = g_strdup_printf (_ ("%s for %s (%s)"), confusion->classes[worst[i][0]],
                                               confusion->classes[worst[i][1]], share);

      g_string_append_printf (pairs, "%s%s", i > 0 ? C_ ("list", ", ") : "", pair);
    }
  if (n > 0)
    /* Translators: %s is for instance "Czech for Polish (12.2 %), Dutch for German (10.0 %)". */
    add_sentence (text, g_strdup_printf (_ ("Most often taken: %s."), pairs->str));
}

/* The classes of the lowest F1, the lowest first. */
static void
describe_scores (GString *text, const FigConfusion *confusion, guint panel)
{
  const NnConfusion *counts = confusion->matrices[panel].confusion;
  g_autoptr (GString) classes = g_string_new (NULL);
  double above = -1;
  guint last = 0;

  for (guint i = 0; i < WORST; i++)
    {
      guint lowest = confusion->n_classes;

      for (guint k = 0; k < confusion->n_classes; k++)
        {
          double f1 = nn_confusion_f1 (counts, k);

          if ((f1 > above || (f1 == above && k > last))
              && (lowest == confusion->n_classes || f1 < nn_confusion_f1 (counts, lowest)))
            lowest = k;
        }
      if (lowest == confusion->n_classes)
        break;
      above = nn_confusion_f1 (counts, lowest);
      last = lowest;
      {
        g_autofree char *percent = fig_percent (above, 1, FALSE);

        g_string_append_printf (classes, "%s%s (%s)", i > 0 ? C_ ("list", ", ") : "", confusion->classes[lowest],
                                percent);
      }
    }
  if (classes->len > 0)
    /* Translators: %s is for instance "Scottish (12.2 %), English (30.0 %)". */
    add_sentence (text, g_strdup_printf (_ ("Lowest F1: %s."), classes->str));
}

static void
describe_panel (GString *text, const FigConfusion *confusion, guint panel)
{
  g_autofree char *label = fig_confusion_panel_label (confusion, panel);
  g_autofree char *counted = fig_confusion_panel_counted_text (confusion, panel, FALSE);

  /* Translators: a network, then for instance "10,000 class-uniform draws, 61.2 % right". */
  add_sentence (text, g_strdup_printf (_ ("%s: %s."), label, counted));
  if (!fig_confusion_has_counts (confusion, panel))
    return;
  if (fig_confusion_is_difference (confusion, panel))
    {
      describe_difference (text, confusion, panel);
      return;
    }
  describe_confusions (text, confusion, panel);
  if (confusion->scores)
    describe_scores (text, confusion, panel);
}

char *
fig_confusion_describe (const FigConfusion *confusion)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (confusion != NULL, g_string_free (text, FALSE));
  for (guint i = 0; i < fig_confusion_n_panels (confusion); i++)
    describe_panel (text, confusion, i);
  if (confusion->n_matrices == 0)
    g_string_append (text, _ ("No network is chosen."));
  return g_string_free (text, FALSE);
}
