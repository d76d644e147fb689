/* report-pdf.h: the report as one PDF on A4 paper.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/export.h"
#include "report/report-document.h"
#include "report/report-numbers.h"

G_BEGIN_DECLS

/* report_pdf:
 * The pages of @document, with its figures drawn from @runs; the same bytes each time. The thread's language is that of
 * the figures' words.
 * Returns: (transfer full). Errors: FIG_ERROR_DRAW. */
GBytes *report_pdf (const ReportDocument *document, const ReportRuns *runs, const FigMetadata *metadata,
                    GError **error);

G_END_DECLS
