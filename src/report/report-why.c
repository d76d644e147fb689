/* report-why.c: the report's chapter 3: why the LSTM does better than the RNN, if it does.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-content.h"

#include "figure/i18n.h"
#include "figure/number.h"

#include <math.h>

/* A lead that changes by less, as a share, is called the same. */
#define SAME_LEAD 0.02
/* From so much on, what a network gets right more on the names it was trained on is worth calling memory. */
#define MEMORY 0.1

static double
accuracy_trained (const ReportRuns *runs, NnKind kind)
{
  const NnRunRecord *record = runs->runs[REPORT_HELD_OUT][kind].record;

  return record != NULL && record->confusion != NULL ? nn_confusion_accuracy (record->confusion) : NAN;
}

/* ---- Report and here ---- */

static void
add_head (ReportBlock *table, const char *const *heads)
{
  for (guint i = 0; i < table->n_columns; i++)
    report_table_add (table, g_strdup (heads[i]));
}

static void
add_accuracies (ReportDocument *document, const ReportRuns *runs)
{
  const char *const heads[] = {
    C_ ("column", "Network"), C_ ("column", "Report"), C_ ("column", "Here"),
    /* xgettext:no-c-format */
    C_ ("column", "95 % interval"),
    C_ ("column", "Loss"),
  };
  ReportBlock *table = report_add_table (document, G_N_ELEMENTS (heads), _ ("Final accuracies: report and here"));

  add_head (table, heads);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      const NnRunRecord *record = runs->runs[REPORT_ALL_ROWS][kind].record;
      double reported = report_accuracy_in_report ((NnKind) kind);
      double error = 1.96 * report_error (runs, REPORT_ALL_ROWS, (NnKind) kind);
      g_autofree char *interval = report_points (error);

      if (record == NULL)
        continue;
      report_table_add (table, g_strdup (report_network ((NnKind) kind)));
      report_table_add (table, isfinite (reported) ? fig_percent (reported, 0, TRUE) : report_percent (reported));
      report_table_add (table, report_percent (report_accuracy (runs, REPORT_ALL_ROWS, (NnKind) kind)));
      report_table_add (table, g_strdup_printf ("± %s", interval));
      report_table_add (table, fig_number (record->confusion->loss, 2, TRUE));
    }
}

static NnKind
first_of (const ReportRuns *runs)
{
  NnKind best = NN_RNN;

  for (guint kind = 0; kind < REPORT_N_OF_REPORT; kind++)
    if (report_accuracy (runs, REPORT_ALL_ROWS, (NnKind) kind) > report_accuracy (runs, REPORT_ALL_ROWS, best))
      best = (NnKind) kind;
  return best;
}

static gboolean
is_ahead (const ReportRuns *runs, NnKind a, NnKind b)
{
  return report_differ (runs, REPORT_ALL_ROWS, a, b)
         && report_accuracy (runs, REPORT_ALL_ROWS, a) > report_accuracy (runs, REPORT_ALL_ROWS, b);
}

static char *
order_text (const ReportRuns *runs)
{
  g_autofree char *points = report_points (report_accuracy (runs, REPORT_ALL_ROWS, NN_LSTM)
                                           - report_accuracy (runs, REPORT_ALL_ROWS, NN_RNN));
  g_autofree char *reported = fig_number (
    100 * (report_accuracy_in_report (NN_LSTM) - report_accuracy_in_report (NN_RNN)), 0, TRUE);

  if (is_ahead (runs, NN_LSTM, NN_GATE_LSTM) && is_ahead (runs, NN_GATE_LSTM, NN_RNN))
    return g_strdup_printf (_ ("The three stand in the report's order: first the LSTM, then the LSTM by hand, then the "
                               "RNN. The LSTM is ahead of the RNN by %s percentage points; the report has %s."),
                            points, reported);
  if (is_ahead (runs, NN_LSTM, NN_RNN))
    return g_strdup_printf (_ ("The LSTM is ahead of the RNN by %s percentage points; the report has %s. The three do "
                               "not stand in the report's order, or not so that the draws could show it: here the %s "
                               "comes first."),
                            points, reported, report_network (first_of (runs)));
  if (is_ahead (runs, NN_RNN, NN_LSTM))
    return g_strdup_printf (_ ("Here the LSTM did not win: the RNN is ahead of it by %s percentage points, where the "
                               "report has the LSTM ahead by %s."),
                            points, reported);
  return g_strdup_printf (_ ("Here the LSTM did not win: %s percentage points lie between it and the RNN, fewer than "
                             "the draws could show; the report has %s."),
                          points, reported);
}

