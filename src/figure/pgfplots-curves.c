/* pgfplots-curves.c: loss and accuracy curves as LaTeX source.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/pgfplots.h"

#include "figure/curves-layout.h"
#include "figure/i18n.h"
#include "figure/number.h"
#include "figure/pgfplots-parts.h"
#include "figure/pgfplots-text.h"
#include "figure/series.h"

#include <math.h>

/* Points of a line that are all written; of a longer one those that can be seen. */
#define MOST_POINTS 2000

/* What the writer knows of the figure. */
typedef struct
{
  GString *tex;
  const FigCurves *curves;
  const FigPage *page;
  FigCurvesLayout layout;
} Writer;

static const char *
marker_name (FigMarker marker)
{
  switch (marker)
    {
    case FIG_MARKER_SQUARE:
      return "square*";
    case FIG_MARKER_TRIANGLE:
      return "triangle*";
    case FIG_MARKER_DIAMOND:
      return "diamond*";
    case FIG_MARKER_CIRCLE:
    default:
      return "*";
    }
}

/* Thins a long line as the drawing does; (transfer full), in values of the axes. */
static GArray *
thin (const FigAxes *axes, GArray *points)
{
  const FigRect *plot = &axes->plot;
  GArray *thinned;

  if (points->len <= MOST_POINTS)
    return g_array_ref (points);
  thinned = fig_series_decimate (axes, (const FigPoint *) (gpointer) points->data, points->len, 1);
  for (guint i = 0; i < thinned->len; i++)
    {
      FigPoint *point = &g_array_index (thinned, FigPoint, i);

      point->x = fig_scale_unmap (&axes->x, (point->x - plot->x) / plot->width);
      if (isfinite (point->y))
        point->y = fig_scale_unmap (&axes->y, 1 - (point->y - plot->y) / plot->height);
    }
  return thinned;
}

static void
append_points (Writer *writer, GArray *points)
{
  g_autoptr (GArray) thinned = thin (&writer->layout.axes, points);

  g_string_append (writer->tex, " coordinates {\n");
  for (guint i = 0; i < thinned->len; i++)
    {
      FigPoint point = g_array_index (thinned, FigPoint, i);

      g_string_append_c (writer->tex, '(');
      fig_tex_append_number (writer->tex, point.x);
      g_string_append_c (writer->tex, ',');
      fig_tex_append_number (writer->tex, point.y);
      g_string_append (writer->tex, i % 6 == 5 ? ")\n" : ") ");
    }
  g_string_append (writer->tex, "};\n");
}

/* "dash pattern=on 5bp off 2.5bp," of lengths in line widths. */
static void
append_dash (GString *tex, const FigStyle *style)
{
  g_string_append (tex, ", dash pattern=");
  for (guint i = 0; i < style->n_dash; i++)
    {
      g_string_append (tex, i % 2 == 0 ? "on " : "off ");
      fig_tex_append_number (tex, style->dash[i]);
      g_string_append (tex, "bp ");
    }
}

static char *
color_name (NnKind kind)
{
  g_autofree char *id = g_strdup (nn_kind_id (kind));
  g_auto (GStrv) parts = g_strsplit (id, "-", -1);
  g_autofree char *joined = g_strjoinv ("", parts);

  return g_strconcat ("gatescope", joined, NULL);
}

/* What lies a standard deviation below and above. */
static void
append_band (Writer *writer, const FigLineData *data, const char *color)
{
  fig_tex_append (writer->tex, "\\addplot[draw=none, fill=%s, fill opacity=0.2, forget plot] coordinates {\n", color);
  for (guint i = 0; i < 2 * data->drawn->len; i++)
    {
      gboolean back = i >= data->drawn->len;
      guint at = back ? 2 * data->drawn->len - 1 - i : i;
      FigPoint point = g_array_index (data->drawn, FigPoint, at);
      double deviation = g_array_index (data->deviation, double, at);

      g_string_append_c (writer->tex, '(');
      fig_tex_append_number (writer->tex, point.x);
      g_string_append_c (writer->tex, ',');
      fig_tex_append_number (writer->tex, back ? point.y - deviation : point.y + deviation);
      g_string_append (writer->tex, i % 6 == 5 ? ")\n" : ") ");
    }
  g_string_append (writer->tex, "} -- cycle;\n");
}

