/* export-gates.h: what the Gates page shows, with numbers of its own: the strips, what is below them, the tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/gates-pane.h"
#include "figure/figure.h"

G_BEGIN_DECLS

typedef struct _ScopeGatesExport ScopeGatesExport;

/* scope_gates_export_parse:
 * Reads what a figure's id means of the Gates page: "gates" (the strips) or a pane's id, of all networks, or with ":K"
 * of network K alone.
 * @what: (out): SCOPE_PANE_NONE for the strips
 * @network: (out) (nullable): K, within @id
 * Returns: FALSE where it is no such figure. */
gboolean scope_gates_export_parse (const char *id, ScopePaneKind *what, const char **network);

/* scope_gates_export_new:
 * Takes what @pane and the strips above it show at this moment, but for the cursor.
 * @id: passes scope_gates_export_parse
 * Returns: (transfer full).
 * Errors: NN_ERROR_NAME for a name that can't be read; NN_ERROR_SETTINGS where there is nothing of that kind. */
ScopeGatesExport *scope_gates_export_new (ScopeGatesPane *pane, const char *id, GError **error);
void scope_gates_export_free (ScopeGatesExport *export);

/* scope_gates_export_get_readings: of the networks in it, in their order: of ScopeGatesReading. (transfer none) */
GPtrArray *scope_gates_export_get_readings (ScopeGatesExport *export);

/* scope_gates_export_needs_names: whether a gate is held at its mean, which is over names. */
gboolean scope_gates_export_needs_names (ScopeGatesExport *export);

/* scope_gates_export_is_earlier: whether it shows weights of an earlier moment, which are nowhere saved. */
gboolean scope_gates_export_is_earlier (ScopeGatesExport *export);

/* scope_gates_export_is_repeatable: whether a line of gatescope-cli makes it again from saved weights: it is none of
 * what the window alone measures, and its means are those of these weights. */
gboolean scope_gates_export_is_repeatable (ScopeGatesExport *export);

/* scope_gates_export_command: which figure of gatescope-cli it is. scope_gates_export_append_options: " --detail units"
 * and the like. scope_gates_export_get_name: as it was typed. (transfer none) */
const char *scope_gates_export_command (ScopeGatesExport *export);
void scope_gates_export_append_options (ScopeGatesExport *export, GString *line);
const char *scope_gates_export_get_name (ScopeGatesExport *export);

/* scope_gates_export_prepare:
 * Lays it out in the language of the thread's figures.
 * @titled: whether the title stands above
 * @page: (out): what draws and writes it
 * @title: (out): (transfer full)
 * Returns: the height that it needs at that width, both in points. */
double scope_gates_export_prepare (ScopeGatesExport *export,
                                   gboolean titled,
                                   const FigTheme *theme,
                                   double width,
                                   FigPage *page,
                                   char **title);

G_END_DECLS
