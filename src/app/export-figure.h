/* export-figure.h: a figure of the session with numbers of its own, to be exported while training goes on.
 *
 * It is made on the main thread and owns all that it draws; from then on it is only read, so another thread can render
 * it. Its name says which figure: "loss", "accuracy", "confusion", "compare" (all three), "gates" (of all networks
 * shown), "units", "letters" or "substitution" (what can stand below them), or one of those four with ":K" of one network,
 * K its kind's id or, of an opened one, its file's name; "damage", "drivers" or "table".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/confusion-figure.h"
#include "app/export-settings.h"
#include "app/gates-pane.h"
#include "run/session.h"

G_BEGIN_DECLS

typedef struct _ScopeExportFigure ScopeExportFigure;

/* scope_export_figure_new:
 * Takes the numbers that @session shows at this moment.
 * @matrices: how it shows them
 * @gates: what the Gates page shows
 * Returns: (transfer full).
 * Errors: NN_ERROR_NAME for a name that can't be read; NN_ERROR_SETTINGS without a network, or for an unknown @id. */
ScopeExportFigure *scope_export_figure_new (ScopeSession *session, ScopeConfusionSource *matrices, ScopeGatesPane *gates,
                                            const char *id, GError **error);
ScopeExportFigure *scope_export_figure_ref (ScopeExportFigure *figure);
void scope_export_figure_unref (ScopeExportFigure *figure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeExportFigure, scope_export_figure_unref)

/* scope_export_figure_prepare:
 * Chooses size, colours and language, and writes the line that makes it again. For the thread that made it, before any
 * other reads it. */
void scope_export_figure_prepare (ScopeExportFigure *figure, const ScopeExportSettings *settings);

/* scope_export_figure_get_page: as it was prepared. (transfer none): what FigPage borrows is the figure's. */
const FigPage *scope_export_figure_get_page (ScopeExportFigure *figure);

/* scope_export_figure_get_line: the line of gatescope-cli that makes it again, as it was prepared; NULL where none
 * does. (transfer none) */
const char *scope_export_figure_get_line (ScopeExportFigure *figure);

/* scope_export_figure_get_advice: a sentence for people that says what is still to be done before that line works, or
 * why there is none; NULL where all is well. (transfer none) */
const char *scope_export_figure_get_advice (ScopeExportFigure *figure);

/* scope_export_figure_add_advice: @message, and that sentence behind it where there is one.
 * @message: (transfer full). Returns: (transfer full). */
char *scope_export_figure_add_advice (ScopeExportFigure *figure, char *message);

/* scope_export_figure_file_name: "loss.pdf", as a suggestion. (transfer full) */
char *scope_export_figure_file_name (ScopeExportFigure *figure, FigFormat format);

/* scope_export_network_id: the K of "gates:K". (transfer full) */
char *scope_export_network_id (ScopeNetwork *network);

/* scope_export_figure_ids: all that there are now, and what people call them. (transfer full): each NULL-terminated */
char **scope_export_figure_ids (ScopeSession *session, ScopeGatesPane *gates, char ***names);

G_END_DECLS
