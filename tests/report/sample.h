/* sample.h: made-up runs of which it is known what they say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report-document.h"
#include "report/report-files.h"
#include "report/report-numbers.h"

G_BEGIN_DECLS

/* The accuracies that the runs are to have, in thousandths of 1000 names of each class: of 18,000 class-uniform draws
 * and, over 100 held-out names of each class, in hundredths. Negative: no such run. */
typedef struct
{
  int trained[NN_N_KINDS];
  int held_out[NN_N_KINDS];
} SampleAccuracies;

/* What the report of the course has, and held-out numbers that lie close together. */
extern const SampleAccuracies sample_as_reported;

/* sample_dataset_new: 18 languages of 4 names each, of 3, 5, 7 and 9 letters. (transfer full) */
NnDataset *sample_dataset_new (void);

/* sample_runs_new: runs under the preset "report", with three points of the curves each. (transfer full) */
ReportRuns *sample_runs_new (const SampleAccuracies *accuracies);

/* sample_probe: the RNN at rate @index; diverged after 321 iterations, or not. */
void sample_probe (ReportRuns *runs, guint index, gboolean diverged);

/* sample_order: in English, into @folder. All is static or borrowed. */
ReportOrder sample_order (const char *folder);

/* sample_text: all words of the report's English content, a block a line, a table's cells with tabs between. */
char *sample_text (const ReportRuns *runs);

/* sample_folder_new: a new empty folder. (transfer full); sample_folder_remove: it and all in it. */
char *sample_folder_new (void);
void sample_folder_remove (char *folder);

/* sample_list: the files in @folder and below, sorted, one a line. (transfer full) */
char *sample_list (const char *folder);

G_END_DECLS
