/* export-figure.c: a figure of the session with numbers of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-figure-private.h"

#include "app/gates-pane.h"
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
  g_ptr_array_unref (figure->strings);
  g_clear_pointer (&figure->sources, g_ptr_array_unref);
  g_strfreev (figure->classes);
  g_free (figure->series);
  g_free (figure->matrices);
  g_free (figure->order);
  scope_gates_export_free (figure->gates);
  g_free (figure->id);
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

void
scope_export_forget_sources (ScopeExportFigure *figure)
{
  g_clear_pointer (&figure->sources, g_ptr_array_unref);
}

void
scope_export_add_source (ScopeExportFigure *figure, ScopeSession *session, ScopeRun *run, const char *path,
                         gboolean weights)
{
  g_autofree char *saved = run != NULL ? scope_session_get_saved_name (session, run) : NULL;
  g_autofree char *opened = path != NULL && weights ? g_filename_display_basename (path) : NULL;

  if (figure->sources == NULL)
    return;
  if (saved == NULL && opened == NULL)
    {
      scope_export_forget_sources (figure);
      return;
    }
  g_ptr_array_add (figure->sources, g_strdup (weights ? "--weights" : "--run"));
  g_ptr_array_add (figure->sources, opened != NULL ? g_steal_pointer (&opened)
                                                   : g_strconcat (saved, weights ? ".safetensors" : ".run.json", NULL));
}

void
scope_export_init_origin (FigOrigin *origin, NnKind kind, ScopeRun *run, const NnSnapshot *snapshot,
                          const char *preset)
{
  *origin = (FigOrigin){
    .kind = kind,
    .hidden = snapshot->model->hidden,
    .has_iterations = snapshot->iteration != NN_ITERATION_UNKNOWN,
    .iterations = snapshot->iteration,
  };
  if (run == NULL)
    return;
  origin->has_seed = TRUE;
  origin->seed = scope_run_get_settings (run)->seed;
  origin->preset = preset;
  origin->data_hash = nn_dataset_hash (nn_split_dataset (scope_run_get_split (run)));
}

/* ---- Gates ---- */

char *
scope_export_network_id (ScopeNetwork *network)
{
  const char *path = scope_network_get_path (network);

  return path != NULL ? g_filename_display_basename (path) : g_strdup (nn_kind_id (scope_network_get_kind (network)));
}

static gboolean
take_gates (ScopeExportFigure *figure, ScopeSession *session, ScopeGatesPane *gates, GError **error)
{
  const char *preset = scope_session_get_settings (session)->preset;
  g_autofree FigOrigin *origins = NULL;
  GPtrArray *readings;

  figure->gates = scope_gates_export_new (gates, figure->id, error);
  if (figure->gates == NULL)
    return FALSE;
  readings = scope_gates_export_get_readings (figure->gates);
  origins = g_new0 (FigOrigin, readings->len);
  for (guint i = 0; i < readings->len; i++)
    {
      const ScopeGatesReading *reading = g_ptr_array_index (readings, i);
      ScopeRun *run = scope_network_get_run (reading->network);

      scope_export_init_origin (&origins[i], scope_network_get_kind (reading->network), run, reading->snapshot,
                                *preset != '\0' ? preset : NULL);
      scope_export_add_source (figure, session, run, scope_network_get_path (reading->network), TRUE);
    }
  figure->description = fig_origins_describe (origins, readings->len);
  if (!scope_gates_export_is_repeatable (figure->gates))
    scope_export_forget_sources (figure);
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
  ScopePaneKind what;
  const char *network;

  return scope_gates_export_parse (figure->id, &what, &network);
}

