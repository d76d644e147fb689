/* export-figure.c: a figure of the session with numbers of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-figure-private.h"

#include "app/name-bar.h"
#include "engine/error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Millimetres: what gatescope-cli takes, too. */
#define LEAST_HEIGHT 20.0

ScopeExportFigure *
scope_export_figure_ref (ScopeExportFigure *figure)
{
  g_atomic_ref_count_inc (&figure->references);
  return figure;
}

void
scope_export_figure_unref (ScopeExportFigure *figure)
{
  if (!g_atomic_ref_count_dec (&figure->references))
    return;
  g_ptr_array_unref (figure->histories);
  g_ptr_array_unref (figure->counts);
  g_ptr_array_unref (figure->traces);
  g_ptr_array_unref (figure->strings);
  g_ptr_array_unref (figure->sources);
  g_strfreev (figure->classes);
  g_free (figure->series);
  g_free (figure->matrices);
  g_free (figure->order);
  g_free (figure->readings);
  fig_gates_sheet_clear (&figure->sheet);
  g_free (figure->data);
  g_free (figure->id);
  g_free (figure->typed);
  g_free (figure->description);
  g_free (figure->title);
  g_free (figure->command);
  g_free (figure);
}

/* ---- Taking the numbers ---- */

const char *
scope_export_keep_label (ScopeExportFigure *figure, const char *label, NnKind kind)
{
  char *kept;

  if (label == NULL || strcmp (label, fig_kind_name (kind)) == 0)
    return NULL;
  kept = g_strdup (label);
  g_ptr_array_add (figure->strings, kept);
  return kept;
}

/* ---- Gates ---- */

char *
scope_export_network_id (ScopeNetwork *network)
{
  const char *path = scope_network_get_path (network);

  return path != NULL ? g_filename_display_basename (path) : g_strdup (nn_kind_id (scope_network_get_kind (network)));
}

/* The networks that "gates" or "gates:K" means. (transfer container) */
static GPtrArray *
choose_networks (ScopeSession *session, const char *id)
{
  GPtrArray *shown = scope_session_get_shown (session);

  if (g_str_has_prefix (id, "gates:"))
    for (guint i = shown->len; i > 0; i--)
      {
        g_autofree char *name = scope_export_network_id (g_ptr_array_index (shown, i - 1));

        if (strcmp (name, id + strlen ("gates:")) != 0)
          g_ptr_array_remove_index (shown, i - 1);
      }
  return shown;
}

/* What its weights say of themselves once they are saved, or did when they were opened. */
static void
init_origin (FigOrigin *origin, ScopeSession *session, ScopeNetwork *network)
{
  const NnSnapshot *snapshot = scope_network_get_snapshot (network);
  const char *preset = scope_session_get_settings (session)->preset;
  ScopeRun *run = scope_network_get_run (network);

  if (run == NULL && scope_network_get_facts (network) != NULL)
    {
      fig_origin_init_of_weights (origin, snapshot->model, scope_network_get_facts (network),
                                  scope_network_get_opened_preset (network));
      return;
    }
  *origin = (FigOrigin){
    .kind = scope_network_get_kind (network),
    .hidden = snapshot->model->hidden,
    .has_iterations = snapshot->iteration != NN_ITERATION_UNKNOWN,
    .iterations = snapshot->iteration,
  };
  if (run == NULL)
    return;
  origin->has_seed = TRUE;
  origin->seed = scope_run_get_settings (run)->seed;
  origin->preset = *preset != '\0' ? preset : NULL;
  origin->data_hash = scope_run_get_data_hash (run);
}

static void
take_reading (ScopeExportFigure *figure, ScopeSession *session, guint index, ScopeNetwork *network, const char *ascii)
{
  NnSnapshot *snapshot = scope_network_get_snapshot (network);
  NnKind kind = scope_network_get_kind (network);
  NnTrace *trace = nn_trace_new (snapshot->model, ascii, -1);
  const char *label = scope_export_keep_label (figure, scope_network_get_title (network), kind);

  g_ptr_array_add (figure->traces, trace);
  figure->readings[index] = (FigReading){ label, kind, trace, snapshot->iteration };
  scope_export_add_source (figure, session, scope_network_get_run (network), network, kind, label, TRUE);
}

