/* export-gates.c: what the Gates page shows, with numbers of its own.
 *
 * It holds copies of the networks' readings, which no longer change. What says something in words is made when it is
 * prepared, since the language may be another than the window's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-gates.h"

#include "app/export-figure-private.h"
#include "app/gates-pane-private.h"
#include "app/gates-sheets.h"
#include "engine/error.h"

#include <glib/gi18n.h>
#include <string.h>

/* A network's part of the figure. */
typedef struct
{
  ScopeGatesReading *reading; /* owned: a copy */
  char *label; /* owned (nullable): a network's usual name is left to the figure, which says it in its own language */
  ScopeGatesFigure figure;
  FigClamp held[FIG_MAX_CLAMPS];
  gboolean means_are_known; /* the means that gates are held at are those that gatescope-cli measures */
  NnDamage *damage; /* owned (nullable) */

  /* What a figure below the strips has. */
  FigUnitTrace traces[SCOPE_GATES_MOST_PINS];
  FigUnitTraces units;
  NnOcclusion *occlusion;
  NnGradientXInput gradient;
  NnDecomposition *sum;
  FigLetters letters;
  FigAttribution attribution;
  NnSubstitution *map;
  FigSubstitution substitution;
} Part;

struct _ScopeGatesExport
{
  ScopePaneKind what;
  ScopeGatesText *text; /* owned: a copy */
  GPtrArray *parts;     /* of Part */
  GPtrArray *readings;  /* those of the parts */
  char **classes;
  NnDrivers *drivers; /* owned (nullable) */
  NnDataset *data;    /* owned (nullable): that the drivers are of */

  /* As it was prepared. */
  FigReading *all;
  FigGates gates; /* of all networks */
  FigGatesSheet strips;
  gconstpointer *figures;
  FigBeside beside;
  FigSheet *sheet;
  FigSheetFigure table;
};

gboolean
scope_gates_export_parse (const char *id, ScopePaneKind *what, const char **network)
{
  const char *colon = strchr (id, ':');
  g_autofree char *kind = colon != NULL ? g_strndup (id, (gsize) (colon - id)) : g_strdup (id);

  *network = colon != NULL ? colon + 1 : NULL;
  if (strcmp (kind, "gates") == 0)
    {
      *what = SCOPE_PANE_NONE;
      return TRUE;
    }
  return scope_pane_from_id (kind, what) && *what != SCOPE_PANE_NONE
         && (colon == NULL || scope_gates_figures_funcs (*what) != NULL);
}

/* ---- Taking ---- */

static void
part_free (gpointer data)
{
  Part *part = data;

  scope_gates_reading_free (part->reading);
  g_free (part->label);
  g_free (part->damage);
  nn_occlusion_free (part->occlusion);
  nn_decomposition_free (part->sum);
  nn_substitution_free (part->map);
  g_free (part);
}

static gboolean
free_now (gpointer data)
{
  ScopeGatesExport *export = data;

  g_ptr_array_unref (export->readings);
  g_ptr_array_unref (export->parts);
  scope_gates_text_free (export->text);
  g_strfreev (export->classes);
  nn_drivers_free (export->drivers);
  g_clear_pointer (&export->data, nn_dataset_unref);
  g_free (export->all);
  fig_gates_sheet_clear (&export->strips);
  g_free (export->figures);
  fig_sheet_free (export->sheet);
  g_free (export);
  return G_SOURCE_REMOVE;
}

/* The thread that renders a figure may be the last to hold it, and networks are the main thread's. */
void
scope_gates_export_free (ScopeGatesExport *export)
{
  if (export != NULL)
    g_main_context_invoke (NULL, free_now, export);
}

/* While training runs, a map is of weights of some moments ago. */
static void
take_map (Part *part, const ScopeGatesFigures *figures)
{
  const NnSubstitution *map = figures->map;
  NnSubstitution *copy = g_memdup2 (map, sizeof *map);
  gsize n = NN_ALPHABET_SIZE * (gsize) map->length;

  copy->guesses = g_memdup2 (map->guesses, n * sizeof *map->guesses);
  copy->probabilities = g_memdup2 (map->probabilities, n * sizeof *map->probabilities);
  copy->kept = g_memdup2 (map->kept, n * sizeof *map->kept);
  part->map = copy;
  nn_snapshot_unref (part->reading->snapshot);
  part->reading->snapshot = nn_snapshot_ref (figures->map_snapshot);
}

