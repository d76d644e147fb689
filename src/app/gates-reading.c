/* gates-reading.c: a network's reading of the name on the Gates page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-reading.h"

#include "figure/analysis.h"
#include "run/moment.h"

#include <glib/gi18n.h>
#include <string.h>

ScopeGatesText *
scope_gates_text_copy (const ScopeGatesText *text)
{
  ScopeGatesText *copy = g_memdup2 (text, sizeof *text);

  copy->session = g_object_ref (text->session);
  copy->state.pins = g_array_copy (text->state.pins);
  copy->state.clamps = g_array_copy (text->state.clamps);
  copy->state.has_cursor = FALSE;
  copy->n_letters = (guint) strlen (text->ascii);
  copy->name = g_strdup (copy->n_letters < text->n_letters ? text->ascii : text->name);
  copy->ascii = g_strdup (text->ascii);
  copy->problem = g_strdup (text->problem);
  copy->second = g_strdup (text->second);
  copy->second_ascii = g_strdup (text->second_ascii);
  copy->second_problem = g_strdup (text->second_problem);
  return copy;
}

void
scope_gates_text_free (ScopeGatesText *text)
{
  if (text == NULL)
    return;
  g_object_unref (text->session);
  scope_gates_state_clear (&text->state);
  g_free (text->name);
  g_free (text->ascii);
  g_free (text->problem);
  g_free (text->second);
  g_free (text->second_ascii);
  g_free (text->second_problem);
  g_free (text);
}

/* ---- The means that gates are held at, measured on another thread ---- */

typedef struct
{
  NnSnapshot *snapshot;
  NnSplit *split;
} Measurement;

static void
measurement_free (gpointer data)
{
  Measurement *measurement = data;

  nn_snapshot_unref (measurement->snapshot);
  nn_split_unref (measurement->split);
  g_free (measurement);
}

