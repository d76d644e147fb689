/* gates-pane.c: what the Gates page shows below the strips.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-pane-private.h"

#include "app/export-figure.h"
#include "app/figure-menu.h"
#include "app/figure-view.h"
#include "app/gates-columns.h"
#include "app/gates-figures.h"
#include "app/gates-sheets.h"
#include "app/sheet-view.h"

#include <glib/gi18n.h>
#include <string.h>

#define TOP_DRIVERS 30

/* ---- The analyser's answers ---- */

static gboolean
is_busy (ScopeGatesPane *pane, ScopeAnalysis what)
{
  for (guint i = 0; pane->analyser != NULL && i < pane->readings->len; i++)
    if (scope_analyser_is_busy (pane->analyser, i, what))
      return TRUE;
  return FALSE;
}

static void
show_damage (ScopeGatesPane *pane)
{
  g_autoptr (FigSheet) sheet
    = scope_gates_damage_sheet (pane->readings, (const NnDamage *const *) pane->damages, FALSE);
  gboolean measuring = pane->is_measuring && is_busy (pane, SCOPE_ANALYSIS_DAMAGE);
  const NnDamage *any = NULL;
  double done = 0;
  guint n = 0;

  pane->is_measuring = measuring;
  for (guint i = 0; i < pane->readings->len; i++)
    {
      ScopeGatesReading *reading = g_ptr_array_index (pane->readings, i);

      if (pane->damages[i] != NULL)
        any = pane->damages[i];
      if (!nn_kind_has_gates (scope_network_get_kind (reading->network)))
        continue;
      done += pane->damage_done[i];
      n++;
    }
  gtk_progress_bar_set_fraction (pane->damage_bar, n > 0 ? done / n : 0);
  gtk_widget_set_visible (GTK_WIDGET (pane->damage_bar), measuring);
  gtk_widget_set_visible (pane->cancel_button, measuring);
  scope_sheet_view_set (pane->damage_view, sheet);
  gtk_widget_set_visible (pane->damage_view, any != NULL);
  if (any != NULL)
    {
      /* Translators: %u names of the data. */
      g_autofree char *words = g_strdup_printf (
        ngettext ("Share of %u name told right while a whole gate is held, all units at every letter.",
                  "Share of %u names told right while a whole gate is held, all units at every letter.", any->n_rows),
        any->n_rows);

      gtk_label_set_text (pane->damage_words, words);
    }
  else
    gtk_label_set_text (pane->damage_words,
                        n == 0      ? _ ("None of the networks shown has gates.")
                        : measuring ? _ ("Measuring how many names are told right while each gate is held…")
                                    : _ ("How much does each gate matter? “Measure” holds every gate in turn and counts "
                                         "the names that are still told right."));
}

/* (transfer full) */
static char *
drivers_words (ScopeGatesPane *pane, ScopeNetwork *network)
{
  guint units[SCOPE_GATES_MOST_PINS], n;
  g_autoptr (GString) list = g_string_new (NULL);

  if (is_busy (pane, SCOPE_ANALYSIS_DRIVERS))
    return g_strdup (_ ("Looking through all names…"));
  n = scope_gates_state_pinned (&pane->text->state, network, NN_MAX_HIDDEN, units);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%u", i > 0 ? ", " : "", units[i]);
  return g_strdup_printf (
    /* Translators: a network and the numbers of its units. */
    ngettext ("%s, unit %s: the names in which its hidden state rises highest, [ ] after which letter. Click one to "
              "read it.",
              "%s, units %s: the names in which the mean of their hidden states rises highest, [ ] after which letter. "
              "Click one to read it.",
              n),
    scope_network_get_title (network), list->str);
}