/* FALSE where the network has nothing of the kind. */
static gboolean
take_part (ScopeGatesExport *export, ScopeGatesPane *pane, guint index)
{
  ScopeGatesReading *reading = g_ptr_array_index (pane->readings, index);
  const ScopeGatesFigures *figures = g_ptr_array_index (pane->figures, index);
  const char *title = scope_network_get_title (reading->network);
  NnKind kind = scope_network_get_kind (reading->network);
  ScopeRun *run = scope_network_get_run (reading->network);
  Part *part;

  scope_gates_reading_update (reading);
  if (reading->trace == NULL)
    return FALSE;
  part = g_new0 (Part, 1);
  part->reading = scope_gates_reading_copy (reading, export->text);
  part->means_are_known = reading->means_snapshot == reading->snapshot && run != NULL
                          && scope_run_get_split (run) == scope_session_get_split (export->text->session);
  if (strcmp (title, fig_kind_name (kind)) != 0)
    part->label = g_strdup (title);
  if (pane->damages[index] != NULL)
    part->damage = g_memdup2 (pane->damages[index], sizeof (NnDamage));
  if (export->what == SCOPE_PANE_SUBSTITUTION && figures->map != NULL
      && strcmp (figures->map->ascii, reading->trace->ascii) == 0)
    take_map (part, figures);
  scope_gates_figure_init (&part->figure, part->reading, FALSE);
  if ((export->what == SCOPE_PANE_UNITS && part->figure.reading.n_pinned == 0)
      || (export->what == SCOPE_PANE_SUBSTITUTION && part->map == NULL))
    {
      part_free (part);
      return FALSE;
    }
  g_ptr_array_add (export->parts, part);
  g_ptr_array_add (export->readings, part->reading);
  return TRUE;
}

static void
take_drivers (ScopeGatesExport *export, ScopeGatesPane *pane)
{
  if (export->what != SCOPE_PANE_DRIVERS || pane->drivers == NULL)
    return;
  export->drivers = g_memdup2 (pane->drivers, sizeof *pane->drivers);
  export->drivers->drivers = g_memdup2 (pane->drivers->drivers, pane->drivers->n * sizeof (NnDriver));
  export->data = nn_dataset_ref (pane->drivers_data);
}

static gboolean
has_damage (const ScopeGatesExport *export)
{
  for (guint i = 0; i < export->parts->len; i++)
    if (((Part *) g_ptr_array_index (export->parts, i))->damage != NULL)
      return TRUE;
  return FALSE;
}

/* Why there is nothing to take; NULL where there is something. */
static const char *
find_problem (const ScopeGatesExport *export, guint n_networks)
{
  if (n_networks == 0)
    return _ ("No network is chosen: check one at the side.");
  if (export->what == SCOPE_PANE_DAMAGE && !has_damage (export))
    return _ ("There is nothing to export yet: “Measure” first what each gate is worth.");
  if (export->what == SCOPE_PANE_DRIVERS && export->drivers == NULL)
    return _ ("There is nothing to export yet: pin a unit and show by which names it is driven.");
  if (export->parts->len > 0)
    return NULL;
  return export->what == SCOPE_PANE_UNITS ? _ ("There is nothing to export: no unit is pinned.")
         : export->what == SCOPE_PANE_SUBSTITUTION
           ? _ ("There is nothing to export yet: show “Other Letters” and wait until they are there.")
           : _ ("There is nothing to export: no network has weights yet.");
}

