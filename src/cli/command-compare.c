/* command-compare.c: "compare": the numbers of training runs side by side, and whether they differ by more than chance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"

#include "cli/compare-runs.h"
#include "cli/error.h"
#include "cli/options.h"
#include "cli/output.h"
#include "figure/numbers.h"
#include "figure/only-right.h"

#include <glib/gi18n.h>
#include <string.h>

static const CliCommandFacts facts = {
  .name = "compare",
  /* xgettext:no-c-format */
  .summary = N_ ("Prints the numbers of training runs side by side, with 95 % intervals."),
  .description
  = N_ ("With --data, which names what the runs were trained on, each two networks are also tested against each other\n"
        "on the held-out names, by McNemar's exact test; their weights must stand beside the records."),
};

static FigNumbers
numbers_of (const NnRunRecord *record, const char *label)
{
  FigNumbers numbers;

  fig_numbers_init (&numbers, label, record->settings.kind);
  numbers.parameters = record->parameters;
  numbers.iterations = (double) record->iterations;
  numbers.seconds = record->seconds;
  numbers.names_per_second = record->names_per_second;
  /* A record without matrices has the numbers, but not what their intervals follow from. */
  numbers.loss = record->final_loss;
  numbers.training.value = record->train_accuracy;
  numbers.held_out.value = record->held_out_accuracy;
  numbers.macro.value = record->held_out_macro;
  fig_numbers_set_training (&numbers, record->confusion);
  fig_numbers_set_held_out (&numbers, record->held_out_confusion);
  if (record->diverged)
    numbers.state = FIG_NUMBERS_DIVERGED;
  else if (record->confusion == NULL)
    numbers.state = FIG_NUMBERS_MOMENT;
  return numbers;
}

/* (element-type FigPairing) (transfer full) */
static GArray *
pair (const CliCompareRuns *runs)
{
  GArray *pairings = g_array_new (FALSE, FALSE, sizeof (FigPairing));

  for (guint first = 0; runs->names != NULL && first < runs->guesses->len; first++)
    for (guint second = first + 1; second < runs->guesses->len; second++)
      {
        NnPairedTest test = nn_test_names_compare (runs->names, g_ptr_array_index (runs->guesses, first),
                                                   g_ptr_array_index (runs->guesses, second));
        FigPairing pairing
          = { first, second, runs->names->n_names, test.only_first, test.only_second, test.p };

        g_array_append_val (pairings, pairing);
      }
  return pairings;
}

/* Says of each run what it was, whatever the language. */
static char *
describe (const CliCompareRuns *runs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->records->len; i++)
    {
      const NnRunRecord *record = cli_compare_runs_record (runs, i);
      const NnSettings *settings = &record->settings;

      g_string_append_printf (text, "%s%s: data %s; preset %s; hidden size %u; seed %u; held out %g; learning rate %g",
                              i > 0 ? "\n" : "", nn_kind_id (settings->kind),
                              record->data_hash != NULL ? record->data_hash : "unknown",
                              record->preset != NULL ? record->preset : "none", settings->hidden, settings->seed,
                              settings->hold_out, settings->learning_rate);
    }
  return g_string_free (text, FALSE);
}

static void
print_table (const CliCompareRuns *runs, FigSheetFormat format)
{
  g_autofree FigNumbers *rows = g_new0 (FigNumbers, runs->records->len);
  g_autoptr (GArray) pairings = pair (runs);
  g_autofree char *description = describe (runs);
  g_autofree char *text = NULL;
  FigMetadata metadata = { .title = "Gatescope: the networks compared", .description = description };
  FigNumbersTable table = { rows, runs->records->len, (const FigPairing *) (gpointer) pairings->data, pairings->len };

  for (guint i = 0; i < runs->records->len; i++)
    rows[i] = numbers_of (cli_compare_runs_record (runs, i), g_ptr_array_index (runs->labels, i));
  text = fig_numbers_write (&table, format, &metadata);
  cli_print_text (text);
}

static void
print_only_right (const CliCompareRuns *runs, FigSheetFormat format)
{
  g_autofree char *description = describe (runs);
  g_autofree char *text = NULL;
  FigMetadata metadata = { .title = "Gatescope: names that one network alone gets right", .description = description };
  FigOnlyRight right = {
    .names = runs->names,
    .labels = (const char *const *) runs->labels->pdata,
    .guesses = (const guint8 *const *) runs->guesses->pdata,
    .n_networks = runs->guesses->len,
  };

  text = fig_only_right_write (&right, -1, format, &metadata);
  cli_print_text (text);
}

static gboolean
read_format (const char *text, FigSheetFormat *format, GError **error)
{
  g_autofree char *quoted = NULL;

  *format = FIG_SHEET_TEXT;
  if (text == NULL || fig_sheet_format_from_id (text, format))
    return TRUE;
  quoted = cli_quoted (text);
  return cli_misuse (error, _ ("--format is %s; it must be text, csv, markdown or latex"), quoted);
}

gboolean
cli_command_compare (char **arguments, GError **error)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *format_text = NULL;
  gboolean only_right = FALSE, helped;
  const GOptionEntry entries[] = {
    CLI_OPTION_LIST ("run", &paths, N_ ("A .run.json that train wrote"), N_ ("FILE")),
    CLI_OPTION_TEXT ("data", &folder, N_ ("Folder of names that the runs were trained on"), N_ ("DIR")),
    CLI_OPTION_TEXT ("format", &format_text, N_ ("text, csv, markdown or latex"), N_ ("FORMAT")),
    CLI_OPTION_FLAG ("only-right", &only_right, N_ ("Print the held-out names that one network alone gets right")),
    CLI_OPTION_END,
  };
  g_auto (CliCompareRuns) runs = { 0 };
  FigSheetFormat format;

  if (!cli_options_parse (&facts, entries, arguments, &helped, error) || helped)
    return helped;
  if (!read_format (format_text, &format, error))
    return FALSE;
  if (paths == NULL)
    return cli_misuse (error, _ ("--run FILE is missing"));
  if (only_right && g_strv_length (paths) < 2)
    return cli_misuse (error, _ ("--only-right goes with two runs or more"));
  if (!cli_compare_runs_load (&runs, paths, error)
      || ((folder != NULL || only_right) && !cli_compare_runs_test (&runs, folder, error)))
    return FALSE;
  if (only_right)
    print_only_right (&runs, format);
  else
    print_table (&runs, format);
  return TRUE;
}
