/* figure-gates.c: what the figures of one name have of their own: how it is read and shown, analyses of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-gates.h"

#include "cli/error.h"
#include "cli/options.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_TELLING 3

/* What is meant of one network, or of all. */
typedef struct
{
  guint network; /* from 1; 0: all */
  union
  {
    NnClamp clamp;
    guint unit;
  };
} Choice;

/* @ids: NULL-terminated. Returns: -1 where @text is none of them. */
static int
find_id (const char *text, const char *const *ids)
{
  for (int i = 0; ids[i] != NULL; i++)
    if (strcmp (text, ids[i]) == 0)
      return i;
  return -1;
}

/* Reads N: in front of what is meant of network N. Returns: what stands behind it; NULL, with an error, where there is
 * no network N. */
static const char *
skip_network (const char *option, const char *text, guint n_networks, guint *network, GError **error)
{
  const char *colon = text + strspn (text, "0123456789");
  g_autofree char *digits = g_strndup (text, (gsize) (colon - text)), *quoted = NULL;
  guint64 number;

  *network = 0;
  if (colon == text || *colon != ':')
    return text;
  if (g_ascii_string_to_unsigned (digits, 10, 1, n_networks, &number, NULL))
    {
      *network = (guint) number;
      return colon + 1;
    }
  quoted = cli_quoted (text);
  cli_misuse (error, _("%s %s: there is no network %s; the number of one of the --weights stands before the colon, "
                       "from 1 to %u"),
              option, quoted, digits, n_networks);
  return NULL;
}

static gboolean
read_clamp (CliGatesChoice *choice, const char *text, guint n_networks, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char *quoted = NULL;
  Choice clamp = { 0 };
  const char *rest = skip_network ("--clamp", text, n_networks, &clamp.network, error);

  if (rest == NULL)
    return FALSE;
  if (nn_clamp_parse (rest, &clamp.clamp, &fault))
    {
      g_array_append_val (choice->clamps, clamp);
      return TRUE;
    }
  quoted = cli_quoted (text);
  return cli_misuse (error, _("--clamp %s: %s"), quoted, fault->message);
}

static gboolean
read_pin (CliGatesChoice *choice, const char *text, guint n_networks, GError **error)
{
  g_autofree char *quoted = NULL;
  Choice pin = { 0 };
  const char *rest = skip_network ("--pin", text, n_networks, &pin.network, error);
  guint64 unit;

  if (rest == NULL)
    return FALSE;
  if (g_ascii_string_to_unsigned (rest, 10, 0, NN_MAX_HIDDEN - 1, &unit, NULL))
    {
      pin.unit = (guint) unit;
      g_array_append_val (choice->pins, pin);
      return TRUE;
    }
  quoted = cli_quoted (text);
  return cli_misuse (error, _("--pin is %s; it must be a unit, from 0, or N:UNIT for the network of the Nth --weights"),
                     quoted);
}

static gboolean
read_second (CliGatesChoice *choice, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  cli_name_init (&choice->second, text, strlen (text));
  return choice->second.problem == NULL || cli_fail (error, _("%s; give another name"), _(choice->second.problem));
}