ScopeGatesExport *
scope_gates_export_new (ScopeGatesPane *pane, const char *id, GError **error)
{
  ScopeGatesExport *export;
  const ScopeGatesReading *first;
  const char *network, *problem;
  guint n_networks = 0;

  if (pane->text->problem != NULL)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_NAME, pane->text->problem);
      return NULL;
    }
  export = g_new0 (ScopeGatesExport, 1);
  scope_gates_export_parse (id, &export->what, &network);
  export->text = scope_gates_text_copy (pane->text);
  export->parts = g_ptr_array_new_with_free_func (part_free);
  export->readings = g_ptr_array_new ();
  for (guint i = 0; i < pane->readings->len; i++)
    {
      ScopeGatesReading *reading = g_ptr_array_index (pane->readings, i);
      g_autofree char *name = scope_export_network_id (reading->network);

      if (network != NULL && strcmp (network, name) != 0)
        continue;
      n_networks++;
      take_part (export, pane, i);
    }
  take_drivers (export, pane);
  problem = find_problem (export, n_networks);
  if (problem != NULL)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SETTINGS, problem);
      scope_gates_export_free (export);
      return NULL;
    }
  first = g_ptr_array_index (export->readings, 0);
  export->classes = g_strdupv (first->snapshot->model->classes);
  return export;
}

GPtrArray *
scope_gates_export_get_readings (ScopeGatesExport *export)
{
  return export->readings;
}

/* ---- The line ---- */

static gboolean
needs_means (const Part *part)
{
  return part->reading->held != NULL && nn_clamps_need_means (part->reading->held);
}

/* What is asked of the letters is asked of the network as it is, whatever is held. */
static gboolean
shows_what_is_held (const ScopeGatesExport *export)
{
  return export->what == SCOPE_PANE_NONE || export->what == SCOPE_PANE_UNITS;
}

gboolean
scope_gates_export_needs_names (ScopeGatesExport *export)
{
  for (guint i = 0; shows_what_is_held (export) && i < export->parts->len; i++)
    if (needs_means (g_ptr_array_index (export->parts, i)))
      return TRUE;
  return FALSE;
}

gboolean
scope_gates_export_is_earlier (ScopeGatesExport *export)
{
  for (guint i = 0; i < export->parts->len; i++)
    {
      const ScopeGatesReading *reading = ((const Part *) g_ptr_array_index (export->parts, i))->reading;

      if (reading->snapshot != scope_network_get_snapshot (reading->network))
        return TRUE;
    }
  return FALSE;
}

gboolean
scope_gates_export_is_repeatable (ScopeGatesExport *export)
{
  if (export->what >= SCOPE_PANE_DAMAGE || (export->what != SCOPE_PANE_NONE && export->parts->len > FIG_MAX_READINGS))
    return FALSE;
  for (guint i = 0; i < export->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (export->parts, i);

      if (needs_means (part) && !part->means_are_known)
        return FALSE;
    }
  return TRUE;
}

const char *
scope_gates_export_command (ScopeGatesExport *export)
{
  static const char *const commands[SCOPE_N_PANES] = {
    [SCOPE_PANE_NONE] = "gates",
    [SCOPE_PANE_UNITS] = "units",
    [SCOPE_PANE_LETTERS] = "attribution",
    [SCOPE_PANE_SUBSTITUTION] = "substitutions",
  };

  return commands[export->what];
}

/* In front of a value: whose it is, where there are several networks. */
static void
append_choice (const ScopeGatesExport *export, GString *line, const char *option, guint index, const char *value)
{
  g_autofree char *whole = export->parts->len > 1 ? g_strdup_printf ("%u:%s", index + 1, value) : g_strdup (value);

  scope_export_append_word (line, option);
  scope_export_append_word (line, whole);
}

static void
append_part (const ScopeGatesExport *export, GString *line, guint index)
{
  const Part *part = g_ptr_array_index (export->parts, index);
  const NnClamps *held = part->reading->held;

  for (guint i = 0; held != NULL && i < held->clamps->len; i++)
    {
      g_autofree char *text = nn_clamp_text (&g_array_index (held->clamps, NnClamp, i));

      append_choice (export, line, "--clamp", index, text);
    }
  for (guint i = 0; i < part->figure.reading.n_pinned; i++)
    {
      g_autofree char *unit = g_strdup_printf ("%u", part->figure.pinned[i]);

      append_choice (export, line, "--pin", index, unit);
    }
}

