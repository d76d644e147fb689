/* text.c: a figure's words, laid out by Pango.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/text.h"

#include <math.h>
#include <pango/pangocairo.h>

#define SMALLEST_PRINT 5.0 /* points */

double
fig_text_smallest (const FigTheme *theme)
{
  return theme->plain_numbers ? SMALLEST_PRINT : FIG_SMALLEST_TYPE;
}

FigText
fig_text (const FigTheme *theme, double factor)
{
  return (FigText){ .size = theme->font_size * factor, .color = theme->ink };
}

FigText
fig_text_faint (const FigTheme *theme, double factor)
{
  return (FigText){ .size = theme->font_size * factor, .color = theme->faint_ink };
}

/* Whether letters keep to whole pixels: on a plain screen they are evener so, anywhere finer they'd only be moved. */
static gboolean
is_coarse (const FigTheme *theme)
{
  return theme->target == FIG_TARGET_SCREEN && theme->device_scale < 1.5;
}

/* A context of our own and not the drawing's, so that measuring and drawing agree and no screen setting gets into a
 * file. */
static PangoContext *
new_context (const FigTheme *theme)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, is_coarse (theme) ? CAIRO_HINT_STYLE_SLIGHT : CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, is_coarse (theme));
  if (theme->language != NULL)
    pango_context_set_language (context, pango_language_from_string (theme->language));
  return context;
}

static PangoLayout *
new_layout (const FigTheme *theme, const FigText *text, const char *string)
{
  PangoContext *context = new_context (theme);
  PangoFontDescription *font = pango_font_description_new ();
  PangoLayout *layout = pango_layout_new (context);

  g_object_unref (context);
  pango_font_description_set_family (font, theme->family);
  pango_font_description_set_absolute_size (font, text->size * PANGO_SCALE);
  pango_font_description_set_weight (font, text->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (text->markup)
    pango_layout_set_markup (layout, string, -1);
  else
    pango_layout_set_text (layout, string, -1);
  if (text->max_width > 0)
    {
      pango_layout_set_width (layout, (int) ceil (text->max_width * PANGO_SCALE));
      if (text->wrap)
        pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      else
        pango_layout_set_ellipsize (layout, text->keeps_end ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
    }
  return layout;
}

/* The box of the words themselves: a layout with a width set calls all of that its own. */
static void
measure_layout (PangoLayout *layout, FigRect *box)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  box->x = logical.x / (double) PANGO_SCALE;
  box->y = logical.y / (double) PANGO_SCALE;
  box->width = logical.width / (double) PANGO_SCALE;
  box->height = logical.height / (double) PANGO_SCALE;
}

void
fig_text_measure (const FigTheme *theme, const FigText *text, const char *string, double *width, double *height)
{
  g_autoptr (PangoLayout) layout = new_layout (theme, text, string);
  FigRect box;

  measure_layout (layout, &box);
  if (width != NULL)
    *width = box.width;
  if (height != NULL)
    *height = box.height;
}

double
fig_text_width (const FigTheme *theme, const FigText *text, const char *string)
{
  double width;

  fig_text_measure (theme, text, string, &width, NULL);
  return width;
}

double
fig_text_line_height (const FigTheme *theme, const FigText *text)
{
  double height;

  fig_text_measure (theme, text, "X", NULL, &height);
  return height;
}

double
fig_text_widest (const FigTheme *theme, const FigText *text, const char *const *strings)
{
  double widest = 0;

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    widest = MAX (widest, fig_text_width (theme, text, strings[i]));
  return widest;
}

void
fig_text_fit (const FigTheme *theme, FigText *text, const char *string, double width, double least)
{
  double natural;

  text->max_width = 0;
  least = MIN (text->size, least);
  /* Letters keep to whole pixels, so the width doesn't follow the size exactly. */
  for (guint i = 0; i < 5; i++)
    {
      natural = fig_text_width (theme, text, string);
      if (natural <= width)
        return;
      text->size = MAX (text->size * width / natural * 0.99, least);
    }
  text->max_width = MAX (width, 1);
}

/* Draws @layout so that the point (align_x, align_y) of its box comes to the origin. */
static void
show_layout (cairo_t *cr, const FigText *text, PangoLayout *layout, double align_x, double align_y)
{
  FigRect box;

  if (text->max_width > 0 && text->wrap)
    pango_layout_set_alignment (layout, align_x < 0.25   ? PANGO_ALIGN_LEFT
                                        : align_x < 0.75 ? PANGO_ALIGN_CENTER
                                                         : PANGO_ALIGN_RIGHT);
  measure_layout (layout, &box);
  fig_set_color (cr, text->color);
  cairo_move_to (cr, -box.x - align_x * box.width, -box.y - align_y * box.height);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

void
fig_text_draw (cairo_t *cr,
               const FigTheme *theme,
               const FigText *text,
               double x,
               double y,
               double align_x,
               double align_y,
               const char *string)
{
  g_autoptr (PangoLayout) layout = new_layout (theme, text, string);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  show_layout (cr, text, layout, align_x, align_y);
  cairo_restore (cr);
}

void
fig_text_draw_upwards (cairo_t *cr,
                       const FigTheme *theme,
                       const FigText *text,
                       double x,
                       double y,
                       double align_x,
                       double align_y,
                       const char *string)
{
  g_autoptr (PangoLayout) layout = new_layout (theme, text, string);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, -G_PI / 2);
  show_layout (cr, text, layout, 1 - align_y, align_x);
  cairo_restore (cr);
}

void
fig_text_draw_on (cairo_t *cr,
                  const FigTheme *theme,
                  const FigText *text,
                  double x,
                  double y,
                  double align_x,
                  double align_y,
                  const char *string)
{
  double width, height, margin = text->size * 0.2;

  fig_text_measure (theme, text, string, &width, &height);
  fig_set_color (cr, fig_color_fade (theme->background, 0.85));
  cairo_rectangle (cr, x - align_x * width - margin, y - align_y * height, width + 2 * margin, height);
  cairo_fill (cr);
  fig_text_draw (cr, theme, text, x, y, align_x, align_y, string);
}

void
fig_text_draw_message (cairo_t *cr, const FigTheme *theme, const FigRect *area, const char *string)
{
  FigText text = fig_text_faint (theme, 1.1);

  text.max_width = MAX (area->width * 0.9, 1);
  text.wrap = TRUE;
  fig_text_draw (cr, theme, &text, area->x + area->width / 2, area->y + area->height / 2, 0.5, 0.5, string);
}
