/* gates-pane.c: what the Gates page shows below the strips is what the engine gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gates-fixture.h"

#include "app/gates-sheets.h"
#include "support/wait.h"

#include <string.h>

static gboolean
has_maps (gpointer data)
{
  GPtrArray *figures = ((Fixture *) data)->page->pane->figures;

  for (guint i = 0; i < figures->len; i++)
    if (((ScopeGatesFigures *) g_ptr_array_index (figures, i))->map == NULL)
      return FALSE;
  return TRUE;
}

/* As high as rows of letters need, which is more than the words that stood there before. */
static gboolean
has_high_maps (gpointer data)
{
  GPtrArray *figures = ((Fixture *) data)->page->pane->figures;

  for (guint i = 0; i < figures->len; i++)
    if (gtk_widget_get_height (GTK_WIDGET (((ScopeGatesFigures *) g_ptr_array_index (figures, i))->view)) < 57 * 8)
      return FALSE;
  return TRUE;
}

/* A long name's figures stand below each other, each as high as it needs to be. */
static void
test_long_map (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (64, 'b');

  scope_gates_page_set_name (fixture->page, longest);
  g_assert_true (scope_gates_page_set_pane (fixture->page, "substitution"));
  wait_until (has_maps, fixture, LIMIT);
  wait_until (has_high_maps, fixture, LIMIT);
}

static gboolean
has_damage (gpointer data)
{
  ScopeGatesPane *pane = ((Fixture *) data)->page->pane;

  return pane->damages[NN_LSTM] != NULL && pane->damages[NN_GATE_LSTM] != NULL;
}

static gboolean
has_drivers (gpointer data)
{
  return ((Fixture *) data)->page->pane->drivers != NULL;
}

/* What is worked out in the background is what the engine gives. */
static void
test_analyses (Fixture *fixture, gconstpointer data)
{
  ScopeGatesPane *pane = fixture->page->pane;
  g_autoptr (NnSubstitution) map = nn_substitution_new (model_of (fixture, NN_LSTM), "Calada", NULL, NULL);
  g_autofree NnDamage *damage
    = nn_damage_new_split (model_of (fixture, NN_LSTM), scope_session_get_split (fixture->session), NULL, NULL);
  g_autoptr (NnDrivers) drivers = NULL;
  g_autoptr (FigSheet) sheet = NULL;
  guint unit = 7;

  g_assert_true (scope_gates_page_set_pane (fixture->page, "substitution"));
  wait_until (has_maps, fixture, LIMIT);
  g_assert_cmpmem (((ScopeGatesFigures *) g_ptr_array_index (pane->figures, NN_LSTM))->map->guesses, 57 * 6,
                   map->guesses, 57 * 6);
  scope_gates_page_measure_damage (fixture->page);
  wait_until (has_damage, fixture, LIMIT);
  g_assert_null (pane->damages[NN_RNN]);
  for (guint row = 0; row < NN_DAMAGE_ROWS; row++)
    g_assert_cmpfloat (pane->damages[NN_LSTM]->rows[row].accuracy, ==, damage->rows[row].accuracy);
  sheet = scope_gates_damage_sheet (pane->readings, (const NnDamage *const *) pane->damages, TRUE);
  g_assert_cmpuint (sheet->cells->len, ==, 3 * NN_DAMAGE_ROWS);
  g_assert_true (scope_gates_page_pin_text (fixture->page, "lstm:7", NULL));
  g_assert_true (scope_gates_page_set_pane (fixture->page, "drivers"));
  wait_until (has_drivers, fixture, LIMIT);
  drivers = nn_drivers_new (model_of (fixture, NN_LSTM), scope_session_get_dataset (fixture->session), NN_STATE_HIDDEN,
                            &unit, 1, 30, NULL, NULL);
  g_assert_cmpuint (pane->drivers->n, ==, drivers->n);
  g_assert_cmpmem (pane->drivers->drivers, drivers->n * sizeof (NnDriver), drivers->drivers,
                   drivers->n * sizeof (NnDriver));
}
static gboolean
has_damage_bar (Fixture *fixture)
{
  return gtk_widget_get_visible (GTK_WIDGET (fixture->page->pane->damage_bar))
         && gtk_widget_get_visible (fixture->page->pane->cancel_button);
}

static gboolean
is_not_measuring (gpointer data)
{
  return !has_damage_bar (data);
}

/* A measurement shows how far it is, can be cancelled, which leaves nothing behind, and made again. */
static void
test_cancel_damage (Fixture *fixture, gconstpointer data)
{
  scope_gates_page_measure_damage (fixture->page);
  g_assert_true (has_damage_bar (fixture));
  scope_gates_page_cancel_damage (fixture->page);
  g_assert_false (has_damage_bar (fixture));
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (fixture->page->pane->damages[NN_LSTM]);
  scope_gates_page_measure_damage (fixture->page);
  wait_until (has_damage, fixture, LIMIT);
  wait_until (is_not_measuring, fixture, LIMIT);
  g_assert_nonnull (strstr (gtk_label_get_text (fixture->page->pane->damage_words), "names told right"));
}

/* The letters are those of the network as it is, which the figure says while a gate is held. */
static void
test_letters_held (Fixture *fixture, gconstpointer data)
{
  const ScopeFigureFuncs *funcs = scope_gates_figures_funcs (SCOPE_PANE_LETTERS);
  gpointer figures = g_ptr_array_index (fixture->page->pane->figures, NN_LSTM);
  gpointer rnn = g_ptr_array_index (fixture->page->pane->figures, NN_RNN);
  g_autofree char *before = funcs->describe (figures), *held = NULL, *of_rnn = NULL;

  scope_gates_page_toggle_never_forget (fixture->page);
  held = funcs->describe (figures);
  of_rnn = funcs->describe (rnn);
  g_assert_true (g_str_has_prefix (before, "LSTM reads Calada"));
  g_assert_true (g_str_has_prefix (held, "LSTM without the clamps reads Calada"));
  g_assert_true (g_str_has_prefix (of_rnn, "RNN reads Calada"));
}

/* Every number is in the table. */
static void
test_table (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FigSheet) sheet = NULL;

  scope_gates_page_set_pane (fixture->page, "table");
  sheet = scope_gates_table_sheet (fixture->page->pane->readings, TRUE);
  g_assert_cmpuint (sheet->cells->len, ==, 3 * 6 * 11);
}

static void
add (void)
{
  GATES_ADD ("gates-pane/analyses", test_analyses);
  GATES_ADD ("gates-pane/table", test_table);
  GATES_ADD ("gates-pane/long-map", test_long_map);
  GATES_ADD ("gates-pane/cancel-damage", test_cancel_damage);
  GATES_ADD ("gates-pane/letters-held", test_letters_held);
}

int
main (int argc, char **argv)
{
  return gates_fixture_main (argc, argv, add);
}