void
scope_gates_export_append_options (ScopeGatesExport *export, GString *line)
{
  static const char *const orders[] = { "index", "last", "clustered" };
  const ScopeGatesState *state = &export->text->state;
  const Part *first = g_ptr_array_index (export->parts, 0);

  if (!shows_what_is_held (export))
    return;
  for (guint i = 0; i < export->parts->len; i++)
    append_part (export, line, i);
  if (export->what == SCOPE_PANE_UNITS)
    return;
  g_string_append (line, export->parts->len > 1 ? " --side-by-side" : "");
  g_string_append (line, state->detail == FIG_GATES_UNITS ? " --detail units" : "");
  if (state->order != NN_UNITS_BY_INDEX)
    g_string_append_printf (line, " --order %s", orders[state->order]);
  if (first->reading->second != NULL)
    {
      scope_export_append_word (line, "--second");
      scope_export_append_word (line, export->text->second);
    }
}

const char *
scope_gates_export_get_name (ScopeGatesExport *export)
{
  return export->text->name;
}

/* ---- The strips ---- */

static void
prepare_part (Part *part)
{
  scope_gates_figure_init (&part->figure, part->reading, FALSE);
  part->figure.reading.label = part->label;
  part->figure.reading.clamps = part->held;
  part->figure.reading.n_clamps = part->reading->held != NULL ? fig_clamps_init (part->held, part->reading->held) : 0;
}

static double
prepare_strips (ScopeGatesExport *export, const char *title, const FigTheme *theme, double width, FigPage *page)
{
  const guint n = export->parts->len;

  export->all = g_renew (FigReading, export->all, n);
  for (guint i = 0; i < n; i++)
    export->all[i] = ((Part *) g_ptr_array_index (export->parts, i))->figure.reading;
  export->gates = (FigGates){
    .name = export->text->name,
    .readings = export->all,
    .n_readings = n,
    .classes = (const char *const *) export->classes,
    .n_classes = g_strv_length (export->classes),
    .arrangement = n > 1 ? FIG_GATES_SIDE_BY_SIDE : FIG_GATES_STACKED,
    .detail = export->text->state.detail,
    .order_name = fig_unit_order_name (export->text->state.order),
    .second_name = export->all[0].second != NULL ? export->text->second : NULL,
    .title = title,
  };
  fig_gates_sheet_clear (&export->strips);
  fig_gates_sheet_init (&export->strips, &export->gates, theme, width);
  *page = (FigPage){ FIG_DRAW (fig_gates_sheet_draw), FIG_CSV (fig_gates_sheet_csv), FIG_TEX (fig_gates_sheet_tex),
                     &export->strips };
  return fig_gates_sheet_height (&export->strips, theme, width);
}

/* ---- Below the strips ---- */

static gboolean
has_sums (const ScopeGatesExport *export)
{
  for (guint i = 0; i < export->parts->len; i++)
    if (((Part *) g_ptr_array_index (export->parts, i))->reading->trace->kind == NN_RNN)
      return TRUE;
  return FALSE;
}

static gconstpointer
prepare_units (Part *part)
{
  const FigReading *reading = &part->figure.reading;

  for (guint i = 0; i < reading->n_pinned; i++)
    part->traces[i] = (FigUnitTrace){
      .label = reading->label, .trace = reading->trace, .unclamped = reading->unclamped, .unit = reading->pinned[i],
    };
  part->units = (FigUnitTraces){ part->traces, reading->n_pinned, NULL };
  return &part->units;
}

static gconstpointer
prepare_letters (const ScopeGatesExport *export, Part *part)
{
  const NnModel *model = part->reading->snapshot->model;
  const char *ascii = part->reading->trace->ascii;

  if (part->occlusion == NULL)
    {
      part->occlusion = nn_occlusion_new (model, ascii);
      part->sum = model->kind == NN_RNN ? nn_decomposition_new (model, ascii) : NULL;
      nn_gradient_x_input (model, ascii, (int) part->occlusion->guess, &part->gradient);
    }
  fig_attribution_init (&part->attribution, &part->letters, model, ascii, part->occlusion, &part->gradient, part->sum);
  part->attribution.label = part->figure.reading.label;
  part->attribution.keep_contributions = has_sums (export);
  return &part->attribution;
}

