/* gates-state.c: what a person has chosen to see on the Gates page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-state.h"

#include <string.h>

void
scope_gates_state_init (ScopeGatesState *state)
{
  *state = (ScopeGatesState){ .detail = FIG_GATES_SUMMARY, .order = NN_UNITS_BY_INDEX, .time = 1 };
  state->pins = g_array_new (FALSE, FALSE, sizeof (ScopeGatesPin));
  state->clamps = g_array_new (FALSE, FALSE, sizeof (ScopeGatesClamp));
}

void
scope_gates_state_clear (ScopeGatesState *state)
{
  g_clear_pointer (&state->pins, g_array_unref);
  g_clear_pointer (&state->clamps, g_array_unref);
}

gboolean
scope_gates_detail_from_id (const char *id, FigGatesDetail *detail)
{
  if (strcmp (id, "summary") != 0 && strcmp (id, "units") != 0)
    return FALSE;
  *detail = strcmp (id, "units") == 0 ? FIG_GATES_UNITS : FIG_GATES_SUMMARY;
  return TRUE;
}

gboolean
scope_gates_order_from_id (const char *id, NnUnitOrder *order)
{
  static const char *const ids[] = { "index", "last", "clustered" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (strcmp (id, ids[i]) == 0)
      {
        *order = (NnUnitOrder) i;
        return TRUE;
      }
  return FALSE;
}

/* ---- Pins ---- */

static int
find_pin (const ScopeGatesState *state, ScopeNetwork *network, guint unit)
{
  for (guint i = 0; i < state->pins->len; i++)
    {
      const ScopeGatesPin *pin = &g_array_index (state->pins, ScopeGatesPin, i);

      if (pin->network == network && pin->unit == unit)
        return (int) i;
    }
  return -1;
}

gboolean
scope_gates_state_toggle_pin (ScopeGatesState *state, ScopeNetwork *network, guint unit)
{
  ScopeGatesPin pin = { network, unit };
  int at = find_pin (state, network, unit);

  if (at >= 0)
    {
      g_array_remove_index (state->pins, (guint) at);
      return FALSE;
    }
  if (state->pins->len == SCOPE_GATES_MOST_PINS)
    g_array_remove_index (state->pins, 0);
  g_array_append_val (state->pins, pin);
  return TRUE;
}

gboolean
scope_gates_state_is_pinned (const ScopeGatesState *state, ScopeNetwork *network, guint unit)
{
  return find_pin (state, network, unit) >= 0;
}

guint
scope_gates_state_pinned (const ScopeGatesState *state, ScopeNetwork *network, guint hidden, guint *units)
{
  guint n = 0;

  for (guint i = state->pins->len; i > 0; i--)
    {
      const ScopeGatesPin *pin = &g_array_index (state->pins, ScopeGatesPin, i - 1);

      if (pin->network == network && pin->unit < hidden)
        units[n++] = pin->unit;
    }
  return n;
}

/* ---- Clamps ---- */

static gboolean
same_clamp (const ScopeGatesClamp *a, const ScopeGatesClamp *b)
{
  return a->network == b->network && a->clamp.gate == b->clamp.gate && a->clamp.value == b->clamp.value
         && a->clamp.letters == b->clamp.letters && a->clamp.all_units == b->clamp.all_units
         && (a->clamp.all_units || memcmp (a->clamp.units, b->clamp.units, sizeof a->clamp.units) == 0);
}

static int
find_clamp (const ScopeGatesState *state, const ScopeGatesClamp *clamp)
{
  for (guint i = 0; i < state->clamps->len; i++)
    if (same_clamp (&g_array_index (state->clamps, ScopeGatesClamp, i), clamp))
      return (int) i;
  return -1;
}

static gboolean
add_clamp (ScopeGatesState *state, const ScopeGatesClamp *clamp)
{
  if (find_clamp (state, clamp) >= 0)
    return TRUE;
  if (state->clamps->len == SCOPE_GATES_MOST_CLAMPS)
    return FALSE;
  g_array_append_vals (state->clamps, clamp, 1);
  state->serial++;
  return TRUE;
}

/* The pinned units of each network that has gates, a clamp a network. */
static gboolean
hold_pinned (ScopeGatesState *state, const NnClamp *clamp)
{
  gboolean held = FALSE;

  for (guint i = 0; i < state->pins->len; i++)
    {
      ScopeNetwork *network = g_array_index (state->pins, ScopeGatesPin, i).network;
      ScopeGatesClamp part = { *clamp, network };
      gboolean is_first = TRUE;

      for (guint j = 0; j < i; j++)
        is_first = is_first && g_array_index (state->pins, ScopeGatesPin, j).network != network;
      if (!is_first || !nn_kind_has_gates (scope_network_get_kind (network)))
        continue;
      part.clamp.all_units = FALSE;
      for (guint j = i; j < state->pins->len; j++)
        {
          const ScopeGatesPin *pin = &g_array_index (state->pins, ScopeGatesPin, j);

          if (pin->network == network)
            part.clamp.units[pin->unit / 64] |= G_GUINT64_CONSTANT (1) << pin->unit % 64;
        }
      held = add_clamp (state, &part) || held;
    }
  return held;
}

gboolean
scope_gates_state_hold (ScopeGatesState *state, const NnClamp *clamp)
{
  ScopeGatesClamp whole = { *clamp, NULL };

  if (state->holds_letter && state->has_cursor && clamp->letters == NN_CLAMP_EVERY_LETTER)
    whole.clamp.letters = G_GUINT64_CONSTANT (1) << MIN (state->cursor_letter, 63);
  if (state->holds_pinned && clamp->all_units)
    return hold_pinned (state, &whole.clamp);
  return add_clamp (state, &whole);
}

gboolean
scope_gates_state_unclamp (ScopeGatesState *state)
{
  if (state->clamps->len == 0)
    return FALSE;
  g_array_set_size (state->clamps, state->clamps->len - 1);
  state->serial++;
  return TRUE;
}

void
scope_gates_state_unclamp_all (ScopeGatesState *state)
{
  g_array_set_size (state->clamps, 0);
  state->serial++;
}

static ScopeGatesClamp
never_forget (void)
{
  ScopeGatesClamp clamp = { .network = NULL };

  nn_clamp_init (&clamp.clamp, NN_GATE_FORGET, NN_CLAMP_ONE);
  return clamp;
}

gboolean
scope_gates_state_never_forgets (const ScopeGatesState *state)
{
  ScopeGatesClamp clamp = never_forget ();

  return find_clamp (state, &clamp) >= 0;
}

void
scope_gates_state_toggle_never_forget (ScopeGatesState *state)
{
  ScopeGatesClamp clamp = never_forget ();
  int at = find_clamp (state, &clamp);

  if (at < 0)
    {
      add_clamp (state, &clamp);
      return;
    }
  g_array_remove_index (state->clamps, (guint) at);
  state->serial++;
}

void
scope_gates_state_forget_network (ScopeGatesState *state, ScopeNetwork *network)
{
  for (guint i = state->pins->len; i > 0; i--)
    if (g_array_index (state->pins, ScopeGatesPin, i - 1).network == network)
      g_array_remove_index (state->pins, i - 1);
  for (guint i = state->clamps->len; i > 0; i--)
    if (g_array_index (state->clamps, ScopeGatesClamp, i - 1).network == network)
      {
        g_array_remove_index (state->clamps, i - 1);
        state->serial++;
      }
}
