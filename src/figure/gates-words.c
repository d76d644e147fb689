/* gates-words.c: the gates' figure in sentences and as a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/csv-lines.h"
#include "figure/csv.h"
#include "figure/describe.h"
#include "figure/gates-layout.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

/* Takes over @sentence. */
static void
add_sentence (GString *text, char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
  g_free (sentence);
}

/* The guess after the last letter, and since when it holds. */
static void
describe_guess (GString *text, const FigGates *gates, const char *label, const NnTrace *trace)
{
  guint last = trace->length - 1, since = last, guess = trace->guess[last];
  double probability = exp (trace->log_probs[(gsize) last * trace->n_classes + guess]);
  g_autofree char *percent = fig_percent (probability, 0, FALSE), *letter = NULL;

  while (since > 0 && trace->guess[since - 1] == guess)
    since--;
  letter = fig_letter (trace->ascii[since]);
  /* Translators: network, language, probability, place of a letter in the name, the letter. */
  add_sentence (text, g_strdup_printf (_ ("%s: %s %s, guessed since letter %u (%s)."), label,
                                       fig_gates_class (gates, guess), percent, since + 1, letter));
}

static void
describe_others (GString *text, const FigGates *gates, const FigReading *reading)
{
  const char *label = fig_reading_label (reading);

  for (guint i = 0; i < reading->n_clamps; i++)
    /* Translators: a gate, and the value that it is held at. */
    add_sentence (text, g_strdup_printf (_ ("The %s is held at %s."), fig_state_name (reading->clamps[i].state),
                                         reading->clamps[i].value));
  if (reading->unclamped != NULL)
    {
      /* Translators: %s is a network. */
      g_autofree char *words = g_strdup_printf (_ ("%s without the clamps"), label);

      describe_guess (text, gates, words, reading->unclamped);
    }
  if (reading->second != NULL)
    {
      const char *name = gates->second_name != NULL ? gates->second_name : reading->second->ascii;
      /* Translators: a network and a name. */
      g_autofree char *words = g_strdup_printf (_ ("%s of %s"), label, name);

      describe_guess (text, gates, words, reading->second);
    }
}

static void
describe_reading (GString *text, const FigGates *gates, const FigReading *reading)
{
  const NnTrace *trace = reading->trace;
  const char *label = fig_reading_label (reading);

  if (trace == NULL || trace->length == 0)
    {
      add_sentence (text, g_strdup_printf (_ ("%s: not trained yet."), label));
      return;
    }
  describe_guess (text, gates, label, trace);
  describe_others (text, gates, reading);
  for (guint state = 0; state < NN_N_STATES; state++)
    if (nn_state_is_gate (state) && trace->states[state] != NULL)
      {
        FigUnitSummary summary;
        g_autofree char *mean = NULL;

        fig_unit_summary (trace, state, trace->length - 1, &summary);
        mean = fig_number (summary.mean, 2, FALSE);
        /* Translators: a gate's name, and the mean of its values. */
        add_sentence (text, g_strdup_printf (_ ("Mean %s at the end: %s."), fig_state_name (state), mean));
      }
}

char *
fig_gates_describe (const FigGates *gates)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (gates != NULL, g_string_free (text, FALSE));
  if (gates->n_readings == 0)
    g_string_append (text, _ ("No network is chosen."));
  else if (gates->name == NULL || *gates->name == '\0')
    g_string_append (text, _ ("No name is typed."));
  else
    {
      /* Translators: %s is a person's name. */
      add_sentence (text, g_strdup_printf (_ ("The name %s, read letter by letter."), gates->name));
      add_sentence (text, g_strdup (gates->detail == FIG_GATES_SUMMARY
                                      ? _ ("Of every gate and state, the mean and the quartiles of its units after "
                                           "each letter, and the units that change most.")
                                      : _ ("Of every gate and state, the value of each unit after each letter as a "
                                           "colour.")));
      for (guint i = 0; i < gates->n_readings; i++)
        describe_reading (text, gates, &gates->readings[i]);
    }
  return g_string_free (text, FALSE);
}

/* The values of a state at a letter, after what all of them have in common. */
static void
add_state (GString *csv, const char *common, const NnTrace *trace, NnState state, guint letter)
{
  const float *values = nn_trace_state (trace, state, letter);

  for (guint unit = 0; values != NULL && unit < trace->hidden; unit++)
    {
      g_string_append_printf (csv, "%s,%s,%u", common, nn_state_id (state), unit);
      fig_csv_add_number (csv, values[unit]);
      g_string_append_c (csv, '\n');
    }
}

static void
add_trace (GString *csv, const FigGates *gates, const char *label, const NnTrace *trace, gboolean clamped)
{
  for (guint letter = 0; letter < trace->length; letter++)
    {
      const char text[2] = { trace->ascii[letter], '\0' };
      guint guess = trace->guess[letter];
      g_autoptr (GString) common = g_string_new (NULL);

      fig_csv_add_text (common, label);
      g_string_append_c (common, ',');
      fig_csv_add_text (common, trace->ascii);
      g_string_append_printf (common, ",%d,%u,", clamped, letter + 1);
      fig_csv_add_text (common, text);
      g_string_append_c (common, ',');
      fig_csv_add_text (common, fig_gates_class (gates, guess));
      fig_csv_add_number (common, exp (trace->log_probs[(gsize) letter * trace->n_classes + guess]));
      for (guint state = 0; state < NN_N_STATES; state++)
        add_state (csv, common->str, trace, state, letter);
    }
}

char *
fig_gates_csv (const FigGates *gates, const FigMetadata *metadata)
{
  GString *csv
    = fig_csv_begin (metadata, "network,name,clamped,letter_number,letter,guess,probability,state,unit,value");

  for (guint i = 0; i < gates->n_readings; i++)
    for (guint voice = 0; voice < FIG_N_VOICES; voice++)
      {
        const FigReading *reading = &gates->readings[i];
        const NnTrace *trace = fig_gates_voice (reading, voice);

        if (trace != NULL)
          add_trace (csv, gates, fig_reading_label (reading), trace, voice % 2 == 0 && reading->n_clamps > 0);
      }
  return g_string_free (csv, FALSE);
}