static gboolean
take_gates (ScopeExportFigure *figure, ScopeSession *session, GError **error)
{
  g_autoptr (GPtrArray) networks = choose_networks (session, figure->id);
  g_autofree char *ascii = nn_name_reduce (figure->typed, NULL);
  g_autofree char *problem = scope_name_problem (figure->typed, ascii);
  g_autofree FigOrigin *origins = g_new0 (FigOrigin, networks->len + 1);
  guint n = 0;

  if (problem != NULL)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_NAME, problem);
      return FALSE;
    }
  figure->readings = g_new0 (FigReading, networks->len + 1);
  for (guint i = 0; i < networks->len; i++)
    {
      ScopeNetwork *network = g_ptr_array_index (networks, i);
      const NnSnapshot *snapshot = scope_network_get_snapshot (network);

      if (snapshot == NULL)
        continue;
      if (figure->classes == NULL)
        figure->classes = g_strdupv (snapshot->model->classes);
      if (!g_strv_equal ((const char *const *) figure->classes, (const char *const *) snapshot->model->classes))
        scope_export_refuse_line (figure, SCOPE_EXPORT_MIXED);
      init_origin (&origins[n], session, network);
      take_reading (figure, session, n++, network, ascii);
    }
  if (n == 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SETTINGS, _("No network is chosen: check one at the side."));
      return FALSE;
    }
  figure->description = fig_origins_describe (origins, n);
  figure->gates = (FigGates){
    .name = figure->typed,
    .readings = figure->readings,
    .n_readings = n,
    .classes = (const char *const *) figure->classes,
    .n_classes = g_strv_length (figure->classes),
    .arrangement = n > 1 ? FIG_GATES_SIDE_BY_SIDE : FIG_GATES_STACKED,
  };
  return TRUE;
}

gboolean
scope_export_is (const ScopeExportFigure *figure, const char *id)
{
  return strcmp (figure->id, id) == 0;
}

gboolean
scope_export_is_of_gates (const ScopeExportFigure *figure)
{
  return scope_export_is (figure, "gates") || g_str_has_prefix (figure->id, "gates:");
}

ScopeExportFigure *
scope_export_figure_new (ScopeSession *session, ScopeConfusionSource *matrices, const char *typed, const char *id,
                         GError **error)
{
  static const char *const comparisons[] = { "loss", "accuracy", "confusion", "compare", NULL };
  g_autoptr (ScopeExportFigure) figure = g_new0 (ScopeExportFigure, 1);

  g_return_val_if_fail (SCOPE_IS_SESSION (session) && matrices != NULL && typed != NULL && id != NULL, NULL);
  g_atomic_ref_count_init (&figure->references);
  figure->id = g_strdup (id);
  figure->typed = g_strdup (typed);
  figure->histories = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_history_free);
  figure->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_confusion_free);
  figure->traces = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_trace_free);
  figure->strings = g_ptr_array_new_with_free_func (g_free);
  figure->sources = g_ptr_array_new_with_free_func (scope_export_source_free);
  if (scope_export_is_of_gates (figure))
    {
      if (!take_gates (figure, session, error))
        return NULL;
    }
  else if (g_strv_contains (comparisons, id))
    scope_export_take_comparison (figure, session, matrices);
  else
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   _("There is no figure “%s”; there are loss, accuracy, confusion, compare and gates."), id);
      return NULL;
    }
  scope_export_take_data (figure, session);
  scope_export_add_obstacle (figure);
  return g_steal_pointer (&figure);
}

/* ---- Preparing ---- */

