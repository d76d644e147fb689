/* report-dialog.h: asks for a report, shows how far it is, and where it was written.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_REPORT_DIALOG (scope_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScopeReportDialog, scope_report_dialog, SCOPE, REPORT_DIALOG, GtkWindow)

/* scope_report_dialog_present:
 * Shows the dialog over @parent: the one that is open, or a new one.
 * @session: has data
 * Returns: (transfer none). */
ScopeReportDialog *scope_report_dialog_present (GtkWindow *parent, ScopeSession *session);

/* scope_report_dialog_make: makes the report at once, into @folder; nothing where one is being made already. */
void scope_report_dialog_make (ScopeReportDialog *dialog, const char *folder);

G_END_DECLS
