/* figure-theme.c: the themes that figures have in the window and on paper.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/figure-theme.h"

#include <math.h>
#include <string.h>

/* A figure's type on the screen, in times of the widget's, and on paper, in points. */
#define SCREEN_TYPE 0.86
#define PAPER_TYPE 9.0

/* The shapes of the characters are those of the language that the window speaks. */
static void
set_language (FigTheme *theme)
{
  const char *language = g_get_language_names ()[0];

  if (strcmp (language, "C") != 0)
    fig_theme_set_language (theme, language);
}

static FigColor
color_of (const GdkRGBA *rgba)
{
  return (FigColor){ rgba->red, rgba->green, rgba->blue, rgba->alpha };
}

/* The page's colour; FALSE where the desktop's theme doesn't name it. */
static gboolean
look_up_background (GtkWidget *widget, FigColor *color)
{
  gboolean is_view = FALSE;
  GdkRGBA rgba;

  for (GtkWidget *at = widget; at != NULL && !is_view; at = gtk_widget_get_parent (at))
    is_view = gtk_widget_has_css_class (at, "view");
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                       is_view ? "theme_base_color" : "theme_bg_color", &rgba))
    return FALSE;
  *color = color_of (&rgba);
  return TRUE;
}

/* In logical pixels, of which a figure's point is one on the screen. */
static double
type_size (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  double resolution = pango_cairo_context_get_resolution (context);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (resolution > 0 ? resolution : 96.0) / 72.0;
  return size > 0 ? size : 13.0;
}

void
scope_figure_theme_init (FigTheme *theme, GtkWidget *widget)
{
  const PangoFontDescription *font;
  FigColor ink, background;
  GdkRGBA rgba;
  gboolean found, dark;

  g_return_if_fail (theme != NULL && GTK_IS_WIDGET (widget));
  font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &rgba);
  ink = color_of (&rgba);
  found = look_up_background (widget, &background);
  dark = fig_color_luminance (ink) > (found ? fig_color_luminance (background) : 0.5);
  fig_theme_init (theme, dark);
  theme->transparent = TRUE;
  theme->device_scale = gtk_widget_get_scale_factor (widget);
  if (found)
    {
      theme->background = background;
      theme->ink = fig_color_mix (background, (FigColor){ ink.red, ink.green, ink.blue, 1.0 }, ink.alpha);
      theme->faint_ink = fig_color_mix (theme->ink, background, 0.30);
      theme->grid = fig_color_mix (theme->ink, background, 0.86);
    }
  if (pango_font_description_get_family (font) != NULL)
    theme->family = g_intern_string (pango_font_description_get_family (font));
  theme->font_size = round (2 * SCREEN_TYPE * type_size (widget)) / 2;
  set_language (theme);
}

void
scope_figure_theme_init_for_paper (FigTheme *theme)
{
  fig_theme_init (theme, FALSE);
  theme->font_size = PAPER_TYPE;
  set_language (theme);
}
