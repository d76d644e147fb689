/* pgfplots-text.c: what all figures' LaTeX source has in common.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/pgfplots-text.h"

#include <math.h>
#include <string.h>

/* Steps of a colour map, between which pgfplots interpolates. */
#define MAP_STEPS 32

/* Where the packages stand that letters ask for, until all letters are known. */
#define PACKAGES "@PACKAGES@\n"

static void
append_note (GString *tex, const char *what, const char *note)
{
  g_auto (GStrv) lines = NULL;

  if (note == NULL || *note == '\0')
    return;
  lines = g_strsplit_set (note, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (tex, i == 0 ? "%% %s: %s\n" : "%% %s  %s\n", i == 0 ? what : "", lines[i]);
}

void
fig_tex_append (GString *tex, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (tex, format, arguments);
  va_end (arguments);
}

void
fig_tex_append_number (GString *tex, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    g_string_append (tex, "nan");
  else
    {
      /* As many digits as TeX can tell apart. */
      g_ascii_formatd (digits, sizeof digits, "%.7g", value);
      g_string_append (tex, digits);
    }
}

void
fig_tex_append_length (GString *tex, const char *key, double points)
{
  fig_tex_append (tex, " %s=", key);
  fig_tex_append_number (tex, round (points * 100) / 100);
  g_string_append (tex, "bp,");
}

void
fig_tex_append_place (GString *tex, const FigRect *area, double page_height)
{
  g_string_append (tex, "  scale only axis, anchor=south west,");
  fig_tex_append_length (tex, "width", area->width);
  fig_tex_append_length (tex, "height", area->height);
  g_string_append (tex, " at={(");
  fig_tex_append_number (tex, round (area->x * 100) / 100);
  g_string_append (tex, "bp,");
  fig_tex_append_number (tex, round ((page_height - area->y - area->height) * 100) / 100);
  g_string_append (tex, "bp)},\n");
}

void
fig_tex_append_node (GString *tex, double x, double y, double page_height, const char *options, const char *text)
{
  fig_tex_append (tex, "\\node[%s] at (", options);
  fig_tex_append_number (tex, round (x * 100) / 100);
  g_string_append (tex, "bp,");
  fig_tex_append_number (tex, round ((page_height - y) * 100) / 100);
  g_string_append (tex, "bp) {");
  fig_tex_append_text (tex, text);
  g_string_append (tex, "};\n");
}

void
fig_tex_append_text (GString *tex, const char *text)
{
  static const struct
  {
    gunichar letter;
    const char *written;
  } written[] = {
    { '\\', "\\textbackslash{}" }, { '{', "\\{" },           { '}', "\\}" },       { '$', "\\$" },
    { '&', "\\&" },                { '#', "\\#" },           { '%', "\\%" },       { '_', "\\_" },
    { '^', "\\textasciicircum{}" }, { '~', "\\textasciitilde{}" }, { '<', "\\textless{}" }, { '>', "\\textgreater{}" },
    { '"', "{\\ttfamily\\char34}" },   { 0x00a0, "~" },          { 0x2212, "\\ensuremath{-}" }, { 0x2013, "--" },
    { 0x2264, "\\ensuremath{\\le}" }, { 0x2265, "\\ensuremath{\\ge}" }, { 0x2423, "\\textvisiblespace{}" },
    { 0x2026, "\\ldots{}" },       { 0x00b7, "\\textperiodcentered{}" }, { '\n', " " },
  };

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      guint i = 0;

      while (i < G_N_ELEMENTS (written) && written[i].letter != letter)
        i++;
      if (i < G_N_ELEMENTS (written))
        g_string_append (tex, written[i].written);
      else
        g_string_append_unichar (tex, letter);
    }
}

void
fig_tex_append_list (GString *tex, const char *key, const char *const *texts, guint n)
{
  fig_tex_append (tex, "  %s={", key);
  for (guint i = 0; i < n; i++)
    {
      g_string_append (tex, i > 0 ? ",{" : "{");
      fig_tex_append_text (tex, texts[i]);
      g_string_append_c (tex, '}');
    }
  g_string_append (tex, "},\n");
}

static guint
to_byte (double channel)
{
  return (guint) lround (CLAMP (channel, 0, 1) * 255);
}

void
fig_tex_append_color (GString *tex, const char *name, FigColor color)
{
  fig_tex_append (tex, "\\definecolor{%s}{HTML}{%02X%02X%02X}\n", name, to_byte (color.red), to_byte (color.green),
                  to_byte (color.blue));
}

void
fig_tex_append_colormap (GString *tex, const FigColormap *map)
{
  g_string_append (tex, "  point meta min=");
  fig_tex_append_number (tex, map->low);
  g_string_append (tex, ", point meta max=");
  fig_tex_append_number (tex, map->high);
  g_string_append (tex, ",\n  colormap={gatescope}{");
  for (guint i = 0; i <= MAP_STEPS; i++)
    {
      FigColor color = fig_colormap_color (map, map->low + (map->high - map->low) * i / MAP_STEPS);

      fig_tex_append (tex, "%srgb255=(%u,%u,%u)", i > 0 ? " " : "", to_byte (color.red), to_byte (color.green),
                      to_byte (color.blue));
    }
  g_string_append (tex, "},\n");
}