/* ---- Names that were never seen ---- */

static void
add_held_out_table (ReportDocument *document, const ReportRuns *runs)
{
  const char *const heads[] = {
    C_ ("column", "Network"), C_ ("column", "Names trained on"), C_ ("column", "Names never seen"),
    /* xgettext:no-c-format */
    C_ ("column", "95 % interval"),
    C_ ("column", "Lost (points)"),
  };
  ReportBlock *table
    = report_add_table (document, G_N_ELEMENTS (heads), _ ("Accuracy on the names trained on and on names never seen"));

  add_head (table, heads);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      double trained = accuracy_trained (runs, (NnKind) kind);
      double held_out = report_accuracy (runs, REPORT_HELD_OUT, (NnKind) kind);
      g_autofree char *interval = report_points (1.96 * report_error (runs, REPORT_HELD_OUT, (NnKind) kind));

      if (!isfinite (held_out))
        continue;
      report_table_add (table, g_strdup (report_network ((NnKind) kind)));
      report_table_add (table, report_percent (trained));
      report_table_add (table, report_percent (held_out));
      report_table_add (table, g_strdup_printf ("± %s", interval));
      report_table_add (table, report_points (trained - held_out));
    }
}

/* What of the LSTM's lead is left where memory is of no use. */
static char *
left_text (const ReportRuns *runs)
{
  double lead = accuracy_trained (runs, NN_LSTM) - accuracy_trained (runs, NN_RNN);
  double left = report_accuracy (runs, REPORT_HELD_OUT, NN_LSTM) - report_accuracy (runs, REPORT_HELD_OUT, NN_RNN);
  gboolean differ = report_differ (runs, REPORT_HELD_OUT, NN_LSTM, NN_RNN);
  g_autofree char *before = report_points (lead), *after = report_points (left);

  if (lead > 0 && left > 0)
    return g_strdup_printf (differ ? _ ("Of the %s percentage points by which the LSTM is ahead of the RNN on the "
                                        "names they were trained on, %s are left on names that they have never seen.")
                                   : _ ("Of the %s percentage points by which the LSTM is ahead of the RNN on the "
                                        "names they were trained on, %s are left on names that they have never seen: "
                                        "too few for so many names to show."),
                            before, after);
  if (left > 0)
    return g_strdup_printf (differ ? _ ("On names that they have never seen the LSTM is ahead of the RNN by %s "
                                        "percentage points.")
                                   : _ ("On names that they have never seen the LSTM is ahead of the RNN by %s "
                                        "percentage points, too few for so many names to show."),
                            after);
  return g_strdup_printf (differ ? _ ("On names that they have never seen the RNN is ahead of the LSTM by %s "
                                      "percentage points.")
                                 : _ ("On names that they have never seen the LSTM is not ahead of the RNN at all: the "
                                      "RNN has %s percentage points more, too few for so many names to show."),
                          after);
}

static char *
memory_text (const ReportRuns *runs)
{
  double trained = accuracy_trained (runs, NN_LSTM), held_out = report_accuracy (runs, REPORT_HELD_OUT, NN_LSTM);
  g_autofree char *before = report_percent (trained), *after = report_percent (held_out);

  if (trained - held_out > MEMORY)
    return g_strdup_printf (_ ("Much of what the LSTM gets right is memory: it is right in %s of the names that it was "
                               "trained on, and in %s of the others."),
                            before, after);
  return g_strdup_printf (_ ("What the LSTM gets right is hardly memory: it is right in %s of the names that it was "
                             "trained on, and in %s of the others."),
                          before, after);
}

