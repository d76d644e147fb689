/* report-pdf.c: the report as one PDF on A4 paper.
 *
 * The file is made in memory and its status checked there: Cairo's PDF surface reports success even when it could not
 * write.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-pdf.h"

#include "figure/i18n.h"
#include "report/report-pages.h"

#include <cairo-pdf.h>

/* A day for every PDF, since a clock would make each one different. */
#define CREATE_DATE "2000-01-01T00:00:00Z"

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (cairo_surface_t *surface, const ReportDocument *document, const FigMetadata *metadata)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATE_DATE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Gatescope");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, document->title);
  if (document->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, document->author);
  if (metadata->description != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, metadata->description);
  if (metadata->command != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, metadata->command);
}

GBytes *
report_pdf (const ReportDocument *document, const ReportRuns *runs, const FigMetadata *metadata, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface
    = cairo_pdf_surface_create_for_stream (append, bytes, REPORT_PAGE_WIDTH, REPORT_PAGE_HEIGHT);
  cairo_status_t status;

  set_metadata (surface, document, metadata);
  status = report_pages_draw (surface, document, runs);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, FIG_ERROR, FIG_ERROR_DRAW, _ ("the report's pages can't be drawn (%s)"),
               cairo_status_to_string (status));
  return NULL;
}