GString *
fig_tex_new (const FigPage *page)
{
  const FigTheme *theme = page->theme;
  GString *tex = g_string_new (NULL);

  append_note (tex, "title", page->metadata.title);
  append_note (tex, "description", page->metadata.description);
  append_note (tex, "command", page->metadata.command);
  /* Within a document LaTeX has forgotten how to complain that it has not begun; so the file knows where it is. */
  g_string_append (tex,
                   "% Compile it as it is, or \\input it into a document whose preamble has what stands before\n"
                   "% \\begin{document} here.\n"
                   "\\expandafter\\ifx\\csname @nodocument\\endcsname\\relax\n"
                   "  \\def\\gatescopeend{}%\n"
                   "\\else\n"
                   "  \\documentclass[border=2pt]{standalone}\n" PACKAGES
                   "  \\usepackage{pgfplots}\n"
                   "  \\pgfplotsset{compat=1.16}\n"
                   "  \\def\\gatescopeend{\\end{document}}%\n"
                   "  \\begin{document}%\n");
  if (theme->dark && !theme->transparent)
    fig_tex_append (tex, "  \\pagecolor[HTML]{%02X%02X%02X}%%\n", to_byte (theme->background.red),
                    to_byte (theme->background.green), to_byte (theme->background.blue));
  g_string_append (tex, "\\fi\n");
  fig_tex_append_color (tex, "gatescopeink", theme->ink);
  fig_tex_append_color (tex, "gatescopefaint", theme->faint_ink);
  fig_tex_append_color (tex, "gatescopegrid", theme->grid);
  return tex;
}

void
fig_tex_begin_picture (GString *tex, const FigPage *page)
{
  g_string_append (tex, "\\begin{tikzpicture}[color=gatescopeink, font=\\fontsize{");
  fig_tex_append_number (tex, page->theme->font_size);
  g_string_append (tex, "bp}{");
  fig_tex_append_number (tex, page->theme->font_size * 1.2);
  g_string_append (tex, "bp}\\selectfont, inner sep=0pt]\n");
}

void
fig_tex_end_picture (GString *tex)
{
  g_string_append (tex, "\\end{tikzpicture}%\n");
}

void
fig_tex_begin_stack (GString *tex)
{
  g_string_append (tex, "\\vbox{%\n");
}

void
fig_tex_begin_row (GString *tex, guint row)
{
  g_string_append (tex, row > 0 ? "\\vskip 1em\\hbox{%\n" : "\\hbox{%\n");
}

void
fig_tex_end_row (GString *tex)
{
  g_string_append (tex, "}%\n");
}

void
fig_tex_end_stack (GString *tex)
{
  g_string_append (tex, "}%\n");
}

/* Whether there is a letter of a script that needs a font of its own. */
static gboolean
has_ideographs (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    switch (g_unichar_get_script (g_utf8_get_char (at)))
      {
      case G_UNICODE_SCRIPT_HAN:
      case G_UNICODE_SCRIPT_HIRAGANA:
      case G_UNICODE_SCRIPT_KATAKANA:
      case G_UNICODE_SCRIPT_BOPOMOFO:
        return TRUE;
      default:
        break;
      }
  return FALSE;
}

/* Notes are no words of the picture. */
static const char *
without_notes (const char *text)
{
  while (*text == '%' && strchr (text, '\n') != NULL)
    text = strchr (text, '\n') + 1;
  return text;
}

char *
fig_tex_finish (GString *tex)
{
  gboolean ideographs = has_ideographs (without_notes (tex->str));

  /* "% !TeX program" tells editors; in pdfLatex the package would look for other fonts. */
  g_string_replace (tex, PACKAGES,
                    ideographs ? "  \\usepackage[UTF8,scheme=plain]{ctex}% with XeLaTeX or LuaLaTeX\n"
                               : "",
                    1);
  if (ideographs)
    g_string_prepend (tex, "% !TeX program = xelatex\n");
  g_string_append (tex, "\\gatescopeend\n");
  return g_string_free (tex, FALSE);
}

void
fig_tex_begin_cells (GString *tex, const FigRect *area, double page_height, guint columns, guint rows, const FigColormap *map)
{
  g_string_append (tex, "\\begin{axis}[\n");
  fig_tex_append_place (tex, area, page_height);
  fig_tex_append (tex,
                  "  xmin=-0.5, xmax=%u.5, ymin=-0.5, ymax=%u.5, y dir=reverse, axis on top, tick style={draw=none},\n"
                  "  enlargelimits=false, inner sep=.3333em,\n",
                  columns - 1, rows - 1);
  fig_tex_append_colormap (tex, map);
}
