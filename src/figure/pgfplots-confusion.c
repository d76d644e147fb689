/* pgfplots-confusion.c: confusion matrices as LaTeX source.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/pgfplots.h"

#include "figure/confusion-cells.h"
#include "figure/i18n.h"
#include "figure/pgfplots-parts.h"
#include "figure/pgfplots-text.h"
#include "figure/text.h"

#include <math.h>

/* What every part of a panel needs. */
typedef struct
{
  GString *tex;
  const FigConfusion *confusion;
  const FigConfusionLayout *layout;
  const FigPage *page;
  guint panel;
} Writer;

static void
append_tick_numbers (GString *tex, const char *key, guint n, guint every)
{
  fig_tex_append (tex, "  %s={", key);
  for (guint i = 0; i < n; i += every)
    fig_tex_append (tex, i > 0 ? ",%u" : "%u", i);
  g_string_append (tex, "},\n");
}

static void
append_font (GString *tex, double size)
{
  g_string_append (tex, "font=\\fontsize{");
  fig_tex_append_number (tex, round (10 * size) / 10);
  g_string_append (tex, "bp}{0}\\selectfont");
}

/* ---- Numbers ---- */

static void
append_number (guint row, guint column, const char *first, const char *second, double size, FigColor color,
               gpointer data)
{
  GString *tex = data;

  fig_tex_append (tex, "\\node[align=center, text=%s, ", fig_color_luminance (color) > 0.5 ? "white" : "black");
  append_font (tex, size);
  fig_tex_append (tex, "] at (axis cs:%u,%u) {", column, row);
  fig_tex_append_text (tex, first);
  if (second != NULL)
    {
      g_string_append (tex, "\\\\[");
      fig_tex_append_number (tex, round (10 * size * FIG_CELL_LEADING) / 10);
      g_string_append (tex, "bp]");
      fig_tex_append_text (tex, second);
    }
  g_string_append (tex, "};\n");
}

static void
append_bar_place (double value, double position, const char *number, gpointer data)
{
  GString *places = data;

  g_string_append (places, places->len > 0 ? "," : "");
  fig_tex_append_number (places, value);
}

static void
append_bar_number (double value, double position, const char *number, gpointer data)
{
  GString *numbers = data;

  g_string_append (numbers, numbers->len > 0 ? ",{" : "{");
  fig_tex_append_text (numbers, number);
  g_string_append_c (numbers, '}');
}

/* The bar of colours that goes with the panel, and with those before it. */
static void
append_bar (const Writer *writer, const FigRect *bar)
{
  GString *tex = writer->tex;
  g_autoptr (GString) places = g_string_new (NULL), numbers = g_string_new (NULL);
  gboolean difference = fig_confusion_is_difference (writer->confusion, writer->panel);

  fig_confusion_bar_write (writer->page->theme, writer->confusion, bar, writer->panel, append_bar_place, places);
  fig_confusion_bar_write (writer->page->theme, writer->confusion, bar, writer->panel, append_bar_number, numbers);
  fig_tex_append (tex, "  colorbar, colorbar style={ytick={%s}, yticklabels={%s},\n    tick style={draw=none}, "
                       "inner sep=.3333em, scaled y ticks=false, at={(",
                  places->str, numbers->str);
  fig_tex_append_number (tex, round (bar->x * 100) / 100);
  g_string_append (tex, "bp,");
  fig_tex_append_number (tex, round ((writer->page->height - bar->y) * 100) / 100);
  g_string_append (tex, "bp)}, anchor=north west,");
  fig_tex_append_length (tex, "width", bar->width);
  fig_tex_append_length (tex, "height", bar->height);
  g_string_append (tex, " ylabel={");
  fig_tex_append_text (tex, fig_confusion_bar_caption (writer->confusion, difference, FALSE));
  g_string_append (tex, "}},\n");
}

/* ---- Matrices ---- */