static void
show_drivers (ScopeGatesPane *pane)
{
  const ScopeGatesState *state = &pane->text->state;
  const ScopeGatesPin *pin
    = state->pins->len > 0 ? &g_array_index (state->pins, ScopeGatesPin, state->pins->len - 1) : NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (pane->drivers_view, pin != NULL && pane->drivers != NULL);
  if (pin == NULL)
    {
      gtk_label_set_text (pane->drivers_words,
                          _ ("Click a unit above: here are the names of the data that drive it highest."));
      return;
    }
  if (pane->drivers != NULL)
    {
      g_autoptr (FigSheet) sheet = scope_gates_drivers_sheet (pane->drivers, pane->drivers_data, FALSE);

      scope_sheet_view_set (pane->drivers_view, sheet);
    }
  words = drivers_words (pane, pin->network);
  gtk_label_set_text (pane->drivers_words, words);
}

static void
on_analysed (const ScopeAnalysisAnswer *answer, gpointer data)
{
  ScopeGatesPane *pane = data;

  if (answer->slot >= pane->readings->len)
    return;
  if (answer->substitution != NULL)
    {
      ScopeGatesFigures *figures = g_ptr_array_index (pane->figures, answer->slot);
      gboolean is_other = figures->map == NULL || strcmp (figures->map->ascii, answer->substitution->ascii) != 0;

      scope_gates_figures_take_map (figures, answer->substitution, answer->request->snapshot);
      /* A map is higher than the words that stood in its place. */
      if (figures->view != NULL && is_other)
        gtk_widget_queue_resize (GTK_WIDGET (figures->view));
      if (figures->view != NULL)
        scope_figure_view_queue (figures->view);
    }
  if (answer->damage != NULL)
    {
      g_free (pane->damages[answer->slot]);
      pane->damages[answer->slot] = g_memdup2 (answer->damage, sizeof *answer->damage);
      pane->damage_done[answer->slot] = 1;
      show_damage (pane);
    }
  if (answer->drivers != NULL)
    {
      g_clear_pointer (&pane->drivers, nn_drivers_free);
      g_clear_pointer (&pane->drivers_data, nn_dataset_unref);
      pane->drivers = g_memdup2 (answer->drivers, sizeof *answer->drivers);
      pane->drivers->drivers = g_memdup2 (answer->drivers->drivers, answer->drivers->n * sizeof (NnDriver));
      pane->drivers_data = nn_dataset_ref (nn_split_dataset (answer->request->split));
      show_drivers (pane);
    }
}

static void
on_progress (guint slot, ScopeAnalysis what, double done, gpointer data)
{
  ScopeGatesPane *pane = data;

  if (what != SCOPE_ANALYSIS_DAMAGE || slot >= pane->readings->len)
    return;
  pane->damage_done[slot] = done;
  show_damage (pane);
}

static ScopeAnalyser *
analyser_of (ScopeGatesPane *pane)
{
  if (pane->analyser == NULL)
    pane->analyser = scope_analyser_new (on_analysed, on_progress, pane);
  return pane->analyser;
}

/* ---- Asking ---- */

static void
ask_for_maps (ScopeGatesPane *pane)
{
  for (guint i = 0; i < MIN (pane->readings->len, SCOPE_ANALYSER_SLOTS); i++)
    {
      ScopeGatesReading *reading = g_ptr_array_index (pane->readings, i);

      scope_gates_reading_update (reading);
      if (reading->trace != NULL)
        scope_analyser_request (analyser_of (pane), i,
                                &(ScopeAnalysisRequest){ .what = SCOPE_ANALYSIS_SUBSTITUTION,
                                                         .snapshot = reading->snapshot,
                                                         .ascii = reading->trace->ascii });
    }
}

/* Those of the pinned units of the network in which a unit was pinned last: of the mean of their hidden states. */
static void
ask_for_drivers (ScopeGatesPane *pane)
{
  const ScopeGatesState *state = &pane->text->state;
  NnSplit *split = scope_session_get_split (pane->text->session);
  guint units[SCOPE_GATES_MOST_PINS], n = 0;
  const ScopeGatesPin *pin;

  if (state->pins->len == 0 || split == NULL)
    return;
  pin = &g_array_index (state->pins, ScopeGatesPin, state->pins->len - 1);
  for (guint i = 0; i < MIN (pane->readings->len, SCOPE_ANALYSER_SLOTS); i++)
    {
      ScopeGatesReading *reading = g_ptr_array_index (pane->readings, i);

      scope_gates_reading_update (reading);
      if (reading->network != pin->network)
        scope_analyser_cancel (analyser_of (pane), i, SCOPE_ANALYSIS_DRIVERS);
      else if (reading->snapshot != NULL)
        n = scope_gates_state_pinned (state, pin->network, reading->snapshot->model->hidden, units);
      if (reading->network == pin->network && n > 0)
        scope_analyser_request (analyser_of (pane), i,
                                &(ScopeAnalysisRequest){ .what = SCOPE_ANALYSIS_DRIVERS,
                                                         .snapshot = reading->snapshot,
                                                         .split = split,
                                                         .state = NN_STATE_HIDDEN,
                                                         .units = units,
                                                         .n_units = n,
                                                         .top = TOP_DRIVERS });
    }
}

