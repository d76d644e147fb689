/* curves-marks.c: what stands around the lines of a figure of curves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/curves-marks.h"

#include "figure/i18n.h"
#include "figure/number.h"

#include <math.h>

/* ---- Chance, the report ---- */

/* The line of guessing blindly and the words on it.
 * @y: (out): where the line is; @box: (out): the words
 * Returns: (transfer full) (nullable): NULL where the axis doesn't show it. */
static char *
place_chance (const FigCurves *curves, const FigTheme *theme, const FigAxes *axes, const FigText *text, double *y,
              FigRect *box)
{
  const gboolean is_loss = curves->measure == FIG_MEASURE_LOSS;
  const double chance = is_loss ? log (curves->n_classes) : 1.0 / curves->n_classes;
  g_autofree char *number = NULL;
  char *label;

  *y = fig_axes_y (axes, chance);
  if (curves->n_classes < 2 || *y < axes->plot.y || *y > fig_rect_bottom (&axes->plot))
    return NULL;
  number = is_loss ? fig_number (chance, 2, theme->plain_numbers) : fig_percent (chance, 1, theme->plain_numbers);
  /* Translators: %s is the loss or the accuracy of guessing blindly. */
  label = g_strdup_printf (_ ("chance: %s"), number);
  box->width = fig_text_width (theme, text, label);
  box->height = fig_text_line_height (theme, text);
  box->x = fig_rect_right (&axes->plot) - theme->font_size * 0.3 - box->width;
  /* Above the line, unless the frame is too near. */
  box->y = *y - axes->plot.y > box->height ? *y - box->height : *y;
  return label;
}

void
fig_curves_draw_chance (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes)
{
  FigText text = fig_text_faint (theme, 0.9);
  double dash[] = { 1, 3 }, y;
  g_autofree char *label = NULL;
  FigRect box;

  label = place_chance (curves, theme, axes, &text, &y, &box);
  if (label == NULL)
    return;
  cairo_save (cr);
  fig_set_color (cr, theme->faint_ink);
  cairo_set_line_width (cr, MAX (1.0, fig_hairline (theme)));
  cairo_set_dash (cr, dash, 2, 0);
  cairo_move_to (cr, axes->plot.x, y);
  cairo_line_to (cr, fig_rect_right (&axes->plot), y);
  cairo_stroke (cr);
  cairo_restore (cr);
  fig_text_draw_on (cr, theme, &text, box.x, box.y, 0, 0, label);
}

/* The networks whose value the report has and the axis shows, highest value first. Returns: how many. */
static guint
find_report_kinds (const FigCurves *curves, const FigAxes *axes, NnKind *kinds)
{
  guint n = 0;

  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      double value = fig_report_accuracy ((NnKind) kind);
      guint at = n;
      gboolean is_drawn = FALSE;

      for (guint i = 0; i < curves->n_series; i++)
        is_drawn = is_drawn || (curves->series[i].kind == (NnKind) kind && !curves->series[i].hidden);
      if (!is_drawn || !(value >= axes->y.low && value <= axes->y.high))
        continue;
      for (; at > 0 && value > fig_report_accuracy (kinds[at - 1]); at--)
        kinds[at] = kinds[at - 1];
      kinds[at] = (NnKind) kind;
      n++;
    }
  return n;
}

void
fig_curves_draw_report (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigCurvesLayout *layout)
{
  const FigAxes *axes = &layout->axes;
  FigText text = fig_text_faint (theme, 0.85);
  double line = fig_text_line_height (theme, &text), size = theme->font_size;
  double right = fig_rect_right (&axes->plot), last = axes->plot.y - line / 2;
  NnKind kinds[NN_N_KINDS];
  guint n;

  if (!curves->report_values || curves->measure != FIG_MEASURE_ACCURACY)
    return;
  n = find_report_kinds (curves, axes, kinds);
  for (guint i = 0; i < n; i++)
    {
      FigColor color = fig_color_mix (fig_style_of_kind (theme, kinds[i]).color, theme->background, 0.2);
      double y = fig_axes_y (axes, fig_report_accuracy (kinds[i])), at = MAX (y, last + 0.85 * line);
      g_autofree char *label = fig_percent (fig_report_accuracy (kinds[i]), 0, theme->plain_numbers);

      if (i == 0)
        fig_text_draw (cr, theme, &text, right + 0.5 * size, at - 0.85 * line, 0, 0.5, C_ ("values", "report"));
      cairo_save (cr);
      fig_set_color (cr, color);
      cairo_set_line_width (cr, 0.16 * size);
      cairo_move_to (cr, right, y);
      cairo_line_to (cr, right + 0.4 * size, y);
      cairo_stroke (cr);
      cairo_restore (cr);
      text.color = color;
      fig_text_draw (cr, theme, &text, right + 0.5 * size, at, 0, 0.5, label);
      last = at;
    }
}