gboolean
cli_gates_choice_init (CliGatesChoice *choice, const CliFigureOptions *options, guint n_networks, GError **error)
{
  static const char *const details[] = { "units", "summary", NULL };
  static const char *const orders[] = { "index", "last", "clustered", NULL };
  int detail = options->detail != NULL ? find_id (options->detail, details) : FIG_GATES_SUMMARY;
  int order = options->order != NULL ? find_id (options->order, orders) : NN_UNITS_BY_INDEX;
  g_autofree char *quoted = NULL;

  *choice = (CliGatesChoice){ (FigGatesDetail) detail, (NnUnitOrder) order };
  choice->clamps = g_array_new (FALSE, FALSE, sizeof (Choice));
  choice->pins = g_array_new (FALSE, FALSE, sizeof (Choice));
  choice->traces = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_trace_free);
  choice->held = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_clamps_free);
  choice->owned = g_ptr_array_new_with_free_func (g_free);
  if (detail < 0)
    {
      quoted = cli_quoted (options->detail);
      return cli_misuse (error, _("--detail is %s; it must be summary or units"), quoted);
    }
  if (order < 0)
    {
      quoted = cli_quoted (options->order);
      return cli_misuse (error, _("--order is %s; for gates it must be index, last or clustered"), quoted);
    }
  for (guint i = 0; options->clamps != NULL && options->clamps[i] != NULL; i++)
    if (!read_clamp (choice, options->clamps[i], n_networks, error))
      return FALSE;
  for (guint i = 0; options->pins != NULL && options->pins[i] != NULL; i++)
    if (!read_pin (choice, options->pins[i], n_networks, error))
      return FALSE;
  if (choice->clamps->len > FIG_MAX_CLAMPS)
    return cli_misuse (error, _("--clamp is given %u times; a figure shows %d"), choice->clamps->len, FIG_MAX_CLAMPS);
  return read_second (choice, options->second, error);
}

void
cli_gates_choice_clear (CliGatesChoice *choice)
{
  g_clear_pointer (&choice->clamps, g_array_unref);
  g_clear_pointer (&choice->pins, g_array_unref);
  g_clear_pointer (&choice->traces, g_ptr_array_unref);
  g_clear_pointer (&choice->held, g_ptr_array_unref);
  g_clear_pointer (&choice->owned, g_ptr_array_unref);
  cli_name_clear (&choice->second);
}

gboolean
cli_gates_choice_needs_data (const CliGatesChoice *choice)
{
  for (guint i = 0; i < choice->clamps->len; i++)
    if (g_array_index (choice->clamps, Choice, i).clamp.value == NN_CLAMP_MEAN)
      return TRUE;
  return FALSE;
}

/* ---- Reading ---- */

static const NnTrace *
keep_trace (CliGatesChoice *choice, NnTrace *trace)
{
  g_ptr_array_add (choice->traces, trace);
  return trace;
}

static gpointer
keep (CliGatesChoice *choice, gpointer memory)
{
  g_ptr_array_add (choice->owned, memory);
  return memory;
}

/* What is held of network @index, NULL for nothing. What is meant of all passes by a network without gates.
 * (transfer none) */
static gboolean
hold (CliGatesChoice *choice, const CliClamped *network, guint index, const NnClamps **held, GError **error)
{
  NnClamps *clamps = nn_clamps_new ();

  *held = NULL;
  g_ptr_array_add (choice->held, clamps);
  for (guint i = 0; i < choice->clamps->len; i++)
    {
      const Choice *clamp = &g_array_index (choice->clamps, Choice, i);

      if (clamp->network == index + 1 || (clamp->network == 0 && nn_kind_has_gates (network->model->kind)))
        nn_clamps_add (clamps, &clamp->clamp);
    }
  if (!cli_clamps_prepare (clamps, network, error))
    return FALSE;
  *held = clamps->clamps->len > 0 ? clamps : NULL;
  return TRUE;
}

static gboolean
pin (CliGatesChoice *choice, const NnModel *model, guint index, FigReading *reading, GError **error)
{
  guint *pinned = keep (choice, g_new (guint, choice->pins->len + 1));

  for (guint i = 0; i < choice->pins->len; i++)
    {
      const Choice *choice_of = &g_array_index (choice->pins, Choice, i);

      if (choice_of->network != 0 && choice_of->network != index + 1)
        continue;
      if (choice_of->unit >= model->hidden)
        return cli_misuse (error, _("--pin %u: network %u has the units 0 to %u"), choice_of->unit, index + 1,
                           model->hidden - 1);
      pinned[reading->n_pinned++] = choice_of->unit;
    }
  reading->pinned = pinned;
  return TRUE;
}

static void
order_units (CliGatesChoice *choice, FigReading *reading)
{
  guint *order = keep (choice, g_new (guint, reading->trace->hidden));

  nn_units_order (reading->trace, choice->order, order);
  reading->order = order;
  for (guint state = 0; state < NN_N_STATES; state++)
    if (reading->trace->states[state] != NULL)
      {
        guint *units = keep (choice, g_new (guint, N_TELLING));

        reading->n_telling = nn_units_most_telling (reading->trace, state, N_TELLING, units);
        reading->telling[state] = units;
      }
}

