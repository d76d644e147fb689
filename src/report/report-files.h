/* report-files.h: the folder that a report is written into.
 *
 *   report.pdf  report.tex
 *   figures/1.1-loss-rnn.svg .pdf .csv, ...: each figure
 *   runs/rnn.run.json, rnn.safetensors, rnn-held-out.run.json, ..., rnn-rate-0.02.run.json: what it was made from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report-order.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* report_files_write:
 * Makes the report of @runs and writes it into the order's folder, all of it or nothing: the files are complete in a
 * hidden folder beside their places before the first of them goes there. Other files in the folder stay as they are.
 * Errors: FIG_ERROR, NN_ERROR_FILE naming the file; G_IO_ERROR_CANCELLED. */
gboolean report_files_write (const ReportOrder *order, const ReportRuns *runs, GCancellable *cancellable,
                             GError **error);

G_END_DECLS
