/* gates-choices.c: what a person chooses on the Gates page: detail, order, pins, clamps, and what is shown below.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-page-private.h"
#include "engine/error.h"

#include <glib/gi18n.h>
#include <string.h>

/* That of a unit's traces with its update. */
#define PANE_HEIGHT 340

gboolean
scope_gates_page_set_detail (ScopeGatesPage *page, const char *id)
{
  if (!scope_gates_detail_from_id (id, &page->text.state.detail))
    return FALSE;
  scope_gates_page_state_changed (page);
  return TRUE;
}

const char *
scope_gates_page_get_detail (ScopeGatesPage *page)
{
  return page->text.state.detail == FIG_GATES_SUMMARY ? "summary" : "units";
}

gboolean
scope_gates_page_set_order (ScopeGatesPage *page, const char *id)
{
  if (!scope_gates_order_from_id (id, &page->text.state.order))
    return FALSE;
  /* In the summary there are no rows to be put into an order. */
  page->text.state.detail = FIG_GATES_UNITS;
  scope_gates_page_state_changed (page);
  return TRUE;
}

const char *
scope_gates_page_get_order (ScopeGatesPage *page)
{
  NnUnitOrder order = page->text.state.order;

  return order == NN_UNITS_CLUSTERED ? "clustered" : order == NN_UNITS_BY_LAST_VALUE ? "last" : "index";
}

/* What opens below leaves the larger half to the strips where there is room enough for both. */
static void
give_room (ScopeGatesPage *page, ScopePaneKind kind)
{
  int height = gtk_widget_get_height (GTK_WIDGET (page->paned));

  if (kind != SCOPE_PANE_NONE && !gtk_widget_get_visible (GTK_WIDGET (page->pane_box)) && height > 0)
    gtk_paned_set_position (page->paned, MAX (height / 2, height - PANE_HEIGHT));
}

gboolean
scope_gates_page_set_pane (ScopeGatesPage *page, const char *id)
{
  ScopePaneKind kind;

  if (!scope_pane_from_id (id, &kind))
    return FALSE;
  give_room (page, kind);
  scope_gates_pane_show (page->pane, kind);
  gtk_widget_set_visible (GTK_WIDGET (page->pane_box), kind != SCOPE_PANE_NONE);
  gtk_widget_set_visible (GTK_WIDGET (page->export_button), kind != SCOPE_PANE_NONE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (page->export_button), "s", id);
  scope_gates_page_state_changed (page);
  return TRUE;
}

const char *
scope_gates_page_get_pane (ScopeGatesPage *page)
{
  return scope_pane_id (scope_gates_pane_get_kind (page->pane));
}

/* ---- Pins ---- */

void
scope_gates_page_pin (ScopeGatesPage *page, ScopeNetwork *network, guint unit)
{
  gboolean is_pinned = scope_gates_state_toggle_pin (&page->text.state, network, unit);

  if (is_pinned && scope_gates_pane_get_kind (page->pane) == SCOPE_PANE_NONE)
    scope_gates_page_set_pane (page, "units");
  else
    scope_gates_page_state_changed (page);
}

/* (transfer none) (nullable) */
static ScopeGatesReading *
find_reading (ScopeGatesPage *page, const char *id)
{
  guint64 number;
  NnKind kind;

  if (g_ascii_string_to_unsigned (id, 10, 1, MAX (page->strips->len, 1), &number, NULL) && number <= page->strips->len)
    return ((ScopeGatesStrips *) g_ptr_array_index (page->strips, number - 1))->reading;
  if (!nn_kind_from_id (id, &kind))
    return NULL;
  for (guint i = 0; i < page->strips->len; i++)
    {
      ScopeGatesReading *reading = ((ScopeGatesStrips *) g_ptr_array_index (page->strips, i))->reading;

      if (scope_network_get_kind (reading->network) == kind)
        return reading;
    }
  return NULL;
}

gboolean
scope_gates_page_pin_text (ScopeGatesPage *page, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  ScopeGatesReading *reading;
  guint64 unit;

  if (*text == '\0')
    {
      g_array_set_size (page->text.state.pins, 0);
      scope_gates_page_state_changed (page);
      return TRUE;
    }
  reading = find_reading (page, parts[0]);
  if (reading != NULL)
    scope_gates_reading_update (reading);
  if (reading == NULL || parts[1] == NULL
      || !g_ascii_string_to_unsigned (parts[1], 10, 0,
                                      reading->snapshot != NULL ? reading->snapshot->model->hidden - 1 : G_MAXUINT, &unit,
                                      NULL))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   _ ("There is no unit “%s”: a unit is called like lstm:17, by a network that is shown and a number "
                      "from 0."),
                   text);
      return FALSE;
    }
  scope_gates_page_pin (page, reading->network, (guint) unit);
  return TRUE;
}

char *
scope_gates_page_get_pins (ScopeGatesPage *page)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < page->text.state.pins->len; i++)
    {
      const ScopeGatesPin *pin = &g_array_index (page->text.state.pins, ScopeGatesPin, i);

      g_string_append_printf (text, "%s%s:%u", i > 0 ? " " : "", nn_kind_id (scope_network_get_kind (pin->network)),
                              pin->unit);
    }
  return g_string_free (text, FALSE);
}

/* ---- Clamps ---- */

gboolean
scope_gates_page_hold (ScopeGatesPage *page, const char *text, GError **error)
{
  NnClamp clamp;

  if (!nn_clamp_parse (text, &clamp, error))
    return FALSE;
  if (!scope_gates_state_hold (&page->text.state, &clamp))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   page->text.state.clamps->len < SCOPE_GATES_MOST_CLAMPS
                     ? _ ("Nothing is held: no unit of a network with gates is pinned; click one first.")
                     : _ ("No more than %d clamps can be held at a time."),
                   SCOPE_GATES_MOST_CLAMPS);
      return FALSE;
    }
  scope_gates_page_state_changed (page);
  return TRUE;
}

void
scope_gates_page_unclamp (ScopeGatesPage *page, gboolean all)
{
  if (all)
    scope_gates_state_unclamp_all (&page->text.state);
  else
    scope_gates_state_unclamp (&page->text.state);
  scope_gates_page_state_changed (page);
}

char *
scope_gates_page_get_clamps (ScopeGatesPage *page)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < page->text.state.clamps->len; i++)
    {
      g_autofree char *part = nn_clamp_text (&g_array_index (page->text.state.clamps, ScopeGatesClamp, i).clamp);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", part);
    }
  return g_string_free (text, FALSE);
}

gboolean
scope_gates_page_never_forgets (ScopeGatesPage *page)
{
  return scope_gates_state_never_forgets (&page->text.state);
}

void
scope_gates_page_toggle_never_forget (ScopeGatesPage *page)
{
  scope_gates_state_toggle_never_forget (&page->text.state);
  scope_gates_page_state_changed (page);
}

void
scope_gates_page_set_holds (ScopeGatesPage *page, gboolean pinned, gboolean letter)
{
  page->text.state.holds_pinned = pinned;
  page->text.state.holds_letter = letter;
}

/* ---- Damage ---- */

void
scope_gates_page_measure_damage (ScopeGatesPage *page)
{
  scope_gates_page_set_pane (page, "damage");
  scope_gates_pane_measure_damage (page->pane);
}

void
scope_gates_page_cancel_damage (ScopeGatesPage *page)
{
  scope_gates_pane_cancel (page->pane);
}