static void
append_line (Writer *writer, const FigLine *line, gboolean held_out)
{
  const FigCurves *curves = writer->curves;
  g_auto (FigLineData) data = { 0 };
  g_autofree char *color = color_name (line->kind);
  guint every;

  fig_line_get (curves, line, curves->measure, held_out, &data);
  every = MAX (data.drawn->len / 6, 1);
  if (!held_out && data.deviation != NULL && data.drawn->len > 1)
    append_band (writer, &data, color);
  if (!held_out && curves->smoothing > 0)
    {
      fig_tex_append (writer->tex, "\\addplot[%s, opacity=0.3, forget plot]", color);
      append_points (writer, data.raw);
    }
  fig_tex_append (writer->tex, "\\addplot[%s, line width=1bp, mark=%s, mark size=2bp", color,
                  marker_name (line->style.marker));
  if (held_out)
    {
      append_dash (writer->tex, &line->style);
      g_string_append (writer->tex, ", mark options={solid, fill=white}, forget plot]");
    }
  else
    fig_tex_append (writer->tex, ", mark repeat=%u, mark phase=%u]", every, every);
  append_points (writer, data.drawn);
  if (held_out)
    return;
  g_string_append (writer->tex, "\\addlegendentry{");
  fig_tex_append_text (writer->tex, line->label);
  g_string_append (writer->tex, "}\n");
}

static void
append_ticks (GString *tex, const char *axis, const FigTicks *ticks)
{
  const char *labels[FIG_MAX_TICKS];
  g_autofree char *key = g_strdup_printf ("%sticklabels", axis);

  fig_tex_append (tex, "  %stick={", axis);
  for (guint i = 0; i < ticks->n; i++)
    {
      labels[i] = ticks->labels[i];
      if (i > 0)
        g_string_append_c (tex, ',');
      fig_tex_append_number (tex, ticks->values[i]);
    }
  g_string_append (tex, "},\n");
  fig_tex_append_list (tex, key, labels, ticks->n);
}

static void
append_limits (GString *tex, const char *axis, const FigScale *scale)
{
  fig_tex_append (tex, "  %smin=", axis);
  fig_tex_append_number (tex, scale->low);
  fig_tex_append (tex, ", %smax=", axis);
  fig_tex_append_number (tex, scale->high);
  fig_tex_append (tex, ", %smode=%s,\n", axis, scale->kind == FIG_SCALE_LOG10 ? "log" : "linear");
}

/* How far above the plot the legend stands, in em: above the rows of the notes. */
static double
legend_shift (const Writer *writer)
{
  double shift = 0.4;

  for (guint i = writer->layout.lines->len; i < writer->layout.n_items; i++)
    shift += writer->layout.items[i].new_row ? 1.2 : 0;
  return shift;
}

static void
append_axis (Writer *writer)
{
  GString *tex = writer->tex;
  const FigAxes *axes = &writer->layout.axes;

  g_string_append (tex, "\\begin{axis}[\n");
  fig_tex_append_place (tex, &axes->plot, writer->page->height);
  append_limits (tex, "x", &axes->x);
  append_limits (tex, "y", &axes->y);
  append_ticks (tex, "x", &axes->x_ticks);
  append_ticks (tex, "y", &axes->y_ticks);
  g_string_append (tex, "  xlabel={");
  fig_tex_append_text (tex, axes->x_title);
  g_string_append (tex, "}, ylabel={");
  fig_tex_append_text (tex, axes->y_title);
  g_string_append (tex, "},\n");
  if (writer->curves->title != NULL)
    {
      g_string_append (tex, "  title style={align=left, font=\\bfseries, at={(0,1)}, anchor=south west,\n"
                            "    yshift=");
      fig_tex_append_number (tex, legend_shift (writer) + 2);
      g_string_append (tex, "em}, title={");
      fig_tex_append_text (tex, writer->curves->title);
      g_string_append (tex, "},\n");
    }
  g_string_append (tex,
                   "  grid=major, major grid style={draw=gatescopegrid}, tick align=outside, tick pos=left,\n"
                   "  scaled ticks=false, unbounded coords=jump, label style={color=gatescopefaint},\n"
                   "  inner sep=.3333em, legend columns=-1, legend cell align=left,\n"
                   "  legend style={draw=none, fill=none, at={(0,1)}, anchor=south west, yshift=");
  fig_tex_append_number (tex, legend_shift (writer));
  g_string_append (tex, "em,\n"
                   "    /tikz/every even column/.append style={column sep=0.8em}},\n"
                   "]\n");
}

/* A dotted line at what guessing blindly gives. */
static void
append_chance (Writer *writer)
{
  const FigCurves *curves = writer->curves;
  gboolean is_loss = curves->measure == FIG_MEASURE_LOSS;
  double chance;
  g_autofree char *number = NULL, *label = NULL;

  if (curves->n_classes < 2)
    return;
  chance = is_loss ? log (curves->n_classes) : 1.0 / curves->n_classes;
  number = is_loss ? fig_number (chance, 2, TRUE) : fig_percent (chance, 1, TRUE);
  /* Translators: %s is the loss or the accuracy of guessing blindly. */
  label = g_strdup_printf (_ ("chance: %s"), number);
  g_string_append (writer->tex, "\\addplot[gatescopefaint, dotted, line width=0.8bp, forget plot] coordinates {(");
  fig_tex_append_number (writer->tex, writer->layout.axes.x.low);
  g_string_append_c (writer->tex, ',');
  fig_tex_append_number (writer->tex, chance);
  g_string_append (writer->tex, ") (");
  fig_tex_append_number (writer->tex, writer->layout.axes.x.high);
  g_string_append_c (writer->tex, ',');
  fig_tex_append_number (writer->tex, chance);
  g_string_append (writer->tex, ")} node[pos=1, anchor=south east] {");
  fig_tex_append_text (writer->tex, label);
  g_string_append (writer->tex, "};\n");
}