static void
add_held_out (ReportDocument *document, const ReportRuns *runs)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!isfinite (report_accuracy (runs, REPORT_HELD_OUT, NN_LSTM))
      || !isfinite (report_accuracy (runs, REPORT_HELD_OUT, NN_RNN)))
    return;
  report_add_section (document, _ ("Names that were never seen"));
  report_sentences_add (document, text, left_text (runs));
  report_sentences_add (document, text, memory_text (runs));
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
  add_held_out_table (document, runs);
}

/* ---- Long and short names ---- */

static char *
letters_text (const ReportLengths *lengths)
{
  if (lengths->most >= NN_MAX_LETTERS)
    return g_strdup_printf (_ ("%u and more"), lengths->least);
  return g_strdup_printf (_ ("%u to %u"), lengths->least, lengths->most);
}

static double
lead_at (const ReportLengths *lengths)
{
  return lengths->accuracy[NN_LSTM] - lengths->accuracy[NN_RNN];
}

static char *
length_text (const ReportLengths *shortest, const ReportLengths *longest)
{
  double change = lead_at (longest) - lead_at (shortest);
  g_autofree char *first = report_signed_points (lead_at (shortest)), *last = report_signed_points (lead_at (longest));
  const char *format;

  if (change > SAME_LEAD)
    format = _ ("The LSTM's lead over the RNN is %s percentage points on names of up to %u letters and %s on names of "
                "%u letters and more. It grows with the length, as it should if what the cell keeps from the first "
                "letters is what counts.");
  else if (change < -SAME_LEAD)
    format = _ ("The LSTM's lead over the RNN is %s percentage points on names of up to %u letters and %s on names of "
                "%u letters and more. It shrinks with the length: that the cell keeps the first letters longer can't "
                "be what the lead is made of.");
  else
    format = _ ("The LSTM's lead over the RNN is %s percentage points on names of up to %u letters and %s on names of "
                "%u letters and more: about the same, so that the cell keeps the first letters longer can't be all "
                "that the lead is made of.");
  return g_strdup_printf (format, first, shortest->most, last, longest->least);
}

static void
add_length_table (ReportDocument *document, const ReportLengths *lengths)
{
  const char *const heads[] = {
    C_ ("column", "Letters"), C_ ("column", "Names"), report_network (NN_RNN), report_network (NN_LSTM),
    report_network (NN_GATE_LSTM),
  };
  ReportBlock *table
    = report_add_table (document, G_N_ELEMENTS (heads), _ ("Accuracy by the length of the name, every language alike"));

  add_head (table, heads);
  for (guint i = 0; i < REPORT_N_LENGTHS; i++)
    {
      if (lengths[i].n_rows == 0)
        continue;
      report_table_add (table, letters_text (&lengths[i]));
      report_table_add (table, report_whole (lengths[i].n_rows));
      for (guint kind = 0; kind < REPORT_N_OF_REPORT; kind++)
        report_table_add (table, report_percent (lengths[i].accuracy[kind]));
    }
}

static void
add_lengths (ReportDocument *document, const ReportRuns *runs)
{
  ReportLengths lengths[REPORT_N_LENGTHS];
  const ReportLengths *shortest = NULL, *longest = NULL;

  report_lengths_measure (runs, lengths);
  for (guint i = 0; i < REPORT_N_LENGTHS; i++)
    if (isfinite (lead_at (&lengths[i])))
      {
        shortest = shortest != NULL ? shortest : &lengths[i];
        longest = &lengths[i];
      }
  if (shortest == longest)
    return;
  report_add_section (document, _ ("Short names and long ones"));
  report_add_paragraph (document, length_text (shortest, longest));
  add_length_table (document, lengths);
}

/* ---- The learning rate ---- */

