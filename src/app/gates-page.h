/* gates-page.h: what every gate does at every letter of the name that is typed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/gates-pane.h"
#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_GATES_PAGE (scope_gates_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeGatesPage, scope_gates_page, SCOPE, GATES_PAGE, GtkWidget)

/* Signals: "state-changed" (): what the functions below give has changed. */

/* scope_gates_page_new: a figure for each network that @session shows, of its newest weights. */
GtkWidget *scope_gates_page_new (ScopeSession *session);

/* scope_gates_page_set_name: @raw: the name as it was typed, UTF-8; the page says what is wrong with it. */
void scope_gates_page_set_name (ScopeGatesPage *page, const char *raw);

/* scope_gates_page_get_shown: what it shows, for who exports it. (transfer none): as long as the page lives */
ScopeGatesPane *scope_gates_page_get_shown (ScopeGatesPage *page);

/* What a person chooses. Ids are those of gates-state.h and gates-pane.h; FALSE where there is no such id. */
gboolean scope_gates_page_set_detail (ScopeGatesPage *page, const char *id);
gboolean scope_gates_page_set_order (ScopeGatesPage *page, const char *id);
gboolean scope_gates_page_set_pane (ScopeGatesPage *page, const char *id);
const char *scope_gates_page_get_detail (ScopeGatesPage *page); /* (transfer none) */
const char *scope_gates_page_get_order (ScopeGatesPage *page);  /* (transfer none) */
const char *scope_gates_page_get_pane (ScopeGatesPage *page);   /* (transfer none) */

/* scope_gates_page_pin_text:
 * Pins the unit that @text names, "lstm:17", or lets it go: the id of a kind, or the number of a network shown (from 1),
 * and a unit (from 0); "" lets all go.
 * Errors: NN_ERROR_SETTINGS. */
gboolean scope_gates_page_pin_text (ScopeGatesPage *page, const char *text, GError **error);
char *scope_gates_page_get_pins (ScopeGatesPage *page); /* "lstm:17 lstm:3". (transfer full) */

/* scope_gates_page_hold: holds what @text says, as nn_clamp_parse reads it. Errors: NN_ERROR_SETTINGS. */
gboolean scope_gates_page_hold (ScopeGatesPage *page, const char *text, GError **error);
void scope_gates_page_unclamp (ScopeGatesPage *page, gboolean all);
char *scope_gates_page_get_clamps (ScopeGatesPage *page); /* "forget=1 input=0:3". (transfer full) */
gboolean scope_gates_page_never_forgets (ScopeGatesPage *page);
void scope_gates_page_toggle_never_forget (ScopeGatesPage *page);

/* Whether a new clamp holds the pinned units alone, or at the letter of the cursor alone. */
void scope_gates_page_set_holds (ScopeGatesPage *page, gboolean pinned, gboolean letter);

/* scope_gates_page_set_second: another name below the first; "" for none. */
void scope_gates_page_set_second (ScopeGatesPage *page, const char *raw);
const char *scope_gates_page_get_second (ScopeGatesPage *page); /* (transfer none) */

/* scope_gates_page_set_time: where along the training, 0..1 in log iterations; 1 is now, whatever comes. */
void scope_gates_page_set_time (ScopeGatesPage *page, double time);
double scope_gates_page_get_time (ScopeGatesPage *page);

/* Reading aloud: a letter is added after the other, each @seconds after the last; scope_gates_page_next_letter adds one
 * at once. */
void scope_gates_page_set_plays (ScopeGatesPage *page, gboolean plays);
gboolean scope_gates_page_get_plays (ScopeGatesPage *page);
void scope_gates_page_set_play_seconds (ScopeGatesPage *page, double seconds);
double scope_gates_page_get_play_seconds (ScopeGatesPage *page);
void scope_gates_page_next_letter (ScopeGatesPage *page);

/* scope_gates_page_set_presents: larger type, and nothing but the strips and what is below them. */
void scope_gates_page_set_presents (ScopeGatesPage *page, gboolean presents);
gboolean scope_gates_page_get_presents (ScopeGatesPage *page);

/* The table of what each clamp costs. */
void scope_gates_page_measure_damage (ScopeGatesPage *page);
void scope_gates_page_cancel_damage (ScopeGatesPage *page);

G_END_DECLS
