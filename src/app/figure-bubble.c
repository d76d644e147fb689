/* figure-bubble.c: the words beside the point of a figure that is read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/figure-view-private.h"

#include <math.h>

#define BUBBLE_PADDING 7
#define BUBBLE_DISTANCE 14

/* Beside the point, at the other side of it where there's no room. */
static double
bubble_position (double point, double size, double room)
{
  if (point + BUBBLE_DISTANCE + size <= room)
    return point + BUBBLE_DISTANCE;
  return MAX (MIN (point - BUBBLE_DISTANCE - size, room - size), 0);
}

void
scope_figure_grab_focus (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment
    = scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  const double value = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;

  gtk_widget_grab_focus (widget);
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, value);
}

void
scope_figure_draw_bubble (GtkWidget *widget, GtkSnapshot *snapshot, const FigTheme *theme, const char *markup,
                          double point_x, double point_y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  FigColor border = fig_color_mix (theme->ink, theme->background, 0.55);
  FigColor ground = fig_color_mix (theme->background, theme->ink, theme->dark ? 0.08 : 0.0);
  g_autoptr (GString) bound = NULL;
  GskRoundedRect outline;
  GdkRGBA color;
  int text_width, text_height;
  float x, y;

  /* A number and its percent sign stay in one line. */
  bound = g_string_new (markup);
  g_string_replace (bound, " %", "\u00a0%", 0);
  pango_layout_set_markup (layout, bound->str, -1);
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  if (text_width > width - 2 * BUBBLE_PADDING)
    {
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_width (layout, (int) (MAX (width - 2 * BUBBLE_PADDING, 1) * PANGO_SCALE));
    }
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  x = (float) floor (bubble_position (point_x, text_width + 2 * BUBBLE_PADDING, width));
  y = (float) floor (bubble_position (point_y, text_height + 2 * BUBBLE_PADDING, height));
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (x, y, (float) text_width + 2 * BUBBLE_PADDING,
                                                        (float) text_height + 2 * BUBBLE_PADDING),
                                   5);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA){ 0, 0, 0, 0.25f }, 0, 1, 0, 4);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  color = (GdkRGBA){ (float) ground.red, (float) ground.green, (float) ground.blue, 1 };
  gtk_snapshot_append_color (snapshot, &color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  color = (GdkRGBA){ (float) border.red, (float) border.green, (float) border.blue, 1 };
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ color, color, color, color });
  color = (GdkRGBA){ (float) theme->ink.red, (float) theme->ink.green, (float) theme->ink.blue, 1 };
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + BUBBLE_PADDING, y + BUBBLE_PADDING));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}
