/* pgfplots-gates.c: gates as LaTeX source.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/pgfplots.h"

#include "figure/gates-layout.h"
#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"
#include "figure/pgfplots-parts.h"
#include "figure/pgfplots-text.h"

#include <math.h>

static void
append_state (GString *tex, const FigReading *reading, const FigGatesPlace *place, NnState state, const FigPage *page)
{
  const NnTrace *trace = reading->trace;
  FigColormap map = fig_gates_colormap (page->theme, trace->kind, state);
  FigRange range = fig_state_range (trace->kind, state);
  FigRect area = place->rows[FIG_VOICE_FIRST].blocks[state];

  if (trace->states[state] == NULL || area.height <= 0)
    return;
  area.width = place->column * trace->length;
  fig_tex_begin_cells (tex, &area, page->height, trace->length, trace->hidden, &map);
  g_string_append (tex, "  xtick=\\empty, ytick=\\empty,");
  if (place->has_labels)
    {
      g_string_append (tex, " ylabel={");
      fig_tex_append_text (tex, fig_state_name (state));
      fig_tex_append (tex, " $%c_t$}, ylabel style={rotate=-90, anchor=east},", fig_state_symbol (state));
    }
  g_string_append_c (tex, '\n');
  g_string_append (tex, "  colorbar, colorbar style={tick style={draw=none}, inner sep=.3333em, width=0.7em, ytick={");
  fig_tex_append_number (tex, range.low);
  g_string_append_c (tex, ',');
  fig_tex_append_number (tex, range.high);
  fig_tex_append (tex, "}, yticklabels={%s$%d$,%s$%d$}},\n]\n", range.clipped ? "$\\le$" : "", (int) range.low,
                  range.clipped ? "$\\ge$" : "", (int) range.high);
  fig_tex_append (tex, "\\addplot[matrix plot*, mesh/cols=%u, point meta=explicit] coordinates {\n", trace->length);
  for (guint row = 0; row < trace->hidden; row++)
    for (guint letter = 0; letter < trace->length; letter++)
      {
        double value = trace->states[state][(gsize) letter * trace->hidden + fig_gates_unit (reading, row)];

        fig_tex_append (tex, "(%u,%u) [", letter, row);
        fig_tex_append_number (tex, round (value * 1e4) / 1e4);
        g_string_append (tex, letter + 1 == trace->length ? "]\n" : "] ");
      }
  g_string_append (tex, "};\n\\end{axis}\n");
}

/* The letters, the guess after each, and its probability as a bar. */
static void
append_guesses (GString *tex, const FigGates *gates, const FigReading *reading, const FigGatesLayout *layout,
                const FigGatesPlace *place, const FigPage *page)
{
  const FigGatesRows *rows = &place->rows[FIG_VOICE_FIRST];
  const FigRect *letters = rows->letters.height > 0 ? &rows->letters : &layout->letters;
  const NnTrace *trace = reading->trace;

  for (guint i = 0; i < trace->length; i++)
    {
      double x = place->left + (i + 0.5) * place->column, probability;
      guint guess = fig_reading_guess (reading, i, &probability);
      g_autofree char *letter = fig_letter (trace->ascii[i]);
      FigRect bar = { x - place->column * 0.31, 0, place->column * 0.62, 0 };

      g_autofree char *number = fig_number (100 * probability, 0, TRUE);

      fig_tex_append_node (tex, x, letters->y + letters->height / 2, page->height, "font=\\bfseries", letter);
      fig_tex_append_node (tex, x, fig_rect_bottom (&rows->names) - 1, page->height,
                           layout->names_mode == FIG_NAMES_ACROSS ? "anchor=south" : "rotate=90, anchor=west",
                           fig_gates_class (gates, guess));
      bar.height = probability * (rows->bars.height - page->theme->font_size);
      bar.y = fig_rect_bottom (&rows->bars) - bar.height;
      g_string_append (tex, "\\fill[gatescopenetwork] (");
      fig_tex_append_number (tex, round (100 * bar.x) / 100);
      g_string_append (tex, "bp,");
      fig_tex_append_number (tex, round (100 * (page->height - fig_rect_bottom (&bar))) / 100);
      g_string_append (tex, "bp) rectangle +(");
      fig_tex_append_number (tex, round (100 * bar.width) / 100);
      g_string_append (tex, "bp,");
      fig_tex_append_number (tex, round (100 * bar.height) / 100);
      g_string_append (tex, "bp);\n");
      fig_tex_append_node (tex, x, bar.y - 1, page->height, "anchor=south, scale=0.8", number);
    }
}

