/* export-sources.c: what gatescope-cli needs to make an exported figure again, and why it may not be able to.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-figure-private.h"

#include "run/paths.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- What stands in the way ---- */

static const char *const obstacles[] = {
  [SCOPE_EXPORT_EMPTY] = N_("No line of gatescope-cli makes this figure again, since no network is in it."),
  [SCOPE_EXPORT_UNTRAINED]
  = N_("No line of gatescope-cli makes this figure again, since a network in it is not trained; train it and save the "
       "runs (Ctrl+S), then export again."),
  [SCOPE_EXPORT_RUNNING]
  = N_("No line of gatescope-cli makes this figure again, since training goes on; pause it and save the runs (Ctrl+S), "
       "then export again."),
  [SCOPE_EXPORT_UNCOUNTED]
  = N_("No line of gatescope-cli makes this figure again, since not all of its matrices are counted; export it again "
       "when they are."),
  [SCOPE_EXPORT_EARLIER]
  = N_("No line of gatescope-cli makes this figure again, since it shows an earlier moment of the training, of which no "
       "weights are saved; go back to now, then export again."),
  [SCOPE_EXPORT_MEASURED]
  = N_("No line of gatescope-cli makes this figure again, since it shows what was measured with weights of another "
       "moment or other names, or what the window alone measures."),
  [SCOPE_EXPORT_MIXED]
  = N_("No line of gatescope-cli makes this figure again, since its matrices are of different names; hide the runs of "
       "other names, or let the training end, then export again."),
};

void
scope_export_refuse_line (ScopeExportFigure *figure, ScopeExportObstacle obstacle)
{
  if (figure->obstacle == SCOPE_EXPORT_HAS_LINE)
    figure->obstacle = obstacle;
}

void
scope_export_add_obstacle (ScopeExportFigure *figure)
{
  g_autofree char *origins = NULL;

  if (figure->sources->len == 0)
    scope_export_refuse_line (figure, SCOPE_EXPORT_EMPTY);
  if (figure->obstacle == SCOPE_EXPORT_HAS_LINE)
    return;
  /* In English, as all that files say of themselves. */
  origins = g_steal_pointer (&figure->description);
  figure->description = g_strjoin (*origins != '\0' ? "; " : "", origins, obstacles[figure->obstacle], NULL);
}

const char *
scope_export_figure_get_advice (ScopeExportFigure *figure)
{
  if (figure->obstacle != SCOPE_EXPORT_HAS_LINE)
    return _(obstacles[figure->obstacle]);
  return figure->unsaved ? _("Save the runs (Ctrl+S), so that its gatescope-cli line can make it again.") : NULL;
}

char *
scope_export_figure_add_advice (ScopeExportFigure *figure, char *message)
{
  const char *advice = scope_export_figure_get_advice (figure);
  g_autofree char *alone = message;

  /* Translators: two sentences. */
  return advice != NULL ? g_strdup_printf (C_("two sentences", "%s %s"), alone, advice) : g_steal_pointer (&alone);
}

const char *
scope_export_figure_get_line (ScopeExportFigure *figure)
{
  return figure->command;
}

/* ---- Files ---- */

void
scope_export_source_free (gpointer data)
{
  ScopeExportSource *source = data;

  g_free (source->file);
  g_free (source);
}

/* (transfer full) (nullable): with the obstacle told. */
static char *
file_of_run (ScopeExportFigure *figure, ScopeSession *session, ScopeRun *run, gboolean weights)
{
  g_autofree char *saved = scope_session_get_saved_name (session, run, NULL);
  ScopeRunState state = scope_run_get_state (run);

  if (saved == NULL)
    {
      scope_export_refuse_line (figure, SCOPE_EXPORT_UNTRAINED);
      return NULL;
    }
  if (state != SCOPE_RUN_PAUSED && !scope_run_is_over (run))
    scope_export_refuse_line (figure, SCOPE_EXPORT_RUNNING);
  figure->unsaved = figure->unsaved || !scope_session_is_saved (session, run);
  return g_strconcat (saved, weights ? ".safetensors" : ".run.json", NULL);
}

