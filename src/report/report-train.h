/* report-train.h: trains what a report is made from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report-order.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Called on the training thread with the share done, 0..1. */
typedef void (*ReportTrained) (double done, gpointer data);

/* report_train:
 * Trains every run that @runs lacks, several at once, one a processor: the networks on all rows and with a tenth held
 * out, and the RNN at the rates that are tried. For a thread of its own; it returns when all are measured.
 * @trained: called with @data about ten times a second
 * Errors: G_IO_ERROR_CANCELLED; NN_ERROR_SETTINGS. */
gboolean report_train (const ReportOrder *order, ReportRuns *runs, ReportTrained trained, gpointer data,
                       GCancellable *cancellable, GError **error);

G_END_DECLS
