/* gates-state.h: what a person has chosen to see on the Gates page: a plain record that knows no widget.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/clamp.h"
#include "engine/units.h"
#include "figure/gates.h"
#include "run/network.h"

G_BEGIN_DECLS

/* The most units that are pinned, and the most clamps, at a time. */
#define SCOPE_GATES_MOST_PINS 8
#define SCOPE_GATES_MOST_CLAMPS 32

/* A unit that a person keeps an eye on. */
typedef struct
{
  ScopeNetwork *network; /* borrowed */
  guint unit;            /* from 0 */
} ScopeGatesPin;

/* A gate that is held. */
typedef struct
{
  NnClamp clamp;
  ScopeNetwork *network; /* (nullable): borrowed: of this one alone; NULL: of every network that has gates */
} ScopeGatesClamp;

typedef struct
{
  FigGatesDetail detail;
  NnUnitOrder order;
  GArray *pins;   /* of ScopeGatesPin, the newest last */
  GArray *clamps; /* of ScopeGatesClamp, the newest last */
  guint serial;   /* another one after each change of the clamps */
  gboolean holds_pinned; /* a new clamp holds the pinned units alone */
  gboolean holds_letter; /* a new clamp holds at the letter of the cursor alone */
  gboolean has_cursor;
  guint cursor_letter; /* from 0, of all networks */
  double time;         /* 0..1: where along the training, in log iterations; 1: now */
} ScopeGatesState;

/* scope_gates_state_init: the summary, by index, nothing pinned or held, now. */
void scope_gates_state_init (ScopeGatesState *state);
void scope_gates_state_clear (ScopeGatesState *state);

/* scope_gates_detail_from_id: "summary" or "units". scope_gates_order_from_id: "index", "last" or "clustered". FALSE for
 * anything else. */
gboolean scope_gates_detail_from_id (const char *id, FigGatesDetail *detail);
gboolean scope_gates_order_from_id (const char *id, NnUnitOrder *order);

/* scope_gates_state_toggle_pin: pins a unit, or lets a pinned one go; of too many the oldest is let go. Returns: whether
 * it is pinned now. */
gboolean scope_gates_state_toggle_pin (ScopeGatesState *state, ScopeNetwork *network, guint unit);
gboolean scope_gates_state_is_pinned (const ScopeGatesState *state, ScopeNetwork *network, guint unit);

/* scope_gates_state_pinned:
 * The pinned units of @network below @hidden, the newest first.
 * @units: (out): [SCOPE_GATES_MOST_PINS]
 * Returns: how many there are. */
guint scope_gates_state_pinned (const ScopeGatesState *state, ScopeNetwork *network, guint hidden, guint *units);

/* scope_gates_state_hold:
 * Holds a gate. Where holds_pinned is set and @clamp says all units, the pinned units of each network are held alone;
 * where holds_letter is set and there is a cursor, at its letter alone. A clamp that is there already is not added again.
 * Returns: FALSE where there is nothing to hold: no unit is pinned, or there are too many clamps. */
gboolean scope_gates_state_hold (ScopeGatesState *state, const NnClamp *clamp);

/* scope_gates_state_unclamp: takes the newest clamp away. FALSE where there is none. */
gboolean scope_gates_state_unclamp (ScopeGatesState *state);
void scope_gates_state_unclamp_all (ScopeGatesState *state);

/* Whether nothing is ever forgotten: every forget gate is held at 1, all units at every letter. The toggle takes away, or
 * adds, this clamp alone. */
gboolean scope_gates_state_never_forgets (const ScopeGatesState *state);
void scope_gates_state_toggle_never_forget (ScopeGatesState *state);

/* scope_gates_state_forget_network: of a network that is no more, nothing is pinned or held. */
void scope_gates_state_forget_network (ScopeGatesState *state, ScopeNetwork *network);

G_END_DECLS
