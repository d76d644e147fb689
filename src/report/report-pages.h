/* report-pages.h: the report's blocks on pages.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report-document.h"
#include "report/report-numbers.h"

#include <cairo.h>

G_BEGIN_DECLS

/* A4, in points. */
#define REPORT_PAGE_WIDTH (210.0 * 72.0 / 25.4)
#define REPORT_PAGE_HEIGHT (297.0 * 72.0 / 25.4)

/* report_pages_draw: draws page after page on a PDF surface; what Cairo says of it. */
cairo_status_t report_pages_draw (cairo_surface_t *surface, const ReportDocument *document, const ReportRuns *runs);

G_END_DECLS