void
scope_gates_pane_measure_damage (ScopeGatesPane *pane)
{
  NnSplit *split = scope_session_get_split (pane->text->session);

  for (guint i = 0; split != NULL && i < MIN (pane->readings->len, SCOPE_ANALYSER_SLOTS); i++)
    {
      ScopeGatesReading *reading = g_ptr_array_index (pane->readings, i);

      scope_gates_reading_update (reading);
      if (reading->snapshot == NULL || !nn_kind_has_gates (scope_network_get_kind (reading->network)))
        continue;
      pane->damage_done[i] = 0;
      pane->is_measuring = TRUE;
      scope_analyser_request (analyser_of (pane), i,
                              &(ScopeAnalysisRequest){
                                .what = SCOPE_ANALYSIS_DAMAGE, .snapshot = reading->snapshot, .split = split });
    }
  show_damage (pane);
}

void
scope_gates_pane_cancel (ScopeGatesPane *pane)
{
  for (guint i = 0; pane->analyser != NULL && i < pane->readings->len; i++)
    scope_analyser_cancel (pane->analyser, i, SCOPE_ANALYSIS_DAMAGE);
  pane->is_measuring = FALSE;
  show_damage (pane);
}

/* ---- Showing ---- */

static void
show_table (ScopeGatesPane *pane)
{
  g_autoptr (FigSheet) sheet = scope_gates_table_sheet (pane->readings, FALSE);

  scope_sheet_view_set (pane->table_view, sheet);
}

static void
on_table_timeout (gpointer data)
{
  ScopeGatesPane *pane = data;

  pane->table_source = 0;
  show_table (pane);
}

static void
redraw_figures (ScopeGatesPane *pane, void (*redraw) (ScopeFigureView *), gboolean resizes)
{
  for (guint i = 0; i < pane->figures->len; i++)
    {
      ScopeFigureView *view = ((ScopeGatesFigures *) g_ptr_array_index (pane->figures, i))->view;

      if (view == NULL)
        continue;
      if (resizes)
        gtk_widget_queue_resize (GTK_WIDGET (view));
      redraw (view);
    }
}

static gboolean
is_seen (ScopeGatesPane *pane)
{
  return gtk_widget_get_mapped (GTK_WIDGET (pane->stack));
}

static void
bring_up_to_date (ScopeGatesPane *pane)
{
  if (pane->kind == SCOPE_PANE_SUBSTITUTION)
    ask_for_maps (pane);
  if (pane->kind == SCOPE_PANE_DAMAGE)
    show_damage (pane);
}

void
scope_gates_pane_changed (ScopeGatesPane *pane)
{
  if (!is_seen (pane))
    return;
  bring_up_to_date (pane);
  if (pane->kind == SCOPE_PANE_DRIVERS)
    {
      ask_for_drivers (pane);
      show_drivers (pane);
    }
  if (pane->kind == SCOPE_PANE_TABLE)
    show_table (pane);
  redraw_figures (pane, scope_figure_view_redraw, TRUE);
}

void
scope_gates_pane_updated (ScopeGatesPane *pane)
{
  if (!is_seen (pane))
    return;
  if (pane->kind == SCOPE_PANE_SUBSTITUTION)
    ask_for_maps (pane);
  /* Nobody reads numbers that change more often. */
  if (pane->kind == SCOPE_PANE_TABLE && pane->table_source == 0)
    pane->table_source = g_timeout_add_once (500, on_table_timeout, pane);
  redraw_figures (pane, scope_figure_view_queue, FALSE);
}