static gconstpointer
prepare_map (Part *part)
{
  fig_substitution_init (&part->substitution, part->reading->snapshot->model, part->map);
  part->substitution.label = part->figure.reading.label;
  return &part->substitution;
}

static double
prepare_figures (ScopeGatesExport *export, const char *title, const FigTheme *theme, double width, FigPage *page)
{
  static const FigBesideKind kinds[SCOPE_N_PANES] = {
    [SCOPE_PANE_UNITS] = FIG_BESIDE_UNITS,
    [SCOPE_PANE_LETTERS] = FIG_BESIDE_ATTRIBUTION,
    [SCOPE_PANE_SUBSTITUTION] = FIG_BESIDE_SUBSTITUTIONS,
  };

  export->figures = g_renew (gconstpointer, export->figures, export->parts->len);
  for (guint i = 0; i < export->parts->len; i++)
    {
      Part *part = g_ptr_array_index (export->parts, i);

      export->figures[i] = export->what == SCOPE_PANE_UNITS     ? prepare_units (part)
                           : export->what == SCOPE_PANE_LETTERS ? prepare_letters (export, part)
                                                                : prepare_map (part);
    }
  fig_beside_init (&export->beside, kinds[export->what], export->figures, export->parts->len, title);
  *page = (FigPage){ FIG_DRAW (fig_beside_draw), FIG_CSV (fig_beside_csv), NULL, &export->beside };
  return fig_beside_height (&export->beside, theme, width);
}

/* ---- Tables ---- */

static FigSheet *
new_sheet (const ScopeGatesExport *export)
{
  g_autofree const NnDamage **damages = NULL;

  if (export->what == SCOPE_PANE_TABLE)
    return scope_gates_table_sheet (export->readings, TRUE);
  if (export->what == SCOPE_PANE_DRIVERS)
    return scope_gates_drivers_sheet (export->drivers, export->data, TRUE);
  damages = g_new (const NnDamage *, export->parts->len);
  for (guint i = 0; i < export->parts->len; i++)
    damages[i] = ((Part *) g_ptr_array_index (export->parts, i))->damage;
  return scope_gates_damage_sheet (export->readings, damages, TRUE);
}

static double
prepare_table (ScopeGatesExport *export, const char *title, const FigTheme *theme, double width, FigPage *page)
{
  fig_sheet_free (export->sheet);
  export->sheet = new_sheet (export);
  export->table = (FigSheetFigure){ export->sheet, title };
  *page = (FigPage){ FIG_DRAW (fig_sheet_draw), FIG_CSV (fig_sheet_csv), NULL, &export->table };
  return fig_sheet_height (&export->table, theme, width);
}

/* ---- Preparing ---- */

static char *
title_of (const ScopeGatesExport *export)
{
  const char *name = export->text->name;

  switch (export->what)
    {
    case SCOPE_PANE_UNITS:
      return fig_title_of_units (name);
    case SCOPE_PANE_LETTERS:
      return fig_title_of_attribution (name);
    case SCOPE_PANE_SUBSTITUTION:
      return fig_title_of_substitutions (name);
    case SCOPE_PANE_DAMAGE:
      return g_strdup (fig_gettext (N_ ("What each gate is worth: accuracy while it is held")));
    case SCOPE_PANE_DRIVERS:
      return g_strdup (fig_gettext (N_ ("The names that drive the pinned unit highest")));
    default:
      return fig_title_of_gates (name);
    }
}

double
scope_gates_export_prepare (ScopeGatesExport *export,
                            gboolean titled,
                            const FigTheme *theme,
                            double width,
                            FigPage *page,
                            char **title)
{
  const char *shown;

  *title = title_of (export);
  shown = titled ? *title : NULL;
  for (guint i = 0; i < export->parts->len; i++)
    prepare_part (g_ptr_array_index (export->parts, i));
  if (export->what == SCOPE_PANE_NONE)
    return prepare_strips (export, shown, theme, width, page);
  return scope_gates_figures_funcs (export->what) != NULL ? prepare_figures (export, shown, theme, width, page)
                                                          : prepare_table (export, shown, theme, width, page);
}
