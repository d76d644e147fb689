/* gates-figures.c: the figures of a network in the pane below the strips.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-figures.h"

#include "app/gates-page-private.h"
#include "figure/letter-grid.h"
#include "figure/text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static void
forget_letters (ScopeGatesFigures *figures)
{
  g_clear_pointer (&figures->snapshot, nn_snapshot_unref);
  g_clear_pointer (&figures->ascii, g_free);
  g_clear_pointer (&figures->occlusion, nn_occlusion_free);
  g_clear_pointer (&figures->decomposition, nn_decomposition_free);
}

ScopeGatesFigures *
scope_gates_figures_new (GtkWidget *page, ScopeGatesReading *reading)
{
  ScopeGatesFigures *figures = g_new0 (ScopeGatesFigures, 1);

  figures->page = page;
  figures->reading = reading;
  return figures;
}

void
scope_gates_figures_free (ScopeGatesFigures *figures)
{
  forget_letters (figures);
  g_free (figures->label);
  g_clear_pointer (&figures->map, nn_substitution_free);
  g_clear_pointer (&figures->map_snapshot, nn_snapshot_unref);
  g_free (figures);
}

void
scope_gates_figures_take_map (ScopeGatesFigures *figures, const NnSubstitution *map, NnSnapshot *snapshot)
{
  NnSubstitution *copy = g_memdup2 (map, sizeof *map);
  gsize n = NN_ALPHABET_SIZE * (gsize) map->length;

  copy->guesses = g_memdup2 (map->guesses, n * sizeof *map->guesses);
  copy->probabilities = g_memdup2 (map->probabilities, n * sizeof *map->probabilities);
  copy->kept = g_memdup2 (map->kept, n * sizeof *map->kept);
  g_clear_pointer (&figures->map, nn_substitution_free);
  figures->map = copy;
  nn_snapshot_ref (snapshot);
  g_clear_pointer (&figures->map_snapshot, nn_snapshot_unref);
  figures->map_snapshot = snapshot;
}

static const ScopeGatesText *
text_of (gpointer data)
{
  return ((ScopeGatesFigures *) data)->reading->text;
}

/* Whether the letter that is pointed at is one of the name's. */
static gboolean
has_cursor (const ScopeGatesReading *reading)
{
  return reading->text->state.has_cursor && reading->trace != NULL
         && reading->text->state.cursor_letter < reading->trace->length;
}

static void
set_cursor (gpointer data, int letter)
{
  scope_gates_page_set_cursor (SCOPE_GATES_PAGE (((ScopeGatesFigures *) data)->page), letter);
}

/* ---- Units: one figure under the other ---- */

static guint
init_units (FigUnitTrace *traces, ScopeGatesFigures *figures)
{
  const ScopeGatesText *text = figures->reading->text;
  guint units[SCOPE_GATES_MOST_PINS], n = 0;

  scope_gates_reading_update (figures->reading);
  if (figures->reading->trace != NULL)
    n = scope_gates_state_pinned (&text->state, figures->reading->network, figures->reading->trace->hidden, units);
  for (guint i = 0; i < n; i++)
    traces[i] = (FigUnitTrace){
      .label = scope_network_get_title (figures->reading->network),
      .trace = figures->reading->trace,
      .unclamped = figures->reading->unclamped,
      .unit = units[i],
      .has_cursor = has_cursor (figures->reading),
      .cursor_letter = text->state.cursor_letter,
      .n_columns = scope_gates_text_columns (text),
    };
  return n;
}

/* Where nothing is pinned, the figure says how to. */
static void
draw_words (cairo_t *cr, double width, double height, const FigTheme *theme, const char *words)
{
  FigText text = fig_text (theme, 1);

  text.color = theme->faint_ink;
  text.max_width = MAX (width - 20, 1);
  fig_text_draw (cr, theme, &text, width / 2, MIN (height / 2, 60), 0.5, 0.5, words);
}

static void
draw_units (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  FigUnitTrace traces[SCOPE_GATES_MOST_PINS];
  guint n = init_units (traces, data);

  if (n == 0)
    draw_words (cr, width, height, theme, _ ("Click a unit above to see it here."));
  for (guint i = 0; i < n; i++)
    {
      double part = fig_unit_trace_height (&traces[i], theme, width);

      fig_unit_trace_draw (cr, width, part, &traces[i], theme);
      cairo_translate (cr, 0, part);
    }
}

static double
height_of_units (double width, const FigTheme *theme, gpointer data)
{
  FigUnitTrace traces[SCOPE_GATES_MOST_PINS];
  guint n = init_units (traces, data);
  double height = 0;

  for (guint i = 0; i < n; i++)
    height += fig_unit_trace_height (&traces[i], theme, width);
  return MAX (height, 60);
}

static char *
describe_units (gpointer data)
{
  FigUnitTrace traces[SCOPE_GATES_MOST_PINS];
  guint n = init_units (traces, data);
  GString *words = g_string_new (n == 0 ? _ ("No unit of this network is pinned.") : NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *part = fig_unit_trace_describe (&traces[i]);

      g_string_append_printf (words, "%s%s", i > 0 ? " " : "", part);
    }
  return g_string_free (words, FALSE);
}