gboolean
cli_gates_choice_read (CliGatesChoice *choice,
                       const CliClamped *network,
                       guint index,
                       const char *ascii,
                       FigReading *reading,
                       GError **error)
{
  const NnModel *model = network->model;
  const NnClamps *held;

  if (!hold (choice, network, index, &held, error) || !pin (choice, model, index, reading, error))
    return FALSE;
  reading->trace = keep_trace (choice, nn_trace_new_clamped (model, ascii, -1, held));
  if (choice->second.given != NULL)
    reading->second = keep_trace (choice, nn_trace_new_clamped (model, choice->second.ascii, -1, held));
  if (held != NULL)
    {
      FigClamp *marks = keep (choice, g_new0 (FigClamp, FIG_MAX_CLAMPS));

      reading->unclamped = keep_trace (choice, nn_trace_new (model, ascii, -1));
      if (reading->second != NULL)
        reading->second_unclamped = keep_trace (choice, nn_trace_new (model, choice->second.ascii, -1));
      reading->n_clamps = fig_clamps_init (marks, held);
      reading->clamps = marks;
    }
  order_units (choice, reading);
  return TRUE;
}

/* ---- Analyses ---- */

static gconstpointer
init_units (CliNameDrawing *drawing, const FigReading *reading, CliGatesChoice *choice)
{
  FigUnitTrace *traces = keep (choice, g_new0 (FigUnitTrace, reading->n_pinned + 1));

  for (guint i = 0; i < reading->n_pinned; i++)
    traces[i] = (FigUnitTrace){ .label = reading->label,
                                .trace = reading->trace,
                                .unclamped = reading->unclamped,
                                .unit = reading->pinned[i] };
  drawing->units = (FigUnitTraces){ traces, reading->n_pinned, NULL };
  return &drawing->units;
}

static gconstpointer
init_attribution (CliNameDrawing *drawing, const NnModel *model, const FigReading *reading, gboolean with_sums)
{
  const char *ascii = reading->trace->ascii;

  drawing->occlusion = nn_occlusion_new (model, ascii);
  drawing->sum = nn_kind_has_gates (model->kind) ? NULL : nn_decomposition_new (model, ascii);
  nn_gradient_x_input (model, ascii, (int) drawing->occlusion->guess, &drawing->gradient);
  fig_attribution_init (&drawing->attribution, &drawing->letters, model, ascii, drawing->occlusion, &drawing->gradient,
                        drawing->sum);
  drawing->attribution.label = reading->label;
  drawing->attribution.keep_contributions = with_sums;
  return &drawing->attribution;
}

static gconstpointer
init_substitution (CliNameDrawing *drawing, const NnModel *model, const FigReading *reading)
{
  drawing->map = nn_substitution_new (model, reading->trace->ascii, NULL, NULL);
  fig_substitution_init (&drawing->substitution, model, drawing->map);
  drawing->substitution.label = reading->label;
  return &drawing->substitution;
}

gconstpointer
cli_name_drawing_init (CliNameDrawing *drawing,
                       FigBesideKind figure,
                       const NnModel *model,
                       const FigReading *reading,
                       gboolean with_sums,
                       CliGatesChoice *choice)
{
  switch (figure)
    {
    case FIG_BESIDE_UNITS:
      return init_units (drawing, reading, choice);
    case FIG_BESIDE_ATTRIBUTION:
      return init_attribution (drawing, model, reading, with_sums);
    case FIG_BESIDE_SUBSTITUTIONS:
      return init_substitution (drawing, model, reading);
    default:
      g_return_val_if_reached (NULL);
    }
}

void
cli_name_drawing_clear (CliNameDrawing *drawing)
{
  g_clear_pointer (&drawing->map, nn_substitution_free);
  g_clear_pointer (&drawing->occlusion, nn_occlusion_free);
  g_clear_pointer (&drawing->sum, nn_decomposition_free);
}
