/* report-content.h: the report's words and tables, all of them from what was measured.
 *
 * A sentence is chosen by the numbers and filled with them: where the LSTM did not win, the report says so.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report-document.h"
#include "report/report-numbers.h"
#include "report/report-order.h"

G_BEGIN_DECLS

/* report_content_new: the report of @runs, of which at least the three of the report are there on all rows, in the
 * thread's language, which is to be the order's. (transfer full) */
ReportDocument *report_content_new (const ReportOrder *order, const ReportRuns *runs);

/* ---- For the files that write the content ---- */

/* report_add_why: chapter 3: what the numbers say of why the LSTM does better than the RNN, if it does. */
void report_add_why (ReportDocument *document, const ReportOrder *order, const ReportRuns *runs);

/* report_network: what the network is called in a sentence. (transfer none) */
const char *report_network (NnKind kind);

/* Numbers as the report writes them, an en dash for what is not measured. (transfer full) */
char *report_percent (double share);
char *report_points (double difference); /* of shares: percentage points, without a sign */
char *report_signed_points (double difference);
char *report_whole (double value);
char *report_rate (double learning_rate);

G_END_DECLS