/* Chooses what draws it and its title; gives the height that it needs at that width, in points. */
static double
choose_drawing (ScopeExportFigure *figure, const ScopeExportSettings *settings, double width)
{
  FigCompare *compare = &figure->compare;
  FigPage *page = &figure->page;
  FigTheme *theme = &figure->theme;
  const char *title;

  if (scope_export_is_of_gates (figure))
    {
      figure->title = fig_title_of_gates (figure->typed);
      figure->gates.title = settings->titled ? figure->title : NULL;
      fig_gates_sheet_clear (&figure->sheet);
      fig_gates_sheet_init (&figure->sheet, &figure->gates, theme, width);
      *page = (FigPage){ FIG_DRAW (fig_gates_sheet_draw), FIG_CSV (fig_gates_sheet_csv), FIG_TEX (fig_gates_sheet_tex),
                         &figure->sheet };
      return fig_gates_sheet_height (&figure->sheet, theme, width);
    }
  title = scope_export_is (figure, "loss")        ? fig_title_of_curves (FIG_MEASURE_LOSS)
          : scope_export_is (figure, "accuracy")  ? fig_title_of_curves (FIG_MEASURE_ACCURACY)
          : scope_export_is (figure, "confusion") ? fig_title_of_confusion ()
                                                  : fig_title_of_compare ();
  figure->title = g_strdup (title);
  title = settings->titled ? figure->title : NULL;
  if (scope_export_is (figure, "compare"))
    {
      compare->title = title;
      *page = (FigPage){ FIG_DRAW (fig_compare_draw), FIG_CSV (fig_compare_csv), FIG_TEX (fig_compare_tex), compare };
      return fig_compare_height (compare, theme, width);
    }
  if (scope_export_is (figure, "confusion"))
    {
      compare->confusion.title = title;
      *page = (FigPage){ FIG_DRAW (fig_confusion_draw), FIG_CSV (fig_confusion_csv), FIG_TEX (fig_confusion_tex),
                         &compare->confusion };
      return fig_confusion_height (&compare->confusion, theme, width);
    }
  *page = (FigPage){ FIG_DRAW (fig_curves_draw), FIG_CSV (fig_curves_csv), FIG_TEX (fig_curves_tex),
                     scope_export_is (figure, "loss") ? &compare->loss : &compare->accuracy };
  compare->loss.title = compare->accuracy.title = title;
  return fig_curves_height (theme, width);
}

void
scope_export_figure_prepare (ScopeExportFigure *figure, const ScopeExportSettings *settings)
{
  const char *language = settings->language != NULL ? settings->language : fig_language_of_interface ();
  double width = scope_points (settings->width), height = settings->height, needed;

  fig_language_push (language);
  g_clear_pointer (&figure->title, g_free);
  g_clear_pointer (&figure->command, g_free);
  fig_theme_init (&figure->theme, settings->dark);
  figure->theme.font_size = settings->font_size;
  figure->theme.transparent = settings->transparent;
  figure->theme.plain_numbers = TRUE;
  fig_theme_set_language (&figure->theme, language);
  needed = choose_drawing (figure, settings, width) * 25.4 / 72.0;
  /* A height that the line can tell exactly. */
  if (height <= 0)
    height = MAX (ceil (needed * 10) / 10, LEAST_HEIGHT);
  figure->page.theme = &figure->theme;
  figure->page.width = width;
  figure->page.height = scope_points (height);
  figure->page.dpi = settings->dpi;
  figure->page.language = language;
  figure->command = scope_export_command_line (figure, settings, height);
  fig_language_pop ();
  figure->page.metadata = (FigMetadata){ figure->title, figure->description, figure->command };
}

const FigPage *
scope_export_figure_get_page (ScopeExportFigure *figure)
{
  g_return_val_if_fail (figure->page.draw != NULL, NULL);
  return &figure->page;
}

char *
scope_export_figure_file_name (ScopeExportFigure *figure, FigFormat format)
{
  g_autofree char *stem = g_strdelimit (g_strdup (figure->id), ":/ ", '-');

  return g_strconcat (stem, fig_format_ending (format), NULL);
}

char **
scope_export_figure_ids (ScopeSession *session, char ***names)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown (session);
  GStrvBuilder *ids = g_strv_builder_new (), *titles = g_strv_builder_new ();
  char **result;

  g_strv_builder_add_many (ids, "loss", "accuracy", "confusion", "compare", "gates", NULL);
  g_strv_builder_add_many (titles, C_("figure", "Loss"), C_("figure", "Accuracy"), C_("figure", "Confusion matrices"),
                           C_("figure", "Curves and matrices on a sheet"), C_("figure", "Gates of all networks"), NULL);
  for (guint i = 0; i < shown->len; i++)
    {
      ScopeNetwork *network = g_ptr_array_index (shown, i);
      g_autofree char *k = scope_export_network_id (network), *id = g_strconcat ("gates:", k, NULL);
      const char *format = nn_kind_has_gates (scope_network_get_kind (network)) ? _("Gates of the %s")
                                                                                : _("Hidden state of the %s");
      g_autofree char *title = g_strdup_printf (format, scope_network_get_title (network));

      g_strv_builder_add (ids, id);
      g_strv_builder_add (titles, title);
    }
  *names = g_strv_builder_end (titles);
  result = g_strv_builder_end (ids);
  g_strv_builder_unref (titles);
  g_strv_builder_unref (ids);
  return result;
}
