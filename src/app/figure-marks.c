/* figure-marks.c: how a figure shows what is pointed at, and that it has the focus.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/figure-view-private.h"

#include <math.h>

void
scope_figure_draw_mark (GtkSnapshot *snapshot, const FigTheme *theme, const FigRect *mark, double width, double height)
{
  cairo_t *cr;

  if (mark->width <= 0 && mark->height <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  fig_set_color (cr, theme->accent);
  if (mark->width > 0)
    {
      cairo_set_line_width (cr, 2);
      cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
    }
  else
    {
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, floor (mark->x) + 0.5, mark->y);
      cairo_line_to (cr, floor (mark->x) + 0.5, mark->y + mark->height);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
scope_figure_draw_focus (GtkWidget *view, GtkSnapshot *snapshot, const FigTheme *theme, double width, double height)
{
  GskRoundedRect outline;
  GdkRGBA color;

  if ((gtk_widget_get_state_flags (view) & GTK_STATE_FLAG_FOCUS_VISIBLE) == 0
      || !gtk_widget_has_focus (view))
    return;
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (view), "theme_selected_bg_color",
                                       &color))
    color = (GdkRGBA){ (float) theme->ink.red, (float) theme->ink.green, (float) theme->ink.blue, 1 };
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (1, 1, (float) width - 2, (float) height - 2), 5);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 }, (GdkRGBA[4]){ color, color, color, color });
}

void
scope_figure_scroll_to (GtkWidget *view, double top, double bottom, double around)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *viewport = scrolled != NULL ? gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled)) : NULL;
  GtkWidget *content = GTK_IS_VIEWPORT (viewport) ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  double at;

  if (content != NULL && gtk_widget_translate_coordinates (view, content, 0, top, NULL, &at))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), at - around,
                               at + bottom - top + around);
}
