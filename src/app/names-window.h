/* names-window.h: the names of a cell of a confusion matrix, with the network's probabilities.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/counts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_NAMES_WINDOW (scope_names_window_get_type ())
G_DECLARE_FINAL_TYPE (ScopeNamesWindow, scope_names_window, SCOPE, NAMES_WINDOW, GtkWindow)

/* A network whose names can be listed. */
typedef struct
{
  const char *title;
  ScopeCounting counting;
} ScopeNamesSubject;

/* scope_names_window_open:
 * Opens the list of the names of class @truth that a network takes for class @guess. They are found on a thread of
 * their own. A name that is chosen there becomes that of @parent, which then shows it on its page "gates", if it has
 * such actions.
 * @subjects: [n]; the window keeps the weights as they are now, and lets one choose among them
 * @selected: the one that is listed first */
void scope_names_window_open (GtkWindow *parent, const ScopeNamesSubject *subjects, guint n, guint selected,
                              guint truth, guint guess);

G_END_DECLS