static void
append_reading (GString *tex, const FigGates *gates, const FigGatesLayout *layout, guint index, const FigPage *page)
{
  const FigReading *reading = &gates->readings[index];
  const FigGatesPlace *place = &layout->places[index];
  double x = place->left - 0.5 * page->theme->font_size;

  fig_tex_append_node (tex, place->title.x, place->title.y, page->height, "anchor=north west, font=\\bfseries",
                       fig_reading_label (reading));
  if (reading->trace == NULL)
    {
      fig_tex_append_node (tex, place->message.x + place->message.width / 2,
                           place->message.y + place->message.height / 2, page->height, "color=gatescopefaint",
                           _ ("not trained yet"));
      return;
    }
  fig_tex_append_color (tex, "gatescopenetwork", fig_style_of_kind (page->theme, reading->kind).color);
  append_guesses (tex, gates, reading, layout, place, page);
  if (place->has_labels)
    {
      fig_tex_append_node (tex, x, fig_rect_bottom (&place->rows[FIG_VOICE_FIRST].names), page->height,
                           "color=gatescopefaint, anchor=south east", _ ("guess"));
      fig_tex_append_node (tex, x, fig_rect_bottom (&place->rows[FIG_VOICE_FIRST].bars), page->height,
                           "color=gatescopefaint, anchor=south east", _ ("probability, %"));
    }
  for (guint state = 0; state < NN_N_STATES; state++)
    append_state (tex, reading, place, state, page);
}

/* What LaTeX gets of the figure: every unit of each network's first reading. */
static void
take_units (FigGates *units, FigReading *readings, const FigGates *gates)
{
  *units = *gates;
  units->detail = FIG_GATES_UNITS;
  units->second_name = NULL;
  units->keep_unclamped = FALSE;
  units->has_cursor = FALSE;
  for (guint i = 0; i < gates->n_readings; i++)
    {
      readings[i] = gates->readings[i];
      readings[i].n_telling = 0;
      readings[i].unclamped = readings[i].second = readings[i].second_unclamped = NULL;
    }
  units->readings = readings;
}

void
fig_tex_append_gates (GString *tex, const FigGates *all, const FigPage *page)
{
  FigReading readings[FIG_MAX_READINGS];
  FigGatesLayout layout;
  FigGates units;
  const FigGates *const gates = &units;

  g_return_if_fail (all->n_readings <= FIG_MAX_READINGS);
  fig_tex_begin_picture (tex, page);
  take_units (&units, readings, all);
  fig_gates_layout_init (&layout, gates, page->theme, page->width, page->height);
  if (gates->title != NULL)
    fig_tex_append_node (tex, layout.title.x, layout.title.y, page->height, "anchor=north west, font=\\bfseries",
                         gates->title);
  if (gates->n_readings == 0 || layout.first == NULL)
    fig_tex_append_node (tex, page->width / 2, page->height / 2, page->height, "color=gatescopefaint",
                         gates->n_readings == 0 ? _ ("no network is chosen") : _ ("not trained yet"));
  else
    for (guint i = 0; i < gates->n_readings; i++)
      append_reading (tex, gates, &layout, i, page);
  fig_tex_end_picture (tex);
}

char *
fig_gates_tex (const FigGates *gates, const FigPage *page)
{
  GString *tex;

  g_return_val_if_fail (gates != NULL && page != NULL, NULL);
  tex = fig_tex_new (page);
  fig_tex_append_gates (tex, gates, page);
  return fig_tex_finish (tex);
}
