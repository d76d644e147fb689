/* export-vector.c: a figure as an SVG or a PDF file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/export-formats.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <string.h>

/* Draws the figure on @surface and closes it; the surface is given up. */
static gboolean
draw_and_finish (const FigPage *page, cairo_surface_t *surface, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  fig_export_draw (page, cr);
  status = cairo_status (cr);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return fig_export_check (status, error);
}

/* A day for every PDF, since a clock would make each one different. */
#define CREATE_DATE "2000-01-01T00:00:00Z"

static void
set_pdf_metadata (cairo_surface_t *surface, cairo_pdf_metadata_t key, const char *value)
{
  if (value != NULL && *value != '\0')
    cairo_pdf_surface_set_metadata (surface, key, value);
}

GBytes *
fig_export_pdf (const FigPage *page, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface
    = cairo_pdf_surface_create_for_stream (fig_export_append, bytes, page->width, page->height);

  set_pdf_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATE_DATE);
  set_pdf_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Gatescope");
  set_pdf_metadata (surface, CAIRO_PDF_METADATA_TITLE, page->metadata.title);
  set_pdf_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, page->metadata.description);
  set_pdf_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, page->metadata.command);
  if (draw_and_finish (page, surface, error))
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  return NULL;
}

static void
append_element (GString *text, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || *value == '\0')
    return;
  escaped = g_markup_escape_text (value, -1);
  g_string_append_printf (text, "<%s>%s</%s>\n", name, escaped, name);
}

/* What the file says of itself: for viewers and screen readers as title and desc, for programs in Dublin Core. */
static char *
svg_metadata (const FigMetadata *metadata)
{
  GString *text = g_string_new ("\n");

  append_element (text, "title", metadata->title);
  append_element (text, "desc", metadata->description);
  g_string_append (text,
                   "<metadata>\n"
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                   "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                   "<rdf:Description rdf:about=\"\">\n");
  append_element (text, "dc:title", metadata->title);
  append_element (text, "dc:description", metadata->description);
  append_element (text, "dc:source", metadata->command);
  append_element (text, "dc:creator", "Gatescope");
  g_string_append (text, "</rdf:Description>\n</rdf:RDF>\n</metadata>");
  return g_string_free (text, FALSE);
}

static gboolean
renumber (const GMatchInfo *match, GString *result, gpointer data)
{
  GHashTable *numbers = data;
  g_autofree char *before = g_match_info_fetch (match, 1), *name = g_match_info_fetch (match, 2);
  gpointer number = g_hash_table_lookup (numbers, name);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (name), number);
    }
  g_string_append_printf (result, "%ss%u", before, GPOINTER_TO_UINT (number));
  return FALSE;
}

/* Cairo names surfaces by how many the process has made so far; here they are counted from 1 in every file.
 * (transfer full) */
static char *
renumber_surfaces (const char *svg, gsize length)
{
  g_autoptr (GRegex) names = g_regex_new ("(id=\"|#)((?:surface|image)[0-9]+)", G_REGEX_RAW, 0, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert (names != NULL);
  return g_regex_replace_eval (names, svg, (gssize) length, 0, 0, renumber, numbers, NULL);
}

GBytes *
fig_export_svg (const FigPage *page, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface
    = cairo_svg_surface_create_for_stream (fig_export_append, bytes, page->width, page->height);
  g_autofree char *metadata = svg_metadata (&page->metadata), *plain = NULL;
  const char *root, *end;
  GString *text;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
  if (!draw_and_finish (page, surface, error))
    {
      g_byte_array_unref (bytes);
      return NULL;
    }
  plain = renumber_surfaces ((const char *) bytes->data, bytes->len);
  g_byte_array_unref (bytes);
  g_assert (plain != NULL);
  root = strstr (plain, "<svg");
  end = root != NULL ? strchr (root, '>') : NULL;
  g_assert (end != NULL);
  text = g_string_new_len (plain, end + 1 - plain);
  g_string_append (text, metadata);
  g_string_append (text, end + 1);
  return g_string_free_to_bytes (text);
}
