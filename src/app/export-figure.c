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
  g_ptr_array_unref (figure->sources);
  g_strfreev (figure->classes);
  g_free (figure->series);
  g_free (figure->matrices);
  g_free (figure->order);
  scope_gates_export_free (figure->gates);
  g_free (figure->data);
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

/* ---- Gates ---- */

char *
scope_export_network_id (ScopeNetwork *network)
{
  const char *path = scope_network_get_path (network);

  return path != NULL ? g_filename_display_basename (path) : g_strdup (nn_kind_id (scope_network_get_kind (network)));
}

/* What its weights say of themselves once they are saved, or did when they were opened. */
static void
init_origin (FigOrigin *origin, ScopeSession *session, const ScopeGatesReading *reading)
{
  const char *preset = scope_session_get_settings (session)->preset;
  ScopeNetwork *network = reading->network;
  ScopeRun *run = scope_network_get_run (network);

  if (run == NULL && scope_network_get_facts (network) != NULL)
    {
      fig_origin_init_of_weights (origin, reading->snapshot->model, scope_network_get_facts (network),
                                  scope_network_get_opened_preset (network));
      return;
    }
  *origin = (FigOrigin){
    .kind = scope_network_get_kind (network),
    .hidden = reading->snapshot->model->hidden,
    .has_iterations = reading->snapshot->iteration != NN_ITERATION_UNKNOWN,
    .iterations = reading->snapshot->iteration,
  };
  if (run == NULL)
    return;
  origin->has_seed = TRUE;
  origin->seed = scope_run_get_settings (run)->seed;
  origin->preset = *preset != '\0' ? preset : NULL;
  origin->data_hash = scope_run_get_data_hash (run);
}

static void
take_reading (ScopeExportFigure *figure, ScopeSession *session, const ScopeGatesReading *reading)
{
  char **classes = reading->snapshot->model->classes;
  NnKind kind = scope_network_get_kind (reading->network);
  const char *label = scope_export_keep_label (figure, scope_network_get_title (reading->network), kind);

  if (figure->classes == NULL)
    figure->classes = g_strdupv (classes);
  if (!g_strv_equal ((const char *const *) figure->classes, (const char *const *) classes))
    scope_export_refuse_line (figure, SCOPE_EXPORT_MIXED);
  scope_export_add_source (figure, session, scope_network_get_run (reading->network), reading->network, kind, label,
                           TRUE);
}

static gboolean
take_gates (ScopeExportFigure *figure, ScopeSession *session, ScopeGatesPane *gates, GError **error)
{
  g_autofree FigOrigin *origins = NULL;
  GPtrArray *readings;

  figure->gates = scope_gates_export_new (gates, figure->id, error);
  if (figure->gates == NULL)
    return FALSE;
  if (scope_gates_export_is_earlier (figure->gates))
    scope_export_refuse_line (figure, SCOPE_EXPORT_EARLIER);
  else if (!scope_gates_export_is_repeatable (figure->gates))
    scope_export_refuse_line (figure, SCOPE_EXPORT_MEASURED);
  readings = scope_gates_export_get_readings (figure->gates);
  origins = g_new0 (FigOrigin, readings->len);
  for (guint i = 0; i < readings->len; i++)
    {
      init_origin (&origins[i], session, g_ptr_array_index (readings, i));
      take_reading (figure, session, g_ptr_array_index (readings, i));
    }
  figure->description = fig_origins_describe (origins, readings->len);
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
  figure->sources = g_ptr_array_new_with_free_func (scope_export_source_free);
  if (scope_export_is_of_gates (figure))
    {
      if (!take_gates (figure, session, gates, error))
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
