/* confusion-panel.h: the matrices of the Compare page, with what chooses how they are shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/confusion-figure.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_CONFUSION_PANEL (scope_confusion_panel_get_type ())
G_DECLARE_FINAL_TYPE (ScopeConfusionPanel, scope_confusion_panel, SCOPE, CONFUSION_PANEL, GtkWidget)

/* How the matrices are shown. */
typedef struct
{
  NnCounted counted;
  FigCells cells;
  NnOrder order;
  gboolean scores;
  gboolean large;
  const char *difference; /* two ids of results with a "-" between them, such as "lstm-rnn", or "" */
} ScopeConfusionChoice;

/* scope_confusion_panel_set_session: once, before it is shown. */
void scope_confusion_panel_set_session (ScopeConfusionPanel *panel, ScopeSession *session);

/* scope_confusion_panel_set_choice: the strings of @choice are copied. */
void scope_confusion_panel_set_choice (ScopeConfusionPanel *panel, const ScopeConfusionChoice *choice);

/* scope_confusion_panel_set_time: shows the matrices of that moment of the training, 0..1, and says so; 1 is now. */
void scope_confusion_panel_set_time (ScopeConfusionPanel *panel, double time);

/* scope_confusion_panel_get_source: what it draws, for a figure of the same on paper. (transfer none) */
ScopeConfusionSource *scope_confusion_panel_get_source (ScopeConfusionPanel *panel);

/* scope_confusion_panel_open_names:
 * Opens the names of a cell.
 * @cell: "NETWORK/TRUE/GUESS": the id of a result, as in a difference, and two classes
 * Errors: NN_ERROR_SETTINGS, saying what isn't there. */
gboolean scope_confusion_panel_open_names (ScopeConfusionPanel *panel, const char *cell, GError **error);

G_END_DECLS