/* "0.01, 0.02, 0.05": the rates that were tried, or those of them at which it diverged. (transfer full) */
static char *
rates_text (const ReportRuns *runs, gboolean diverged)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < REPORT_N_RATES; i++)
    if (runs->probes[i] != NULL && (!diverged || runs->probes[i]->diverged))
      {
        g_autofree char *rate = report_rate (report_rates[i]);

        g_string_append_printf (list, "%s%s", list->len > 0 ? C_ ("list", ", ") : "", rate);
      }
  return g_string_free (list, FALSE);
}

static void
add_divergence (ReportDocument *document, const ReportRuns *runs)
{
  const NnRunRecord *lstm = runs->runs[REPORT_ALL_ROWS][NN_LSTM].record, *last = NULL;
  g_autofree char *tried = rates_text (runs, FALSE), *diverged = rates_text (runs, TRUE);
  g_autofree char *rate = NULL, *iteration = NULL, *of_lstm = report_rate (lstm->settings.learning_rate);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < REPORT_N_RATES; i++)
    if (runs->probes[i] != NULL && runs->probes[i]->diverged)
      last = runs->probes[i];
  report_sentences_add (document, text,
                        g_strdup_printf (_ ("The RNN was also trained at learning rates of %s."), tried));
  if (last == NULL)
    report_sentences_add (document, text, g_strdup (_ ("It diverged at none of them.")));
  else
    {
      rate = report_rate (last->settings.learning_rate);
      iteration = report_whole ((double) last->iterations);
      report_sentences_add (
        document, text,
        g_strdup_printf (_ ("It diverged at %s (at %s after %s iterations): nothing bounds what its linear recurrence "
                            "hands on."),
                         diverged, rate, iteration));
      if (last->settings.learning_rate <= lstm->settings.learning_rate)
        report_sentences_add (
          document, text,
          g_strdup_printf (_ ("So it can't take steps as large as the LSTM's, which learned at %s; part of the "
                              "difference between the two is how fast they may learn."),
                           of_lstm));
    }
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
}

static gboolean
have_seed (const ReportRuns *runs, guint32 seed)
{
  for (guint split = 0; split < REPORT_N_SPLITS; split++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      {
        const NnRunRecord *record = runs->runs[split][kind].record;

        if (record != NULL && record->settings.seed != seed)
          return FALSE;
      }
  return TRUE;
}

static void
add_caveat (ReportDocument *document, const ReportOrder *order, const ReportRuns *runs)
{
  g_autoptr (GString) text = g_string_new (NULL);

  report_add_section (document, _ ("What this does not show"));
  report_sentences_add (
    document, text,
    g_strdup (_ ("The intervals tell how far the names that were counted may mislead; they know nothing of other first "
                 "weights and other draws.")));
  if (have_seed (runs, order->seed))
    report_sentences_add (document, text,
                          g_strdup_printf (_ ("All networks were trained once, from seed %u."), order->seed));
  else
    report_sentences_add (document, text, g_strdup (_ ("Each network was trained once, and not all from one seed.")));
  report_sentences_add (
    document, text,
    g_strdup (_ ("How much another seed changes, a second report with another `--seed` tells.")));
  report_add_paragraph (document, g_string_free (g_steal_pointer (&text), FALSE));
}

static gboolean
has_probes (const ReportRuns *runs)
{
  for (guint i = 0; i < REPORT_N_RATES; i++)
    if (runs->probes[i] != NULL)
      return TRUE;
  return FALSE;
}

void
report_add_why (ReportDocument *document, const ReportOrder *order, const ReportRuns *runs)
{
  report_add_chapter (document, "3",
                      is_ahead (runs, NN_LSTM, NN_RNN) ? _ ("Why the LSTM does better than the RNN")
                                                       : _ ("Does the LSTM do better than the RNN?"));
  report_add_section (document, _ ("By how much"));
  report_add_paragraph (document, order_text (runs));
  add_accuracies (document, runs);
  add_held_out (document, runs);
  add_lengths (document, runs);
  if (has_probes (runs))
    {
      report_add_section (document, _ ("The learning rate"));
      add_divergence (document, runs);
    }
  add_caveat (document, order, runs);
}