void
scope_gates_pane_cursor_moved (ScopeGatesPane *pane)
{
  if (!is_seen (pane))
    return;
  redraw_figures (pane, scope_figure_view_redraw, FALSE);
}

/* A view is there only while what is shown is a figure. */
static void
show_figure (ScopeGatesPane *pane, ScopeGatesFigures *figures)
{
  const ScopeFigureFuncs *funcs = scope_gates_figures_funcs (pane->kind);
  ScopeNetwork *network = figures->reading->network;
  g_autofree char *title = NULL, *k = NULL, *id = NULL;

  if (figures->view != NULL && funcs == NULL)
    {
      scope_figure_view_set_figure (figures->view, NULL, NULL);
      gtk_box_remove (pane->columns, GTK_WIDGET (figures->view));
      figures->view = NULL;
    }
  if (funcs == NULL)
    return;
  if (figures->view == NULL)
    {
      figures->view = SCOPE_FIGURE_VIEW (scope_figure_view_new ());
      scope_figure_view_set_least_size (figures->view, 300, 60);
      gtk_box_append (pane->columns, GTK_WIDGET (figures->view));
      scope_figure_menu_attach (figures->view, "");
    }
  title = g_strdup_printf (scope_pane_title_format (pane->kind), scope_network_get_title (network));
  k = scope_export_network_id (network);
  id = g_strconcat (scope_pane_id (pane->kind), ":", k, NULL);
  scope_figure_menu_set_id (figures->view, id);
  scope_figure_view_set_title (figures->view, title);
  scope_figure_view_set_figure (figures->view, funcs, figures);
}

void
scope_gates_pane_show (ScopeGatesPane *pane, ScopePaneKind kind)
{
  if (pane->kind == kind)
    return;
  pane->kind = kind;
  for (guint i = 0; i < pane->figures->len; i++)
    show_figure (pane, g_ptr_array_index (pane->figures, i));
  if (kind != SCOPE_PANE_NONE)
    gtk_stack_set_visible_child_name (pane->stack,
                                      scope_gates_figures_funcs (kind) != NULL ? "figures" : scope_pane_id (kind));
}

ScopePaneKind
scope_gates_pane_get_kind (const ScopeGatesPane *pane)
{
  return pane->kind;
}

/* ---- Networks ---- */

void
scope_gates_pane_clear (ScopeGatesPane *pane)
{
  for (guint i = 0; i < pane->figures->len; i++)
    {
      ScopeFigureView *view = ((ScopeGatesFigures *) g_ptr_array_index (pane->figures, i))->view;

      if (view == NULL)
        continue;
      scope_figure_view_set_figure (view, NULL, NULL);
      gtk_box_remove (pane->columns, GTK_WIDGET (view));
    }
  /* Slots are numbers of readings. */
  g_clear_pointer (&pane->analyser, scope_analyser_free);
  for (guint i = 0; i < SCOPE_ANALYSER_SLOTS; i++)
    g_clear_pointer (&pane->damages[i], g_free);
  g_clear_pointer (&pane->drivers, nn_drivers_free);
  g_clear_pointer (&pane->drivers_data, nn_dataset_unref);
  g_ptr_array_set_size (pane->figures, 0);
  g_ptr_array_set_size (pane->readings, 0);
}

void
scope_gates_pane_add_reading (ScopeGatesPane *pane, ScopeGatesReading *reading)
{
  ScopeGatesFigures *figures = scope_gates_figures_new (pane->page, reading);

  g_ptr_array_add (pane->figures, figures);
  g_ptr_array_add (pane->readings, reading);
  show_figure (pane, figures);
}

void
scope_gates_pane_set_least (ScopeGatesPane *pane, int width)
{
  scope_gates_columns_set_least (pane->columns, width);
}

/* ---- Making ---- */

