/* compare-runs.h: the runs of "compare": their records, and what their networks guess for the held-out names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run-record.h"
#include "engine/test-names.h"

G_BEGIN_DECLS

typedef struct
{
  char **paths;       /* borrowed, NULL-terminated */
  GPtrArray *records; /* of NnRunRecord */
  GPtrArray *labels;  /* of char * */
  NnTestNames *names; /* NULL until cli_compare_runs_test */
  GPtrArray *guesses; /* of guint8 [names->n_names] */
} CliCompareRuns;

/* cli_compare_runs_load:
 * Reads the records, which must be of the same data.
 * @paths: NULL-terminated; must outlive @runs
 * Errors: NN_ERROR_FILE, NN_ERROR_DATA; CLI_ERROR_FAILED naming two runs of different data. */
gboolean cli_compare_runs_load (CliCompareRuns *runs, char **paths, GError **error);

/* cli_compare_runs_test:
 * Lets each run's network, read from the weights beside the record, guess the held-out names.
 * @folder: (nullable): the names, NULL for those that come with the program
 * Errors: those of the files; CLI_ERROR_FAILED where nothing was held out, where runs held out different names, and
 * where data or weights are not the run's. */
gboolean cli_compare_runs_test (CliCompareRuns *runs, const char *folder, GError **error);

void cli_compare_runs_clear (CliCompareRuns *runs);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliCompareRuns, cli_compare_runs_clear)

static inline const NnRunRecord *
cli_compare_runs_record (const CliCompareRuns *runs, guint index)
{
  return g_ptr_array_index (runs->records, index);
}

G_END_DECLS
