/* report-type.h: the report's type on paper: fonts and sizes, and text as Pango lays it out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report-document.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef enum
{
  REPORT_STYLE_TITLE,
  REPORT_STYLE_SUBTITLE,
  REPORT_STYLE_CHAPTER,
  REPORT_STYLE_SECTION,
  REPORT_STYLE_BODY,
  REPORT_STYLE_LISTING,
  REPORT_STYLE_CAPTION,
  REPORT_STYLE_CELL,
  REPORT_STYLE_HEAD, /* of a table's column */
  REPORT_STYLE_PAGE_NUMBER,
  REPORT_N_STYLES
} ReportStyle;

typedef struct
{
  PangoContext *context;
  const char *families; /* of text; static */
  gboolean chinese;
} ReportType;

void report_type_init (ReportType *type, const ReportDocument *document);
void report_type_clear (ReportType *type);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReportType, report_type_clear)

/* report_type_markup: @text, with what stands between backticks as code, as Pango markup. (transfer full) */
char *report_type_markup (const char *text);

/* report_type_paragraph: @text as a paragraph is to have it; its lines are then evenly filled. (transfer full) */
char *report_type_paragraph (const ReportType *type, const char *text);

/* report_type_layout:
 * @markup as @style sets it.
 * @width: points, or 0 for lines as long as they are
 * Returns: (transfer full). */
PangoLayout *report_type_layout (const ReportType *type, ReportStyle style, const char *markup, double width);

/* report_layout_size: in points. (out) (optional) */
void report_layout_size (PangoLayout *layout, double *width, double *height);

G_END_DECLS