/* A cross at the last number, and the words beside it. @row: how many such words stand already. */
static void
append_divergence (Writer *writer, const FigSeries *series, guint row)
{
  const FigScale *y = &writer->layout.axes.y;
  g_autofree char *number = fig_number ((double) series->diverged_at, 0, TRUE);
  g_autofree char *color = color_name (series->kind);
  /* Translators: the first %s is a network's name, the second an iteration's number. */
  g_autofree char *label = g_strdup_printf (_ ("%s diverged at iteration %s"), fig_series_label (series), number);
  gboolean is_loss = writer->curves->measure == FIG_MEASURE_LOSS;
  double value = is_loss ? y->high : y->low;

  for (guint i = 0; series->history != NULL && i < nn_history_length (series->history); i++)
    {
      const NnPoint *point = nn_history_point (series->history, i);
      double there = fig_point_value (point, writer->curves->measure, FALSE);

      if (point->iteration <= series->diverged_at && !isnan (there))
        value = CLAMP (there, y->low, y->high);
    }
  fig_tex_append (writer->tex, "\\addplot[%s, only marks, mark=x, mark size=3bp, line width=1.6bp, forget plot] "
                               "coordinates {(", color);
  fig_tex_append_number (writer->tex, (double) series->diverged_at);
  g_string_append_c (writer->tex, ',');
  fig_tex_append_number (writer->tex, value);
  fig_tex_append (writer->tex, ")} node[anchor=west, xshift=4bp, yshift=%s%uem] {", is_loss ? "-" : "", row);
  fig_tex_append_text (writer->tex, label);
  g_string_append (writer->tex, "};\n");
}

/* How a line of that kind looks. */
static void
append_sample (GString *tex, const FigLegendItem *item)
{
  if (item->has_line)
    fig_tex_append (tex, "\\tikz[baseline=-.6ex]\\draw[line width=1bp%s] (0,0) -- (2em,0); ",
                    item->dashed ? ", dashed" : "");
  else if (item->has_band)
    g_string_append (tex, "\\tikz[baseline=-.6ex]\\fill[opacity=0.2] (0,-.5ex) rectangle (2em,.5ex); ");
}

/* What the kinds of lines mean, in rows of their own below the runs' row of the legend. */
static void
append_notes (Writer *writer)
{
  const FigCurvesLayout *layout = &writer->layout;
  GString *tex = writer->tex;
  gboolean first = TRUE;

  g_string_append (tex, "\\node[anchor=south west, align=left, color=gatescopefaint, yshift=0.4em] at "
                        "(current axis.north west) {");
  for (guint i = layout->lines->len; i < layout->n_items; i++)
    {
      g_string_append (tex, first ? "" : layout->items[i].new_row ? "\\\\ " : "\\quad ");
      append_sample (tex, &layout->items[i]);
      fig_tex_append_text (tex, layout->items[i].label);
      first = FALSE;
    }
  g_string_append (tex, "};\n");
}

void
fig_tex_append_curves (GString *tex, const FigCurves *curves, const FigPage *page)
{
  Writer writer = { .tex = tex, .curves = curves, .page = page };
  gboolean held_out = fig_curves_shows_held_out (curves);
  GPtrArray *lines;
  guint n_diverged = 0;

  fig_tex_begin_picture (tex, page);
  fig_curves_layout_init (&writer.layout, curves, page->theme, page->width, page->height);
  lines = writer.layout.lines;
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *name = color_name (kind);

      fig_tex_append_color (tex, name, fig_style_of_kind (page->theme, kind).color);
    }
  append_axis (&writer);
  append_chance (&writer);
  for (guint measured = held_out ? 1 : 0; measured <= 1; measured--)
    for (guint i = 0; i < lines->len; i++)
      if (!((const FigLine *) g_ptr_array_index (lines, i))->hidden)
        append_line (&writer, g_ptr_array_index (lines, i), measured == 1);
  for (guint i = 0; i < curves->n_series; i++)
    if (curves->series[i].diverged_at > 0 && !curves->series[i].hidden)
      append_divergence (&writer, &curves->series[i], n_diverged++);
  g_string_append (tex, "\\end{axis}\n");
  append_notes (&writer);
  fig_curves_layout_clear (&writer.layout);
  fig_tex_end_picture (tex);
}

char *
fig_curves_tex (const FigCurves *curves, const FigPage *page)
{
  GString *tex;

  g_return_val_if_fail (curves != NULL && page != NULL, NULL);
  tex = fig_tex_new (page);
  fig_tex_append_curves (tex, curves, page);
  return fig_tex_finish (tex);
}
