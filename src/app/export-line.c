/* export-line.c: the line of gatescope-cli that makes an exported figure again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-figure-private.h"

#include <string.h>

static void
append_option (GString *line, const char *option, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (line, " %s %s", option, g_ascii_formatd (digits, sizeof digits, "%g", value));
}

void
scope_export_append_word (GString *line, const char *word)
{
  gboolean plain = *word != '\0' && word[strspn (word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.=,+:")] == '\0';
  g_autofree char *quoted = plain ? g_strdup (word) : g_shell_quote (word);

  g_string_append_printf (line, " %s", quoted);
}

/* The files, and what the figure calls their networks where that is not what gatescope-cli would. */
static void
append_sources (GString *line, const ScopeExportFigure *figure)
{
  gboolean labelled = FALSE;

  for (guint i = 0; i < figure->sources->len; i++)
    {
      const ScopeExportSource *source = g_ptr_array_index (figure->sources, i);

      g_string_append (line, source->weights ? " --weights" : " --run");
      scope_export_append_word (line, source->file);
      labelled = labelled || source->label != NULL;
    }
  for (guint i = 0; labelled && i < figure->sources->len; i++)
    {
      const ScopeExportSource *source = g_ptr_array_index (figure->sources, i);

      g_string_append (line, " --label");
      scope_export_append_word (line, source->label != NULL ? source->label : fig_kind_name (source->kind));
    }
  if (figure->data != NULL)
    {
      g_string_append (line, " --data");
      scope_export_append_word (line, figure->data);
    }
}

static void
append_range (GString *line, const char *option, const FigLimits *limits)
{
  g_autofree char *low = fig_csv_number (limits->low), *high = fig_csv_number (limits->high);

  if (fig_limits_are_set (limits))
    g_string_append_printf (line, " %s %s:%s", option, low, high);
}

static void
append_curves_options (GString *line, const ScopeExportFigure *figure)
{
  const FigCurves *curves
      = scope_export_is (figure, "accuracy") ? &figure->compare.accuracy : &figure->compare.loss;

  if (curves->smoothing > 0)
    append_option (line, "--smoothing", curves->smoothing);
  if (fig_limits_are_set (&curves->x))
    g_string_append_printf (line, " --iterations %" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) curves->x.low,
                            (guint64) curves->x.high);
  if (!scope_export_is (figure, "accuracy"))
    append_range (line, "--loss-range", &figure->compare.loss.y);
  if (!scope_export_is (figure, "loss"))
    append_range (line, "--accuracy-range", &figure->compare.accuracy.y);
  for (guint i = 0; scope_export_is (figure, "compare") && i < figure->sources->len; i++)
    if (((const ScopeExportSource *) g_ptr_array_index (figure->sources, i))->hidden)
      g_string_append_printf (line, " --hide %u", i + 1);
  if (figure->compare.loss.logarithmic && !scope_export_is (figure, "accuracy"))
    g_string_append (line, " --log");
  if (figure->compare.accuracy.report_values && !scope_export_is (figure, "loss"))
    g_string_append (line, " --report-values");
  g_string_append (line, curves->bands ? " --band" : "");
}

static gboolean
has_weights_alone (const ScopeExportFigure *figure)
{
  for (guint i = 0; i < figure->sources->len; i++)
    if (!((const ScopeExportSource *) g_ptr_array_index (figure->sources, i))->weights)
      return FALSE;
  return TRUE;
}

static void
append_counting (GString *line, const ScopeExportCounting *counting)
{
  if (counting->needed && counting->draws > 0 && counting->draws != NN_EVALUATION_DRAWS)
    g_string_append_printf (line, " --draws %u", counting->draws);
  if (counting->has_split)
    {
      append_option (line, "--hold-out", counting->hold_out);
      g_string_append_printf (line, " --seed %u", counting->seed);
    }
}

static void
append_matrices_options (GString *line, const ScopeExportFigure *figure)
{
  const FigConfusion *confusion = &figure->compare.confusion;

  if (confusion->n_matrices > 0 && confusion->matrices[0].counted == FIG_COUNTED_HELD_OUT)
    g_string_append (line, " --counted held-out");
  else if (confusion->n_matrices > 0 && confusion->matrices[0].counted == FIG_COUNTED_ROWS)
    g_string_append (line, " --counted rows");
  else if (has_weights_alone (figure))
    g_string_append (line, " --counted draws");
  append_counting (line, &figure->counting);
  if (confusion->cells != FIG_CELLS_PERCENT)
    g_string_append_printf (line, " --cells %s", fig_cells_id (confusion->cells));
  if (figure->ordering != NN_ORDER_ALPHABETICAL)
    g_string_append_printf (line, " --order %s", nn_order_id (figure->ordering));
  if (confusion->difference)
    g_string_append_printf (line, " --difference %u,%u", figure->pair[0], figure->pair[1]);
  g_string_append (line, confusion->scores ? " --scores" : "");
}

char *
scope_export_command_line (const ScopeExportFigure *figure, const ScopeExportSettings *settings, double height)
{
  gboolean of_gates = scope_export_is_of_gates (figure);
  GString *line;

  if (figure->obstacle != SCOPE_EXPORT_HAS_LINE)
    return NULL;
  line = g_string_new ("gatescope-cli figure");
  scope_export_append_word (line, of_gates ? scope_gates_export_command (figure->gates) : figure->id);
  append_sources (line, figure);
  if (!of_gates && !scope_export_is (figure, "confusion"))
    append_curves_options (line, figure);
  if (scope_export_is (figure, "confusion") || scope_export_is (figure, "compare"))
    append_matrices_options (line, figure);
  append_option (line, "--width", settings->width);
  append_option (line, "--height", height);
  append_option (line, "--font-size", settings->font_size);
  append_option (line, "--dpi", settings->dpi);
  g_string_append (line, settings->dark ? " --dark" : "");
  g_string_append (line, settings->transparent ? " --transparent" : "");
  g_string_append (line, settings->titled ? " --title" : "");
  if (of_gates)
    scope_gates_export_append_options (figure->gates, line);
  g_string_append_printf (line, " --language %s", figure->page.language);
  if (of_gates)
    {
      g_string_append (line, " --");
      scope_export_append_word (line, scope_gates_export_get_name (figure->gates));
    }
  return g_string_free (line, FALSE);
}