static void
append_class_names (const Writer *writer, gboolean rows)
{
  const FigConfusion *confusion = writer->confusion;
  const FigConfusionLayout *layout = writer->layout;
  g_autofree const char **names = g_new0 (const char *, confusion->n_classes + 1);
  GString *tex = writer->tex;
  double size = layout->label_factor * writer->page->theme->font_size;
  guint n = 0;

  for (guint i = 0; i < confusion->n_classes; i += layout->label_every)
    names[n++] = confusion->classes[fig_confusion_class_at (confusion, i)];
  append_tick_numbers (tex, "xtick", confusion->n_classes, layout->label_every);
  append_tick_numbers (tex, "ytick", confusion->n_classes, layout->label_every);
  fig_tex_append_list (tex, "xticklabels", names, n);
  fig_tex_append_list (tex, "yticklabels", names, rows ? n : 0);
  g_string_append (tex, "  xticklabel style={rotate=90, anchor=east, ");
  append_font (tex, size);
  g_string_append (tex, "}, yticklabel style={");
  append_font (tex, size);
  g_string_append (tex, "},\n");
}

static void
append_value (GString *tex, guint column, guint row, double value, gboolean last)
{
  fig_tex_append (tex, "(%u,%u) [", column, row);
  /* A class without names has no shares; its row is struck out. */
  fig_tex_append_number (tex, isfinite (value) ? round (value * 1e5) / 1e5 : 0);
  g_string_append (tex, last ? "]\n" : "] ");
}

static void
append_cells (const Writer *writer)
{
  const FigConfusion *confusion = writer->confusion;
  GString *tex = writer->tex;
  guint n = confusion->n_classes;

  fig_tex_append (tex, "\\addplot[matrix plot*, mesh/cols=%u, point meta=explicit] coordinates {\n", n);
  for (guint row = 0; row < n; row++)
    for (guint column = 0; column < n; column++)
      append_value (tex, column, row,
                    fig_confusion_value (confusion, writer->panel, fig_confusion_class_at (confusion, row),
                                         fig_confusion_class_at (confusion, column)),
                    column + 1 == n);
  g_string_append (tex, "};\n");
  fig_confusion_cells_write (writer->page->theme, confusion, writer->layout, writer->panel, append_number, tex);
  for (guint row = 0; row < n; row++)
    {
      guint truth = fig_confusion_class_at (confusion, row);

      if (isnan (fig_confusion_value (confusion, writer->panel, truth, truth)))
        fig_tex_append (tex, "\\draw[gatescopefaint] (axis cs:-0.5,%u) -- (axis cs:%u.5,%u);\n", row, n - 1, row);
    }
}

/* Precision, recall and F1 beside the matrix. */
static void
append_scores (const Writer *writer, const FigColormap *map)
{
  static const char *const places[] = { "0", "1", "2" };
  const FigConfusion *confusion = writer->confusion;
  const FigMatrixPlace *place = &writer->layout->places[writer->panel];
  const char *names[FIG_N_SCORES];
  gboolean difference = fig_confusion_is_difference (confusion, writer->panel);
  GString *tex = writer->tex;

  for (guint i = 0; i < FIG_N_SCORES; i++)
    names[i] = fig_score_name ((FigScore) (FIG_SCORE_PRECISION + i));
  fig_tex_begin_cells (tex, &place->scores, writer->page->height, FIG_N_SCORES, confusion->n_classes, map);
  fig_tex_append_list (tex, "xtick", places, FIG_N_SCORES);
  fig_tex_append_list (tex, "xticklabels", names, FIG_N_SCORES);
  g_string_append (tex, "  ytick=\\empty, xticklabel style={rotate=90, anchor=east, ");
  append_font (tex, writer->layout->label_factor * writer->page->theme->font_size);
  g_string_append (tex, "}, label style={color=gatescopefaint}, xlabel={");
  fig_tex_append_text (tex, difference ? C_ ("unit", "points") : "%");
  g_string_append (tex, "},\n]\n");
  if (fig_confusion_scores_are_colored (confusion, writer->panel))
    {
      fig_tex_append (tex, "\\addplot[matrix plot*, mesh/cols=%u, point meta=explicit] coordinates {\n", FIG_N_SCORES);
      for (guint row = 0; row < confusion->n_classes; row++)
        for (guint column = 0; column < FIG_N_SCORES; column++)
          append_value (tex, column, row,
                        fig_confusion_panel_score (confusion, writer->panel, fig_confusion_class_at (confusion, row),
                                                   (FigScore) (FIG_SCORE_PRECISION + column)),
                        column + 1 == FIG_N_SCORES);
      g_string_append (tex, "};\n");
    }
  fig_confusion_scores_write (writer->page->theme, confusion, writer->layout, writer->panel, append_number, tex);
  g_string_append (tex, "\\end{axis}\n");
}

