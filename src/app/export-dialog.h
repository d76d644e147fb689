/* export-dialog.h: chooses a figure, its format, size and looks, and shows what the file will look like.
 *
 * Its commands are actions of the group "export": cancel, copy, save-dialog, save (string: a path), and the settings as
 * stateful ones for keys and tests: see export-dialog.c. What was chosen is remembered when it is saved or copied.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/export-figure.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_EXPORT_DIALOG (scope_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScopeExportDialog, scope_export_dialog, SCOPE, EXPORT_DIALOG, GtkWindow)

/* scope_export_dialog_new:
 * @matrices, @gates: how the session's matrices are shown, and what the Gates page shows; they live as long as the
 * window that the dialog is transient for
 * @store: where the settings are remembered
 * @id: the figure that is chosen at first, as export-figure.h has it */
GtkWidget *scope_export_dialog_new (ScopeSession *session, ScopeConfusionSource *matrices, GSettings *store,
                                    ScopeGatesPane *gates, const char *id);

G_END_DECLS
