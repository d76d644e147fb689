/* report-tex.h: the report as a LaTeX file for xelatex, to go on writing in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/export.h"
#include "report/report-document.h"

G_BEGIN_DECLS

/* report_tex: the file; it includes figures/FILE.pdf for each figure, and takes the table of its own rules from
 * booktabs. Chinese is set with ctex. (transfer full) */
char *report_tex (const ReportDocument *document, const FigMetadata *metadata);

/* report_tex_escape: @text, with what stands between backticks as code, as LaTeX reads it. (transfer full) */
char *report_tex_escape (const char *text);

G_END_DECLS
