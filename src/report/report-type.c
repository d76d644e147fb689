/* report-type.c: the report's type on paper.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-type.h"

#include <string.h>

typedef struct
{
  double size; /* points */
  gboolean bold;
  gboolean mono;
  double leading; /* a line's height over that of its type */
  PangoAlignment alignment;
  gboolean justified;
} Style;

static const Style styles[REPORT_N_STYLES] = {
  [REPORT_STYLE_TITLE] = { 15.5, TRUE, FALSE, 1.15, PANGO_ALIGN_CENTER, FALSE },
  [REPORT_STYLE_SUBTITLE] = { 11, FALSE, FALSE, 1.3, PANGO_ALIGN_CENTER, FALSE },
  [REPORT_STYLE_CHAPTER] = { 14.5, TRUE, FALSE, 1.15, PANGO_ALIGN_LEFT, FALSE },
  [REPORT_STYLE_SECTION] = { 11.5, TRUE, FALSE, 1.15, PANGO_ALIGN_LEFT, FALSE },
  [REPORT_STYLE_BODY] = { 10.5, FALSE, FALSE, 1.25, PANGO_ALIGN_LEFT, TRUE },
  [REPORT_STYLE_LISTING] = { 8.5, FALSE, TRUE, 1.15, PANGO_ALIGN_LEFT, FALSE },
  [REPORT_STYLE_CAPTION] = { 9.5, FALSE, FALSE, 1.15, PANGO_ALIGN_CENTER, FALSE },
  [REPORT_STYLE_CELL] = { 9.5, FALSE, FALSE, 1.0, PANGO_ALIGN_LEFT, FALSE },
  [REPORT_STYLE_HEAD] = { 9.5, TRUE, FALSE, 1.0, PANGO_ALIGN_LEFT, FALSE },
  [REPORT_STYLE_PAGE_NUMBER] = { 9, FALSE, FALSE, 1.0, PANGO_ALIGN_CENTER, FALSE },
};

#define LATIN_SERIF "STIX Two Text, Libertinus Serif, TeX Gyre Termes, Nimbus Roman, Liberation Serif"
#define MONO "Noto Sans Mono, DejaVu Sans Mono, Liberation Mono, Monospace"

#define QUARTER_EM_SPACE "\342\200\205" /* U+2005 */

/* Fonts for Chinese text with serifs, of which a system has one or none. */
static const struct
{
  const char *family;
  const char *families;
} chinese_serifs[] = {
  { "Noto Serif CJK SC", LATIN_SERIF ", Noto Serif CJK SC, Serif" },
  { "Source Han Serif SC", LATIN_SERIF ", Source Han Serif SC, Serif" },
  { "Source Han Serif CN", LATIN_SERIF ", Source Han Serif CN, Serif" },
  { "FandolSong", LATIN_SERIF ", FandolSong, Serif" },
  { "AR PL UMing CN", LATIN_SERIF ", AR PL UMing CN, Serif" },
};

/* Chinese without serifs among Latin letters with them would look like two texts, so then all goes without. */
static const char *
choose_families (gboolean chinese)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();

  if (!chinese)
    return LATIN_SERIF ", Serif";
  for (gsize i = 0; i < G_N_ELEMENTS (chinese_serifs); i++)
    if (pango_font_map_get_family (map, chinese_serifs[i].family) != NULL)
      return chinese_serifs[i].families;
  return "Sans";
}

void
report_type_init (ReportType *type, const ReportDocument *document)
{
  cairo_font_options_t *options = cairo_font_options_create ();
  g_autofree char *language = g_ascii_strdown (document->language, -1);

  type->chinese = report_document_is_chinese (document);
  type->families = choose_families (type->chinese);
  type->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (type->context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (type->context, FALSE);
  g_strdelimit (language, "_", '-');
  pango_context_set_language (type->context, pango_language_from_string (language));
}

void
report_type_clear (ReportType *type)
{
  g_clear_object (&type->context);
}

char *
report_type_markup (const char *text)
{
  GString *markup = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (text, "`", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (parts[i], -1);

      /* Every second part stood between two backticks. */
      if (i % 2 == 1)
        g_string_append_printf (markup, "<span font_family=\"" MONO "\" font_size=\"88%%\">%s</span>", escaped);
      else
        g_string_append (markup, escaped);
    }
  return g_string_free (markup, FALSE);
}

/* Pango fills a line by widening its blanks, of which a Chinese line has one or two that would gape. The quarter-em
 * spaces that stand there instead keep their width, and all signs move apart a little. */
char *
report_type_paragraph (const ReportType *type, const char *text)
{
  GString *paragraph = g_string_new (text);

  if (type->chinese)
    g_string_replace (paragraph, " ", QUARTER_EM_SPACE, 0);
  return g_string_free (paragraph, FALSE);
}

PangoLayout *
report_type_layout (const ReportType *type, ReportStyle style, const char *markup, double width)
{
  const Style *set = &styles[style];
  PangoLayout *layout = pango_layout_new (type->context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, set->mono ? MONO : type->families);
  pango_font_description_set_absolute_size (font, set->size * PANGO_SCALE);
  pango_font_description_set_weight (font, set->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_markup (layout, markup, -1);
  pango_layout_set_line_spacing (layout, (float) (set->leading * (type->chinese && set->justified ? 1.15 : 1.0)));
  pango_layout_set_alignment (layout, set->alignment);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_justify (layout, set->justified);
  /* A Chinese paragraph begins two characters in. */
  if (set->justified && type->chinese)
    pango_layout_set_indent (layout, (int) (2 * set->size * PANGO_SCALE));
  return layout;
}

void
report_layout_size (PangoLayout *layout, double *width, double *height)
{
  int w, h;

  pango_layout_get_size (layout, &w, &h);
  if (width != NULL)
    *width = w / (double) PANGO_SCALE;
  if (height != NULL)
    *height = h / (double) PANGO_SCALE;
}