static void
append_words (const Writer *writer, gboolean has_counts)
{
  const FigMatrixPlace *place = &writer->layout->places[writer->panel];
  g_autofree char *counted = fig_confusion_panel_counted_text (writer->confusion, writer->panel, TRUE);
  GString *tex = writer->tex;

  g_string_append (tex, "  label style={color=gatescopefaint, align=center}, xlabel={");
  fig_tex_append_text (tex, C_ ("matrix column", "guess"));
  if (has_counts)
    {
      g_string_append (tex, "\\\\\\parbox{");
      fig_tex_append_number (tex, round (place->footer.width));
      g_string_append (tex, "bp}{\\centering\\textcolor{gatescopeink}{");
      fig_tex_append_text (tex, counted);
      g_string_append (tex, "}}");
    }
  g_string_append (tex, "}, ylabel={");
  if (place->has_row_labels)
    fig_tex_append_text (tex, C_ ("matrix row", "true language"));
  g_string_append (tex, "},\n]\n");
}

static void
append_panel (const Writer *writer)
{
  const FigConfusion *confusion = writer->confusion;
  const FigMatrixPlace *place = &writer->layout->places[writer->panel];
  FigColormap map = fig_confusion_panel_colormap (confusion, writer->page->theme, writer->panel);
  g_autofree char *label = fig_confusion_panel_label (confusion, writer->panel);
  gboolean has_counts = fig_confusion_has_counts (confusion, writer->panel);
  GString *tex = writer->tex;

  fig_tex_append_node (tex, place->title.x, place->title.y, writer->page->height,
                       "anchor=north west, inner sep=0pt, font=\\bfseries", label);
  fig_tex_begin_cells (tex, &place->cells, writer->page->height, confusion->n_classes, confusion->n_classes, &map);
  append_class_names (writer, place->has_row_labels);
  if (writer->panel == 0)
    append_bar (writer, &writer->layout->bars[0]);
  else if (fig_confusion_is_difference (confusion, writer->panel))
    append_bar (writer, &writer->layout->bars[1]);
  append_words (writer, has_counts);
  if (has_counts)
    append_cells (writer);
  g_string_append (tex, "\\end{axis}\n");
  if (has_counts && place->scores.width > 0)
    append_scores (writer, &map);
  if (!has_counts)
    fig_tex_append_node (tex, place->cells.x + place->cells.width / 2, place->cells.y + place->cells.height / 2,
                         writer->page->height, "color=gatescopefaint", _ ("not evaluated yet"));
}

static void
append_panels (Writer *writer)
{
  const FigConfusion *confusion = writer->confusion;
  const FigPage *page = writer->page;
  g_auto (FigConfusionLayout) layout = { 0 };

  fig_confusion_layout_init (&layout, confusion, page->theme, page->width, page->height);
  writer->layout = &layout;
  if (confusion->title != NULL)
    fig_tex_append_node (writer->tex, layout.title.x, layout.title.y, page->height,
                         "anchor=north west, inner sep=0pt, font=\\bfseries", confusion->title);
  for (writer->panel = 0; writer->panel < fig_confusion_n_panels (confusion); writer->panel++)
    append_panel (writer);
}

void
fig_tex_append_confusion (GString *tex, const FigConfusion *confusion, const FigPage *page)
{
  Writer writer = { tex, confusion, NULL, page, 0 };

  fig_tex_begin_picture (tex, page);
  if (confusion->n_matrices == 0 || confusion->n_classes == 0)
    fig_tex_append_node (tex, page->width / 2, page->height / 2, page->height, "color=gatescopefaint",
                         _ ("no network is chosen"));
  else
    append_panels (&writer);
  fig_tex_end_picture (tex);
}

char *
fig_confusion_tex (const FigConfusion *confusion, const FigPage *page)
{
  GString *tex;

  g_return_val_if_fail (confusion != NULL && page != NULL, NULL);
  tex = fig_tex_new (page);
  fig_tex_append_confusion (tex, confusion, page);
  return fig_tex_finish (tex);
}