/* ---- Divergence ---- */

static void
draw_cross (cairo_t *cr, const FigTheme *theme, FigColor color, double x, double y, double r)
{
  cairo_save (cr);
  fig_set_color (cr, color);
  cairo_set_line_width (cr, theme->font_size * 0.2);
  cairo_move_to (cr, x - r, y - r);
  cairo_line_to (cr, x + r, y + r);
  cairo_move_to (cr, x - r, y + r);
  cairo_line_to (cr, x + r, y - r);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Where the line was last; at the edge that it leaves by where it has no number. */
static double
last_height (const FigCurves *curves, const FigLine *line, const FigAxes *axes, double iteration, double r)
{
  g_auto (FigLineData) data = { 0 };
  double y = curves->measure == FIG_MEASURE_LOSS ? -INFINITY : INFINITY;

  fig_line_get (curves, line, curves->measure, FALSE, &data);
  for (guint i = 0; i < data.drawn->len; i++)
    {
      FigPoint point = g_array_index (data.drawn, FigPoint, i);
      double there = point.x <= iteration ? fig_axes_y (axes, point.y) : NAN;

      if (!isnan (there))
        y = there;
    }
  return CLAMP (y, axes->plot.y + r, fig_rect_bottom (&axes->plot) - r);
}

static gboolean
overlaps_any (const FigRect *rect, const GArray *others)
{
  for (guint i = 0; i < others->len; i++)
    {
      const FigRect *other = &g_array_index (others, FigRect, i);

      if (rect->x < fig_rect_right (other) && other->x < fig_rect_right (rect) && rect->y < fig_rect_bottom (other)
          && other->y < fig_rect_bottom (rect))
        return TRUE;
    }
  return FALSE;
}

/* Moves @box up and down from where it is, line by line, to where it stands in the plot and on none of @others; it stays
 * where there is no such place. */
static void
find_free_place (FigRect *box, const FigRect *plot, const GArray *others)
{
  const double wanted = box->y;
  const guint n_lines = (guint) (plot->height / box->height) + 1;

  for (guint step = 0; step <= 2 * n_lines; step++)
    {
      box->y = wanted + (step % 2 == 0 ? 1.0 : -1.0) * ((step + 1) / 2) * box->height;
      if (box->y >= plot->y && fig_rect_bottom (box) <= fig_rect_bottom (plot) + 0.5 && !overlaps_any (box, others))
        return;
    }
  box->y = wanted;
}

/* In the most words that have room beside the mark, which its colour ties them to; else in smaller ones.
 * @room: (inout): beside the mark; what they take. (transfer full) */
static char *
divergence_words (const FigTheme *theme, FigText *text, const char *name, guint64 at, double *room)
{
  g_autofree char *number = fig_number ((double) at, 0, theme->plain_numbers);
  /* Translators: the first %s is a network's name, the second an iteration's number. */
  g_autofree char *label = g_strdup_printf (_ ("%s diverged at iteration %s"), name, number);

  if (fig_text_width (theme, text, label) > *room)
    {
      g_free (label);
      /* Translators: %s is an iteration's number; there is no room for more words. */
      label = g_strdup_printf (_ ("diverged at %s"), number);
    }
  fig_text_fit (theme, text, label, *room, FIG_SMALLEST_TYPE);
  *room = MIN (*room, fig_text_width (theme, text, label));
  return g_steal_pointer (&label);
}

/* @taken: (element-type FigRect): where such words stand already; theirs are added */
static void
draw_divergence (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes, const FigLine *line,
                 GArray *taken)
{
  const FigSeries *series = &curves->series[line->series[0]];
  const double r = theme->font_size * 0.4, iteration = (double) series->diverged_at, right = fig_rect_right (&axes->plot);
  const double x = CLAMP (fig_axes_x (axes, iteration), axes->plot.x + r, right - r);
  const double y = last_height (curves, line, axes, iteration, r);
  FigText text = fig_text (theme, 1.0);
  FigRect box = { .height = fig_text_line_height (theme, &text) };
  double left_room = x - 2 * r - axes->plot.x, right_room = right - x - 2 * r;
  g_autofree char *label = NULL;

  draw_cross (cr, theme, line->style.color, x, y, r);
  text.color = line->style.color;
  box.width = MAX (left_room, right_room);
  label = divergence_words (theme, &text, line->label, series->diverged_at, &box.width);
  box.x = box.width <= right_room ? x + 2 * r : x - 2 * r - box.width;
  box.y = CLAMP (y - box.height / 2, axes->plot.y, fig_rect_bottom (&axes->plot) - box.height);
  find_free_place (&box, &axes->plot, taken);
  g_array_append_val (taken, box);
  fig_text_draw_on (cr, theme, &text, box.x, box.y + box.height / 2, 0, 0.5, label);
}

void
fig_curves_draw_divergences (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigCurvesLayout *layout)
{
  const FigScale *x = &layout->axes.x;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (FigRect));
  FigText text = fig_text_faint (theme, 0.9);
  double y;
  FigRect chance;
  g_autofree char *words = place_chance (curves, theme, &layout->axes, &text, &y, &chance);

  if (words != NULL)
    g_array_append_val (taken, chance);
  for (guint i = 0; i < layout->lines->len; i++)
    {
      const FigLine *line = g_ptr_array_index (layout->lines, i);
      guint64 at = curves->series[line->series[0]].diverged_at;

      if (at > 0 && !line->hidden && (double) at >= x->low && (double) at <= x->high)
        draw_divergence (cr, curves, theme, &layout->axes, line, taken);
    }
}

