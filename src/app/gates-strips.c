/* gates-strips.c: a network's strips on the Gates page, as a view draws them and a person points at them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-columns.h"
#include "app/gates-page-private.h"
#include "figure/describe.h"
#include "figure/letter-grid.h"
#include "figure/names.h"

#include <glib/gi18n.h>
#include <math.h>

static const FigGates *
init_shown (ScopeGatesFigure *figure, const ScopeGatesStrips *strips)
{
  scope_gates_figure_init (figure, strips->reading, scope_gates_columns_get_n (strips->page->figures) > 1);
  figure->gates.has_cursor = strips->page->text.state.has_cursor;
  figure->gates.cursor_letter = strips->page->text.state.cursor_letter;
  return &figure->gates;
}

static void
draw_strips (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  ScopeGatesStrips *strips = data;
  ScopeGatesFigure figure;

  scope_gates_reading_update (strips->reading);
  fig_gates_draw (cr, width, height, init_shown (&figure, strips), theme);
}

static char *
describe_strips (gpointer data)
{
  ScopeGatesStrips *strips = data;
  ScopeGatesFigure figure;

  scope_gates_reading_update (strips->reading);
  return fig_gates_describe (init_shown (&figure, strips));
}

static double
height_of_strips (double width, const FigTheme *theme, gpointer data)
{
  ScopeGatesStrips *strips = data;
  ScopeGatesFigure figure;

  scope_gates_reading_update (strips->reading);
  return fig_gates_height (init_shown (&figure, strips), theme, width);
}

/* "Forget gate: how much of the old cell state is kept". (transfer full): markup */
static char *
explain (NnKind kind, NnState state)
{
  /* Translators: a gate or a state, and what it is for. */
  return g_markup_printf_escaped (_ ("<b>%s</b>: %s"), fig_state_name (state), fig_state_explanation (kind, state));
}

static char *
read_label (const FigGates *gates, const FigTheme *theme, double width, double height, double x, double y,
            FigRect *mark)
{
  guint reading;
  NnState state;

  if (!fig_gates_label_at (gates, theme, width, height, x, y, &reading, &state, mark))
    return NULL;
  return explain (gates->readings[reading].kind, state);
}

static char *
read_strips (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark, gpointer data)
{
  g_autofree char *text = NULL, *explanation = NULL, *value = NULL;
  const FigGates *gates;
  ScopeGatesFigure figure;
  FigGatesHit hit;

  gates = init_shown (&figure, data);
  if (!fig_gates_hit (gates, theme, width, height, x, y, &hit))
    return read_label (gates, theme, width, height, x, y, mark);
  *mark = hit.place;
  /* A unit's row may be thinner than a line. */
  if (mark->height > 0 && mark->height < 4)
    {
      mark->y -= (4 - mark->height) / 2;
      mark->height = 4;
    }
  text = fig_gates_hit_text (gates, theme, &hit);
  if (hit.part != FIG_GATES_STATE && hit.part != FIG_GATES_UNITS_OF)
    return g_markup_escape_text (text, -1);
  value = g_markup_escape_text (text, -1);
  explanation = explain (gates->readings[hit.reading].kind, hit.state);
  return g_strdup_printf ("%s\n<small>%s</small>", value, explanation);
}

/* ---- The cursor ---- */

static void
point_at (double x, double y, double width, double height, const FigTheme *theme, gpointer data)
{
  ScopeGatesStrips *strips = data;
  ScopeGatesFigure figure;
  FigGatesHit hit = { 0 };
  gboolean is_hit = !isnan (x) && fig_gates_hit (init_shown (&figure, strips), theme, width, height, x, y, &hit);

  strips->pointed_at = hit;
  scope_gates_page_set_cursor (strips->page, is_hit ? (int) hit.letter : -1);
}

/* The same unit, letter or guess, wherever it is now. */
static gboolean
keep_point (double *x, double *y, double width, double height, const FigTheme *theme, gpointer data)
{
  ScopeGatesStrips *strips = data;
  ScopeGatesFigure figure;
  FigRect place;

  scope_gates_reading_update (strips->reading);
  if (!fig_gates_find (init_shown (&figure, strips), theme, width, height, &strips->pointed_at, &place))
    return FALSE;
  *x = place.x + place.width / 2;
  *y = place.y + place.height / 2;
  return TRUE;
}

/* ---- Letters that stay in sight ---- */

/* How much of the view's top is scrolled away. */
static double
get_scrolled_away (const ScopeGatesStrips *strips)
{
  double top;

  if (!gtk_widget_translate_coordinates (GTK_WIDGET (strips->page->figures_scroller), GTK_WIDGET (strips->view), 0, 0,
                                         NULL, &top))
    return 0;
  return MAX (top, 0);
}

static void
draw_letters_again (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  ScopeGatesStrips *strips = data;
  double top = get_scrolled_away (strips), row = fig_letter_grid_letters_height (theme);
  ScopeGatesFigure figure;
  const FigGates *gates;
  FigLetterGrid grid;

  if (strips->reading->trace == NULL || top <= 0)
    return;
  gates = init_shown (&figure, strips);
  if (top + row <= fig_gates_letters_bottom (gates, theme, width, height) || top + 2 * row > height)
    return;
  fig_letter_grid_init (&grid, theme, width, gates->n_columns);
  fig_set_color (cr, theme->background);
  cairo_rectangle (cr, 0, top, width, row);
  cairo_fill (cr);
  fig_set_color (cr, theme->grid);
  cairo_rectangle (cr, 0, fig_snap (theme, top + row), width, fig_hairline (theme));
  cairo_fill (cr);
  fig_letter_grid_draw_letters (cr, theme, &grid, strips->reading->trace->ascii, top);
}

