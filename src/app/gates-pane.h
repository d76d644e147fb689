/* gates-pane.h: what the Gates page shows below the strips: traces of units, which letters counted, other letters, the
 * damage of clamps, the names that drive a unit, and all numbers as a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/gates-reading.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  SCOPE_PANE_NONE,
  SCOPE_PANE_UNITS,
  SCOPE_PANE_LETTERS,
  SCOPE_PANE_SUBSTITUTION,
  SCOPE_PANE_DAMAGE,
  SCOPE_PANE_DRIVERS,
  SCOPE_PANE_TABLE,
  SCOPE_N_PANES
} ScopePaneKind;

typedef struct _ScopeGatesPane ScopeGatesPane;

/* scope_pane_from_id: "none", "units", "letters", "substitution", "damage", "drivers" or "table". FALSE for others. */
gboolean scope_pane_from_id (const char *id, ScopePaneKind *kind);
const char *scope_pane_id (ScopePaneKind kind); /* (transfer none) */

/* scope_pane_title: what people call it, of all networks. scope_pane_title_format: the same of one, whose name %s is;
 * NULL where it isn't of one. (transfer none) */
const char *scope_pane_title (ScopePaneKind kind);
const char *scope_pane_title_format (ScopePaneKind kind);

/* scope_gates_pane_new:
 * @page: the Gates page, which is told of the letter pointed at
 * @text: borrowed
 * @box: is filled with the pane
 * Returns: (transfer full). */
ScopeGatesPane *scope_gates_pane_new (GtkWidget *page, const ScopeGatesText *text, GtkBox *box);
void scope_gates_pane_free (ScopeGatesPane *pane);

/* scope_gates_pane_add_reading, _clear: the networks, in their order; the readings are borrowed until cleared. */
void scope_gates_pane_clear (ScopeGatesPane *pane);
void scope_gates_pane_add_reading (ScopeGatesPane *pane, ScopeGatesReading *reading);
void scope_gates_pane_set_least (ScopeGatesPane *pane, int width);

void scope_gates_pane_show (ScopeGatesPane *pane, ScopePaneKind kind);
ScopePaneKind scope_gates_pane_get_kind (const ScopeGatesPane *pane);

/* After a person did something, after training went on, and where the cursor has moved. */
void scope_gates_pane_changed (ScopeGatesPane *pane);
void scope_gates_pane_updated (ScopeGatesPane *pane);
void scope_gates_pane_cursor_moved (ScopeGatesPane *pane);

/* scope_gates_pane_measure_damage, _cancel: the table of what each clamp costs, of every network with gates. */
void scope_gates_pane_measure_damage (ScopeGatesPane *pane);
void scope_gates_pane_cancel (ScopeGatesPane *pane);

G_END_DECLS