/* ---- Crosshair ---- */

static void
draw_dot (cairo_t *cr, const FigTheme *theme, const FigAxes *axes, const FigLine *line, double x, double value,
          gboolean hollow)
{
  double y = fig_axes_y (axes, value), r = theme->font_size * 0.32;

  if (!isfinite (y) || y < axes->plot.y || y > fig_rect_bottom (&axes->plot))
    return;
  cairo_new_path (cr);
  cairo_arc (cr, x, y, r, 0, 2 * G_PI);
  fig_set_color (cr, hollow ? theme->background : line->style.color);
  cairo_fill_preserve (cr);
  fig_set_color (cr, hollow ? line->style.color : theme->background);
  cairo_set_line_width (cr, theme->font_size * 0.12);
  cairo_stroke (cr);
}

static void
draw_dots (cairo_t *cr, const FigCurves *curves, const FigTheme *theme, const FigAxes *axes, const FigLine *line,
           gboolean held_out)
{
  g_auto (FigLineData) data = { 0 };
  int index;
  FigPoint point;

  fig_line_get (curves, line, curves->measure, held_out, &data);
  index = fig_line_at (&data, curves->crosshair);
  if (index < 0)
    return;
  point = g_array_index (data.drawn, FigPoint, index);
  /* A number of held-out names that was measured elsewhere has no dot here. */
  if (held_out && point.x != curves->crosshair)
    return;
  draw_dot (cr, theme, axes, line, fig_axes_x (axes, point.x), point.y, held_out);
}

void
fig_curves_draw_crosshair (cairo_t *cr, double width, double height, const FigCurves *curves, const FigTheme *theme)
{
  g_auto (FigCurvesLayout) layout = { 0 };
  const FigAxes *axes = &layout.axes;
  double x;

  g_return_if_fail (cr != NULL && curves != NULL && theme != NULL);
  if (!(curves->crosshair > 0))
    return;
  fig_curves_layout_init (&layout, curves, theme, width, height);
  x = fig_axes_x (axes, curves->crosshair);
  if (!(x >= axes->plot.x && x <= fig_rect_right (&axes->plot) + 1e-6))
    return;
  cairo_save (cr);
  fig_set_color (cr, theme->accent);
  cairo_set_line_width (cr, MAX (1.0, fig_hairline (theme)));
  cairo_move_to (cr, fig_snap (theme, x) + 0.5, axes->plot.y);
  cairo_line_to (cr, fig_snap (theme, x) + 0.5, fig_rect_bottom (&axes->plot));
  cairo_stroke (cr);
  for (guint i = 0; i < layout.lines->len; i++)
    {
      const FigLine *line = g_ptr_array_index (layout.lines, i);

      if (line->hidden)
        continue;
      if (fig_curves_shows_held_out (curves))
        draw_dots (cr, curves, theme, axes, line, TRUE);
      draw_dots (cr, curves, theme, axes, line, FALSE);
    }
  cairo_restore (cr);
}