void
scope_export_add_source (ScopeExportFigure *figure, ScopeSession *session, ScopeRun *run, ScopeNetwork *network,
                         NnKind kind, const char *label, gboolean weights)
{
  ScopeExportSource *source = g_new0 (ScopeExportSource, 1);

  source->weights = weights || run == NULL;
  source->kind = kind;
  source->label = label;
  source->file = run != NULL ? file_of_run (figure, session, run, weights)
                             : g_filename_display_basename (scope_network_get_path (network));
  g_ptr_array_add (figure->sources, source);
}

/* ---- Names ---- */

/* A run has a split of its own; the options of the line are for all matrices that are counted anew, so where one of
 * them needs the options, all must agree. */
static void
need_split (ScopeExportFigure *figure, gboolean has_split, double hold_out, guint32 seed, guint draws)
{
  ScopeExportCounting *counting = &figure->counting;
  gboolean differs = counting->needed && (counting->hold_out != hold_out || counting->seed != seed);

  has_split = has_split || counting->has_split;
  differs = differs || counting->varies;
  if ((has_split && differs) || (counting->needed && counting->draws != draws))
    scope_export_refuse_line (figure, SCOPE_EXPORT_MIXED);
  *counting = (ScopeExportCounting){ TRUE, has_split, differs, hold_out, seed, draws };
}

void
scope_export_count_matrix (ScopeExportFigure *figure, ScopeConfusionSource *source, ScopeResult *result,
                           const NnConfusion *confusion)
{
  NnCounted counted = scope_counts_get_counted (source->counts);
  const ScopeSettings *settings = scope_session_get_settings (source->session);
  NnDataset *dataset = scope_session_get_dataset (source->session);
  ScopeRun *run = scope_result_get_run (result);
  guint draws = counted == NN_COUNTED_DRAWS && confusion != NULL ? (guint) confusion->total : NN_EVALUATION_DRAWS;

  if (confusion == NULL || !scope_counts_is_current (source->counts, result))
    scope_export_refuse_line (figure, SCOPE_EXPORT_UNCOUNTED);
  else if (run != NULL && scope_run_is_over (run) && counted == NN_COUNTED_DRAWS)
    return;
  else if (run != NULL && counted == NN_COUNTED_HELD_OUT && scope_result_get_held_out_confusion (result) != NULL)
    return;
  else if (run != NULL && strcmp (scope_run_get_data_hash (run), nn_dataset_hash (dataset)) != 0)
    scope_export_refuse_line (figure, SCOPE_EXPORT_MIXED);
  else if (counted == NN_COUNTED_ROWS)
    figure->counting.needed = TRUE;
  else if (run == NULL)
    need_split (figure, TRUE, settings->hold_out, settings->seed, draws);
  else
    {
      const NnSettings *own = scope_run_get_settings (run);

      /* What goes on is drawn with the session's seed, and held out with its own. */
      if (counted == NN_COUNTED_DRAWS && own->seed != settings->seed)
        scope_export_refuse_line (figure, SCOPE_EXPORT_MIXED);
      need_split (figure, FALSE, own->hold_out, own->seed, draws);
    }
}

void
scope_export_take_data (ScopeExportFigure *figure, ScopeSession *session)
{
  NnDataset *dataset = scope_session_get_dataset (session);
  const char *folder = dataset != NULL ? nn_dataset_folder (dataset) : NULL;
  g_autofree char *own = scope_paths_names_folder (), *own_whole = g_canonicalize_filename (own, NULL);
  g_autofree char *whole = folder != NULL ? g_canonicalize_filename (folder, NULL) : NULL;
  gboolean needed
    = figure->gates != NULL ? scope_gates_export_needs_names (figure->gates) : figure->counting.needed;

  if (needed && whole != NULL && strcmp (whole, own_whole) != 0)
    figure->data = g_filename_display_basename (whole);
}
