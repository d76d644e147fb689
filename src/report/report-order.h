/* report-order.h: what report is asked for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report-numbers.h"

G_BEGIN_DECLS

/* The share of the strings that is held out for the accuracy on names that were never seen. */
#define REPORT_HOLD_OUT 0.1

typedef struct
{
  char *folder;       /* where it is written; made if need be */
  char *language;     /* "en" or "zh_CN" */
  char *author;       /* (nullable): what stands under the title */
  char *data;         /* (nullable): the folder of names, NULL for the program's own */
  guint32 seed;
  guint64 iterations; /* 0: as many as the preset has */
  char **runs;        /* (nullable): the files of runs at hand, for the command line that makes it again */
} ReportOrder;

/* report_order_copy: (transfer full) */
ReportOrder *report_order_copy (const ReportOrder *order);
void report_order_free (ReportOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportOrder, report_order_free)

/* report_order_check_language: whether the report's words are there in @language. Errors: NN_ERROR_SETTINGS. */
gboolean report_order_check_language (const char *language, GError **error);

/* report_order_settings: the preset "report" with the order's seed and iterations. */
NnSettings report_order_settings (const ReportOrder *order, ReportSplit split, NnKind kind);

/* report_settings_fit: whether a run of @settings is one that a report of that seed would train itself. */
gboolean report_settings_fit (const NnSettings *settings, guint32 seed);

/* report_order_command:
 * The gatescope-cli line that makes the report again, without where it goes, and with folders' last names alone: where
 * they lie is nobody's business who is given the report.
 * @longest: bytes after which it goes on in another line, as a shell has it; 0: never
 * Returns: (transfer full). */
char *report_order_command (const ReportOrder *order, guint longest);

/* report_order_description: what the files say of themselves: preset, seed, hash of the data, version; in English, as
 * in every file. (transfer full) */
char *report_order_description (const ReportOrder *order, const NnDataset *dataset);

G_END_DECLS
