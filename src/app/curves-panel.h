/* curves-panel.h: the loss and accuracy curves with what steers them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_CURVES_PANEL (scope_curves_panel_get_type ())
G_DECLARE_FINAL_TYPE (ScopeCurvesPanel, scope_curves_panel, SCOPE, CURVES_PANEL, GtkWidget)

/* Properties, all of them of the session's curves wherever they are drawn: "smoothing" (double, 0 to 0.99), "log-loss",
 * "report-values", "seed-bands" (boolean). */

/* scope_curves_panel_set_session: shows the results of @session from now on; once. It is made in a template. */
void scope_curves_panel_set_session (ScopeCurvesPanel *panel, ScopeSession *session);

/* scope_curves_panel_queue: says that numbers have changed; see scope_figure_view_queue. */
void scope_curves_panel_queue (ScopeCurvesPanel *panel);

/* scope_curves_panel_fit: shows all iterations and all values again. */
void scope_curves_panel_fit (ScopeCurvesPanel *panel);

/* scope_curves_panel_zoom: shows @factor of the iterations that are shown, about the crosshair or the middle. */
void scope_curves_panel_zoom (ScopeCurvesPanel *panel, double factor);

/* scope_curves_panel_toggle: switches the line of the network with that id ("lstm"), or of the result with that title,
 * on or off. FALSE where there is none. */
gboolean scope_curves_panel_toggle (ScopeCurvesPanel *panel, const char *name);

G_END_DECLS