/* ---- Clicks and keys ---- */

/* The second click of a double click must not take back what the first did. */
static gboolean
ignore_second (double x, double y, double width, double height, const FigTheme *theme, gpointer data)
{
  return !isnan (x);
}

static gboolean
activate (double x, double y, double width, double height, const FigTheme *theme, gpointer data)
{
  ScopeGatesStrips *strips = data;
  ScopeGatesFigure figure;
  FigGatesHit hit;

  if (!fig_gates_hit (init_shown (&figure, strips), theme, width, height, x, y, &hit))
    return FALSE;
  if (hit.part == FIG_GATES_UNITS_OF)
    {
      strips->page->text.state.detail = FIG_GATES_UNITS;
      scope_gates_page_state_changed (strips->page);
      return TRUE;
    }
  if (hit.part != FIG_GATES_STATE)
    return FALSE;
  scope_gates_page_pin (strips->page, strips->reading->network, hit.unit);
  /* What opens below must not cover it. */
  strips->pointed_at = hit;
  scope_figure_view_reveal (strips->view);
  return TRUE;
}

static gboolean
use_key (guint keyval, GdkModifierType modifiers, double x, double y, double width, double height,
         const FigTheme *theme, gpointer data)
{
  ScopeGatesPage *page = ((ScopeGatesStrips *) data)->page;

  if (keyval != GDK_KEY_BackSpace && keyval != GDK_KEY_Delete)
    return FALSE;
  if (scope_gates_state_unclamp (&page->text.state))
    scope_gates_page_state_changed (page);
  return TRUE;
}

/* Goes up or down by pixels to the next part of the figure that says something. */
static gboolean
find_next_part (const FigGates *gates, const FigTheme *theme, double width, double height, const FigGatesHit *from,
                double x, double *y, int by)
{
  for (double at = *y + by; at >= 0 && at < height; at += by)
    {
      FigGatesHit hit;

      if (fig_gates_hit (gates, theme, width, height, x, at, &hit)
          && (hit.part != from->part || hit.state != from->state || hit.unit != from->unit
              || hit.second != from->second || hit.unclamped != from->unclamped))
        {
          *y = at;
          return TRUE;
        }
    }
  return FALSE;
}

/* The row of the strip of all units in which @y stands, and how many there are; -1 where it isn't in that strip. */
static int
row_at (const FigGates *gates, const FigTheme *theme, double width, double height, const FigGatesHit *hit, double y,
        FigRect *strip)
{
  if (gates->detail != FIG_GATES_UNITS || hit->part != FIG_GATES_STATE
      || !fig_gates_strip (gates, theme, width, height, 0, hit->state, strip) || y < strip->y
      || y >= strip->y + strip->height)
    return -1;
  return (int) ((y - strip->y) / strip->height * gates->readings->trace->hidden);
}

static gboolean
step_strips (ScopeFigureMove move, double *x, double *y, double width, double height, const FigTheme *theme,
             gpointer data)
{
  int letter, row, by = (move == SCOPE_MOVE_DOWN) - (move == SCOPE_MOVE_UP);
  const NnTrace *trace = ((ScopeGatesStrips *) data)->reading->trace;
  ScopeGatesFigure figure;
  const FigGates *gates = init_shown (&figure, data);
  FigLetterGrid grid;
  FigGatesHit hit;
  FigRect strip;

  /* Every network has a hidden state, and all strips have the same columns. */
  if (trace == NULL || !fig_gates_strip (gates, theme, width, height, 0, NN_STATE_HIDDEN, &strip))
    return FALSE;
  fig_letter_grid_init (&grid, theme, width, scope_gates_text_columns (((ScopeGatesStrips *) data)->reading->text));
  if (isnan (*x) || !fig_gates_hit (gates, theme, width, height, *x, *y, &hit))
    {
      *x = fig_letter_grid_middle (&grid, 0);
      *y = strip.y + strip.height / trace->hidden / 2;
      return TRUE;
    }
  letter = (int) hit.letter + (move == SCOPE_MOVE_RIGHT) - (move == SCOPE_MOVE_LEFT);
  if (move == SCOPE_MOVE_FIRST || move == SCOPE_MOVE_LAST)
    letter = move == SCOPE_MOVE_FIRST ? 0 : (int) trace->length - 1;
  *x = fig_letter_grid_middle (&grid, (guint) CLAMP (letter, 0, (int) trace->length - 1));
  if (by == 0)
    return TRUE;
  row = row_at (gates, theme, width, height, &hit, *y, &strip);
  if (row < 0 || row + by < 0 || row + by >= (int) trace->hidden)
    return find_next_part (gates, theme, width, height, &hit, *x, y, by);
  *y = strip.y + strip.height * ((row + by + 0.5) / trace->hidden);
  return TRUE;
}

const ScopeFigureFuncs scope_gates_strips_funcs = {
  .draw = draw_strips,
  .describe = describe_strips,
  .read = read_strips,
  .step = step_strips,
  .height = height_of_strips,
  .overlay = draw_letters_again,
  .point = point_at,
  .keep = keep_point,
  .activate = activate,
  .fit = ignore_second,
  .key = use_key,
};