/* A name of the list is read. */
static void
on_driver_chosen (guint row, gpointer data)
{
  ScopeGatesPane *pane = data;

  if (pane->drivers != NULL && row < pane->drivers->n)
    gtk_widget_activate_action (pane->page, "win.name", "s",
                                nn_dataset_row_raw (pane->drivers_data, pane->drivers->drivers[row].row));
}

static GtkLabel *
new_words (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  return GTK_LABEL (label);
}

static GtkWidget *
new_scroller (GtkWidget *child, const char *label)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "no-overshoot");
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return scroller;
}

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* Words, and below them a table. */
static GtkWidget *
new_table_page (GtkLabel *words, GtkWidget *view, const char *label, GtkWidget **row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (*row, "tool-row");
  gtk_box_append (GTK_BOX (*row), GTK_WIDGET (words));
  gtk_box_append (GTK_BOX (box), *row);
  gtk_box_append (GTK_BOX (box), new_scroller (view, label));
  return box;
}

static void
add_damage (ScopeGatesPane *pane)
{
  GtkWidget *row, *page;

  pane->damage_view = scope_sheet_view_new (_ ("Accuracy while a gate is held"), NULL, NULL);
  pane->damage_words = new_words ();
  page = new_table_page (pane->damage_words, pane->damage_view, _ ("Damage"), &row);
  pane->damage_bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_valign (GTK_WIDGET (pane->damage_bar), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pane->damage_bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the measurement"), -1);
  pane->cancel_button = new_button (C_ ("command", "Cancel"), "win.cancel-damage");
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (pane->damage_bar));
  gtk_box_append (GTK_BOX (row), new_button (C_ ("command", "Measure"), "win.damage"));
  gtk_box_append (GTK_BOX (row), pane->cancel_button);
  gtk_stack_add_named (pane->stack, page, scope_pane_id (SCOPE_PANE_DAMAGE));
}

static void
add_tables (ScopeGatesPane *pane)
{
  GtkWidget *row, *page;
  GtkLabel *words;

  add_damage (pane);
  pane->drivers_view = scope_sheet_view_new (_ ("Names that drive the unit"), on_driver_chosen, pane);
  pane->drivers_words = new_words ();
  page = new_table_page (pane->drivers_words, pane->drivers_view, _ ("Names"), &row);
  gtk_stack_add_named (pane->stack, page, scope_pane_id (SCOPE_PANE_DRIVERS));
  pane->table_view = scope_sheet_view_new (_ ("All numbers of the name"), NULL, NULL);
  words = new_words ();
  gtk_label_set_text (words,
                      _ ("After each letter: the guess, and of every gate and state the mean over all units. #7: the "
                         "value of unit 7, which is pinned."));
  gtk_stack_add_named (pane->stack, new_table_page (words, pane->table_view, _ ("Numbers"), &row),
                       scope_pane_id (SCOPE_PANE_TABLE));
}

ScopeGatesPane *
scope_gates_pane_new (GtkWidget *page, const ScopeGatesText *text, GtkBox *box)
{
  ScopeGatesPane *pane = g_new0 (ScopeGatesPane, 1);
  GtkWidget *scroller, *viewport;

  pane->page = page;
  pane->text = text;
  pane->readings = g_ptr_array_new ();
  pane->figures = g_ptr_array_new_with_free_func ((GDestroyNotify) scope_gates_figures_free);
  pane->stack = GTK_STACK (gtk_stack_new ());
  pane->columns = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_stack_set_hhomogeneous (pane->stack, FALSE);
  gtk_stack_set_vhomogeneous (pane->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (pane->stack), TRUE);
  scope_gates_columns_setup (pane->columns);
  scroller = new_scroller (GTK_WIDGET (pane->columns), _ ("Figures below"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  viewport = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_stack_add_named (pane->stack, scroller, "figures");
  add_tables (pane);
  gtk_box_append (box, GTK_WIDGET (pane->stack));
  return pane;
}

void
scope_gates_pane_free (ScopeGatesPane *pane)
{
  scope_gates_pane_clear (pane);
  g_clear_handle_id (&pane->table_source, g_source_remove);
  g_ptr_array_unref (pane->figures);
  g_ptr_array_unref (pane->readings);
  g_free (pane);
}