static gboolean
goes_on (double done, gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
measure (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Measurement *measurement = data;

  g_task_return_pointer (
    task, nn_gate_means_new_training (measurement->snapshot->model, measurement->split, goes_on, cancellable),
    (GDestroyNotify) nn_gate_means_free);
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  Measurement *measurement = g_task_get_task_data (G_TASK (result));
  g_autoptr (NnGateMeans) means = g_task_propagate_pointer (G_TASK (result), NULL);
  ScopeGatesReading *reading = data;

  /* After a cancellation the reading is no more. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&reading->measuring);
  if (means == NULL)
    return;
  g_clear_pointer (&reading->means, nn_gate_means_free);
  g_clear_pointer (&reading->means_snapshot, nn_snapshot_unref);
  reading->means = g_steal_pointer (&means);
  reading->means_snapshot = nn_snapshot_ref (measurement->snapshot);
  reading->means_serial++;
  reading->changed (reading->data);
}

/* While training runs the weights change faster than means are measured: those of some moments ago are used then. */
static void
ask_for_means (ScopeGatesReading *reading)
{
  NnSplit *split = scope_session_get_split (reading->text->session);
  g_autoptr (GTask) task = NULL;
  Measurement *measurement;

  if (reading->measuring != NULL || reading->means_snapshot == reading->snapshot || split == NULL)
    return;
  measurement = g_new0 (Measurement, 1);
  measurement->snapshot = nn_snapshot_ref (reading->snapshot);
  measurement->split = nn_split_ref (split);
  reading->measuring = g_cancellable_new ();
  task = g_task_new (NULL, reading->measuring, on_measured, reading);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, measurement, measurement_free);
  g_task_run_in_thread (task, measure);
}

/* ---- Traces ---- */

static void
drop (ScopeGatesReading *reading)
{
  g_clear_pointer (&reading->trace, nn_trace_free);
  g_clear_pointer (&reading->unclamped, nn_trace_free);
  g_clear_pointer (&reading->second, nn_trace_free);
  g_clear_pointer (&reading->second_unclamped, nn_trace_free);
  g_clear_pointer (&reading->order, g_free);
  for (guint state = 0; state < NN_N_STATES; state++)
    g_clear_pointer (&reading->telling[state], g_free);
  reading->n_telling = 0;
  g_clear_pointer (&reading->held, nn_clamps_free);
  g_clear_pointer (&reading->snapshot, nn_snapshot_unref);
}

ScopeGatesReading *
scope_gates_reading_new (const ScopeGatesText *text, ScopeNetwork *network, ScopeGatesChanged changed, gpointer data)
{
  ScopeGatesReading *reading = g_new0 (ScopeGatesReading, 1);

  reading->text = text;
  reading->network = g_object_ref (network);
  reading->changed = changed;
  reading->data = data;
  return reading;
}

void
scope_gates_reading_free (ScopeGatesReading *reading)
{
  if (reading->measuring != NULL)
    g_cancellable_cancel (reading->measuring);
  g_clear_object (&reading->measuring);
  drop (reading);
  g_clear_pointer (&reading->means, nn_gate_means_free);
  g_clear_pointer (&reading->means_snapshot, nn_snapshot_unref);
  g_object_unref (reading->network);
  g_free (reading);
}

/* Whether @clamp holds something of this network. */
static gboolean
concerns (const ScopeGatesReading *reading, const ScopeGatesClamp *clamp)
{
  return (clamp->network == NULL || clamp->network == reading->network) && reading->snapshot != NULL
         && nn_clamp_check (&clamp->clamp, reading->snapshot->model, NULL);
}

/* What is held now: means that are still being measured are not. (transfer full) (nullable) */
static NnClamps *
clamps_of (ScopeGatesReading *reading)
{
  g_autoptr (NnClamps) clamps = nn_clamps_new ();
  GArray *all = reading->text->state.clamps;

  for (guint i = 0; i < all->len; i++)
    {
      const ScopeGatesClamp *clamp = &g_array_index (all, ScopeGatesClamp, i);
      gboolean needs_means = clamp->clamp.value == NN_CLAMP_MEAN;

      if (!concerns (reading, clamp))
        continue;
      if (needs_means)
        ask_for_means (reading);
      if (!needs_means || (reading->means != NULL && reading->means->hidden == reading->snapshot->model->hidden))
        nn_clamps_add (clamps, &clamp->clamp);
    }
  if (clamps->clamps->len == 0)
    return NULL;
  if (nn_clamps_need_means (clamps))
    nn_clamps_take_means (clamps, nn_gate_means_copy (reading->means));
  return g_steal_pointer (&clamps);
}

/* The weights at the moment that is chosen. (nullable) (transfer none) */
static NnSnapshot *
snapshot_of (const ScopeGatesReading *reading)
{
  NnSnapshot *earlier = scope_moment_of_run (reading->text->session, scope_network_get_run (reading->network),
                                             reading->text->state.time);

  return earlier != NULL ? earlier : scope_network_get_snapshot (reading->network);
}

static void
order_units (ScopeGatesReading *reading)
{
  const NnTrace *trace = reading->trace;

  reading->by = reading->text->state.order;
  g_clear_pointer (&reading->order, g_free);
  if (reading->by == NN_UNITS_BY_INDEX)
    return;
  reading->order = g_new (guint, trace->hidden);
  nn_units_order (trace, reading->by, reading->order);
}

static void
find_telling (ScopeGatesReading *reading)
{
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      if (reading->trace->states[state] == NULL)
        continue;
      reading->telling[state] = g_new (guint, SCOPE_GATES_TELLING);
      reading->n_telling = nn_units_most_telling (reading->trace, state, SCOPE_GATES_TELLING, reading->telling[state]);
    }
}

static gboolean
is_of (const NnTrace *trace, const char *ascii)
{
  return trace == NULL ? *ascii == '\0' : strcmp (trace->ascii, ascii) == 0;
}

/* With the snapshot and the clamps that are there. */
static void
read_name (ScopeGatesReading *reading)
{
  const ScopeGatesText *text = reading->text;
  const NnModel *model = reading->snapshot->model;

  reading->trace = nn_trace_new_clamped (model, text->ascii, -1, reading->held);
  if (reading->held != NULL)
    reading->unclamped = nn_trace_new (model, text->ascii, -1);
  if (text->second_problem == NULL && *text->second_ascii != '\0')
    {
      reading->second = nn_trace_new_clamped (model, text->second_ascii, -1, reading->held);
      if (reading->held != NULL)
        reading->second_unclamped = nn_trace_new (model, text->second_ascii, -1);
    }
  find_telling (reading);
  order_units (reading);
}

ScopeGatesReading *
scope_gates_reading_copy (const ScopeGatesReading *reading, const ScopeGatesText *text)
{
  ScopeGatesReading *copy = scope_gates_reading_new (text, reading->network, NULL, NULL);

  copy->is_frozen = TRUE;
  if (reading->trace == NULL)
    return copy;
  copy->snapshot = nn_snapshot_ref (reading->snapshot);
  copy->held = reading->held != NULL ? nn_clamps_copy (reading->held) : NULL;
  read_name (copy);
  return copy;
}