ScopeExportFigure *
scope_export_figure_new (ScopeSession *session, ScopeConfusionSource *matrices, ScopeGatesPane *gates, const char *id,
                         GError **error)
{
  static const char *const comparisons[] = { "loss", "accuracy", "confusion", "compare", NULL };
  g_autoptr (ScopeExportFigure) figure = g_new0 (ScopeExportFigure, 1);

  g_return_val_if_fail (SCOPE_IS_SESSION (session) && matrices != NULL && gates != NULL && id != NULL, NULL);
  g_atomic_ref_count_init (&figure->references);
  figure->id = g_strdup (id);
  figure->histories = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_history_free);
  figure->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_confusion_free);
  figure->strings = g_ptr_array_new_with_free_func (g_free);
  figure->sources = g_ptr_array_new_with_free_func (g_free);
  if (scope_export_is_of_gates (figure))
    return take_gates (figure, session, gates, error) ? g_steal_pointer (&figure) : NULL;
  if (!g_strv_contains (comparisons, id))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   _("There is no figure “%s”; there are loss, accuracy, confusion, compare and gates."), id);
      return NULL;
    }
  scope_export_take_comparison (figure, session, matrices);
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

  if (figure->gates != NULL)
    return scope_gates_export_prepare (figure->gates, settings->titled, theme, width, page, &figure->title);
  title = scope_export_is (figure, "loss")        ? fig_title_of_curves (FIG_MEASURE_LOSS)
          : scope_export_is (figure, "accuracy")  ? fig_title_of_curves (FIG_MEASURE_ACCURACY)
          : scope_export_is (figure, "confusion") ? fig_title_of_confusion ()
                                                  : fig_title_of_compare ();
  figure->title = g_strdup (title);
  title = settings->titled ? figure->title : NULL;
  if (scope_export_is (figure, "compare"))
    {
      compare->title = title;
      *page = (FigPage){ FIG_DRAW (fig_compare_draw), NULL, NULL, compare };
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
  fig_language_pop ();
  figure->page.theme = &figure->theme;
  figure->page.width = width;
  figure->page.height = scope_points (height);
  figure->page.dpi = settings->dpi;
  figure->page.language = language;
  figure->command = scope_export_command_line (figure, settings, height);
  figure->page.metadata = (FigMetadata){ figure->title, figure->description, figure->command };
}

const FigPage *
scope_export_figure_get_page (ScopeExportFigure *figure)
{
  g_return_val_if_fail (figure->page.draw != NULL, NULL);
  return &figure->page;
}

gboolean
scope_export_figure_has_format (ScopeExportFigure *figure, FigFormat format)
{
  if (figure->gates != NULL)
    return scope_gates_export_has_format (figure->gates, format);
  return !scope_export_is (figure, "compare") || (format != FIG_FORMAT_CSV && format != FIG_FORMAT_TEX);
}

char *
scope_export_figure_file_name (ScopeExportFigure *figure, FigFormat format)
{
  g_autofree char *stem = g_strdelimit (g_strdup (figure->id), ":/ ", '-');

  return g_strconcat (stem, fig_format_ending (format), NULL);
}

static void
add_id (GStrvBuilder *ids, GStrvBuilder *titles, const char *kind, const char *format, ScopeNetwork *network)
{
  g_autofree char *k = scope_export_network_id (network), *id = g_strconcat (kind, ":", k, NULL);
  g_autofree char *title = g_strdup_printf (format, scope_network_get_title (network));

  g_strv_builder_add (ids, id);
  g_strv_builder_add (titles, title);
}

/* What stands below the strips at the moment. */
static void
add_pane_ids (GStrvBuilder *ids, GStrvBuilder *titles, ScopeGatesPane *gates, GPtrArray *shown)
{
  ScopePaneKind kind = scope_gates_pane_get_kind (gates);

  if (kind == SCOPE_PANE_NONE)
    return;
  g_strv_builder_add (ids, scope_pane_id (kind));
  g_strv_builder_add (titles, scope_pane_title (kind));
  for (guint i = 0; scope_pane_title_format (kind) != NULL && i < shown->len; i++)
    add_id (ids, titles, scope_pane_id (kind), scope_pane_title_format (kind), g_ptr_array_index (shown, i));
}

char **
scope_export_figure_ids (ScopeSession *session, ScopeGatesPane *gates, char ***names)
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

      add_id (ids, titles, "gates",
              nn_kind_has_gates (scope_network_get_kind (network)) ? _("Gates of the %s") : _("Hidden state of the %s"),
              network);
    }
  add_pane_ids (ids, titles, gates, shown);
  *names = g_strv_builder_end (titles);
  result = g_strv_builder_end (ids);
  g_strv_builder_unref (titles);
  g_strv_builder_unref (ids);
  return result;
}
