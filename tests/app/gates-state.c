/* gates-state.c: what a person chooses on the Gates page, without a window.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/gates-state.h"
#include "run/moment.h"
#include "run/session.h"

typedef struct
{
  ScopeSession *session;
  ScopeNetwork *rnn;
  ScopeNetwork *lstm;
  ScopeGatesState state;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = scope_session_new ();
  fixture->rnn = scope_session_get_network (fixture->session, NN_RNN);
  fixture->lstm = scope_session_get_network (fixture->session, NN_LSTM);
  scope_gates_state_init (&fixture->state);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  scope_gates_state_clear (&fixture->state);
  g_assert_finalize_object (fixture->session);
}

static void
test_pins (Fixture *fixture, gconstpointer data)
{
  ScopeGatesState *state = &fixture->state;
  guint units[SCOPE_GATES_MOST_PINS];

  g_assert_true (scope_gates_state_toggle_pin (state, fixture->lstm, 3));
  g_assert_true (scope_gates_state_toggle_pin (state, fixture->rnn, 3));
  g_assert_true (scope_gates_state_toggle_pin (state, fixture->lstm, 17));
  g_assert_cmpuint (scope_gates_state_pinned (state, fixture->lstm, 128, units), ==, 2);
  g_assert_cmpuint (units[0], ==, 17);
  g_assert_cmpuint (units[1], ==, 3);
  /* A smaller network has no unit 17. */
  g_assert_cmpuint (scope_gates_state_pinned (state, fixture->lstm, 16, units), ==, 1);
  g_assert_false (scope_gates_state_toggle_pin (state, fixture->lstm, 17));
  g_assert_false (scope_gates_state_is_pinned (state, fixture->lstm, 17));
  for (guint unit = 20; unit < 20 + SCOPE_GATES_MOST_PINS; unit++)
    scope_gates_state_toggle_pin (state, fixture->lstm, unit);
  g_assert_false (scope_gates_state_is_pinned (state, fixture->lstm, 3));
  g_assert_cmpuint (scope_gates_state_pinned (state, fixture->lstm, 128, units), ==, SCOPE_GATES_MOST_PINS);
  scope_gates_state_forget_network (state, fixture->lstm);
  g_assert_cmpuint (state->pins->len, ==, 0);
}

static void
test_clamps (Fixture *fixture, gconstpointer data)
{
  ScopeGatesState *state = &fixture->state;
  const ScopeGatesClamp *held;
  NnClamp clamp;

  nn_clamp_init (&clamp, NN_GATE_FORGET, NN_CLAMP_ONE);
  g_assert_false (scope_gates_state_unclamp (state));
  g_assert_true (scope_gates_state_hold (state, &clamp));
  g_assert_true (scope_gates_state_hold (state, &clamp));
  g_assert_cmpuint (state->clamps->len, ==, 1);
  g_assert_true (scope_gates_state_never_forgets (state));
  scope_gates_state_toggle_never_forget (state);
  g_assert_false (scope_gates_state_never_forgets (state));
  g_assert_cmpuint (state->clamps->len, ==, 0);
  scope_gates_state_toggle_never_forget (state);
  g_assert_true (scope_gates_state_unclamp (state));
  g_assert_cmpuint (state->clamps->len, ==, 0);

  state->holds_pinned = TRUE;
  g_assert_false (scope_gates_state_hold (state, &clamp));
  scope_gates_state_toggle_pin (state, fixture->rnn, 1);
  g_assert_false (scope_gates_state_hold (state, &clamp));
  scope_gates_state_toggle_pin (state, fixture->lstm, 2);
  scope_gates_state_toggle_pin (state, fixture->lstm, 70);
  state->holds_letter = TRUE;
  state->has_cursor = TRUE;
  state->cursor_letter = 4;
  g_assert_true (scope_gates_state_hold (state, &clamp));
  g_assert_cmpuint (state->clamps->len, ==, 1);
  held = &g_array_index (state->clamps, ScopeGatesClamp, 0);
  g_assert_true (held->network == fixture->lstm);
  g_assert_false (held->clamp.all_units);
  g_assert_cmpuint (held->clamp.units[0], ==, 4);
  g_assert_cmpuint (held->clamp.units[1], ==, 64);
  g_assert_cmpuint (held->clamp.letters, ==, 16);
  scope_gates_state_forget_network (state, fixture->lstm);
  g_assert_cmpuint (state->clamps->len, ==, 0);
}

static void
test_ids (void)
{
  FigGatesDetail detail = FIG_GATES_UNITS;
  NnUnitOrder order = NN_UNITS_BY_INDEX;

  g_assert_true (scope_gates_detail_from_id ("summary", &detail));
  g_assert_cmpint (detail, ==, FIG_GATES_SUMMARY);
  g_assert_false (scope_gates_detail_from_id ("all", &detail));
  g_assert_true (scope_gates_order_from_id ("clustered", &order));
  g_assert_cmpint (order, ==, NN_UNITS_CLUSTERED);
  g_assert_false (scope_gates_order_from_id ("", &order));
}

/* Half of the way in log iterations from 0 to 9999 is iteration 99. */
static void
test_moments (void)
{
  static const guint64 iterations[] = { 0, 9, 99, 999, 9999 };
  g_autoptr (GPtrArray) timeline = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (iterations); i++)
    {
      NnSnapshot *snapshot = g_new0 (NnSnapshot, 1);

      snapshot->iteration = iterations[i];
      g_ptr_array_add (timeline, snapshot);
    }
  g_assert_cmpuint (scope_moment_find (timeline, 9999, 0)->iteration, ==, 0);
  g_assert_cmpuint (scope_moment_find (timeline, 9999, 0.49)->iteration, ==, 9);
  g_assert_cmpuint (scope_moment_find (timeline, 9999, 0.5)->iteration, ==, 99);
  g_assert_cmpuint (scope_moment_find (timeline, 9999, 0.99)->iteration, ==, 999);
  g_assert_cmpuint (scope_moment_find (timeline, 9999, 1)->iteration, ==, 9999);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/gates-state/pins", Fixture, NULL, set_up, test_pins, tear_down);
  g_test_add ("/app/gates-state/clamps", Fixture, NULL, set_up, test_clamps, tear_down);
  g_test_add_func ("/app/gates-state/ids", test_ids);
  g_test_add_func ("/app/gates-state/moments", test_moments);
  return g_test_run ();
}