/* The one of the figures at *y, which then counts from its top. Returns: its number, or -1. */
static int
find_unit (const FigUnitTrace *traces, guint n, double width, const FigTheme *theme, double *y)
{
  for (guint i = 0; i < n; i++)
    {
      double part = fig_unit_trace_height (&traces[i], theme, width);

      if (*y < part)
        return (int) i;
      *y -= part;
    }
  return -1;
}

static char *
read_units (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark, gpointer data)
{
  FigUnitTrace traces[SCOPE_GATES_MOST_PINS];
  double top = y;
  int at = find_unit (traces, init_units (traces, data), width, theme, &top);
  g_autofree char *text = NULL;
  FigUnitTraceHit hit;

  if (at < 0
      || !fig_unit_trace_hit (&traces[at], theme, width, fig_unit_trace_height (&traces[at], theme, width), x, top,
                              &hit))
    return NULL;
  *mark = hit.place;
  mark->y += y - top;
  text = fig_unit_trace_hit_text (&traces[at], theme, &hit);
  return g_markup_escape_text (text, -1);
}

/* A letter further; the same in all figures of the pane, whose columns are the letters. */
static gboolean
step_letters (ScopeFigureMove move, double *x, double *y, double width, double height, const FigTheme *theme,
              gpointer data)
{
  FigLetterGrid grid;
  int letter, n;

  fig_letter_grid_init (&grid, theme, width, scope_gates_text_columns (text_of (data)));
  n = (int) strlen (text_of (data)->ascii);
  if (n == 0)
    return FALSE;
  if (isnan (*x))
    {
      *x = fig_letter_grid_middle (&grid, 0);
      *y = height / 3;
      return TRUE;
    }
  letter = fig_letter_grid_find (&grid, *x) + (move == SCOPE_MOVE_RIGHT) - (move == SCOPE_MOVE_LEFT);
  if (move == SCOPE_MOVE_FIRST || move == SCOPE_MOVE_LAST)
    letter = move == SCOPE_MOVE_FIRST ? 0 : n - 1;
  *x = fig_letter_grid_middle (&grid, (guint) CLAMP (letter, 0, n - 1));
  *y = CLAMP (*y + ((move == SCOPE_MOVE_DOWN) - (move == SCOPE_MOVE_UP)) * theme->font_size, 1, height - 1);
  return TRUE;
}

static void
point_at_letter (double x, double y, double width, double height, const FigTheme *theme, gpointer data)
{
  FigLetterGrid grid;
  int letter = -1;

  fig_letter_grid_init (&grid, theme, width, scope_gates_text_columns (text_of (data)));
  if (!isnan (x))
    letter = fig_letter_grid_find (&grid, x);
  set_cursor (data, letter);
}

/* ---- Which letters counted ---- */

/* What is asked of the letters is asked of the network as it is, whatever is held above; the figure then says so.
 * (transfer none) */
static const char *
label_of (ScopeGatesFigures *figures)
{
  const char *title = scope_network_get_title (figures->reading->network);

  if (figures->reading->held == NULL)
    return title;
  g_free (figures->label);
  /* Translators: %s is a network. */
  figures->label = g_strdup_printf (_ ("%s without the clamps"), title);
  return figures->label;
}

static void
work_out_letters (ScopeGatesFigures *figures)
{
  ScopeGatesReading *reading = figures->reading;
  guint guess;

  scope_gates_reading_update (reading);
  if (reading->trace == NULL)
    {
      forget_letters (figures);
      return;
    }
  if (figures->snapshot == reading->snapshot && g_strcmp0 (figures->ascii, reading->trace->ascii) == 0)
    return;
  forget_letters (figures);
  figures->snapshot = nn_snapshot_ref (reading->snapshot);
  figures->ascii = g_strdup (reading->trace->ascii);
  figures->occlusion = nn_occlusion_new (figures->snapshot->model, figures->ascii);
  guess = figures->occlusion->guess;
  nn_gradient_x_input (figures->snapshot->model, figures->ascii, (int) guess, &figures->gradient);
  if (reading->trace->kind == NN_RNN)
    figures->decomposition = nn_decomposition_new (figures->snapshot->model, figures->ascii);
  for (guint t = 0; t < figures->occlusion->length; t++)
    {
      figures->left_out[t] = nn_occlusion_change (figures->occlusion, t, guess);
      figures->without[t] = figures->occlusion->has_effects
                              ? scope_gates_reading_class (reading, figures->occlusion->guess_without[t])
                              : "";
      if (figures->decomposition != NULL)
        figures->contributions[t] = nn_decomposition_row (figures->decomposition, t)[guess];
    }
}