void
scope_gates_reading_update (ScopeGatesReading *reading)
{
  const ScopeGatesText *text = reading->text;
  NnSnapshot *snapshot = snapshot_of (reading);
  gboolean is_current = reading->trace != NULL && reading->snapshot == snapshot
                        && reading->serial == text->state.serial && reading->used_means == reading->means_serial
                        && is_of (reading->trace, text->ascii)
                        && is_of (reading->second, text->second_problem == NULL ? text->second_ascii : "");

  if (reading->is_frozen)
    return;
  if (snapshot == NULL || text->problem != NULL || *text->ascii == '\0')
    {
      drop (reading);
      return;
    }
  if (is_current)
    {
      if (reading->by != text->state.order)
        order_units (reading);
      return;
    }
  nn_snapshot_ref (snapshot);
  drop (reading);
  reading->snapshot = snapshot;
  reading->held = clamps_of (reading);
  reading->serial = text->state.serial;
  reading->used_means = reading->means_serial;
  read_name (reading);
}

/* ---- For the figure library ---- */

static NnState
state_of_gate (NnGate gate)
{
  static const NnState states[NN_N_GATES] = {
    [NN_GATE_INPUT] = NN_STATE_INPUT,
    [NN_GATE_FORGET] = NN_STATE_FORGET,
    [NN_GATE_CANDIDATE] = NN_STATE_CANDIDATE,
    [NN_GATE_OUTPUT] = NN_STATE_OUTPUT,
  };

  return states[gate];
}

static const char *
value_words (const ScopeGatesReading *reading, NnClampValue value)
{
  if (value == NN_CLAMP_MEAN)
    return reading->means != NULL ? C_ ("clamp", "its mean") : C_ ("clamp", "its mean (being measured)");
  return value == NN_CLAMP_ONE ? "1" : "0";
}

static void
add_clamps (ScopeGatesFigure *figure, const ScopeGatesReading *reading)
{
  GArray *all = reading->text->state.clamps;
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const ScopeGatesClamp *clamp = &g_array_index (all, ScopeGatesClamp, i);

      if (concerns (reading, clamp))
        figure->clamps[n++] = (FigClamp){
          .state = state_of_gate (clamp->clamp.gate),
          .value = value_words (reading, clamp->clamp.value),
          .units = clamp->clamp.all_units ? NULL : clamp->clamp.units,
          .letters = clamp->clamp.letters,
        };
    }
  figure->reading.clamps = figure->clamps;
  figure->reading.n_clamps = n;
}

const FigGates *
scope_gates_figure_init (ScopeGatesFigure *figure, const ScopeGatesReading *reading, gboolean beside)
{
  static const char *const no_classes[] = { NULL };
  const ScopeGatesText *text = reading->text;
  const NnModel *model = reading->snapshot != NULL ? reading->snapshot->model : NULL;

  figure->reading = (FigReading){
    .label = scope_network_get_title (reading->network),
    .kind = scope_network_get_kind (reading->network),
    .trace = reading->trace,
    .iterations = reading->snapshot != NULL ? reading->snapshot->iteration : 0,
    .order = reading->order,
    .n_telling = reading->n_telling,
    .pinned = figure->pinned,
    .unclamped = reading->unclamped,
    .second = reading->second,
    .second_unclamped = reading->second_unclamped,
  };
  for (guint state = 0; state < NN_N_STATES; state++)
    figure->reading.telling[state] = reading->telling[state];
  if (model != NULL)
    figure->reading.n_pinned
      = scope_gates_state_pinned (&text->state, reading->network, model->hidden, figure->pinned);
  add_clamps (figure, reading);
  figure->gates = (FigGates){
    .name = text->name,
    .readings = &figure->reading,
    .n_readings = 1,
    .classes = model != NULL ? (const char *const *) model->classes : no_classes,
    .n_classes = model != NULL ? model->n_classes : 0,
    .arrangement = FIG_GATES_SIDE_BY_SIDE,
    .all_states = beside,
    .detail = text->state.detail,
    .second_name = reading->second != NULL ? text->second : NULL,
    .order_name = fig_unit_order_name (text->state.order),
    .n_columns = scope_gates_text_columns (text),
    .keep_unclamped = beside && text->state.clamps->len > 0,
  };
  return &figure->gates;
}

const char *
scope_gates_reading_class (const ScopeGatesReading *reading, guint index)
{
  const NnModel *model = reading->snapshot != NULL ? reading->snapshot->model : NULL;

  return model != NULL && index < model->n_classes ? model->classes[index] : "";
}

guint
scope_gates_text_columns (const ScopeGatesText *text)
{
  guint second = text->second_problem == NULL ? (guint) strlen (text->second_ascii) : 0;

  return MAX (MAX (MIN (text->n_letters, NN_MAX_LETTERS), second), 1);
}