static const FigAttribution *
init_attribution (FigAttribution *figure, ScopeGatesFigures *figures)
{
  const ScopeGatesText *text = text_of (figures);
  const NnOcclusion *occlusion;

  work_out_letters (figures);
  occlusion = figures->occlusion;
  *figure = (FigAttribution){
    .label = label_of (figures),
    .kind = scope_network_get_kind (figures->reading->network),
    .keep_contributions = TRUE,
    .has_cursor = has_cursor (figures->reading),
    .cursor_letter = text->state.cursor_letter,
    .n_columns = scope_gates_text_columns (text),
  };
  if (occlusion == NULL)
    return figure;
  figure->ascii = figures->ascii;
  figure->class_name = scope_gates_reading_class (figures->reading, occlusion->guess);
  figure->probability = exp ((double) occlusion->log_probs[occlusion->guess]);
  figure->left_out = figures->left_out;
  figure->guess_without = occlusion->has_effects ? figures->without : NULL;
  figure->gradient = figures->gradient.values;
  if (figures->decomposition != NULL)
    {
      figure->contributions = figures->contributions;
      figure->bias = nn_decomposition_row (figures->decomposition, occlusion->length)[occlusion->guess];
    }
  return figure;
}

static void
draw_letters (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  FigAttribution figure;

  fig_attribution_draw (cr, width, height, init_attribution (&figure, data), theme);
}

static double
height_of_letters (double width, const FigTheme *theme, gpointer data)
{
  FigAttribution figure;

  return fig_attribution_height (init_attribution (&figure, data), theme, width);
}

static char *
describe_letters (gpointer data)
{
  FigAttribution figure;

  return fig_attribution_describe (init_attribution (&figure, data));
}

static char *
read_letters (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark, gpointer data)
{
  g_autofree char *text = NULL;
  FigAttribution figure;
  FigAttributionHit hit;

  if (!fig_attribution_hit (init_attribution (&figure, data), theme, width, height, x, y, &hit))
    return NULL;
  *mark = hit.place;
  text = fig_attribution_hit_text (&figure, theme, &hit);
  return g_markup_escape_text (text, -1);
}

/* ---- Other letters ---- */

static const FigSubstitution *
init_map (FigSubstitution *figure, ScopeGatesFigures *figures)
{
  ScopeGatesReading *reading = figures->reading;
  const NnSubstitution *map = figures->map;
  const NnModel *model;

  scope_gates_reading_update (reading);
  model = reading->snapshot != NULL ? reading->snapshot->model : NULL;
  *figure = (FigSubstitution){
    .label = label_of (figures),
    .kind = scope_network_get_kind (reading->network),
    .has_cursor = has_cursor (reading),
    .cursor_letter = reading->text->state.cursor_letter,
    .n_columns = scope_gates_text_columns (reading->text),
  };
  if (map == NULL || model == NULL || reading->trace == NULL || strcmp (map->ascii, reading->trace->ascii) != 0)
    return figure;
  figure->ascii = map->ascii;
  figure->guess = map->guess;
  figure->probability = (double) map->probability;
  figure->guesses = map->guesses;
  figure->probabilities = map->probabilities;
  figure->kept = map->kept;
  figure->classes = (const char *const *) model->classes;
  figure->n_classes = model->n_classes;
  return figure;
}

static void
draw_map (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  FigSubstitution figure;

  fig_substitution_draw (cr, width, height, init_map (&figure, data), theme);
}

static double
height_of_map (double width, const FigTheme *theme, gpointer data)
{
  FigSubstitution figure;

  return fig_substitution_height (init_map (&figure, data), theme, width);
}

static char *
describe_map (gpointer data)
{
  FigSubstitution figure;

  return fig_substitution_describe (init_map (&figure, data));
}

static char *
read_map (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark, gpointer data)
{
  g_autofree char *text = NULL;
  FigSubstitution figure;
  FigSubstitutionHit hit;

  if (!fig_substitution_hit (init_map (&figure, data), theme, width, height, x, y, &hit))
    return NULL;
  *mark = hit.cell;
  text = fig_substitution_hit_text (&figure, theme, &hit);
  return g_markup_escape_text (text, -1);
}

/* ---- All of them ---- */

const ScopeFigureFuncs *
scope_gates_figures_funcs (ScopePaneKind kind)
{
  static const ScopeFigureFuncs units = {
    .draw = draw_units, .describe = describe_units, .read = read_units, .step = step_letters,
    .height = height_of_units, .point = point_at_letter,
  };
  static const ScopeFigureFuncs letters = {
    .draw = draw_letters, .describe = describe_letters, .read = read_letters, .step = step_letters,
    .height = height_of_letters, .point = point_at_letter,
  };
  static const ScopeFigureFuncs map = {
    .draw = draw_map, .describe = describe_map, .read = read_map, .step = step_letters,
    .height = height_of_map, .point = point_at_letter,
  };

  return kind == SCOPE_PANE_UNITS          ? &units
         : kind == SCOPE_PANE_LETTERS      ? &letters
         : kind == SCOPE_PANE_SUBSTITUTION ? &map
                                           : NULL;
}
